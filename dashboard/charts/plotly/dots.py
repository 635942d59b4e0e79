"""Comparisons with Plotly: ranked dots for places, and dots with intervals beside a benchmark.

The awkward fact: ranking places on hate crime invites "worst" and "best". Dots are therefore one
neutral colour, ours is picked out by weight and a label, and no colour means good or bad.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
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
from dashboard.charts.geometry.few import few_words
from dashboard.charts.geometry.rows import names_go_above
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.look import INK, MUTED, NAVY, NO_FIGURE, OTHERS
from dashboard.charts.plotly.axes import (
    ABOVE_LEFT,
    AXIS_ROOM,
    NAME_GAP,
    TICK,
    Plot,
    layout,
    names_above,
    names_room,
    numbered,
    value_axis,
)
from dashboard.charts.plotly.few import boxes_on_rows, without_few
from dashboard.charts.plotly.keys import KEY_SIZE, with_keys
from dashboard.charts.scale import Scale, are_whole, fitting
from dashboard.charts.spec import Interval, IntervalDots, Point, RankedDots

ROW_HEIGHT, NAME_LINE = 24, 18  # pixels of a row, and of one line of its name
NAME, SMALL = 14, 13  # pixels, the letters of a name, and of one with a number opposite
NAMES = 0.46  # of the width, at most, for names
MANY, ONE_LINE = 12, 198  # rows of more than that many keep to one line: a name of two would double all their heights
MOST_TICKS = 6
AFTER, BESIDE_RINGS = 14, 16  # pixels from a dot to its number's end beyond the number itself; right of rings
ABOVE, UNDER_NAME = 9, 14  # pixels from the middle of a row to the name above it, and of the row under its name
CLEAR = 6  # pixels between the top row's name and the numbers over it
LONGEST_NAME = 24


def ranked_dots(drawing: RankedDots, *, width: int) -> Plot:
    """Draw one dot per row, largest or first given on top; chosen places are strong and carry their label.

    Rings are hollow marks on the same rows: the same figure for a place to compare with.
    """
    if drawing.places:
        return grouped_dots(drawing, width)[0]
    points, rings = drawing.points, drawing.rings
    order = dots_from_below(points, drawing.labels, ranked=drawing.ranked)
    strong = [p.code in drawing.chosen for p, _ in order]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.drawn_value for p, _ in order],
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
    colours = trace["marker"]["color"]
    trace["marker"] = without_few([p for p, _ in order], trace["marker"])
    labels = [text_width(label, size=15, bold=True) for (_, label), s in zip(order, strong, strict=True) if s]
    dots_layout = _layout(
        [p.at for p, _ in order],
        partial(_names_in_lines, order, strong, with_labels=bool(rings)),
        dots_range(points, rings),
        most=max(width * NAMES, ONE_LINE if len(order) > MANY and not rings else 0),
        right=BESIDE_RINGS if rings else round(max(labels, default=0)) + AFTER,
        whole=are_whole(p.value for p in (*points, *rings)),
        width=width,
        few=few_words(drawing, most=width - 2, size=KEY_SIZE),
        boxes=boxes_on_rows([(row, point) for row, (point, _) in enumerate(order)], colours),
        markers=[_marker(p, row) for row, (p, _) in enumerate(order) if p.value is None and p.marker],
    )
    return {"data": [_rings(rings), trace] if rings else [trace], "layout": dots_layout}


def _marker(point: Point, row: int) -> dict[str, Any]:
    """Write the marker of a figure that may not be told where its dot would stand, on its row from below."""
    where = {"x": 0, "y": row, "xanchor": "left", "xshift": 6}
    return where | {"text": point.marker, "showarrow": False, "font": {"size": 14, "color": MUTED}}


def grouped_dots(drawing: RankedDots, *widths: int) -> tuple[Plot, ...]:
    """Draw a group of rows for each heading, a row for each of several places, every dot with its number.

    A plot for each width: they share their data, and differ in the room for names.
    """
    rows = list(zip(drawing.points, drawing.names, drawing.labels, drawing.places, strict=True))[::-1]
    dots = [(p, label, place) for p, _, label, place in rows if place != HEADING]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.drawn_value for p, *_ in dots],
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
    colours = trace["marker"]["color"]
    trace["marker"] = without_few([p for p, *_ in dots], trace["marker"])
    on_rows = [(row, point) for row, (point, *_, place) in enumerate(rows) if place != HEADING]
    boxes = boxes_on_rows(on_rows, colours)
    reach = dots_range(drawing.points, ())
    right = round(max((text_width(label, size=15, bold=True) for _, label, _ in dots), default=0)) + AFTER
    whole = are_whole(p.value for p in drawing.points)
    return tuple(
        {
            "data": [trace],
            "layout": _layout(
                [p.at for p, *_ in rows],
                partial(_headed, rows),
                reach,
                most=width * NAMES,
                right=right,
                whole=whole,
                width=width,
                few=few_words(drawing, most=width - 2, size=KEY_SIZE),
                boxes=boxes,
            ),
        }
        for width in widths
    )


def _layout(
    places: Sequence[str],
    names_in: Callable[..., list[str]],
    reach: list[float],
    *,
    most: float,
    right: int,
    whole: bool,
    width: int,
    few: Sequence[str],
    boxes: list[dict[str, Any]],
    markers: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the axes of dots, their names beside them and at most so wide, or above their rows."""
    names = names_in(most=most)
    axis = _axis(places, names, size=NAME)
    rows = _Rows(axis=axis, left=names_room(axis), height=_row_height(names))
    across = Scale(low=reach[0], high=reach[1], start=0, end=max(width - rows.left - right, 1))
    if names_go_above(across, width=width, size=TICK, most=MOST_TICKS, whole=whole):
        rows = _names_over(axis, names_in(most=width - ABOVE_LEFT))
        across = replace(across, end=width - rows.left - right)
    figure = layout(
        height=70 + rows.height * len(places) + rows.more,
        xaxis=value_axis(side="top", tickangle=0, range=reach, **numbered(_clear(across, whole=whole))),
        yaxis=rows.axis,
        margin={"l": rows.left, "r": right, "t": 36, "b": 8},
        shapes=boxes,
        annotations=[*rows.above, *markers],
    )
    return with_keys(figure, few=few, room=rows.left)


def _headed(rows: Sequence[tuple[Point, str, str, int]], *, most: float) -> list[str]:
    """Return the names of headings, bold, and of the places under them, in lines."""
    names = ["<br>".join(wrapped(name, size=NAME, most=most, bold=True)) for _, name, *_ in rows]
    return [f"<b>{name}</b>" if place == HEADING else name for name, (*_, place) in zip(names, rows, strict=True)]


def _clear(across: Scale, *, whole: bool = False) -> list[float]:
    """Return the round numbers along an axis, as many as stand clear of each other at its width."""
    return fitting(across, size=TICK, most=MOST_TICKS, whole=whole)


def _axis(places: Sequence[str], names: Sequence[str], *, size: int) -> dict[str, Any]:
    """Return the axis of places, the first lowest."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(places),
        "tickvals": list(places),
        "ticktext": list(names),
        "fixedrange": True,
        "range": [-0.7, len(places) - 0.3],
        "gridcolor": NO_FIGURE,
        "tickfont": {"size": size},
        "ticklabelstandoff": NAME_GAP,
    }


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Rows with their names: the pixels left of them and of each, what is written above them and the room for it."""

    axis: dict[str, Any]
    left: int
    height: int
    above: Sequence[dict[str, Any]] = ()
    more: int = 0


def _names_over(axis: dict[str, Any], names: Sequence[str]) -> _Rows:
    """Return rows whose names stand above them, the top one's too, and not on their axis."""
    height = _row_height(names) + UNDER_NAME
    low, high = axis["range"]
    top = ABOVE + NAME_LINE * (names[-1].count("<br>") + 1) + CLEAR
    more = max(0, top - round(height * (high - (len(names) - 1))))
    return _Rows(
        axis=axis | {"ticktext": [""] * len(names), "range": [low, high + more / height]},
        left=ABOVE_LEFT,
        height=height,
        above=names_above(axis | {"ticktext": names}, room=ABOVE),
        more=more,
    )


def _names_in_lines(
    order: Sequence[tuple[Point, str]], strong: Sequence[bool], *, with_labels: bool, most: float
) -> list[str]:
    """Return the names in lines that leave the dots room, strong ones bold; beside rings each with its number."""
    names = []
    for (point, label), is_strong in zip(order, strong, strict=True):
        lines = wrapped(point.at, size=NAME, most=most, bold=is_strong and not with_labels)
        if with_labels:
            names.append("<br>".join(_with_number(lines, label, most=most)))
        else:
            names.append(f"<b>{'<br>'.join(lines)}</b>" if is_strong else "<br>".join(lines))
    return names


def _with_number(lines: Sequence[str], label: str, *, most: float) -> list[str]:
    """Return a name's lines with its number at the end of the last, or on one of its own."""
    if not label:
        return list(lines)
    room = text_width(f"{lines[-1]}  ", size=NAME) + text_width(label, size=NAME, bold=True)
    return [*lines[:-1], f"{lines[-1]}  <b>{label}</b>"] if room <= most else [*lines, f"<b>{label}</b>"]


def _row_height(names: Sequence[str]) -> int:
    most = max((name.count("<br>") + 1 for name in names), default=1)
    return max(ROW_HEIGHT, NAME_LINE * most + 8)


def _rings(rings: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [p.drawn_value for p in rings],
        "y": [p.at for p in rings],
        "hovertext": [p.hover for p in rings],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": 13, "color": "#FFFFFF", "line": {"color": MUTED, "width": 2}, "opacity": 1},
        "cliponaxis": False,
    }


def interval_dots(drawing: IntervalDots, *, width: int) -> Plot:
    """Draw one row per place, largest on top, with its interval, and the benchmark as a labelled line.

    Rows that are not ranked (years) stand in the order given. Where names and words leave the dots no room, each of few
    rows has its words under its name.
    """
    order = from_below(drawing.rows, ranked=drawing.ranked)
    strong = [row.code in drawing.chosen for row in order]
    names, words = _names(order, strong), _names(order, strong, at_the_end=True)
    rows, right = _Rows(axis=names, left=names_room(names), height=ROW_HEIGHT + 2), names_room(words)
    low, high = intervals_range(order, drawing.benchmark)
    across = Scale(low=low, high=high, start=0, end=max(width - rows.left - right, 1))
    if names_go_above(across, width=width, size=TICK, most=MOST_TICKS):
        labels = [
            _name_and_words(row, is_bold=s, most=width - ABOVE_LEFT) for row, s in zip(order, strong, strict=True)
        ]
        rows, right = _names_over(names, labels), ABOVE_LEFT
        words = _names_over(words, labels).axis
        across = replace(across, end=width - rows.left - right)
    figure = layout(
        height=96 + rows.height * len(order) + rows.more,
        xaxis=value_axis(tickangle=0, range=[low, high], **numbered(_clear(across))),
        yaxis=rows.axis,
        yaxis2=words,
        margin={"l": rows.left, "r": right, "t": 40, "b": AXIS_ROOM},
    )
    if drawing.benchmark is not None:
        figure |= _benchmark(drawing.benchmark, drawing.benchmark_label)
    figure["annotations"] = [*figure.get("annotations", []), *rows.above]
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


def _name_and_words(row: Interval, *, is_bold: bool, most: float) -> str:
    """Return a row's name and its words on one line, or on one each and more where they are long."""
    room = text_width(f"{row.at}: {row.label}", size=SMALL, bold=True)
    lines = (
        [f"{row.at}: {row.label}"]
        if room <= most
        else [line for text in (row.at, row.label) for line in wrapped(text, size=SMALL, most=most, bold=True)]
    )
    return f"<b>{'<br>'.join(lines)}</b>" if is_bold else "<br>".join(lines)


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
    names = [f"<b>{text}</b>" if s else text for text, s in zip(texts, strong, strict=True)]
    axis = _axis([row.at for row in order], names, size=SMALL)
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
