"""Ready briefings and the files drawn of them, each made once in a process for all the tests that read it.

Modules that ask for the same documents are given to one worker (`SHARING` in tests/conftest.py).
"""

from __future__ import annotations

from datetime import date
from functools import cache

from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import ready
from dashboard.briefing.forms import FORMS
from dashboard.briefing.model import Briefing
from dashboard.briefing.pdf import pdf_in_each
from tests import files

MADE = date(2026, 11, 25)
READERS = {
    "pdf": files.pdf_text,
    "docx": files.docx_text,
    "html": files.html_text,
    "pptx": files.pptx_text,
    "presenter": files.html_text,
    "xlsx": files.cells_text,
    "ods": files.cells_text,
    "csv": files.zip_text,
}


@cache
def briefing(kind: str, place: str, *, build: str) -> Briefing:
    """Return a ready briefing; as an officer's own ("mine") the four pages."""
    own = Own(tray=ready("four_pages")) if kind == "mine" else None
    return compose(kind=kind, place=place, build=build, made_on=MADE, own=own)


@cache
def document(kind: str, form: str, place: str, lang: str, *, build: str) -> bytes:
    """Return a ready briefing as a file."""
    if form == "pdf":
        return _pdf_in_each(kind, place, build)[lang]
    return FORMS[form].make(briefing(kind, place, build=build), lang=lang)


@cache
def _pdf_in_each(kind: str, place: str, build: str) -> dict[str, bytes]:
    return pdf_in_each(briefing(kind, place, build=build))


@cache
def text(kind: str, form: str, place: str, lang: str, *, build: str) -> str:
    """Return what such a file says, as its readers' programs read it."""
    return READERS[form](document(kind, form, place, lang, build=build))
