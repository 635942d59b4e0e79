"""A figure's drawing as charts of PowerPoint itself, which the coordinator can open, recolour and copy.

The awkward fact: PowerPoint has no map and no funnel. A deck that is given one says so while it is made, and not by
an empty slide in front of the room.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from dashboard.briefing.powerpoint.chart_common import Native
from dashboard.briefing.powerpoint.chart_dots import add_interval_dots, add_ranked_dots
from dashboard.briefing.powerpoint.chart_lines import add_small_multiples, add_time_line
from dashboard.briefing.powerpoint.chart_steps import add_waterfall
from dashboard.briefing.powerpoint.frame import GAP, Frame
from dashboard.charts import Drawing, IntervalDots, RankedDots, SmallMultiples, TimeLine, Waterfall
from dashboard.charts.lines import Panel
from dashboard.figure import Figure
from dashboard.i18n import Language

DRAWN = ("rate", "share", "change", "value", "count")  # codes of columns that charts draw, the first there is


def add_chart(slide: Any, figure: Figure, frame: Frame, *, lang: Language) -> None:
    """Draw a figure natively in a frame; ValueError for a drawing that PowerPoint has no chart for."""
    drawing = figure.drawing
    native = Native(slide=slide, frame=frame, unit=_unit(figure), alt=figure.alt, lang=lang)
    if isinstance(drawing, TimeLine):
        add_time_line(native, drawing)
    elif isinstance(drawing, RankedDots):
        add_ranked_dots(native, drawing)
    elif isinstance(drawing, IntervalDots):
        add_interval_dots(native, drawing)
    elif isinstance(drawing, Waterfall):
        add_waterfall(native, drawing)
    elif isinstance(drawing, SmallMultiples):
        natives = list(_natives(native, drawing.panels))
        add_small_multiples(natives, drawing.panels, shared_scale=drawing.shared_scale)
    else:
        known = "TimeLine, RankedDots, IntervalDots, Waterfall or SmallMultiples"
        raise ValueError(f"figure {figure.code} on a slide: expected {known}; came {type(drawing).__name__}")


def _unit(figure: Figure) -> str:
    """Return what the numbers of a figure are: the heading of the column of its table that is drawn, by its code."""
    labels = {column.key: column.label for column in figure.table.columns if column.kind == "number" and column.shown}
    return next((labels[key] for key in DRAWN if key in labels), figure.subtitle)


def drawn_values(drawing: Drawing) -> tuple[float, ...]:
    """Return the numbers that a drawing shows as points, in its order."""
    match drawing:
        case TimeLine() | RankedDots():
            points = drawing.points
        case Waterfall():
            points = (*drawing.steps, drawing.total)
        case SmallMultiples():
            points = tuple(point for panel in drawing.panels for point in panel.points)
        case IntervalDots():
            return tuple(row.value for row in drawing.rows)
        case _:
            return ()
    return tuple(point.value for point in points if point.value is not None)


def _natives(whole: Native, panels: tuple[Panel, ...]) -> Iterator[Native]:
    """Share a frame out among small charts, two or three in a row; each is read with its own title first."""
    columns = 3 if len(panels) > 4 else 2
    rows = ceil(len(panels) / columns)
    width = (whole.frame.width - GAP * (columns - 1)) / columns
    height = (whole.frame.height - GAP * (rows - 1)) / rows
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        left, top = whole.frame.left + column * (width + GAP), whole.frame.top + row * (height + GAP)
        frame = Frame(left=left, top=top, width=width, height=height)
        alt = f"{panel.title}. {whole.alt}"
        yield Native(slide=whole.slide, frame=frame, unit=whole.unit, alt=alt, lang=whole.lang)
