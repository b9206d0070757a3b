"""A sole agency to be bargained over: a commission, a term, a territory, a service, no goods."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.deal import ChoiceIssue, Deal, FigureIssue, IssueId, Option, Point
from bot.domain.exercise import Version
from bot.domain.terms import Span, Unit

from .factories import make_version

_NAMES = {
    IssueId.SHARE: ("佣金", "commission", "Provision", "commission"),
    IssueId.PERIOD: ("协议期限", "term of the agreement", "Laufzeit", "durée du contrat"),
    IssueId.SCOPE: ("代理地区", "territory", "Gebiet", "territoire"),
    IssueId.SERVICE: ("培训", "training", "Schulung", "formation"),
}
_CALLED = {
    "en": ("the commission", "the term", "the territory", "the training"),
    "de": ("die Provision", "die Laufzeit", "das Gebiet", "die Schulung"),
    "fr": ("la commission", "la durée du contrat", "le territoire", "la formation"),
}
_WORDS = {
    "en": {
        "dach": ("Germany, Austria and Switzerland", "DACH"),
        "germany": ("Germany only", "only Germany", "Germany"),
        "open": ("non-exclusive", "not exclusive", "no exclusivity"),
        "on_site": ("training on site", "on-site training", "trainer to you"),
        "online": ("online training", "training by video"),
    },
    "de": {
        "dach": ("Deutschland, Österreich und die Schweiz", "DACH"),
        "germany": ("nur Deutschland", "Deutschland"),
        "open": ("nicht exklusiv", "ohne Exklusivität", "keine Exklusivität"),
        "on_site": ("Schulung vor Ort", "Trainer vor Ort"),
        "online": ("Online-Schulung", "Schulung per Video"),
    },
    "fr": {
        "dach": ("Allemagne, Autriche et Suisse", "pays germanophones"),
        "germany": ("Allemagne seulement", "l'Allemagne"),
        "open": ("non exclusif", "sans exclusivité", "pas d'exclusivité"),
        "on_site": ("formation sur place", "formateur sur place"),
        "online": ("formation en ligne", "formation par vidéo"),
    },
}


def make_agency(language: str = "en") -> Version:
    """An agent for the lamps, its words in one practice language."""
    hints = {id: "Shall we say {theirs}?" for id in _NAMES}
    return replace(make_version(deal=_deal(language)), opening_names=(), hints=hints)


def _points(*rows: tuple[str, str, str]) -> tuple[Point, ...]:
    return tuple(
        Point(value=Decimal(value), learner=Decimal(learner), buyer=Decimal(buyer))
        for value, learner, buyer in rows
    )


def _deal(language: str) -> Deal:
    called = dict(zip(_NAMES, _CALLED[language], strict=True))

    def named(id: IssueId) -> dict[str, Any]:
        name = dict(zip(("zh", "en", "de", "fr"), _NAMES[id], strict=True))
        return {"id": id, "name": name, "called": called[id]}

    def option(id: str, learner: str, buyer: str) -> Option:
        return Option(
            id=id,
            words=_WORDS[language][id],
            label=dict.fromkeys(("zh", "en", "de", "fr"), id.replace("_", " ")),
            learner=Decimal(learner),
            buyer=Decimal(buyer),
        )

    scope = option("dach", "0", "20"), option("germany", "10", "12"), option("open", "25", "0")
    service = option("on_site", "0", "20"), option("online", "15", "10")
    return Deal(
        currency="EUR",
        unit=Unit.PIECE,
        issues=(
            FigureIssue(
                **named(IssueId.SHARE),
                points=_points(("5", "40", "0"), ("12", "0", "35")),
                step=Decimal(1),
            ),
            FigureIssue(
                **named(IssueId.PERIOD),
                unit=Span.MONTH,
                points=_points(("12", "20", "0"), ("36", "0", "25")),
            ),
            ChoiceIssue(**named(IssueId.SCOPE), options=scope),
            ChoiceIssue(**named(IssueId.SERVICE), options=service),
        ),
        learner_reservation=Decimal(40),
        buyer_reservation=Decimal(40),
        deadline_turns=12,
    )
