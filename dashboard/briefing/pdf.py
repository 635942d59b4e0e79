"""A briefing as a tagged PDF that people can read, hear and keep: PDF/UA-1 and PDF/A-2a in one file.

The awkward fact: "one page" is a promise and names in Welsh are long. Letters keep their size, so the air between the
lines gives way, step by step, until the page holds what it must; only an officer's own long text may add a page.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf

from dashboard.briefing import typesetting
from dashboard.briefing.model import Briefing
from dashboard.briefing.paper import Data, laid_out, laid_out_in_both
from dashboard.i18n import LANGUAGES, Language

TEMPLATE = Path(__file__).with_name("template").with_suffix(".typ")
SCALES = (1, 0.94, 0.88, 0.82, 0.76)  # of the room between lines; a few tries find the most that fits


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
        return _finished(typesetting.pdf(_template(), data=json.dumps(whole), made=briefing.made))
    _, made = _fitted({one: laid_out(briefing, lang=one) for one in LANGUAGES}, briefing)
    return _finished(made[lang])


def page_pictures(briefing: Briefing, *, lang: Language | None, ppi: int) -> tuple[bytes, ...]:
    """Return the pages of that PDF as PNG pictures, to look at before the file is made; `ppi` pixels for each inch."""
    if lang is None:
        whole = {**laid_out_in_both(briefing), "scale": SCALES[0]}
        return typesetting.pictures(_template(), data=json.dumps(whole), ppi=ppi)
    briefing = briefing.read_in(lang)
    if briefing.look.pages is None:  # as long as it is: nothing to fit
        whole = {**laid_out(briefing, lang=lang), "scale": SCALES[0]}
        return typesetting.pictures(_template(), data=json.dumps(whole), ppi=ppi)
    data = {one: laid_out(briefing, lang=one) for one in LANGUAGES}
    scale, _ = _fitted(data, briefing)
    return typesetting.pictures(_template(), data=json.dumps({**data[lang], "scale": scale}), ppi=ppi)


def _fitted(data: Mapping[Language, Data], briefing: Briefing) -> tuple[float, Mapping[Language, bytes]]:
    """Typeset with the most air with which both languages keep to the pages promised; else with the least."""

    @cache
    def made(scale: float) -> Mapping[Language, bytes]:
        texts = {lang: json.dumps({**one, "scale": scale}) for lang, one in data.items()}
        return {lang: typesetting.pdf(_template(), data=text, made=briefing.made) for lang, text in texts.items()}

    most = briefing.look.pages
    if most is None:  # as long as it is
        return SCALES[0], made(SCALES[0])
    fits = bisect_left(SCALES, True, key=lambda scale: max(map(_pages, made(scale).values())) <= most)
    scale = SCALES[min(fits, len(SCALES) - 1)]
    return scale, made(scale)


def _pages(made: bytes) -> int:
    with pikepdf.open(BytesIO(made)) as document:
        return len(document.pages)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _finished(made: bytes) -> bytes:
    """Return what Typst made with two things that it leaves: headers of rows, and streams whose ends are plain."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made)) as document:
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
