"""What a bilingual slide shows of a briefing: each text in both languages, each picture and table once.

The awkward fact: two languages at half the size are read by nobody. So words stand beside each other as large as on
any slide, and a picture, whose numbers need no language, is drawn once with the names of both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.charts import IntervalDots, RankedDots, SmallMultiples, Waterfall
from dashboard.charts.measure import LINE_HEIGHT, line_count
from dashboard.figure import Figure, Table, in_language
from dashboard.i18n.bilingual import ORDER, laid_together, text_in_both
from dashboard.i18n.text import Translatable, Wording
from dashboard.tables import ReadTable, as_read

SHARES = (0.6, 0.55, 0.5, 0.45, 0.4, 0.36, 0.33)  # of a slide's width for its picture
WIDTH, ROOM, GUTTER, SMALL = 872.0, 330.0, 24.0, 18.0  # points of a slide, and of the words beside its picture


def text_of(text: Translatable) -> str:
    """Return a text in both languages, or once where they read the same."""
    return text_in_both(*(text.text(lang) for lang in ORDER))


def figure_of(figure: Figure[Wording]) -> Figure:
    """Return a figure in both languages."""
    laid: Figure = laid_together(*(in_language(figure, lang) for lang in ORDER))
    return laid


def table_of(table: Table[Wording]) -> ReadTable | None:
    """Return a table with its cells written in both languages; None where its rows are not in one order in both."""
    drawn = [in_language(table, lang) for lang in ORDER]
    if _numbers(drawn[0]) != _numbers(drawn[1]):
        return None
    read: ReadTable = laid_together(*(as_read(one, lang=lang) for one, lang in zip(drawn, ORDER, strict=True)))
    return read


def table_in_both(table: Table[Wording]) -> Table | None:
    """Return a table in both languages whose cells are all texts; None as for `table_of`."""
    read = table_of(table)
    if read is None:
        return None
    kinds = (replace(one, kind="written" if one.kind == "number" else "text") for one in read.columns)
    return Table(columns=tuple(kinds), rows=read.rows)


def stands_over(figure: Figure) -> bool:
    """Tell whether a picture has the whole width of a slide, its words below: rows with their names do."""
    return isinstance(figure.drawing, RankedDots | IntervalDots | Waterfall | SmallMultiples)


def share_of(figure: Figure[Wording]) -> float:
    """Return how much of a slide's width a picture takes: what the words beside it leave in letters of 18 points."""
    read = [in_language(figure, lang) for lang in ORDER]
    texts = [text for one in read for text in (one.subtitle, *one.told_at_once(1))]

    def height(share: float) -> float:
        width = WIDTH * (1 - share) - GUTTER
        return sum(line_count(text, size=SMALL, width=width) for text in texts) * SMALL * LINE_HEIGHT

    return next((share for share in SHARES if height(share) <= ROOM), SHARES[-1])


def _numbers(table: Table) -> list[list[Any]]:
    return [[cell for cell in row if isinstance(cell, int | float)] for row in table.rows]
