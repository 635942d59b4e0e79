"""Typst, our typesetter: sources of ours, data beside them, only our fonts, nothing fetched.

The awkward fact: Typst is a language that runs. So no text of anybody is ever put into a source; data travel beside
it as one string, and a source reads them with `json`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from dashboard.charts.letters import FONTS

ROOT = Path(__file__).parent
ACCESSIBLE: list[typst.PDFStandard] = ["ua-1", "a-2a"]  # PDF/UA for people, PDF/A for keeping


@cache
def _fonts() -> typst.Fonts:
    """Return our own fonts only, so that every machine sets the same page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf(source: bytes, *, data: str, made_on: date) -> bytes:
    """Typeset a source with its data as one tagged PDF, dated the day it was made.

    Raises `typst.TypstError` when the source breaks a rule of PDF/UA-1 or PDF/A-2a, such as a picture without words.
    """
    stamp = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    made_pdf = _compiler(data).compile(source, format="pdf", pdf_standards=ACCESSIBLE, timestamp=stamp)
    return _single(made_pdf)


def png(source: bytes, *, data: str) -> bytes:
    """Typeset a source of one page with its data as a picture, one pixel for each point of the page."""
    return _single(_compiler(data).compile(source, format="png", ppi=72))


def pictures(source: bytes, *, data: str, ppi: int) -> tuple[bytes, ...]:
    """Typeset a source with its data as one PNG picture a page, `ppi` pixels for each inch."""
    output = _compiler(data).compile(source, format="png", ppi=ppi)
    return (output,) if isinstance(output, bytes) else tuple(output or ())


def _compiler(data: str) -> typst.Compiler:
    """Return a compiler of this call alone: two people at once share nothing but the fonts."""
    return typst.Compiler(root=str(ROOT), font_paths=_fonts(), sys_inputs={"data": data})


def _single(output: bytes | list[bytes] | None) -> bytes:
    if not isinstance(output, bytes):
        raise TypeError(f"expected one file from Typst; came {type(output).__name__}")
    return output
