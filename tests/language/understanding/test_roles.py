"""Every figure has the role its row says, if it stands; whether it does is not asked here."""

from typing import Any

import pytest
import srsly

from bot.domain.languages import Language
from bot.domain.understanding import Context
from bot.language.understanding.marking import mark
from bot.language.understanding.normalise import fold, normalise
from bot.language.understanding.places import place_behind
from bot.language.understanding.roles import Role, assign
from bot.language.understanding.rules import place_names, rules_for
from bot.language.understanding.segments import split
from bot.language.understanding.terms import assemble
from tests.language.understanding.tables import HERE, TODAY, short_terms

TABLE: dict[str, list[list[str]]] = srsly.read_yaml(HERE / "roles.yaml")
ROWS: list[Any] = [
    pytest.param(Language(language), *row, id=f"{language}-{row[0][:60]}")
    for language, rows in TABLE.items()
    for row in rows
]


@pytest.mark.parametrize(("language", "message", "terms"), ROWS)
def test_figures_have_the_roles_of_their_row(language: Language, message: str, terms: str) -> None:
    rules = rules_for(language)
    marked = mark(normalise(message), rules, TODAY)
    sentences = split(marked.text, rules)
    roles: dict[int, Role] = {}
    for sentence in sentences:
        for segment in sentence.segments:
            roles |= assign(marked, sentence, segment, rules, Context())
    found = assemble(marked.figures, roles, [sentence.text for sentence in sentences], rules)
    assert short_terms(found) == {term.strip() for term in terms.split(";") if term.strip()}


@pytest.mark.parametrize("name", place_names())
def test_every_listed_place_is_read_behind_a_code(name: str) -> None:
    rules = rules_for(Language.EN)
    for written in (name, name.lower()):
        text = f"fob {written}"
        assert place_behind(text, fold(text), len("fob"), rules)[1] == name
