"""Charts as Plotly draws them, from the few words a test cares about."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import (
    AreaMap,
    FunnelChart,
    Interval,
    IntervalDots,
    Mark,
    Panel,
    Point,
    RankedDots,
    SmallMultiples,
    TimeLine,
    Waterfall,
)
from dashboard.charts.plotly import Plot, lines, plot


def time_line(
    points: Sequence[Point], *, marks: Sequence[Mark] = (), latest: str = "", events: Sequence[Mark] = ()
) -> Plot:
    return plot(TimeLine(points=tuple(points), marks=tuple(marks), latest=latest, events=tuple(events)))


def small_multiples(panels: Sequence[Panel], *, columns: int = 2, shared_scale: bool = False) -> Plot:
    return lines.small_multiples(SmallMultiples(panels=tuple(panels), shared_scale=shared_scale), columns=columns)


def ranked_dots(
    points: Sequence[Point],
    *,
    chosen: Sequence[str],
    labels: Sequence[str],
    rings: Sequence[Point] = (),
    ranked: bool = True,
) -> Plot:
    given = {"points": tuple(points), "chosen": tuple(chosen), "labels": tuple(labels), "rings": tuple(rings)}
    return plot(RankedDots(**given, ranked=ranked))


def waterfall(steps: Sequence[Point], *, total: Point, texts: Sequence[str]) -> Plot:
    return plot(Waterfall(steps=tuple(steps), total=total, texts=tuple(texts)))


def interval_dots(
    rows: Sequence[Interval], *, chosen: Sequence[str], benchmark: float | None, benchmark_label: str
) -> Plot:
    level = {"benchmark": benchmark, "benchmark_label": benchmark_label}
    return plot(IntervalDots(rows=tuple(rows), chosen=tuple(chosen), **level))


def funnel_plot(spots: Sequence, *, limits: Sequence, chosen: Sequence[str], **words: object) -> Plot:
    return plot(FunnelChart(spots=tuple(spots), limits=tuple(limits), chosen=tuple(chosen), **words))


def choropleth(
    points: Sequence[Point], *, outlines: str, unit: str, chosen: Sequence[str] = (), ground: Sequence[str] = ()
) -> Plot:
    return plot(AreaMap(points=tuple(points), outlines=outlines, unit=unit, chosen=tuple(chosen), ground=tuple(ground)))
