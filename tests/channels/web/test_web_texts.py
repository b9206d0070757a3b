"""The page's own words are there for everything that asks for them."""

import re

from bot.channels.web.assets import COMMANDS, STATIC, TEMPLATES
from bot.channels.web.texts import page_texts
from bot.domain.languages import Interface

KEY = re.compile(r"""["'`]((?:[a-z]+\.[a-z_]+)|skip|title|tagline|noscript|unshowable)["'`]""")


def test_every_text_the_page_asks_for_is_there() -> None:
    files = [*STATIC.glob("*.js"), *TEMPLATES.glob("*.html")]
    asked = {key for file in files for key in KEY.findall(file.read_text(encoding="utf-8"))}
    asked -= {key for key in asked if key.endswith((".js", ".css", ".svg"))}
    asked |= {f"command.{command}" for command in COMMANDS}

    assert asked - set(page_texts()[Interface.ZH]) == set()
    assert len(asked) > 30


def test_every_text_takes_the_same_values_in_every_language() -> None:
    texts = page_texts()
    for key in texts[Interface.ZH]:
        values = {tuple(sorted(re.findall(r"{\w+}", texts[lang][key]))) for lang in Interface}
        assert len(values) == 1, key
