"""Whole sessions from ``tests/transcripts``: read, played on a stage, held against the file.

A transcript says what the learner types and what must be true of the answer whatever the buyer's
dice say: words that must occur, remarks on the language, terms and points of the deal. Where the
buyer is free, the learner goes on through a list of offers until one is taken.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import srsly

FOLDER = Path(__file__).parents[1] / "transcripts"
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\wÀ-ÿ«„“])")
_SECRETS = re.compile(r"\d[\d.,]* ?(?:points?|Punkten?|分)\b|payoff|reservation value", re.I)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})  # as they keep figure and unit together


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message as somebody sees it."""

    who: str
    """``learner``, ``buyer`` or ``coach``."""
    text: str
    """In plain words, see ``plain``."""
    actions: tuple[str, ...] = ()
    """Of the buttons under it."""
    has_picture: bool = False
    marks: tuple[str, ...] = ()
    """What is marked in the learner's own words (on the page only)."""

    @property
    def asks_to_sign(self) -> bool:
        """Whether it is the buyer's summary."""
        return any(action.startswith("yes:") for action in self.actions)


def plain(text: str) -> str:
    """``text`` with common spaces, as a transcript is typed."""
    return text.translate(_SPACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing the learner does, and what is expected of the answer."""

    learner: str | None = None
    command: str | None = None
    comes_back: str | None = None
    """Why the learner was away; the app is killed and started again."""
    until_summary: tuple["Step", ...] = ()
    """Offers made one after the other until the buyer sums up."""
    signs: str | None = None
    """Signs with these words, or, if ``by button``, with the button."""
    buyer: tuple[str, ...] = ()
    """Patterns (regular expressions) that all occur in the buyer's answer."""
    coach: tuple[str, ...] = ()
    """Patterns that all occur in what the coach says."""
    corrections: tuple[str, ...] | None = None
    """Remarks as ``wrong → right``; an empty list says that there is none."""
    terms: tuple[str, ...] = ()
    """Patterns that all occur in the summary, if this offer is the one taken."""
    points: str = ""
    """What the learner has then, as the debrief writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A whole session."""

    about: str
    channel: str
    name: str
    interface: str
    language: str
    band: str
    buyer: str
    talk: tuple[Step, ...]
    debrief: tuple[str, ...]
    """Patterns that all occur in the debrief."""
    afterwards: tuple[Step, ...]


class Stage(Protocol):
    """Where a transcript is played."""

    has_coach: bool
    """Whether corrections and the coach's cards can be seen."""

    async def begin(self, transcript: Transcript) -> None:
        """From the first ``/start`` to the buyer's opening."""
        ...

    async def say(self, text: str) -> None: ...

    async def press(self, action: str) -> None: ...

    async def come_back(self) -> None:
        """Be away while the app is killed and started again."""
        ...

    async def until(self, is_reached: Callable[[Sequence[Line]], bool]) -> None:
        """Wait until what is seen fits.

        Raises:
            TimeoutError: it never did.
        """
        ...

    @property
    def lines(self) -> Sequence[Line]:
        """All that has been seen so far, oldest first; fresh after ``until``."""
        ...

    async def picture(self) -> bytes:
        """The last picture."""
        ...


def read(name: str) -> Transcript:
    """The transcript in ``tests/transcripts/<name>.yaml``."""
    raw = srsly.yaml_loads((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    steps = {key: tuple(_step(item) for item in raw.pop(key)) for key in ("talk", "afterwards")}
    return Transcript(**{**raw, **steps, "debrief": tuple(raw["debrief"])})


def names(channel: str = "") -> list[str]:
    """All transcripts, or those of one channel."""
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return [name for name in found if read(name).channel == channel or not channel]


def _step(raw: dict[str, Any]) -> Step:
    lists = ("buyer", "coach", "corrections", "terms")
    values = {key: tuple(value) if key in lists else value for key, value in raw.items()}
    if "until_summary" in values:
        values["until_summary"] = tuple(_step(item) for item in values["until_summary"])
    return Step(**values)


async def perform(transcript: Transcript, stage: Stage) -> None:
    """Play ``transcript`` on ``stage``.

    Raises:
        AssertionError: something is not as the transcript says; names the step.
    """
    await _Performance(transcript, stage).whole()


@dataclass
class _Performance:
    transcript: Transcript
    stage: Stage
    steps: list[Step] = field(default_factory=list)
    """Those done, one for each message of the learner."""
    taken: Step | None = None

    async def whole(self) -> None:
        await self.stage.begin(self.transcript)
        for step in self.transcript.talk:
            await self.do(step)
        self.check_points()
        if self.stage.has_coach:
            for step in self.transcript.afterwards:
                await self.do(step)
            await self.check_corrections()
        self.check_buyer()

    async def do(self, step: Step) -> None:
        if step.comes_back:
            await self.stage.come_back()
        elif step.until_summary:
            await self.settle(step.until_summary)
        elif step.signs:
            await self.sign(step)
        elif step.learner:
            answer = await self.say(step.learner, step)
            for pattern in step.buyer:
                assert re.search(pattern, answer.text), f"{pattern!r} not in: {answer.text}"
        elif step.command and self.stage.has_coach:
            await self.command(step)

    async def say(self, text: str, step: Step) -> Line:
        """Say something; the buyer's answer."""
        self.steps.append(step)
        before = len(self.stage.lines)
        await self.stage.say(text)

        def answers(lines: Sequence[Line]) -> list[Line]:
            return [line for line in lines[before:] if line.who == "buyer"]

        await self.stage.until(lambda lines: bool(answers(lines)))
        return answers(self.stage.lines)[0]

    async def command(self, step: Step) -> None:
        assert step.command is not None
        self.steps.append(step)
        before = len(self.stage.lines)
        await self.stage.say(step.command)

        def heard(lines: Sequence[Line]) -> bool:
            text = "\n".join(line.text for line in lines[before:] if line.who == "coach")
            return bool(text) and all(re.search(pattern, text) for pattern in step.coach)

        await self.stage.until(heard)

    async def settle(self, offers: Sequence[Step]) -> None:
        for offer in offers:
            assert offer.learner is not None
            answer = await self.say(offer.learner, offer)
            if answer.asks_to_sign:
                self.taken = offer
                for pattern in offer.terms:
                    assert re.search(pattern, answer.text), f"{pattern!r} not in: {answer.text}"
                return
        raise AssertionError(f"no offer was taken; the last answer: {answer.text}")

    async def sign(self, step: Step) -> None:
        assert step.signs is not None
        if step.signs == "by button":
            asked = next(line for line in reversed(self.stage.lines) if line.asks_to_sign)
            await self.stage.press(next(a for a in asked.actions if a.startswith("yes:")))
        else:
            self.steps.append(step)
            await self.stage.say(step.signs)
        await self.stage.until(self.is_debriefed)

    def is_debriefed(self, lines: Sequence[Line]) -> bool:
        text = "\n".join(line.text for line in _from_picture(lines))
        return bool(text) and all(re.search(p, text) for p in self.transcript.debrief)

    def check_points(self) -> None:
        """The points of the offer taken, as the transcript's author has added them up."""
        assert self.taken is not None
        caption = _from_picture(self.stage.lines)[0].text
        assert re.search(rf"\b{re.escape(self.taken.points)}\b", caption), caption

    async def check_corrections(self) -> None:
        """What was remarked on each message, at once or, when the checker was slow, later."""
        for step in self.steps:
            if step.corrections is None or step.learner is None:
                continue
            text, wanted = step.learner, step.corrections

            def is_remarked(
                lines: Sequence[Line], text: str = text, wanted: Sequence[str] = wanted
            ) -> bool:
                said = "\n".join(_remarks(lines, text))
                return all(remark in said for remark in wanted)

            await self.stage.until(is_remarked)
            assert wanted or not _remarks(self.stage.lines, text)

    def check_buyer(self) -> None:
        """The buyer never repeats a sentence, and never says what only code knows."""
        said: set[str] = set()
        for line in self.stage.lines:
            if line.who != "buyer":
                continue
            assert not _SECRETS.search(line.text), line.text
            for sentence in _END_OF_SENTENCE.split(line.text):
                if sentence.strip() and len(sentence.split()) > 2:
                    assert sentence not in said, f"said twice: {sentence}"
                    said.add(sentence)


def _from_picture(lines: Sequence[Line]) -> Sequence[Line]:
    """The debrief: it begins with the map."""
    start = next((i for i, line in enumerate(lines) if line.has_picture), len(lines))
    return lines[start:]


def _remarks(lines: Sequence[Line], text: str) -> list[str]:
    """The remarks on ``text``: each quotes the words up to the place it is about."""
    remarks = [
        remark
        for line in lines
        if line.who == "coach" and "✎" in line.text
        for remark in line.text.splitlines()
        if remark.startswith("• ")
    ]
    return [r for r in remarks if r.removeprefix("• ").strip("…").partition(" →")[0] in text]
