"""What answers to the pointer and the keyboard beside the figures: breaks, events, and what was expected.

The awkward fact: Plotly hears nothing of its lines and shades. So each has an unseen point that carries its words, on a
trace of its own behind the figures': down from the figures the arrow keys come to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.letters import wrapped
from dashboard.charts.spec import Mark, Point

LINE, SIZE = 320, 13  # pixels: how long a line of words is, and its letters
WRAP = " <br />"  # unlike "<br>" it ends no sentence for those who hear it (static/explore.js)


def answers(
    marks: Sequence[Mark],
    *,
    top: float,
    expected: Sequence[Point] = (),
    events: Sequence[Mark] = (),
    axis: str = "",
) -> list[dict[str, Any]]:
    """Return the unseen points of breaks at the `top` of the axes, of events at their foot, and of ranges."""
    tops = [(mark.at, top, mark) for mark in marks] + [(mark.at, 0.0, mark) for mark in events]
    tops.sort(key=lambda one: one[0])
    texts = []
    if expected:
        texts.append(_unseen([p.at for p in expected], [p.value or 0.0 for p in expected], [p.hover for p in expected]))
    if tops:
        texts.append(_unseen([at for at, _, _ in tops], [up for _, up, _ in tops], [_words(m) for *_, m in tops]))
    return [trace | {"xaxis": f"x{axis}", "yaxis": f"y{axis}"} for trace in texts]


def _words(mark: Mark) -> str:
    lines = WRAP.join(wrapped(mark.words, size=SIZE, most=LINE)) if mark.words else ""
    label = WRAP.join(wrapped(mark.label or mark.letter, size=SIZE, most=LINE, bold=True))
    return f"<b>{label}</b><br>{lines}" if lines else f"<b>{label}</b>"


def _unseen(x: list[str], y: list[float], words: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"opacity": 0, "size": 14},
        "cliponaxis": False,
        "meta": "answers",
    }
