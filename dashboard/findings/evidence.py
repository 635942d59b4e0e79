"""The published figures behind messages, each with what it counts, where, when, and whose it is.

The awkward fact: five figures of one place and one year look alike without their names. A number that cannot be told
from its neighbour proves nothing, so measure and category stand in every row, on the page and in files.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import queries
from dashboard.figure import Column, Table
from dashboard.findings.message import Message
from dashboard.i18n.text import Wording, say
from dashboard.model import Observation
from dashboard.tables import Named, cited, common_columns, day_columns, named_days, period_name


def evidence(messages: Iterable[Message], *, build: str) -> Table[Wording] | None:
    """Return every figure that some messages rest on, once, as it is held; None where they rest on none."""
    figures = tuple(dict.fromkeys(o for message in messages for o in message.observations))
    if not figures:
        return None
    columns = (
        *common_columns("measure", "category", "area", "period"),
        Column(key="value", label=say("column.value"), kind="number"),
        *common_columns("marker", is_shown=False),
        *common_columns("source", "edition", "grade"),
        Column(key="measure_code", label=say("column.measure_code"), is_shown=False),
        *common_columns("category_code", "area_code", is_shown=False),
        *day_columns(),
        *common_columns("period_months", is_shown=False),
    )
    return Table.of(columns, (_row(o, build=build) for o in figures))


def _row(figure: Observation, *, build: str) -> Named:
    return {
        "measure": queries.measure(figure.measure, build=build).name,
        "category": queries.categories(figure.measure, build=build)[figure.category].name,
        "area": queries.area(figure.area, build=build).name,
        "period": period_name(figure.period, measure=figure.measure),
        "value": figure.value,
        "marker": figure.marker,
        **cited(queries.sources(build=build)[figure.source]),
        "measure_code": figure.measure,
        "category_code": figure.category,
        "area_code": figure.area,
        **named_days(figure.period),
        "period_months": figure.period.months,
    }
