"""What a chart shows, before anybody draws it: points, marks and words, the same for a page, a PDF and a slide.

The awkward fact: a chart in a file that is drawn from other numbers than the chart on the page is a second truth.
So a figure keeps its drawing, `geometry` decides what follows, and Plotly, SVG and native slide charts only draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing to draw: its place on the axis, its number (None leaves a gap) and the words shown on hover.

    Points of different `line`s come from editions that may not be joined, and are never joined.
    """

    at: str
    value: float | None
    hover: str
    code: str = ""
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day worth marking: a break that cuts the line ("hard"), or one that only needs a note."""

    at: str
    label: str
    cuts: bool
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """What was expected of the points on some days that follow one another: limits, and their centre."""

    at: tuple[str, ...]
    lower: tuple[float, ...]
    centre: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Other:
    """The same figures of another place: its name and newest number, written at the end of its line, and its breaks."""

    name: str
    points: tuple[Point, ...]
    latest: str = ""
    marks: tuple[Mark, ...] = ()
    is_benchmark: bool = False


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One small chart: its title, its points, and its breaks, which it names by letter for want of room.

    With `others` on the same axes its own line is named too.
    """

    title: str
    points: tuple[Point, ...]
    latest: str = ""
    marks: tuple[Mark, ...] = ()
    name: str = ""
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Interval:
    """One row of `interval_dots`: a number, its ends where it has any, and the text at the end of the row.

    `verdict` is where the whole row stands beside the benchmark; it chooses a shape and a blue.
    """

    at: str
    code: str
    value: float
    lower: float | None
    upper: float | None
    verdict: str
    label: str
    hover: str


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One place of a funnel: its people, its rate, its name and the words shown on hover."""

    code: str
    name: str
    population: float
    rate: float
    hover: str


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A pair of limit lines over `populations`, and what is written at their upper end."""

    populations: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    label: str
    dash: str


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Fixed classes of a scale that has its own: their edges, their labels, and whether low values are dark."""

    edges: tuple[float, ...]
    labels: tuple[str, ...]
    low_is_dark: bool = False


DECILES = Classes(edges=(0.5, 2.5, 4.5, 6.5, 8.5, 10.5), labels=("1–2", "3–4", "5–6", "7–8", "9–10"), low_is_dark=True)


@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """One series over time; `latest` is written at its newest point, `events` are numbered on the axis.

    With `others` on the same axes each line is named at its end, ours by `name`.
    """

    points: tuple[Point, ...]
    marks: tuple[Mark, ...] = ()
    latest: str = ""
    markers: bool = True
    bands: tuple[Band, ...] = ()
    events: tuple[Mark, ...] = ()
    name: str = ""
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SmallMultiples:
    """One small chart per panel, on one scale when `shared_scale`."""

    panels: tuple[Panel, ...]
    shared_scale: bool = False


@dataclass(frozen=True, kw_only=True)
class RankedDots:
    """One dot per row, `labels` in the order of `points`; `rings` are the same figures of a place to compare with.

    Rows stand by size, or where `ranked` is False in the order given, the first on top. `places` says of each row which
    of several places it is of, ours 0, and -1 of the heading of a group; the rows of a group are named by `names`.
    """

    points: tuple[Point, ...]
    chosen: tuple[str, ...]
    labels: tuple[str, ...]
    rings: tuple[Point, ...] = ()
    ranked: bool = True
    places: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """Steps that add to `total`; `texts` are the signed numbers of the steps and, last, of the total."""

    steps: tuple[Point, ...]
    total: Point
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IntervalDots:
    """One row per place with its interval, beside a benchmark where there is one; years are not `ranked`."""

    rows: tuple[Interval, ...]
    chosen: tuple[str, ...]
    benchmark: float | None
    benchmark_label: str
    ranked: bool = True


@dataclass(frozen=True, kw_only=True)
class FunnelChart:
    """Places' rates against their populations, with the limits of chance; `across` names the x axis."""

    spots: tuple[Spot, ...]
    limits: tuple[Limit, ...]
    benchmark: float
    benchmark_label: str
    chosen: tuple[str, ...]
    across: str


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


Drawing: TypeAlias = TimeLine | SmallMultiples | RankedDots | Waterfall | IntervalDots | FunnelChart | AreaMap


def drawn_values(drawing: Drawing) -> tuple[float | None, ...]:
    """Return the numbers that a drawing of counts over time or side by side shows; none for any other."""
    match drawing:
        case RankedDots():
            return tuple(point.value for point in drawing.points)
        case TimeLine():
            return tuple(point.value for points in every_line(drawing) for point in points)
        case SmallMultiples():
            return tuple(point.value for panel in drawing.panels for points in every_line(panel) for point in points)
        case _:
            return ()


def every_line(drawing: TimeLine | Panel) -> tuple[tuple[Point, ...], ...]:
    """Return the points of each line of a chart, ours first."""
    return (drawing.points, *(other.points for other in drawing.others))
