"""How wide text will stand, so that a file can be laid out without the program that will open it.

The awkward fact: PowerPoint measures only what somebody edits. A file that trusts it to shrink text opens with
lines hanging off the slide, so lines are counted here, in Arial, and a little too wide on purpose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil

from cohesion.days import day_written
from dashboard.charts.letters import text_width

LINE_HEIGHT = 1.2
_ARIAL = 1.02  # beyond the room that charts leave for it, since here its lines are counted and not only kept whole
_CAPITALS = 0.07  # capitals, which are wider still in Arial than our own
_TO_WRITE_IN = 0.9  # of the whole width, that an empty column would have, were there nothing else
_TAKES_ROOM = 0.7  # of two columns the one with twice as much to say is not twice as wide


def width_of(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width of a text on one line in Arial, in the unit of `size`."""
    capitals = "".join(letter for letter in text if letter.isupper())
    return text_width(text, size=size, bold=bold) * _ARIAL + text_width(capitals, size=size, bold=bold) * _CAPITALS


def line_count(text: str, *, size: float, width: float, bold: bool = False) -> int:
    """Return how many lines a text takes within a width in points; a word wider than the width is broken."""
    return sum(_lines_of(one, size=size, width=width, bold=bold) for one in text.split("\n"))


def _lines_of(text: str, *, size: float, width: float, bold: bool) -> int:
    lines, used = 1, 0.0
    space = width_of(" ", size=size, bold=bold)
    for word in _widths_of_words(text, size=size, bold=bold):
        if used and used + space + word > width:
            lines, used = lines + 1, 0.0
        used += word + (space if used else 0)
        if used > width:
            over = ceil(used / width) - 1
            lines, used = lines + over, used - over * width
    return lines


def _widths_of_words(text: str, *, size: float, bold: bool) -> Iterator[float]:
    return (width_of(word, size=size, bold=bold) for word in text.split())


def stays_whole(text: str) -> bool:
    """Tell whether a cell goes on no second line, as no number does: a day, "30 June 2026" or "30 Mehefin 2026"."""
    return day_written(text, short_years=False) is not None


def column_widths(texts: Sequence[Sequence[str]], *, width: float, size: float, padding: float) -> tuple[float, ...]:
    """Share a width out among columns: each its longest word and padding, and the rest by what its cells say.

    `texts` are the rows, the header first and in bold; a heading may go on two lines.
    """
    columns = list(zip(*texts, strict=True))
    if not any(any(row) for row in texts[1:]):  # to be written in by hand: the first column has most to say
        return (width / 2, *(width / 2 / (len(columns) - 1) for _ in columns[1:]))
    words = [max(width_of(w, size=size, bold=True) for x in c for w in _whole_words(x)) for c in columns]
    least = [word + padding for word in words]
    lines = [[line for x in c[1:] for line in x.split("\n")] for c in columns]
    natural = [
        max(width_of(c[0], size=size, bold=True) / 2, *(width_of(line, size=size) for line in own))
        if any(own)
        else width * _TO_WRITE_IN
        for c, own in zip(columns, lines, strict=True)
    ]
    more = [max(0.0, want - word) ** _TAKES_ROOM for want, word in zip(natural, words, strict=True)]
    spare = width - sum(least)
    if spare <= 0:
        return tuple(x * width / sum(least) for x in least)
    shares = [x / sum(more) for x in more] if any(more) else [1 / len(least)] * len(least)
    return tuple(low + spare * share for low, share in zip(least, shares, strict=True))


def _whole_words(text: str) -> list[str]:
    return [text] if stays_whole(text) else text.split() or [""]


def runs_right_to_left(text: str) -> bool:
    """Say whether the first letter that has a direction runs from right to left, as in Arabic or Hebrew."""
    strong = (d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL"))
    return next(strong, "L") != "L"
