"""The page in a real browser: coming in, talking, corrections, buttons, pictures."""

import asyncio
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from bot.domain.messages import Button, LearnerSaid
from tests.channels.web.acting import enter, messages, online, own, own_words, write
from tests.channels.web.browser import new_phone
from tests.channels.web.fakes import ACHT_WOCHE, corrections
from tests.channels.web.serving import Site

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]


async def test_a_stranger_comes_in_and_talks(page: Page, site: Site) -> None:
    await enter(page, site, query="?start=g_7QX2")
    await expect(messages(page).first).to_contain_text("你好，李娜！")
    assert urlsplit(page.url).query == ""
    assert site.world.desk.taken[0].content.text == "/start g_7QX2"

    await write(page, "Guten Tag")

    await expect(own_words(page)).to_have_text("Guten Tag")
    buyer = page.locator(".from-buyer")
    await expect(buyer).to_contain_text("Verstanden: Guten Tag")
    await expect(buyer.locator(".who")).to_have_text("Katrin Vogel买家")
    await expect(buyer.locator(".avatar")).to_have_text("KV")
    await expect(buyer.locator(".content")).to_have_attribute("lang", "de")
    assert site.world.desk.said == ["Guten Tag"]


async def test_a_name_is_asked_for(page: Page, site: Site) -> None:
    await page.goto(site.address)
    await page.get_by_role("button", name="开始").click()

    await expect(page.get_by_role("alert")).to_have_text("请写下你的名字。")
    await expect(page.get_by_label("你的名字")).to_be_focused()
    assert site.world.desk.taken == []


async def test_the_entry_speaks_the_language_chosen(page: Page, site: Site) -> None:
    await page.goto(site.address)
    await page.get_by_role("radio", name="Français").check()
    await page.get_by_label("Votre nom").fill("Li Na")
    await page.get_by_role("button", name="Commencer").click()

    await expect(messages(page)).to_have_count(1)
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert site.world.desk.taken[0].locale == "fr"
    await page.reload()
    await expect(page.get_by_placeholder("Écrire un message…")).to_be_visible()


async def test_the_language_can_be_changed_in_the_talk(page: Page, site: Site) -> None:
    await enter(page, site)
    await page.get_by_label("界面语言").last.select_option("de")

    await expect(page.get_by_placeholder("Nachricht schreiben …")).to_be_visible()
    await expect(messages(page).last).to_contain_text("pressed interface:de")
    assert site.world.desk.pressed == ["interface:de"]


async def test_a_known_visitor_who_follows_a_link_joins_once(page: Page, site: Site) -> None:
    await enter(page, site)
    await page.goto(site.address + "/?start=g_AB")
    await expect(messages(page)).to_have_count(2)
    await page.reload()
    await online(page)

    said = [item.content.text for item in site.world.desk.taken]
    assert said == ["/start", "/start g_AB"]


async def test_corrections_are_marked_at_their_place_behind_an_emoji(
    page: Page, site: Site
) -> None:
    await enter(page, site)
    await write(page, f"Hallo 😀👩‍💼, in {ACHT_WOCHE}, ja?")
    mark = own(page).locator("mark")
    await expect(mark).to_have_text("Woche")
    await expect(own_words(page)).to_have_text(f"Hallo 😀👩‍💼, in {ACHT_WOCHE}, ja?")
    await expect(mark).to_have_accessible_name("“Woche” → “Wochen”")

    await mark.click()

    await expect(own(page).locator(".fix-words")).to_have_text("“Woche” → “Wochen”")
    await own(page).get_by_role("button", name="查看说明").click()
    await expect(page.locator(".from-coach").last).to_be_focused()
    await mark.press("Enter")
    await expect(own(page).locator(".fix")).to_have_count(0)


async def test_late_corrections_find_their_message_after_a_reload(page: Page, site: Site) -> None:
    await enter(page, site)
    await write(page, "Guten Tag")
    await write(page, "Ja")
    await expect(messages(page)).to_have_count(5)
    await page.reload()
    text, key = f"{ACHT_WOCHE}, bitte", "sent-before"
    site.world.outbox.put(site.world.chat, LearnerSaid(text=text, key=key))
    site.world.outbox.put(site.world.chat, corrections(text, key))

    await expect(own(page).last.locator("mark")).to_have_text("Woche")
    await expect(own(page).locator("mark")).to_have_count(1)


async def test_marks_of_another_text_are_not_put_anywhere(page: Page, site: Site) -> None:
    await enter(page, site)
    await write(page, "Guten Tag")
    key = site.world.desk.taken[-1].key
    site.world.outbox.put(site.world.chat, corrections(f"{ACHT_WOCHE}, bitte", key))
    await expect(messages(page)).to_have_count(4)

    await expect(own(page).locator("mark")).to_have_count(0)
    await expect(own_words(page)).to_have_text("Guten Tag")


async def test_buttons_are_pressed_once_and_fade_when_the_talk_goes_on(
    page: Page, site: Site
) -> None:
    await enter(page, site)
    chosen = page.get_by_role("button", name="Deutsch")
    await expect(page.locator(".choices.past")).to_have_count(0)
    site.world.desk.gate = asyncio.Event()
    await chosen.click()
    await chosen.click()
    site.world.desk.gate.set()

    await expect(messages(page).last).to_contain_text("pressed language:de")
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    assert site.world.desk.pressed == ["language:de"]
    site.world.notice("Und jetzt?", buttons=((Button(action="band:B1", key="B1"),),))
    await expect(page.locator(".choices.past").get_by_text("Deutsch")).to_be_visible()
    await expect(page.locator(".choices:not(.past)").get_by_text("B1")).to_be_visible()


async def test_old_buttons_still_reach_the_desk(page: Page, site: Site) -> None:
    await enter(page, site)
    await write(page, "Guten Tag")
    old = page.locator(".choices.past").get_by_role("button", name="English")
    await expect(page.locator(".choices:not(.past)").get_by_text("提示")).to_be_visible()

    await old.click()

    await expect(messages(page).last).to_contain_text("pressed language:en")


async def test_pictures_have_words_and_can_be_enlarged(page: Page, site: Site) -> None:
    await enter(page, site)
    site.world.notice("picture", buttons=((Button(action="x", key="X"),),))
    image = page.get_by_role("img", name="Deal map")
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 640)
    await image.click()

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await expect(dialog.locator("#zoom-caption")).to_have_text("Deal map")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_the_menu_speaks_commands(page: Page, site: Site) -> None:
    await enter(page, site)
    await page.get_by_role("button", name="菜单").click()
    await page.get_by_role("menuitem", name="我的进步").click()

    await expect(own_words(page)).to_have_text("我的进步")
    await expect(messages(page)).to_have_count(3)
    assert site.world.desk.said == ["/progress"]


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=\"document.title='owned'\">",
        "<script>document.title='owned'</script>",
        "</div><svg onload=document.title='owned'>",
        "javascript:document.title='owned'",
    ],
)
async def test_what_looks_like_html_is_shown_as_typed(page: Page, site: Site, attack: str) -> None:
    await enter(page, site, name=attack[:60])
    await write(page, attack)

    await expect(own_words(page)).to_have_text(attack)
    await expect(page.locator(".from-buyer .words")).to_have_text(f"Verstanden: {attack}")
    await page.reload()
    await expect(own_words(page)).to_have_text(attack)
    assert await page.title() == "Kontor"


async def test_a_renderers_slip_cannot_bring_in_more_than_words(page: Page, site: Site) -> None:
    await enter(page, site)
    site.world.notice(
        "<b onclick=alert(1)>fett</b><img src=x onerror=alert(1)>"
        "<a href='javascript:alert(1)'>hier</a><a href='https://example.org/'>dort</a>"
    )
    words = messages(page).last.locator(".words")

    await expect(words).to_have_text("fetthierdort")
    assert await words.inner_html() == (
        '<b>fett</b><a>hier</a><a href="https://example.org/" target="_blank" '
        'rel="noopener noreferrer">dort</a>'
    )


async def test_nothing_is_loaded_from_another_host(page: Page, site: Site) -> None:
    hosts: set[str] = set()
    blocked: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: blocked.append(message.text))
    await enter(page, site)
    await write(page, f"In {ACHT_WOCHE}")
    site.world.notice("picture")
    await expect(page.get_by_role("img", name="Deal map")).to_be_visible()

    assert hosts == {urlsplit(site.address).netloc}
    assert blocked == []  # nor was anything refused by the page's own policy


async def test_the_page_works_where_http_is_no_secure_context(page: Page, site: Site) -> None:
    lan = site.address.replace("127.0.0.1", "kontor.lan")
    await page.goto(lan)
    assert await page.evaluate("[isSecureContext, typeof crypto.randomUUID]") == [
        False,
        "undefined",
    ]
    await page.get_by_label("你的名字").fill("李娜")
    await page.get_by_role("button", name="开始").click()
    await write(page, "Guten Tag")

    await expect(page.locator(".from-buyer")).to_contain_text("Verstanden: Guten Tag")


async def test_the_typing_sign_shows_while_the_desk_works(page: Page, site: Site) -> None:
    await enter(page, site)
    site.world.desk.gate = asyncio.Event()
    await write(page, "Guten Tag")
    await expect(page.locator("#typing")).to_be_visible()

    site.world.desk.gate.set()

    await expect(page.locator(".from-buyer")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_hidden()


async def test_the_page_follows_the_talk_only_while_one_is_at_its_end(
    page: Page, site: Site
) -> None:
    await enter(page, site)
    for n in range(30):
        site.world.buyer_says(f"Satz {n}\n\nnoch eine Zeile")
    await expect(messages(page)).to_have_count(31)
    chip = page.locator("#to-end")
    await chip.click()
    await expect(chip).to_be_hidden()
    await page.locator("#scroll").evaluate("view => view.scrollTop = 0")
    await expect(chip).to_have_text("回到最新消息")
    site.world.buyer_says("Der letzte Satz")

    await expect(chip).to_have_text("新消息 (1)")
    assert await page.locator("#scroll").evaluate("view => view.scrollTop") == 0
    await chip.click()
    await expect(chip).to_be_hidden()
    await expect(messages(page).last).to_be_in_viewport()


async def test_older_messages_are_shown_on_request(page: Page, site: Site) -> None:
    await enter(page, site)
    for n in range(100):
        site.world.notice(f"Nummer {n}")
    await page.evaluate("localStorage.removeItem('kontor.tail')")
    await expect(messages(page)).to_have_count(101)
    await page.evaluate("localStorage.removeItem('kontor.tail')")
    await page.reload()
    await expect(messages(page)).to_have_count(60)
    await page.get_by_role("button", name="显示更早的消息").click()

    await expect(messages(page)).to_have_count(101)
    await expect(messages(page).first).to_contain_text("你好")
    await expect(page.get_by_role("button", name="显示更早的消息")).to_be_hidden()


async def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, site: Site) -> None:
    context = await new_phone(browser)
    page = await context.new_page()
    await page.goto(site.address)
    assert await overflow(page) == 0
    await enter(page, site, name="Bartholomäus-Maximilian " * 2)
    await write_by_touch(page, f"In {ACHT_WOCHE} " + "Donaudampfschifffahrtsgesellschaft" * 5)
    await expect(page.locator("mark")).to_be_visible()
    await page.locator("mark").tap()
    site.world.notice(
        "<code>" + "x" * 200 + "</code>\n" + "https://example.org/" + "y" * 200,
        buttons=((Button(action="a", key="Eine sehr lange Beschriftung " * 4),) * 3,),
    )
    site.world.notice("picture")
    await expect(page.get_by_role("img", name="Deal map")).to_be_visible()

    assert await overflow(page) == 0
    assert await page.locator("#scroll").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    await context.close()


async def test_on_touch_enter_makes_a_new_line_and_the_button_sends(
    browser: Browser, site: Site
) -> None:
    context = await new_phone(browser)
    page = await context.new_page()
    await enter(page, site)
    field = page.get_by_label("你的消息")
    await field.press_sequentially("Guten Tag")
    await field.press("Enter")
    await field.press_sequentially("Li Na")
    assert site.world.desk.said == []
    await page.get_by_role("button", name="发送").tap()

    await expect(page.locator(".from-buyer")).to_have_count(1)
    assert site.world.desk.said == ["Guten Tag\nLi Na"]
    await context.close()


async def overflow(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def write_by_touch(page: Page, text: str) -> None:
    await page.get_by_label("你的消息").fill(text)
    await page.get_by_role("button", name="发送").tap()
