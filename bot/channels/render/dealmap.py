"""The deal map: all outcomes as points, the frontier, both paths of offers, the agreement.

Draws what it is given; what an outcome is worth is decided elsewhere. Colours are those of Okabe
and Ito (2008), which the colour-blind can tell apart; shapes say the same once more.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import matplotlib as mpl
import noto_cjk_sans_otc
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from bot.domain.deal import Deal, Outcome, Side

mpl.use("Agg")

WIDTH_IN, HEIGHT_IN, DPI = 6.0, 6.0, 180  # 1080 px square: a phone's width
GREY, BLACK = "#b8bec6", "#1f2933"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
FONT = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"

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
        _marks(axes, deal_map)
        _frame(figure, axes, deal_map)
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
    limits: dict[str, Any] = {"color": GREY, "linewidth": 1.0, "linestyle": "--", "zorder": 1}
    axes.axvline(float(deal.learner_reservation), label=words["limits"], **limits)
    axes.axhline(float(deal.buyer_reservation), **limits)


def _paths(axes: Axes, deal_map: DealMap) -> None:
    styles = {
        Side.LEARNER: (BLUE, "o", deal_map.words["your_offers"], (0, 7)),
        Side.BUYER: (ORANGE, "s", deal_map.words["buyer_offers"], (0, -13)),
    }
    for side, (colour, marker, label, offset) in styles.items():
        stops = [stop for stop in deal_map.stops if stop.side is side]
        if not stops:
            continue
        x, y = _xy([stop.outcome for stop in stops])
        axes.plot(x, y, color=colour, marker=marker, markersize=6, linewidth=1.2, label=label)
        for turns, outcome in _labels(stops):
            axes.annotate(
                turns,
                (float(outcome.learner), float(outcome.buyer)),
                xytext=offset,
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=colour,
            )


def _labels(stops: Sequence[Stop]) -> Iterator[tuple[str, Outcome]]:
    """The turns of each stay at one place, in one label: a side may stand still for a while."""
    for outcome, stay in groupby(stops, key=lambda stop: stop.outcome):
        turns = [stop.turn for stop in stay]
        yield (f"{turns[0]}–{turns[-1]}" if len(turns) > 1 else str(turns[0])), outcome


def _marks(axes: Axes, deal_map: DealMap) -> None:
    nash, words = deal_map.deal.nash, deal_map.words
    axes.scatter(*_xy([nash]), marker="D", s=46, color=PURPLE, label=words["nash"], zorder=4)
    if deal_map.agreement is None:
        return
    there = _xy([deal_map.agreement])
    axes.scatter(
        *there,
        marker="*",
        s=320,
        color=GREEN,
        edgecolor="white",
        label=words["agreement"],
        zorder=6,
    )
    if deal_map.swap is None:
        return
    target = (float(deal_map.swap.learner), float(deal_map.swap.buyer))
    arrow = {"arrowstyle": "-|>", "color": GREEN, "linewidth": 2.0, "mutation_scale": 16}
    axes.annotate("", xy=target, xytext=(there[0][0], there[1][0]), arrowprops=arrow, zorder=5)
    axes.scatter(
        *_xy([deal_map.swap]),
        marker="P",
        s=70,
        color=GREEN,
        label=words["swap"],
        zorder=5,
    )


def _frame(figure: Figure, axes: Axes, deal_map: DealMap) -> None:
    small, plain = _font().copy(), _font().copy()
    small.set_size(9)
    plain.set_size(10.5)
    axes.set_xlabel(deal_map.words["you"] + " →", fontproperties=plain)
    axes.set_ylabel(deal_map.words["buyer"] + " →", fontproperties=plain)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(0.06)
    bold = _font().copy()
    bold.set_size(12)
    figure.text(0.12, 0.945, deal_map.title, fontproperties=bold, color=BLACK)
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
