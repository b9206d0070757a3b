"""The languages people practise, the languages the interface speaks, and how far a learner is."""

from enum import StrEnum


class Language(StrEnum):
    """A practice language (ISO 639-1)."""

    EN = "en"
    DE = "de"
    FR = "fr"


class Interface(StrEnum):
    """A language of the interface (ISO 639-1)."""

    ZH = "zh"
    EN = "en"
    DE = "de"
    FR = "fr"


class Band(StrEnum):
    """A CEFR level (Council of Europe, 2020 Companion Volume)."""

    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
