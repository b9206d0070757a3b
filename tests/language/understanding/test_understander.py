"""The understander as the rest of the program meets it."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.languages import Language
from bot.domain.terms import Payment, PaymentMethod, Price, Terms, Unit
from bot.domain.understanding import Act, Context, Register, Understanding
from bot.language.understanding import SpacyUnderstander, as_json


async def test_the_event_loop_goes_on_while_a_message_is_read(
    understander: SpacyUnderstander,
) -> None:
    reading = asyncio.ensure_future(
        understander.understand("8.40 USD " * 400, Language.EN, Context())
    )
    await asyncio.sleep(0)
    assert not reading.done()
    assert (await reading).has(Act.OFFER)


async def test_messages_in_three_languages_are_read_at_once(
    understander: SpacyUnderstander,
) -> None:
    found = await asyncio.gather(
        understander.understand("I am agree", Language.EN, Context()),
        understander.understand("Einverstanden", Language.DE, Context()),
        understander.understand("D'accord", Language.FR, Context()),
    )
    assert [one.acts for one in found] == [(Act.ACCEPT,)] * 3


async def test_warming_up_loads_all_languages() -> None:
    fresh = SpacyUnderstander(today=lambda: date(2026, 9, 1))
    await fresh.warm()
    assert set(fresh._pipelines) == set(Language)
    fresh.close()


def test_the_year_comes_from_the_day_given() -> None:
    later = SpacyUnderstander(today=lambda: date(2026, 11, 15))
    found = later.read("Lieferung Ende Oktober", Language.DE, Context())
    assert found.terms.delivery_date == date(2027, 10, 31)


def test_a_reading_that_breaks_is_other_and_not_an_exception() -> None:
    def broken() -> date:
        raise RuntimeError

    found = SpacyUnderstander(today=broken).read("8.40 USD", Language.EN, Context())
    assert (found.acts, found.confidence) == ((Act.OTHER,), 0.0)


def test_confidence_is_high_on_clear_messages_and_low_on_nonsense(
    understander: SpacyUnderstander,
) -> None:
    def sure(text: str) -> float:
        return understander.read(text, Language.EN, Context()).confidence

    assert sure("We accept 8.20 USD.") > 0.85
    assert sure("qwe rty") < 0.3
    assert sure("5.000 pcs") < sure("5,000 pcs")
    assert sure("The lamp is blue and made of glass.") < sure("We accept 8.20 USD.")


@pytest.mark.parametrize(
    ("language", "text", "register"),
    [
        (Language.DE, "Können Sie mir ein Muster schicken?", Register.FORMAL),
        (Language.DE, "Kannst du mir ein Muster schicken?", Register.INFORMAL),
        (Language.DE, "Muster kommt morgen.", None),
        (Language.FR, "Pouvez-vous baisser le prix ?", Register.FORMAL),
        (Language.FR, "Tu peux baisser le prix ?", Register.INFORMAL),
        (Language.FR, "Le prix est de 8 euros.", None),
        (Language.EN, "Dear Mr Brown, we would appreciate your reply.", Register.FORMAL),
        (Language.EN, "Hey, we can't do that", Register.INFORMAL),
        (Language.EN, "The price is 8 USD.", None),
    ],
)
def test_register_shows_in_the_form_of_address(
    understander: SpacyUnderstander, language: Language, text: str, register: Register | None
) -> None:
    assert understander.read(text, language, Context()).register is register


def test_json_form_leaves_out_what_is_absent_and_keeps_written_decimals() -> None:
    terms = Terms(
        price=Price(amount=Decimal("8.20"), currency="EUR", per=Unit.PIECE),
        payment=Payment(method=PaymentMethod.TT, deposit_pct=Decimal(30)),
        discount_pct=Decimal(5),
    )
    found = Understanding(acts=(Act.OFFER,), terms=terms, confidence=0.93)
    assert as_json(found) == {
        "acts": ["offer"],
        "topics": [],
        "terms": {
            "price": {"amount": "8.20", "currency": "EUR", "per": "piece"},
            "payment": {"method": "tt", "deposit_pct": 30},
            "discount_pct": "5",
        },
        "register": None,
        "confidence": 0.93,
    }


def test_json_form_marks_what_is_ambiguous_or_foreign(understander: SpacyUnderstander) -> None:
    doubtful = as_json(understander.read("5.000 pcs", Language.EN, Context()))
    assert doubtful["terms"] == {"quantity": {"amount": 5000, "unit": "piece", "ambiguous": True}}
    assert "foreign" not in doubtful
    assert as_json(understander.read("我们同意", Language.EN, Context()))["foreign"] == "zh"
