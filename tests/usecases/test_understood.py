"""Whole talks as typed, read by the real understander: what was meant is what is on the table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.deal import IssueId
from bot.domain.languages import Language
from bot.domain.marks import assess
from bot.domain.messages import BuyerSays
from bot.domain.talk import Talk
from bot.language.understanding import SpacyUnderstander
from tests.usecases.world import Person, World

PRICE, LEAD, PAYMENT = IssueId.PRICE, IssueId.LEAD_TIME, IssueId.PAYMENT
TALKS: dict[Language, Sequence[tuple[str, str]]] = {
    Language.EN: (
        ("Hello, our price is 8.70 USD, 10000 pcs FOB Ningbo, eight weeks.", "8.70 56 -"),
        ("Sorry, I meant 9.10.", "9.10 56 -"),
        ("How do you want to pay?", "9.10 56 -"),
        ("Payment is ok, but the price is too low.", "9.10 56 oa60"),
        ("ten days earlier", "9.10 46 oa60"),
        ("50 cents less than our price", "8.60 46 oa60"),
        ("same price, but 30% deposit", "8.60 46 oa60"),
        ("PRESS 2", "8.60 46 before_shipment"),
        ("8.40 EUR", "8.60 46 before_shipment"),
        ("yes", "8.40 46 before_shipment"),
    ),
    Language.DE: (
        ("Guten Tag, 8,70 EUR, 5.000 Stück FOB Ningbo, Lieferzeit acht Wochen.", "8.70 56 -"),
        ("Nein, ich meinte 8,60.", "8.60 56 -"),
        ("Wie möchten Sie zahlen?", "8.60 56 -"),
        ("Zahlung ok, aber der Preis ist zu niedrig.", "8.60 56 oa60"),
        ("zehn Tage früher", "8.60 46 oa60"),
        ("10 % weniger als unser Preis", "7.74 46 oa60"),
        ("gleicher Preis, aber 30 % Anzahlung", "7.74 46 oa60"),
        ("PRESS 1", "7.74 46 bl_copy"),
        ("7,70 USD", "7.74 46 bl_copy"),
        ("ja", "7.70 46 bl_copy"),
    ),
    Language.FR: (
        ("Bonjour, 8,70 EUR, 4 000 pièces FOB Ningbo, délai de huit semaines.", "8.70 56 -"),
        ("Pardon, 8,60 et non 8,70.", "8.60 56 -"),
        ("Comment souhaitez-vous payer ?", "8.60 56 -"),
        ("D'accord pour le paiement, mais le prix est trop bas.", "8.60 56 oa60"),
        ("dix jours plus tôt", "8.60 46 oa60"),
        ("10 % de moins que notre prix", "7.74 46 oa60"),
        ("même prix, mais 30 % d'acompte", "7.74 46 oa60"),
        ("PRESS 1", "7.74 46 bl_copy"),
        ("7,70 USD", "7.74 46 bl_copy"),
        ("oui", "7.70 46 bl_copy"),
    ),
}
"""What is typed (or which button is pressed), and the learner's price, lead time and payment."""


@pytest.fixture(scope="module")
def understander() -> SpacyUnderstander:
    return SpacyUnderstander(today=lambda: date(2026, 11, 18))


@pytest.fixture
async def table(world: World, understander: SpacyUnderstander) -> World:
    """The world, where texts are really read."""
    world.practice = replace(world.practice, understander=understander)
    world.desk = replace(world.desk, practice=world.practice)
    return world


async def _talk(person: Person) -> Talk:
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        session = await work.running_session(account.id)
    assert session is not None
    return session.talk


def _on_the_table(talk: Talk) -> str:
    values = [talk.offered.value(id) for id in (PRICE, LEAD, PAYMENT)]
    return " ".join(str(value) if value is not None else "-" for value in values)


async def _do(person: Person, what: str, actions: list[str]) -> list[str]:
    if what.startswith("PRESS"):
        meant = [action for action in actions if action.startswith("mean:")]
        await person.presses(meant[int(what.removeprefix("PRESS")) - 1])
    else:
        await person.says(what)
    news = await person.news()
    assert any(isinstance(out.content, BuyerSays) for out in news), "the buyer is never silent"
    return [button.action for out in news for row in out.buttons for button in row]


@pytest.mark.parametrize("language", Language)
async def test_a_talk_of_references_corrections_and_half_a_yes(table: World, language: Language):
    li = await table.learner()
    await li.presses(f"language:{language}")
    await li.begins()
    await li.news()
    actions: list[str] = []
    for what, wanted in TALKS[language]:
        actions = await _do(li, what, actions)
        assert _on_the_table(await _talk(li)) == wanted, what
    talk = await _talk(li)
    version = table.library.exercises["desk_lamp"].versions[language]
    steps = assess(version, talk).process.concessions
    turns = {step.turn for step in steps if step.is_free}
    assert 2 not in turns, "a slip put right is no concession"
    assert talk.excused == 2, "asked back about the deposit and the currency"
