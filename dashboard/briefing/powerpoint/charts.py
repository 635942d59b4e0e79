"""A figure's chart on a slide, with the name of its numbers and the words that are read instead of it."""

from __future__ import annotations

from typing import Any

from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.charts import draw
from dashboard.charts.powerpoint.frame import Frame
from dashboard.figure import Figure
from dashboard.i18n import Language

DRAWN = ("rate", "share", "change", "value", "count")  # codes of columns that charts draw, the first there is


def add_chart(slide: Any, figure: Figure, frame: Frame, *, lang: Language) -> None:
    """Draw a figure natively in a frame; ValueError for a drawing that PowerPoint has no chart for."""
    native = Native(slide=slide, frame=frame, unit=_unit(figure), alt=figure.alt, lang=lang)
    try:
        draw(native, figure.drawing)
    except ValueError as error:
        raise ValueError(f"figure {figure.code} on a slide: {error}") from error


def _unit(figure: Figure) -> str:
    """Return what the numbers of a figure are: the heading of the column of its table that is drawn, by its code."""
    labels = {column.key: column.label for column in figure.table.columns if column.kind == "number" and column.shown}
    return next((labels[key] for key in DRAWN if key in labels), figure.subtitle)
