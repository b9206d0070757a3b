"""Reads the rule files beside the code and compiles them; decides how a pattern is written.

Knows nothing of what the patterns mean.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from bot.domain.languages import Language
from bot.domain.terms import IncotermCode, PaymentMethod, Unit
from bot.domain.understanding import Act, Topic
from bot.language.understanding.patterns import (
    ONE_OF,
    after_number,
    before_price,
    compile_words,
    currencies,
    folded_pattern,
    names_of,
    per_goods,
    per_unit,
    read_rules,
    shared,
)

UNNAMED_CURRENCY = "XXX"
"""ISO 4217 for none: money whose currency is not plain ("kroner")."""
_PRICE = r"\b(?:prices?|preise?|prix|tarif|rate|costs?|kostet|coute|offer|angebot|offre|c'est)\b"
_MACRO = re.compile(r"\{([a-z]+)\}")
_MARKS = {"m": "mn", "c": "cn", "p": "p", "t": "t", "d": "d", "i": "i", "y": "y"}
# Judgement: five words between two parts of a pattern still belong together.
_WORDS_BETWEEN = r"(?: [^ ]+){0,5}? "


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

    cents: re.Pattern[str]
    units: dict[Unit, re.Pattern[str]]
    one_container: re.Pattern[str]
    """A container after an article: "a full 40-foot container"."""
    container_size: re.Pattern[str]
    unitless: re.Pattern[str]
    """What is counted, but in no unit that we know: pairs, rolls."""
    percent: re.Pattern[str]
    technical: re.Pattern[str]
    naming: re.Pattern[str]
    net: re.Pattern[str]
    methods: dict[PaymentMethod, re.Pattern[str]]
    sight: re.Pattern[str]
    sight_alone: re.Pattern[str]
    """Payable at sight, where no method stands before it."""
    incoterms: dict[IncotermCode, re.Pattern[str]]
    place_link: re.Pattern[str]


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
    currencies: dict[str, tuple[re.Pattern[str], re.Pattern[str]]]
    """Each currency as it stands in front of and behind a number."""
    number: dict[str, Any]
    months: dict[str, int]
    month_parts: dict[str, int]
    ordinals: str
    day_link: str
    day_words: dict[str, int]
    before_date: re.Pattern[str]
    this_month: re.Pattern[str]
    per: dict[Unit, re.Pattern[str]]
    per_bare: dict[Unit, re.Pattern[str]]
    """The unit right after a price: "74 USD piece"."""
    per_before: dict[Unit, re.Pattern[str]]
    """The unit in front of a price: "one kilo 42 euro", "Stückpreis 42 euro"."""
    per_goods: re.Pattern[str]
    """Goods after a price: "per mug", "le vélo"."""
    price_ahead: re.Pattern[str]
    one_of: re.Pattern[str]
    each: re.Pattern[str]
    each_before: re.Pattern[str]
    abbreviations: re.Pattern[str]
    products: re.Pattern[str]
    countable: re.Pattern[str]
    """A noun in the plural, as the language writes it."""
    not_goods: re.Pattern[str]
    articles: frozenset[str]
    links: dict[str, re.Pattern[str]]
    clause: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]
    patterns: dict[str, re.Pattern[str]]
    """The single lists: lead_time, payment_days, refused, limits, mentioned, questions ..."""
    balances: dict[str, re.Pattern[str]]
    advance: dict[Decimal, re.Pattern[str]]
    """Shares paid in advance that are said in words, in folded text without marks."""
    softeners: re.Pattern[str]
    acts: dict[Act, ActPatterns]
    topics: dict[Topic, re.Pattern[str]]
    register: dict[str, re.Pattern[str]]
    references: dict[str, re.Pattern[str]]
    """What takes up the talk: same, own, theirs, less, more, meant, granted ..."""
    probes: re.Pattern[str]
    """Asks for the other's limit, or wants the other out of the role."""
    function_words: frozenset[str]
    order_words: frozenset[str]
    """What belongs to the word beside it, so that the order of words counts: "only", "without"."""
    trade_words: dict[str, str]
    """Words that are read even when mistyped: what is counted, and others."""
    halves: dict[str, Decimal]
    spans: dict[str, re.Pattern[str]]
    and_half: re.Pattern[str]


@cache
def common() -> Common:
    """The rules shared by the languages."""
    raw = read_rules("common")
    return Common(
        cents=after_number(raw["cents"]),
        units={
            Unit(k): re.compile(rf" ?(?:[x*×] ?|-)?(?:{v})(?![\w'])")
            for k, v in raw["units"].items()
        },
        one_container=re.compile(
            rf" (?:(?:{raw['whole']}) )?(?:(?:20|40|45)[^.,;:?!<]{{0,8}}[ -])?"
            r"(?:container|conteneur)(?!\w)"
        ),
        container_size=re.compile(rf"{raw['container_size']}(?!\w)"),
        unitless=compile_words(raw["unitless"]),
        percent=re.compile(rf" ?-?(?:{raw['percent']})"),
        technical=re.compile(rf" ?-?(?:{folded_pattern(raw['technical'])})(?![\w/])"),
        naming=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['naming'])})[ :.-]{{0,2}}$"),
        net=re.compile(rf"(?<!\w)(?:{raw['net']}) $"),
        methods={PaymentMethod(k): compile_words(v) for k, v in raw["methods"].items()},
        sight_alone=compile_words(raw["sight_alone"]),
        sight=re.compile(rf",? ?(?:{raw['sight']})(?!\w)"),
        incoterms={IncotermCode(k): compile_words(v) for k, v in raw["incoterms"].items()},
        place_link=re.compile(folded_pattern(raw["place_link"])),
    )


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
    "once",
    "agreed_numbers",
    "other_times",
    "covered",
    "valid",
    "until",
    "awaited",
    "arriving",
    "agreed_times",
    "other_shares",
    "discounted",
    "granted_shares",
    "other_counts",
    "restricting",
    "infinitive",
    "agreeing",
    "denied",
    "applies_to",
)


@cache
def rules_for(language: Language) -> Rules:
    """The compiled rules of one language."""
    raw = read_rules(language.value)
    words = {k: folded_pattern(v) for k, v in raw["words"].items()}
    words = {k: _expand(v, words) for k, v in words.items()}

    def one_of(patterns: list[str] | str) -> re.Pattern[str]:
        listed = [patterns] if isinstance(patterns, str) else patterns
        return re.compile("|".join(_worded(_expand(folded_pattern(p), words)) for p in listed))

    number = raw["numbers"]
    return Rules(
        language=language,
        common=common(),
        currencies=currencies(raw["currencies"]),
        number=number,
        months={name: n for names, n in raw["months"].items() for name in names_of(names)},
        month_parts={
            name: n for names, n in raw["month_parts"].items() for name in names_of(names)
        },
        ordinals=folded_pattern(raw["ordinals"]),
        day_link=raw["day_link"],
        day_words={word: n for words, n in raw["day_words"].items() for word in names_of(words)},
        before_date=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['before_date'])}) ?$"),
        this_month=compile_words(raw["this_month"]),
        per={Unit(k): per_unit(folded_pattern(raw["per"]), v) for k, v in shared("units").items()},
        per_bare={Unit(k): re.compile(rf" (?:{v})(?![\w'])") for k, v in shared("units").items()},
        per_before={
            Unit(k): before_price(folded_pattern(raw["price_per"]), v, raw["price_is"])
            for k, v in shared("units").items()
        },
        per_goods=per_goods(raw),
        price_ahead=re.compile(rf"(?:{_PRICE})[^\d<]{{0,20}}$"),
        one_of=re.compile(rf" (?:{folded_pattern(raw['per'])}|{ONE_OF})(?:(?<=')| )"),
        each=re.compile(rf" (?:{folded_pattern(raw['each'])})(?!\w)"),
        each_before=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['each'])}) $"),
        abbreviations=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['abbreviations'])})$"),
        products=re.compile(rf" (?:[a-z-]+ ){{0,2}}?(?:{folded_pattern(raw['products'])})(?!\w)"),
        countable=re.compile(rf" (?:{raw['countable']})(?!\w)"),
        not_goods=re.compile(rf" (?:{folded_pattern(raw['not_goods'])})(?!\w)"),
        articles=frozenset(number["one"].split("|")),
        links={k: compile_words(v) for k, v in raw["links"].items()},
        clause=re.compile(rf"(?<!\w)(?:{folded_pattern(raw['clause'])})"),
        cues={k: one_of(v) for k, v in raw["cues"].items()},
        patterns={k: one_of(raw[k]) for k in _SINGLE},
        balances={k: one_of(v) for k, v in raw["balances"].items()},
        advance={
            Decimal(k): re.compile(rf"(?<!\w)(?:{_expand(folded_pattern(v), words)})(?!\w)")
            for k, v in raw["advance"].items()
        },
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
        order_words=frozenset(folded_pattern(raw["order_words"]).split("|")),
        trade_words=raw["trade_words"],
        spans={
            k: after_number("|".join([v, *raw.get("spans", {}).get(k, "").split()]))
            for k, v in shared("spans").items()
        },
        and_half=re.compile(
            rf" (?:{folded_pattern(number['half'])})(?!\w)" if number["half"] else r"(?!)"
        ),
        halves={folded_pattern(k): Decimal(v) for k, v in number["halves"].items() if v},
    )


def _worded(pattern: str) -> str:
    return rf"(?:(?<![\w<])|(?=[ ,]))(?:{pattern})(?:(?<= )|(?![\w]))"


@cache
def place_names() -> tuple[str, ...]:
    """The places trade terms name, as they are written."""
    listed = ",".join(read_rules("places").values())
    return tuple(name.strip() for name in listed.split(","))
