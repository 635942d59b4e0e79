"""Comparisons and sums: ranked dots for places, and a waterfall for what changed a population.

The awkward fact: ranking places on hate crime invites "worst" and "best". Dots are therefore one
neutral colour, ours is picked out by weight and a label, and no colour means good or bad.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.letters import wrapped
from dashboard.charts.scale import ticks
from dashboard.charts.template import (
    AXIS_ROOM,
    INK,
    MUTED,
    NAME_GAP,
    NAVY,
    OTHERS,
    SEQUENTIAL,
    Plot,
    Point,
    layout,
    names_room,
    numbered,
    value_axis,
)

ROW_HEIGHT, NAME_LINE = 24, 18  # pixels of a row, and of one line of its name
NAME_WIDTH = 25  # characters: half of a phone's screen, which is all that Plotly gives to names
LONGEST_NAME = 24
STEP_SIZE, STEP_ROOM = 15, 128  # pixels, the letters of a step's name and its longest line


def ranked_dots(
    points: Sequence[Point],
    *,
    chosen: Sequence[str],
    labels: Sequence[str],
    rings: Sequence[Point] = (),
    ranked: bool = True,
) -> Plot:
    """Draw one dot per row, largest or first given on top; `chosen` codes are strong and carry their text of `labels`.

    `rings` are hollow marks on the same rows: the same figure for a place to compare with.
    """
    order = dots_from_below(points, labels, ranked=ranked)
    strong = [p.code in chosen for p, _ in order]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.value for p, _ in order],
        "y": [p.at for p, _ in order],
        "text": [f"<b>{label}</b>" if s and not rings else "" for (_, label), s in zip(order, strong, strict=True)],
        "textposition": "middle right",
        "textfont": {"color": NAVY},
        "hovertext": [p.hover for p, _ in order],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [13 if s else 9 for s in strong],
            "color": [NAVY if s else OTHERS for s in strong],
        },
        "cliponaxis": False,
    }
    places = _places(order, strong, with_labels=bool(rings))
    across = dots_range(points, rings)
    figure = layout(
        height=70 + _row_height(order, with_labels=bool(rings)) * len(points),
        xaxis=value_axis(side="top", tickangle=0, range=across, **numbered(_few(across[1]))),
        yaxis=places,
        margin={"l": names_room(places), "r": 16 if rings else 56, "t": 36, "b": 8},
    )
    return {"data": [_rings(rings), trace] if rings else [trace], "layout": figure}


def dots_from_below(points: Sequence[Point], labels: Sequence[str], *, ranked: bool) -> list[tuple[Point, str]]:
    """Return rows with their labels from the lowest to the top one: by size, or the first given on top."""
    pairs = list(zip(points, labels, strict=True))
    return sorted(pairs, key=lambda pair: pair[0].value or 0) if ranked else pairs[::-1]


def _places(order: Sequence[tuple[Point, str]], strong: Sequence[bool], *, with_labels: bool) -> dict[str, Any]:
    """Return the axis of places, largest on top; beside rings a place's number stands with its name."""
    names = ["<br>".join(_name_lines(p.at, label if with_labels else "")) for p, label in order]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [p.at for p, _ in order],
        "tickvals": [p.at for p, _ in order],
        "ticktext": [f"<b>{n}</b>" if s and not with_labels else n for n, s in zip(names, strong, strict=True)],
        "fixedrange": True,
        "range": [-0.7, len(order) - 0.3],
        "gridcolor": "#F1F2F2",
        "tickfont": {"size": 14},
        "ticklabelstandoff": NAME_GAP,
    }


def _name_lines(name: str, label: str) -> list[str]:
    """Return a row's name in lines short enough for a phone, its number at the end of the last or on one of its own."""
    lines = textwrap.wrap(name, NAME_WIDTH) or [""]
    if not label:
        return lines
    if len(lines[-1]) + len(label) + 2 <= NAME_WIDTH:
        return [*lines[:-1], f"{lines[-1]}  <b>{label}</b>"]
    return [*lines, f"<b>{label}</b>"]


def _row_height(order: Sequence[tuple[Point, str]], *, with_labels: bool) -> int:
    most = max((len(_name_lines(p.at, label if with_labels else "")) for p, label in order), default=1)
    return max(ROW_HEIGHT, NAME_LINE * most + 8)


def _few(high: float) -> list[float]:
    """Return two or three round numbers from 0; two where three long ones would touch on a telephone."""
    numbers = ticks(0, high, most=3) if high > 0 else [0.0, 1.0]
    return numbers[::2] if len(numbers) == 3 and numbers[-1] >= 100 else numbers


def dots_range(points: Sequence[Point], rings: Sequence[Point]) -> list[float]:
    """Return a range from a little below zero, so that a dot at 0 stands clear of the names."""
    values = [p.value for p in (*points, *rings) if p.value is not None]
    low, high = min(0.0, *values), max(0.0, *values) if values else 1.0
    span = (high - low) or 1.0
    return [low - span * 0.03, high + span * 0.06]


def _rings(rings: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [p.value for p in rings],
        "y": [p.at for p in rings],
        "hovertext": [p.hover for p in rings],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 13, "color": "#FFFFFF", "line": {"color": MUTED, "width": 2}, "opacity": 1},
        "cliponaxis": False,
    }


def waterfall(steps: Sequence[Point], *, total: Point, texts: Sequence[str]) -> Plot:
    """Draw the steps that add to `total`, read from top to bottom; `texts` are the signed numbers written beside."""
    every = [*steps, total]
    ends = running_sums([s.value or 0 for s in steps])
    low, high = min(0, *ends), max(0, *ends)
    room = (high - low or 1) * 0.32
    trace = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["relative"] * len(steps) + ["total"],
        "y": [p.at for p in every],
        "x": [p.value for p in every],
        "text": list(texts),
        "textposition": "outside",
        "hovertext": [p.hover for p in every],
        "hoverinfo": "text",
        "cliponaxis": False,
        "connector": {"line": {"color": MUTED, "width": 1}},
        "increasing": {"marker": {"color": NAVY}},
        "decreasing": {"marker": {"color": SEQUENTIAL[2]}},
        "totals": {"marker": {"color": MUTED}},
    }
    names = _steps(every)
    figure = layout(
        height=60 + 52 * len(every),
        xaxis=value_axis(range=[low - room, high + room], nticks=4, tickangle=0, **_by_ones(low - room, high + room)),
        yaxis=names,
        margin={"l": names_room(names), "r": 20, "t": 28, "b": AXIS_ROOM},
        waterfallgap=0.5,
    )
    return {"data": [trace], "layout": figure}


def _by_ones(low: float, high: float) -> dict[str, Any]:
    """Return the words that keep a short axis of counts to whole numbers; nothing for a longer one, which has them."""
    return {"tick0": 0, "dtick": 1} if high - low < 4 else {}


def _steps(steps: Sequence[Point]) -> dict[str, Any]:
    """Return the axis of steps, the first on top, long names in lines that leave a telephone room for the bars."""
    names = ["<br>".join(wrapped(step.at, size=STEP_SIZE, most=STEP_ROOM)) for step in steps]
    words = {"tickvals": [step.at for step in steps], "ticktext": names, "tickfont": {"size": STEP_SIZE}}
    return words | {"autorange": "reversed", "fixedrange": True, "ticklabelstandoff": NAME_GAP}


def running_sums(changes: Sequence[float]) -> list[float]:
    """Return where each change ends, all starting from zero: [2, -1] is [2, 1]."""
    ends, at = [], 0.0
    for change in changes:
        at += change
        ends.append(at)
    return ends


SHAPES: dict[str, tuple[str, str]] = {
    "higher": ("triangle-right", NAVY),
    "similar": ("circle", SEQUENTIAL[2]),
    "lower": ("triangle-left", SEQUENTIAL[3]),
    "": ("circle", OTHERS),
}


@dataclass(frozen=True, kw_only=True)
class Interval:
    """One row of `interval_dots`: a number, its ends where it has any, and the text at the end of the row.

    `verdict` is where the whole row stands beside the benchmark; it chooses a shape and a blue.
    """

    at: str
    code: str
    value: float
    lower: float | None
    upper: float | None
    verdict: str
    label: str
    hover: str


def from_below(rows: Sequence[Interval], *, ranked: bool) -> list[Interval]:
    """Return rows from the lowest line upwards: by value, or in the order given, the first on top."""
    return sorted(rows, key=lambda row: row.value) if ranked else list(rows)[::-1]


def interval_dots(
    rows: Sequence[Interval],
    *,
    chosen: Sequence[str],
    benchmark: float | None,
    benchmark_label: str,
    ranked: bool = True,
) -> Plot:
    """Draw one row per place, largest on top, with its interval, and the benchmark as a labelled line.

    Higher, similar and lower differ in shape and in the words of `label`; the blues only repeat it. Rows that are
    not `ranked` (years) stand in the order given.
    """
    order = from_below(rows, ranked=ranked)
    strong = [row.code in chosen for row in order]
    names, words = _names(order, strong), _names(order, strong, at_the_end=True)
    left, right = (names_room(axis) for axis in (names, words))
    figure = layout(
        height=96 + (ROW_HEIGHT + 2) * len(order),
        xaxis=value_axis(nticks=4, tickangle=0, range=intervals_range(order, benchmark)),
        yaxis=names,
        yaxis2=words,
        margin={"l": left, "r": right, "t": 40, "b": AXIS_ROOM},
    )
    if benchmark is not None:
        figure |= _benchmark(benchmark, benchmark_label)
    return {"data": [_interval_trace(order, strong), _second_axis(order)], "layout": figure}


def _interval_trace(order: Sequence[Interval], strong: Sequence[bool]) -> dict[str, Any]:
    """Return the dots, each with its shape and blue, and their intervals as bars through them."""
    ends = [(row.upper, row.lower, row.value) for row in order]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value for row in order],
        "y": [row.at for row in order],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0 if upper is None else upper - value for upper, _, value in ends],
            "arrayminus": [0 if lower is None else value - lower for _, lower, value in ends],
            "color": MUTED,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertext": [row.hover for row in order],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,
            "symbol": [SHAPES[row.verdict][0] for row in order],
            "color": [SHAPES[row.verdict][1] for row in order],
            "size": [16 if s else 11 for s in strong],
            "line": {"color": INK, "width": [2 if s else 0 for s in strong]},
        },
        "cliponaxis": False,
    }


def _second_axis(order: Sequence[Interval]) -> dict[str, Any]:
    """Return an unseen trace: Plotly draws the axis that carries the words only where something stands on it."""
    y = [row.at for row in order]
    return {"type": "scatter", "x": [row.value for row in order], "y": y, "yaxis": "y2", "opacity": 0} | {
        "mode": "markers",
        "hoverinfo": "skip",
    }


def _names(order: Sequence[Interval], strong: Sequence[bool], *, at_the_end: bool = False) -> dict[str, Any]:
    """Return the axis of places, or the one opposite with each row's number and word."""
    texts = [row.label if at_the_end else _in_two(row.at) for row in order]
    axis: dict[str, Any] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [row.at for row in order],
        "tickvals": [row.at for row in order],
        "ticktext": [f"<b>{text}</b>" if s else text for text, s in zip(texts, strong, strict=True)],
        "fixedrange": True,
        "range": [-0.7, len(order) - 0.3],
        "gridcolor": "#F1F2F2",
        "tickfont": {"size": 13},
        "ticklabelstandoff": NAME_GAP,
    }
    return axis | {"overlaying": "y", "side": "right", "showgrid": False} if at_the_end else axis


def _in_two(name: str) -> str:
    """Break a long name in two lines near its middle, so that a telephone keeps room for the dots."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if len(name) <= LONGEST_NAME or not spaces:
        return name
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def intervals_range(order: Sequence[Interval], benchmark: float | None) -> list[float]:
    """Return a range that holds every interval and the benchmark, from zero, or from near the lowest of a scale."""
    every = [end for row in order for end in (row.value, row.lower, row.upper) if end is not None]
    every += [] if benchmark is None else [benchmark]
    low, high = min(every, default=0.0), max(every, default=1.0)
    start = low if low > 0 and (high - low) < 0.2 * high else min(0.0, low)
    span = (high - start) or 1.0
    return [start - span * 0.08, high + span * 0.08]


def _benchmark(value: float, label: str) -> dict[str, Any]:
    line = {"type": "line", "x0": value, "x1": value, "xref": "x", "y0": 0, "y1": 1, "yref": "paper"}
    note = {"x": value, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4, "showarrow": False}
    return {
        "shapes": [line | {"line": {"color": INK, "width": 1.5}, "layer": "below"}],
        "annotations": [note | {"text": f"<b>{label}</b>", "font": {"color": INK, "size": 14}}],
    }
