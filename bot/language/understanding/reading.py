"""What has been read of a message, with the evidence for it.

Decides how sure each kind of evidence is; finding it is the work of ``acts``.
"""

from dataclasses import dataclass, field

from bot.domain.understanding import Act, Topic
from bot.language.understanding.roles import Role

# How sure an act is (0 to 1), by what shows it. Judgement, to be replaced by measured rates.
CLEAR, TERMS, WEAK, STATEMENT, GUESS, NOTHING = 0.9, 0.93, 0.6, 0.55, 0.35, 0.15
CONFIRMED = 0.95


@dataclass(slots=True)
class Reading:
    """What has been read so far: acts with their evidence, topics, the roles that stand."""

    evidence: dict[Act, float] = field(default_factory=dict)
    topics: set[Topic] = field(default_factory=set)
    roles: dict[int, Role] = field(default_factory=dict)
    candidates: dict[int, Role] = field(default_factory=dict)
    """The role each figure has if it stands."""
    spoken: list[str] = field(default_factory=list)

    def add(self, act: Act, strength: float) -> None:
        """Note an act, at its best evidence."""
        self.evidence[act] = max(strength, self.evidence.get(act, 0.0))
