"""Whether an opening names a value of the deal.

Reads only our own authors' wording, not learners'.
"""

import re
from decimal import Decimal

from bot.domain.deal import ChoiceIssue, FigureIssue, Issue, IssueId, Side
from bot.domain.languages import Language
from bot.domain.terms import Incoterm, Payment, PaymentMethod

_NUMBERS = {
    Language.EN: "two three four five six seven eight nine ten eleven twelve",
    Language.DE: "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    Language.FR: "deux trois quatre cinq six sept huit neuf dix onze douze",
}
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
        return _names_option(text, issue.option(str(value)).means)
    pattern = _figure(issue.id, Decimal(value), language)
    return re.search(pattern, text, re.IGNORECASE) is not None


def _figure(id: IssueId, value: Decimal, language: Language) -> str:
    match id:
        case IssueId.QUANTITY:
            grouped = f"{value:,.0f}".replace(",", "[.,\xa0\u202f]?")
            return rf"(?<!\d){grouped}(?!\d)"
        case IssueId.LEAD_TIME:
            return _time(int(value), language)
        case _:
            return rf"(?<!\d){value}(?!\d)".replace(".", "[.,]", 1)


def _time(days: int, language: Language) -> str:
    pattern = rf"(?<!\d){days}\s(?:days|Tagen?|jours)\b"
    if days % 7:
        return pattern
    words = _NUMBERS[language].split()
    weeks = days // 7
    spelled = words[weeks - 2] if 2 <= weeks <= 12 else str(weeks)
    return rf"{pattern}|\b(?:{weeks}|{spelled})\s(?:weeks|Wochen|semaines)\b"


def _names_option(text: str, means: Payment | Incoterm) -> bool:
    match means:
        case Incoterm():
            place = re.escape(means.place or "")
            return re.search(rf"\b{means.code}\b\s?{place}", text) is not None
        case Payment():
            pattern = _METHODS.get(means.method) if means.method else None
            is_method = pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None
            return is_method and (not means.days or str(means.days) in text)
