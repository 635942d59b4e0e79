"""Change over time: one line with its breaks, or several small charts side by side.

The awkward fact: a line promises that its points are comparable. So a hard break cuts the line, and a
missing figure leaves a hole instead of a slope.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.template import INK, MUTED, NAVY, Plot, Point, layout, time_axis, value_axis

PANEL_HEIGHT = 190
TITLE_WIDTH = 24


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day worth marking: a break that cuts the line ("hard"), or one that only needs a note."""

    at: str
    label: str
    cuts: bool


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One small chart: its title and its points."""

    title: str
    points: tuple[Point, ...]


def time_line(points: Sequence[Point], *, marks: Sequence[Mark] = (), latest: str = "", markers: bool = True) -> Plot:
    """Draw one series over time, marking its breaks and writing `latest` at its newest point."""
    drawn = _cut(points, marks=marks)
    figure = layout(xaxis=time_axis(), yaxis=value_axis(), margin={"l": 8, "r": 40, "t": 64 if marks else 28, "b": 8})
    notes = [a for number, m in enumerate(marks) for a in [_mark_label(m, number=number)]]
    figure["shapes"] = [_mark_line(m) for m in marks]
    figure["annotations"] = notes + _latest_label(points, text=latest)
    return {"data": [_trace(drawn, markers=markers)], "layout": figure}


def small_multiples(panels: Sequence[Panel], *, columns: int = 2, shared_scale: bool = False) -> Plot:
    """Draw one small chart per panel, each from zero; `shared_scale` gives all the same height of axis."""
    rows = -(-len(panels) // columns)
    figure = layout(height=rows * PANEL_HEIGHT, margin={"l": 8, "r": 24, "t": 48, "b": 8})
    figure["annotations"] = []
    data = []
    for number, panel in enumerate(panels):
        suffix = "" if number == 0 else str(number + 1)
        across, down = _domain(number, columns=columns, rows=rows)
        match = {"matches": "y"} if shared_scale and number else {}
        figure[f"xaxis{suffix}"] = time_axis(domain=across, anchor=f"y{suffix}", nticks=4)
        figure[f"yaxis{suffix}"] = value_axis(domain=down, anchor=f"x{suffix}", nticks=4, **match)
        figure["annotations"] += [_panel_title(panel.title, across=across, down=down)]
        data.append(_trace(panel.points, axis=suffix, markers=True))
    return {"data": data, "layout": figure}


def _trace(points: Sequence[Point], *, axis: str = "", markers: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if markers else "lines",
        "x": [p.at for p in points],
        "y": [p.value for p in points],
        "text": [p.hover for p in points],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": NAVY, "width": 2.5},
        "marker": {"color": NAVY, "size": 5},
        "connectgaps": False,
        "cliponaxis": False,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def _cut(points: Sequence[Point], *, marks: Sequence[Mark]) -> list[Point]:
    """Put a hole into the line at each cutting mark."""
    drawn: list[Point] = []
    for point in points:
        if drawn and any(m.cuts and drawn[-1].at < m.at <= point.at for m in marks):
            drawn.append(Point(at=point.at, value=None, hover=""))
        drawn.append(point)
    return drawn


def _mark_line(mark: Mark) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": mark.at,
        "x1": mark.at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": INK if mark.cuts else MUTED, "width": 1, "dash": "solid" if mark.cuts else "dot"},
    }


def _mark_label(mark: Mark, *, number: int) -> dict[str, Any]:
    """Write a mark's label above the chart; neighbours take turns on two lines so that they do not touch."""
    return {
        "x": mark.at,
        "y": 1,
        "yref": "paper",
        "yshift": 12 + 20 * (number % 2),
        "text": mark.label,
        "showarrow": False,
        "xanchor": "center",
        "font": {"size": 13, "color": MUTED},
    }


def _latest_label(points: Sequence[Point], *, text: str) -> list[dict[str, Any]]:
    newest = next((p for p in reversed(points) if p.value is not None), None)
    if newest is None or not text:
        return []
    label = {"x": newest.at, "y": newest.value, "text": f"<b>{text}</b>", "showarrow": False, "yshift": 16}
    return [label | {"xanchor": "center", "font": {"size": 15, "color": NAVY}}]


def _domain(number: int, *, columns: int, rows: int) -> tuple[list[float], list[float]]:
    column, row = number % columns, number // columns
    wide, high, gap = 1 / columns, 1 / rows, 0.28
    left = column * wide + (0.05 if column else 0)
    top = 1 - row * high
    return [left, column * wide + wide * 0.94], [top - high * (1 - gap), top]


def _panel_title(title: str, *, across: list[float], down: list[float]) -> dict[str, Any]:
    text = "<br>".join(textwrap.wrap(title, TITLE_WIDTH))
    return {
        "x": across[0],
        "y": down[1],
        "xref": "paper",
        "yref": "paper",
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "yshift": 4,
        "font": {"size": 14, "color": INK},
    }
