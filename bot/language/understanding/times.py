"""Decides what a time span or a date is for: delivery, payment, warranty, validity or nothing."""

import re

from bot.domain.understanding import Topic
from bot.language.understanding.situated import Role, Situated

_SPAN_CUES = {
    "delivery": Role.LEAD_TIME,
    "payment": Role.PAYMENT_DAYS,
    "warranty": Role.WARRANTY,
    "validity": Role.VALIDITY,
}
_WEEK_CUES = tuple(cue for cue in _SPAN_CUES if cue != "warranty")
_DATE_CUES = {"delivery": Role.DELIVERY_DATE, "validity": Role.VALIDITY}
_SPAN_ANSWERS = {
    Topic.DELIVERY: Role.LEAD_TIME,
    Topic.PAYMENT: Role.PAYMENT_DAYS,
    Topic.WARRANTY: Role.WARRANTY,
    Topic.VALIDITY: Role.VALIDITY,
}
_DATE_ANSWERS = {Topic.DELIVERY: Role.DELIVERY_DATE, Topic.VALIDITY: Role.VALIDITY}
_LONG = ("month", "year")
_WITHIN = re.compile(
    r"(?<!\w)(?:in|within|innerhalb(?: von)?|binnen|dans|sous|en)"
    r" (?:about |only |just |ca\. |etwa |nur |environ |seulement )?$"
)
_CREDIT_DAYS = 60  # Judgement: from here on days without a word are likelier credit than delivery.


def span_role(it: Situated) -> Role | None:
    """The term a time span gives a value for."""
    is_long = it.figure.span in _LONG
    if it.context.asked is Topic.WARRANTY and is_long:
        return Role.WARRANTY
    if it.is_noted("valid"):
        return Role.VALIDITY
    if it.is_noted("other_times"):
        return None
    if is_long and (it.is_noted("covered") or it.nearest(_SPAN_CUES) == "warranty"):
        return Role.WARRANTY
    if it.is_noted("lead_time"):
        return Role.LEAD_TIME
    if it.is_noted("payment_days"):
        return Role.PAYMENT_DAYS
    if it.is_about(Topic.SAMPLE):
        return None
    role = _span_by_words(it) or _span_alone(it)
    return None if it.figure.span == "year" and role is not Role.WARRANTY else role


def _span_by_words(it: Situated) -> Role | None:
    if not it.is_beside(*_SPAN_CUES) and _WITHIN.search(it.before):
        return Role.LEAD_TIME
    cue = it.nearest(_SPAN_CUES if it.figure.span != "week" else _WEEK_CUES)
    if cue == "payment" and it.figure.span == "week" and it.before.rstrip().endswith(","):
        # "L/C at sight, five weeks": in a list of terms, weeks are the lead time.
        return Role.LEAD_TIME
    return _SPAN_CUES[cue] if cue else None


def _span_alone(it: Situated) -> Role | None:
    """What a span is for when no word says so."""
    if it.context.asked in _SPAN_ANSWERS:
        return _SPAN_ANSWERS[it.context.asked]
    if _WITHIN.search(it.before) or it.figure.span == "week":
        # Weeks are hardly ever anything but a lead time in these talks.
        return Role.LEAD_TIME
    if it.is_noted("agreed_times"):
        if it.figure.span in _LONG and it.figure.amount > 3:
            return Role.WARRANTY
        return Role.LEAD_TIME if it.figure.amount < _CREDIT_DAYS else None
    return None


def date_role(it: Situated) -> Role | None:
    """The term a date gives a value for."""
    if it.is_noted("valid"):
        return Role.VALIDITY
    if it.is_noted("other_times"):
        return None
    is_awaited = bool(it.rules.patterns["awaited"].search(it.segment.text))
    if it.is_noted("until") and (is_awaited or not it.is_beside("delivery")):
        return None if is_awaited else _deadline(it)
    cue = it.nearest(_DATE_CUES)
    if cue:
        return _DATE_CUES[cue]
    if it.context.asked in _DATE_ANSWERS:
        return _DATE_ANSWERS[it.context.asked]
    return Role.DELIVERY_DATE if it.is_noted("agreed_times", "arriving") else None


def _deadline(it: Situated) -> Role | None:
    """What ends on a day: an offer or a delivery."""
    if it.context.asked in _DATE_ANSWERS:
        return _DATE_ANSWERS[it.context.asked]
    if it.is_noted("arriving"):
        return Role.DELIVERY_DATE
    if it.rules.cues["kept"].search(it.sentence.text):
        return Role.VALIDITY
    return Role.DELIVERY_DATE if it.nearest(_DATE_CUES) == "delivery" else None
