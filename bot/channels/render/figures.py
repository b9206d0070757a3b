"""Prices, amounts and times in the practice language, as its traders write them.

Knows no deal: what a figure stands for is ``speech``'s business.
"""

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from bot.domain.languages import Language
from bot.domain.terms import Span, Unit

_NBSP = "\N{NO-BREAK SPACE}"
_WEEK = 7  # days
_HUNDRED = Decimal(100)

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
_SPANS: Mapping[Language, Mapping[Span, tuple[str, str]]] = {
    Language.EN: {
        Span.DAY: ("day", "days"),
        Span.MONTH: ("month", "months"),
        Span.YEAR: ("year", "years"),
    },
    Language.DE: {
        Span.DAY: ("Tag", "Tage"),
        Span.MONTH: ("Monat", "Monate"),
        Span.YEAR: ("Jahr", "Jahre"),
    },
    Language.FR: {
        Span.DAY: ("jour", "jours"),
        Span.MONTH: ("mois", "mois"),
        Span.YEAR: ("an", "ans"),
    },
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
        return span(days, Span.DAY, language)
    weeks = int(days / _WEEK)
    numbers = _NUMBERS[language]
    count = numbers[weeks - 1] if 1 <= weeks <= len(numbers) else str(weeks)
    return f"{count} {_numbered(_WEEKS[language], Decimal(weeks), language)}"


def span(count: Decimal, unit: Span, language: Language) -> str:
    """A span of time: ``24 months``."""
    written = str(format_decimal(count, locale=language.value))
    return f"{written} {_numbered(_SPANS[language][unit], count, language)}"


def share(percent: Decimal, language: Language) -> str:
    """A percentage: ``8%``, ``8 %``."""
    part = percent / _HUNDRED
    return str(format_percent(part, locale=language.value, decimal_quantization=False))


def _numbered(forms: tuple[str, str], count: Decimal, language: Language) -> str:
    """The singular or plural form; French has the singular below two."""
    is_one = 0 < count < 2 if language is Language.FR else count == 1
    return forms[0 if is_one else 1]
