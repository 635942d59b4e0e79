"""The rows of a template as a file for members, each with who may see it.

The awkward fact: a row that was copied out of its file has lost the file's name. So the mark stands in every row, as a
column of its own, for which the file would be refused where it is brought in again.
"""

from __future__ import annotations

from dashboard.age import today
from dashboard.downloads import csv_of
from dashboard.i18n import Language, t
from local_figures import door
from local_figures.door import Rows
from local_figures.templates import named
from workspace.files import File, Options, offer
from workspace.session import Session

MARK = "who_may_see"
NAME, TEMPLATE = "rows", "template"


@offer(NAME)
def rows_file(session: Session, options: Options) -> File | None:
    """Return the rows of a template for a member; None where it has none, or none that are read by row."""
    template = named(options[TEMPLATE])
    rows = door.lines(session.store, session.act(), template.key)
    if rows.number is None:
        return None
    return File(
        content=rows_csv(rows, lang=session.lang),
        name=f"{template.key}_{today().isoformat()}_{session.lang}.csv",
        mime="text/csv; charset=utf-8",
        template=template.key,
        number=rows.number,
    )


def rows_csv(rows: Rows, *, lang: Language) -> bytes:
    """Return rows as they were typed, in UTF-8 with the mark by which Excel knows it."""
    names, mark = named(rows.template).names, t("own.mark.private", lang=lang)
    return csv_of([(*names, MARK), *((*(line.get(name, "") for name in names), mark) for line in rows.lines.values())])
