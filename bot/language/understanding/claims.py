"""Finds which parts of a message are meant for the matters that only its deal has.

Decides by the author's words: the phrases of an option, the words beside a figure. Whether what
they name stands or is refused is asked by ``matters``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.terms import Span
from bot.domain.understanding import Change, Context, Matter, Measure, Reference
from bot.language.understanding.figures import Figure, Kind, Marked
from bot.language.understanding.normalise import fold
from bot.language.understanding.phrases import Token, alike, content_words, find, tokens
from bot.language.understanding.reading import Reading
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Sentence
from bot.language.understanding.situated import Situated, captured, distance

_OTHERS = {
    Kind.PERCENT: ("deposit", "balance", "discount", "nonterm_pct"),
    Kind.SPAN: ("delivery", "payment", "warranty", "validity"),
}
"""Words beside which a figure is meant for a term of trade."""
_NEARER = 10  # characters by which a word of trade must be nearer; judgement
_TAKEN_OVER = ("warranty", "validity", "discount")
"""Of these an author may make a matter; the words of the rules are then words of it."""
_IN_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_IN_MONTHS = {"month": 1, "year": 12}
_A_YEAR = 12  # months
_NO_WORD = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of the text that names a value of a matter."""

    start: int
    end: int
    matter: Matter
    amount: Decimal | None = None
    option: str | None = None
    phrase: tuple[str, ...] = ()
    """The content words by which an option was found."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the rules have read it."""

    text: str
    marked: Marked
    sentences: list[Sentence]
    reading: Reading
    rules: Rules
    context: Context


# -- options, by their phrases


def claimed_options(message: Message, words: list[Token]) -> list[Claim]:
    """The phrases found; of two that overlap the longer one."""
    rules = message.rules
    found = [
        Claim(start, end, matter, option=option, phrase=wanted)
        for matter in message.context.matters
        for option, phrases in matter.options.items()
        for wanted in (content_words(phrase, rules) for phrase in phrases)
        for start, end in find(words, wanted, rules)
    ]
    return apart(sorted(found, key=lambda one: (-len(one.phrase), one.start)), [])


def apart(claims: Iterable[Claim], taken: Iterable[Claim]) -> list[Claim]:
    """Those of ``claims`` that overlap neither ``taken`` nor an earlier one."""
    kept: list[Claim] = []
    for claim in claims:
        others = [*taken, *kept]
        if all(claim.end <= other.start or other.end <= claim.start for other in others):
            kept.append(claim)
    return kept


def covered_by(marked: Marked, claims: Iterable[Claim]) -> set[int]:
    return {
        index
        for index, figure in enumerate(marked.figures)
        if any(figure.start < claim.end and claim.start < figure.end for claim in claims)
    }


# -- figures, by the words beside them


def claimed_figures(
    message: Message, words: list[Token], elsewhere: set[int]
) -> Iterator[tuple[int, Claim]]:
    """The figures meant for a matter, but for those ``elsewhere``."""
    for matter in _of_figures(message):
        reader = _Beside(message, matter, words)
        for it in _situated(message):
            if it.index in elsewhere or it.index in _changes_in(it):
                continue
            amount = reader.amount(it)
            if amount is not None:
                yield it.index, Claim(it.figure.start, it.figure.end, matter, amount=amount)


def changes(message: Message, words: list[Token]) -> Iterator[tuple[Figure, Reference]]:
    """The figures that tell how far from a value said before: "2 % more commission"."""
    for matter in _of_figures(message):
        reader = _Beside(message, matter, words)
        for it in _situated(message):
            by = reader.beside(it)
            if by is not None and it.index in (signs := _changes_in(it)):
                change = Change(measure=Measure.AMOUNT, by=signs[it.index] * by)
                yield it.figure, Reference(issue=matter.issue, change=change)


def _of_figures(message: Message) -> list[Matter]:
    return [matter for matter in message.context.matters if not matter.options]


def _situated(message: Message) -> Iterator[Situated]:
    marked, rules, context = message.marked, message.rules, message.context
    for sentence in message.sentences:
        for segment in sentence.segments:
            for index in segment.figures:
                yield Situated(index, marked, sentence, segment, rules, context)


def _changes_in(it: Situated) -> dict[int, int]:
    """The figures beside "more" and "less", with their signs."""
    words, text = it.rules.references, it.segment.text
    less, more = (captured(words[name], text) for name in ("less", "more"))
    return {**dict.fromkeys(less, -1), **dict.fromkeys(more, 1)}


class _Beside:
    """Tells which figures of a message are values of one matter."""

    def __init__(self, message: Message, matter: Matter, words: list[Token]) -> None:
        self.message, self.matter = message, matter
        taken = [cue for cue in _TAKEN_OVER if takes_over(matter, cue, message)]
        kind = Kind.SPAN if matter.unit else Kind.PERCENT
        self.kind = kind
        self.others = tuple(cue for cue in _OTHERS[kind] if cue not in taken)
        cues = message.rules.cues
        own = [_surfaces(matter, words, message), *(cues[cue] for cue in taken)]
        self.own = re.compile("|".join(f"(?:{one.pattern})" for one in own))

    def amount(self, it: Situated) -> Decimal | None:
        """The value in the unit of the matter, if the figure is meant for it."""
        figure = it.figure
        if figure.kind not in (self.kind, Kind.BARE) or figure.written == "split":
            return None
        amount = in_unit(figure, self.matter.unit)
        if amount is None:
            return None
        match self._is_own(it):
            case True:
                is_mixed = figure.kind is Kind.BARE or it.is_beside(*self.others)
                return amount if not is_mixed or self._is_plausible(amount) else None
            case None:
                return amount if self._answers(it, amount) else None
        return None

    def beside(self, it: Situated) -> Decimal | None:
        """The value in the unit of the matter, if a word of it stands near."""
        is_own = it.figure.kind is self.kind and self._is_own(it)
        return in_unit(it.figure, self.matter.unit) if is_own else None

    def _is_own(self, it: Situated) -> bool | None:
        """Whether a word of the matter is near, not one of trade; ``None``: neither is."""
        start = it.segment.start - it.sentence.start
        part = it.sentence.text[start : it.segment.end - it.sentence.start]
        for text, place in ((part, it.place - start), (it.sentence.text, it.place)):
            own = distance(self.own, text, place)
            far = [distance(it.rules.cues[cue], text, place) for cue in self.others]
            other = min((one for one in far if one is not None), default=None)
            if own is not None and (other is None or own <= other + _NEARER):
                return True
            if other is not None:
                return False
        return None

    def _answers(self, it: Situated, amount: Decimal) -> bool:
        """Whether a figure without a word is meant for the matter."""
        context, role = self.message.context, self.message.reading.roles.get(it.index)
        if context.matter is self.matter.issue:
            return it.figure.kind is not Kind.BARE or self._is_plausible(amount)
        if it.figure.kind is Kind.BARE or not self._is_plausible(amount):
            return False
        # So many days without a word may as well be the delivery or the payment.
        return self.matter.unit is not Span.DAY and (role is None or context.asked is None)

    def _is_plausible(self, amount: Decimal) -> bool:
        least, most = self.matter.least, self.matter.most
        return (least is None or amount >= least) and (most is None or amount <= most)


def in_unit(figure: Figure, unit: Span | None) -> Decimal | None:
    """A figure counted in ``unit``: two years are 24 months. ``None``: it comes out uneven."""
    if unit is None or figure.span is None:
        return figure.amount
    days = figure.amount * _IN_DAYS[figure.span]
    in_months = _IN_MONTHS.get(figure.span)
    months = figure.amount * in_months if in_months else days / _IN_DAYS["month"]
    match unit:
        case Span.DAY:
            return _whole(days)
        case Span.MONTH:
            return _whole(months)
        case Span.YEAR:
            return _whole(months / _A_YEAR)


def days_in(figure: Figure) -> Decimal:
    """The days that a span stands for."""
    return figure.amount * _IN_DAYS.get(figure.span or "", 0)


def _whole(amount: Decimal) -> Decimal | None:
    whole = amount.to_integral_value()
    return whole if amount == whole else None


def takes_over(matter: Matter, cue: str, message: Message) -> bool:
    names = " . ".join(map(fold, names_of(matter, message.rules)))
    return not matter.options and bool(message.rules.cues[cue].search(names))


def names_of(matter: Matter, rules: Rules) -> list[str]:
    return [name for name in (matter.name.get(rules.language, ""), matter.called) if name] + [
        *matter.words
    ]


def places_of(matter: Matter, words: list[Token], rules: Rules) -> Iterator[tuple[int, int]]:
    """Where a text names the matter itself."""
    for name in names_of(matter, rules):
        wanted = content_words(name, rules)
        # "Exclusive for" stands beside a time; "exclusive" alone does not speak of it.
        if name not in matter.words or len(wanted) == len(tokens(fold(name))):
            yield from find(words, wanted, rules)


def _surfaces(matter: Matter, words: list[Token], message: Message) -> re.Pattern[str]:
    """The words of the message that are words of the matter, as they stand there."""
    rules, folded = message.rules, fold(message.text)
    own = {w for name in names_of(matter, rules) for w in content_words(name, rules)}
    said = {folded[t.start : t.end] for t in words if any(alike(t.text, one) for one in own)}
    if not said:
        return _NO_WORD
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(said)))})(?!\w)")
