"""A drawing as Plotly takes it, as plain dictionaries: a dictionary costs 1 ms where an object costs 5.

The awkward fact: nothing here may need another server. Maps take their outlines from our own static
files, and the colours are the Analysis Function's, checked for contrast on white.
"""

from __future__ import annotations

from dashboard.charts.geometry import lines as geometry
from dashboard.charts.plotly.axes import NARROW, WIDE, Plot
from dashboard.charts.plotly.dots import grouped_dots, interval_dots, ranked_dots
from dashboard.charts.plotly.funnel import funnel
from dashboard.charts.plotly.lines import small_multiples, time_line
from dashboard.charts.plotly.maps import area_maps, map_config
from dashboard.charts.plotly.steps import waterfall
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

__all__ = ["NARROW", "ONE_WIDTH", "WIDE", "Plot", "map_config", "plot", "plots"]

ONE_WIDTH = (FunnelChart,)  # are drawn alike for every width


def plots(drawing: Drawing) -> tuple[Plot, Plot]:
    """Draw for the narrowest telephone and for a wide page; what both share is worked out once."""
    match drawing:
        case TimeLine():
            line = geometry.time_line(drawing)
            return time_line(drawing, width=NARROW, shape=line), time_line(drawing, width=WIDE, shape=line)
        case SmallMultiples():
            lines = geometry.small_multiples(drawing)
            return small_multiples(drawing, width=NARROW, shape=lines), small_multiples(
                drawing, width=WIDE, shape=lines
            )
        case RankedDots() if drawing.places:
            narrow, wide = grouped_dots(drawing, NARROW, WIDE)
            return narrow, wide
        case AreaMap():
            narrow, wide = area_maps(drawing, NARROW, WIDE)
            return narrow, wide
        case _:
            return plot(drawing), plot(drawing, width=WIDE)


def plot(drawing: Drawing, *, width: int = NARROW) -> Plot:  # noqa: PLR0911 - one answer for each kind of drawing
    """Draw with Plotly for a place of at least `width` pixels; only the layout depends on it, the data never do."""
    match drawing:
        case TimeLine():
            return time_line(drawing, width=width)
        case SmallMultiples():
            return small_multiples(drawing, width=width)
        case RankedDots():
            return ranked_dots(drawing, width=width)
        case Waterfall():
            return waterfall(drawing, width=width)
        case IntervalDots():
            return interval_dots(drawing, width=width)
        case FunnelChart():
            return funnel(drawing)
        case AreaMap():
            return area_maps(drawing, width)[0]
