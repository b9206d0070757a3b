"""Labels on a crowded picture: each beside its point, none on another."""

from math import pi

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.render.labels import Box, Wanted, along, place, spaced

FRAME = Box(x=500, y=500, width=1000, height=1000)


def want(x: float, y: float, width: float = 15) -> Wanted:
    return Wanted(x=x, y=y, width=width, height=24, towards=pi / 4)


def mark(x: float, y: float) -> Box:
    return Box(x=x, y=y, width=18, height=18)


def test_label_of_a_lonely_point_goes_where_it_is_wanted() -> None:
    (placed,) = place([want(500, 500)], frame=FRAME, points=[mark(500, 500)], lines=[])
    assert placed.box.x > 500 and placed.box.y > 500
    assert not placed.is_far
    assert not placed.box.overlaps(mark(500, 500))


def test_label_stays_within_the_picture() -> None:
    (placed,) = place([want(995, 995, 60)], frame=FRAME, points=[], lines=[])
    assert placed.box.is_within(FRAME)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(2, 18), st.integers(2, 18)), min_size=1, max_size=12, unique=True
    )
)
def test_labels_of_points_apart_hide_neither_points_nor_each_other(
    cells: list[tuple[int, int]],
) -> None:
    places = [(50.0 * x, 50.0 * y) for x, y in cells]
    points = [mark(x, y) for x, y in places]
    placed = place([want(x, y) for x, y in places], frame=FRAME, points=points, lines=[])
    boxes = [one.box for one in placed]
    assert not any(box.overlaps(point) for box in boxes for point in points)
    assert not any(
        box.overlaps(other) for number, box in enumerate(boxes) for other in boxes[:number]
    )


def test_label_keeps_off_a_line_where_it_can() -> None:
    lines = list(along([(0, 0), (1000, 1000)]))
    (placed,) = place([want(500, 500)], frame=FRAME, points=[mark(500, 500)], lines=lines)
    assert not any(placed.box.overlaps(line) for line in lines)


def test_label_far_from_its_point_is_tied_to_it() -> None:
    crowd = [mark(500 + 18 * dx, 500 + 18 * dy) for dx in range(-3, 4) for dy in range(-3, 4)]
    (placed,) = place([want(500, 500)], frame=FRAME, points=crowd, lines=[])
    assert placed.is_far


def test_of_places_close_together_the_first_and_the_last_keep_their_labels() -> None:
    assert spaced([(10.0 * n, 0) for n in range(8)], apart_px=25) == (0, 3, 7)
    assert spaced([(100.0 * n, 0) for n in range(4)], apart_px=25) == (0, 1, 2, 3)
    assert spaced([(5, 5)], apart_px=25) == (0,)
    assert spaced([(0, 0), (1, 1)], apart_px=25) == (0, 1)
    assert spaced([], apart_px=25) == ()


def test_line_to_a_label_ends_at_its_edge() -> None:
    box = Box(x=0, y=0, width=20, height=10)
    assert box.edge_towards(100, 0) == (10, 0)
    assert box.edge_towards(0, -50) == (0, -5)
    assert box.edge_towards(40, 40) == (5, 5)
