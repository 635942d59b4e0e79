"""Series in, Plotly figures out, as plain dictionaries: a dictionary costs 1 ms where an object costs 5.

The awkward fact: nothing here may need another server. Maps take their outlines from our own static
files, and the colours are the Analysis Function's, checked for contrast on white.
"""

from dashboard.charts.bars import interval_dots, ranked_dots, waterfall
from dashboard.charts.drawing import (
    AreaMap,
    Drawing,
    FunnelChart,
    IntervalDots,
    RankedDots,
    SmallMultiples,
    TimeLine,
    Waterfall,
)
from dashboard.charts.funnel import funnel_plot
from dashboard.charts.lines import small_multiples, time_line
from dashboard.charts.maps import choropleth
from dashboard.charts.template import Plot, Point

__all__ = [
    "AreaMap",
    "Drawing",
    "FunnelChart",
    "IntervalDots",
    "Plot",
    "Point",
    "RankedDots",
    "SmallMultiples",
    "TimeLine",
    "Waterfall",
    "choropleth",
    "funnel_plot",
    "interval_dots",
    "ranked_dots",
    "small_multiples",
    "time_line",
    "waterfall",
]
