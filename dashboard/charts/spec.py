"""What a chart shows, before anybody draws it: points, marks and words, the same for a page, a PDF and a slide.

The awkward fact: a chart in a file that is drawn from other numbers than the chart on the page is a second truth.
So a figure keeps its drawing, `geometry` decides what follows, and Plotly, SVG and native slide charts only draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from dashboard.i18n.text import W, Wording


@dataclass(frozen=True, kw_only=True)
class Point(Generic[W]):
    """One thing to draw: its place on the axis, its number (None leaves a gap) and the words shown on hover.

    Points of different `line`s come from editions that may not be joined, and are never joined. A number of fewer than
    five people is drawn as the `stretch` it may be in: the exact one stands in the table alone. One that may not be
    told is a gap with its `marker` on the axis.
    """

    at: W | str
    value: float | None
    hover: W | str
    code: str = ""
    line: str = ""
    stretch: tuple[float, float] | None = None
    marker: str = ""

    @property
    def drawn_value(self) -> float | None:
        """Where it stands on the axis: in the middle of its stretch, or at its number."""
        return sum(self.stretch) / 2 if self.stretch else self.value


@dataclass(frozen=True, kw_only=True)
class Mark(Generic[W]):
    """A day worth marking: a break that cuts the line ("hard"), or one that needs a note; `words` say more of it."""

    at: str
    label: W | str
    cuts: bool
    letter: str = ""
    words: W | str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """What was expected of the points on some days that follow one another: limits, and their centre."""

    at: tuple[str, ...]
    lower: tuple[float, ...]
    centre: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Other(Generic[W]):
    """The same figures of another place: its name and newest number, written at the end of its line, and its breaks."""

    name: W | str
    points: tuple[Point[W], ...]
    latest: W | str = ""
    marks: tuple[Mark[W], ...] = ()
    is_benchmark: bool = False


@dataclass(frozen=True, kw_only=True)
class Panel(Generic[W]):
    """One small chart: its title, its points, and its breaks, which it names by letter for want of room.

    With `others` on the same axes its own line is named too.
    """

    title: W | str
    points: tuple[Point[W], ...]
    latest: W | str = ""
    marks: tuple[Mark[W], ...] = ()
    name: W | str = ""
    others: tuple[Other[W], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Interval(Generic[W]):
    """One row of `interval_dots`: a number, its ends where it has any, and the text at the end of the row.

    `verdict` is where the whole row stands beside the benchmark; it chooses a shape and a blue.
    """

    at: W | str
    code: str
    value: float
    lower: float | None
    upper: float | None
    verdict: str
    label: W | str
    hover: W | str


@dataclass(frozen=True, kw_only=True)
class Spot(Generic[W]):
    """One place of a funnel: its people, its rate, its name and the words shown on hover."""

    code: str
    name: W | str
    population: float
    rate: float
    hover: W | str


@dataclass(frozen=True, kw_only=True)
class Limit(Generic[W]):
    """A pair of limit lines over `populations`, and what is written at their upper end."""

    populations: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    label: W | str
    dash: str


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Fixed classes of a scale that has its own: their edges, their labels, and whether low values are dark."""

    edges: tuple[float, ...]
    labels: tuple[str, ...]
    low_is_dark: bool = False


DECILES = Classes(edges=(0.5, 2.5, 4.5, 6.5, 8.5, 10.5), labels=("1–2", "3–4", "5–6", "7–8", "9–10"), low_is_dark=True)


def _check_any(parts: Sequence[object], *, of: str, what: str) -> None:
    if not parts:
        raise ValueError(f"a chart of {of}: expected {what} to draw; came none")


def _check_as_many(parts: Sequence[object], *, expected: int, of: str, what: str) -> None:
    if len(parts) != expected:
        raise ValueError(f"a chart of {of}: expected {expected} {what}; came {len(parts)}")


@dataclass(frozen=True, kw_only=True)
class TimeLine(Generic[W]):
    """One series over time; `latest` is written at its newest point, `events` are numbered on the axis.

    `few` is what the key of any chart says of the points that are drawn as a stretch.

    With `others` on the same axes each line is named at its end, ours by `name`. `expected` says of the middles of
    the bands what they are.
    """

    points: tuple[Point[W], ...]
    marks: tuple[Mark[W], ...] = ()
    latest: W | str = ""
    markers: bool = True
    expected: tuple[Point[W], ...] = ()
    bands: tuple[Band, ...] = ()
    events: tuple[Mark[W], ...] = ()
    name: W | str = ""
    others: tuple[Other[W], ...] = ()
    few: W | str = ""

    def __post_init__(self) -> None:
        """Refuse a chart over time without a point on any line."""
        points = [point for line in (*every_line(self), self.expected) for point in line]
        _check_any(points, of="lines over time", what="points")


@dataclass(frozen=True, kw_only=True)
class SmallMultiples(Generic[W]):
    """One small chart per panel, on one scale when `shared_scale`."""

    panels: tuple[Panel[W], ...]
    shared_scale: bool = False
    few: W | str = ""

    def __post_init__(self) -> None:
        """Refuse small charts of which there is none, or one without a point on any line."""
        _check_any(self.panels, of="panels", what="panels")
        for panel in self.panels:
            points = [point for line in every_line(panel) for point in line]
            _check_any(points, of="panels", what="points in each panel")


@dataclass(frozen=True, kw_only=True)
class RankedDots(Generic[W]):
    """One dot per row, `labels` in the order of `points`; `rings` are the same figures of a place to compare with.

    `whose` are the names of the two places, where there are rings: of the dots, then of the rings.
    Rows stand by size, or where `ranked` is False in the order given, the first on top. `places` says of each row which
    of several places it is of, ours 0, and -1 of the heading of a group; the rows of a group are named by `names`.
    """

    points: tuple[Point[W], ...]
    chosen: tuple[str, ...]
    labels: tuple[W | str, ...]
    rings: tuple[Point[W], ...] = ()
    whose: tuple[W | str, ...] = ()
    ranked: bool = True
    places: tuple[int, ...] = ()
    names: tuple[W | str, ...] = ()
    few: W | str = ""

    def __post_init__(self) -> None:
        """Refuse a chart without a dot, and one with words for other rows than it has."""
        _check_any(self.points, of="dots", what="points")
        rows = len(self.points)
        _check_as_many(self.labels, expected=rows, of="dots", what="labels")
        if self.places or self.names:
            _check_as_many(self.places, expected=rows, of="dots", what="places of rows")
            _check_as_many(self.names, expected=rows, of="dots", what="names of rows")


@dataclass(frozen=True, kw_only=True)
class Waterfall(Generic[W]):
    """Steps that add to `total`; `texts` are the signed numbers of the steps and, last, of the total."""

    steps: tuple[Point[W], ...]
    total: Point[W]
    texts: tuple[W | str, ...]

    def __post_init__(self) -> None:
        """Refuse a total of no steps, and numbers for other bars than there are."""
        _check_any(self.steps, of="steps", what="steps")
        _check_as_many(self.texts, expected=len(self.steps) + 1, of="steps", what="texts, the total's last")


@dataclass(frozen=True, kw_only=True)
class IntervalDots(Generic[W]):
    """One row per place with its interval, beside a benchmark where there is one; years are not `ranked`."""

    rows: tuple[Interval[W], ...]
    chosen: tuple[str, ...]
    benchmark: float | None
    benchmark_label: W | str
    ranked: bool = True

    def __post_init__(self) -> None:
        """Refuse a chart without a row, as of dots."""
        _check_any(self.rows, of="intervals", what="rows")


@dataclass(frozen=True, kw_only=True)
class FunnelChart(Generic[W]):
    """Places' rates against their populations, with the limits of chance; `across` names the x axis."""

    spots: tuple[Spot[W], ...]
    limits: tuple[Limit[W], ...]
    benchmark: float
    benchmark_label: W | str
    chosen: tuple[str, ...]
    across: W | str

    def __post_init__(self) -> None:
        """Refuse a funnel without a place."""
        _check_any(self.spots, of="rates by population", what="places")


@dataclass(frozen=True, kw_only=True)
class AreaMap(Generic[W]):
    """Areas shaded by value, or with a circle for each count; `outlines` is the address of their boundaries.

    `ground` are the areas that take no part. `counts` are never shaded: larger places have larger counts.
    """

    points: tuple[Point[W], ...]
    outlines: str
    unit: W | str
    chosen: tuple[str, ...] = ()
    classes: Classes | None = None
    height: int = 520
    ground: tuple[str, ...] = ()
    counts: bool = False

    def __post_init__(self) -> None:
        """Refuse a map of no area."""
        _check_any(self.points, of="areas", what="areas")


Drawing: TypeAlias = (
    TimeLine[W] | SmallMultiples[W] | RankedDots[W] | Waterfall[W] | IntervalDots[W] | FunnelChart[W] | AreaMap[W]
)


def drawn_values(drawing: Drawing[Wording]) -> tuple[float | None, ...]:
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


def has_few(drawing: Drawing[Wording]) -> bool:
    """Return whether any point of a chart over time or of dots is of fewer than five people."""
    return bool(stretches(drawing))


def stretches(drawing: Drawing[Wording]) -> tuple[tuple[float, float], ...]:
    """Return between which numbers each point of fewer than five people may be, of a chart over time or of dots."""
    match drawing:
        case RankedDots():
            every: tuple[tuple[Point[Wording], ...], ...] = (drawing.points, drawing.rings)
        case TimeLine():
            every = every_line(drawing)
        case SmallMultiples():
            every = tuple(points for panel in drawing.panels for points in every_line(panel))
        case _:
            return ()
    return tuple(point.stretch for points in every for point in points if point.stretch)


def every_line(drawing: TimeLine[W] | Panel[W]) -> tuple[tuple[Point[W], ...], ...]:
    """Return the points of each line of a chart, ours first."""
    return (drawing.points, *(other.points for other in drawing.others))
