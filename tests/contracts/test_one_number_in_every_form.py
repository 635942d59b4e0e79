"""A number said on a page is said in every file, in both languages, with its source and its caution: one, not two."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from dashboard import queries
from dashboard.briefing.forms import FORMS
from dashboard.briefing.words import references
from dashboard.charts.powerpoint.charts import is_native
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.numbers import decimal
from tests import documents, files
from tests.contracts.test_one_number_everywhere import CASES

# Which kinds of briefing hold a case's figure: (case, kinds with its chart or table).
HELD = {
    "racially or religiously aggravated offences, South Wales, October to December 2025": (
        "one_page",
        "four_pages",
        "deck",
    ),
    "population of Cardiff, mid-2024": (),
    "strand race, England and Wales without the Metropolitan Police, 2024/25": (),
    "asylum support, Cardiff and the Vale, 30 June 2026": ("one_page", "four_pages", "deck"),
    "Afghan programme, Vale of Glamorgan, 30 June 2026": ("four_pages", "deck"),
    "ethnic group White, Cardiff, Census 2021": (),
}
DOCUMENTS = [
    (kind, form.code) for form in FORMS.values() for kind in form.kinds if kind in ("one_page", "four_pages", "deck")
]
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


def whole_text(content: bytes, form: str) -> str:
    """Return what a file of a form says, as its readers' programs read it."""
    return documents.READERS[form](content)


@pytest.mark.parametrize(("kind", "form"), DOCUMENTS, ids=lambda value: value)
@both_languages
def test_every_document_says_the_number_and_its_source(build, kind, form, lang):
    asked = [CASES[name] for name, kinds in HELD.items() if kind in kinds]
    assert asked
    for case in asked:
        text = documents.text(kind, form, case.place, lang, build=build)
        source = queries.sources(build=build)[case.table]
        assert decimal(case.value, places=0, lang=lang) in text
        assert (source.publisher if kind == "one_page" else source.title).text(lang) in text


@pytest.mark.parametrize(("kind", "form"), DOCUMENTS, ids=lambda value: value)
@both_languages
def test_every_document_says_every_message_with_the_same_words_as_the_page(build, kind, form, lang):
    briefing = documents.briefing(kind, "XCAV", build=build)
    text = documents.text(kind, form, "XCAV", lang, build=build)
    assert [said for said in briefing.message_texts(lang) if files.one_line(said) not in text] == []


@pytest.mark.parametrize(("kind", "form"), DOCUMENTS, ids=lambda value: value)
@both_languages
def test_every_document_says_when_it_was_made_of_which_build_and_what_to_beware_of(build, kind, form, lang):
    briefing = documents.briefing(kind, "XCAV", build=build)
    text = documents.text(kind, form, "XCAV", lang, build=build)
    if kind != "one_page":  # whose figures say their own days, and whose properties name the build
        assert briefing.build in text
        assert files.one_line(briefing.edition.text(lang)) in text
    missing = [r.text for r in references(briefing, lang=lang) if files.one_line(r.text) not in text]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_properties_of_one_page_name_the_build(build, lang):
    made = {form: documents.document("one_page", form, "XCAV", lang, build=build) for form in ("pdf", "docx", "html")}
    assert PdfReader(BytesIO(made["pdf"])).metadata["/Keywords"] == build
    assert Document(BytesIO(made["docx"])).core_properties.identifier == build
    assert f'<meta name="build" content="{build}">'.encode() in made["html"]


FILES = [(form, kind) for form, one in FORMS.items() for kind in one.kinds if kind != "mine"]


@pytest.mark.parametrize(("form", "kind"), FILES, ids=lambda value: value)
def test_every_welsh_file_says_that_no_translator_has_checked_it_and_no_english_one_does(build, form, kind):
    notice = files.one_line(t("frame.translation_notice", lang="cy"))
    said = {lang: documents.text(kind, form, "XCAV", lang, build=build) for lang in LANGUAGES}
    assert notice in said["cy"]
    assert (notice in said["en"]) == (form == "presenter")  # which holds both languages


IN_WORDS = [(form, kind) for form, kind in FILES if form in ("docx", "html", "presenter")]


@pytest.mark.parametrize(("form", "kind"), IN_WORDS, ids=lambda value: value)
def test_the_welsh_files_of_a_place_that_holds_little_say_all_that_is_told_and_the_same_notice(build, form, kind):
    briefing = documents.briefing(kind, "W06000008", build=build)  # Ceredigion, where nobody receives asylum support
    text = documents.text(kind, form, "W06000008", "cy", build=build)
    sentences = (*briefing.message_texts("cy"), t("frame.translation_notice", lang="cy"))
    assert [one for one in sentences if files.one_line(one) not in text] == []


@both_languages
def test_the_native_charts_of_the_deck_hold_the_figures_themselves(build, lang):
    briefing = documents.briefing("deck", "XCAV", build=build)
    numbers = files.pptx_numbers(documents.document("deck", "pptx", "XCAV", lang, build=build))
    for name in ("racially or religiously aggravated offences, South Wales, October to December 2025",):
        assert CASES[name].value in numbers
    drawings = [drawing for f in briefing.figures if is_native(drawing := in_language(f, lang).drawing)]
    drawn = [p.value for drawing in drawings for p in getattr(drawing, "points", ())]
    assert [value for value in drawn if value is not None and value not in numbers] == []


@pytest.mark.parametrize("name", [n for n in CASES if "Afghan" not in n])
@both_languages
def test_every_form_of_the_tables_holds_the_number_and_its_source(build, name, lang):
    case = CASES[name]
    title = queries.sources(build=build)[case.table].title.text(lang)
    for form in ("xlsx", "ods"):
        held = files.cells(documents.document("data", form, case.place, lang, build=build))
        assert case.value in [cell for cell in held if isinstance(cell, float)], form
        assert any(title in cell for cell in held if isinstance(cell, str)), form
    held = files.zipped_cells(documents.document("data", "csv", case.place, lang, build=build))
    assert f"{case.value:.0f}" in held
    assert any(title in cell for cell in held)
