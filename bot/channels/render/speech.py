"""Puts the buyer's phrases into figures and forms of the practice language, as traders write them.

Knows nothing of why something is said. Slots stand after a colon, after "à" or bare, so no article
has to be contracted here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from babel.dates import format_date

from bot.channels.render.figures import lead_time, price, quantity, share, span
from bot.domain.deal import NAMED, ChoiceIssue, IssueId, Offer
from bot.domain.exercise import Version, issue_of
from bot.domain.languages import Language
from bot.domain.talk import Say, Spoken
from bot.domain.terms import Price, Span
from bot.domain.wishes import Note

_NBSP = "\N{NO-BREAK SPACE}"
_DATIVE = re.compile(r"\b(?:ab|aus|bei|mit|nach|seit|von|zu)\s$", re.IGNORECASE)
_TIMES = re.compile(r"\b(Tag|Monat|Jahr)e\b")
_VOWEL = re.compile(r"[aeiouyâàéèêîôh]", re.IGNORECASE)
_SLOT = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r",?[ \xa0]\{name\}")
_NEW_SENTENCE = re.compile(r"(?:^|(?<!\bz\. B)(?<!\bp\. ex)(?<!\bca)[.!?…][\"»”“]?\s+)$")

_AND = {Language.EN: "and", Language.DE: "und", Language.FR: "et"}
_AT = {Language.EN: "at", Language.DE: "zu", Language.FR: "à"}
_DATE = {Language.EN: "d MMMM", Language.DE: "d. MMMM", Language.FR: "d MMMM"}
_BY = {
    Language.EN: "by {day}",
    Language.DE: "bis zum {day}",
    Language.FR: "d'ici au {day}",
}
_DELIVERY = {
    Language.EN: "delivery in {time}",
    Language.DE: "Lieferzeit {time}",
    Language.FR: "délai de {time}",
}
_ISSUES: Mapping[Language, Mapping[IssueId, str]] = {
    Language.EN: {
        IssueId.QUANTITY: "the quantity",
        IssueId.PRICE: "the price",
        IssueId.INCOTERM: "the delivery terms",
        IssueId.PAYMENT: "the payment terms",
        IssueId.LEAD_TIME: "the lead time",
    },
    Language.DE: {
        IssueId.QUANTITY: "die Menge",
        IssueId.PRICE: "der Preis",
        IssueId.INCOTERM: "die Lieferbedingung",
        IssueId.PAYMENT: "die Zahlung",
        IssueId.LEAD_TIME: "die Lieferzeit",
    },
    Language.FR: {
        IssueId.QUANTITY: "la quantité",
        IssueId.PRICE: "le prix",
        IssueId.INCOTERM: "l'incoterm",
        IssueId.PAYMENT: "le paiement",
        IssueId.LEAD_TIME: "le délai de livraison",
    },
}


class BuyerVoice:
    """``bot.ports.Speaker`` for the authored phrases."""

    def speak(self, spoken: Sequence[Spoken], version: Version, language: Language) -> str:
        """The reply in words."""
        return speak(spoken, version, language)


def speak(spoken: Sequence[Spoken], version: Version, language: Language) -> str:
    """The phrases with their slots filled, as one paragraph."""
    return " ".join(_filled(one, version, language) for one in spoken)


def terms_line(offer: Offer, version: Version, language: Language) -> str:
    """All terms of an offer, as in a confirmation: ``5,000 pieces DL-20 at USD 8.40, FOB ...``."""
    parts: list[str] = []
    for id in offer.issues:
        value = _value(offer, id, version, language)
        match id:
            case IssueId.QUANTITY:
                parts.append(f"{value} {version.product.model}")
            case IssueId.PRICE if IssueId.QUANTITY in offer.issues:
                parts[-1] += f" {_AT[language]} {value}"
            case IssueId.LEAD_TIME:
                parts.append(_DELIVERY[language].format(time=value))
            case _:
                parts.append(_named(value, id, version, language))
    return ", ".join(parts)


def package(offer: Offer, version: Version, language: Language) -> str:
    """Some terms within a sentence: ``7,20 EUR CIF Hamburg und vier Wochen``."""
    ids = list(offer.issues)
    words = {id: _named(_value(offer, id, version, language), id, version, language) for id in ids}
    if IssueId.PRICE in words and IssueId.INCOTERM in words:
        words[IssueId.PRICE] += f" {words.pop(IssueId.INCOTERM)}"
        ids.remove(IssueId.INCOTERM)
    return _joined([words[id] for id in ids], language)


def _named(value: str, id: IssueId, version: Version, language: Language) -> str:
    """A figure with the matter it is about, where the figure alone does not tell."""
    if id not in (IssueId.SHARE, IssueId.PERIOD):
        return value
    issue = version.deal.issue(id)
    name = issue.name[language.value]
    match language, id:
        case Language.EN, IssueId.PERIOD:
            return f"{value} for {issue.called}"
        case Language.FR, IssueId.PERIOD:
            return f"{value} pour {issue.called}"
        case Language.FR, _:
            of = "d'" if _VOWEL.match(name) else "de "
            return f"{value} {of}{name}"
    return f"{value} {name}"


def _filled(spoken: Spoken, version: Version, language: Language) -> str:
    say = spoken.say
    phrase = spoken.phrase if say.name else _NAME.sub("", spoken.phrase)

    def fill(match: re.Match[str]) -> str:
        words = _slot(match[1], say, version, language)
        if language is Language.DE and _DATIVE.search(phrase[: match.start()]):
            words = _TIMES.sub(r"\1en", words)
        is_first = _NEW_SENTENCE.search(phrase[: match.start()])
        return words[:1].upper() + words[1:] if is_first else words

    return _SLOT.sub(fill, phrase)


def _slot(name: str, say: Say, version: Version, language: Language) -> str:
    match name, getattr(say, name, None):
        case "terms", Offer() as offer:
            return terms_line(offer, version, language)
        case "ours" | "theirs", Offer() as offer if say.line and issue_of(say.line):
            return _joined([_value(offer, id, version, language) for id in offer.issues], language)
        case _, Offer() as offer:
            return package(offer, version, language)
        case _, Price(amount=amount, currency=str() as currency):
            return price(amount, currency, language)
        case "notes", tuple() as notes:
            return _joined([_note(note, language) for note in notes], language)
        case "issues", tuple() as ids:
            return _joined([_called(id, version, language) for id in ids], language)
        case _, str() as text:
            return text
    return ""


def _called(id: IssueId, version: Version, language: Language) -> str:
    return version.deal.issue(id).called if id in NAMED else _ISSUES[language][id]


def _note(note: Note, language: Language) -> str:
    """A promise with its day or time; the slot and the space before it go where none is named."""
    if note.day is not None:
        day = format_date(note.day, _DATE[language], locale=language.value)
        when = _BY[language].format(day=day)
    elif note.days is not None:
        when = _within(note.days, language)
    else:
        return note.text.replace(" {when}", "")
    return note.text.replace("{when}", when)


def _within(days: int, language: Language) -> str:
    match language, lead_time(Decimal(days), language):
        case Language.DE, time:
            return "innerhalb von " + re.sub(r"Tage$", "Tagen", time).replace("eine ", "einer ")
        case Language.EN, time:
            return f"within {time}"
        case Language.FR, time:
            return f"sous {time}"


def _value(offer: Offer, id: IssueId, version: Version, language: Language) -> str:
    issue = version.deal.issue(id)
    if isinstance(issue, ChoiceIssue):
        return issue.option(offer.choices[id]).label[language.value]
    figure = offer.figures[id]
    writers: Mapping[IssueId, Callable[[], str]] = {
        IssueId.PRICE: lambda: price(figure, version.deal.currency, language),
        IssueId.QUANTITY: lambda: quantity(figure, version.deal.unit, language),
        IssueId.LEAD_TIME: lambda: lead_time(figure, language),
        IssueId.SHARE: lambda: share(figure, language),
        IssueId.PERIOD: lambda: span(figure, issue.unit or Span.MONTH, language),
    }
    return writers[id]()


def _joined(parts: Sequence[str], language: Language) -> str:
    """``a, b and c``; parts with commas of their own are set apart by semicolons."""
    if len(parts) < 2:
        return "".join(parts)
    comma = ";" if any("," in re.sub(r"\d,\d", "", part) for part in parts) else ","
    if comma == ";" and language is Language.FR:
        comma = f"{_NBSP};"
    return f"{f'{comma} '.join(parts[:-1])} {_AND[language]} {parts[-1]}"
