"""The deal map as a picture: its size, that something is on it, and that nothing is cut off."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray

from bot.channels.render import Picture
from bot.domain.languages import Interface
from bot.domain.marks import assess
from bot.domain.messages import Debrief
from bot.domain.talk import Phase, Talk
from tests.channels.render.exhibits import make_attempt, outgoing, played, renderer

SIDE = 1080  # pixels
BLUE, ORANGE, GREEN, PURPLE = (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167)


VERSION = played("conceder").version
TALKS = {
    "deal": played("conceder").last,
    "no deal": played("hard-liner").last,
    "best deal": replace(played("conceder").last, agreement=VERSION.deal.best_for_learner.offer),
    "silence": Talk(phase=Phase.LEFT, turn=1),
}


@cache
def png(name: str, interface: Interface = Interface.ZH) -> bytes:
    debrief = Debrief(attempt=make_attempt(TALKS[name]), examples=())
    picture = renderer().render(outgoing(debrief, interface)).parts[0]
    assert isinstance(picture, Picture)
    return picture.draw()


def pixels(drawn: bytes) -> NDArray[np.int_]:
    """Rows of pixels of red, green and blue, 0 to 255 each."""
    return np.rint(imread(BytesIO(drawn))[:, :, :3] * 255).astype(int)


def count(drawn: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels are of exactly this colour."""
    return int((pixels(drawn) == np.array(colour)).all(axis=2).sum())


def colours(drawn: bytes) -> dict[str, bool]:
    named = {"blue": BLUE, "orange": ORANGE, "green": GREEN, "purple": PURPLE}
    return {name: count(drawn, colour) > 100 for name, colour in named.items()}


@pytest.mark.parametrize("name", TALKS)
def test_map_is_a_png_of_a_phones_width(name: str) -> None:
    drawn = png(name)
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert pixels(drawn).shape == (SIDE, SIDE, 3)


def test_map_of_a_deal_shows_both_paths_and_the_agreement() -> None:
    assert assess(VERSION, TALKS["deal"]).swap is not None
    assert colours(png("deal")) == dict.fromkeys(("blue", "orange", "green", "purple"), True)


def test_map_without_a_deal_shows_no_agreement() -> None:
    assert TALKS["no deal"].phase is Phase.BROKEN_OFF
    assert colours(png("no deal")) == {
        "blue": True,
        "orange": True,
        "green": False,
        "purple": True,
    }


def test_map_of_the_best_deal_shows_no_swap() -> None:
    assert assess(VERSION, TALKS["best deal"]).swap is None
    assert 100 < count(png("best deal"), GREEN) < count(png("deal"), GREEN)


def test_map_of_a_talk_without_offers_shows_no_path() -> None:
    assert colours(png("silence")) == {
        "blue": False,
        "orange": False,
        "green": False,
        "purple": True,
    }


@pytest.mark.parametrize("interface", Interface)
def test_nothing_is_cut_off_at_the_edge(interface: Interface) -> None:
    drawn = pixels(png("deal", interface))
    edges = (drawn[:3], drawn[-3:], drawn[:, :3], drawn[:, -3:])
    assert [int(edge.min()) for edge in edges] == [255] * 4


def test_words_on_the_map_are_those_of_the_reader() -> None:
    assert len({png("deal", interface) for interface in Interface}) == len(Interface)


def test_same_talk_is_the_same_picture() -> None:
    first = png("deal", Interface.EN)
    png.cache_clear()
    assert png("deal", Interface.EN) == first
