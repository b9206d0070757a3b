"""The page's files: the shell, style, modules and icon.

Decides how they are addressed and cached: their address carries a hash of all of them, so they may
be kept for ever. Does not know what is in them.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.channels.web.requests import TEXT_CHARACTERS
from bot.channels.web.texts import HTML_LANG, page_texts
from bot.domain.languages import Interface

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"
FOR_EVER = "public, max-age=31536000, immutable"

COMMANDS = (
    *("menu", "brief", "hint", "table", "calc", "end"),
    *("progress", "weekly", "language", "level", "help"),
)
"""What the page's menu offers, as Telegram's does; the words are ``command.*`` in the texts."""


class Files(StaticFiles):
    """Static files that never change at their address."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOR_EVER
        return response


class Assets:
    """The shell and its files, under one version."""

    def __init__(self) -> None:
        self.files = Files(directory=STATIC)
        self.version = _version()
        self.base = f"/static/{self.version}"
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._modules = sorted(path.name for path in STATIC.glob("*.js") if path.name != "sw.js")

    def shell(self, interface: Interface, *, is_known: bool) -> str:
        """The page before any message."""
        return self._templates.get_template("page.html").render(
            base=self.base,
            modules=self._modules,
            interface=interface.value,
            interfaces=[item.value for item in Interface],
            html_lang=HTML_LANG[interface],
            t=page_texts()[interface],
            is_known=is_known,
            data={
                "texts": {item.value: dict(texts) for item, texts in page_texts().items()},
                "htmlLang": {item.value: lang for item, lang in HTML_LANG.items()},
                "commands": COMMANDS,
                "limit": TEXT_CHARACTERS,
            },
        )

    def worker(self) -> str:
        """The service worker's script, with the files of this version."""
        files = [f"{self.base}/{path.name}" for path in sorted(STATIC.iterdir())]
        head = f"const VERSION = {json.dumps(self.version)};\nconst FILES = {json.dumps(files)};\n"
        return head + (STATIC / "sw.js").read_text(encoding="utf-8")

    def manifest(self, interface: Interface) -> dict[str, object]:
        """What a phone needs to put the page on its home screen."""
        texts = page_texts()[interface]
        return {
            "name": texts["title"],
            "short_name": texts["title"],
            "description": texts["tagline"],
            "lang": HTML_LANG[interface],
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f3f1ec",
            "theme_color": "#0f5c52",
            "icons": [{"src": f"{self.base}/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
        }


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted([*STATIC.iterdir(), *TEMPLATES.iterdir(), _HERE / "texts.yaml"]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
