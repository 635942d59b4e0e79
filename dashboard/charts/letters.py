"""How wide a text is in our letters, and which characters they have: what a chart needs to leave no word cut.

The awkward fact: an SVG is drawn by whoever opens it, in the letters that are there. Where ours are missing the
reader sees Arial, a tenth wider, so every width here is that much more than our own letters need.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase
from unicodedata import category

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, OTHER_SCRIPTS = "SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf", "DejaVuSans.ttf"
SLACK = 1.1


def nth_letter(n: int) -> str:
    """Return the letter of the break at a place in their order, the first at 0: "a" to "z", then "aa" to "zz"."""
    return ascii_lowercase[n % len(ascii_lowercase)] * (n // len(ascii_lowercase) + 1)


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width in pixels of a text at a size in pixels, with room for a wider font."""
    return _em(text, bold=bold) * size * SLACK


@lru_cache(maxsize=4096)
def wrapped(text: str, *, size: float, most: float, bold: bool = False) -> tuple[str, ...]:
    """Return a text in lines no wider than `most` pixels, broken between words, within a word only where it must."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size=size, bold=bold) <= most:
            lines[-1] = joined
        else:
            lines += _pieces(word, size=size, most=most, bold=bold)
    return tuple(lines) or ("",)


def evened(text: str, *, size: float, most: float) -> tuple[str, ...]:
    """Return a text in as few lines as `wrapped` needs, about as wide as each other: no word stands alone below."""
    fewest = wrapped(text, size=size, most=most)
    if len(fewest) == 1:
        return fewest
    narrower = (wrapped(text, size=size, most=most * share / 20) for share in range(10, 20))
    return next((lines for lines in narrower if len(lines) == len(fewest)), fewest)


def drawable(text: str) -> str:
    """Return a text with "□" in place of every character that none of our fonts has; what is never seen is let be."""
    return text.translate(dict.fromkeys(map(ord, undrawn(text)), "□"))


def undrawn(text: str) -> frozenset[str]:
    """Return the characters of a text that none of our fonts has."""
    drawable = _drawable()
    return frozenset(letter for letter in set(text) if ord(letter) not in drawable and not _unseen(letter))


def _unseen(letter: str) -> bool:
    """Tell spaces, new lines, joiners and marks of direction: they need no glyph."""
    return letter.isspace() or category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def _pieces(word: str, *, size: float, most: float, bold: bool) -> list[str]:
    """Break a word that is too wide on its own."""
    if text_width(word, size=size, bold=bold) <= most:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size=size, bold=bold) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=4096)  # a page writes the same names on many charts
def _em(text: str, *, bold: bool) -> float:
    return sum(map(_widths(BOLD if bold else REGULAR).__getitem__, text))


class _Widths(dict[str, float]):
    """How wide each letter of a font is, in ems; one that it lacks is as wide as in the font of other scripts."""

    def __missing__(self, letter: str) -> float:
        self[letter] = _advances(OTHER_SCRIPTS).get(ord(letter), 1.0)
        return self[letter]


@cache
def _widths(file: str) -> _Widths:
    return _Widths({chr(letter): width for letter, width in _advances(file).items() if width})


@cache
def _advances(file: str) -> Mapping[int, float]:
    """Return how far each character of a font moves on, in ems."""
    with TTFont(FONTS / file, lazy=True) as font:
        font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])  # their own names are not wanted
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {letter: widths[glyph][0] / em for letter, glyph in font.getBestCmap().items()}


@cache
def _drawable() -> frozenset[int]:
    """Return the characters that can be drawn, regular and bold."""
    in_both_weights = _advances(REGULAR).keys() & _advances(BOLD).keys()
    return frozenset(in_both_weights | _advances(OTHER_SCRIPTS).keys())
