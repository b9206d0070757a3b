"""Every kind of odd update gets a sensible answer in the person's language: never a traceback,
never silence, never a call that Telegram refuses."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.render.messages import Messages
from bot.domain.languages import Interface
from tests.emulator import Emulator, Person, Received
from tests.emulator.markup import parse_html
from tests.kontor import Kontor
from tests.whole.drill import TOKEN, begin_talk, ended, environment, new_app

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="module")]

MESSAGES = Messages()
NUMBERS = count(1)
BUYER = "Katrin Vogel"


@dataclass(frozen=True, slots=True)
class Bot:
    """The running bot, and Telegram around it."""

    app: Kontor
    telegram: Emulator

    def person(self, language: str = "en", *, name: str = "Li") -> Person:
        """Somebody the bot has never met."""
        user_id = 500 + next(NUMBERS)
        return self.telegram.user(user_id, first_name=name, language_code=language)

    async def talker(self, language: str = "en") -> Person:
        """Somebody in the middle of a talk in German."""
        person = self.person(language)
        await begin_talk(person)
        return person

    async def press(self, person: Person, data: str) -> None:
        """Press a button with this data, as an old or a tampered client may."""
        message = person.shown()[-1].raw
        self.telegram.receive_press(person, message, data)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """One bot for all odd updates; none of them may have upset it."""
    async with Emulator.start(token=TOKEN, time_scale=0.05) as telegram:
        app = new_app(tmp_path_factory.mktemp("odd") / "app", environment(telegram))
        async with ended(app):
            await app.start()
            yield Bot(app, telegram)
            assert await app.stop() == 0
            assert TOKEN not in app.log.read_text()
        assert telegram.violations == []
        assert [call for call in telegram.calls if call.status == 400] == []


@pytest.fixture(autouse=True)
def no_traceback(bot: Bot) -> Iterator[None]:
    """What is odd to us is no error of the program."""
    before = bot.app.log.stat().st_size
    yield
    with bot.app.log.open("rb") as log:
        log.seek(before)
        new = log.read().decode()
    assert "Traceback" not in new, new
    assert " ERROR " not in new, new


def words(interface: str, key: str, *, kind: str = "", **values: object) -> str:
    """What the bot says in an interface language, without markup."""
    code = Interface(interface)
    if kind:
        values["kind"] = MESSAGES.plain(code, f"unreadable.{kind}")
    return parse_html(MESSAGES.text(code, key, **values))[0]


def from_buyer(message: Received) -> bool:
    return message.text.startswith(BUYER)


async def send(person: Person, kind: str) -> None:
    """Send something that is no text."""
    match kind:
        case "document":
            await person.document("offer.pdf", b"%PDF", mime_type="application/pdf")
        case "dice":
            person._message(dice={"emoji": "🎲", "value": 3})
        case "video_note":
            note = {**person._file(b"note"), "length": 240, "duration": 2}
            person._message(video_note=note)
        case _:
            await getattr(person, kind)()


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("sticker", "sticker"),
        ("photo", "photo"),
        ("voice", "voice"),
        ("document", "document"),
        ("location", "location"),
        ("contact", "contact"),
        ("dice", "other"),
        ("video_note", "other"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en", "de", "fr"])
async def test_what_is_no_text_is_declined_by_name(bot: Bot, kind: str, named: str, language: str):
    person = bot.person(language)
    await send(person, kind)
    await person.wait_for(words(language, "unreadable", kind=named))


@pytest.mark.parametrize("caption", ["", "8,20 EUR?", "<b>&"])
async def test_photo_is_declined_whatever_stands_below_it(bot: Bot, caption: str):
    person = await bot.talker("zh")
    person._message(photo=[{**person._file(b"photo"), "width": 90, "height": 60}], caption=caption)
    await person.wait_for(words("zh", "unreadable", kind="photo"))


async def test_edited_message_stands_as_it_was_said(bot: Bot):
    person = await bot.talker("fr")
    await person.send("Wir bieten 8,50 EUR pro Stück.")
    await person.wait_for(from_buyer, timeout=30)
    await person.edit("Wir bieten 8,00 EUR pro Stück.")
    await person.wait_for(words("fr", "edited"))


async def test_edited_sticker_or_photo_is_no_news_but_gets_an_answer(bot: Bot):
    person = bot.person("de")
    await person.photo()
    await person.wait_for(words("de", "unreadable", kind="photo"))
    message = {**person._envelope(person.last_message_id), "caption": "neu", "edit_date": 1}
    photo = [{**person._file(b"photo"), "width": 90, "height": 60}]
    bot.telegram.receive("edited_message", {**message, "photo": photo}, ("chat", person.id))
    await person.wait_for(words("de", "edited"))


@pytest.mark.parametrize("data", ["yes:1:1", "no:999:3", "hint", "end", "task"])
async def test_button_of_a_talk_that_is_over_says_so(bot: Bot, data: str):
    person = bot.person("de")
    await person.send("/start")
    await person.wait_for(words("de", "choose_language"))
    await bot.press(person, data)
    is_old = data.startswith(("yes", "no"))
    await person.wait_for(words("de", "old_button" if is_old else "no_talk"))
    await bot.telegram.wait_until(lambda: len(person.answers) == 1)


HUGE = "9" * 30
NONSENSE = {
    "": "old_button",
    ":": "old_button",
    ":::::": "old_button",
    "language": "old_button",
    "language:xx": "old_button",
    "band:Z9": "old_button",
    "interface:": "old_button",
    "yes:a:b": "old_button",
    f"yes:{HUGE}:{HUGE}": "old_button",
    "show:no_such_exercise": "exercise_gone",
    "begin:no_such_exercise": "exercise_gone",
    "read:999999": "session_gone",
    f"read:{HUGE}": "old_button",
    f"begin:desk_lamp:{HUGE}": "old_button",
    "begin:desk_lamp:987654": "assignment_gone",
    "group:999999": "teachers_only",
    f"group:{HUGE}": "old_button",
    "due:1:desk_lamp:1": "teachers_only",
    f"due:1:desk_lamp:{HUGE}": "old_button",
    f"results:{HUGE}": "old_button",
    "week:9999-12-31": "old_button",
    "week:0001-01-01": "old_button",
    "week:yesterday": "old_button",
    "<b>&": "old_button",
    "💡" * 16: "old_button",
    "show:\x00": "exercise_gone",
    "hint\x00": "old_button",
}


@pytest.mark.parametrize("data", list(NONSENSE), ids=ascii)
async def test_button_with_nonsense_data_is_taken_for_an_old_one(bot: Bot, data: str):
    person = bot.person("fr")
    await person.send("/start")
    await person.wait_for(words("fr", "choose_language"))
    await bot.press(person, data)
    await person.wait_for(words("fr", NONSENSE[data]))
    await bot.telegram.wait_until(lambda: len(person.answers) == 1)


TEACHERS_NONSENSE = {
    f"group:{HUGE}": "old_button",
    "group:-1": "old_button",
    f"groupweek:{HUGE}": "old_button",
    f"assign:{HUGE}": "old_button",
    "give:1:no_such_exercise": "group_gone",
    f"give:{HUGE}:desk_lamp": "old_button",
    "due:999999:desk_lamp:1": "group_gone",
    "due:1:desk_lamp:-7": "old_button",
    "results:999999": "assignment_gone",
}


async def test_teacher_with_nonsense_buttons_is_answered_too(bot: Bot):
    invitation = await bot.app.command("invite-teacher")
    (payload,) = set(re.findall(r"start=(\S+)", invitation))
    teacher = bot.person("de", name="Frau Chen")
    await teacher.send(f"/start {payload}")
    await teacher.wait_for(words("de", "teacher_now", name="Frau Chen"))
    for number, (data, key) in enumerate(TEACHERS_NONSENSE.items(), start=1):
        await bot.press(teacher, data)
        await teacher.wait_for(words("de", key))
        await bot.telegram.wait_until(lambda number=number: len(teacher.answers) == number)


async def test_button_pressed_twice_does_its_work_once(bot: Bot):
    person = bot.person("de")
    await person.send("/start")
    await person.wait_for(words("de", "choose_language"))
    await person.press("language:de")
    await person.press("language:de")
    await person.wait_for(words("de", "choose_band", language="Deutsch"))
    await person.press("band:B1")
    await person.wait_for(lambda message: "show:desk_lamp" in _actions(message))
    await person.press("show:desk_lamp")
    await person.wait_for(lambda message: "begin:desk_lamp" in _actions(message))
    await person.press("begin:desk_lamp")
    await person.press("begin:desk_lamp")
    await person.wait_for(from_buyer, timeout=30)
    await person.wait_for(words("de", "already_talking"))
    await bot.telegram.wait_until(lambda: len(person.answers) == 6)
    assert len([message for message in person.shown() if from_buyer(message)]) == 1


ODD_TEXTS = {
    "4096 characters": "Preis 8,20 EUR. " * 256,
    "4096 characters without a space": "x" * 4096,
    "4096 emoji": "😀" * 4096,
    "one emoji": "👍",
    "only emoji": "🎉🎉 👨‍👩‍👧‍👦 🇩🇪",
    "right to left": "مرحبا، ما هو السعر؟ שלום 8,20 EUR",
    "overrides": "\u202e8,20 EUR\u202c \u200f\u200b",
    "HTML": "<b>&</b>",
    "a script": "</script><script>alert(1)</script>",
    "unclosed markup": "<b>Preis < 8 & > 7 &amp; &lt;",
    "Markdown": "*8,20* _EUR_ [x](y) `z`",
    "Chinese": "你好，价格是多少？",
    "only punctuation": "?!…",
    "line breaks": "\n\n8,20\n\n\nEUR\n",
    "a null": "8,20\x00 EUR",
    "half a surrogate's worth": "\ufffd\ufeff\ufffe",
    "full-width figures": "８．２０ ＥＵＲ",
    "a slash inside": "8,20 EUR/Stück /end",
    "figures": "9" * 400,
}


@pytest.mark.parametrize("text", list(ODD_TEXTS.values()), ids=list(ODD_TEXTS))
async def test_buyer_answers_any_text(bot: Bot, text: str):
    person = await bot.talker("zh")
    await person.send(text)
    await person.wait_for(from_buyer, timeout=30)


@pytest.mark.parametrize("text", list(ODD_TEXTS.values()), ids=list(ODD_TEXTS))
async def test_odd_first_words_are_greeted(bot: Bot, text: str):
    person = bot.person("fr")
    await person.send(text)
    await person.wait_for(words("fr", "choose_language"))


async def test_odd_texts_come_back_whole_in_the_debrief(bot: Bot):
    person = await bot.talker("en")
    for text in ("<b>&</b>", "</script>", "مرحبا", "x" * 4096):
        await person.send(text)
        await person.wait_for(from_buyer, timeout=30)
    await person.send("/end")
    debrief = await person.wait_for(lambda message: _has(message, "read:"), timeout=40)
    (read,) = [action for action in _actions(debrief) if action.startswith("read:")]
    await person.press(read)
    await person.wait_for(lambda message: "<b>&</b>" in message.text)
    await person.wait_for(lambda message: "x" * 1000 in message.text)


async def test_start_twice_welcomes_twice_and_goes_on_where_it_was(bot: Bot):
    person = bot.person("zh")
    await person.send("/start")
    await person.send("/start")
    await person.wait_for(words("zh", "choose_language"))
    await person.wait_for(words("zh", "choose_language"))
    assert len(person.shown()) == 4


async def test_start_in_the_middle_of_a_talk_offers_to_carry_on(bot: Bot):
    person = await bot.talker("de")
    await person.send("/start")
    await person.wait_for(lambda message: "task" in _actions(message))


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("/end", "no_talk"),
        ("/hint", "no_talk"),
        ("/brief", "no_talk"),
        ("/help", "help"),
        ("/HELP@kontor_test_bot", "help"),
        ("/join", "join_how"),
        ("/weekly soon", "week_unreadable"),
        ("/weekly 9999-W53", "week_unreadable"),
        ("/start t_nonsense", "invitation_void"),
        ("/start g_", "choose_language"),
        ("/start " + "x" * 4000, "choose_language"),
        ("/progress", "no_progress"),
    ],
)
async def test_command_out_of_place_is_answered(bot: Bot, command: str, key: str):
    person = bot.person("de")
    await person.send(command)
    await person.wait_for(words("de", key).splitlines()[0])


@pytest.mark.parametrize(
    ("command", "shown"),
    [("/dance", "/dance"), ("/", "/?"), ("/<b>x&", "/<b>x&"), ("/ä💡", "/ä💡"), ("//", "//")],
)
@pytest.mark.parametrize("language", ["zh", "en", "de", "fr"])
async def test_unknown_command_is_named(bot: Bot, command: str, shown: str, language: str):
    person = bot.person(language)
    await person.send(command)
    await person.wait_for(words(language, "unknown_command", command=shown))


@pytest.mark.parametrize("name", ["<b>&</b>", "@nobody", "مرحبا", "💡", "x" * 64, "{n}"])
async def test_any_name_is_greeted_as_it_is_written(bot: Bot, name: str):
    person = bot.person("en", name=name)
    await person.send("/start")
    await person.wait_for(f"Hello {name.lstrip('@')}!")


@pytest.mark.parametrize(
    ("device", "spoken"), [("pt-br", "en"), ("zh-hans", "zh"), ("de-AT", "de"), ("", "en")]
)
async def test_device_language_chooses_the_nearest_interface(bot: Bot, device: str, spoken: str):
    person = bot.person(device)
    await person.sticker()
    await person.wait_for(words(spoken, "unreadable", kind="sticker"))


async def test_person_who_blocked_the_bot_can_come_back(bot: Bot):
    person = await bot.talker("de")
    bot.telegram.block(person.id)
    await person.send("Wir bieten 8,50 EUR pro Stück.")
    await person.send("/help")

    def refused() -> bool:
        return len([call for call in bot.telegram.calls if _is_refused(call, person)]) >= 3

    await bot.telegram.wait_until(refused)
    bot.telegram.unblock(person.id)
    await person.send("Wir bieten 8,40 EUR pro Stück.")
    await person.wait_for(from_buyer, timeout=30)


async def test_group_is_left_in_peace(bot: Bot):
    person = bot.person("de")
    group = {"id": -1001, "type": "supergroup", "title": "Klasse"}
    for text in ("/start", "Hallo", "/end@kontor_test_bot"):
        message = {**person._envelope(bot.telegram.new_message_id()), "chat": group, "text": text}
        bot.telegram.receive("message", message, ("chat", -1001))
    await bot.telegram.all_confirmed()
    await person.send("/start")
    await person.wait_for(words("de", "choose_language"))
    assert not [call for call in bot.telegram.calls if str(call.fields.get("chat_id")) == "-1001"]


def _is_refused(call: Any, person: Person) -> bool:
    is_to = str(call.fields.get("chat_id")) == str(person.id)
    return call.method == "sendMessage" and is_to and call.status == 403


def _actions(message: Received) -> list[str]:
    return [button.data or "" for button in message.buttons]


def _has(message: Received, start: str) -> bool:
    return any(action.startswith(start) for action in _actions(message))
