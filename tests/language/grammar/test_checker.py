"""The checker on a real server: places, many checks at once, a server that is away."""

import asyncio
import socket
import time

import pytest

from bot.domain.feedback import UNCHECKED, Check, FindingKind
from bot.domain.languages import Language
from bot.language.grammar.checker import LanguageToolChecker

pytestmark = pytest.mark.real

# One error in each, and what is wrong in it.
WRONG = {
    Language.EN: ("We can deliver the goods in tow weeks, she have said.", "have"),
    Language.DE: ("Das geht nicht, weil wir haben hohe Kosten.", "haben hohe Kosten"),
    Language.FR: ("Nous sommes d'accord avec cette prix.", "cette prix"),
}


def marked(text: str, check: Check) -> list[str]:
    assert check.findings is not None, "unchecked"
    return [text[finding.start : finding.end] for finding in check.findings]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("before", ["", "😀 ", "👨‍👩‍👧 🇨🇳 𝒳 ", "你好！😀\n\n"])
async def test_places_count_code_points(
    checker: LanguageToolChecker, language: Language, before: str
) -> None:
    wrong, part = WRONG[language]
    text = before + wrong
    assert part in marked(text, await checker.check(text, language, timeout_s=20))


async def test_a_finding_may_itself_hold_an_emoji(checker: LanguageToolChecker) -> None:
    text = "We are are 😀 happy happy 😀 with it."
    for part in marked(text, await checker.check(text, Language.EN, timeout_s=20)):
        assert part in {"are are", "happy happy"}


@pytest.mark.parametrize("count", [2, 20])
async def test_checks_at_once_keep_their_places(checker: LanguageToolChecker, count: int) -> None:
    async def one(number: int) -> tuple[str, list[str]]:
        language = list(Language)[number % 3]
        wrong, part = WRONG[language]
        text = "😀" * number + " " + wrong
        return part, marked(text, await checker.check(text, language, timeout_s=60))

    for part, parts in await asyncio.gather(*map(one, range(count))):
        assert part in parts


@pytest.mark.parametrize("language", Language)
async def test_terms_and_ports_are_right_everywhere(
    checker: LanguageToolChecker, language: Language
) -> None:
    text = {
        Language.EN: "Our price is 8.20 EUR FOB Ningbo for 5000 pieces.",
        Language.DE: "Unser Preis ist 8,20 EUR FOB Ningbo für 5000 Stück.",
        Language.FR: "Notre prix est de 8,20 EUR FOB Ningbo pour 5000 pièces.",
    }[language]
    assert marked(text, await checker.check(text, language, timeout_s=20)) == []


@pytest.mark.parametrize("word", ["colour", "organise", "centre", "favour", "cheque", "catalogue"])
async def test_british_spelling_is_right(checker: LanguageToolChecker, word: str) -> None:
    text = f"The word is {word}."
    assert marked(text, await checker.check(text, Language.EN, timeout_s=20)) == []


async def test_a_misspelt_word_is_a_finding_with_a_better_one(
    checker: LanguageToolChecker,
) -> None:
    check = await checker.check("What quantitiy do you need?", Language.EN, timeout_s=20)
    assert check.findings is not None
    (finding,) = check.findings
    assert finding.kind is FindingKind.SPELLING
    assert "quantity" in finding.fixes
    assert finding.message


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "😀😀😀", "\x00", "a\ud800b", "\u202eabc\u202c", "?" * 4096, "Wort " * 800],
    ids=["empty", "blank", "emoji", "nul", "surrogate", "rtl", "marks", "long"],
)
async def test_no_text_is_too_odd(checker: LanguageToolChecker, text: str) -> None:
    for language in Language:
        check = await checker.check(text, language, timeout_s=60)
        assert check.findings is not None
        assert all(0 <= found.start <= found.end <= len(text) for found in check.findings)


async def test_no_server_means_unchecked() -> None:
    checker = LanguageToolChecker(lambda: None)
    assert await checker.check("She have.", Language.EN, timeout_s=5) == UNCHECKED
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = nobody.getsockname()[1]
        checker = LanguageToolChecker(lambda: f"http://127.0.0.1:{port}")
        assert await checker.check("She have.", Language.EN, timeout_s=5) == UNCHECKED
    checker.close()


async def test_a_hung_server_holds_nobody_up(url: str) -> None:
    with socket.socket() as hung:
        hung.bind(("127.0.0.1", 0))
        hung.listen()  # takes connections and never answers
        urls = [f"http://127.0.0.1:{hung.getsockname()[1]}"]
        checker = LanguageToolChecker(lambda: urls[0])
        began = time.monotonic()
        waiting = [checker.check("She have.", Language.EN, timeout_s=0.5) for _ in range(8)]
        assert await asyncio.gather(*waiting) == [UNCHECKED] * 8
        assert time.monotonic() - began < 1.5
        urls[0] = url
        check = await checker.check("She have it.", Language.EN, timeout_s=5)
        assert marked("She have it.", check) == ["have"]
        checker.close()
