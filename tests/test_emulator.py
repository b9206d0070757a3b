"""The emulator does what Telegram's server does."""

import asyncio
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from bot.channels.telegram.transport import AiohttpRequest
from tests.emulator import TOKEN, Emulator, Limits
from tests.emulator.checks import Rates, Refusal
from tests.emulator.markup import MarkupError, parse_html
from tests.emulator.webhook import Delivery

KEYBOARD = {"inline_keyboard": [[{"text": "Help", "callback_data": "help"}]]}

Answer = Callable[[dict[str, Any]], Awaitable[web.Response]]


@asynccontextmanager
async def running_bot(emulator: Emulator, *, token: str = TOKEN) -> AsyncIterator[Bot]:
    bot = Bot(
        token,
        base_url=emulator.base_url,
        base_file_url=emulator.base_file_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        yield bot


@asynccontextmanager
async def running_webhook(answer: Answer, *, port: int = 0) -> AsyncIterator[str]:
    async def take(request: web.Request) -> web.Response:
        body = await request.json()
        body["secret"] = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return await answer(body)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def api(emulator: Emulator, method: str, **fields: Any) -> dict[str, Any]:
    """A call past the library, to see the answer as it is."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{emulator.base_url}{TOKEN}/{method}", json=fields) as response,
    ):
        body: dict[str, Any] = await response.json()
        return body


# Updates


async def test_every_kind_of_update_is_one_the_library_reads():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7, first_name="李雷", language_code="zh-hans")
        await api(emulator, "sendMessage", chat_id=7, text="hi", reply_markup=KEYBOARD)
        await learner.send("/start join-4711")
        await learner.edit("/help")
        await learner.press("Help")
        for doing in ("sticker", "photo", "voice", "location", "contact"):
            await getattr(learner, doing)()
        await learner.document("a.txt", b"a")
        start, edited, press, *rest = await bot.get_updates()
        assert start.message.text == "/start join-4711"
        assert start.message.from_user.language_code == "zh-hans"
        assert start.message.parse_entities() == {start.message.entities[0]: "/start"}
        assert edited.edited_message.message_id == start.message.message_id
        assert (press.callback_query.data, press.effective_chat.id) == ("help", 7)
        kinds = ["sticker", "photo", "voice", "location", "contact", "document"]
        assert [bool(getattr(one.message, kind)) for one, kind in zip(rest, kinds, strict=True)]
        assert emulator.violations == []


async def test_same_seed_gives_the_same_ids_and_another_seed_others():
    async def first_id(seed: int) -> int:
        async with Emulator.start(seed=seed) as emulator:
            return await emulator.user(7).send("hello")

    assert await first_id(1) == await first_id(1) != await first_id(2)


async def test_unasked_kinds_of_updates_are_left_out():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        await bot.get_updates(allowed_updates=["callback_query"], timeout=0)
        assert await emulator.user(7).send("hello") == 0
        assert await bot.get_updates(timeout=0) == ()


# Polling


async def test_update_comes_again_until_a_higher_offset_is_asked_for():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        first, second = [await emulator.user(7).send(text) for text in ("one", "two")]
        assert [one.update_id for one in await bot.get_updates(limit=1)] == [first]
        assert [one.update_id for one in await bot.get_updates()] == [first, second]
        assert [one.update_id for one in await bot.get_updates(offset=second)] == [second]
        assert await bot.get_updates(offset=second + 1, timeout=0) == ()
        await emulator.all_confirmed()


async def test_long_poll_answers_as_soon_as_somebody_writes():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await emulator.wait_until(lambda: emulator.calls_of("getUpdates"))
        await emulator.user(7).send("hello")
        (update,) = await asyncio.wait_for(poll, 5)
        assert update.message.text == "hello"


async def test_second_poller_is_a_conflict():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await emulator.wait_until(lambda: emulator.calls_of("getUpdates"))
        async with running_bot(emulator) as other:
            second = asyncio.create_task(other.get_updates(timeout=20))
            with pytest.raises(Conflict, match="terminated by other getUpdates"):
                await first
            await emulator.user(7).send("hello")
            assert len(await second) == 1


async def test_polling_is_a_conflict_while_there_is_a_webhook():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        await bot.set_webhook("http://127.0.0.1:1/hook")
        assert (await bot.get_webhook_info()).url == "http://127.0.0.1:1/hook"
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates(timeout=0) == ()


# Webhook


async def test_failed_delivery_is_repeated_and_blocks_only_its_chat():
    taken: dict[int, list[str]] = defaultdict(list)
    refusals = {"one of 1": 3}

    async def answer(body: dict[str, Any]) -> web.Response:
        update = Update.de_json(body)
        text = update.message.text
        refusals[text] = refusals.get(text, 0) - 1
        if refusals[text] >= 0:
            return web.Response(status=500)
        taken[update.effective_chat.id].append(text)
        return web.Response()

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url)
        for text in ("one", "two", "three"):
            for chat in (1, 2):
                await emulator.user(chat).send(f"{text} of {chat}")
        await emulator.all_confirmed()
        assert taken == {n: [f"{one} of {n}" for one in ("one", "two", "three")] for n in (1, 2)}
        statuses = [one.status for one in emulator.deliveries if one.lane == ("chat", 1)]
        assert statuses == [500, 500, 500, 200, 200, 200]


async def test_pauses_between_deliveries_are_none_then_grow_to_a_minute_or_two():
    async with Emulator.start() as emulator:
        await api(emulator, "setWebhook", url="http://127.0.0.1:1/hook")
        assert emulator.webhook is not None
        pauses = [emulator.webhook._pause_s(failures, 0) for failures in range(1, 10)]
        assert pauses[:6] == [0, 2, 4, 8, 16, 32]
        assert all(60 <= pause <= 120 for pause in pauses[6:])
        assert emulator.webhook._pause_s(1, 17) == 17
        assert emulator.webhook._pause_s(1, 9999) == 3600


async def test_wish_to_retry_later_is_honoured():
    answers = [web.Response(status=503, headers={"Retry-After": "30"}), web.Response()]

    async def answer(body: dict[str, Any]) -> web.Response:
        return answers.pop(0)

    async with Emulator.start(time_scale=0.01) as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url)
        await emulator.user(7).send("hello")
        await emulator.all_confirmed()
        refused, taken = emulator.deliveries
        assert taken.at - refused.at > 0.29


async def test_one_update_of_a_chat_and_one_press_of_a_person_are_in_flight_at_a_time():
    in_flight: set[str] = set()
    gate = asyncio.Event()
    most: list[int] = []

    async def answer(body: dict[str, Any]) -> web.Response:
        kind = "press" if "callback_query" in body else "message"
        assert kind not in in_flight
        in_flight.add(kind)
        most.append(len(in_flight))
        if len(in_flight) == 2:
            gate.set()
        await gate.wait()
        in_flight.discard(kind)
        return web.Response()

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        learner = emulator.user(7)
        await api(emulator, "sendMessage", chat_id=7, text="hi", reply_markup=KEYBOARD)
        await api(emulator, "setWebhook", url=url)
        for _ in range(5):
            await learner.send("hello")
            await learner.press("help")
        await emulator.all_confirmed()
        assert max(most) == 2
        assert {one.status for one in emulator.deliveries} == {200}


async def test_no_more_queues_move_at_once_than_the_bot_allows():
    in_flight = 0
    most = 0
    gate = asyncio.Event()

    async def answer(body: dict[str, Any]) -> web.Response:
        nonlocal in_flight, most
        in_flight += 1
        most = max(most, in_flight)
        if in_flight == 3:
            gate.set()
        await gate.wait()
        in_flight -= 1
        return web.Response()

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url, max_connections=3)
        for chat in range(1, 21):
            await emulator.user(chat).send("hello")
        await emulator.all_confirmed()
        assert most == 3


async def test_secret_goes_along_and_a_method_in_the_answer_is_carried_out():
    secrets: list[str] = []

    async def answer(body: dict[str, Any]) -> web.Response:
        secrets.append(body["secret"])
        return web.json_response({"method": "sendMessage", "chat_id": 7, "text": "welcome"})

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url, secret_token="open-sesame")
        learner = emulator.user(7)
        await learner.send("/start")
        assert (await learner.wait_for("welcome")).text == "welcome"
        assert secrets == ["open-sesame"]


async def test_setting_the_same_webhook_again_leaves_deliveries_under_way_alone():
    under_way, gate = asyncio.Event(), asyncio.Event()
    taken: list[int] = []

    async def answer(body: dict[str, Any]) -> web.Response:
        taken.append(body["update_id"])
        under_way.set()
        await gate.wait()
        return web.Response()

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url)
        update_id = await emulator.user(7).send("hello")
        await asyncio.wait_for(under_way.wait(), 5)
        await api(emulator, "setWebhook", url=url)
        gate.set()
        await emulator.all_confirmed()
        assert taken == [update_id]


async def test_method_in_the_answer_that_only_asks_is_not_carried_out():
    async def answer(body: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "getMe"})

    async with Emulator.start() as emulator, running_webhook(answer) as url:
        await api(emulator, "setWebhook", url=url)
        await emulator.user(7).send("hello")
        await emulator.all_confirmed()
        assert emulator.calls_of("getMe") == []


async def test_updates_wait_in_order_for_a_bot_that_is_down():
    taken: list[str] = []

    async def answer(body: dict[str, Any]) -> web.Response:
        taken.append(body["message"]["text"])
        return web.Response()

    async with Emulator.start(time_scale=0.001) as emulator:
        async with running_webhook(answer) as url:
            port = int(url.split(":")[2].split("/")[0])
        await api(emulator, "setWebhook", url=url)
        for number in range(5):
            await emulator.user(7).send(str(number))
        await emulator.wait_until(lambda: len(emulator.deliveries) > 2)
        assert {one.status for one in emulator.deliveries} == {None}
        async with running_webhook(answer, port=port):
            await emulator.all_confirmed()
        assert taken == ["0", "1", "2", "3", "4"]


async def test_press_expires_before_a_message_does():
    refused: list[Delivery] = []

    async def answer(body: dict[str, Any]) -> web.Response:
        return web.Response(status=500)

    async with Emulator.start(press_expiry_s=0.4) as emulator, running_webhook(answer) as url:
        learner = emulator.user(7)
        await api(emulator, "sendMessage", chat_id=7, text="hi", reply_markup=KEYBOARD)
        await api(emulator, "setWebhook", url=url)
        message = await learner.send("hello")
        press = await learner.press("help")
        await emulator.wait_until(lambda: press not in emulator.updates.waiting)
        refused = [one for one in emulator.deliveries if one.update_id == press]
        assert len(refused) >= 2
        assert message in emulator.updates.waiting


# What is refused


@pytest.mark.parametrize(
    ("method", "fields", "description"),
    [
        ("sendMessage", {"text": "5 < 8", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "<p>x</p>", "parse_mode": "HTML"}, 'Unsupported start tag "p"'),
        ("sendMessage", {"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "Unmatched end tag"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": " \n"}, "message text is empty"),
        ("sendMessage", {"text": "x", "chat_id": 99}, "chat not found"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "TOO_LONG"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"message_id": 1}, "message to delete not found"),
        ("getFile", {"file_id": "none"}, "invalid file_id"),
        ("sendPhoto", {"caption": "x"}, "there is no photo"),
    ],
)
async def test_bad_call_is_refused(method: str, fields: dict[str, Any], description: str):
    async with Emulator.start() as emulator:
        emulator.user(7)
        answer = await api(emulator, method, **{"chat_id": 7, **fields})
        assert (answer["ok"], answer["error_code"]) == (False, 400)
        assert description in answer["description"]


async def test_lengths_are_counted_in_characters_after_the_markup_is_read():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7)
        await bot.send_message(7, f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
        assert len(learner.inbox[0].text) == 4096
        await bot.send_photo(7, b"\x89PNG", caption=f"<i>{'x' * 1024}</i>", parse_mode="HTML")
        with pytest.raises(BadRequest, match="caption is too long"):
            await bot.send_photo(7, b"\x89PNG", caption="x" * 1025)
        assert len(learner.inbox) == 2


@pytest.mark.parametrize("size", [0, 65])
async def test_data_of_a_button_has_1_to_64_bytes(size: int):
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "x" * size}]]}
    async with Emulator.start() as emulator:
        emulator.user(7)
        answer = await api(emulator, "sendMessage", chat_id=7, text="x", reply_markup=keyboard)
        assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_edit_without_a_change_is_refused_and_one_with_a_change_is_seen():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7)
        sent = await bot.send_message(7, "<b>one</b>", parse_mode="HTML")
        with pytest.raises(BadRequest, match=r"[Mm]essage is not modified"):
            await sent.edit_text("<strong>one</strong>", parse_mode="HTML")
        with pytest.raises(BadRequest, match=r"[Mm]essage is not modified"):
            await sent.edit_reply_markup(None)
        learner.skip()
        await sent.edit_text("two")
        edited = await learner.wait_for("two")
        assert (edited.id, edited.edits) == (sent.message_id, 1)
        await sent.delete()
        assert learner.shown() == []


async def test_press_is_answered_once_known_and_in_time():
    async with Emulator.start(answer_within_s=0) as emulator, running_bot(emulator) as bot:
        await api(
            emulator, "sendMessage", chat_id=emulator.user(7).id, text="hi", reply_markup=KEYBOARD
        )
        await emulator.user(7).press("Help")
        (update,) = await bot.get_updates()
        with pytest.raises(BadRequest, match=r"[Qq]uery is too old"):
            await update.callback_query.answer("late")
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7)
        await api(emulator, "sendMessage", chat_id=7, text="hi", reply_markup=KEYBOARD)
        await learner.press("Help")
        (update,) = await bot.get_updates()
        await update.callback_query.answer("here", show_alert=True)
        assert [(one.text, one.show_alert) for one in learner.answers] == [("here", True)]


async def test_blocked_bot_can_neither_write_nor_edit_until_unblocked():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        emulator.user(7)
        sent = await bot.send_message(7, "one")
        emulator.block(7)
        for call in (
            bot.send_message(7, "two"),
            bot.send_chat_action(7, "typing"),
            sent.edit_text("three"),
        ):
            with pytest.raises(Forbidden):
                await call
        emulator.unblock(7)
        await bot.send_message(7, "two")


async def test_wrong_token_is_unauthorised():
    async with Emulator.start() as emulator:
        with pytest.raises(InvalidToken):
            async with running_bot(emulator, token="1:WRONG"):
                pass


async def test_setting_the_profile_is_accepted_and_kept():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        assert bot.username == "kontor_test_bot"
        await bot.set_my_commands([("help", "Help")], language_code="de")
        await bot.set_my_description("A tutor")
        assert emulator.profile["setMyDescription"] == {"description": "A tutor"}
        answer = await api(emulator, "getStarTransactions")
        assert answer["error_code"] == 404


async def test_above_the_rate_of_a_chat_the_bot_is_told_how_long_to_wait():
    async with Emulator.start(limits=Limits(chat_burst=2), time_scale=100) as emulator:
        emulator.user(7)
        emulator.user(8)
        for _ in range(2):
            assert (await api(emulator, "sendMessage", chat_id=7, text="x"))["ok"]
        refused = await api(emulator, "sendMessage", chat_id=7, text="x")
        assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 100})
        assert (await api(emulator, "sendMessage", chat_id=8, text="x"))["ok"]
        assert len(emulator.user(7).inbox) == 2


async def test_all_chats_together_have_a_rate():
    async with Emulator.start(limits=Limits(per_second=5), time_scale=100) as emulator:
        answers = [
            await api(emulator, "sendMessage", chat_id=emulator.user(chat).id, text="x")
            for chat in range(1, 7)
        ]
        assert [answer["ok"] for answer in answers] == [True] * 5 + [False]


def test_after_the_wait_the_bot_may_go_on():
    rates = Rates(Limits(chat_burst=1), time_scale=0.5)
    rates.admit(7, now=10.0)
    with pytest.raises(Refusal) as refused:
        rates.admit(7, now=10.4)
    assert refused.value.retry_after == 1
    rates.admit(7, now=10.5)


def test_group_has_twenty_messages_a_minute():
    rates = Rates(Limits(), time_scale=1)
    for second in range(20):
        rates.admit(-100, now=float(second) / 100)
    with pytest.raises(Refusal, match="retry after 3"):
        rates.admit(-100, now=0.2)


# People


async def test_waiting_in_vain_says_what_came_instead():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7)
        await bot.send_message(7, "Guten Tag")
        with pytest.raises(TimeoutError, match="'Bonjour'; new ones: \\['Guten Tag'\\]"):
            await learner.wait_for("Bonjour", timeout=0.05)
        assert (await learner.wait_for("Guten Tag", timeout=1)).text == "Guten Tag"
        with pytest.raises(TimeoutError):
            await learner.wait_for("Guten Tag", timeout=0.05)


async def test_press_finds_the_last_message_with_the_button_or_lists_what_there_is():
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        learner = emulator.user(7)
        for text in ("old", "new"):
            await api(emulator, "sendMessage", chat_id=7, text=text, reply_markup=KEYBOARD)
        await learner.press("help")
        await learner.press("help", message=learner.inbox[0])
        with pytest.raises(LookupError, match="Help"):
            await learner.press("End")
        pressed = [one.callback_query.message.text for one in await bot.get_updates()]
        assert pressed == ["new", "old"]


async def test_button_of_the_keyboard_below_is_written_as_text():
    keyboard = {"keyboard": [["Show my task"]]}
    async with Emulator.start() as emulator, running_bot(emulator) as bot:
        emulator.user(7)
        await api(emulator, "sendMessage", chat_id=7, text="hi", reply_markup=keyboard)
        await emulator.user(7).press("Show my task")
        (update,) = await bot.get_updates()
        assert update.message.text == "Show my task"


# Markup


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a & b &amp; &lt;c&gt; &nbsp; &#8364; &#x20AC;", "a & b & <c> &nbsp; € €"),
        ('<a href="https://x.org" title="t">x</a>', "x"),
        ('<span class="tg-spoiler">x</span>', "x"),
        ('<pre><code class="language-python">x</code></pre>', "x"),
        ("<B>x</b >", "x"),
        ("<blockquote expandable>x</blockquote>", "x"),
    ],
)
def test_markup_telegram_accepts(source: str, text: str):
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    "source",
    [
        "<",
        "a < b",
        "<b",
        "<b>x",
        "x</b>",
        "<b>x</i>",
        "<br>",
        "<br/>",
        "<span>x</span>",
        "<b>x</b",
        "<3",
        "<>",
        '<a href="x>y</a>',
    ],
)
def test_markup_telegram_refuses(source: str):
    with pytest.raises(MarkupError, match="can't parse entities"):
        parse_html(source)


def test_offsets_of_entities_count_utf_16_units():
    _, entities = parse_html('😀<b>你<i>好</i></b> <a href="https://x.org">x</a>')
    assert entities == [
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "italic", "offset": 3, "length": 1},
        {"type": "text_link", "offset": 5, "length": 1, "url": "https://x.org"},
    ]


# A process of its own


async def test_emulator_runs_by_itself_and_is_driven_over_http(tmp_path: Any):
    log = tmp_path / "calls.jsonl"
    command = [sys.executable, "-m", "tests.emulator", "--log", str(log)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[1]
    )
    assert process.stdout is not None
    url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
    async with aiohttp.ClientSession() as session:
        await session.post(f"{url}/control/7/send", json={"text": "hello"})
        sent = await session.post(
            f"{url}/bot{TOKEN}/sendMessage",
            json={"chat_id": 7, "text": "hi", "reply_markup": KEYBOARD},
        )
        assert (await sent.json())["ok"]
        await session.post(f"{url}/control/7/press", json={"button": "Help"})
        inbox = await (await session.get(f"{url}/control/7/inbox")).json()
        assert [one["text"] for one in inbox] == ["hi"]
        updates = await (await session.get(f"{url}/bot{TOKEN}/getUpdates")).json()
        assert [len(updates["result"]), len(log.read_text().splitlines())] == [2, 2]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0
