"""A figure as one picture that may travel alone: title, chart, what it does not tell, source.

The awkward fact: an SVG has no flowing text. Every line is measured and broken here, with room for a wider font.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.charts.letters import drawable, wrapped
from dashboard.charts.look import FONT, INK, MUTED
from dashboard.charts.svg import NAMESPACE, sheet
from dashboard.charts.svg.canvas import element, number, text
from dashboard.downloads import source_lines
from dashboard.figure import Figure
from dashboard.i18n import Language, t

WIDTH, MARGIN, LEADING = 760, 16, 1.35


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A paragraph: its words, and how large, how strong and in which colour it is written."""

    words: str
    size: float = 13
    bold: bool = False
    fill: str = INK


def svg_picture(figure: Figure, *, lang: Language, font: str = FONT) -> str:
    """Return a figure as SVG text, `WIDTH` pixels wide; for one that has a chart."""
    inside = WIDTH - 2 * MARGIN
    chart = sheet(figure.drawing, width=inside)
    above, top = _written(_heading(figure), top=MARGIN)
    moved = element("g", {"transform": f"translate({MARGIN} {number(top + 6)})"}, "".join(chart.parts))
    below, bottom = _written(_closing(figure, lang=lang), top=top + chart.height + 18)
    height = number(bottom + MARGIN)
    ground = element("rect", {"width": WIDTH, "height": height, "fill": "#FFFFFF"})
    texts = element("title", {}, escape(figure.title)) + element("desc", {}, escape(figure.alt))
    size = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": height}
    look = {"font-family": font, "role": "img", "xml:lang": lang}
    return element("svg", {"xmlns": NAMESPACE, **size, **look}, "".join((texts, ground, *above, moved, *below)))


def _heading(figure: Figure) -> tuple[Lines, ...]:
    return (
        *((Lines(words=figure.mark, bold=True),) if figure.mark else ()),
        Lines(words=figure.title, size=18, bold=True),
        Lines(words=figure.subtitle, size=14, fill=MUTED),
    )


def _closing(figure: Figure, *, lang: Language) -> tuple[Lines, ...]:
    sources = (" · ".join(source_lines(source, lang=lang)) for source in figure.sources)
    return (
        Lines(words=figure.sentence, size=14),
        Lines(words=t("figure.does_not_tell", lang=lang), bold=True),
        *(Lines(words=caveat) for caveat in figure.caveat_texts),
        *(Lines(words=source, size=12, fill=MUTED) for source in dict.fromkeys(sources)),
    )


def _written(paragraphs: Iterable[Lines], *, top: float) -> tuple[tuple[str, ...], float]:
    """Return paragraphs as elements, one below the other from `top`, and where the last one ends."""
    elements = []
    for one in paragraphs:
        for line in wrapped(drawable(one.words), size=one.size, most=WIDTH - 2 * MARGIN, bold=one.bold):
            top += one.size * LEADING
            elements.append(text(MARGIN, top, line, size=one.size, fill=one.fill, bold=one.bold))
        top += one.size * 0.4
    return tuple(elements), top
