"""A table of words whose rows fold into cards on a narrow screen, so that nothing has to be read sideways.

The awkward fact: a table that is laid out as blocks is no table to a screen reader any more. So its roles are written
out, and every cell carries the heading of its column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from dashboard.widgets.html import filled


def stacked_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    label: str,
    numbers: Collection[int] = (),
    as_they_come: Collection[int] = (),
    codes: Sequence[str] = (),
) -> Markup:
    """Return an HTML table of plain texts; the columns `numbers` stand to the right, the first heads its row.

    More than two rows sort by each header; by that of a column `as_they_come`, whose words are dates, only back and
    forth. `codes` are what a link to each row lands on.
    """
    kinds = {**dict.fromkeys(numbers, "number"), **dict.fromkeys(as_they_come, "order")}
    sorts = [kinds.get(at, "text") for at, _ in enumerate(heads)]
    return filled("stacked", heads=heads, rows=tuple(rows), label=label, numbers=numbers, sorts=sorts, codes=codes)
