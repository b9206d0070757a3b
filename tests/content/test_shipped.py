"""Everything that is shipped: one test per file, and totals that only grow."""

from pathlib import Path

import pytest

from bot.domain.deal import Side
from bot.domain.languages import Language
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("dialogues", "lexicons")
    for path in (ROOT / folder).rglob("*.yaml")
)
DEALS = sorted(
    id for id, one in shipped().exercises.items() if one.versions[Language.EN].deal.issues
)
CONVERSATIONS = sorted(set(shipped().exercises) - set(DEALS))


@pytest.mark.parametrize("path", FILES)
def test_shipped_file_has_no_problems(path: str) -> None:
    assert [str(problem) for problem in shipped().problems if problem.path == path] == []


def test_totals() -> None:
    library = shipped()
    phrases = {language: sum(map(len, library.speech[language].values())) for language in Language}

    assert {"desk_lamp"} <= set(library.exercises)
    assert len(CONVERSATIONS) >= 4
    assert len({shipped().exercises[id].competence for id in CONVERSATIONS}) >= 4
    assert min(phrases.values()) >= 450
    assert sum(len(lexicon.concepts) for lexicon in library.lexicon.values()) >= 40


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("id", DEALS)
def test_no_side_has_to_lose_for_the_other_to_win(id: str, language: Language) -> None:
    """A deal worth teaching: trading across issues beats splitting every difference."""
    deal = shipped().exercises[id].versions[language].deal
    best = deal.nash

    assert best.learner >= deal.learner_reservation + 10
    assert best.buyer >= deal.buyer_reservation + 10
    assert deal.best_for_learner.learner < max(o.learner for o in deal.outcomes)
    assert deal.payoff(Side.BUYER, deal.best_for_learner.offer) >= deal.buyer_reservation
