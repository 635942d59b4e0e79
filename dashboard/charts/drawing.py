"""What a chart shows, before anybody draws it: points, marks and words, the same for a page, a PDF and a slide.

The awkward fact: a chart in a file that is drawn from other numbers than the chart on the page is a second truth.
So a figure keeps its drawing, and Plotly, SVG and native slide charts are three ways to draw the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from dashboard.charts.bars import Interval, interval_dots, ranked_dots, waterfall
from dashboard.charts.funnel import Limit, Spot, funnel_plot
from dashboard.charts.lines import Band, Mark, Panel, small_multiples, time_line
from dashboard.charts.maps import Classes, choropleth, symbol_map
from dashboard.charts.template import Plot, Point


@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """One series over time; `latest` is written at its newest point, `events` are numbered on the axis."""

    points: tuple[Point, ...]
    marks: tuple[Mark, ...] = ()
    latest: str = ""
    markers: bool = True
    bands: tuple[Band, ...] = ()
    events: tuple[Mark, ...] = ()

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return time_line(
            self.points,
            marks=self.marks,
            latest=self.latest,
            markers=self.markers,
            bands=self.bands,
            events=self.events,
        )


@dataclass(frozen=True, kw_only=True)
class SmallMultiples:
    """One small chart per panel, on one scale when `shared_scale`."""

    panels: tuple[Panel, ...]
    shared_scale: bool = False

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return small_multiples(self.panels, shared_scale=self.shared_scale)


@dataclass(frozen=True, kw_only=True)
class RankedDots:
    """One dot per row, `labels` in the order of `points`; `rings` are the same figures of a place to compare with.

    Rows stand by size, or where `ranked` is False in the order given, the first on top.
    """

    points: tuple[Point, ...]
    chosen: tuple[str, ...]
    labels: tuple[str, ...]
    rings: tuple[Point, ...] = ()
    ranked: bool = True

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return ranked_dots(self.points, chosen=self.chosen, labels=self.labels, rings=self.rings, ranked=self.ranked)


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """Steps that add to `total`; `texts` are the signed numbers of the steps and, last, of the total."""

    steps: tuple[Point, ...]
    total: Point
    texts: tuple[str, ...]

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return waterfall(self.steps, total=self.total, texts=self.texts)


@dataclass(frozen=True, kw_only=True)
class IntervalDots:
    """One row per place with its interval, beside a benchmark where there is one; years are not `ranked`."""

    rows: tuple[Interval, ...]
    chosen: tuple[str, ...]
    benchmark: float | None
    benchmark_label: str
    ranked: bool = True

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return interval_dots(
            self.rows,
            chosen=self.chosen,
            benchmark=self.benchmark,
            benchmark_label=self.benchmark_label,
            ranked=self.ranked,
        )


@dataclass(frozen=True, kw_only=True)
class FunnelChart:
    """Places' rates against their populations, with the limits of chance; `across` names the x axis."""

    spots: tuple[Spot, ...]
    limits: tuple[Limit, ...]
    benchmark: float
    benchmark_label: str
    chosen: tuple[str, ...]
    across: str

    def plot(self) -> Plot:
        """Draw with Plotly."""
        return funnel_plot(
            self.spots,
            limits=self.limits,
            benchmark=self.benchmark,
            benchmark_label=self.benchmark_label,
            chosen=self.chosen,
            across=self.across,
        )


@dataclass(frozen=True, kw_only=True)
class AreaMap:
    """Areas shaded by value, or with a circle for each count; `outlines` is the address of their boundaries.

    `ground` are the areas that take no part. `counts` are never shaded: larger places have larger counts.
    """

    points: tuple[Point, ...]
    outlines: str
    unit: str
    chosen: tuple[str, ...] = ()
    classes: Classes | None = None
    height: int = 520
    ground: tuple[str, ...] = ()
    counts: bool = False

    def plot(self) -> Plot:
        """Draw with Plotly."""
        if self.counts:
            return symbol_map(
                self.points, outlines=self.outlines, chosen=self.chosen, height=self.height, ground=self.ground
            )
        return choropleth(
            self.points,
            outlines=self.outlines,
            chosen=self.chosen,
            unit=self.unit,
            classes=self.classes,
            height=self.height,
            ground=self.ground,
        )


Drawing: TypeAlias = TimeLine | SmallMultiples | RankedDots | Waterfall | IntervalDots | FunnelChart | AreaMap


def drawn_values(drawing: Drawing) -> tuple[float | None, ...]:
    """Return the numbers that a drawing of counts over time or side by side shows; none for any other."""
    match drawing:
        case TimeLine() | RankedDots():
            return tuple(point.value for point in drawing.points)
        case SmallMultiples():
            return tuple(point.value for panel in drawing.panels for point in panel.points)
        case _:
            return ()
