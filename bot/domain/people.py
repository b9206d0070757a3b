"""Learners, teachers, groups and what groups are asked to do."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.languages import Band, Interface, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person; learner and, once invited, teacher too."""

    id: int
    name: str
    interface: Interface
    language: Language | None = None
    """What is practised; ``None`` until chosen."""
    band: Band | None = None
    is_teacher: bool = False
    timezone: str
    """IANA name; that of the first group joined, else the installation's."""
    awaiting: str | None = None
    """The question whose answer the next text is (``group_name``, ``due:<group>:<exercise>``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The learners of one teacher."""

    id: int
    teacher_id: int
    name: str
    code: str
    """What a learner types, or follows as a link, to join: eight letters and digits."""
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An exercise given to a group."""

    id: int
    group_id: int
    exercise_id: str
    due_at: datetime
    """Aware, UTC."""
