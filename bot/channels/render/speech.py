"""Puts the buyer's phrases into figures and forms of the practice language, as traders write them.

Knows nothing of why something is said. Slots stand after a colon, after "à" or bare, so no article
has to be contracted here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.deal import ChoiceIssue, IssueId, Offer
from bot.domain.exercise import Version
from bot.domain.languages import Language
from bot.domain.talk import Say, Spoken
from bot.domain.terms import Price, Unit
from bot.domain.wishes import Note

_NBSP = "\N{NO-BREAK SPACE}"
_WEEK = 7  # days
_SLOT = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r",?[ \xa0]\{name\}")
_NEW_SENTENCE = re.compile(r"(?:^|(?<!\bz\. B)(?<!\bp\. ex)(?<!\bca)[.!?…][\"»”“]?\s+)$")

_NUMBERS: Mapping[Language, tuple[str, ...]] = {
    Language.EN: (
        *("one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
    Language.DE: (
        *("eine", "zwei", "drei", "vier", "fünf", "sechs"),
        *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    ),
    Language.FR: (
        *("une", "deux", "trois", "quatre", "cinq", "six"),
        *("sept", "huit", "neuf", "dix", "onze", "douze"),
    ),
}
_WEEKS = {
    Language.EN: ("week", "weeks"),
    Language.DE: ("Woche", "Wochen"),
    Language.FR: ("semaine", "semaines"),
}
_DAYS = {
    Language.EN: ("day", "days"),
    Language.DE: ("Tag", "Tage"),
    Language.FR: ("jour", "jours"),
}
_UNITS: Mapping[Language, Mapping[Unit, tuple[str, str]]] = {
    Language.EN: {
        Unit.PIECE: ("piece", "pieces"),
        Unit.SET: ("set", "sets"),
        Unit.BOX: ("box", "boxes"),
        Unit.CARTON: ("carton", "cartons"),
        Unit.PALLET: ("pallet", "pallets"),
        Unit.CONTAINER: ("container", "containers"),
        Unit.KG: ("kg", "kg"),
        Unit.TONNE: ("tonne", "tonnes"),
        Unit.METRE: ("metre", "metres"),
    },
    Language.DE: {
        Unit.PIECE: ("Stück", "Stück"),
        Unit.SET: ("Set", "Sets"),
        Unit.BOX: ("Schachtel", "Schachteln"),
        Unit.CARTON: ("Karton", "Kartons"),
        Unit.PALLET: ("Palette", "Paletten"),
        Unit.CONTAINER: ("Container", "Container"),
        Unit.KG: ("kg", "kg"),
        Unit.TONNE: ("Tonne", "Tonnen"),
        Unit.METRE: ("Meter", "Meter"),
    },
    Language.FR: {
        Unit.PIECE: ("pièce", "pièces"),
        Unit.SET: ("lot", "lots"),
        Unit.BOX: ("boîte", "boîtes"),
        Unit.CARTON: ("carton", "cartons"),
        Unit.PALLET: ("palette", "palettes"),
        Unit.CONTAINER: ("conteneur", "conteneurs"),
        Unit.KG: ("kg", "kg"),
        Unit.TONNE: ("tonne", "tonnes"),
        Unit.METRE: ("mètre", "mètres"),
    },
}
_AND = {Language.EN: "and", Language.DE: "und", Language.FR: "et"}
_AT = {Language.EN: "at", Language.DE: "zu", Language.FR: "à"}
_DAY = {Language.EN: "d MMMM", Language.DE: "d. MMMM", Language.FR: "d MMMM"}
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
                parts.append(value)
    return ", ".join(parts)


def package(offer: Offer, version: Version, language: Language) -> str:
    """Some terms within a sentence: ``7,20 EUR CIF Hamburg und vier Wochen``."""
    ids = list(offer.issues)
    words = {id: _value(offer, id, version, language) for id in ids}
    if IssueId.PRICE in words and IssueId.INCOTERM in words:
        words[IssueId.PRICE] += f" {words.pop(IssueId.INCOTERM)}"
        ids.remove(IssueId.INCOTERM)
    return _joined([words[id] for id in ids], language)


def price(amount: Decimal, currency: str, language: Language) -> str:
    """A unit price: ``8,40 EUR``, ``USD 8.40``."""
    written = str(format_decimal(amount, "#,##0.00##", locale=language.value))
    match language:
        case Language.EN:
            return f"{currency} {written}"
        case Language.DE:
            return f"{written} {currency}"
        case Language.FR:
            return f"{written}{_NBSP}{currency}"


def quantity(amount: Decimal, unit: Unit, language: Language) -> str:
    """So many of a unit: ``5.000 Stück``."""
    written = str(format_decimal(amount, locale=language.value))
    return f"{written} {_numbered(_UNITS[language][unit], amount, language)}"


def lead_time(days: Decimal, language: Language) -> str:
    """A time of delivery, in weeks where it can be: ``sechs Wochen``, ``45 jours``."""
    if days % _WEEK:
        written = str(format_decimal(days, locale=language.value))
        return f"{written} {_numbered(_DAYS[language], days, language)}"
    weeks = int(days / _WEEK)
    numbers = _NUMBERS[language]
    count = numbers[weeks - 1] if 1 <= weeks <= len(numbers) else str(weeks)
    return f"{count} {_numbered(_WEEKS[language], Decimal(weeks), language)}"


def _numbered(forms: tuple[str, str], count: Decimal, language: Language) -> str:
    """The singular or plural form; French has the singular below two."""
    is_one = 0 < count < 2 if language is Language.FR else count == 1
    return forms[0 if is_one else 1]


def _filled(spoken: Spoken, version: Version, language: Language) -> str:
    say = spoken.say
    phrase = spoken.phrase if say.name else _NAME.sub("", spoken.phrase)

    def fill(match: re.Match[str]) -> str:
        words = _slot(match[1], say, version, language)
        is_first = _NEW_SENTENCE.search(phrase[: match.start()])
        return words[:1].upper() + words[1:] if is_first else words

    return _SLOT.sub(fill, phrase)


def _slot(name: str, say: Say, version: Version, language: Language) -> str:
    match name, getattr(say, name, None):
        case "terms", Offer() as offer:
            return terms_line(offer, version, language)
        case _, Offer() as offer:
            return package(offer, version, language)
        case _, Price(amount=amount, currency=str() as currency):
            return price(amount, currency, language)
        case "notes", tuple() as notes:
            return _joined([_note(note, language) for note in notes], language)
        case "issues", tuple() as ids:
            return _joined([_ISSUES[language][id] for id in ids], language)
        case _, str() as text:
            return text
    return ""


def _note(note: Note, language: Language) -> str:
    """A promise with its day or time; the slot and the space before it go where none is named."""
    if note.day is not None:
        day = format_date(note.day, _DAY[language], locale=language.value)
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
