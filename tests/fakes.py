"""Stand-ins for what use cases need of the world outside: short, in memory, told what to say."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.feedback import UNCHECKED, Check, Finding
from bot.domain.languages import Language
from bot.domain.terms import Terms
from bot.domain.understanding import Act, Context, Topic, Understanding


class FakeClock:
    """A clock that goes only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **passed: float) -> datetime:
        """Let ``timedelta(**passed)`` pass."""
        self.now += timedelta(**passed)
        return self.now


@dataclass
class FakeUnderstander:
    """Understands what it was told to; everything else is small talk."""

    meanings: dict[str, Understanding] = field(default_factory=dict)
    read: list[tuple[str, Language]] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None
    """What happens elsewhere, once, while a text is being read."""

    def means(self, text: str, *acts: Act, topics: Sequence[Topic] = (), **terms: object) -> str:
        """From now on ``text`` does these ``acts``; gives ``text`` back."""
        self.meanings[text] = Understanding(
            acts=acts,
            topics=tuple(topics),
            terms=Terms(**terms),  # type: ignore[arg-type]
        )
        return text

    async def understand(self, text: str, language: Language, context: Context) -> Understanding:
        """See ``ports.Understander``."""
        self.read.append((text, language))
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        return self.meanings.get(text, Understanding(acts=(Act.SMALL_TALK,)))


@dataclass
class FakeChecker:
    """Finds what it was told to find; away, it finds nothing out."""

    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    is_away: bool = False
    checked: list[str] = field(default_factory=list)

    async def check(self, text: str, language: Language, *, timeout_s: float) -> Check:
        """See ``ports.GrammarChecker``."""
        self.checked.append(text)
        return UNCHECKED if self.is_away else Check(findings=self.findings.get(text, ()))


@dataclass
class FakeNarrator:
    """Says everything louder."""

    said: list[tuple[str, ...]] = field(default_factory=list)
    """What it was told had been said before, turn by turn."""

    async def narrate(self, line: str, *, said: Sequence[str], **_: object) -> str:
        """See ``ports.Narrator``."""
        self.said.append(tuple(said))
        return line.upper()


@dataclass
class FakeLinks:
    """Two channels to open."""

    async def start(self, payload: str) -> tuple[str, ...]:
        """See ``ports.Links``."""
        return (f"https://web.example/?start={payload}", f"https://t.example/?start={payload}")
