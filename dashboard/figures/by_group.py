"""By group as a sheet: the main figures held about one group with their share here and in Wales, and what is not held.

The awkward fact: the page's table has a column for everything, and paper has room for six. So what a reader of paper
needs stands in six columns, and every column stays in the table for whoever takes the data.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard import queries
from dashboard.blocks import common, groups
from dashboard.blocks.groups import BY_CODE, Row
from dashboard.blocks.remembering import remembered
from dashboard.figure import Column, Subject, Summary, Table
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import Wording, joined, say
from dashboard.model import TOTAL
from dashboard.tables import Named, period_name

CODE = "group_evidence"
READ = ("what", "here", "wales", "whom", "when", "from")
NUMBERS = ("here", "wales")


@remembered
def evidence(code: str, view: Subject) -> Summary[Wording] | None:
    """Return the main figures held about a group as one table; None where none is."""
    rows = groups.rows_of(groups.for_table(BY_CODE[code]), view)
    if not rows:
        return None
    figures = tuple(row.figure for row in rows)
    whole = groups.table(rows, view)
    hidden = replace(whole, columns=tuple(replace(column, is_shown=False) for column in whole.columns))
    read = [
        Column[Wording](key=key, label=say(f"group_evidence.{key}"), kind="written" if key in NUMBERS else "text")
        for key in READ
    ]
    return Summary(
        code=f"{CODE}_{code}",
        caption=say("group_evidence.caption", group=groups.name(BY_CODE[code]), in_place=common.place_in(view)),
        table=hidden.beside(read, Table.of(read, (_read(row, view) for row in rows)).rows),
        sources=queries.sources_of(figures, build=view.build),
        notes=tuple(map(say, groups.warnings(rows))),
        newest=figures,
    )


def _read(row: Row, view: Subject) -> Named:
    measure, source = row.series.measure, queries.sources(build=view.build)[row.figure.source]
    named = groups.named(row, view)
    what = (
        named if row.series.category.code == TOTAL or measure.topic != "census" else joined(measure.name, ": ", named)
    )
    return {
        "what": what,
        "here": groups.here(row),
        "wales": groups.wales(row),
        "whom": groups.whom(row),
        "when": period_name(row.figure.period, measure=measure.code, short=True),
        "from": joined(source.publisher, ", ", release_name(source.released)),
    }


def unheld(code: str, view: Subject) -> list[tuple[Wording, Wording]]:
    """Return what is not held about a group: what it is, and why."""
    return groups.unheld(BY_CODE[code], view)
