"""What a learner is offered first."""

from bot.domain.choosing import suited
from bot.domain.languages import Band
from tests.shipped import shipped

ALL = shipped().exercises


def bands(band: Band) -> list[Band]:
    return [ALL[id].band for id in suited(ALL.values(), band, ())]


def test_the_own_band_comes_first_then_what_is_easier_then_what_is_harder() -> None:
    found = list(dict.fromkeys(bands(Band.B1)))
    assert found == [Band.B1, Band.A2, Band.B2, Band.C1]
    assert list(dict.fromkeys(bands(Band.A2))) == [Band.A2, Band.B1, Band.B2, Band.C1]


def test_the_second_of_two_twins_waits_for_the_first() -> None:
    before = suited(ALL.values(), Band.B1, ())
    assert "desk_lamp" in before
    assert "thermos_inquiry" not in before
    assert "thermos_inquiry" in suited(ALL.values(), Band.B1, {"desk_lamp"})


def test_everything_is_offered_to_who_has_done_one_of_each() -> None:
    done = suited(ALL.values(), None, ())
    assert sorted(suited(ALL.values(), None, done)) == sorted(ALL)
