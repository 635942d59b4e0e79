"""One strand of hate crime: every year that is held of it for the place's force and for Wales, and what is not held.

The awkward fact: no two editions count a strand alike, and a force's newest year of one may be seven years old. So each
row names the edition that printed it, and two years are put beside each other where their edition allows it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cohesion.vocabulary import WITHOUT_LONDON
from dashboard import queries
from dashboard.blocks import common
from dashboard.blocks.hate_crime import police_area
from dashboard.blocks.remembering import remembered
from dashboard.figure import Column, Subject, Summary, Table
from dashboard.figures import equality
from dashboard.findings import verdicts
from dashboard.findings.strands import FIRST_PUBLISHED, RECORDED, strand_name, whole_of
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import Wording, say
from dashboard.model import Observation, Series, Source
from dashboard.nations import HOME
from dashboard.statistics import rate
from dashboard.tables import Named, period_name

CODE = "strand_held"
COLUMNS = ("where", "year", "number", "share", "edition", "released")
MOST_OF_AREA = 6  # years; the workbook of all figures has every one
OF_HATE_CRIME = frozenset({"strands_by_force", "third_party_local", "incidents", "bullying"})


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year of a strand in an area, with its part of all hate crimes there where the same edition gives both."""

    series: Series
    figure: Observation
    source: Source
    share: float | None


def _series(strand: str, view: Subject, *areas: str) -> Iterator[Series]:
    """Yield the strand for the force, for Wales and for more areas: as recorded, then as first printed."""
    for area in dict.fromkeys((police_area(view).code, HOME.benchmark, *areas)):
        for measure in (RECORDED, FIRST_PUBLISHED):
            series = queries.series(measure, area, category=strand, build=view.build)
            if series.latest:
                yield series


def _years(series: Series, view: Subject) -> list[Year]:
    """Return the years of a strand in an area, newest first."""
    figures = sorted((o for o in series.observations if o.value is not None), key=lambda o: o.period.end, reverse=True)
    return [_year(series, o, build=view.build) for o in figures[:MOST_OF_AREA]]


def _year(series: Series, figure: Observation, *, build: str) -> Year:
    every, source = whole_of(figure, build=build), queries.sources(build=build)[figure.source]
    share = rate(count=figure.value, population=every.value if every else None, per=100)
    return Year(series=series, figure=figure, source=source, share=share)


@remembered
def every_year(strand: str, view: Subject) -> Summary[Wording] | None:
    """Return every year held of a strand, an edition to a row; None where nothing is."""
    rows = [year for series in _series(strand, view) for year in _years(series, view)]
    if not rows:
        return None
    figures = tuple(row.figure for row in rows)
    return Summary(
        code=f"{CODE}_{strand}",
        caption=say("strand_held.caption", strand=strand_name(strand)),
        table=Table.of(_columns(), map(_cells, rows)),
        sources=queries.sources_of(figures, build=view.build),
        notes=(say("strand.no_sum"), say("strand_held.editions")),
        newest=figures,
    )


def _columns() -> Iterator[Column[Wording]]:
    for key in COLUMNS:
        number = key in ("number", "share")
        yield Column(
            key=key,
            label=say(f"strand_held.{key}"),
            kind="number" if number else "text",
            decimals=1 if key == "share" else 0,
        )


def _cells(row: Year) -> Named:
    return {
        "where": row.series.area.name,
        "year": period_name(row.figure.period, short=True),
        "number": row.figure.value,
        "share": row.share,
        "edition": say(f"strand_held.{row.series.measure.code}"),
        "released": release_name(row.source.released),
    }


@remembered
def changes(strand: str, view: Subject) -> tuple[Wording, ...]:
    """Return what changed from the year before, for each area whose editions may be put beside each other."""
    series = _series(strand, view, WITHOUT_LONDON)
    return tuple(change for one in series if (change := _changed(one, view)))


def _changed(series: Series, view: Subject) -> Wording | None:
    pair = verdicts.year_before(series, build=view.build)
    judged = verdicts.change_sentences(pair) if pair else None
    if pair is None or pair.before is None or judged is None:
        return None
    return say(
        f"strand_held.change_{series.measure.code}",
        where=series.area.name,
        when=common.when(pair.newest.period),
        n=common.in_prose(pair.newest.value, series.measure),
        when_before=common.when(pair.before.period),
        m=common.in_prose(pair.before.value, series.measure),
        judged=judged,
    )


def unheld(strand: str, view: Subject) -> tuple[equality.Unheld, ...]:
    """Return what is not held of a strand of hate crime, with why and who can be asked."""
    row = next(one for one in equality.CHARACTERISTICS if one.strand == strand)
    return tuple(gap for gap in equality.unheld(row, view) if gap.code in OF_HATE_CRIME)


def question(view: Subject) -> Wording:
    """Return the words by which the police can be asked for the strands of the place."""
    return equality.to_police(view.place)
