"""Native tables of a deck: measured, so that no row runs off the slide.

The awkward fact: PowerPoint makes a row as high as its longest cell when the deck is opened, whatever the file says.
So heights are worked out here first, and a table too long for one slide goes on on the next with its header again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.briefing.powerpoint.frame import TABLE_LEAST, TABLE_SIZE
from dashboard.briefing.powerpoint.text import Line, paragraph_xml
from dashboard.charts.look import INK, NAVY, RULE
from dashboard.charts.measure import LINE_HEIGHT, column_widths, line_count
from dashboard.charts.powerpoint.frame import EMU, Frame
from dashboard.i18n import Language
from dashboard.tables import ReadTable

_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own style without lines or fills
_ACROSS, _DOWN = 7.0, 3.5  # points around the words of a cell
_WHITE = "#FFFFFF"
_STEP = 4  # points, by which the height that rows may take is lowered
EMPTY_LINES = 1.6  # an empty row is to be written in by hand


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as it will stand: its texts with the header first, its columns in points, its size of letters."""

    texts: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    widths: tuple[float, ...]
    size: int

    @property
    def heights(self) -> tuple[float, ...]:
        """The height of each row, in points."""
        return tuple(self._height(row, bold=number == 0) for number, row in enumerate(self.texts))

    @property
    def height(self) -> float:
        """The height of the whole."""
        return sum(self.heights)

    def _height(self, row: Sequence[str], *, bold: bool) -> float:
        rooms = [width - 2 * _ACROSS for width in self.widths]
        lines = [line_count(x, size=self.size, width=room, bold=bold) for x, room in zip(row, rooms, strict=True)]
        most = max(lines) if any(row) else EMPTY_LINES
        return most * self.size * LINE_HEIGHT + 2 * _DOWN


def grids(read: ReadTable, *, width: float, height: float, under: float = 0.0) -> tuple[Grid, ...]:
    """Return a table at the largest size that fits, or in several parts at the least size where none does.

    The last of them leaves what stands `under` it the room, where that is possible.
    """
    for size in range(TABLE_SIZE, TABLE_LEAST - 1, -1):
        grid = _grid(read, width=width, size=size)
        if grid.height <= height - under:
            return (grid,)
    return _shared_out(_grid(read, width=width, size=TABLE_LEAST), height=height, under=under)


def _grid(read: ReadTable, *, width: float, size: int) -> Grid:
    texts = (tuple(column.label for column in read.columns), *read.rows)
    return Grid(
        texts=texts,
        numbers=tuple(column.kind == "number" for column in read.columns),
        widths=column_widths(texts, width=width, size=size, padding=2 * _ACROSS + 2),
        size=size,
    )


def _shared_out(grid: Grid, *, height: float, under: float) -> tuple[Grid, ...]:
    """Return a table in as few parts as hold it, none much higher than the others, so that no row stands alone."""
    lowest = round(grid.heights[0] + max(grid.heights[1:], default=0.0))
    tried = [_parts(grid, height=float(most)) for most in range(round(height), lowest, -_STEP)]
    leaving = [parts for parts in tried if len(parts) > 1 and parts[-1].height + under <= height]
    highest = {len(parts): parts for parts in leaving}  # of as many parts the last tried are the most even
    return highest[min(highest)] if highest else _parts(grid, height=height)


def _parts(grid: Grid, *, height: float) -> tuple[Grid, ...]:
    parts: list[list[tuple[str, ...]]] = [[grid.texts[0]]]
    used = grid.heights[0]
    for row, tall in zip(grid.texts[1:], grid.heights[1:], strict=True):
        if used + tall > height and len(parts[-1]) > 1:
            parts.append([grid.texts[0]])
            used = grid.heights[0]
        parts[-1].append(row)
        used += tall
    return tuple(Grid(texts=tuple(p), numbers=grid.numbers, widths=grid.widths, size=grid.size) for p in parts)


def add_grid(slide: Any, grid: Grid, frame: Frame, *, caption: str, lang: Language) -> None:
    """Put a table on a slide, its first row marked as header and its first column as the names of the rows."""
    shape = slide.shapes.add_table(len(grid.texts), len(grid.widths), *frame.first(grid.height).emu())
    shape.name = caption
    shape._element.nvGraphicFramePr.cNvPr.set("descr", caption)
    table = shape.table
    properties = table._tbl.tblPr
    properties.find(".//{*}tableStyleId").text = _PLAIN
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for number, (row, tall) in enumerate(zip(grid.texts, grid.heights, strict=True)):
        table.rows[number].height = Pt(tall)
        cells = table._tbl.tr_lst[number].tc_lst
        for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.getparent().replace(cell, _cell(text, grid=grid, at=at, is_header=number == 0, lang=lang))


def _cell(text: str, *, grid: Grid, at: int, is_header: bool, lang: Language) -> Any:
    color, inside = (_WHITE, NAVY) if is_header else (INK, _WHITE)
    line = Line(text=text, lang=lang, size=grid.size, bold=is_header, color=color)
    paragraph = paragraph_xml(line, side="r" if grid.numbers[at] else "l")
    across, down = round(_ACROSS * EMU), round(_DOWN * EMU)
    room = f'marL="{across}" marR="{across}" marT="{down}" marB="{down}" anchor="{"b" if is_header else "t"}"'
    rule = f'<a:lnB w="9525">{_fill(RULE)}</a:lnB>'
    return parse_xml(
        f"<a:tc {nsdecls('a')}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph}</a:txBody>"
        f"<a:tcPr {room}>{rule}{_fill(inside)}</a:tcPr></a:tc>"
    )


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color.lstrip("#")}"/></a:solidFill>'
