"""Rows with names: whether what is drawn has room beside them, or the names go above their rows.

The awkward fact: names are long, longest in Welsh, and a telephone is narrow. Dots over an axis with one number compare
nothing.
"""

from __future__ import annotations

from dashboard.charts.scale import Scale, fitting

LEAST_SHARE = 1 / 3  # of a drawing's width, for what is drawn
FEWEST_NUMBERS = 2  # along its axis


def names_go_above(across: Scale, *, width: float, size: float, most: int, whole: bool = False) -> bool:
    """Return whether a scale beside names is too short to be read: then they go above their rows."""
    if across.end - across.start < width * LEAST_SHARE:
        return True
    return len(fitting(across, size=size, most=most, whole=whole)) < FEWEST_NUMBERS
