"""What a learner disagrees with: one correction, or how the buyer understood a message."""

from dataclasses import dataclass
from datetime import datetime

UNDERSTANDING = "understanding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One objection, kept for the teacher."""

    session_id: int
    turn: int
    about: str
    """``UNDERSTANDING``, or the number of a finding of that turn, from 0."""
    at: datetime

    @property
    def finding(self) -> int | None:
        """The number of the finding; ``None``: how the buyer understood the message."""
        return None if self.about == UNDERSTANDING else int(self.about)
