"""What is new for a place since a day, such as the last meeting: what was released or revised, and what it changes.

The awkward fact: most days nothing was released. Then the newest change of each series is what there is to tell, and it
is told under that name, never as news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic

from dashboard import queries, revisions
from dashboard.blocks import common
from dashboard.figure import Subject
from dashboard.figures.overview import TOLD_ALREADY, series_of
from dashboard.figures.releases import Release, releases
from dashboard.i18n.text import W, Wording, joined
from dashboard.model import TOTAL, Observation, Series, Source
from dashboard.tables import period_name

CHANGED = ("revised", "replaced")  # kinds of change that make a figure read otherwise


@dataclass(frozen=True, kw_only=True)
class Change(Generic[W]):
    """One measure of a release: its newest figure, the one before it ("" where there is none to put beside it).

    `notes` say what else happened between the two.
    """

    name: W | str
    unit: W | str
    now: W | str
    before: W | str
    figure: Observation
    source: Source
    revised: int
    notes: tuple[Wording, ...] = ()


def since(view: Subject, day: date) -> tuple[Change[Wording], ...]:
    """Return what was, or may have been, released after a day or was revised after it, the newest first."""
    revised = _revised(day, build=view.build)
    new = (
        one for one in releases(view.place, build=view.build) if one.source.last_day > day or one.source.code in revised
    )
    return tuple(change for one in new for change in _changes(one, view, revised.get(one.source.code, 0)))


def newest(view: Subject) -> tuple[Change[Wording], ...]:
    """Return the newest change of each series of a place, the newest release first."""
    return tuple(change for one in releases(view.place, build=view.build) for change in _changes(one, view, 0))


def _revised(day: date, *, build: str) -> dict[str, int]:
    """Return how many figures of each table read otherwise since a day."""
    counts: dict[str, int] = {}
    for one in revisions.history(build=build):
        if one.day > day:
            counts[one.source] = counts.get(one.source, 0) + sum(one.counts[kind] for kind in CHANGED)
    return counts


def _changes(release: Release, view: Subject, revised: int) -> Iterator[Change[Wording]]:
    for code in release.measures:
        if code in TOLD_ALREADY or TOTAL not in queries.categories(code, build=view.build):
            continue
        series = series_of(queries.measure(code, build=view.build), TOTAL, view)
        last = series.latest if series else None
        if series is None or last is None or last.source != release.source.code:
            continue
        name, before = series.measure.name, _before(last, series)
        yield Change(
            name=name if series.area == view.place else joined(name, ", ", series.area.name),
            unit=series.measure.unit,
            now=_figure(last, series),
            before=_figure(before, series) if before else "",
            figure=last,
            source=release.source,
            revised=revised,
            notes=_notes(before, last, series),
        )


def _before(last: Observation, series: Series) -> Observation | None:
    """Return the figure that the newest may be put beside: of one line and as long a period, no break between them."""
    line = series.newest_line
    earlier = [o for o in line[:-1] if o.period.months == last.period.months] if line and line[-1] == last else []
    hard = [one for one in series.breaks if one.severity == "hard"]
    if not earlier or any(one.parts(earlier[-1].period, last.period) for one in hard):
        return None
    return earlier[-1]


def _notes(before: Observation | None, last: Observation, series: Series) -> tuple[Wording, ...]:
    """Return what stands between two figures and does not part them, each under the name of the measure."""
    between = (one for one in series.breaks if before and one.parts(before.period, last.period))
    return tuple(joined(series.measure.name, ": ", one.effect) for one in between)


def _figure(one: Observation, series: Series) -> Wording:
    period = period_name(one.period, measure=one.measure)
    return joined(common.in_row(one.value, series.measure), " (", period, ")")
