"""Comparisons with Plotly: ranked dots for places, and dots with intervals beside a benchmark.

The awkward fact: ranking places on hate crime invites "worst" and "best". Dots are therefore one
neutral colour, ours is picked out by weight and a label, and no colour means good or bad.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from dashboard.charts.geometry.dots import (
    HEADING,
    SHAPES,
    dots_from_below,
    dots_range,
    from_below,
    intervals_range,
    place_colours,
)
from dashboard.charts.look import INK, MUTED, NAVY, NO_FIGURE, OTHERS
from dashboard.charts.plotly.axes import AXIS_ROOM, NAME_GAP, Plot, layout, names_room, numbered, value_axis
from dashboard.charts.scale import ticks
from dashboard.charts.spec import Interval, IntervalDots, Point, RankedDots

ROW_HEIGHT, NAME_LINE = 24, 18  # pixels of a row, and of one line of its name
NAME_WIDTH = 25  # characters: half of a phone's screen, which is all that Plotly gives to names
NAME_ALONE = 26  # without a number beside it: the longest name of a police force in Welsh
LONGEST_NAME = 24


def ranked_dots(drawing: RankedDots) -> Plot:
    """Draw one dot per row, largest or first given on top; chosen places are strong and carry their label.

    Rings are hollow marks on the same rows: the same figure for a place to compare with.
    """
    if drawing.places:
        return _grouped_dots(drawing)
    points, rings = drawing.points, drawing.rings
    order = dots_from_below(points, drawing.labels, ranked=drawing.ranked)
    strong = [p.code in drawing.chosen for p, _ in order]
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


def _grouped_dots(drawing: RankedDots) -> Plot:
    """Draw a group of rows for each heading, a row for each of several places, every dot with its number."""
    rows = list(zip(drawing.points, drawing.names, drawing.labels, drawing.places, strict=True))[::-1]
    names = [("<br>".join(_name_lines(name, "")), place) for _, name, _, place in rows]
    axis = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [p.at for p in drawing.points][::-1],
        "tickvals": [p.at for p, *_ in rows],
        "ticktext": [f"<b>{name}</b>" if place == HEADING else name for name, place in names],
        "fixedrange": True,
        "range": [-0.7, len(rows) - 0.3],
        "gridcolor": NO_FIGURE,
        "tickfont": {"size": 14},
        "ticklabelstandoff": NAME_GAP,
    }
    dots = [(p, label, place) for p, _, label, place in rows if place != HEADING]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.value for p, *_ in dots],
        "y": [p.at for p, *_ in dots],
        "text": [f"<b>{label}</b>" if place == 0 else label for _, label, place in dots],
        "textposition": "middle right",
        "textfont": {"color": [place_colours(place)[1] for *_, place in dots]},
        "hovertext": [p.hover for p, *_ in dots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "opacity": 1,
            "size": [12 if place == 0 else 10 for *_, place in dots],
            "color": [place_colours(place)[0] for *_, place in dots],
        },
        "cliponaxis": False,
    }
    across = dots_range(drawing.points, ())
    tallest = max(name.count("<br>") + 1 for name, _ in names)
    figure = layout(
        height=70 + max(ROW_HEIGHT, NAME_LINE * tallest + 8) * len(rows),
        xaxis=value_axis(side="top", tickangle=0, range=across, **numbered(_few(across[1]))),
        yaxis=axis,
        margin={"l": names_room(axis), "r": 60, "t": 36, "b": 8},
    )
    return {"data": [trace], "layout": figure}


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
        "gridcolor": NO_FIGURE,
        "tickfont": {"size": 14},
        "ticklabelstandoff": NAME_GAP,
    }


def _name_lines(name: str, label: str) -> list[str]:
    """Return a row's name in lines short enough for a phone, its number at the end of the last or on one of its own."""
    lines = textwrap.wrap(name, NAME_WIDTH if label else NAME_ALONE) or [""]
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


def interval_dots(drawing: IntervalDots) -> Plot:
    """Draw one row per place, largest on top, with its interval, and the benchmark as a labelled line.

    Rows that are not ranked (years) stand in the order given.
    """
    order = from_below(drawing.rows, ranked=drawing.ranked)
    strong = [row.code in drawing.chosen for row in order]
    names, words = _names(order, strong), _names(order, strong, at_the_end=True)
    left, right = (names_room(axis) for axis in (names, words))
    figure = layout(
        height=96 + (ROW_HEIGHT + 2) * len(order),
        xaxis=value_axis(nticks=4, tickangle=0, range=intervals_range(order, drawing.benchmark)),
        yaxis=names,
        yaxis2=words,
        margin={"l": left, "r": right, "t": 40, "b": AXIS_ROOM},
    )
    if drawing.benchmark is not None:
        figure |= _benchmark(drawing.benchmark, drawing.benchmark_label)
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
        "gridcolor": NO_FIGURE,
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


def _benchmark(value: float, label: str) -> dict[str, Any]:
    line = {"type": "line", "x0": value, "x1": value, "xref": "x", "y0": 0, "y1": 1, "yref": "paper"}
    note = {"x": value, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4, "showarrow": False}
    return {
        "shapes": [line | {"line": {"color": INK, "width": 1.5}, "layer": "below"}],
        "annotations": [note | {"text": f"<b>{label}</b>", "font": {"color": INK, "size": 14}}],
    }
