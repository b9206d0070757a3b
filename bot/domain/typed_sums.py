"""What was typed as a sum, piece by piece: numbers, signs, currencies, names of figures.

Decides what each piece is; what they come to together is ``calculation``'s business.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LONGEST_NUMBER = 12  # digits; no contract here is larger


class Fault(StrEnum):
    """Why a sum could not be worked out."""

    WORD = "word"
    """Something that is no part of any sum."""
    FORM = "form"
    """Readable bit by bit, but no sum."""
    AFTER = "after"
    """A figure is missing behind it."""
    PERCENT = "percent"
    """A rate that needs a percent sign."""
    ZERO = "zero"
    """A figure that must not be nothing."""
    TOO_LARGE = "too_large"
    RATE = "rate"
    """A percentage that leaves nothing."""
    NO_COST = "no_cost"
    """The brief names no cost, so that it must be typed."""
    CURRENCIES = "currencies"
    """Two currencies in one sum."""


class CannotCalculate(Exception):  # it is an answer, not a failure
    """What was typed is no sum; ``at`` is the place, as typed."""

    def __init__(self, fault: Fault, at: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.at = at


def read_number(text: str) -> Decimal:
    """A number as anybody writes it; one mark before exactly three digits is a thousands mark.

    Only behind a zero it is not: ``0.350``.
    """
    bare = re.sub(r"[\s'’]", "", text)
    marks = re.findall(r"[.,]", bare)
    whole, mark, rest = bare.rpartition(marks[-1]) if marks else (bare, "", "")
    is_decimal = len(set(marks)) == 2 or (
        len(marks) == 1 and (len(rest) != 3 or whole.strip("0") == "")
    )
    if not mark or not is_decimal:
        return Decimal(re.sub(r"[.,]", "", bare))
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


class Kind(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    TIMES = "times"
    SIGN = "sign"
    CURRENCY = "currency"
    NAME = "name"


class Name(StrEnum):
    CIF = "cif"
    FREIGHT = "freight"
    INSURANCE = "insurance"
    MARGIN = "margin"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    kind: Kind
    text: str
    value: Decimal = Decimal(0)


_NUMBER = r"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d+)?(?![\d.,]*\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})(?P<percent>\s*%)?|(?P<times>[x*×✕⨯·])|(?P<sign>[-+])"
    r"|(?P<currency>[€$£¥])|(?P<word>[^\W\d_]+\.?)|(?P<other>\S)"
)
_SYMBOLS: Mapping[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "CNY"}
_CURRENCIES = frozenset(
    ("EUR", "USD", "GBP", "CHF", "CNY", "RMB", "JPY", "CAD", "AUD", "HKD", "SGD")
)
_NAMES: Mapping[str, Name] = {
    word: name
    for name, words in {
        Name.CIF: "cif fob",
        Name.FREIGHT: "freight fracht seefracht fret 运费 海运费",
        Name.INSURANCE: "ins insurance versicherung assurance 保险 保险费 保险费率 保费率",
        Name.MARGIN: "margin marge gewinn profit bénéfice 利润 毛利",
        Name.COST: "cost costs kosten coût coûts cout couts 成本",
    }.items()
    for word in words.split()
}
_TIMES = frozenset(("x", "times", "mal", "fois", "乘", "乘以"))
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("minus", "moins", "减"), "-"),
    **dict.fromkeys(("plus", "加"), "+"),
}
_PASSED_OVER = frozenset(
    word
    for words in (
        "pcs pc piece pieces set sets box boxes carton cartons kg tonne tonnes t m metre metres",
        "stück stueck st karton kartons tonnen meter pièce pièces lot lots mètre mètres",
        "each per at of and pro je zu und par à et",
        "件 台 个 只 套 箱 盒 吨 公斤 米 每 的 和",
    )
    for word in words.split()
)
"""Words that may stand beside a figure and change nothing."""


def tokens(text: str) -> Iterator[Token]:
    plain = unicodedata.normalize("NFKC", text)
    for dash in "–−—":
        plain = plain.replace(dash, "-")
    plain = plain.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("=", " ")
    for found in _TOKEN.finditer(plain):
        yield from _token(found)


def _token(found: re.Match[str]) -> Iterator[Token]:
    typed = found[0]
    if found["number"]:
        if sum(digit.isdigit() for digit in found["number"]) > LONGEST_NUMBER:
            raise CannotCalculate(Fault.TOO_LARGE, typed)
        kind = Kind.PERCENT if found["percent"] else Kind.NUMBER
        yield Token(kind=kind, text=typed, value=read_number(found["number"]))
    elif found["times"]:
        yield Token(kind=Kind.TIMES, text=typed)
    elif found["sign"]:
        yield Token(kind=Kind.SIGN, text=typed)
    elif found["currency"]:
        yield Token(kind=Kind.CURRENCY, text=_SYMBOLS[typed])
    elif found["word"]:
        yield from _word(typed)
    elif typed not in ",;:/()":
        raise CannotCalculate(Fault.WORD, typed)


def _word(typed: str) -> Iterator[Token]:
    word = typed.rstrip(".").casefold()
    if word in _TIMES:
        yield Token(kind=Kind.TIMES, text=typed)
    elif word in _SIGNS:
        yield Token(kind=Kind.SIGN, text=_SIGNS[word])
    elif word in _NAMES:
        yield Token(kind=Kind.NAME, text=_NAMES[word])
    elif word.upper() in _CURRENCIES:
        yield Token(kind=Kind.CURRENCY, text=word.upper().replace("RMB", "CNY"))
    elif word not in _PASSED_OVER:
        raise CannotCalculate(Fault.WORD, typed)
