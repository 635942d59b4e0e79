"""How wide text will stand, so that a file can be laid out without the program that will open it.

The awkward fact: PowerPoint measures only what somebody edits. A file that trusts it to shrink text opens with
lines hanging off the slide, so lines are counted here, by the widths of Arial, and a little too wide on purpose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

# Thousandths of an em in Arial, regular; what is not listed is as wide as its letter without accents.
_WIDTHS = {
    191: "'’‘",
    222: "ijl",
    278: " !,./:;I[\\]ft",
    333: "()-`r{}“”·",
    355: '"•*',
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–£",
    584: "+<=>~^|−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_FULL_EM, _OTHER_SCRIPT = 1000, 650
BOLD = 1.08
LINE_HEIGHT = 1.2
_SLACK = 1.03  # the fonts that stand in for Arial are a little wider


def width_of(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width of a text on one line, in points."""
    return sum(_letter(letter) for letter in text) / 1000 * size * (BOLD if bold else 1) * _SLACK


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0
    is_wide = unicodedata.east_asian_width(letter) in ("W", "F")
    return _WIDTH.get(unicodedata.normalize("NFD", letter)[0], _FULL_EM if is_wide else _OTHER_SCRIPT)


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


def runs_right_to_left(text: str) -> bool:
    """Say whether the first letter that has a direction runs from right to left, as in Arabic or Hebrew."""
    strong = (d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL"))
    return next(strong, "L") != "L"
