"""Finds the place a delivery term names, before its code or behind it.

Decides how a place is written: in the writer's letters, with the capitals of the list where there
are none; a slip of one letter is read as the listed place.
"""

import re
from collections.abc import Iterator
from functools import cache

import simplemma

from bot.domain.languages import Language
from bot.language.understanding.normalise import fold
from bot.language.understanding.rules import Rules, place_names

_WORD = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ (:,]*")
_MOST_WORDS = 4
_LEAST_LETTERS = 5  # A shorter word is another word sooner than a misspelt place.
_REACH = 60
_NO_PLACE = re.compile(
    r"(?:preis|liefer|zahl|angebot|bedingung|incoterm|price|delivery|payment|terms|und|and|oder|"
    r"mit|bei|wir|we|die|der|das|our|is|ist|for|the|per|pro|prix|livraison|paiement|nous|pour|et|"
    r"est|kondition|lieferung|stuck|please|can|could|bitte|you|sie|vous|basis|base|anzahl|"
    r"rest|garantie|warranty|menge|but|aber|mais|vers|transport|with|klausel|nein|ja|yes|non|oui|"
    r"great|gut|dann|then|alors|danke|merci|thank|deal|offer|offre|unit|oder|what|which)"
)
_PORT_BEHIND = re.compile(r" (?:(?:sea|air)?port|prot|harbou?r|hafen|flughafen|airport)(?!\w)")
_ENDS = re.compile(r" ?(?:$|[.,;:!?)\n\d])")
# What may stand between a place and the code behind it: "Tianjin port we can do FOB".
_LEADS_TO_CODE = re.compile(
    r"[ ,(]*(?:(?:port|prot|harbou?r|hafen|airport|we|i|can|do|make|offer|is|also|in|en|on|by|per|"
    r"par|als|auf|basis|wir|ich|machen|konnen|nous|je|peut|pouvons|faire|also|terms?|incoterm|"
    r"als|und zwar|with|mit|avec)[ ,]+)*[ ,(]*$"
)
_STOP = re.compile(r"[.;!?\n:]")


def place_behind(text: str, folded: str, end: int, rules: Rules) -> tuple[int, str | None]:
    """Where the place behind a code ends, and the place."""
    link = rules.common.place_link.match(folded, end)
    start = link.end() if link else end
    begins = dict.fromkeys((_after_gap(folded, end), _after_gap(folded, start)))
    for begin in begins:
        if found := _listed(text, folded, begin):
            return found
    for begin in reversed(begins):
        word = _WORD.match(text, begin)
        if word and (place := _unlisted(word, text, folded, rules.language)):
            stop = word.end()
            return _past_port(folded, stop), place
    return end, None


def place_ahead(text: str, folded: str, start: int) -> str | None:
    """The place in front of a code: "Shanghai FOB", "from Tianjin port we can do FOB"."""
    window = max(0, start - _REACH)
    for stop in _STOP.finditer(folded, window, start):
        window = stop.end()
    for word in reversed(list(_WORD.finditer(text, window, start))):
        if not _LEADS_TO_CODE.fullmatch(folded, word.end(), start):
            continue
        for begin in _beginnings(text, word, window):
            found = _listed(text, folded, begin)
            if found and found[0] >= word.end():
                return found[1]
        if word[0][0].isupper() and (close := _misspelt(fold(word[0]))):
            return close
    return None


def _beginnings(text: str, word: re.Match[str], window: int) -> Iterator[int]:
    """Where a name of several words that ends with ``word`` may begin, the longest first."""
    words = [w.start() for w in _WORD.finditer(text, window, word.start())]
    yield from words[-_MOST_WORDS + 1 :]
    yield word.start()


def _after_gap(folded: str, start: int) -> int:
    gap = _GAP.match(folded, start)
    return gap.end() if gap else start


def _listed(text: str, folded: str, start: int) -> tuple[int, str] | None:
    """The longest listed name that begins at ``start``."""
    words: list[re.Match[str]] = []
    place = start
    while len(words) < _MOST_WORDS and (word := _WORD.match(folded, place)):
        words.append(word)
        place = word.end() + 1
        if folded[word.end() : place] not in (" ", "-"):
            break
    for last in reversed(words):
        end = last.end() - last[0].endswith(".")
        for stop in (last.end(), end):
            name = _names().get(_key(folded[start:stop]))
            if name:
                return _past_port(folded, stop), _as_written(text[start:stop], name)
    return None


def _unlisted(word: re.Match[str], text: str, folded: str, language: Language) -> str | None:
    """A word behind a code that no list has: a slip, or a place of its own."""
    plain = fold(word[0].rstrip("."))
    if _NO_PLACE.match(plain) or len(plain) < 3:
        return None
    has_capital = word[0][0].isupper() and not word[0].isupper()
    is_known = simplemma.is_known(word[0].lower(), language.value)
    if (has_capital or not is_known) and (close := _misspelt(plain)):
        return close
    if has_capital:
        following = re.compile(r" ([A-Z][a-z]+)(?=$|[ .,;!?)])").match(text, word.end())
        is_name = following and not _NO_PLACE.match(fold(following[1]))
        return word[0].rstrip(".") + (f" {following[1]}" if following and is_name else "")
    return None if is_known or not _ENDS.match(folded, word.end()) else plain.title()


def _as_written(written: str, name: str) -> str:
    if not (written.islower() or written.isupper()):
        return written
    if len(written) != len(name):
        return written.title()
    pairs = zip(written, name, strict=True)
    return "".join(w.upper() if n.isupper() else w.lower() for w, n in pairs)


def _past_port(folded: str, end: int) -> int:
    found = _PORT_BEHIND.match(folded, end)
    return found.end() if found else end


def _key(name: str) -> str:
    return name.replace("-", " ")


@cache
def _names() -> dict[str, str]:
    """Each place by its plain spellings: "munchen" and "muenchen"."""
    names: dict[str, str] = {}
    for name in place_names():
        german = re.sub("[äöüÄÖÜ]", lambda found: fold(found[0]) + "e", name.replace("ß", "ss"))
        for spelt in (name, german):
            names.setdefault(_key(fold(spelt)), name)
    return names


@cache
def _misspelt(word: str) -> str | None:
    """The one listed place that is a slip away from ``word``."""
    if len(word) < _LEAST_LETTERS:
        return None
    close = {name for key, name in _names().items() if _is_slip(word, key)}
    return close.pop() if len(close) == 1 else None


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter was left out, added, changed or swapped with the next."""
    if abs(len(word) - len(name)) > 1 or word[0] != name[0]:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if same is None:
        return len(word) != len(name)
    rest, other = word[same:], name[same:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
