"""Decides what a percentage is: a deposit, a balance, a discount or no term."""

from bot.domain.understanding import Topic
from bot.language.understanding.figures import Kind
from bot.language.understanding.situated import Role, Situated

_CUES = {
    "deposit": Role.DEPOSIT,
    "balance": Role.BALANCE,
    "discount": Role.DISCOUNT,
    "nonterm_pct": None,
}
_ANSWERS = {Topic.PAYMENT: Role.DEPOSIT, Topic.PRICE: Role.DISCOUNT}
_WHOLE = 100
_MOST_GRANTED = 30  # Judgement: a share granted without a word is a discount up to here.


def share_role(it: Situated) -> Role | None:
    """The term a percentage gives a value for."""
    if it.figure.written == "split":
        return Role.DEPOSIT
    if it.is_noted("discounted"):
        return Role.DISCOUNT
    if it.is_noted("other_shares"):
        return None
    cue = it.nearest(_CUES)
    if cue != "nonterm_pct" and (role := _of_two(it)):
        return role
    if cue:
        return _CUES[cue]
    if it.context.asked in _ANSWERS:
        return _ANSWERS[it.context.asked]
    granted = it.is_noted("granted_shares") and it.figure.amount <= _MOST_GRANTED
    return Role.DISCOUNT if granted else None


def _of_two(it: Situated) -> Role | None:
    """Of two shares that make up the whole the first is paid first, if no word says otherwise."""
    for other in it.others():
        if other.figure.kind is not Kind.PERCENT:
            continue
        if it.figure.amount + other.figure.amount != _WHOLE:
            continue
        first, then = sorted((it, other), key=lambda one: one.index)
        is_turned = first.nearest(_CUES) == "balance" and then.nearest(_CUES) == "deposit"
        return Role.DEPOSIT if (it is first) is not is_turned else Role.BALANCE
    return None
