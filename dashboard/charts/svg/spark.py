"""A line as small as a word, for a row of a table: its shape from nought, and a dot at its newest figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.charts.look import NAVY, RULE
from dashboard.charts.svg.canvas import element, number

WIDTH, HEIGHT, ROOM = 120, 28, 4


def spark(points: Sequence[tuple[float, float | None]]) -> str:
    """Return (day, value) pairs as SVG, 120 by 28 pixels; a value of None cuts the line; "" of fewer than two."""
    filled = [(day, value) for day, value in points if value is not None]
    if len(filled) < 2:
        return ""
    first, last = filled[0][0], filled[-1][0]
    low, high = min(0.0, *(value for _, value in filled)), max(0.0, *(value for _, value in filled))

    def place(day: float, value: float) -> tuple[float, float]:
        across = ROOM + (day - first) / ((last - first) or 1) * (WIDTH - 2 * ROOM)
        return across, HEIGHT - ROOM - (value - low) / ((high - low) or 1) * (HEIGHT - 2 * ROOM)

    cut = [[*part] for is_filled, part in groupby(points, key=lambda point: point[1] is not None) if is_filled]
    lines = [
        " ".join(f"{number(x)},{number(y)}" for x, y in (place(day, value) for day, value in part if value is not None))
        for part in cut
    ]
    _, nought = place(first, 0)
    x, y = place(*filled[-1])
    parts = [
        element("line", {"x1": 0, "x2": WIDTH, "y1": nought, "y2": nought, "stroke": RULE}),
        *(
            element("polyline", {"points": line, "fill": "none", "stroke": NAVY, "stroke-width": "1.5"})
            for line in lines
        ),
        element("circle", {"cx": x, "cy": y, "r": "2.5", "fill": NAVY}),
    ]
    size: dict[str, str | float] = {"width": WIDTH, "height": HEIGHT, "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size}, "".join(parts))
