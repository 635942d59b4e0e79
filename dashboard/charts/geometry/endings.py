"""Names at the ends of lines: several places on one chart are named directly, never in a legend.

The awkward fact: lines end close together, names are long and a telephone is narrow. So the words stand beside the
axes, in the order in which the lines end, as near to them as they can without touching.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.geometry.lines import OURS, Line, Look
from dashboard.charts.letters import text_width, wrapped
from dashboard.charts.spec import Panel, TimeLine

END_SIZE, END_LINE, END_GAP = 14, 17, 3  # pixels: of the words, of a line of them, and between two names


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What is written at the end of a line: name and, in bold, newest number; its height and where its middle stands.

    `middle` is in pixels above the foot of the axes. The number stands after the last line of the name, or where there
    is no room (`is_apart`) on a line of its own.
    """

    lines: tuple[str, ...]
    number: str
    look: Look
    height: float
    is_apart: bool
    middle: float = 0.0


def endings(drawing: TimeLine | Panel, shape: Line, *, room: float) -> tuple[Ending, ...]:
    """Return the words at the ends of the lines of a chart, within a width in pixels; none where ours is alone."""
    if not drawing.others:
        return ()
    named = [(drawing.name, drawing.latest, OURS)]
    named += [(one.name, one.latest, line.look) for one, line in zip(drawing.others, shape.others, strict=True)]
    return tuple(_ending(name, number, look, room=room) for name, number, look in named if number)


def _ending(name: str, number: str, look: Look, *, room: float) -> Ending:
    lines = wrapped(name, size=END_SIZE, most=room, bold=True)
    is_apart = text_width(f"{lines[-1]} {number}", size=END_SIZE, bold=True) > room
    height = END_LINE * (len(lines) + is_apart) + END_GAP
    return Ending(lines=lines, number=number, look=look, height=height, is_apart=is_apart)


def set_apart(endings: Sequence[Ending], shape: Line, *, high: float, above: Callable[[float], float]) -> list[Ending]:
    """Return endings as near to the ends of their lines as they can stand without touching, from 0 to `high` pixels.

    `above` gives the pixels of a value above the foot.
    """
    newest = [line.newest for line in (shape, *shape.others) if line.newest]
    heights = [above(one.point.value or 0.0) for one in newest]
    order = sorted(range(len(endings)), key=lambda n: heights[n])
    middles, floor = dict(enumerate(heights)), 0.0
    for n in order:
        middles[n] = max(heights[n], floor + endings[n].height / 2)
        floor = middles[n] + endings[n].height / 2
    ceiling = high
    for n in reversed(order):
        middles[n] = min(middles[n], ceiling - endings[n].height / 2)
        ceiling = middles[n] - endings[n].height / 2
    return [replace(one, middle=middles[n]) for n, one in enumerate(endings)]


def height_of(endings: Sequence[Ending]) -> float:
    """Return the pixels that endings take one above the other."""
    return sum(one.height for one in endings)
