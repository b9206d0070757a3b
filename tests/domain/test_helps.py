"""Which help a learner gets: less and less as the band rises, and never a phrase too many."""

from itertools import pairwise

import pytest

from bot.domain.helps import (
    HELPS,
    MOVES_AT_ONCE,
    TABLE_EVERY,
    Helps,
    Move,
    Phrases,
    is_table_due,
    moves_for,
)
from bot.domain.hints import Reason
from bot.domain.languages import Band, Language
from bot.domain.talk import Talk
from tests.shipped import shipped


def strength(helps: Helps) -> tuple[int, bool, bool, bool]:
    """The four helps of a band, each the greater the more it helps."""
    phrases = [Phrases.NONE, Phrases.MOVES, Phrases.ASKED, Phrases.UNASKED]
    return (
        phrases.index(helps.phrases),
        helps.table_every is not None,
        helps.table_has_points,
        helps.calculation_has_button,
    )


def test_every_band_has_its_helps() -> None:
    assert set(HELPS) == set(Band)


def test_no_help_comes_back_once_it_has_faded() -> None:
    strengths = [strength(HELPS[band]) for band in Band]
    for easier, harder in pairwise(strengths):
        assert all(a >= b for a, b in zip(easier, harder, strict=True))
        assert easier != harder


@pytest.mark.parametrize(
    ("band", "turns"),
    [(Band.A2, [3, 6, 9]), (Band.B1, [3, 6, 9]), (Band.B2, []), (Band.C1, [])],
)
def test_table_comes_unasked_every_third_turn_to_beginners(band: Band, turns: list[int]) -> None:
    assert TABLE_EVERY == 3
    assert [turn for turn in range(11) if is_table_due(band, turn)] == turns


def test_talk_begins_with_thanks_and_a_question() -> None:
    assert moves_for(Talk(), Reason.OPEN) == (Move.THANK, Move.ASK_PRIORITIES)


@pytest.mark.parametrize("reason", Reason)
def test_moves_are_few_and_change_from_turn_to_turn_where_there_are_more(reason: Reason) -> None:
    shown = [moves_for(Talk(turn=turn), reason) for turn in range(1, 9)]
    assert {len(moves) for moves in shown} == {MOVES_AT_ONCE}
    assert all(len(set(moves)) == len(moves) for moves in shown)
    assert (len(set(shown)) > 1) == (reason is Reason.APART)


def test_every_move_is_shown_at_some_time() -> None:
    shown = {
        move
        for reason in Reason
        for turn in range(9)
        for move in moves_for(Talk(turn=turn), reason)
    }
    assert shown == set(Move)


def test_every_move_has_a_model_sentence_of_its_own_in_every_language() -> None:
    moves = shipped().moves
    assert set(moves) == set(Move)
    for language in Language:
        sentences = [moves[move][language] for move in Move]
        assert all(sentences)
        assert len(set(sentences)) == len(sentences)
