"""One of everything that can be shown: the shipped exercise, talks really played, names that bite.

``MARKUP`` is what people type to see what happens; ``KEY`` is a name that is also a message's key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from bot import content
from bot.channels.render import Picture, Renderer
from bot.channels.render.speech import speak
from bot.domain.deal import IssueId, Offer
from bot.domain.feedback import Finding, FindingKind
from bot.domain.helps import Move
from bot.domain.hints import hint_for
from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import (
    AssignmentReport,
    Brief,
    BuyerSays,
    Calculation,
    Channel,
    Chat,
    Content,
    Corrections,
    Debrief,
    Due,
    GroupWeek,
    LearnerSaid,
    LearnerWeek,
    Menu,
    Notice,
    Outgoing,
    PreparationStep,
    Progress,
    Rows,
    Standing,
    Suggestions,
    TableOfIssues,
    Transcript,
    TranscriptTurn,
)
from bot.domain.preparation import Preparation, Step
from bot.domain.session import Attempt
from bot.domain.table import table_of
from bot.domain.talk import Talk
from bot.domain.terms import Incoterm, IncotermCode, Terms
from bot.domain.understanding import Act, Understanding
from tests.domain.factories import SCRIPTS, Played, play
from tests.shipped import shipped

ID = "desk_lamp"
SHANGHAI = "Asia/Shanghai"
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
MARKUP = "<b>Li & Söhne</b> &amp;"
KEY = "@help"
TRAP = "@help.x"
"""A name that looks like a key below a text."""


@cache
def library() -> content.Library:
    """What is shipped."""
    return shipped()


@cache
def renderer() -> Renderer:
    """Over what is shipped."""
    return Renderer(library())


@cache
def played(script: str, language: Language = Language.DE, seed: int = 3) -> Played:
    """A whole talk about the shipped exercise."""
    version = library().exercises[ID].versions[language]
    return play(version, SCRIPTS[script], seed=seed, phrases=library().speech[language])


def find(text: str, wrong: str, *fixes: str, kind: FindingKind = FindingKind.PLURAL) -> Finding:
    """A remark on ``wrong`` in ``text``."""
    start = text.index(wrong)
    return Finding(
        start=start, end=start + len(wrong), kind=kind, fixes=fixes, rule="R", message="m"
    )


def make_corrections(text: str, *findings: Finding, is_late: bool = False) -> Corrections:
    return Corrections(
        key="1", text=text, language=Language.EN, findings=findings, is_late=is_late
    )


def make_attempt(
    talk: Talk | None = None,
    *,
    kinds: Mapping[FindingKind, int] | None = None,
    language: Language = Language.DE,
    words: int = 120,
    unchecked: int = 0,
    days_ago: int = 0,
    exercise_id: str = ID,
) -> Attempt:
    ended = NOW - timedelta(days=days_ago)
    return Attempt(
        session_id=1,
        account_id=1,
        exercise_id=exercise_id,
        language=language,
        band=Band.B1,
        assignment_id=None,
        talk=talk or played("conceder", language).last,
        kinds={FindingKind.PLURAL: 3, FindingKind.COMMA: 1} if kinds is None else kinds,
        words=words,
        unchecked=unchecked,
        started_at=ended - timedelta(minutes=15),
        ended_at=ended,
    )


def make_transcript(talk: Played, *, learner: str = "Li Na") -> Transcript:
    replies = [speak(reply.spoken, talk.version, Language.DE) for reply in talk.replies]
    said = f"Wir bieten 5 {MARKUP} Lampe."
    return Transcript(
        exercise_id=ID,
        language=Language.DE,
        learner=learner,
        buyer=talk.version.persona.name,
        turns=(
            TranscriptTurn(text="", findings=(), reply=replies[0]),
            TranscriptTurn(text=said, findings=(find(said, "Lampe", "Lampen"),), reply=replies[1]),
            TranscriptTurn(text=KEY, findings=None, reply=replies[2]),
        ),
    )


def for_teacher(transcript: Transcript) -> Transcript:
    """With what was understood: a price surely, and hardly anything."""
    sure = Understanding(
        acts=(Act.OFFER,), terms=Terms(incoterm=Incoterm(code=IncotermCode.FOB, place=MARKUP))
    )
    unsure = Understanding(acts=(Act.OTHER,), confidence=0.15)
    first, second, third = transcript.turns
    turns = (first, replace(second, understood=sure), replace(third, understood=unsure))
    return replace(transcript, turns=turns)


SUMS = (
    "5000 x 8.20",
    "5000 x 8.20 - 5%",
    "8.20 + 3%",
    "cif 8.20 freight 0.35 ins 0.3%",
    "margin 8.20",
    f"5000 x {TRAP}",
)


def make_notes() -> Preparation:
    """A target with two values, an opening nobody can read, and what to ask."""
    target = Offer(
        figures={IssueId.PRICE: Decimal("8.40")}, choices={IssueId.PAYMENT: "before_shipment"}
    )
    return (
        Preparation()
        .answered(Step.TARGET, f"8.40 {MARKUP}", target)
        .answered(Step.OPENING, TRAP, Offer())
        .answered(Step.QUESTIONS, KEY, Offer())
    )


def make_limit(*unsaid: IssueId) -> Preparation:
    """A walk-away worth nothing to the learner, with some issues left out."""
    worst = Offer(
        figures={
            IssueId.QUANTITY: Decimal(3000),
            IssueId.PRICE: Decimal("7.20"),
            IssueId.LEAD_TIME: Decimal(28),
        },
        choices={IssueId.INCOTERM: "cif", IssueId.PAYMENT: "oa60"},
    )
    said = worst.only(set(worst.issues) - set(unsaid))
    return Preparation().answered(Step.WALK_AWAY, "7.20", said)


def step(
    preparation: Preparation,
    *,
    answered: Step | None = None,
    asks: Step | None = None,
    warns: bool = False,
) -> PreparationStep:
    return PreparationStep(
        exercise_id=ID,
        language=Language.DE,
        preparation=preparation,
        answered=answered,
        asks=asks,
        warns=warns,
    )


def make_table(talk: Talk, *, has_points: bool = True) -> TableOfIssues:
    deal = library().exercises[ID].versions[Language.DE].deal
    return TableOfIssues(
        exercise_id=ID,
        language=Language.DE,
        table=table_of(deal, talk),
        has_points=has_points,
    )


def make_suggestions(talk: Talk, *, is_asked: bool = True) -> Suggestions:
    hint = hint_for(library().exercises[ID].versions[Language.DE], talk)
    sentences = ("Wir liefern in sechs Wochen.", MARKUP)
    return Suggestions(
        exercise_id=ID,
        language=Language.DE,
        hint=hint,
        sentences=sentences,
        is_asked=is_asked,
    )


def contents() -> dict[str, Content]:
    """Everything, by a name that says what is special about it."""
    kinds = {FindingKind.SPELLING: 2, FindingKind.AGREEMENT: 1}
    lost = make_attempt(played("hard-liner").last)
    won = make_attempt(kinds=kinds, days_ago=7)
    french = make_attempt(language=Language.FR, kinds={}, unchecked=2)
    english = make_attempt(played("fair trader", Language.EN).last, language=Language.EN)
    typed = f"{KEY} we offers {MARKUP}"
    remarks = make_corrections(
        typed,
        find(typed, KEY, TRAP, kind=FindingKind.SPELLING),
        find(typed, "offers", "offer", kind=FindingKind.AGREEMENT),
        find(typed, "<b>Li", kind=FindingKind.STYLE),
    )
    standings = (
        Standing(account_id=1, name=MARKUP, attempts=(won, lost)),
        Standing(account_id=2, name=KEY, attempts=(), is_running=True),
        Standing(account_id=3, name=TRAP, attempts=()),
        Standing(account_id=4, name="Wang", attempts=(lost,)),
    )
    report = AssignmentReport(
        exercise_id=ID, group=MARKUP, due_at=NOW, timezone=SHANGHAI, standings=standings
    )
    week = GroupWeek(
        group=KEY, monday=MONDAY, standings=standings, assigned=2, missing=(KEY, MARKUP)
    )
    quiet = LearnerWeek(monday=MONDAY, attempts=(), before=())
    due = (
        Due(exercise_id=ID, group=MARKUP, due_at=NOW, is_done=False),
        Due(exercise_id=ID, group=TRAP, due_at=NOW, is_done=True),
    )
    notes, low = make_notes(), make_limit()
    lower = make_limit(IssueId.INCOTERM, IssueId.LEAD_TIME)
    sum_of_the_talk = Calculation(text="", exercise_id=ID, language=Language.DE)
    return {
        "a notice": Notice(key="welcome", values={"name": MARKUP}),
        "a notice with a time": Notice(
            key="assigned",
            values={"title": f"@title:{ID}", "group": MARKUP},
            at=NOW,
            timezone=SHANGHAI,
        ),
        "the learner": LearnerSaid(text=typed, key="1"),
        "the buyer": BuyerSays(name="Katrin Vogel", text=MARKUP, language=Language.DE),
        "corrections": remarks,
        "late corrections": replace(remarks, is_late=True),
        "late praise": make_corrections(typed, is_late=True),
        "menu": Menu(due=due, exercises=(ID,), timezone=SHANGHAI),
        "empty menu": Menu(due=(), exercises=(), timezone=SHANGHAI),
        **{f"brief {code}": Brief(exercise_id=ID, language=code) for code in Language},
        **{
            f"brief with notes {code}": Brief(exercise_id=ID, language=code, preparation=notes)
            for code in Language
        },
        "first question": step(Preparation(), asks=Step.TARGET),
        "second question": step(notes, answered=Step.TARGET, asks=Step.OPENING),
        "limit too low": step(low, answered=Step.WALK_AWAY, asks=Step.QUESTIONS, warns=True),
        "part of a limit too low": step(
            lower, answered=Step.WALK_AWAY, asks=Step.QUESTIONS, warns=True
        ),
        "prepared": step(notes, answered=Step.QUESTIONS),
        "unprepared": step(Preparation()),
        "table": make_table(played("conceder").talks[4]),
        "table at the start": make_table(played("conceder").talks[0]),
        "table without points": make_table(played("conceder").talks[4], has_points=False),
        "suggestions": make_suggestions(played("conceder").talks[2], is_asked=False),
        "suggestions asked for": make_suggestions(played("conceder").talks[2]),
        "moves": replace(
            make_suggestions(played("conceder").talks[2]), sentences=(), moves=tuple(Move)
        ),
        **{
            f"sum {typed or 'to be typed'}": replace(sum_of_the_talk, text=typed)
            for typed in ("", *SUMS)
        },
        "sum without a talk": Calculation(text=""),
        "debrief of a deal": Debrief(attempt=won, examples=(remarks,)),
        "debrief without a deal": Debrief(attempt=lost, examples=()),
        "debrief in French": Debrief(attempt=french, examples=()),
        "debrief in English": Debrief(attempt=english, examples=()),
        "progress": Progress(attempts=(lost, french, won, english), timezone=SHANGHAI),
        "first progress": Progress(attempts=(won,), timezone=SHANGHAI),
        "week": LearnerWeek(monday=MONDAY, attempts=(lost, french), before=(won, english)),
        "quiet week": quiet,
        "group's week": week,
        "group's week, all done": replace(week, missing=()),
        "empty group's week": replace(week, standings=(), missing=()),
        "assignment": report,
        "assignment of nobody": replace(report, standings=()),
        "transcript": make_transcript(played("conceder"), learner=MARKUP),
        "transcript for a teacher": for_teacher(make_transcript(played("conceder"))),
        "transcript of a key": make_transcript(played("conceder"), learner=KEY),
    }


def outgoing(shown: Content, interface: Interface, buttons: Rows = ()) -> Outgoing:
    chat = Chat(channel=Channel.TELEGRAM, id="1")
    return Outgoing(chat=chat, interface=interface, content=shown, buttons=buttons)


def texts(
    shown: Content, interface: Interface = Interface.EN, *, by: Renderer | None = None
) -> list[str]:
    """The HTML of every part, captions included."""
    parts = (by or renderer()).render(outgoing(shown, interface)).parts
    return [part.caption if isinstance(part, Picture) else part.html for part in parts]


def text(
    shown: Content, interface: Interface = Interface.EN, *, by: Renderer | None = None
) -> str:
    """All of it in one."""
    return "\n".join(texts(shown, interface, by=by))


def lines_with(word: str, lines: Sequence[str] | str) -> list[str]:
    """The lines in which ``word`` stands."""
    split = lines.splitlines() if isinstance(lines, str) else lines
    return [line for line in split if word in line]
