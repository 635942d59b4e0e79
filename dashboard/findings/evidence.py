"""The published figures behind messages, each with what it counts, where, when, and whose it is.

The awkward fact: five figures of one place and one year look alike without their names. A number that cannot be told
from its neighbour proves nothing, so measure and category stand in every row, on the page and in files.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import queries
from dashboard.figure import Cell, Column, Table
from dashboard.findings.message import Message
from dashboard.i18n import Language, t
from dashboard.model import Observation
from dashboard.tables import period_text


def evidence(messages: Iterable[Message], *, lang: Language, build: str) -> Table | None:
    """Return every figure that some messages rest on, once, as it is held; None where they rest on none."""
    figures = tuple(dict.fromkeys(o for message in messages for o in message.observations))
    if not figures:
        return None
    columns = (
        Column(key="measure", label=t("column.measure", lang=lang)),
        Column(key="category", label=t("column.category", lang=lang)),
        Column(key="area", label=t("column.area", lang=lang)),
        Column(key="period", label=t("column.period", lang=lang)),
        Column(key="value", label=t("column.value", lang=lang), kind="number"),
        Column(key="marker", label=t("column.marker", lang=lang), shown=False),
        Column(key="source", label=t("column.source", lang=lang)),
        Column(key="edition", label=t("figure.edition", lang=lang)),
        Column(key="grade", label=t("grade.label", lang=lang)),
        Column(key="measure_code", label=t("column.measure_code", lang=lang), shown=False),
        Column(key="category_code", label=t("column.category_code", lang=lang), shown=False),
        Column(key="area_code", label=t("column.area_code", lang=lang), shown=False),
        Column(key="period_start", label=t("column.period_start", lang=lang), shown=False),
        Column(key="period_months", label=t("column.period_months", lang=lang), kind="number", shown=False),
    )
    return Table(columns=columns, rows=tuple(_row(o, lang=lang, build=build) for o in figures))


def _row(figure: Observation, *, lang: Language, build: str) -> tuple[Cell, ...]:
    source = queries.sources(build=build)[figure.source]
    return (
        queries.measure(figure.measure, build=build).name.text(lang),
        queries.categories(figure.measure, build=build)[figure.category].name.text(lang),
        queries.area(figure.area, build=build).name.text(lang),
        period_text(figure.period, lang=lang, measure=figure.measure),
        figure.value,
        figure.marker,
        source.title.text(lang),
        source.edition.text(lang),
        source.grade,
        figure.measure,
        figure.category,
        figure.area,
        figure.period.start.isoformat(),
        figure.period.months,
    )
