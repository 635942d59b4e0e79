"""A picture of one true sentence, for a newsletter or a post: `/cards/population.png?place=W06000015&lang=cy`.

`shape=square` is for posts (1080 by 1080), the usual shape for links and newsletters (1200 by 630).

The awkward fact: a card is passed on without its page, and cut to fit a screen. So what could mislead stands in its
words (title, subtitle, the heaviest caveat, what is said of a choice), the source stands on it, and its text comes
beside it under `.txt`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard.briefing.raster import png
from dashboard.caveats import heaviest
from dashboard.charts import AreaMap
from dashboard.charts.fewer import fewer, many
from dashboard.charts.letters import drawable, wrapped
from dashboard.charts.look import FONT, INK, MUTED, NAVY
from dashboard.charts.svg import NAMESPACE, sheet
from dashboard.charts.svg.canvas import element, number, text
from dashboard.downloads import source_lines
from dashboard.figure import Figure
from dashboard.figures.carded import refusal
from dashboard.files import LETTERS, NoFileError, answered, figure_of, file_named, keeping, request_of
from dashboard.i18n import Language, t
from dashboard.i18n.text import say

PATH = "/cards/{name:path}"
MARGIN, LEADING = 48, 1.28
TITLES = (44, 38, 33, 29, 26)
ALONE = (56, *TITLES)  # of a title with no chart beside it
HALF, GAP = 500, 40
SMALLEST, LARGEST = 1.25, 2  # how much a chart is enlarged at least and at most
LEAST, LEAST_MAP = 0.95, 0.75  # of one that is high, whose letters are still read; of a map, which has few
FEWER = (12, 9, 7, 5, 4, 3, 2)  # rows or small charts of one that has too many to be read
CHART_WIDTHS = (1112, 880, 760, 640, 520, 420, 340)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How wide and how high a card is, in pixels."""

    code: str
    width: int
    height: int
    titles: tuple[int, ...]  # sizes of letters, the largest that leaves room for the chart is taken
    notes: tuple[int, int]  # sizes of the caveat and of the source

    @property
    def inside(self) -> int:
        """How wide what stands between its margins is."""
        return self.width - 2 * MARGIN


WIDE = Shape(code="wide", width=1200, height=630, titles=TITLES, notes=(20, 17))
SQUARE = Shape(code="square", width=1080, height=1080, titles=(56, 50, *TITLES), notes=(26, 20))
SHAPES = {one.code: one for one in (WIDE, SQUARE)}
SHAPE = "shape"  # its name in an address


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card: its words, and how large, how strong and in which colour."""

    words: str
    size: float
    bold: bool = False
    fill: str = INK
    above: float = 0  # pixels of space before it


def card_svg(figure: Figure, *, lang: Language, font: str = FONT, shape: Shape = WIDE) -> str:
    """Return the card as SVG: the finding, what it is of, the chart where it can be read, caveat and source."""
    below = _lines(_closing(figure, shape, lang=lang), width=shape.inside)
    foot = shape.height - MARGIN / 2 - _height(below)
    head, middle = _middle(figure, shape, bottom=foot - 12, lang=lang)
    tail, _ = _written(below, top=foot)
    ground = element("rect", {"width": shape.width, "height": shape.height, "fill": "#FFFFFF"})
    edge = element("rect", {"width": shape.width, "height": 10, "fill": NAVY})
    for_screen_readers = element("title", {}, escape(figure.title)) + element(
        "desc", {}, escape(alt_of(figure, lang=lang))
    )
    size = {"viewBox": f"0 0 {shape.width} {shape.height}", "width": str(shape.width), "height": str(shape.height)}
    look = {"font-family": font, "role": "img", "xml:lang": lang}
    parts = (for_screen_readers, ground, edge, *head, middle, *tail)
    return element("svg", {"xmlns": NAMESPACE, **size, **look}, "".join(parts))


def _middle(figure: Figure, shape: Shape, *, bottom: float, lang: Language) -> tuple[list[str], str]:
    """Return the words and the chart over or beside them, whichever way it is larger; words alone where neither is."""
    every = (figure, *_with_fewer(figure, lang=lang))
    for one, smallest in product(every, (SMALLEST, LEAST_MAP if isinstance(figure.drawing, AreaMap) else LEAST)):
        ways = (way(one, shape, bottom, lang, smallest) for way in (_stacked, _in_columns))
        if pairs := [pair for pair in ways if pair]:
            head, chart = max(pairs, key=lambda pair: pair[1].area)
            return head, chart.drawn
    for size in ALONE:
        head, top = _written(_lines(_opening(figure, size, lang=lang), width=shape.inside), top=MARGIN / 2)
        if top <= bottom:
            break
    return head, ""


def _with_fewer(figure: Figure, *, lang: Language) -> Iterator[Figure]:
    """Yield a figure with fewer and fewer of its rows, or of its small charts, and how many of all they are."""
    for most in FEWER:
        if drawn := fewer(figure.drawing, most=most):
            how_many = t("card.some", lang=lang, n=most, total=many(figure.drawing))
            yield replace(figure, drawing=drawn, subtitle=f"{figure.subtitle} · {how_many}")


def _stacked(
    figure: Figure, shape: Shape, bottom: float, lang: Language, smallest: float
) -> tuple[list[str], _Chart] | None:
    """Return the words over the chart, in the largest letters that leave it room; None where none do."""
    for size in shape.titles:
        head, top = _written(_lines(_opening(figure, size, lang=lang), width=shape.inside), top=MARGIN / 2)
        room = _Room(left=MARGIN, top=top + 16, width=shape.inside, bottom=bottom)
        if chart := _chart(figure, room, smallest=smallest):
            return head, chart
    return None


def _in_columns(
    figure: Figure, shape: Shape, bottom: float, lang: Language, smallest: float
) -> tuple[list[str], _Chart] | None:
    """Return the words beside a chart that is high, on a card that is wide; None where they leave it no room."""
    room = _Room(left=MARGIN + HALF + GAP, top=MARGIN, width=shape.inside - HALF - GAP, bottom=bottom)
    chart = _chart(figure, room, smallest=min(smallest, LEAST)) if shape.width > shape.height else None
    for size in TITLES[1:]:
        head, top = _written(_lines(_opening(figure, size, lang=lang), width=HALF), top=MARGIN / 2)
        if chart and top <= bottom:
            return head, chart
    return None


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


def _closing(figure: Figure, shape: Shape, *, lang: Language) -> tuple[Line, ...]:
    caveat, source = shape.notes
    return (
        Line(words=_heaviest(figure), size=caveat),
        Line(words=_source(figure, lang=lang), size=source, fill=MUTED, above=6),
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


@dataclass(frozen=True, kw_only=True)
class _Room:
    """Where a chart may stand on a card."""

    left: float
    top: float
    width: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class _Chart:
    """A chart as it stands on a card, and how much of it it covers."""

    drawn: str
    area: float


def _chart(figure: Figure, room: _Room, *, smallest: float) -> _Chart | None:
    """Return the drawing that covers most of its room, in its middle; None where none is enlarged enough to be read."""
    charts: list[_Chart] = []
    for drawn in CHART_WIDTHS if figure.has_chart else ():
        chart = sheet(figure.drawing, width=drawn)
        scale = min(room.width / drawn, (room.bottom - room.top) / chart.height, LARGEST)
        if scale >= smallest:
            wide, high = drawn * scale, chart.height * scale
            left = room.left + (room.width - wide) / 2
            top = room.top + (room.bottom - room.top - high) / 2
            moved = f"translate({number(left)} {number(top)}) scale({number(scale)})"
            charts.append(_Chart(drawn=element("g", {"transform": moved}, "".join(chart.parts)), area=wide * high))
    return max(charts, key=lambda one: one.area, default=None)


def card_png(figure: Figure, *, lang: Language, shape: Shape = WIDE) -> bytes:
    """Return the card as PNG, with its text inside as its description."""
    picture = png(card_svg(figure, lang=lang, font=LETTERS, shape=shape), shape.width)
    return _described(picture, alt_of(figure, lang=lang), lang=lang)


def _described(picture: bytes, words: str, *, lang: Language) -> bytes:
    """Return a PNG with words in a text part of its own, which stands before the pixels."""
    content = b"Description\0\0\0" + lang.encode() + b"\0\0" + words.encode()
    part = b"iTXt" + content
    chunk = struct.pack(">I", len(content)) + part + struct.pack(">I", zlib.crc32(part))
    header = 33  # bytes of the signature and the first part, which every PNG begins with
    return picture[:header] + chunk + picture[header:]


def card_text(figure: Figure, *, lang: Language) -> bytes:
    """Return what to paste beside the card: the finding, its caveat, the source, and the alternative text."""
    lines = (figure.title, figure.sentence, _heaviest(figure), *dict.fromkeys(_sources(figure, lang=lang)))
    return "\n\n".join((*lines, t("card.alt", lang=lang, alt=alt_of(figure, lang=lang)))).encode()


def post_text(figure: Figure, *, lang: Language, link: str = "") -> str:
    """Return a text for a post beside the card: finding, heaviest caveat, whose figures they are, and a link."""
    lines = (figure.title + ".", _heaviest(figure), _source(figure, lang=lang), link)
    return "\r\n\r\n".join(part for part in lines if part) + "\r\n"


def _sources(figure: Figure, *, lang: Language) -> tuple[str, ...]:
    return tuple(" · ".join(source_lines(source, lang=lang)) for source in figure.sources)


FORMS: dict[str, tuple[str, Callable[[Figure, Language, Shape], bytes]]] = {
    "png": ("image/png", lambda figure, lang, shape: card_png(figure, lang=lang, shape=shape)),
    "svg": ("image/svg+xml", lambda figure, lang, shape: card_svg(figure, lang=lang, shape=shape).encode()),
    "txt": ("text/plain; charset=utf-8", lambda figure, lang, _: card_text(figure, lang=lang)),
}


def respond(http: HttpRequest) -> Response:
    """Answer with a card, or with a plain page in both languages that says why there is none."""

    def make() -> Response:
        entry, form = file_named(http.path_params["name"], forms=tuple(FORMS))
        shape, rest = _shape(http)
        request = request_of(entry.options, rest)
        mime, draw = FORMS[form]
        figure = figure_of(entry.code, request)
        if why := refusal(figure, request):
            raise NoFileError(404, why)
        content = draw(figure, request.lang, shape)
        return Response(content, media_type=mime, headers={"cache-control": keeping(http)})

    return answered(http, none=say("files.none"), make=make)


def _shape(http: HttpRequest) -> tuple[Shape, HttpRequest]:
    """Return the shape that an address asks for, and the request without it; raise `NoFileError` for no shape."""
    parts = http.query_params.multi_items()
    named = {value for name, value in parts if name == SHAPE} or {WIDE.code}
    if not named <= set(SHAPES) or len(named) > 1:
        raise NoFileError(400, say("files.unknown_value", name=SHAPE, allowed=", ".join(SHAPES)))
    rest = urlencode([(name, value) for name, value in parts if name != SHAPE])
    return SHAPES[named.pop()], HttpRequest({**http.scope, "query_string": rest.encode()}, http.receive)
