"""Coming in, choosing, and everything that can be typed or pressed outside a talk."""

from dataclasses import replace

import pytest

from bot.domain.languages import Band, Interface, Language
from bot.domain.messages import Edited, LearnerSaid, Menu, Unreadable
from tests.usecases.world import Person, World


async def account_of(person: Person):
    async with person.world.storage.store.transaction() as work:
        return await work.account_of(person.chat)


async def test_a_stranger_is_welcomed_and_asked_for_language_and_level(world: World):
    li = world.person("li")
    await li.says("/start")
    assert await li.gets() == ["welcome", "choose_language"]
    await li.presses("language:fr")
    assert await li.gets() == ["choose_band"]
    await li.presses("band:A2")
    assert await li.gets() == ["Menu"]
    account = await account_of(li)
    assert (account.language, account.band, account.timezone) == (
        Language.FR,
        Band.A2,
        "Asia/Shanghai",
    )


async def test_a_stranger_who_just_writes_is_welcomed_too(world: World):
    li = world.person("li")
    await li.says("hello?")
    assert await li.gets() == ["LearnerSaid", "welcome", "choose_language"]


@pytest.mark.parametrize(
    ("locale", "interface"),
    [("zh-CN", "zh"), ("zh_TW", "zh"), ("de-AT", "de"), ("FR", "fr"), ("ja", "en"), ("", "en")],
)
async def test_the_interface_follows_the_device(world: World, locale: str, interface: str):
    li = world.person("li", locale=locale)
    await li.says("/start")
    assert {out.interface for out in await li.news()} == {Interface(interface)}


async def test_the_interface_can_be_changed_at_any_time(world: World):
    li = await world.learner()
    await li.says("/settings")
    assert "interface:zh" in await li.actions()
    await li.presses("interface:zh")
    news = await li.news()
    assert [out.interface for out in news] == [Interface.ZH, Interface.ZH]
    await li.begins()
    await li.news()
    await li.presses("interface:fr")
    assert await li.gets() == ["interface_chosen"], "a running talk is not interrupted by a menu"


@pytest.mark.parametrize(
    ("name", "shown"), [("@welcome", "welcome"), ("@title:desk_lamp", "title:desk_lamp")]
)
async def test_a_name_is_never_looked_up_as_a_message(world: World, name: str, shown: str):
    li = world.person("li", name=name)
    await li.says("/start")
    assert f"Hello {shown}!" in await li.shown_text()


async def test_somebody_without_a_name_is_greeted(world: World):
    li = world.person("li", name="")
    await li.says("/start")
    assert "Hello there!" in await li.shown_text()


async def test_markup_in_a_name_is_text(world: World):
    li = world.person("li", name="<b>Li</b> & Co")
    await li.says("/start")
    assert "&lt;b&gt;Li&lt;/b&gt; &amp; Co" in await li.shown_text()


async def test_the_same_update_twice_has_one_effect(world: World):
    li = world.person("li")
    for _ in range(2):
        await li.says("/start", key="same")
    assert await li.gets() == ["welcome", "choose_language"]
    for _ in range(2):
        await li.presses("language:de", key="press")
    assert await li.gets() == ["choose_band"]


async def test_two_people_are_served_apart(world: World):
    li, wu = await world.learner("li"), await world.learner("wu")
    await li.begins()
    assert "buyer" in await li.gets()
    assert await wu.news() == []
    await wu.says("Guten Tag")
    assert await wu.gets() == ["LearnerSaid", "no_talk"]


async def test_commands_are_answered(world: World):
    li = await world.learner()
    for command, key in {
        "/help": "help",
        "/menu": "Menu",
        "/exercises": "Menu",
        "/language": "choose_language",
        "/level": "choose_band",
        "/settings": "choose_interface",
        "/brief": "no_talk",
        "/hint": "no_talk",
        "/end": "no_talk",
        "/progress": "no_progress",
        "/weekly": "LearnerWeek",
        "/join": "join_how",
        "/teach": "teachers_only",
        "/nonsense": "unknown_command",
        "/": "unknown_command",
        "/HELP@kontor_test_bot": "help",
    }.items():
        await li.says(command)
        assert [name for name in await li.gets() if name != "LearnerSaid"] == [key], command


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "video", "document", "other"])
async def test_what_is_no_text_gets_an_answer(world: World, kind: str):
    li = await world.learner()
    await li.does(Unreadable(kind=kind))
    assert (await li.notice("unreadable")).values == {"kind": f"@unreadable.{kind}"}


async def test_an_edited_message_is_seen_and_changes_nothing(world: World):
    li = await world.learner()
    await li.does(Edited())
    assert await li.gets() == ["edited"]


@pytest.mark.parametrize(
    "action",
    [
        "",
        ":",
        "nothing",
        "language:xx",
        "band:Z9",
        "interface:",
        "begin",
        "yes:1",
        "yes:a:b",
        "read:x",
        "week:yesterday",
        "week:0001-01-01",
        "week:9999-12-27",
        "due:1:desk_lamp:x",
        "begin:desk_lamp:x",
    ],
)
async def test_a_button_nobody_knows_is_old(world: World, action: str):
    li = await world.learner()
    await li.presses(action)
    assert await li.gets() == ["old_button"]


@pytest.mark.parametrize(
    ("action", "refusal"),
    [
        ("begin:gone", "exercise_gone"),
        ("show:gone", "exercise_gone"),
        ("begin:desk_lamp:999", "assignment_gone"),
        ("read:999", "session_gone"),
        (f"read:{10**30}", "old_button"),
        ("group:1", "teachers_only"),
        ("groups", "teachers_only"),
        ("results:1", "assignment_gone"),
        ("groupweek:999", "group_gone"),
    ],
)
async def test_what_is_gone_or_not_ones_own_is_refused_in_words(
    world: World, action: str, refusal: str
):
    li = await world.learner()
    await li.presses(action)
    assert await li.gets() == [refusal]
    await li.says("/menu")
    assert isinstance((await li.news())[-1].content, Menu), "and the chat goes on"


async def test_what_was_typed_is_kept_even_if_it_is_refused(world: World):
    li = await world.learner()
    await li.says("/teach", key="typed")
    said, refused = [out.content for out in await li.news()]
    assert said == LearnerSaid(text="/teach", key="typed")
    assert refused.key == "teachers_only"


async def test_a_talk_whose_exercise_is_gone_can_be_ended(world: World):
    li = await world.learner()
    await li.begins()
    await li.says("Guten Tag")
    await li.news()
    bare = World(world.storage, replace(world.library, exercises={}), clock=world.clock).person(
        "li"
    )
    await bare.news()
    await bare.says("Guten Tag")
    assert await bare.gets() == ["LearnerSaid", "exercise_gone"]
    await bare.says("/end")
    assert await bare.gets() == ["LearnerSaid", "exercise_gone"]
    await bare.says("/end")
    assert await bare.gets() == ["LearnerSaid", "no_talk"]


async def test_a_command_that_asks_for_the_impossible_gets_an_answer(world: World):
    li = await world.learner()
    for text in ("/weekly 0001-W01", "/weekly 9999-W52", "/weekly 2026-W60", "/weekly soon"):
        await li.says(text)
        assert "week_unreadable" in await li.gets(), text


async def test_an_update_given_up_is_apologised_for_once(world: World):
    li = await world.learner()
    incoming = li.incoming(Edited(), key="broken")
    await world.desk.apologise(incoming)
    await world.desk.apologise(incoming)
    await world.desk.take(incoming)
    assert await li.gets() == ["failed"]
