"""What a learner writes down before a talk, and what it is worth by the own brief.

Knows nothing of how words are read (``language``) or asked for (``usecases.preparing``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.deal import ChoiceIssue, Deal, FigureIssue, IssueId, Offer, Side
from bot.domain.reading import is_plausible, read
from bot.domain.talk import Talk
from bot.domain.understanding import Understanding


class Step(StrEnum):
    """The questions of the preparation, in their order."""

    TARGET = "target"
    OPENING = "opening"
    WALK_AWAY = "walk_away"
    QUESTIONS = "questions"

    @property
    def following(self) -> "Step | None":
        """The question after this one."""
        steps = tuple(Step)
        place = steps.index(self) + 1
        return steps[place] if place < len(steps) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Own notes on a talk to come: always as typed, and as offers where they could be read."""

    texts: Mapping[Step, str] = field(default_factory=dict)
    target: Offer = field(default_factory=Offer)
    opening: Offer = field(default_factory=Offer)
    walk_away: Offer = field(default_factory=Offer)
    is_warned: bool = False
    """Whether the learner was told that the walk-away is below the brief's limit."""

    def __bool__(self) -> bool:
        return bool(self.texts)

    @property
    def questions(self) -> str:
        """What to ask first."""
        return self.texts.get(Step.QUESTIONS, "")

    @property
    def unanswered(self) -> Step | None:
        """The first question without an answer."""
        return next((step for step in Step if step not in self.texts), None)

    def offer(self, step: Step) -> Offer:
        """What was read in the answer to ``step``."""
        match step:
            case Step.TARGET:
                return self.target
            case Step.OPENING:
                return self.opening
            case Step.WALK_AWAY:
                return self.walk_away
            case Step.QUESTIONS:
                return Offer()

    def answered(self, step: Step, text: str, offer: Offer) -> "Preparation":
        """With the answer to ``step``, in place of an earlier one."""
        noted = replace(self, texts={**self.texts, step: text})
        match step:
            case Step.TARGET:
                return replace(noted, target=offer)
            case Step.OPENING:
                return replace(noted, opening=offer)
            case Step.WALK_AWAY:
                return replace(noted, walk_away=offer)
            case Step.QUESTIONS:
                return noted


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One issue of an offer and its points for the learner."""

    issue: IssueId
    value: Decimal | str
    points: Decimal


def parts(deal: Deal, offer: Offer) -> tuple[Part, ...]:
    """The learner's points for ``offer``, issue by issue, in the order of the deal."""
    settled = ((issue.id, offer.value(issue.id)) for issue in deal.issues)
    return tuple(
        Part(issue=id, value=value, points=deal.payoff_of(Side.LEARNER, id, value))
        for id, value in settled
        if value is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Why an offer cannot reach the learner's limit."""

    named: Decimal
    """Points of what the offer settles."""
    rest: Decimal
    """The most that the other issues can add."""
    limit: Decimal

    @property
    def total(self) -> Decimal:
        """The most the offer can be worth."""
        return self.named + self.rest


def shortfall(deal: Deal, offer: Offer) -> Shortfall | None:
    """How far ``offer`` is below the learner's limit, even with the best on all other issues."""
    if not offer:
        return None
    open_issues = [issue for issue in deal.issues if offer.value(issue.id) is None]
    best = (
        max(deal.payoff_of(Side.LEARNER, issue.id, value) for value in issue.values)
        for issue in open_issues
    )
    found = Shortfall(
        named=deal.payoff(Side.LEARNER, offer),
        rest=sum(best, start=Decimal(0)),
        limit=deal.learner_reservation,
    )
    return found if found.total < found.limit else None


# --- reading ----------------------------------------------------------------------------------

# What Chinese traders write, as the readers of the practice languages know it; longest first.
_CHINESE: Mapping[str, str] = {
    "提单副本": " copy of B/L ",
    "即期信用证": " L/C at sight ",
    "信用证": " L/C ",
    "发货前": " before shipment ",
    "装运前": " before shipment ",
    "出货前": " before shipment ",
    "付款交单": " D/P ",
    "承兑交单": " D/A ",
    "电汇": " T/T ",
    "预付款": " deposit ",
    "预付": " deposit ",
    "定金": " deposit ",
    "订金": " deposit ",
    "余款": ", balance ",
    "尾款": ", balance ",
    "赊销": " open account ",
    "账期": " open account ",
    "见": " against ",
    "人民币": " CNY ",
    "美元": " USD ",
    "美金": " USD ",
    "欧元": " EUR ",
    "英镑": " GBP ",
    "瑞士法郎": " CHF ",
    "个月": " months ",
    "周": " weeks ",
    "星期": " weeks ",
    "天": " days ",
    "日": " days ",
    "年": " years ",
    "托盘": " pallets ",
    "公斤": " kg ",
    "千克": " kg ",
    "吨": " tonnes ",
    "米": " metres ",
    "件": " pieces ",
    "个": " pieces ",
    "台": " pieces ",
    "只": " pieces ",
    "把": " pieces ",
    "盏": " pieces ",
    "套": " sets ",
    "箱": " cartons ",
    "盒": " boxes ",
    "柜": " containers ",
    "，": ", ",
    "、": ", ",
    "；": "; ",
    "。": ". ",
}
_CJK = re.compile(r"[\u4e00-\u9fff]")


def is_chinese(text: str) -> bool:
    """Whether there are Chinese characters in ``text``."""
    return _CJK.search(text) is not None


def glossed(text: str) -> str:
    """``text`` with the Chinese words of trade in English, so that it can be understood."""
    for chinese, english in _CHINESE.items():
        text = text.replace(chinese, english)
    return re.sub(r" {2,}", " ", _CJK.sub(" ", text)).strip()


def noted(deal: Deal, text: str, understanding: Understanding, *, today: date) -> Offer:
    """The values of ``deal`` that a note names; what can be read two ways is left open."""
    reading = read(
        deal, understanding.terms, talk=Talk(), today=today, mentions=understanding.mentions
    )
    beyond = {
        id: value
        for id, value in reading.beyond.figures.items()
        if isinstance(issue := deal.issue(id), FigureIssue) and is_plausible(issue, value)
    }
    return reading.offer.over(Offer(figures=beyond)).over(_labelled(deal, text))


def _labelled(deal: Deal, text: str) -> Offer:
    """The options whose label stands in ``text``, in whatever interface language."""
    plain = _plain(text)
    found = {
        issue.id: option.id
        for issue in deal.issues
        if isinstance(issue, ChoiceIssue)
        for option in issue.options
        if any(_plain(label) in plain for label in option.label.values())
    }
    return Offer(choices=found)


def _plain(text: str) -> str:
    return re.sub(r"[\s,，、。.]+", "", text).casefold()
