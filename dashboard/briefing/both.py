"""What a bilingual slide shows of a briefing: each text in both languages, each picture and table once.

The awkward fact: two languages at half the size are read by nobody. So words stand beside each other as large as on
any slide, and a picture, whose numbers need no language, is drawn once with the names of both.
"""

from __future__ import annotations

from typing import Any

from dashboard.figure import Figure, Table, in_language
from dashboard.i18n.both import ORDER, laid_together, text_in_both
from dashboard.i18n.text import Translatable, Wording
from dashboard.tables import Read, as_read


def text_of(text: Translatable) -> str:
    """Return a text in both languages, or once where they read the same."""
    return text_in_both(*(text.text(lang) for lang in ORDER))


def figure_of(figure: Figure[Wording]) -> Figure:
    """Return a figure in both languages."""
    laid: Figure = laid_together(*(in_language(figure, lang) for lang in ORDER))
    return laid


def table_of(table: Table[Wording]) -> Read | None:
    """Return a table with its cells written in both languages; None where its rows are not in one order in both."""
    drawn = [in_language(table, lang) for lang in ORDER]
    if _numbers(drawn[0]) != _numbers(drawn[1]):
        return None
    read: Read = laid_together(*(as_read(one, lang=lang) for one, lang in zip(drawn, ORDER, strict=True)))
    return read


def _numbers(table: Table) -> list[list[Any]]:
    return [[cell for cell in row if isinstance(cell, int | float)] for row in table.rows]
