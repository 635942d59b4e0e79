"""A table of words whose rows fold into cards on a narrow screen, so that nothing has to be read sideways.

The awkward fact: a table that is laid out as blocks is no table to a screen reader any more. So its roles are written
out, and every cell carries the heading of its column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from dashboard.widgets.html import filled


def stacked_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, label: str, numbers: Collection[int] = ()
) -> Markup:
    """Return an HTML table of plain texts; the columns `numbers` stand to the right, the first heads its row."""
    return filled("stacked", heads=heads, rows=rows, label=label, numbers=numbers)
