"""What was expected of each figure of a series, for its chart and for the rows that files hold.

The awkward fact: a band on a picture cannot be used. So its ends, its middle, and where each figure stands beside
them are columns of the figure's rows; a figure of which nothing was expected has none, and not a wide one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.blocks import common
from dashboard.blocks.beside import names_of_rows, row_name
from dashboard.charts import Band, Point
from dashboard.expectations import Expectation
from dashboard.figure import Cell, Column, Table
from dashboard.i18n.text import Wording, say
from dashboard.model import Observation, Series
from dashboard.statistics import Point as Limits
from dashboard.tables import BESIDE_EXPECTED, EXPECTED, EXPECTED_RATE, period_name

SETTLED = 6  # decimals of a fitted number in files: those after them differ from one processor to the next
_NONE: tuple[Cell[Wording], ...] = (None, None, None, "")
_NO_RATE: tuple[Cell[Wording], ...] = (None, None, None)


def _judged(expected: Expectation) -> Iterator[tuple[Observation, Limits]]:
    """Yield the figures of which something was expected, with what that was."""
    for figure, point in zip(expected.observations, expected.range.points, strict=True):
        if point.lower is not None and point.expected is not None and point.upper is not None:
            yield figure, point


def bands(expected: Expectation) -> list[Band]:
    """Return what was expected of each quarter, one band for each stretch of quarters that had limits."""
    anew = [expected.observations[rebase.index].period for rebase in expected.range.rebases]
    return list(
        in_stretches(
            # a number is left out at each re-base, so that no band runs over one
            (one.period.number + sum(p.start <= one.period.start for p in anew), one.period.middle.isoformat(), point)
            for one, point in _judged(expected)
        )
    )


def in_stretches(judged: Iterable[tuple[int, str, Limits]]) -> tuple[Band, ...]:
    """Return limits as bands: one for each stretch of days, each with its limits, whose numbers follow one another."""
    stretches: list[list[tuple[int, str, Limits]]] = []
    for one in judged:
        if not stretches or stretches[-1][-1][0] + 1 != one[0]:
            stretches.append([])
        stretches[-1].append(one)
    return tuple(
        Band(
            at=tuple(day for _, day, _ in stretch),
            lower=tuple(point.lower or 0.0 for *_, point in stretch),
            centre=tuple(point.expected or 0.0 for *_, point in stretch),
            upper=tuple(point.upper or 0.0 for *_, point in stretch),
        )
        for stretch in stretches
    )


def points(series: Series, expected: Expectation) -> list[Point[Wording]]:
    """Return the middle of what was expected of each quarter, with its limits in words."""
    return [
        Point(
            at=figure.period.middle.isoformat(),
            value=point.expected,
            hover=say(
                "rra.expected_hover",
                period=period_name(figure.period),
                lower=common.amount(round(point.lower or 0), series.measure),
                upper=common.amount(round(point.upper or 0), series.measure),
            ),
        )
        for figure, point in _judged(expected)
    ]


def with_range(table: Table[Wording], series: Series, expected: Expectation, drawn: tuple[Band, ...]) -> Table[Wording]:
    """Return the rows of a series, and of others, with what was expected of each of its own after its number.

    Where rates are `drawn`, the rows have the expected range as rates too.
    """
    by_name = {row_name(series, figure): _cells(point) for figure, point in _judged(expected)}
    names = names_of_rows(table)
    ranges = (by_name.get(name, _NONE) for name in names)
    counted = table.beside(_columns(EXPECTED, middle=1), ranges, after="value")
    if not table.holds("rate"):
        return counted
    days = {row_name(series, figure): figure.period.middle.isoformat() for figure in expected.observations}
    ends = {
        day: [round(one, SETTLED) for one in cells]
        for band in drawn
        for day, *cells in zip(band.at, band.lower, band.centre, band.upper, strict=True)
    }
    rates = (tuple(ends.get(days.get(name, ""), _NO_RATE)) for name in names)
    return counted.beside(_columns(EXPECTED_RATE, ends=2, middle=2), rates, after="rate")


def _cells(point: Limits) -> tuple[Cell[Wording], ...]:
    beside = say(f"expected.{point.verdict}") if point.verdict else ""
    middle = None if point.expected is None else round(point.expected, SETTLED)
    return point.lower, middle, point.upper, beside


def _columns(keys: tuple[str, ...], *, middle: int, ends: int = 0) -> Iterator[Column[Wording]]:
    for key in keys:
        label = say(f"column.{key}")
        if key == BESIDE_EXPECTED:
            yield Column(key=key, label=label, is_shown=False)
        else:
            places = middle if key.endswith("middle") else ends
            yield Column(key=key, label=label, kind="number", decimals=places, is_shown=False)
