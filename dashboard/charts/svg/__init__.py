"""A drawing as SVG, by hand: the same points, colours and words as the page's chart, for paper, slides and files.

The awkward fact: Plotly needs a browser to make a picture. These are a few hundred strokes, exact, the same bytes
every time, made in a millisecond.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from dashboard.charts.look import FONT
from dashboard.charts.spec import (
    AreaMap,
    Drawing,
    FunnelChart,
    IntervalDots,
    RankedDots,
    SmallMultiples,
    TimeLine,
    Waterfall,
)
from dashboard.charts.svg.canvas import Sheet, element, number
from dashboard.charts.svg.dots import interval_dots, ranked_dots
from dashboard.charts.svg.funnel import funnel
from dashboard.charts.svg.lines import small_multiples, time_line
from dashboard.charts.svg.maps import area_map
from dashboard.charts.svg.steps import waterfall

NAMESPACE = "http://www.w3.org/2000/svg"
NARROWEST, WIDEST = 200, 1600
_SIZE = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


def svg(
    drawing: Drawing, *, width: int, font: str = FONT, title: str = "", desc: str = "", tall: float | None = None
) -> str:
    """Return a drawing as SVG text, `width` pixels wide and as high as it needs, in the letters named by `font`.

    `tall` is the height between the axes of a line over time, where a slide has less of it than a page.

    ValueError for a width that leaves no room for names, or is larger than any page.
    """
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"expected a width from {NARROWEST} to {WIDEST} pixels; came {width}")
    picture = sheet(drawing, width=width, tall=tall)
    texts = [element(name, {}, escape(words)) for name, words in (("title", title), ("desc", desc)) if words]
    size = {"viewBox": f"0 0 {width} {number(picture.height)}", "width": str(width), "height": number(picture.height)}
    look = {"font-family": font, "role": "img" if title else ""}
    return element("svg", {"xmlns": NAMESPACE, **size, **look}, "".join([*texts, *picture.parts]))


def size_of(drawn: str) -> tuple[float, float]:
    """Return the width and the height of a drawing that `svg` made."""
    width, height = _SIZE.findall(drawn)[0]
    return float(width), float(height)


def sheet(drawing: Drawing, *, width: int, tall: float | None = None) -> Sheet:  # noqa: PLR0911 - one answer for each kind of drawing
    """Return a drawing as elements, to stand inside a larger picture."""
    match drawing:
        case TimeLine():
            return time_line(drawing, width=width, tall=tall)
        case SmallMultiples():
            return small_multiples(drawing, width=width)
        case RankedDots():
            return ranked_dots(drawing, width=width)
        case Waterfall():
            return waterfall(drawing, width=width)
        case IntervalDots():
            return interval_dots(drawing, width=width)
        case FunnelChart():
            return funnel(drawing, width=width)
        case AreaMap():
            return area_map(drawing, width=width)
