"""Finds Incoterms with their places, and payment methods.

Decides what is a place; whether anything is agreed to is not known here.
"""

import re
from collections.abc import Iterator

from bot.domain.terms import Incoterm, IncotermCode, PaymentMethod
from bot.language.understanding.rules import Rules

# After a rule's code a capitalised word that is no trade noun is its place.
_CAPITALISED = re.compile(r" ?(?P<place>[A-ZÄÖÜÉ][a-zäöüéèç]{2,}(?: [A-Z][a-z]+)?)(?=$|[ .,;!?)])")
_NO_PLACE = re.compile(
    r"(?:preis|liefer|zahl|angebot|bedingung|incoterm|price|delivery|payment|terms|und|and|oder|"
    r"mit|bei|wir|we|die|der|das|our|is|ist|for|the|per|pro|prix|livraison|paiement|nous|pour|et|"
    r"est|kondition|lieferung|stuck|please|can|could|bitte|you|sie|vous|basis|base|anzahl|"
    r"rest|garantie|warranty|menge|but|aber|mais|vers|transport|with|klausel)"
)
_ALONGSIDE = re.compile(r"\bFAS\b")


def find_incoterms(text: str, folded: str, rules: Rules) -> Iterator[tuple[int, int, Incoterm]]:
    """All delivery terms, each with its place if one is named."""
    taken: list[tuple[int, int]] = []
    for code, pattern in sorted(rules.common.incoterms.items(), key=lambda c: c[0] != "DDP"):
        found = list(pattern.finditer(folded))
        if code is IncotermCode.FAS:
            found += _ALONGSIDE.finditer(text)
        for match in found:
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            end, place = _place(text, folded, match.end(), rules)
            taken.append((match.start(), end))
            yield match.start(), end, Incoterm(code=code, place=place)


def _place(text: str, folded: str, end: int, rules: Rules) -> tuple[int, str | None]:
    link = rules.common.place_link.match(folded, end)
    start = link.end() if link else end
    start += len(folded[start:]) - len(folded[start:].lstrip(" (:,"))
    if found := rules.common.places.match(folded, start):
        place = text[start : found.end()]
        return _past_port(folded, found.end()), place.title() if place.islower() else place
    found = _CAPITALISED.match(text, end)
    if found and not _NO_PLACE.match(folded, found.start("place")):
        return _past_port(folded, found.end()), found["place"]
    return end, None


def _past_port(folded: str, end: int) -> int:
    found = re.compile(r" (?:sea)?(?:port|hafen)(?!\w)").match(folded, end)
    return found.end() if found else end


def find_methods(folded: str, rules: Rules) -> Iterator[tuple[int, int, PaymentMethod, bool]]:
    """All payment methods, each with whether it is payable at sight."""
    for method, pattern in rules.common.methods.items():
        for match in pattern.finditer(folded):
            sight = rules.common.sight.match(folded, match.end())
            yield match.start(), sight.end() if sight else match.end(), method, bool(sight)
