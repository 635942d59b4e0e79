"""Fewer than five people with Plotly: a bar along what they may be, in place of a dot.

The awkward fact: a dot can be read off an axis. So it is made unseen, and stands in the middle of its bar, where the
pointer and the keyboard still find its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from dashboard.charts.spec import Point

THICK = 6  # pixels


def few_stretches(
    points: Sequence[Point], *, colour: str | Sequence[str], size: int | Sequence[int], along: Literal["x", "y"]
) -> dict[str, Any]:
    """Return the bars of a trace's points of fewer than five people, and its markers without those of them."""
    halves = [(p.stretch[1] - p.stretch[0]) / 2 if p.stretch else 0 for p in points]
    bar = colour if isinstance(colour, str) else next(c for c, half in zip(colour, halves, strict=True) if half)
    marker = {"color": colour, "size": size, "opacity": [0 if half else 1 for half in halves]}
    return {
        f"error_{along}": {"type": "data", "array": halves, "color": bar, "thickness": THICK, "width": 0},
        "marker": marker,
    }
