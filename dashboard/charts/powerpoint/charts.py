"""A drawing as charts of PowerPoint itself, which whoever is given the deck can open, recolour and copy.

The awkward fact: PowerPoint has no funnel. Whoever has one to show asks first, and puts a picture there; who does not
ask is told while the deck is made, and not by an empty slide in front of the room. A map is shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from dashboard.charts.powerpoint.axes import Native
from dashboard.charts.powerpoint.dots import add_interval_dots, add_ranked_dots
from dashboard.charts.powerpoint.frame import GAP, Frame
from dashboard.charts.powerpoint.lines import add_small_multiples, add_time_line, panels_height
from dashboard.charts.powerpoint.steps import add_waterfall
from dashboard.charts.spec import (
    Drawing,
    IntervalDots,
    Panel,
    RankedDots,
    SmallMultiples,
    TimeLine,
    Waterfall,
    has_few,
)


def is_native(drawing: Drawing) -> bool:
    """Tell whether PowerPoint has a chart for a drawing: none for maps and funnels, nor for places side by side.

    Nor is one made of fewer than five people: whoever opens it reads the numbers it is drawn from.
    """
    if has_few(drawing):
        return False
    match drawing:
        case TimeLine(others=others) | RankedDots(places=others):
            return not others
        case SmallMultiples(panels=panels):
            return not any(panel.others for panel in panels)
        case _:
            return isinstance(drawing, IntervalDots | Waterfall)


def draw(native: Native, drawing: Drawing) -> None:
    """Draw natively; ValueError for a drawing that PowerPoint has no chart for, or that shows places side by side."""
    match drawing:
        case TimeLine(others=(_, *_)) | RankedDots(places=(_, *_)):
            raise ValueError("expected the chart of one place; came one of several side by side")
        case TimeLine():
            add_time_line(native, drawing)
        case RankedDots():
            add_ranked_dots(native, drawing)
        case IntervalDots():
            add_interval_dots(native, drawing)
        case Waterfall():
            add_waterfall(native, drawing)
        case SmallMultiples():
            natives = list(_natives(native, drawing.panels))
            add_small_multiples(natives, drawing.panels, shared_scale=drawing.shared_scale)
        case _:
            kinds = "TimeLine, RankedDots, IntervalDots, Waterfall or SmallMultiples"
            raise ValueError(f"expected {kinds}; came {type(drawing).__name__}")


def panels_in_rows(drawing: SmallMultiples, *, width: float) -> float:
    """Return how high small charts must be that stand in a frame of some width."""
    _, rows, each = _grid(drawing.panels, width=width)
    return rows * panels_height(drawing.panels, width=each) + GAP * (rows - 1)


def _grid(panels: tuple[Panel, ...], *, width: float) -> tuple[int, int, float]:
    """Return in how many columns and rows small charts stand, and how wide each is."""
    columns = 2 if len(panels) in (1, 2, 4) else 3
    return columns, ceil(len(panels) / columns), (width - GAP * (columns - 1)) / columns


def _natives(whole: Native, panels: tuple[Panel, ...]) -> Iterator[Native]:
    """Share a frame out among small charts, two or three in a row; each is read with its own title first."""
    columns, rows, width = _grid(panels, width=whole.frame.width)
    height = (whole.frame.height - GAP * (rows - 1)) / rows
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        left, top = whole.frame.left + column * (width + GAP), whole.frame.top + row * (height + GAP)
        frame = Frame(left=left, top=top, width=width, height=height)
        alt = f"{panel.title}. {whole.alt}"
        yield Native(slide=whole.slide, frame=frame, unit=whole.unit, alt=alt, lang=whole.lang)
