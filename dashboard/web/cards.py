"""A picture of one true sentence, for a newsletter or a post: `/cards/population.png?place=W06000015&lang=cy`.

The awkward fact: a card is passed on without its page, and cut to fit a screen. So what could mislead stands in its
words (title, subtitle, the heaviest caveat, what is said of a choice), the source stands on it, and its text comes
beside it under `.txt`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard.briefing.raster import png
from dashboard.caveats import heaviest
from dashboard.charts.letters import drawable, wrapped
from dashboard.charts.look import FONT, INK, MUTED, NAVY
from dashboard.charts.svg import NAMESPACE, sheet
from dashboard.charts.svg.canvas import element, number, text
from dashboard.downloads import source_lines
from dashboard.figure import Figure
from dashboard.figures.request import Request
from dashboard.files import LETTERS, answered, asked, figure_of, file_named, keeping
from dashboard.i18n import Language, t
from dashboard.i18n.text import say

PATH = "/cards/{name:path}"
WIDTH, HEIGHT, MARGIN, LEADING = 1200, 630, 48, 1.28
INSIDE = WIDTH - 2 * MARGIN
TITLES = (44, 38, 33, 29, 26)  # sizes of letters, the largest that leaves room for the chart is taken
ALONE = 56  # size of a title with no chart beside it
HALF, GAP = 500, 40
SMALLEST, LARGEST = 1.25, 2  # how much a chart is enlarged at least and at most
CHART_WIDTHS = (880, 760, 640, 520, 420, 340)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card: its words, and how large, how strong and in which colour."""

    words: str
    size: float
    bold: bool = False
    fill: str = INK
    above: float = 0  # pixels of space before it


def card_svg(figure: Figure, *, lang: Language, font: str = FONT) -> str:
    """Return the card as SVG, 1200 by 630: the finding, what it is of, the chart where it can be read, the source."""
    below = _lines(_closing(figure, lang=lang), width=INSIDE)
    foot = HEIGHT - MARGIN / 2 - _height(below)
    head, middle = _stacked(figure, bottom=foot - 12, lang=lang) or _in_columns(figure, bottom=foot - 12, lang=lang)
    tail, _ = _written(below, top=foot)
    ground = element("rect", {"width": WIDTH, "height": HEIGHT, "fill": "#FFFFFF"})
    edge = element("rect", {"width": WIDTH, "height": 10, "fill": NAVY})
    told = element("title", {}, escape(figure.title)) + element("desc", {}, escape(alt_of(figure, lang=lang)))
    size = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": str(WIDTH), "height": str(HEIGHT)}
    look = {"font-family": font, "role": "img", "xml:lang": lang}
    parts = (told, ground, edge, *head, middle, *tail)
    return element("svg", {"xmlns": NAMESPACE, **size, **look}, "".join(parts))


def _stacked(figure: Figure, *, bottom: float, lang: Language) -> tuple[list[str], str] | None:
    """Return the words over the chart, in the largest letters that leave it room; None where none do."""
    for size in TITLES:
        head, top = _written(_lines(_opening(figure, size, lang=lang), width=INSIDE), top=MARGIN / 2)
        if chart := _chart(figure, left=MARGIN, top=top + 16, width=INSIDE, bottom=bottom, smallest=SMALLEST):
            return head, chart
    return None


def _in_columns(figure: Figure, *, bottom: float, lang: Language) -> tuple[list[str], str]:
    """Return the words beside a chart that is high; alone, and larger, where no chart can be read."""
    left = MARGIN + HALF + GAP
    if chart := _chart(figure, left=left, top=MARGIN, width=INSIDE - HALF - GAP, bottom=bottom, smallest=1):
        lines = _lines(_opening(figure, TITLES[1], lang=lang), width=HALF)
        return _written(lines, top=MARGIN / 2)[0], chart
    return _written(_lines(_opening(figure, ALONE, lang=lang), width=INSIDE), top=MARGIN / 2)[0], ""


def alt_of(figure: Figure, *, lang: Language) -> str:
    """Return what a card says to who cannot see it: the finding, what it is of, and its heaviest caveat."""
    caveat = _heaviest(figure)
    return " ".join((f"{figure.title}.", f"{figure.subtitle}.", figure.sentence, caveat, _source(figure, lang=lang)))


def _heaviest(figure: Figure) -> str:
    return " ".join(one.text for one in heaviest(figure.caveats, most=1))


def _opening(figure: Figure, size: float, *, lang: Language) -> tuple[Line, ...]:
    return (
        Line(words=t("app.title", lang=lang), size=22, bold=True, fill=NAVY),
        Line(words=figure.title, size=size, bold=True),
        Line(words=figure.subtitle, size=min(24, size), fill=MUTED, above=10),
    )


def _closing(figure: Figure, *, lang: Language) -> tuple[Line, ...]:
    return (
        Line(words=_heaviest(figure), size=20),
        Line(words=_source(figure, lang=lang), size=17, fill=MUTED, above=6),
    )


def _source(figure: Figure, *, lang: Language) -> str:
    first, *more = dict.fromkeys(source_lines(source, lang=lang)[0] for source in figure.sources)
    return f"{first} (+{len(more)})" if more else first


def _lines(paragraphs: tuple[Line, ...], *, width: float) -> list[Line]:
    return [
        Line(words=words, size=one.size, bold=one.bold, fill=one.fill, above=0 if at else one.above)
        for one in paragraphs
        for at, words in enumerate(wrapped(drawable(one.words), size=one.size, most=width, bold=one.bold))
    ]


def _height(lines: list[Line]) -> float:
    return sum(line.size * LEADING + line.above for line in lines) + 8


def _written(lines: list[Line], *, top: float) -> tuple[list[str], float]:
    elements = []
    for line in lines:
        top += line.size * LEADING + line.above
        elements.append(text(MARGIN, top, line.words, size=line.size, fill=line.fill, bold=line.bold))
    return elements, top


def _chart(figure: Figure, *, left: float, top: float, width: float, bottom: float, smallest: float) -> str:
    """Return the widest drawing of the chart that is enlarged enough to be read; "" where there is none."""
    for drawn in CHART_WIDTHS if figure.has_chart else ():
        chart = sheet(figure.drawing, width=drawn)
        scale = min(width / drawn, (bottom - top) / chart.height, LARGEST)
        if scale >= smallest:
            across = left + (width - drawn * scale) / 2
            moved = f"translate({number(across)} {number(top)}) scale({number(scale)})"
            return element("g", {"transform": moved}, "".join(chart.parts))
    return ""


def card_png(figure: Figure, *, lang: Language) -> bytes:
    """Return the card as PNG, with its text inside as its description."""
    return _described(png(card_svg(figure, lang=lang, font=LETTERS), WIDTH), alt_of(figure, lang=lang), lang=lang)


def _described(picture: bytes, words: str, *, lang: Language) -> bytes:
    """Return a PNG with words in a text part of its own, which stands before the pixels."""
    content = b"Description\0\0\0" + lang.encode() + b"\0\0" + words.encode()
    part = b"iTXt" + content
    chunk = struct.pack(">I", len(content)) + part + struct.pack(">I", zlib.crc32(part))
    header = 33  # bytes of the signature and the first part, which every PNG begins with
    return picture[:header] + chunk + picture[header:]


def card_text(figure: Figure, *, lang: Language) -> bytes:
    """Return what to paste beside the card: the finding, its caveat, the source, and the alternative text."""
    told = (figure.title, figure.sentence, _heaviest(figure), *dict.fromkeys(_sources(figure, lang=lang)))
    return "\n\n".join((*told, t("card.alt", lang=lang, alt=alt_of(figure, lang=lang)))).encode()


def _sources(figure: Figure, *, lang: Language) -> tuple[str, ...]:
    return tuple(" · ".join(source_lines(source, lang=lang)) for source in figure.sources)


FORMS: dict[str, tuple[str, Callable[[Figure, Request], bytes]]] = {
    "png": ("image/png", lambda figure, request: card_png(figure, lang=request.lang)),
    "svg": ("image/svg+xml", lambda figure, request: card_svg(figure, lang=request.lang).encode()),
    "txt": ("text/plain; charset=utf-8", lambda figure, request: card_text(figure, lang=request.lang)),
}


def respond(http: HttpRequest) -> Response:
    """Answer with a card, or with a plain page in both languages that says why there is none."""

    def make() -> Response:
        entry, form = file_named(http.path_params["name"], forms=tuple(FORMS))
        request = asked(entry.options, http)
        mime, draw = FORMS[form]
        content = draw(figure_of(entry.code, request), request)
        return Response(content, media_type=mime, headers={"cache-control": keeping(http)})

    return answered(http, none=say("files.none"), make=make)
