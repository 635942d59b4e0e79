"""The strokes of a hand-drawn SVG: a text, a line, a dot, each as one element; lengths are pixels.

The awkward fact: names come from publications and may hold "&" or "<", so nothing is written that is not escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.geometry.few import SWATCH, SWATCH_HEIGHT, SWATCH_WIDTH
from dashboard.charts.letters import text_width
from dashboard.charts.look import INK, MUTED, NAVY, paler

Anchor: TypeAlias = Literal["start", "middle", "end"]
KEY, KEY_LINE, KEY_GAP = 13, 15, 6  # pixels: the letters of a key under a drawing, its lines, and the gap above it
LINE = 18  # pixels from one line of a text to the next
HALO = {"stroke": "#FFFFFF", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
GAP = "\N{NO-BREAK SPACE}" * 2  # before what goes on in bold: other programs drop a plain space there
DASHES = {"solid": "", "dot": "1.5 3", "dash": "6 4"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A finished drawing: its height and its elements, from back to front."""

    height: float
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The part of a drawing between its axes."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where a text lies, to keep two apart."""

    left: float
    right: float


def number(value: float) -> str:
    """Write a length with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, attributes: Mapping[str, str | float], inside: str = "") -> str:
    """Return one element; an attribute that is "" is left out."""
    text = "".join(
        f" {key}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{text}>{inside}</{name}>" if inside else f"<{name}{text}/>"


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 14,
    fill: str = INK,
    bold: bool = False,
    anchor: Anchor = "start",
    kind: str = "",
    then_bold: str = "",
    halo: bool = False,
) -> str:
    """Return a line of text on the baseline `y`; `then_bold` goes on in bold after it, `halo` keeps lines off it."""
    more = element("tspan", {"font-weight": "700"}, escape(f"{GAP}{then_bold}")) if then_bold else ""
    look = {"fill": fill, "font-weight": "700" if bold else "", "class": kind, **(HALO if halo else {})}
    at = {"x": x, "y": y, "font-size": size, "text-anchor": "" if anchor == "start" else anchor}
    return element("text", {**at, **look}, escape(words) + more)


def lines_of_text(
    x: float, top: float, lines: Sequence[str], *, size: float = 14, bold: bool = False, kind: str = ""
) -> tuple[str, ...]:
    """Return lines of text, the first with its top at `top`."""
    return tuple(text(x, top + LINE * n + size, one, size=size, bold=bold, kind=kind) for n, one in enumerate(lines))


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dash: str = "solid") -> str:
    """Return a straight line."""
    look = {"stroke": stroke, "stroke-width": number(width), "stroke-dasharray": DASHES[dash]}
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, **look})


def rect(left: float, top: float, right: float, bottom: float, *, fill: str, kind: str = "") -> str:
    """Return a filled rectangle, whichever way round its sides are given."""
    size = {"width": abs(right - left), "height": abs(bottom - top)}
    return element("rect", {"x": min(left, right), "y": min(top, bottom), **size, "fill": fill, "class": kind})


def polygon(corners: Iterable[tuple[float, float]], *, fill: str, kind: str = "") -> str:
    """Return a filled shape with these corners."""
    return element("path", {"d": path(corners, closed=True), "fill": fill, "class": kind})


def few_box(corners: Iterable[tuple[float, float]], *, colour: str) -> str:
    """Return the box of fewer than five people: pale, with a rim of its line's colour."""
    look = {"fill": paler(colour), "stroke": colour, "stroke-width": "1.5", "class": "few"}
    return element("path", {"d": path(corners, closed=True), **look})


def few_key(lines: Sequence[str], *, top: float) -> tuple[list[str], float]:
    """Return the key to the box of fewer than five people, and the height that it takes."""
    if not lines:
        return [], 0.0
    middle, tall = top + KEY_GAP + KEY_LINE / 2 + 1, SWATCH_HEIGHT / 2
    box = [(1, middle - tall), (SWATCH_WIDTH, middle - tall), (SWATCH_WIDTH, middle + tall), (1, middle + tall)]
    words, height = key(lines, left=SWATCH, top=top)
    look = {"fill": paler(NAVY), "stroke": NAVY, "stroke-width": "1.5", "class": "few-key"}
    swatch = element("path", {"d": path(box, closed=True), **look})
    return [swatch, *words], height


def key(lines: Sequence[str], *, left: float = 0, top: float) -> tuple[list[str], float]:
    """Return lines of a key under a drawing, and the height that they take."""
    if not lines:
        return [], 0.0
    first = top + KEY_GAP + KEY
    parts = [text(left, first + KEY_LINE * n, one, size=KEY, fill=MUTED, kind="key") for n, one in enumerate(lines)]
    return parts, KEY_GAP + KEY_LINE * len(lines) + 1  # for letters that go below the line


def dot(
    x: float, y: float, radius: float, *, fill: str, stroke: str = "", width: float = 0, kind: str = "point"
) -> str:
    """Return a round mark, with a rim where it has a `stroke`."""
    rim = {"stroke": stroke, "stroke-width": number(width)} if stroke else {}
    return element("circle", {"cx": x, "cy": y, "r": radius, "fill": fill, "class": kind, **rim})


def stroke_path(points: Iterable[tuple[float, float]], *, stroke: str, width: float, dash: str, kind: str) -> str:
    """Return a line through some points."""
    look = {"fill": "none", "stroke": stroke, "stroke-width": number(width), "stroke-dasharray": DASHES[dash]}
    return element("path", {"d": path(points), **look, "stroke-linejoin": "round", "class": kind})


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return the `d` of a path through some points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if closed else "")


def clamped(x: float, words: str, *, width: float, size: float, bold: bool = False, start: float = 0) -> float:
    """Return the nearest centre for a text that keeps it between `start` and `width`."""
    half = text_width(words, size=size, bold=bold) / 2
    return max(start + half, min(x, width - half))


def levels(boxes: Sequence[Box], *, gap: float = 2) -> list[int]:
    """Return for each box the lowest level on which it touches none before it."""
    rows: list[list[Box]] = []
    levels_of = []
    for box in boxes:
        free = (
            n for n, row in enumerate(rows) if all(box.left > b.right + gap or box.right < b.left - gap for b in row)
        )
        level = next(free, len(rows))
        if level == len(rows):
            rows.append([])
        rows[level].append(box)
        levels_of.append(level)
    return levels_of
