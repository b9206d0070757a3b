"""The trained half of understanding: weighs the rules' findings and the words themselves.

Decides which acts a message carries, what a question is about and which figures stand as terms.
"""

from bot.language.understanding.judge.judge import Judge, Judgement, shared_judge

__all__ = ["Judge", "Judgement", "shared_judge"]
