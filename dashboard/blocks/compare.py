"""Dots and rows of one figure for many places: what a map or a ranked chart of them shows.

The awkward fact: counts of large and small places cannot be compared, so where the number drawn is a rate, the count
and the people it is divided by stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import queries
from dashboard.blocks import beside, common
from dashboard.blocks.build import Dot
from dashboard.figure import Column, Subject, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import ByName, FirstLetter, Wording, joined, say
from dashboard.model import TOTAL, Observation, Source
from dashboard.places import Compared, Row, compared
from dashboard.tables import Named, cited, common_columns, period_name, with_days


def welsh(choice: str, view: Subject, *, part: str = "") -> Compared | None:
    """Return a measure, or a part of it, of the Welsh authorities or forces, largest first; None where none is held."""
    return compared(
        choice=choice,
        among="wales",
        place=view.place.code,
        build=view.build,
        at=view.at,
        beside=beside.codes(view, of=beside.own),
        part=part,
        unit=view.unit,
    )


def others(comparison: Compared) -> tuple[Dot, ...]:
    """Return one dot for each place beside ours that is none of those compared."""
    return tuple(_dot(row, row.published, comparison) for row in comparison.others)


def dots(comparison: Compared) -> ByName[Dot]:
    """Return one dot per place, with its number written."""
    return comparison.published.each(lambda pair: _dot(*pair, comparison))


def _dot(row: Row, figure: Observation, comparison: Compared) -> Dot:
    is_rate = comparison.per and (row.value is None or common.has_rate(figure.value, comparison.measure))
    label, hover = (_as_rate if is_rate else _as_count)(row, figure, comparison)
    reach = common.stretch(figure.value, comparison.measure, number=row.value)
    return Dot(name=row.area.name, value=row.value, label=label, hover=hover, code=row.area.code, stretch=reach)


def _as_count(row: Row, figure: Observation, comparison: Compared) -> tuple[Wording, Wording]:
    """Return a label and hover words of a count, which among rates says of whom it is."""
    label = common.on_chart(figure.value, comparison.measure, among_rates=bool(comparison.per))
    return label, joined(row.area.name, "<br>", common.counted(figure.value, comparison.measure))


def _as_rate(row: Row, figure: Observation, comparison: Compared) -> tuple[Wording, Wording]:
    """Return a label and hover words of a rate, with the count behind it."""
    rate, count = Numeral(row.value, places=1), common.amount(figure.value, comparison.measure)
    per = FirstLetter(unit(comparison), capital=False)
    return rate, joined(row.area.name, "<br><b>", rate, "</b> ", per, " (", count, ")")


def unit(comparison: Compared) -> Wording:
    """Return the unit of the number drawn: "per 10,000 people", or the measure's own."""
    return say(f"unit.per_{comparison.per}") if comparison.per else comparison.measure.unit


def table(comparison: Compared, view: Subject) -> Table[Wording]:
    """Return the rows: place, count, and where it is a rate the population and the rate; of one part, its name."""
    every_source = queries.sources(build=view.build)
    measure, is_part = comparison.measure, comparison.choice.part != TOTAL
    columns = (
        *common_columns("area"),
        *common_columns("area_code", is_shown=False),
        *((Column(key="category", label=say("column.category"), is_shown=False),) if is_part else ()),
        *common_columns("period", is_shown=False),
        Column(key="count", label=FirstLetter(measure.unit), kind="number", decimals=measure.decimals),
        *common_columns("population", is_shown=bool(comparison.per)),
        *((Column(key="rate", label=unit(comparison), kind="number", decimals=1),) if comparison.per else ()),
        *common_columns("source", "edition", "grade", is_shown=False),
    )
    when = period_name(comparison.period)
    pairs = comparison.published
    for row in comparison.others:
        pairs = pairs.followed_by((row, row.published))
    same: Named = {"period": when, **({"category": comparison.part_name} if is_part else {})}
    rows = pairs.each(lambda pair: {**_cells(*pair, per=comparison.per, every_source=every_source), **same})
    return with_days(Table.of(columns, rows).without_empty("population"))


def _cells(row: Row, figure: Observation, *, per: int | None, every_source: Mapping[str, Source]) -> Named:
    return {
        "area": row.area.name,
        "area_code": row.area.code,
        "count": figure.value,
        "population": row.whole.value if row.whole else None,
        **({"rate": row.value} if per else {}),
        **cited(every_source[figure.source]),
    }


def sources(comparison: Compared, view: Subject) -> tuple[Source, ...]:
    """Return the sources of the figures and of the populations behind rates, without those of the benchmark."""
    rows = (*(row for row, _ in comparison.published), *comparison.others)
    used = [row.published for row in rows] + [row.whole for row in rows if row.whole]
    return queries.sources_of(tuple(used), build=view.build)
