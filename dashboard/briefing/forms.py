"""Every form a briefing is handed over in: which kinds it suits, what the file is called, and what makes it.

The awkward fact: slides can hold both languages at once, as councils show them, and every other form holds one. So both
is one file of slides, and a pair of any other files in a zip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.briefing.archive import packed, unpacked
from dashboard.briefing.dataset import csv_zip_bytes
from dashboard.briefing.html import html_bytes
from dashboard.briefing.kinds import BY_CODE, ROWS
from dashboard.briefing.model import Briefing, Remark, file_stem
from dashboard.briefing.pdf import pdf_bytes, pdf_in_each
from dashboard.briefing.powerpoint import pptx_bytes
from dashboard.briefing.presenter import presenter_html
from dashboard.briefing.word import docx_bytes
from dashboard.briefing.workbook import ods_bytes, xlsx_bytes
from dashboard.i18n import LANGUAGES, language_of_code
from dashboard.i18n.bilingual import ORDER

OFFICE = "application/vnd.openxmlformats-officedocument"
BOTH, ZIP = "both", "application/zip"
TWO_IN_ONE = "presenter"  # the form in which either language can be shown
BILINGUAL = ("pptx", "pdf", "presenter")  # forms whose slides hold both languages at once
IN_BOTH = "+".join(ORDER)  # how the names of their files end


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: its code, the end of its file names, its media type, and its renderer."""

    code: str
    suffix: str
    mime: str
    make: Callable[..., bytes]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds it suits."""
        return tuple(row.code for row in ROWS if self.code in row.forms)


@dataclass(frozen=True, kw_only=True)
class File:
    """A finished file."""

    name: str
    mime: str
    content: bytes


FORMS: dict[str, Form] = {
    form.code: form
    for form in (
        Form(code="pdf", suffix="pdf", mime="application/pdf", make=pdf_bytes),
        Form(code="docx", suffix="docx", mime=f"{OFFICE}.wordprocessingml.document", make=docx_bytes),
        Form(code="html", suffix="html", mime="text/html", make=html_bytes),
        Form(code="pptx", suffix="pptx", mime=f"{OFFICE}.presentationml.presentation", make=pptx_bytes),
        Form(code="presenter", suffix="html", mime="text/html", make=presenter_html),
        Form(code="xlsx", suffix="xlsx", mime=f"{OFFICE}.spreadsheetml.sheet", make=xlsx_bytes),
        Form(code="ods", suffix="ods", mime="application/vnd.oasis.opendocument.spreadsheet", make=ods_bytes),
        Form(code="csv", suffix="csv.zip", mime=ZIP, make=csv_zip_bytes),
    )
}
USUAL: dict[str, str] = {row.code: row.forms[0] for row in ROWS}
_OWN_AS = {"pptx": "deck", "presenter": "deck", "xlsx": "data", "ods": "data", "csv": "data"}


def drawn_as(kind: str, form: str) -> str:
    """Return the kind by which a kind is drawn in a form: an officer's own on paper, as slides, or as tables."""
    return _OWN_AS.get(form, kind) if kind == "mine" else kind


class NotOfferedError(ValueError):
    """A form was asked for that a kind of briefing does not have."""


def forms_of(kind: str) -> tuple[Form, ...]:
    """Return the forms of a kind, the usual one first; an officer's own tray has every form."""
    first = BY_CODE[kind].forms
    others = FORMS if kind == "mine" else ()
    return tuple(FORMS[code] for code in dict.fromkeys((*first, *others)))


def kind_of(form: str) -> str:
    """Return the kind that a form is most often asked for: the longest document, the deck, or the tables."""
    return next((row for row in ROWS if form in row.usual_for), BY_CODE[FORMS[form].kinds[0]]).code


def is_bilingual(kind: str, *, form: str, languages: str) -> bool:
    """Tell whether a file holds both languages at once: slides in both do."""
    return languages == BOTH and form in BILINGUAL and kind == "deck"


def name_and_type(briefing: Briefing, *, form: str, languages: str) -> tuple[str, str]:
    """Return the name and the media type of a file before it is made; `languages` is a language, or both."""
    one = _offered(briefing, form)
    if is_bilingual(briefing.kind, form=form, languages=languages):
        return f"{file_stem(briefing, lang=ORDER[0]).removesuffix(ORDER[0])}{IN_BOTH}.{one.suffix}", one.mime
    if languages == BOTH:
        stem = file_stem(briefing, lang="en").removesuffix("en") + "en+cy"
        return f"{stem}.{form}.zip", ZIP
    return f"{file_stem(briefing, lang=language_of_code(languages))}.{one.suffix}", one.mime


def as_file(briefing: Briefing, *, form: str, languages: str) -> File:
    """Return a briefing in one form, in one language or both; raises `NotOfferedError` for a form its kind has not.

    The two of a zip have the names by which each one's text tells of the other.
    """
    name, mime = name_and_type(briefing, form=form, languages=languages)
    if is_bilingual(briefing.kind, form=form, languages=languages):
        return File(name=name, mime=mime, content=FORMS[form].make(briefing, lang=None))
    if languages != BOTH:
        lang = language_of_code(languages)
        content = FORMS[form].make(briefing if form == TWO_IN_ONE else briefing.read_in(lang), lang=lang)
        return File(name=name, mime=mime, content=content)
    parts = (part for file in _of_each_language(briefing, form) for part in _parts(file))
    return File(name=name, mime=mime, content=packed(dict(parts), made_on=briefing.made_on))


def _of_each_language(briefing: Briefing, form: str) -> Iterator[File]:
    """Yield the file in each language; what room the lines of a PDF have is found once where both say the same."""
    if form != "pdf" or any(isinstance(item, Remark) for item in briefing.items()):
        yield from (as_file(briefing, form=form, languages=lang) for lang in LANGUAGES)
        return
    for lang, content in pdf_in_each(briefing).items():
        name, mime = name_and_type(briefing, form=form, languages=lang)
        yield File(name=name, mime=mime, content=content)


def _parts(file: File) -> Iterator[tuple[str, bytes]]:
    """Yield a file under its name; one that is a zip itself as a folder of what is in it."""
    if file.mime != ZIP:
        yield file.name, file.content
        return
    folder = file.name.partition(".")[0]
    yield from ((f"{folder}/{name}", content) for name, content in unpacked(file.content).items())


def _offered(briefing: Briefing, form: str) -> Form:
    if form not in FORMS or briefing.kind not in FORMS[form].kinds:
        offered = ", ".join(one.code for one in forms_of(briefing.kind))
        raise NotOfferedError(f"expected one of {offered} for the kind {briefing.kind}; came {form!r}")
    return FORMS[form]
