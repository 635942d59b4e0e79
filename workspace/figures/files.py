"""An own figure as a file: rows, a workbook, a picture, each with who may see it.

The awkward fact: a file is passed on without its page. So its mark stands in every row, on every sheet and in the
picture, and its name tells the figure, the place and the day, never the workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.briefing.raster import png
from dashboard.downloads import csv_bytes
from dashboard.figure import Figure
from dashboard.figures.picture import WIDTH, svg_picture
from dashboard.files import LETTERS, SHARPNESS
from dashboard.i18n import Language


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of a figure: its media type, and what makes it."""

    mime: str
    make: Callable[[Figure, Language], bytes]
    is_picture: bool = False


def _svg(figure: Figure, lang: Language) -> bytes:
    return svg_picture(figure, lang=lang).encode()


def _png(figure: Figure, lang: Language) -> bytes:
    return png(svg_picture(figure, lang=lang, font=LETTERS), WIDTH * SHARPNESS)


FORMS: Mapping[str, Form] = {
    "csv": Form(mime="text/csv; charset=utf-8", make=lambda figure, lang: csv_bytes(figure, lang=lang)),
    "xlsx": Form(
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        make=lambda figure, lang: xlsx_bytes(figure, lang=lang, build=""),
    ),
    "svg": Form(mime="image/svg+xml", make=_svg, is_picture=True),
    "png": Form(mime="image/png", make=_png, is_picture=True),
}


def named(code: str, *, place: str, lang: Language, day: date, form: str) -> str:
    """Return the name of a file: the figure, the place, the day and the language."""
    return f"{code}_{place}_{day.isoformat()}_{lang}.{form}"
