"""A table of words whose rows fold into cards on a narrow screen, so that nothing has to be read sideways.

The awkward fact: a table that is laid out as blocks is no table to a screen reader any more. So its roles are written
out, and every cell carries the heading of its column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape


def stacked_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, label: str, numbers: Collection[int] = ()
) -> str:
    """Return an HTML table of plain texts; the columns `numbers` stand to the right, the first heads its row."""
    head = "".join(
        f"<th scope='col' role='columnheader'{_number(column in numbers)}>{escape(name)}</th>"
        for column, name in enumerate(heads)
    )
    body = "".join(f"<tr role='row'>{_cells(heads, row, numbers=numbers)}</tr>" for row in rows)
    return (
        f"<table class='ct-table ct-stacked' role='table' aria-label='{escape(label, quote=True)}'>"
        f"<thead role='rowgroup'><tr role='row'>{head}</tr></thead><tbody role='rowgroup'>{body}</tbody></table>"
    )


def _cells(heads: Sequence[str], row: Sequence[str], *, numbers: Collection[int]) -> str:
    first, *others = row
    cells = "".join(
        f"<td role='cell' data-head='{escape(heads[column], quote=True)}'{_number(column in numbers)}>"
        f"{escape(text)}</td>"
        for column, text in enumerate(others, start=1)
    )
    return f"<th scope='row' role='rowheader'>{escape(first)}</th>{cells}"


def _number(is_number: bool) -> str:
    return " class='ct-number'" if is_number else ""
