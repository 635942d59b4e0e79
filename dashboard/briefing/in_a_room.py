"""A figure as a room reads it: no more small charts and rows to a slide than stand there in letters of 18 points.

The awkward fact: a page goes on below the window, and a slide ends. So what stands in an order goes on on the next
slide; what stands by size shares two, and where those do not hold it, the places looked at and the largest are drawn
on one, which says of how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from cohesion.sharing_out import evenly
from dashboard.briefing.model import Picture
from dashboard.charts.fewer import fewer, groups, many, only
from dashboard.charts.spec import Drawing, IntervalDots, RankedDots, SmallMultiples
from dashboard.charts.svg import sheet
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import Wording, in_language, say

PANELS = 3  # small charts beside each other on a slide
# Pixels of a drawing whose smallest letters have 18 points over the whole slide, under its title and over its caveat.
WIDTH, HEIGHT = 630, 215.0
RANKED_ON = 2  # slides that rows by size may go on for


def on_slides(picture: Picture) -> tuple[Picture, ...]:
    """Return a picture as one slide holds it, or shared out over several, in order."""
    figure = picture.figure
    parts = tuple(_parts(figure.drawing))
    if len(parts) > 1:
        numbers = range(2, len(parts) + 1)
        later = (say("briefing.continued", heading=figure.title, n=str(number)) for number in numbers)
        titled = zip(parts, (figure.title, *later), strict=True)
        return tuple(replace(picture, figure=replace(figure, drawing=part, title=title)) for part, title in titled)
    if parts[0] is figure.drawing:
        return (picture,)
    subtitle = say(
        "figure.drawn_here", subtitle=figure.subtitle, n=str(many(parts[0])), total=str(many(figure.drawing))
    )
    return (replace(picture, figure=replace(figure, drawing=parts[0], subtitle=subtitle)),)


def _parts(drawing: Drawing[Wording]) -> Iterator[Drawing[Wording]]:
    """Yield a chart in the parts that slides hold, each as large as the others; or one with fewer rows."""
    every = many(drawing)
    if isinstance(drawing, SmallMultiples):
        shared = evenly(range(every), most=PANELS)
        yield from [drawing] if len(shared) == 1 else (only(drawing, part) for part in shared)
    elif not isinstance(drawing, RankedDots | IntervalDots) or _fits(drawing):
        yield drawing
    elif isinstance(drawing, RankedDots) and any(drawing.places):
        yield from _by_groups(drawing)
    else:
        yield from _shared(drawing, most=RANKED_ON if drawing.ranked else every) or _fewest(drawing)


def _shared(drawing: RankedDots[Wording] | IntervalDots[Wording], *, most: int) -> list[Drawing[Wording]]:
    """Return rows in their order on as few slides as hold them, at `most` so many; none where those do not."""
    values = drawing.points if isinstance(drawing, RankedDots) else drawing.rows
    order = list(range(len(values)))
    if drawing.ranked:
        order.sort(key=lambda n: -(values[n].value or 0.0))
    for number in range(2, most + 1):
        parts = [only(drawing, part) for part in evenly(order, most=ceil(len(order) / number))]
        if all(map(_fits, parts)):
            return parts
    return []


def _fewest(drawing: Drawing[Wording]) -> tuple[Drawing[Wording], ...]:
    """Return a chart with as many of its rows as one slide holds."""
    tried = (fewer(drawing, most=most) for most in range(many(drawing) - 1, 0, -1))
    return (next((one for one in tried if one and _fits(one)), drawing),)


def _by_groups(drawing: RankedDots[Wording]) -> Iterator[Drawing[Wording]]:
    """Yield rows of several places with whole groups on each slide, as many as it holds."""
    first, *later = groups(drawing)
    start, stop = 0, first.stop
    for group in later:
        if not _fits(only(drawing, range(start, group.stop))):
            yield only(drawing, range(start, stop))
            start = group.start
        stop = group.stop
    yield only(drawing, range(start, stop))


def _fits(drawing: Drawing[Wording]) -> bool:
    return all(sheet(in_language(drawing, lang), width=WIDTH).height <= HEIGHT for lang in LANGUAGES)
