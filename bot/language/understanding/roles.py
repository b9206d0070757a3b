"""Decides which figure of a message is which term, and which is none.

A figure whose role is not plain is none. Whether a figure is refused is not asked here.
"""

import re
from enum import StrEnum

from bot.domain.understanding import Context, Topic
from bot.language.understanding.figures import Figure, Kind, Marked
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Segment, Sentence


class Role(StrEnum):
    """The term a figure gives a value for."""

    PRICE = "price"
    QUANTITY = "quantity"
    INCOTERM = "incoterm"
    METHOD = "method"
    DEPOSIT = "deposit"
    BALANCE = "balance"
    PAYMENT_DAYS = "payment_days"
    LEAD_TIME = "lead_time"
    DELIVERY_DATE = "delivery_date"
    DISCOUNT = "discount"
    WARRANTY = "warranty"
    VALIDITY = "validity"


_MARK = re.compile(r"<[a-z]\d+>")
_LEAST = re.compile(
    r"(?<!\w)(?:minim\w+|mindest\w*|at least|au moins|abnehmen|exclusi\w+|exklusiv\w*)"
)
_PRICE_AHEAD = re.compile(r"(?:price|preis\w*|prix|tarif)[^<,.?!]{0,20}$")
# Distances are in characters of the marked sentence. Judgement, tried on the tables of the tests.
_REACH = 70
_ACROSS_FIGURE = 14
_ACROSS_COMMA = 10
_WITHIN = re.compile(
    r"(?<!\w)(?:in|within|innerhalb(?: von)?|binnen|dans|sous|en)"
    r" (?:about |ca\. |etwa |environ )?$"
)
_ANSWERS = {
    Topic.DELIVERY: Role.LEAD_TIME,
    Topic.PAYMENT: Role.PAYMENT_DAYS,
    Topic.WARRANTY: Role.WARRANTY,
    Topic.VALIDITY: Role.VALIDITY,
}
_TIME_CUES = {
    "delivery": Role.LEAD_TIME,
    "payment": Role.PAYMENT_DAYS,
    "warranty": Role.WARRANTY,
    "validity": Role.VALIDITY,
}
_SHARE_CUES = {
    "deposit": Role.DEPOSIT,
    "balance": Role.BALANCE,
    "discount": Role.DISCOUNT,
    "nonterm_pct": None,
}


def captured(pattern: re.Pattern[str], text: str) -> set[int]:
    """The figures a pattern notes in a marked text."""
    return {
        int(group)
        for found in pattern.finditer(text)
        for group in found.groups()
        if group and group.isdigit()
    }


def distance(cue: re.Pattern[str], text: str, place: int) -> int | None:
    """How far the nearest cue stands from the mark at ``place``."""
    mark = _MARK.match(text, place)
    end = mark.end() if mark else place
    best: int | None = None
    for found in cue.finditer(text, max(0, place - 2 * _REACH), end + 2 * _REACH):
        if found.start() <= place < found.end():
            continue
        between = text[found.end() : place] if found.end() <= place else text[end : found.start()]
        far = len(between) + _ACROSS_COMMA * between.count(",")
        far += _ACROSS_FIGURE * len(_MARK.findall(between))
        # What stands after the figure belongs to it a little less.
        far += 4 if found.start() >= end else 0
        if far <= _REACH and (best is None or far < best):
            best = far
    return best


def assign(
    marked: Marked, sentence: Sentence, segment: Segment, rules: Rules, context: Context
) -> dict[int, Role]:
    """The roles of the figures of one segment, before it is asked whether they are refused."""
    roles: dict[int, Role] = {}
    for index in segment.figures:
        figure = marked.figures[index]
        place = marked.places[index] - sentence.start
        role = _role(index, figure, place, sentence, segment, rules, context)
        if role:
            roles[index] = role
    return roles


def _role(
    index: int,
    figure: Figure,
    place: int,
    sentence: Sentence,
    segment: Segment,
    rules: Rules,
    context: Context,
) -> Role | None:
    match figure.kind:
        case Kind.INCOTERM:
            return Role.INCOTERM
        case Kind.METHOD:
            return Role.METHOD
        case Kind.MONEY:
            return None if _is_aside(segment, rules, "oneoff", "capacity") else Role.PRICE
        case Kind.COUNT:
            return None if _is_stock(segment, sentence, rules, context) else Role.QUANTITY
        case Kind.PERCENT:
            return _share(figure, place, sentence, rules, context)
        case Kind.SPAN:
            return _time(index, figure, place, sentence, segment, rules, context)
        case Kind.DATE:
            return _date(place, sentence, rules, context)
        case Kind.BARE:
            return _bare(index, figure, place, sentence, segment, rules, context)
        case Kind.NOISE:
            return None


def _is_stock(segment: Segment, sentence: Sentence, rules: Rules, context: Context) -> bool:
    """Whether a count is a capacity, a weight, a stock ... and no quantity to be bought."""
    if rules.cues["cargo"].search(sentence.text):
        return True
    if context.asked is Topic.QUANTITY or _LEAST.search(sentence.text):
        return False
    return _is_aside(segment, rules, "capacity")


def _is_aside(segment: Segment, rules: Rules, *names: str) -> bool:
    return any(rules.cues[name].search(segment.text) for name in names)


def _share(
    figure: Figure, place: int, sentence: Sentence, rules: Rules, context: Context
) -> Role | None:
    if figure.written == "split":
        return Role.DEPOSIT
    near = {
        name: far
        for name in _SHARE_CUES
        if (far := distance(rules.cues[name], sentence.text, place)) is not None
    }
    if near:
        return _SHARE_CUES[min(near, key=lambda name: near[name])]
    return {Topic.PAYMENT: Role.DEPOSIT, Topic.PRICE: Role.DISCOUNT}.get(
        context.asked or Topic.OTHER
    )


def _time(
    index: int,
    figure: Figure,
    place: int,
    sentence: Sentence,
    segment: Segment,
    rules: Rules,
    context: Context,
) -> Role | None:
    if context.asked is Topic.WARRANTY and figure.span in ("month", "year"):
        return Role.WARRANTY
    if index in captured(rules.patterns["lead_time"], sentence.text):
        return Role.LEAD_TIME
    if index in captured(rules.patterns["payment_days"], sentence.text):
        return Role.PAYMENT_DAYS
    if rules.topics[Topic.SAMPLE].search(segment.text):
        return None
    near = {
        name: far
        for name in _TIME_CUES
        if (far := distance(rules.cues[name], sentence.text, place)) is not None
    }
    if near:
        role: Role | None = _TIME_CUES[min(near, key=lambda name: near[name])]
        if role is Role.PAYMENT_DAYS and figure.span == "week":
            # "L/C at sight, five weeks": in a list of terms, weeks are the lead time.
            role = Role.LEAD_TIME if sentence.text[:place].rstrip().endswith(",") else role
    else:
        role = _ANSWERS.get(context.asked) if context.asked else None
        if role is None and _WITHIN.search(sentence.text[:place]):
            role = Role.LEAD_TIME
        # Weeks are hardly ever anything but a lead time in these talks.
        role = role or (Role.LEAD_TIME if figure.span == "week" else None)
    if figure.span == "year" and role is not Role.WARRANTY:
        return None
    return role


def _date(place: int, sentence: Sentence, rules: Rules, context: Context) -> Role | None:
    delivery = distance(rules.cues["delivery"], sentence.text, place)
    validity = distance(rules.cues["validity"], sentence.text, place)
    if delivery is None and validity is None:
        return {Topic.DELIVERY: Role.DELIVERY_DATE, Topic.VALIDITY: Role.VALIDITY}.get(
            context.asked or Topic.OTHER
        )
    if validity is not None and (delivery is None or validity < delivery):
        return Role.VALIDITY
    return Role.DELIVERY_DATE


def _bare(
    index: int,
    figure: Figure,
    place: int,
    sentence: Sentence,
    segment: Segment,
    rules: Rules,
    context: Context,
) -> Role | None:
    if _is_aside(segment, rules, "capacity"):
        return Role.QUANTITY if "." in figure.written and figure.amount >= 1000 else None
    if context.currency and index in captured(rules.patterns["price_said"], sentence.text):
        return Role.PRICE
    if figure.product:
        return Role.QUANTITY
    text = sentence.text
    is_whole = figure.amount == figure.amount.to_integral_value() and "." not in str(figure.amount)
    if re.match(
        r">? ?(?:at|a|zu|fur|fuer|for|x|je|pour|@) <m", text[place + 3 :].lstrip("0123456789")
    ):
        return Role.QUANTITY
    if figure.amount <= 0 or _is_aside(segment, rules, "oneoff"):
        return None
    if not is_whole:
        exponent = figure.amount.as_tuple().exponent
        return Role.PRICE if exponent in (-1, -2, -3) else None
    if _PRICE_AHEAD.search(text[:place]):
        return Role.PRICE
    quantity = distance(rules.cues["quantity"], text, place)
    if quantity is not None and quantity < 25 and figure.amount >= 10:
        return Role.QUANTITY
    if context.asked is Topic.QUANTITY or re.search(r"\d[.,]\d{3}$", figure.written):
        return Role.QUANTITY
    return Role.PRICE if context.asked is Topic.PRICE and _is_short(sentence) else None


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.text.split()) <= 8
