"""Kontor's own words in the four interface languages, from the files in ``messages/``."""

import string
from collections.abc import Mapping
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import srsly
from babel import Locale

from bot.domain.languages import Interface

FOLDER = Path(__file__).parent / "messages"

Entry = Any  # a text, a map of texts or a pair of texts; the files' shape is tested


class Messages:
    """The message files, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._entries: dict[Interface, Entry] = {
            code: srsly.yaml_loads((folder / f"{code}.yaml").read_text(encoding="utf-8"))
            for code in Interface
        }
        self._locales = {code: Locale.parse(code.value) for code in Interface}

    def text(self, interface: Interface, key: str, **values: object) -> str:
        """The message ``key`` as HTML, its slots filled with escaped ``values``.

        Plural forms are chosen by the value ``n``.

        Raises:
            KeyError: there is no such message.
        """
        filled = {name: escape(str(value), quote=False) for name, value in values.items()}
        return self.frame(interface, key, **{**filled, **_count(values)})

    def frame(self, interface: Interface, key: str, **html: object) -> str:
        """The message ``key`` with its slots filled with HTML as it is."""
        entry = self.entry(interface, key)
        if isinstance(entry, Mapping):
            plural = entry.get(self._form(interface, html.get("n", 0)), entry.get("other"))
            entry = entry.get("text", plural)
        if not isinstance(entry, str):
            raise KeyError(key)
        return string.Formatter().vformat(entry, (), {**html})

    def plain(self, interface: Interface, key: str, **values: object) -> str:
        """The message ``key`` with its slots filled, for places that take no markup."""
        return self.frame(interface, key, **values)

    def counted(self, interface: Interface, key: str, *, n: object, written: str) -> str:
        """The plural form of ``key`` for ``n``, with ``{n}`` filled as ``written``."""
        forms = self.entry(interface, key)
        if not isinstance(forms, Mapping):
            raise KeyError(key)
        form = self._form(interface, n)
        return str(forms.get(form, forms["other"])).replace("{n}", written)

    def entry(self, interface: Interface, key: str) -> Entry:
        """The message ``key`` as it stands in the file; dots lead into maps.

        Raises:
            KeyError: there is no such message.
        """
        entry = self._entries[interface]
        for part in key.split("."):
            if not isinstance(entry, Mapping):
                raise KeyError(key)
            entry = entry[part]
        return entry

    def _form(self, interface: Interface, n: object) -> str:
        number = n if isinstance(n, int | Decimal) else 0
        return str(self._locales[interface].plural_form(number))

    def has(self, interface: Interface, key: str) -> bool:
        """Whether there is such a message."""
        try:
            return bool(self.entry(interface, key))
        except KeyError:
            return False

    def pair(self, interface: Interface, key: str) -> tuple[str, str]:
        """A message that is a pair of texts: a name and what it means."""
        first, second = self.entry(interface, key)
        return str(first), str(second)


def _count(values: Mapping[str, object]) -> dict[str, object]:
    return {"n": values["n"]} if isinstance(values.get("n"), int) else {}
