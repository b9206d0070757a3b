"""Reads the rule files beside the code and compiles them; decides how a pattern is written.

Knows nothing of what the patterns mean.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import srsly

from bot.domain.languages import Language
from bot.domain.terms import IncotermCode, PaymentMethod, Unit
from bot.domain.understanding import Act, Topic

DIRECTORY = Path(__file__).parent / "rules"
_UMLAUTS = str.maketrans({"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "ss?"})
_MACRO = re.compile(r"\{([a-z]+)\}")
_MARKS = {"m": "mn", "c": "cn", "p": "p", "t": "t", "d": "d", "i": "i", "y": "y"}
# Judgement: five words between two parts of a pattern still belong together.
_WORDS_BETWEEN = r"(?: [^ ]+){0,5}? "


def folded_pattern(pattern: str) -> str:
    """Write a pattern for folded text: accents off, German letters in all their spellings."""
    pattern = re.sub(r"\|\s+", "|", pattern.strip()).translate(_UMLAUTS)
    return "".join(
        c for c in unicodedata.normalize("NFD", pattern) if not unicodedata.combining(c)
    )


def compile_words(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that matches whole words of folded text."""
    return re.compile(rf"(?<![\w])(?:{folded_pattern(pattern)})(?!\w)")


def _expand(pattern: str, words: dict[str, str]) -> str:
    pattern = _MACRO.sub(lambda found: words[found[1]], pattern)
    pattern = re.sub(r" ?~ ?", lambda _: _WORDS_BETWEEN, pattern)
    pattern = pattern.replace("<any>", r"<[a-z]\d+>").replace("<fig>", r"<[mcptdniy](\d+)>")
    for name, kinds in _MARKS.items():
        pattern = pattern.replace(f"<{name}>", rf"<[{kinds}](\d+)>")
    return pattern


@dataclass(frozen=True, slots=True)
class Common:
    """Currencies, units, methods and places, written alike in all three languages."""

    currencies: dict[str, tuple[re.Pattern[str], re.Pattern[str]]]
    """Each currency as it stands in front of and behind a number."""
    cents: re.Pattern[str]
    units: dict[Unit, re.Pattern[str]]
    percent: re.Pattern[str]
    technical: re.Pattern[str]
    naming: re.Pattern[str]
    net: re.Pattern[str]
    methods: dict[PaymentMethod, re.Pattern[str]]
    sight: re.Pattern[str]
    incoterms: dict[IncotermCode, re.Pattern[str]]
    place_link: re.Pattern[str]
    places: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ActPatterns:
    """What shows an act: clearly, or only weakly."""

    strong: re.Pattern[str]
    weak: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one language."""

    language: Language
    common: Common
    number: dict[str, Any]
    months: dict[str, int]
    month_parts: dict[str, int]
    ordinals: str
    day_link: str
    per: dict[Unit, re.Pattern[str]]
    per_bare: dict[Unit, re.Pattern[str]]
    """The unit right after a price: "74 USD piece"."""
    per_before: dict[Unit, re.Pattern[str]]
    """The unit in front of a price: "one kilo 42 euro"."""
    each: re.Pattern[str]
    each_before: re.Pattern[str]
    abbreviations: re.Pattern[str]
    products: re.Pattern[str]
    links: dict[str, re.Pattern[str]]
    clause: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]
    patterns: dict[str, re.Pattern[str]]
    """The single lists: lead_time, payment_days, refused, limits, mentioned, questions ..."""
    balances: dict[str, re.Pattern[str]]
    softeners: re.Pattern[str]
    acts: dict[Act, ActPatterns]
    topics: dict[Topic, re.Pattern[str]]
    register: dict[str, re.Pattern[str]]
    references: dict[str, re.Pattern[str]]
    """What takes up the talk: same, own, theirs, less, more, meant, granted ..."""
    probes: re.Pattern[str]
    """Asks for the other's limit, or wants the other out of the role."""
    function_words: frozenset[str]
    halves: dict[str, Decimal]
    spans: dict[str, re.Pattern[str]]
    and_half: re.Pattern[str]


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = srsly.read_yaml(DIRECTORY / f"{name}.yaml")
    if data.pop("format") != 1:
        raise ValueError(f"{name}.yaml: unknown format")
    return data


def _after_number(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"[ -]{{0,2}}(?:{folded_pattern(pattern)})(?![\w])")


def _around_number(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    folded = folded_pattern(pattern)
    return (
        re.compile(rf"(?<![a-z])(?:{folded})[ :]{{0,2}}$"),
        re.compile(rf"[ -]?(?:{folded})(?![a-z])"),
    )


@cache
def common() -> Common:
    """The rules shared by the languages."""
    raw = _read("common")
    return Common(
        currencies={k: _around_number(v) for k, v in raw["currencies"].items()},
        cents=_after_number(raw["cents"]),
        units={
            Unit(k): re.compile(rf" ?(?:x |-)?(?:{v})(?![\w'])") for k, v in raw["units"].items()
        },
        percent=re.compile(rf" ?-?(?:{raw['percent']})"),
        technical=re.compile(rf" ?-?(?:{folded_pattern(raw['technical'])})(?![\w/])"),
        naming=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['naming'])})[ :.-]{{0,2}}$"),
        net=re.compile(rf"(?<!\w)(?:{raw['net']}) $"),
        methods={PaymentMethod(k): compile_words(v) for k, v in raw["methods"].items()},
        sight=re.compile(rf",? ?(?:{raw['sight']})(?!\w)"),
        incoterms={IncotermCode(k): compile_words(v) for k, v in raw["incoterms"].items()},
        place_link=re.compile(raw["place_link"]),
        places=re.compile(rf"(?:{folded_pattern(raw['places'])})(?!\w)"),
    )


_ONE_OF = "pro|per|je|each|every|chaque|par|eine?|einem|einen|one|une?|ein"
_SINGLE = (
    "firm",
    "goes_back",
    "price_said",
    "within_question",
    "lead_time",
    "payment_days",
    "refused",
    "limits",
    "mentioned",
    "questions",
    "information",
    "proposals",
    "offer_verbs",
    "net_means_open_account",
    "full_advance",
    "restricting",
    "infinitive",
    "agreeing",
)


@cache
def rules_for(language: Language) -> Rules:
    """The compiled rules of one language."""
    raw = _read(language.value)
    words = {k: _expand(v, raw["words"]) for k, v in raw["words"].items()}
    words = {k: _expand(v, words) for k, v in words.items()}

    def one_of(patterns: list[str] | str) -> re.Pattern[str]:
        listed = [patterns] if isinstance(patterns, str) else patterns
        return re.compile("|".join(_worded(_expand(folded_pattern(p), words)) for p in listed))

    number = raw["numbers"]
    return Rules(
        language=language,
        common=common(),
        number=number,
        months={name: n for names, n in raw["months"].items() for name in _names(names)},
        month_parts={name: n for names, n in raw["month_parts"].items() for name in _names(names)},
        ordinals=folded_pattern(raw["ordinals"]),
        day_link=raw["day_link"],
        per={Unit(k): _per(folded_pattern(raw["per"]), v) for k, v in _shared("units").items()},
        per_bare={Unit(k): re.compile(rf" (?:{v})(?![\w'])") for k, v in _shared("units").items()},
        per_before={
            Unit(k): re.compile(rf"(?<!\w)(?:{_ONE_OF}) (?:{v})(?: is| costs?)? ?$")
            for k, v in _shared("units").items()
        },
        each=re.compile(rf" (?:{folded_pattern(raw['each'])})(?!\w)"),
        each_before=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['each'])}) $"),
        abbreviations=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['abbreviations'])})$"),
        products=re.compile(rf" (?:[a-z-]+ ){{0,2}}?(?:{folded_pattern(raw['products'])})(?!\w)"),
        links={k: compile_words(v) for k, v in raw["links"].items()},
        clause=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['clause'])})"),
        cues={k: one_of(v) for k, v in raw["cues"].items()},
        patterns={k: one_of(raw[k]) for k in _SINGLE},
        balances={k: one_of(v) for k, v in raw["balances"].items()},
        softeners=one_of(raw["softeners"]),
        acts={
            Act(k): ActPatterns(one_of(v["strong"]), one_of(v["weak"]) if "weak" in v else None)
            for k, v in raw["acts"].items()
        },
        topics={Topic(k): one_of(v) for k, v in raw["topics"].items()},
        register={k: one_of(v) for k, v in raw["register"].items()},
        references={k: one_of(v) for k, v in raw["references"].items()},
        probes=one_of(raw["probes"]),
        function_words=frozenset(folded_pattern(raw["function_words"]).split("|")),
        spans={
            k: _after_number("|".join([v, *raw.get("spans", {}).get(k, "").split()]))
            for k, v in _shared("spans").items()
        },
        and_half=re.compile(
            rf" (?:{folded_pattern(number['half'])})(?!\w)" if number["half"] else r"(?!)"
        ),
        halves={folded_pattern(k): Decimal(v) for k, v in number["halves"].items() if v},
    )


def _worded(pattern: str) -> str:
    return rf"(?:(?<![\w<])|(?=[ ,]))(?:{pattern})(?:(?<= )|(?![\w]))"


@cache
def _shared(name: str) -> dict[str, str]:
    shared: dict[str, str] = _read("common")[name]
    return shared


def _per(per: str, unit: str) -> re.Pattern[str]:
    # A slash or an elision needs no space before the unit, a word does.
    return re.compile(rf" ?(?:{per})(?:(?<=[/'])| ) ?(?:{unit})(?![\w])")


def _names(names: str) -> list[str]:
    """The names in every spelling of their umlauts: they are looked up, not matched."""
    folded = folded_pattern(names).split("|")
    return [spelt for name in folded for spelt in {name.replace("e?", ""), name.replace("?", "")}]
