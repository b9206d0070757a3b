"""Decides which figure of a message is which term, and which is none.

A figure whose role is not plain is none. Whether a figure is refused is not asked here.
"""

import re

from bot.domain.terms import Unit
from bot.domain.understanding import Context, Topic
from bot.language.understanding.figures import Kind, Marked
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Segment, Sentence
from bot.language.understanding.shares import share_role
from bot.language.understanding.situated import Role, Situated, captured, distance
from bot.language.understanding.times import date_role, span_role

__all__ = ["Role", "assign", "captured"]

_LEAST = re.compile(
    r"(?<!\w)(?:minim\w+|mindest\w*|at least|au moins|abnehmen|exclusi\w+|exklusiv\w*)"
)
_PRICE_AHEAD = re.compile(r"(?:price|preis\w*|prix|tarif)[^<,.?!]{0,20}$")
_PRICED = re.compile(
    r"(?: [a-z-]+){0,2} (?:at|a|zu|fur|fuer|for|je|pour|its|it's|c'est) (?:je )?<m|"
    r" ?[x@] ?<m"
)
_SINGLES = (Unit.PIECE, Unit.KG, Unit.METRE, Unit.BOX, Unit.CARTON, Unit.SET)
_FEW_WORDS = 8
_NEAR = 25  # Distance up to which a bare number belongs to a word of quantity.
_LEAST_ORDERED = 10
_ROUND = 100  # Judgement: without a word, round numbers are pieces and the others prices.


def assign(
    marked: Marked, sentence: Sentence, segment: Segment, rules: Rules, context: Context
) -> dict[int, Role]:
    """The roles of the figures of one segment, before it is asked whether they are refused."""
    roles: dict[int, Role] = {}
    for index in segment.figures:
        if role := _role(Situated(index, marked, sentence, segment, rules, context)):
            roles[index] = role
    return roles


def _role(it: Situated) -> Role | None:
    match it.figure.kind:
        case Kind.INCOTERM:
            return Role.INCOTERM
        case Kind.METHOD:
            return Role.METHOD
        case Kind.MONEY:
            return _money(it)
        case Kind.COUNT:
            return None if _is_stock(it) else Role.QUANTITY
        case Kind.PERCENT:
            return share_role(it)
        case Kind.SPAN:
            return span_role(it)
        case Kind.DATE:
            return date_role(it)
        case Kind.BARE:
            return _bare(it)
        case Kind.NOISE:
            return None


def _money(it: Situated) -> Role | None:
    is_extra = it.is_beside("oneoff") or it.is_about(Topic.SAMPLE)
    return None if it.is_noted("once") or (is_extra and it.figure.unit is None) else Role.PRICE


def _is_stock(it: Situated) -> bool:
    """Whether a count is a capacity, a weight, a stock ... and no quantity to be bought."""
    if it.rules.cues["cargo"].search(it.sentence.text) or it.is_noted("other_counts"):
        return True
    if it.context.asked is Topic.QUANTITY or _LEAST.search(it.sentence.text):
        return False
    if it.figure.amount == 1 and it.figure.unit in _SINGLES:
        return True
    return it.is_beside("capacity") and not it.is_beside("buying")


def _bare(it: Situated) -> Role | None:
    figure, text = it.figure, it.sentence.text
    if it.is_noted("other_counts"):
        return None
    if it.is_beside("capacity") and not it.is_beside("buying"):
        return Role.QUANTITY if "." in figure.written and figure.amount >= 1000 else None
    is_round = figure.amount % _ROUND == 0
    if it.is_noted("price_said") and (it.context.currency or not is_round):
        return Role.PRICE
    if figure.product:
        return Role.QUANTITY
    if _PRICED.match(it.after):
        return Role.QUANTITY
    if figure.amount <= 0 or it.is_beside("oneoff"):
        return None
    if figure.amount % 1 or "." in str(figure.amount):
        return Role.PRICE if figure.amount.as_tuple().exponent in (-1, -2, -3) else None
    if _PRICE_AHEAD.search(it.before):
        return Role.PRICE
    if it.is_noted("agreed_numbers"):
        return Role.QUANTITY if is_round else Role.PRICE
    quantity = distance(it.rules.cues["quantity"], text, it.place)
    if quantity is not None and quantity < _NEAR and figure.amount >= _LEAST_ORDERED:
        return Role.QUANTITY
    if it.context.asked is Topic.QUANTITY or re.search(r"\d[.,]\d{3}$", figure.written):
        return Role.QUANTITY
    is_short = len(text.split()) <= _FEW_WORDS
    return Role.PRICE if it.context.asked is Topic.PRICE and is_short else None
