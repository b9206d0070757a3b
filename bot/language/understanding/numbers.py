"""Reads numbers as learners write them: ``8,40``, ``1.250,00``, ``5k``, ``anderthalb``.

Decides their value and whether they can be read two ways; what they count is not known here.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from text_to_num import text2num

from bot.domain.languages import Language
from bot.language.understanding.patterns import folded_pattern
from bot.language.understanding.rules import Rules, rules_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in folded text."""

    start: int
    end: int
    amount: Decimal
    written: str
    ambiguous: bool = False
    is_article: bool = False
    """"a", "ein", "un": a number only in front of a unit."""

    @property
    def is_year(self) -> bool:
        """Written like a year of these decades."""
        return len(self.written) == 4 and self.written.startswith(("199", "202", "203"))


_NUMERAL = re.compile(
    r"\d{1,3}(?:(?P<sep>[ .,'])\d{3})(?:(?P=sep)\d{3}){0,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,15}(?:[.,]\d{1,6}(?!\d))?"
)
# "689,-" and "3.150,--": nothing after the stop, which therefore parts no thousands.
_NO_CENTS = re.compile(r"[.,]-{1,2}(?![\w-])")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_THOUSANDS = {Language.EN: ",", Language.DE: ".", Language.FR: "."}


@cache
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    number = rules_for(language).number
    word = folded_pattern(number["words"])
    joins = folded_pattern(number["joins"])
    run = rf"(?:{word})(?:(?:{joins})(?:{word})){{0,8}}"
    halves = "|".join(sorted(rules_for(language).halves, key=len, reverse=True)) or r"(?!)"
    return {
        "run": re.compile(rf"(?<![\w])({run})(?: {number['point']} ({run}))?(?![\w])"),
        "word": re.compile(word),
        "half": re.compile(rf"(?<!\w)(?:{halves})(?=tausend|hundert|million|\W|$)"),
        "one": re.compile(rf"(?<![\w'])(?:{number['one']})(?![\w'])"),
        "and_half": rules_for(language).and_half,
        "multiplier": re.compile(rf"[ -]?({number['multiplier']})(?!\w)"),
        "dozen": re.compile(rf" ({number['dozen']})(?!\w)"),
    }


def find_numbers(folded: str, rules: Rules) -> list[Number]:
    """All numbers of a folded text, in order and without overlap."""
    patterns = _patterns(rules.language)
    found = [_numeral(m, folded, rules) for m in _NUMERAL.finditer(folded) if _stands(m, folded)]
    for m in patterns["half"].finditer(folded):
        found.append(_number(m, rules.halves[m[0]]))
    for m in patterns["run"].finditer(folded):
        if (amount := _in_words(m, rules.language)) is not None:
            found.append(_number(m, amount))
    for m in patterns["one"].finditer(folded):
        found.append(replace(_number(m, Decimal(1)), is_article=True))
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(_multiplied(number, folded, patterns))
    return kept


def _stands(numeral: re.Match[str], folded: str) -> bool:
    before = folded[numeral.start() - 1 : numeral.start()] if numeral.start() else ""
    return not (before.isdigit() or before == "_")


def _number(match: re.Match[str], amount: Decimal) -> Number:
    return Number(start=match.start(), end=match.end(), amount=amount, written=match[0])


def _numeral(match: re.Match[str], folded: str, rules: Rules) -> Number:
    number = _figured(match, rules.language)
    if end := _NO_CENTS.match(folded, match.end()):
        return replace(number, end=end.end(), written=number.written + ",-", ambiguous=False)
    return number


def _figured(match: re.Match[str], language: Language) -> Number:
    written = match[0]
    if _TWO_WAYS.fullmatch(written):
        # "1.250" is 1250 where the stop parts thousands; elsewhere the writer may mean 1.25.
        sure = written.count(_THOUSANDS[language]) == 1
        value = Decimal(re.sub(r"[.,]", "", written))
        return replace(_number(match, value), ambiguous=not sure)
    separators = [c for c in written if c in " .,'"]
    if not separators:
        return _number(match, Decimal(written))
    last = separators[-1]
    decimals = len(written) - 1 - written.rindex(last)
    is_decimal = (
        last in ".," and separators.count(last) == 1 and (decimals != 3 or written.startswith("0"))
    )
    whole, fraction = written.rsplit(last, 1) if is_decimal else (written, "")
    digits = re.sub(r"\D", "", whole)
    return _number(match, Decimal(f"{digits}.{fraction}" if fraction else digits))


def _in_words(match: re.Match[str], language: Language) -> Decimal | None:
    whole = whole_in_words(match[1], language)
    if match[2] is None or whole is None:
        return None if whole is None else Decimal(whole)
    pattern = _patterns(language)["word"]
    values = [whole_in_words(word[0], language) for word in pattern.finditer(match[2])]
    fraction = "".join(str(v) for v in values if v is not None)
    if not fraction.isdigit():
        return None
    if len(values) == 2 and values[0] in (20, 30, 40, 50, 60, 70, 80, 90):
        fraction = str((values[0] or 0) + (values[1] or 0))
    return Decimal(f"{whole}.{fraction}")


_SPELLING = {
    "fourty": "forty",
    "fuenf": "fünf",
    "funf": "fünf",
    "zwoelf": "zwölf",
    "zwolf": "zwölf",
    "dreisig": "dreißig",
    "zero": "zéro",
}


def whole_in_words(words: str, language: Language) -> int | None:
    """The value of a number written in words."""
    for typed, spelled in _SPELLING.items():
        if typed != "zero" or language is Language.FR:
            words = words.replace(typed, spelled)
    try:
        return int(text2num(words, language.value))
    except (ValueError, OverflowError):
        return None


_FACTORS = {
    "k": 1000,
    "tsd": 1000,
    "tsd.": 1000,
    "mille": 1000,
    "thousand": 1000,
    "tausend": 1000,
    "hundred": 100,
    "hundert": 100,
    "cents": 100,
}


def _multiplied(number: Number, folded: str, patterns: dict[str, re.Pattern[str]]) -> Number:
    if found := patterns["and_half"].match(folded, number.end):
        number = replace(number, amount=number.amount + Decimal("0.5"), end=found.end())
    if number.is_article and not folded[number.end :].startswith(
        (" hundred", " thousand", " dozen", " hundert", " tausend", " dutzend", " douzaine")
    ):
        return number
    if (found := patterns["multiplier"].match(folded, number.end)) and number.amount < 1000:
        factor = _FACTORS.get(found[1], 1_000_000)
        amount = number.amount * factor
        return replace(number, amount=Decimal(int(amount)), end=found.end(), is_article=False)
    if found := patterns["dozen"].match(folded, number.end):
        return replace(number, amount=number.amount * 12, end=found.end(), is_article=False)
    return number
