"""A page as its script drew it, made such that no server and no script is needed to read it.

The awkward fact: the live page sends what is folded in an attribute and a chart as numbers, and its scripts put both in
their place. Here that is done once for all readers; what needs an answer of the server is left out, and a page says
once what that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml import etree, html
from markupsafe import Markup

from dashboard.charts.svg import svg
from dashboard.figure import Figure
from dashboard.figures.catalogue import BY_CODE, with_usual
from dashboard.figures.request import Request, read
from dashboard.files import FORMS, figure_of
from dashboard.static_copy.extent import Extent, Spot
from dashboard.web import rows
from dashboard.widgets.html import part
from dashboard.widgets.recorded import Piece

WIDTHS = {"wide": 1000, "middle": 620, "narrow": 320}  # pixels of a chart, for a page, a tablet and a telephone
PICKER = "selectbox"
TOLD = ("html", "code")  # pieces that say something; every other is a widget
LEFT_OUT = (
    "ct-controls",
    "ct-add",
    "ct-copying",
    "ct-away",
    "ct-tray",
)  # what only a server, or only a script, answers
_ELSEWHERE = re.compile(r"#|[a-z]+:")  # on this page, or on somebody else's
_DRAWN = re.compile(r"<!--drawn:(\d+)-->")


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A page without its frame, the trail above it and the footer below it, and the files of its figures by path."""

    trail: Markup
    body: Markup
    footer: Markup
    files: dict[str, bytes]
    has_contents: bool


def plain(pieces: Sequence[Piece], *, here: Spot, extent: Extent, choice: str = "") -> Plain:
    """Return the pieces of a page as plain HTML, with every link leading to where the copy has it.

    `choice` is the HTML that stands in place of the first picker of a page.
    """
    page = _Page(here=here, extent=extent)
    trail, *inside, footer = _parsed(_chosen(pieces, choice))
    every = [trail, *inside, footer]
    for one in every:
        page.unfold(one)
    for one in inside:
        page.settle_figures(one)
    for one in every:
        page.settle_links(one)
    page.drop_lost_ways(every)
    body = Markup("").join(page.written(one, wrapped=True) for one in inside)
    has_contents = any(one.find_class("ct-contents") for one in inside)
    return Plain(
        trail=page.written(trail), body=body, footer=page.written(footer), files=page.files, has_contents=has_contents
    )


def _chosen(pieces: Sequence[Piece], choice: str) -> Sequence[Piece]:
    """Return the pieces with the links of a choice where its picker stood."""
    at = next((at for at, one in enumerate(pieces) if one.kind == PICKER), None)
    if not choice or at is None:
        return pieces
    return (*pieces[:at], Piece(kind="html", text=choice), *pieces[at + 1 :])


def _parsed(pieces: Sequence[Piece]) -> Iterator[html.HtmlElement]:
    """Yield the pieces without widgets, and without a heading under which a widget stood and nothing else."""
    read = [(one.kind, html.fragment_fromstring(_text(one), create_parent="div")) for one in pieces]
    for at, (kind, piece) in enumerate(read):
        below = next((one for other, one in read[at + 1 :] if other in TOLD), None)
        is_alone = [one.tag for one in piece] == ["h2"] and at + 1 < len(read) and read[at + 1][0] not in TOLD
        if kind in TOLD and not (is_alone and below is not None and below.find(".//h2") is not None):
            yield piece


def _text(piece: Piece) -> str:
    return part("parts", "as_it_stands", text=piece.text) if piece.kind == "code" else piece.text


class _Page:
    """One page while it is made plain: where it stands, and the charts and files that its figures come to."""

    def __init__(self, *, here: Spot, extent: Extent) -> None:
        self.here, self.extent = here, extent
        self.files: dict[str, bytes] = {}
        self._drawn: list[str] = []

    def unfold(self, piece: html.HtmlElement) -> None:
        """Put what is folded in its place, as static/folded.js does."""
        for one in piece.xpath(".//details[@data-table]"):
            figure, request = _figure_asked(one.attrib.pop("data-table"))
            one.set("data-inside", rows.of_figure(figure, lang=request.lang))
        for one in piece.xpath(".//details[@data-inside]"):
            inside = html.fragment_fromstring(one.attrib.pop("data-inside"), create_parent="div")
            self.unfold(inside)
            one[-1].tail = inside.text
            one.extend(list(inside))

    def settle_figures(self, piece: html.HtmlElement) -> None:
        """Draw the chart of each figure and make its files."""
        for one in (one for name in LEFT_OUT for one in piece.find_class(name)):
            one.drop_tree()
        for block in piece.find_class("ct-block"):
            links = block.find_class("ct-file")
            if links:
                figure, request = _figure_asked(links[0].get("href", ""))
                self._settle_files(block, figure, request)
                for box in block.find_class("ct-chart"):
                    self._draw(box, figure)

    def _settle_files(self, block: html.HtmlElement, figure: Figure, request: Request) -> None:
        """Make the files that are linked under a figure, and links of the buttons that save its picture."""
        for link in block.find_class("ct-file"):
            form = urlsplit(link.get("href", "")).path.rpartition(".")[2]
            self._link_file(link, figure, request, form=form)
        for button in block.find_class("ct-image"):
            form = button.get("data-kind", "")
            if form != "svg" and not self.extent.pictures:
                button.drop_tree()
                continue
            for name in list(button.attrib):
                del button.attrib[name]
            button.tag = "a"
            button.set("class", "ct-file")
            self._link_file(button, figure, request, form=form)

    def _link_file(self, link: html.HtmlElement, figure: Figure, request: Request, *, form: str) -> None:
        path = f"{self.here.folder}/figures/{_stem(request, figure.code)}.{form}"
        if path not in self.files:
            self.files[path] = FORMS[form].make(figure, request)
        link.set("href", self.here.way_to(path))
        link.set("download", f"{self.here.place}-{_stem(request, figure.code)}-{self.here.lang}.{form}")

    def _draw(self, box: html.HtmlElement, figure: Figure) -> None:
        """Put the chart in place of its box, as wide as each screen has room for: one of them is seen."""
        for name in list(box.attrib):
            del box.attrib[name]
        box.set("class", "ct-plot")
        for name, width in WIDTHS.items():
            room = etree.SubElement(box, "div")
            room.set("class", f"ct-{name}")
            room.append(etree.Comment(f"drawn:{len(self._drawn)}"))
            self._drawn.append(svg(figure.drawing, width=width, title=figure.title, desc=figure.alt))

    def settle_links(self, piece: html.HtmlElement) -> None:
        """Have every link lead to where the copy has it, to the live dashboard, or be no link any more."""
        for link in piece.xpath(".//a[@href]"):
            address = link.get("href", "")
            if link.get("class") == "ct-file" or _ELSEWHERE.match(address):
                continue
            target = self.extent.located(address, here=self.here)
            if target is None and self.extent.live:
                target = f"{self.extent.live}/{address.removeprefix('./')}"
            if target is not None:
                link.set("href", target)
            elif link.getparent().tag == "li" and len(link.getparent()) == 1:
                self._drop_item(link)
            else:
                link.drop_tag()
        for button in piece.find_class("ct-sort"):  # assets/copy.js makes buttons of them again
            button.tag = "span"
            del button.attrib["type"]
            button.set("class", "ct-head")

    def _drop_item(self, link: html.HtmlElement) -> None:
        """Drop the item of a list that was one link, with its last item the list, and what a trail says before that."""
        item = link.getparent()
        whole = item.getparent()
        item.drop_tree()
        if not len(whole):
            for before in whole.xpath("self::ul[parent::nav]/preceding-sibling::p[1]"):
                before.drop_tree()
            whole.drop_tree()

    def drop_lost_ways(self, pieces: Sequence[html.HtmlElement]) -> None:
        """Drop links within the page to what the copy leaves out."""
        anchors = {one for piece in pieces for one in piece.xpath(".//@id")} | {"content"}
        for link in (link for piece in pieces for link in piece.xpath(".//a[starts-with(@href, '#')]")):
            if link.get("href", "")[1:] not in anchors:
                link.getparent().drop_tree() if link.getparent().tag == "li" else link.drop_tag()

    def written(self, piece: html.HtmlElement, *, wrapped: bool = False) -> Markup:
        """Return a piece as HTML, with its charts."""
        if wrapped:
            piece.set("class", "stElementContainer")
        text = html.tostring(piece, encoding="unicode")
        return Markup(_DRAWN.sub(lambda match: self._drawn[int(match[1])], text))  # noqa: S704 - escaped where it was made


def _figure_asked(address: str) -> tuple[Figure, Request]:
    """Return the figure that the address of its rows or of a file is about, and what it asks for."""
    parts = urlsplit(address)
    code = parts.path.rpartition("/")[2].partition(".")[0]
    request, strange = read(dict(parse_qsl(parts.query)), options=BY_CODE[code].options)
    if strange:
        raise ValueError(f"expected an address that the page itself wrote; came {address!r}: {strange[0].name}")
    return figure_of(code, request), request


def _stem(request: Request, code: str) -> str:
    """Return what the files of a figure are called: its code, and the choices that are not its usual ones."""
    usual = dict(with_usual(code, request.view).options)
    return "-".join((code, *(value for name, value in request.options if usual.get(name) != value)))
