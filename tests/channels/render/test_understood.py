"""A teacher reads what was understood in the language of the interface, with its doubts."""

from datetime import date
from decimal import Decimal

import pytest

from bot.channels.render.messages import Messages
from bot.channels.render.understood import Understood
from bot.domain.languages import Interface
from bot.domain.terms import (
    Balance,
    Incoterm,
    IncotermCode,
    Payment,
    PaymentMethod,
    Price,
    Quantity,
    Terms,
    Unit,
    Validity,
)
from bot.domain.understanding import Act, Topic, Understanding
from tests.channels.render.exhibits import MARKUP, for_teacher, make_transcript, played, text

UNDERSTOOD = Understood(Messages())
ALL = Understanding(
    acts=(Act.ASK, Act.OFFER),
    topics=(Topic.QUANTITY, Topic.DELIVERY),
    terms=Terms(
        price=Price(amount=Decimal("8.2"), currency="USD", per=Unit.PIECE),
        quantity=Quantity(amount=Decimal(5000), unit=Unit.CARTON),
        incoterm=Incoterm(code=IncotermCode.FOB, place="Ningbo"),
        payment=Payment(method=PaymentMethod.TT, deposit_pct=Decimal(30), balance=Balance.BL_COPY),
        lead_time_days=42,
        delivery_date=date(2026, 6, 30),
        discount_pct=Decimal("2.5"),
        warranty_months=24,
        validity=Validity(until="30 June"),
    ),
    confidence=0.93,
)


def shown(understanding: Understanding, interface: Interface = Interface.EN) -> str:
    return UNDERSTOOD.line(understanding, interface).replace("\xa0", " ").replace("\u202f", " ")


def offer(**terms: object) -> str:
    """What is shown of these terms."""
    line = shown(Understanding(acts=(Act.OFFER,), terms=Terms(**terms)))  # type: ignore[arg-type]
    return line.removeprefix("<i>Understood: offer · ").removesuffix("</i>")


@pytest.mark.parametrize(
    ("interface", "line"),
    [
        (
            Interface.EN,
            "Understood: question (quantity, delivery), offer · 8.20 USD per piece · 5,000 cartons"
            " · discount 2.5% · FOB Ningbo · T/T, deposit 30%, balance against a copy of the B/L"
            " · lead time 6 weeks · delivery by June 30, 2026 · warranty 24 months"
            " · valid until 30 June",
        ),
        (
            Interface.DE,
            "Verstanden: Frage (Menge, Lieferung), Angebot · 8,20 USD pro Stück · 5.000 Kartons"
            " · Rabatt 2,5 % · FOB Ningbo · T/T, Anzahlung 30 %, Rest gegen Kopie des"
            " Konnossements · Lieferzeit 6 Wochen · Lieferung bis 30. Juni 2026"
            " · Gewährleistung 24 Monate · gültig bis 30 June",
        ),
        (
            Interface.FR,
            "Compris : question (quantité, livraison), offre · 8,20 USD la pièce"
            " · 5 000 cartons · remise de 2,5 % · FOB Ningbo · virement (T/T), acompte de 30 %,"
            " solde contre copie du connaissement · délai de livraison : 6 semaines"
            " · livraison au plus tard le 30 juin 2026 · garantie : 24 mois"
            " · valable jusqu’au 30 June",
        ),
        (
            Interface.ZH,
            "系统理解：询问（数量、交货）、发盘 · 每件 8.20 USD · 5,000 箱 · 折扣 2.5%"
            " · FOB Ningbo · 电汇（T/T）、定金 30%、余款见提单副本付清 · 交货期 6 周"
            " · 交货日期：2026年6月30日前 · 质保期 24 个月 · 发盘有效期至 30 June",
        ),
    ],
)
def test_acts_and_terms_stand_in_the_readers_language(interface: Interface, line: str) -> None:
    assert shown(ALL, interface) == f"<i>{line}</i>"


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        ({"price": Price(amount=Decimal("0.085"))}, "0.085"),
        (
            {"price": Price(amount=Decimal(1250), currency="EUR", ambiguous=True)},
            "1,250.00 EUR (can be read in two ways)",
        ),
        (
            {"quantity": Quantity(amount=Decimal(1250), ambiguous=True)},
            "1,250 (can be read in two ways)",
        ),
        ({"incoterm": Incoterm(code=IncotermCode.CIF)}, "CIF"),
        ({"payment": Payment(method=PaymentMethod.LC, days=0)}, "L/C, at sight"),
        (
            {"payment": Payment(method=PaymentMethod.OA, days=60)},
            "open account, 60 days of credit",
        ),
        ({"payment": Payment(balance=Balance.BEFORE_SHIPMENT)}, "balance before shipment"),
        ({"lead_time_days": 45}, "lead time 45 days"),
        ({"lead_time_days": 7}, "lead time 1 week"),
        ({"validity": Validity(days=30)}, "valid for 30 days"),
    ],
)
def test_terms_are_shown_as_far_as_they_were_named(terms: dict[str, object], line: str) -> None:
    assert offer(**terms) == line


@pytest.mark.parametrize(
    ("interface", "line"),
    [
        (Interface.EN, "❓ Understood (unsure, 45%): offer"),
        (Interface.DE, "❓ Verstanden (unsicher, 45 %): Angebot"),
        (Interface.FR, "❓ Compris (incertain, 45 %) : offre"),
        (Interface.ZH, "❓ 系统理解（不确定，45%）：发盘"),
    ],
)
def test_a_doubtful_reading_is_marked(interface: Interface, line: str) -> None:
    doubtful = Understanding(acts=(Act.OFFER,), confidence=0.45)
    assert shown(doubtful, interface) == f"<i>{line}</i>"
    sure = Understanding(acts=(Act.OFFER,), confidence=0.6)
    assert "45" not in shown(sure, interface)
    assert "❓" not in shown(sure, interface)


def test_another_language_is_said_instead_of_acts() -> None:
    foreign = Understanding(acts=(Act.OTHER,), foreign="zh", confidence=0.9)
    assert shown(foreign) == "<i>Understood: written in another language</i>"


def test_a_teachers_transcript_has_a_line_below_each_message_of_the_learner() -> None:
    plain = make_transcript(played("conceder"))
    lines = text(for_teacher(plain)).splitlines()
    below = [lines[place + 1] for place, line in enumerate(lines) if line.startswith("<b>Li Na:")]
    escaped = MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert below == [
        f"<i>Understood: offer · FOB {escaped}</i>",
        "<i>❓ Understood (unsure, 15%): nothing in particular</i>",
    ]
    assert "Understood" not in text(plain)
