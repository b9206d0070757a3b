"""What the web channel's addresses answer, over real HTTP."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.channels.web import requests as posted
from bot.domain.languages import Interface
from bot.domain.messages import Button, LearnerSaid, Notice
from tests.channels.web.fakes import ACHT_WOCHE, World
from tests.channels.web.serving import Site

pytestmark = [pytest.mark.deep, pytest.mark.asyncio(loop_scope="session")]

ENTER_KEY = "0123456789abcdef0123456789abcdef"


@pytest_asyncio.fixture(loop_scope="session")
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.address, trust_env=False) as client:
        yield client


async def enter(client: httpx.AsyncClient, **values: object) -> httpx.Response:
    body = {"key": ENTER_KEY, "name": "李娜", "interface": "zh", "start": None, **values}
    return await client.post("/api/enter", json=body)


async def say(client: httpx.AsyncClient, text: str, key: str = "key-0001") -> httpx.Response:
    return await client.post("/api/messages", json={"key": key, "text": text})


# --- coming in --------------------------------------------------------------------------------


async def test_entering_opens_a_chat_with_the_name_and_the_teachers_link(
    site: Site, client: httpx.AsyncClient
) -> None:
    response = await enter(client, name="  李  娜\n", interface="de", start="g_7QX2")

    assert response.status_code == 204
    [incoming] = site.world.desk.taken
    assert incoming.chat == site.world.chat
    assert (incoming.name, incoming.locale) == ("李 娜", "de")
    assert incoming.content.text == "/start g_7QX2"


async def test_the_cookie_is_out_of_reach_of_scripts_and_only_its_hash_is_stored(
    site: Site, client: httpx.AsyncClient
) -> None:
    response = await enter(client)

    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=31536000" in cookie
    token = client.cookies["kontor_key"]
    assert list(site.world.webkeys.chats) == [hashlib.sha256(token.encode()).hexdigest()]


async def test_entering_again_after_a_lost_answer_makes_no_second_learner(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client)
    client.cookies.clear()
    await enter(client)

    assert len(site.world.desk.taken) == 1
    assert len(set(site.world.webkeys.chats.values())) == 1


async def test_a_known_browser_that_enters_again_keeps_its_chat(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client)
    await enter(client, key="f" * 36, start="g_2")

    assert len(site.world.webkeys.chats) == 1
    assert [item.chat for item in site.world.desk.taken] == [site.world.chat] * 2


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\n\t"])
async def test_a_name_is_needed(client: httpx.AsyncClient, name: str) -> None:
    response = await enter(client, name=name)

    assert response.status_code == 400
    assert response.json()["error"] == "name_missing"


async def test_a_start_payload_of_other_characters_is_left_out(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client, start="<b> /help")

    assert site.world.desk.taken[0].content.text == "/start"


# --- talking ----------------------------------------------------------------------------------


async def test_the_same_key_twice_is_one_message(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    first = await say(client, "Guten Tag", key="key-0001")
    second = await say(client, "Guten Tag", key="key-0001")

    assert (first.status_code, second.status_code) == (204, 204)
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_message_is_acknowledged_after_the_desk_has_taken_it(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client)
    site.world.desk.gate = asyncio.Event()
    answer = asyncio.create_task(say(client, "Guten Tag"))
    await asyncio.wait([answer], timeout=0.3)
    assert not answer.done()

    site.world.desk.gate.set()

    assert (await answer).status_code == 204
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_button_reaches_the_desk(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    response = await client.post(
        "/api/messages", json={"key": "key-0001", "action": "language:de"}
    )

    assert response.status_code == 204
    assert site.world.desk.pressed == ["language:de"]


async def test_a_desk_that_fails_is_told_apart_and_may_be_asked_again(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client)
    site.world.desk.failures = 1

    assert (await say(client, "Guten Tag")).status_code == 500
    assert (await say(client, "Guten Tag")).status_code == 204
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_text_that_is_too_long_is_refused_in_clear_words(
    client: httpx.AsyncClient,
) -> None:
    await enter(client)
    client.headers["accept-language"] = "fr-CH, en;q=0.5"
    fits = await say(client, "😀" * 20_000, key="key-0001")
    response = await say(client, "é" * 20_001, key="key-0002")

    assert fits.status_code == 204
    assert response.status_code == 413
    assert response.json()["text"].startswith("Trop long : 20001 caractères, 20000 au maximum")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b'{"key": "key-0001"}', 400, "empty"),
        (b'{"key": "key-0001", "text": " \\n "}', 400, "empty"),
        (b'{"key": "x", "text": "Guten Tag"}', 400, "malformed"),
        (b'{"key": "key-0001", "text": 5}', 400, "malformed"),
        (b'{"key": "key-0001", "action": "%s"}' % (b"a" * 65), 400, "malformed"),
        (b'{"key": "key-0001", "text": "%s"}' % (b"a" * posted.BODY_BYTES), 413, "too_large"),
    ],
)
async def test_odd_bodies_are_refused(
    client: httpx.AsyncClient, body: bytes, status: int, error: str
) -> None:
    await enter(client)
    headers = {"content-type": "application/json"}
    response = await client.post("/api/messages", content=body, headers=headers)

    assert (response.status_code, response.json()["error"]) == (status, error)


async def test_characters_a_database_refuses_are_replaced(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client)
    headers = {"content-type": "application/json"}
    body = b'{"key": "key-0001", "text": "a\\u0000b\\ud83d c \\ud83d\\ude00"}'
    await client.post("/api/messages", content=body, headers=headers)

    assert site.world.desk.said == ["ab\ufffd c 😀"]


async def test_strangers_are_refused(client: httpx.AsyncClient) -> None:
    for path in ("/api/me", "/api/events", "/api/messages", "/pictures/1.png"):
        assert (await client.get(path)).status_code == 401
    client.cookies["kontor_key"] = "guessed"
    assert (await say(client, "Guten Tag")).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_other_sites_cannot_post(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await enter(client)
    body = {"key": "key-0001", "text": "Guten Tag"}

    assert (await client.post("/api/messages", json=body, headers=headers)).status_code == 403
    assert (await client.post("/api/enter", json=body, headers=headers)).status_code == 403


async def test_only_json_is_taken(client: httpx.AsyncClient) -> None:
    await enter(client)
    response = await client.post("/api/messages", data={"key": "key-0001", "text": "Guten Tag"})

    assert response.status_code == 415


async def test_one_chat_cannot_pile_up_work(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    site.world.desk.gate = asyncio.Event()
    posts = [asyncio.create_task(say(client, "x", key=f"key-{n:04}")) for n in range(12)]
    done, _ = await asyncio.wait(posts, return_when=asyncio.FIRST_COMPLETED)
    assert {task.result().status_code for task in done} == {429}

    site.world.desk.gate.set()

    statuses = [response.status_code for response in await asyncio.gather(*posts)]
    assert sorted(statuses) == [204] * 8 + [429] * 4


# --- pages and files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("de-AT", "de"),
        ("es, fr;q=0.5, en;q=0.4", "fr"),
        ("en;q=0.2, de;q=0.9", "de"),
        ("ja", "en"),
        ("", "zh-Hans"),
        ("de;q=nonsense, en;q=0.1", "en"),
    ],
)
async def test_the_shell_speaks_the_browsers_language(
    client: httpx.AsyncClient, accept: str, lang: str
) -> None:
    response = await client.get("/", headers={"accept-language": accept})

    assert f'<html lang="{lang}">' in response.text


async def test_the_chosen_language_beats_the_browsers(client: httpx.AsyncClient) -> None:
    client.cookies["kontor_lang"] = "fr"
    response = await client.get("/", headers={"accept-language": "de"})

    assert '<html lang="fr">' in response.text


async def test_every_answer_carries_the_strict_policy(client: httpx.AsyncClient) -> None:
    for path in ("/", "/api/me", "/sw.js", "/nowhere"):
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


async def test_files_are_kept_for_ever_and_the_shell_is_not(client: httpx.AsyncClient) -> None:
    shell = await client.get("/")
    path = shell.text.split('rel="stylesheet" href="')[1].split('"')[0]
    style = await client.get(path)
    again = await client.get(path, headers={"if-none-match": style.headers["etag"]})

    assert "no-cache" in shell.headers["cache-control"]
    assert "immutable" in style.headers["cache-control"]
    assert again.status_code == 304


async def test_a_picture_belongs_to_its_chat(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    row = site.world.notice("picture")
    first = await client.get(f"/pictures/{row.id}.png")
    await client.get(f"/pictures/{row.id}.png")

    assert first.headers["content-type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert site.world.renderer.drawn == 1
    for path in (f"/pictures/{row.id}-1.png", "/pictures/1.png", f"/pictures/{10**30}.png"):
        assert (await client.get(path)).status_code == 404
    client.cookies.clear()
    await enter(client, key="a" * 32)
    assert (await client.get(f"/pictures/{row.id}.png")).status_code == 404


async def test_older_messages_come_in_portions(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    for n in range(150):
        site.world.notice(str(n))
    newest = (await client.get("/api/messages")).json()["messages"]
    shown = [row["id"] for row in newest]
    portions = []
    older = True
    while older:
        params = {"before": shown[0], "shown": len(shown)}
        answer = (await client.get("/api/messages", params=params)).json()
        ids = [row["id"] for row in answer["messages"]]
        portions.append(len(ids))
        shown = ids + shown
        older = answer["older"]

    assert shown == [row.id for row in site.world.outbox.rows]
    assert portions == [60, 31]


# --- what a row becomes -----------------------------------------------------------------------


async def rows(client: httpx.AsyncClient) -> list[dict[str, object]]:
    return list((await client.get("/api/messages?after=1")).json()["messages"])


async def test_a_row_says_who_speaks_in_which_language(
    site: Site, client: httpx.AsyncClient
) -> None:
    await enter(client, interface="fr")
    await say(client, f"😀 {ACHT_WOCHE} <b>")
    own, buyer, coach = await rows(client)

    assert [own["from"], buyer["from"], coach["from"]] == ["learner", "buyer", "coach"]
    assert (buyer["name"], buyer["lang"], buyer["interface"]) == ("Katrin Vogel", "de", "fr")
    assert own["parts"] == [{"html": f"😀 {ACHT_WOCHE} &lt;b&gt;"}]
    assert buyer["parts"] == [{"html": f"Verstanden: 😀 {ACHT_WOCHE} &lt;b&gt;"}]
    assert buyer["buttons"] == [
        [{"text": "提示", "action": "hint"}, {"text": "结束", "action": "end"}]
    ]
    assert (coach["kind"], coach["key"], coach["lang"]) == ("Corrections", "key-0001", "fr")
    assert coach["marks"] == [{"start": 7, "end": 12, "kind": "plural", "fixes": ["Wochen"]}]


async def test_a_row_that_cannot_be_shown_says_so(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    site.world.notice("broken", buttons=((Button(action="x", key="x"),),))
    [row] = await rows(client)

    assert row["parts"] == [{"html": "这条消息无法显示。"}]


async def test_learners_words_need_no_renderer(site: Site, client: httpx.AsyncClient) -> None:
    await enter(client)
    world: World = site.world
    world.outbox.put(world.chat, LearnerSaid(text="Hi", key="k"), interface=Interface.EN)
    world.outbox.put(world.chat, Notice(key="ok"))

    assert [row["text"] for row in await rows(client)] == ["Hi", None]
