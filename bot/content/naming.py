"""Whether an opening names a value of the deal.

Reads only our own authors' wording, not learners'.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.domain.deal import ChoiceIssue, FigureIssue, Issue, IssueId, Option, Side
from bot.domain.languages import Language
from bot.domain.terms import Incoterm, Payment, PaymentMethod, Span

_NUMBERS = {
    Language.EN: "two three four five six seven eight nine ten eleven twelve",
    Language.DE: "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    Language.FR: "deux trois quatre cinq six sept huit neuf dix onze douze",
}
_ONE = {Language.EN: "one", Language.DE: "eine?[nms]?r?", Language.FR: "une?"}
_METHODS = {
    PaymentMethod.LC: r"\bL/C\b|letter of credit|Akkreditiv|crédit documentaire",
    PaymentMethod.OA: r"open account|\bnet \d|Zahlungsziel|Tage netto|fin de mois|jours net",
    PaymentMethod.TT: r"\bT/T\b|deposit|Anzahlung|acompte",
}


def names_first(text: str, issue: Issue, language: Language) -> bool:
    """Whether ``text`` names the value of ``issue`` that the buyer likes best, its first wish."""
    return _names(text, issue, first_wish(issue), language)


def names_any(text: str, issue: Issue, language: Language) -> bool:
    """Whether ``text`` names any value of ``issue``."""
    return any(_names(text, issue, value, language) for value in issue.values)


def first_wish(issue: Issue) -> Decimal | str:
    """The value that the buyer likes best; the earlier one of two equals."""
    match issue:
        case FigureIssue():
            return max(issue.values, key=lambda value: issue.payoff(Side.BUYER, value))
        case ChoiceIssue():
            return max(issue.values, key=lambda value: issue.payoff(Side.BUYER, value))


def _names(text: str, issue: Issue, value: Decimal | str, language: Language) -> bool:
    if isinstance(issue, ChoiceIssue):
        return _names_option(text, issue.option(str(value)))
    pattern = _figure(issue, Decimal(value), language)
    return re.search(pattern, text, re.IGNORECASE) is not None


def _figure(issue: FigureIssue, value: Decimal, language: Language) -> str:
    match issue.id:
        case IssueId.QUANTITY:
            grouped = f"{value:,.0f}".replace(",", "[.,\xa0\u202f]?")
            return rf"(?<!\d){grouped}(?!\d)"
        case IssueId.LEAD_TIME:
            return _time(int(value), language)
        case IssueId.SHARE:
            return rf"(?<![\d.,]){_digits(value)}\s?(?:%|per\s?cent|Prozent|pour cent)"
        case IssueId.PERIOD:
            return _span(int(value), issue.unit or Span.MONTH, language)
        case _:
            return rf"(?<!\d){_digits(value)}(?!\d)"


def _digits(value: Decimal) -> str:
    return str(value).replace(".", "[.,]", 1)


def _time(days: int, language: Language) -> str:
    pattern = rf"(?<!\d){days}\s(?:days|Tagen?|jours)\b"
    if days % 7:
        return pattern
    return rf"{pattern}|{_counted(days // 7, 'weeks|Wochen|semaines', language)}"


_SPANS: Mapping[Span, str] = {
    Span.DAY: r"days|Tagen?|jours",
    Span.MONTH: r"months|Monaten?|mois",
    Span.YEAR: r"years?|Jahren?|ans?|années?",
}
_MONTHS = 12  # in a year


def _span(count: int, unit: Span, language: Language) -> str:
    pattern = _counted(count, _SPANS[unit], language)
    if unit is Span.MONTH and count % _MONTHS == 0:
        pattern += "|" + _counted(count // _MONTHS, _SPANS[Span.YEAR], language)
    return pattern


def _counted(count: int, unit: str, language: Language) -> str:
    words = _NUMBERS[language].split()
    spelled = words[count - 2] if 2 <= count <= 12 else _ONE[language] if count == 1 else count
    return rf"(?<!\d)\b(?:{count}|{spelled})[\s-](?:{unit})\b"


def _names_option(text: str, option: Option) -> bool:
    match option.means:
        case None:
            words = "|".join(map(re.escape, option.words))
            return re.search(rf"(?<!\w)(?:{words})", text, re.IGNORECASE) is not None
        case Incoterm() as means:
            place = re.escape(means.place or "")
            return re.search(rf"\b{means.code}\b\s?{place}", text) is not None
        case Payment() as means:
            pattern = _METHODS.get(means.method) if means.method else None
            is_method = pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None
            return is_method and (not means.days or str(means.days) in text)
