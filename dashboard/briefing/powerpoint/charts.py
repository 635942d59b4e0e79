"""A figure's chart on a slide, with the name of its numbers and the words that are read instead of it.

The awkward fact: PowerPoint has no chart for a funnel, nor for several places on one line. Such a drawing stands as a
picture, as it stands on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from dashboard.briefing.powerpoint.text import Line, add_text
from dashboard.briefing.raster import png
from dashboard.charts.look import MUTED
from dashboard.charts.measure import width_of
from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.charts import draw, is_native, panels_in_rows
from dashboard.charts.powerpoint.dots import name_lines
from dashboard.charts.powerpoint.frame import CHART_SIZE, GAP, Frame
from dashboard.charts.powerpoint.maps import add_area_map
from dashboard.charts.spec import AreaMap, Drawing, IntervalDots, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.svg import NARROWEST, sheet, svg
from dashboard.figure import Figure
from dashboard.i18n import Language

ROW_HEIGHT, LINE_HEIGHT, AXIS_HEIGHT = 17.0, 21.0, 46.0  # points: names of 18 may nearly touch
WHOSE_HEIGHT, MARKS = 26.0, ("●", "○")
_SHARPNESS = 3
LEAST_TALL = 100.0  # pixels between the axes of a line over time, so that its numbers stand apart
_SCALE = CHART_SIZE / 13  # points of a slide for each pixel of a drawing, whose smallest letters are then as large
DRAWN = ("rate", "share", "change", "value", "count")  # codes of columns that charts draw, the first there is


def add_chart(slide: Any, figure: Figure, frame: Frame, *, lang: Language) -> None:
    """Draw a figure in a frame: natively where PowerPoint has such a chart, else as a picture with its words."""
    drawing = figure.drawing
    native = Native(slide=slide, frame=frame, unit=_unit(figure), alt=figure.alt, lang=lang)
    if isinstance(drawing, AreaMap):
        add_area_map(native, drawing)
    elif not is_native(drawing) or height_wanted(drawing, width=frame.width) > frame.height:
        _add_picture(slide, figure, frame)
    elif isinstance(drawing, RankedDots) and drawing.whose:
        chart = frame.first(frame.height - WHOSE_HEIGHT)
        draw(replace(native, frame=chart), drawing)
        _add_whose(slide, drawing.whose, frame.below(chart.height), lang=lang)
    else:
        draw(native, drawing)


def height_wanted(drawing: Drawing, *, width: float) -> float:
    """Return how high a chart of rows of some width must be, so that no name stands on another; 0 for any other."""
    if isinstance(drawing, SmallMultiples):
        return panels_in_rows(drawing, width=width)
    if not isinstance(drawing, RankedDots | IntervalDots):
        return 0.0
    rows = drawing.points if isinstance(drawing, RankedDots) else drawing.rows
    lines = max((name_lines(row.at, width=width) for row in rows), default=1)
    whose_height = WHOSE_HEIGHT if isinstance(drawing, RankedDots) and drawing.whose else 0.0
    more = (lines - 1) * LINE_HEIGHT  # rows are of one height, with most of another above the first
    return len(rows) * ROW_HEIGHT + (len(rows) + 0.7) * more + AXIS_HEIGHT + whose_height if rows else 0.0


def _add_whose(slide: Any, names: Sequence[str], frame: Frame, *, lang: Language) -> None:
    """Say under a chart whose its dots and whose its hollow rings are."""
    left = frame
    for name, mark in zip(names, MARKS, strict=True):
        width = width_of(f"{mark} {name}", size=CHART_SIZE, bold=True) + GAP
        line = Line(text=name, lang=lang, lead=mark, size=CHART_SIZE, color=MUTED)
        add_text(slide, (line,), replace(left, width=width), name=name)
        left = replace(left, left=left.left + width + GAP)


def _add_picture(slide: Any, figure: Figure, frame: Frame) -> None:
    """Put the drawing into a frame, as large as it goes in without being cut; a line over time as high as the frame.

    What is shrunk to fit has smaller letters than the slide.
    """
    drawing, pixels = figure.drawing, max(NARROWEST, round(frame.width / _SCALE))
    tall = None
    if isinstance(drawing, TimeLine):
        around = sheet(drawing, width=pixels, tall=LEAST_TALL).height - LEAST_TALL
        tall = max(LEAST_TALL, frame.height / _SCALE - around)
    picture = png(svg(drawing, width=pixels, tall=tall), pixels * _SHARPNESS)
    left, top, width, height = frame.emu()
    shape = slide.shapes.add_picture(BytesIO(picture), left, top, width=width)
    if shape.height > height:
        shape.width, shape.height = round(shape.width * height / shape.height), height
    shape.name = figure.title
    shape._element.nvPicPr.cNvPr.set("descr", figure.alt)


def _unit(figure: Figure) -> str:
    """Return what the numbers of a figure are: the heading of the column of its table that is drawn, by its code."""
    labels = {
        column.key: column.label for column in figure.table.columns if column.kind == "number" and column.is_shown
    }
    return next((labels[key] for key in DRAWN if key in labels), figure.subtitle)
