"""The deal map: all outcomes as points, the frontier, both paths of offers, the agreement.

Draws what it is given; what an outcome is worth is decided elsewhere. Colours are those of Okabe
and Ito (2008), which the colour-blind can tell apart; shapes say the same once more.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import hypot, pi
from pathlib import Path
from threading import Lock
from typing import Any

import matplotlib as mpl
import noto_cjk_sans_otc
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import Polygon, Rectangle
from matplotlib.patheffects import withStroke

from bot.channels.render.labels import Box, Placed, Wanted, along, place, spaced
from bot.domain.deal import Deal, Outcome, Side

mpl.use("Agg")

WIDTH_IN, HEIGHT_IN, DPI = 6.0, 6.0, 180  # 1080 px square: a phone's width
GREY, BLACK, PALE = "#b8bec6", "#1f2933", "#eef5f1"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
FONT = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
TURN_PT, SUM_PT = 10.0, 11.0  # sizes of labels: read at a third of the size, on a phone
MARK_PX, STAR_PX = 18.0, 44.0  # widths of the marks that labels keep off
NEAR_PX = 80.0  # below it the marks of agreement and swap would hide the arrow between them
APART_PX = 26.0  # stops nearer to each other share a label
_TURNED = {Side.LEARNER: pi / 4, Side.BUYER: -3 * pi / 4}  # labels: right above, left below

_pen = Lock()  # matplotlib's font machinery is not thread-safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One offer on a path."""

    turn: int
    side: Side
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMap:
    """Everything that is drawn."""

    deal: Deal
    stops: tuple[Stop, ...]
    agreement: Outcome | None
    sum: str
    """What it is worth to both, in words."""
    swap: Outcome | None
    words: Mapping[str, str]
    """The labels, by the keys under ``map`` in the message files."""
    title: str


def draw(deal_map: DealMap) -> bytes:
    """The map as a PNG of 1080 x 1080 pixels."""
    with _pen:
        figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI, facecolor="white")
        axes = figure.add_axes((0.12, 0.2, 0.84, 0.72))
        _ground(axes, deal_map)
        _paths(axes, deal_map)
        _frame(figure, axes, deal_map)
        _marks(axes, deal_map)
        _write(axes, deal_map)
        _legend(figure, axes)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png")
        return buffer.getvalue()


@cache
def _font() -> FontProperties:
    fontManager.addfont(FONT)
    return FontProperties(fname=str(FONT))


def _xy(outcomes: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    return [float(o.learner) for o in outcomes], [float(o.buyer) for o in outcomes]


def _ground(axes: Axes, deal_map: DealMap) -> None:
    deal, words = deal_map.deal, deal_map.words
    axes.scatter(*_xy(deal.outcomes), s=7, color=GREY, label=words["outcomes"], zorder=1)
    axes.plot(*_xy(deal.frontier), color=BLACK, linewidth=1.4, label=words["frontier"], zorder=2)
    limit = float(deal.learner_reservation), float(deal.buyer_reservation)
    zone = Polygon([*zip(*_xy(deal.frontier), strict=True), limit], color=PALE, linewidth=0)
    axes.add_patch(zone)
    gain = Rectangle(limit, 1000, 1000, transform=axes.transData)  # points, far beyond the map
    zone.set_clip_path(gain)
    zone.set_zorder(0)
    limits: dict[str, Any] = {"color": GREY, "linewidth": 1.0, "linestyle": "--", "zorder": 1}
    axes.axvline(float(deal.learner_reservation), label=words["limits"], **limits)
    axes.axhline(float(deal.buyer_reservation), **limits)


def _paths(axes: Axes, deal_map: DealMap) -> None:
    styles = {
        Side.LEARNER: (BLUE, "o", deal_map.words["your_offers"]),
        Side.BUYER: (ORANGE, "s", deal_map.words["buyer_offers"]),
    }
    for side, (colour, marker, label) in styles.items():
        x, y = _xy([stop.outcome for stop in deal_map.stops if stop.side is side])
        if x:
            axes.plot(x, y, color=colour, marker=marker, markersize=6, linewidth=1.2, label=label)


def _marks(axes: Axes, deal_map: DealMap) -> None:
    nash, words = deal_map.deal.nash, deal_map.words
    axes.scatter(*_xy([nash]), marker="D", s=46, color=PURPLE, label=words["nash"], zorder=4)
    if deal_map.agreement is None:
        return
    axes.scatter(
        *_xy([deal_map.agreement]),
        marker="*",
        s=320,
        color=GREEN,
        edgecolor="white",
        label=words["agreement"],
        zorder=6,
    )
    if deal_map.swap is None:
        return
    axes.scatter(
        *_xy([deal_map.swap]), marker="P", s=70, color=GREEN, label=words["swap"], zorder=5
    )
    _arrow(axes, deal_map.agreement, deal_map.swap)


def _arrow(axes: Axes, agreement: Outcome, swap: Outcome) -> None:
    """From the agreement to the swap; over their marks where these would hide it."""
    (x0, y0), (x1, y1) = (_pixel(axes, outcome) for outcome in (agreement, swap))
    is_near = hypot(x1 - x0, y1 - y0) < NEAR_PX
    axes.annotate(
        "",
        xy=(x1, y1),
        xytext=(x0, y0),
        xycoords="figure pixels",
        textcoords="figure pixels",
        arrowprops={
            "arrowstyle": "-|>",
            "color": BLACK if is_near else GREEN,
            "linewidth": 1.6 if is_near else 2.0,
            "mutation_scale": 11 if is_near else 16,
            "shrinkA": 0,
            "shrinkB": 0 if is_near else 4,
            "path_effects": [withStroke(linewidth=3.5, foreground="white")],
        },
        zorder=7,
    )


# --- labels -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    text: str
    outcome: Outcome
    colour: str
    size_pt: float
    towards: float


def _write(axes: Axes, deal_map: DealMap) -> None:
    """The turns on both paths and the points of the agreement, where they hide nothing."""
    labels = list(_labels(axes, deal_map))
    wanted = [_wanted(axes, label) for label in labels]
    corner, opposite = axes.transAxes.transform([(0, 0), (1, 1)])
    middle, size = (corner + opposite) / 2, opposite - corner
    frame = Box(x=middle[0], y=middle[1], width=size[0], height=size[1])
    points = [_box(axes, stop.outcome, MARK_PX) for stop in deal_map.stops]
    points += [_box(axes, deal_map.deal.nash, MARK_PX)]
    points += [_box(axes, o, STAR_PX) for o in (deal_map.agreement, deal_map.swap) if o]
    lines = [box for path in _lines(axes, deal_map) for box in along(path)]
    places = place(wanted, frame=frame, points=points, lines=lines)
    for label, one in zip(labels, places, strict=True):
        _put(axes, label, one)


def _labels(axes: Axes, deal_map: DealMap) -> Iterator[_Label]:
    agreed = deal_map.agreement
    if agreed:
        yield _Label(
            text=deal_map.sum, outcome=agreed, colour=GREEN, size_pt=SUM_PT, towards=-pi / 2
        )
    for side, colour in ((Side.LEARNER, BLUE), (Side.BUYER, ORANGE)):
        stops = [stop for stop in deal_map.stops if stop.side is side]
        stays = [(o, list(stay)) for o, stay in groupby(stops, key=lambda stop: stop.outcome)]
        places = [_pixel(axes, outcome) for outcome, _ in stays]
        for number in spaced(places, apart_px=APART_PX):
            outcome, stay = stays[number]
            turns = [stop.turn for stop in stay]
            text = f"{turns[0]}–{turns[-1]}" if len(turns) > 1 else str(turns[0])
            way = _TURNED[side]
            yield _Label(text=text, outcome=outcome, colour=colour, size_pt=TURN_PT, towards=way)


def _wanted(axes: Axes, label: _Label) -> Wanted:
    x, y = _pixel(axes, label.outcome)
    em = label.size_pt * DPI / 72
    width = 0.58 * em * len(label.text)  # a figure of Noto Sans is 0.56 em wide
    return Wanted(x=x, y=y, width=width, height=0.95 * em, towards=label.towards)


def _pixel(axes: Axes, outcome: Outcome) -> tuple[float, float]:
    x, y = axes.transData.transform((float(outcome.learner), float(outcome.buyer)))
    return float(x), float(y)


def _box(axes: Axes, outcome: Outcome, width: float) -> Box:
    x, y = _pixel(axes, outcome)
    return Box(x=x, y=y, width=width, height=width)


def _lines(axes: Axes, deal_map: DealMap) -> Iterator[list[tuple[float, float]]]:
    yield [_pixel(axes, outcome) for outcome in deal_map.deal.frontier]
    for side in Side:
        yield [_pixel(axes, stop.outcome) for stop in deal_map.stops if stop.side is side]
    if deal_map.agreement and deal_map.swap:
        yield [_pixel(axes, outcome) for outcome in (deal_map.agreement, deal_map.swap)]


def _put(axes: Axes, label: _Label, place: Placed) -> None:
    font = _font().copy()
    font.set_size(label.size_pt)
    inverse = axes.transData.inverted()
    x, y = inverse.transform((place.box.x, place.box.y))
    if place.is_far:
        line = [place.box.edge_towards(*_pixel(axes, label.outcome)), _pixel(axes, label.outcome)]
        xs, ys = inverse.transform(line).T
        axes.plot(xs, ys, color=label.colour, linewidth=0.6, zorder=3)
    axes.text(
        x,
        y,
        label.text,
        ha="center",
        va="center_baseline",
        color=label.colour,
        fontproperties=font,
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
        zorder=8,
    )


# --- around it --------------------------------------------------------------------------------


def _frame(figure: Figure, axes: Axes, deal_map: DealMap) -> None:
    plain, large = _font().copy(), _font().copy()
    plain.set_size(10.5)
    large.set_size(12)
    axes.set_xlabel(deal_map.words["you"] + " →", fontproperties=plain)
    axes.set_ylabel(deal_map.words["buyer"] + " →", fontproperties=plain)
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontproperties(plain)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(0.06)
    axes.autoscale_view()
    axes.autoscale(enable=False)
    figure.text(0.12, 0.945, deal_map.title, fontproperties=large, color=BLACK)


def _legend(figure: Figure, axes: Axes) -> None:
    small = _font().copy()
    small.set_size(9)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="lower center",
        ncols=3,  # four are too wide for German
        frameon=False,
        prop=small,
        handletextpad=0.4,
        columnspacing=1.2,
    )
