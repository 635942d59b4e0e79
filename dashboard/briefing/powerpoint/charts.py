"""A figure's chart on a slide, with the name of its numbers and the words that are read instead of it.

The awkward fact: PowerPoint has no chart for a funnel, nor for several places on one line. Such a drawing stands as a
picture, as it stands on paper.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from dashboard.briefing.raster import png
from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.charts import draw, is_native
from dashboard.charts.powerpoint.frame import CHART_SIZE, Frame
from dashboard.charts.powerpoint.maps import add_area_map
from dashboard.charts.spec import AreaMap, Drawing, RankedDots
from dashboard.charts.svg import NARROWEST, svg
from dashboard.figure import Figure
from dashboard.i18n import Language

ROW_HEIGHT, AXIS_HEIGHT = 17.0, 46.0  # points: names of 18 may nearly touch
_SHARPNESS = 3
_SCALE = CHART_SIZE / 13  # points of a slide for each pixel of a drawing, whose smallest letters are then as large
DRAWN = ("rate", "share", "change", "value", "count")  # codes of columns that charts draw, the first there is


def add_chart(slide: Any, figure: Figure, frame: Frame, *, lang: Language) -> None:
    """Draw a figure in a frame: natively where PowerPoint has such a chart, else as a picture with its words."""
    native = Native(slide=slide, frame=frame, unit=_unit(figure), alt=figure.alt, lang=lang)
    if isinstance(figure.drawing, AreaMap):
        add_area_map(native, figure.drawing)
    elif is_native(figure.drawing) and height_wanted(figure.drawing) <= frame.height:
        draw(native, figure.drawing)
    else:
        _add_picture(slide, figure, frame)


def height_wanted(drawing: Drawing) -> float:
    """Return how high a chart of rows must be, so that no name stands on another; 0 for any other."""
    rows = drawing.points if isinstance(drawing, RankedDots) else getattr(drawing, "rows", ())
    return len(rows) * ROW_HEIGHT + AXIS_HEIGHT if rows else 0.0


def _add_picture(slide: Any, figure: Figure, frame: Frame) -> None:
    """Put the drawing into a frame, as large as it goes in without being cut."""
    drawing, pixels = figure.drawing, max(NARROWEST, round(frame.width / _SCALE))
    picture = png(svg(drawing, width=pixels), pixels * _SHARPNESS)
    left, top, width, height = frame.emu()
    shape = slide.shapes.add_picture(BytesIO(picture), left, top, width=width)
    if shape.height > height:
        shape.width, shape.height = round(shape.width * height / shape.height), height
    shape.name = figure.title
    shape._element.nvPicPr.cNvPr.set("descr", figure.alt)


def _unit(figure: Figure) -> str:
    """Return what the numbers of a figure are: the heading of the column of its table that is drawn, by its code."""
    labels = {column.key: column.label for column in figure.table.columns if column.kind == "number" and column.shown}
    return next((labels[key] for key in DRAWN if key in labels), figure.subtitle)
