"""Reads a message sentence by sentence, and its sentences against one another.

Decides what only neighbours show: an echo that is refused, a reason without "because".
"""

from bot.domain.understanding import Act, Context, Topic
from bot.language.understanding.acts import SentenceReader
from bot.language.understanding.figures import Marked
from bot.language.understanding.reading import WEAK, Reading
from bot.language.understanding.rules import Rules
from bot.language.understanding.segments import Sentence

_ECHO_WORDS = 5
_GUESSED = frozenset({Act.INFORM})


def read_acts(
    marked: Marked, sentences: list[Sentence], rules: Rules, context: Context
) -> Reading:
    """Read the acts, topics and standing roles of a whole message."""
    parts: list[Reading] = []
    for index, sentence in enumerate(sentences):
        before = {act for part in parts for act in part.evidence}
        part = SentenceReader(marked, sentence, rules, context, before).read()
        if parts:
            _compare(parts, part, sentences[index - 1], sentence, rules)
        parts.append(part)
    total = Reading()
    for part in parts:
        for act, strength in part.evidence.items():
            total.add(act, strength)
        total.topics |= part.topics
        total.roles |= part.roles
        total.candidates |= part.candidates
        total.spoken += part.spoken
    return total


def _compare(
    parts: list[Reading], part: Reading, earlier: Sentence, sentence: Sentence, rules: Rules
) -> None:
    """Correct a sentence and the one before it by each other."""
    previous = parts[-1]
    if Act.REJECT in part.evidence and _is_echo(earlier, rules):
        # "D/A 90 days? Sorry, we never do D/A": said again to be refused.
        parts[-1] = Reading()
    elif {Act.REJECT, Act.APOLOGISE} & set(previous.evidence) and set(part.evidence) == _GUESSED:
        # "We cannot. The kilns are full.": a reason without "because".
        del part.evidence[Act.INFORM]
        part.add(Act.JUSTIFY, WEAK)
    elif (
        Act.SMALL_TALK in previous.evidence
        and set(part.evidence) == {Act.ASK}
        and part.topics <= {Topic.OTHER, Topic.MARKET, Topic.COMPANY}
        and len(sentence.text.split()) <= _ECHO_WORDS
    ):
        del part.evidence[Act.ASK]
        part.topics.clear()
        part.add(Act.SMALL_TALK, WEAK)


def _is_echo(sentence: Sentence, rules: Rules) -> bool:
    last = sentence.segments[-1]
    return (
        last.asks
        and bool(last.figures)
        and len(sentence.text.split()) <= _ECHO_WORDS
        and not rules.patterns["proposals"].search(sentence.text)
        and not rules.patterns["information"].match(sentence.segments[0].text)
    )
