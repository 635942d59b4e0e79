"""A briefing as a tagged PDF that people can read, hear and keep: PDF/UA-1 and PDF/A-2a in one file.

The awkward fact: "one page" is a promise and names in Welsh are long. Letters keep their size, so the air between the
lines gives way, step by step, until the page holds what it must; only an officer's own long text may add a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf

from dashboard.briefing import typesetting
from dashboard.briefing.model import Briefing, Officer
from dashboard.briefing.paper import Data, laid_out, laid_out_in_both
from dashboard.i18n import LANGUAGES, Language
from dashboard.memory import Cache

TEMPLATE = Path(__file__).with_name("template").with_suffix(".typ")
SCALES = (1, 0.94, 0.88, 0.82, 0.76)  # of the room between lines; a few tries find the most that fits
# What fitted such a briefing when it was last looked at: most words that an officer types change nothing of it.
_FITTING: Cache[tuple[str, str, str], float] = Cache(most=128)


def pdf_bytes(briefing: Briefing, *, lang: Language | None) -> bytes:
    """Return a briefing of pages or slides as PDF, slides in both languages where `lang` is None.

    ValueError for one that is only tables, and for pages in both languages.

    The same briefing gives the same bytes.
    """
    if briefing.look.layout == "tables":
        raise ValueError(f"expected a briefing of pages or slides; came {briefing.kind}, which has no PDF")
    if lang is None:
        if briefing.look.layout != "slides":
            raise ValueError(f"expected slides for both languages at once; came {briefing.kind}")
        whole = {**laid_out_in_both(briefing), "scale": SCALES[0]}
        return _finished(typesetting.pdf(_template(), data=json.dumps(whole), made_on=briefing.made_on))
    if briefing.look.pages is None:  # as long as it is, whatever the other language takes
        data = {**laid_out(briefing, lang=lang), "scale": SCALES[0]}
        return _finished(typesetting.pdf(_template(), data=json.dumps(data), made_on=briefing.made_on))
    return _finished(_fitted_pages(_in_each(briefing), briefing)[1][lang])


def pdf_in_each(briefing: Briefing) -> dict[Language, bytes]:
    """Return a briefing of pages in each language, each the file that `pdf_bytes` gives: what fits is found once."""
    if briefing.look.pages is None:
        return {lang: pdf_bytes(briefing, lang=lang) for lang in LANGUAGES}
    return {lang: _finished(content) for lang, content in _fitted_pages(_in_each(briefing), briefing)[1].items()}


def page_pictures(briefing: Briefing, *, lang: Language | None, ppi: int) -> tuple[bytes, ...]:
    """Return the pages of that PDF as PNG pictures, to look at before the file is made; `ppi` pixels for each inch."""
    if lang is None:
        whole = {**laid_out_in_both(briefing), "scale": SCALES[0]}
        return typesetting.pictures(_template(), data=json.dumps(whole), ppi=ppi)
    briefing = briefing.read_in(lang)
    most, like = briefing.look.pages, (briefing.kind, briefing.place.code, briefing.build)
    here = laid_out(briefing, lang=lang)
    own = briefing.officer != Officer()  # without words of theirs it is remembered as it will be
    scale = SCALES[0] if most is None else _FITTING.get(like) if own else None  # what has no promise has nothing to fit
    pages = _pictures(here, scale=scale, ppi=ppi) if scale else ()
    if most is None or 0 < len(pages) <= _promised(briefing)[0]:
        return pages
    scale, _ = _fitted_pages(
        {one: here if one == lang else laid_out(briefing, lang=one) for one in LANGUAGES}, briefing
    )
    pages = _pictures(here, scale=scale, ppi=ppi)
    if len(pages) <= most:
        _FITTING.keep({like: scale})
    return pages


def _in_each(briefing: Briefing) -> dict[Language, Data]:
    return {lang: laid_out(briefing, lang=lang) for lang in LANGUAGES}


def _pictures(data: Data, *, scale: float, ppi: int) -> tuple[bytes, ...]:
    return typesetting.pictures(_template(), data=json.dumps({**data, "scale": scale}), ppi=ppi)


def _fitted_pages(data: Mapping[Language, Data], briefing: Briefing) -> tuple[float, Mapping[Language, bytes]]:
    """Typeset with the most air with which both languages keep to the pages promised; else with the least."""

    @cache
    def typeset(scale: float) -> Mapping[Language, bytes]:
        texts = (json.dumps({**one, "scale": scale}) for one in data.values())
        with ThreadPoolExecutor(len(data)) as both:  # the typesetter lets other threads run
            set_pages = both.map(lambda text: typesetting.pdf(_template(), data=text, made_on=briefing.made_on), texts)
            return dict(zip(data, set_pages, strict=True))

    tried = ((scale, most) for most in _promised(briefing) for scale in SCALES)
    fitting = (scale for scale, most in tried if max(map(_pages, typeset(scale).values())) <= most)
    scale = next(fitting, SCALES[-1])
    return scale, typeset(scale)


def _promised(briefing: Briefing) -> tuple[int, ...]:
    """Return how many pages a briefing may have, the fewest first: a leaflet has one side where one holds it."""
    most = briefing.look.pages or 0
    return tuple(range(1, most + 1)) if briefing.look.layout == "column" else (most,)


def _pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _finished(content: bytes) -> bytes:
    """Return what Typst made with two things that it leaves: headers of rows, and streams whose ends are plain."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        _tag_row_headers(document)
        _pad_streams(document)
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _tag_row_headers(document: pikepdf.Pdf) -> None:
    """Tag the first cell of each row of a table's body as the header of its row."""
    for row in _rows(document.Root.StructTreeRoot):
        first = row.K[0] if isinstance(row.K, pikepdf.Array) else row.K
        if first.S == "/TD":
            first.S = pikepdf.Name.TH
            first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _pad_streams(document: pikepdf.Pdf) -> None:
    """Put a space behind compressed data that end in a carriage return.

    One in 256 streams does, and with the new line that follows it reads as the end of a line: by PDF/A's counting
    the stream is then a byte shorter than it says. Whoever decompresses it stops before the space.
    """
    for stream in document.objects:
        filtered = stream.get("/Filter") if isinstance(stream, pikepdf.Stream) else None
        if isinstance(filtered, pikepdf.Name) and (data := stream.read_raw_bytes()).endswith(b"\r"):
            stream.write(data + b" ", filter=filtered)


def _rows(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the table rows at and under one element of the structure."""
    inside = element.get("/K")
    kids = list(inside) if isinstance(inside, pikepdf.Array) else [inside]
    under = [row for kid in kids if isinstance(kid, pikepdf.Dictionary) for row in _rows(kid)]
    return [element, *under] if element.get("/S") == "/TR" else under
