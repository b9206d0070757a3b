"""The buyer asks back with two buttons; the coach helps who is not understood."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deal import IssueId, Offer
from bot.domain.languages import Interface
from bot.domain.messages import Button, BuyerSays, Outgoing
from bot.domain.talk import Phase, Talk
from bot.domain.terms import Payment, Price, Quantity
from bot.domain.understanding import Act, Topic, Understanding
from tests.usecases.world import GIFT, Person, World

AMBIGUOUS = "4.250 Stück"


async def _talk(person: Person) -> Talk:
    async with person.world.storage.store.transaction() as work:
        account = await work.account_of(person.chat)
        session = await work.running_session(account.id)
    assert session is not None
    return session.talk


async def _asked(person: Person, text: str) -> Outgoing:
    """What the buyer asks back after ``text``."""
    await person.news()
    await person.says(text)
    (asked,) = [out for out in await person.news() if isinstance(out.content, BuyerSays)]
    return asked


def _labels(person: Person, asked: Outgoing) -> list[str]:
    rows = person.world.renderer.render(asked).buttons
    assert all(len(row) == 1 for row in rows), "a meaning has a line of its own"
    return [label.text for row in rows for label in row]


def _buttons(asked: Outgoing) -> list[Button]:
    return [button for row in asked.buttons for button in row]


async def _beginner(world: World) -> Person:
    li = await world.learner()
    await li.begins()
    figure = Quantity(amount=Decimal("4.250"), ambiguous=True)
    world.understander.means(AMBIGUOUS, Act.OFFER, quantity=figure)
    return li


async def test_each_reading_of_a_figure_has_a_button_in_the_practice_language(world: World):
    li = await _beginner(world)
    assert _labels(li, await _asked(li, AMBIGUOUS)) == ["4.250 Stück", "4,25 Stück"]


async def test_pressing_a_reading_is_like_having_written_it(world: World):
    li = await _beginner(world)
    pressed, _ = _buttons(await _asked(li, AMBIGUOUS))
    await li.presses(pressed.action, key="press")
    await li.presses(pressed.action, key="press")
    assert await li.gets() == ["buyer"]
    talk = await _talk(li)
    assert talk.offered == Offer(figures={IssueId.QUANTITY: Decimal(4250)})
    assert talk.turn == 2
    await li.presses(pressed.action)
    assert await li.gets() == ["old_button"]


async def test_options_and_currencies_have_buttons_too(world: World):
    li = await _beginner(world)
    means = world.understander.means
    deposit = means("30 % vorab", Act.OFFER, payment=Payment(deposit_pct=Decimal(30)))
    labels = _labels(li, await _asked(li, deposit))
    assert len(labels) == 2
    assert all("30 % Anzahlung" in label.replace("\xa0", " ") for label in labels)
    dollars = Price(amount=Decimal("8.40"), currency="USD")
    asked = await _asked(li, means("8,40 USD", Act.OFFER, price=dollars))
    assert _labels(li, asked) == ["8,40 EUR", "8,40 USD"]
    assert "8,40 USD" in asked.content.text  # type: ignore[union-attr]
    await li.presses(_buttons(asked)[0].action)
    assert (await _talk(li)).offered.figures[IssueId.PRICE] == Decimal("8.40")


async def test_unsure_acts_have_buttons(world: World):
    li = await _beginner(world)
    text = world.understander.means("8,40?", Act.OFFER, price=Price(amount=Decimal("8.40")))
    heard = world.understander.meanings[text]
    world.understander.meanings[text] = replace(heard, doubt=(Act.ASK, Act.OFFER))
    asked = await _asked(li, text)
    assert _labels(li, asked) == ["Ich frage nur", "Das ist mein Angebot"]
    await li.presses(_buttons(asked)[1].action)
    assert (await _talk(li)).offered.figures[IssueId.PRICE] == Decimal("8.40")


async def test_a_button_of_another_talk_or_turn_is_answered_politely(world: World):
    li, wu = await _beginner(world), await world.learner("wu")
    actions = [button.action for button in _buttons(await _asked(li, AMBIGUOUS))]
    await wu.presses(actions[0])
    assert await wu.gets() == ["old_button"]
    await li.says("Guten Tag")
    await li.news()
    for action in (*actions, "mean:1:1:maybe", "mean:1:1", "mean:x:1:yes"):
        await li.presses(action)
    assert await li.gets() == ["old_button"] * 5
    assert (await _talk(li)).offered == Offer()


async def test_the_two_readings_do_not_sign_a_summary(world: World):
    li = await _beginner(world)
    await li.says(GIFT)
    talk = await _talk(li)
    assert talk.phase is Phase.CONFIRMING
    await li.news()
    await li.presses(f"mean:1:{talk.turn}:yes")
    assert await li.gets() == ["old_button"]


# --- the coach


async def _confused(person: Person, *texts: str) -> Outgoing:
    for text in texts:
        person.world.understander.meanings[text] = Understanding(acts=(Act.OTHER,))
        await person.says(text)
    return [o for o in await person.news() if not isinstance(o.content, BuyerSays)][-1]


async def test_the_hint_after_two_unclear_messages_shows_what_one_can_write(world: World):
    li = await _beginner(world)
    asks = world.understander.means("und nun?", Act.OFFER, price=Price(amount=Decimal("8.40")))
    await li.says(asks)
    issue = (await _talk(li)).asked
    assert issue is not None
    notice = await _confused(li, "xyzzy", "plugh")
    version = world.library.exercises["desk_lamp"].versions["de"]  # type: ignore[index]
    about = version.hints[issue].partition("{")[0]
    example = str(notice.content.values["example"])  # type: ignore[union-attr]
    assert example.startswith(about), "the buyer has asked about it"
    for interface in Interface:
        words = world.renderer.render(replace(notice, interface=interface)).parts[0]
        assert example in words.html  # type: ignore[union-attr]


async def test_the_example_answers_what_the_buyer_waits_for(world: World):
    li = await _beginner(world)
    await li.says(AMBIGUOUS)
    notice = await _confused(li, "xyzzy", "plugh")
    assert notice.content.values["example"] == "4.250 Stück"  # type: ignore[union-attr]
    await li.says(GIFT)
    notice = await _confused(li, "xyzzy", "plugh")
    words = world.renderer.render(notice).parts[0].html  # type: ignore[union-attr]
    assert "Ja, so machen wir es" in words


async def test_another_language_is_mentioned_by_the_coach_from_the_second_time_on(world: World):
    li = await _beginner(world)
    world.understander.meanings["你好"] = Understanding(acts=(Act.OTHER,), foreign="zh")
    await li.news()
    await li.says("你好")
    assert await li.gets() == ["LearnerSaid", "buyer"]
    await li.says("Guten Tag")
    await li.news()
    await li.says("你好")
    await li.says("你好")
    assert await li.gets() == ["LearnerSaid", "buyer", "wrong_language"] * 2
    talk = await _talk(li)
    assert (talk.turn - talk.excused, talk.idle_in_row) == (1, 0)


@pytest.mark.parametrize("interface", Interface)
async def test_the_coach_names_the_practised_language(world: World, interface: Interface):
    li = await _beginner(world)
    await li.presses(f"interface:{interface}")
    world.understander.meanings["你好"] = Understanding(acts=(Act.OTHER,), foreign="zh")
    await li.says("你好")
    await li.news()
    await li.says("你好")
    text = await li.shown_text()
    assert world.renderer.messages.plain(interface, "language.de") in text


async def test_a_question_in_between_takes_the_buttons_back(world: World):
    li = await _beginner(world)
    await li.says(AMBIGUOUS)
    asked = await _asked(
        li, world.understander.means("Und der Markt?", Act.ASK, topics=[Topic.MARKET])
    )
    assert asked.buttons == ()
