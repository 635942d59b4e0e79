"""The packs of evidence: every section the law names, boxes to write in, and the same in Word, PDF, HTML and tables."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from dashboard import queries
from dashboard.briefing import evidence
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.forms import FORMS, as_file
from dashboard.briefing.kinds import BY_CODE
from dashboard.briefing.model import Prose, Rows, Terms
from dashboard.briefing.parts import Scope
from dashboard.briefing.pieces import name
from dashboard.briefing.tray import Piece
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import written
from tests.contracts.test_one_number_in_every_form import whole_text

MADE = date(2026, 11, 25)
PACKS = ("equality", "wellbeing")
PLACES = ("XCAV", "W06000014", "W06000008", "W92000004", "W15000003")


def word(briefing, lang):
    return Document(BytesIO(FORMS["docx"].make(briefing, lang=lang)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("pack", "kinds"), [("equality", evidence.CHARACTERISTICS), ("wellbeing", evidence.GOALS)])
def test_every_characteristic_and_every_goal_has_a_section_whatever_is_held(compose_for, pack, kinds, place):
    told = compose_for(pack, place)
    own = [section.code.partition("_")[2] for section in told.sections if section.code in evidence.HEADINGS]
    assert own == list(kinds)
    assert all(item.table.rows for item in told.items() if isinstance(item, Rows))
    boxes = [s.items[-1] for s in told.sections if s.code in evidence.HEADINGS]
    assert all(isinstance(box, Rows) and set(box.table.rows) == {("", "")} for box in boxes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pack", PACKS)
def test_word_has_real_headings_repeated_table_heads_and_cells_that_are_typed_in(compose_for, pack, lang):
    briefing = compose_for(pack, "W06000008")
    document = word(briefing, lang)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    wanted = [section.heading.text(lang) for section in briefing.sections]
    assert headings[: len(wanted)] == wanted
    assert all(one.orientation == WD_ORIENT.LANDSCAPE for one in document.sections)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    boxes = [table for table in document.tables if not any(cell.text for cell in table.rows[-1].cells)]
    assert len(boxes) == len([section for section in briefing.sections if section.code in evidence.HEADINGS])
    assert all(row.height for table in document.tables for row in table.rows if not any(c.text for c in row.cells))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_one_table_stands_whole_in_each_form_with_a_column_to_fill_in(compose_for, lang):
    briefing = compose_for("equality", "W06000014")
    (table,) = [item for item in briefing.items() if isinstance(item, Rows) and item.code == "equality"]
    assert [column.key for column in table.table.columns][-1] == "meaning"
    # Census 2021, TS038: 26,289 people disabled under the Equality Act in the Vale of Glamorgan, of 131,939
    for form in ("docx", "pdf", "html"):
        text = " ".join(whole_text(FORMS[form].make(briefing, lang=lang), form).split())
        assert "26,289 (19.9%" in text, form


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_not_held_comes_with_why_and_with_whom_to_ask(compose_for, pack):
    told = compose_for(pack, "W06000008")
    terms = [item for item in told.sections[-1].items if isinstance(item, Terms)]
    entries = [entry for item in terms for entry in item.entries]
    assert len(entries) >= 8
    for lang in LANGUAGES:
        assert all(written(entry.name, lang) and written(entry.text, lang) for entry in entries)


def test_a_request_names_the_force_and_the_place(compose_for):
    told = compose_for("equality", "W06000008").sections[-1]
    text = " ".join(entry.text.text("en") for item in told.items if isinstance(item, Terms) for entry in item.entries)
    assert "Who can be asked: Dyfed-Powys Police. “Under the Freedom of Information Act 2000" in text
    assert "flagged as hate crime in Ceredigion" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pack", PACKS)
def test_the_tables_are_handed_over_as_data(compose_for, pack, lang):
    briefing = compose_for(pack, "W06000008")
    for form in ("xlsx", "ods"):
        assert FORMS[form].make(briefing, lang=lang)
    with ZipFile(BytesIO(FORMS["csv"].make(briefing, lang=lang))) as files:
        names = [name for name in files.namelist() if name.endswith(".csv")]
        rows = {name: list(csv.reader(StringIO(files.read(name).decode("utf-8-sig")))) for name in names}
    for table in (table for file, table in rows.items() if file.startswith(("equality_", "wellbeing_"))):
        days = [row[table[0].index(t("column.period_start", lang=lang))] for row in table[1:]]
        assert all(date.fromisoformat(day) <= MADE for day in days)
    assert len(names) == {"equality": 11, "wellbeing": 8}[pack]  # one has nothing held, and boxes are no data
    assert all(len(set(map(len, table))) == 1 for table in rows.values())


@pytest.mark.parametrize("pack", PACKS)
def test_the_same_pack_is_the_same_file(compose_for, pack):
    one, two = (as_file(compose_for(pack, "W06000008"), form="docx", languages="cy") for _ in range(2))
    assert (one.name, one.content) == (two.name, two.content)
    assert one.name.startswith("ceredigion_tystiolaeth-")


def test_words_typed_over_the_whole_pack_stand_in_it(compose_for, hostile):
    briefing = compose_for("equality", "W06000014", officer=hostile)
    assert "שלום" in "\n".join(p.text for p in word(briefing, "en").paragraphs)


@pytest.mark.parametrize("pack", PACKS)
def test_on_slides_its_tables_are_named_and_not_squeezed(compose_for, build, pack):
    own = Own(tray=BY_CODE[pack].tray)
    deck = compose(kind="deck", place="W06000008", build=build, made_on=MADE, own=own)
    assert not any(isinstance(item, Rows) for item in deck.items())
    told = " ".join(item.text.text("en") for item in deck.items() if isinstance(item, Prose))
    tables = [one for one in compose_for(pack, "W06000008").tables if any(map(any, one.table.rows))]
    assert all(one.caption.text("en") in told for one in tables)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_among_an_officers_own_its_long_table_goes_on_on_the_next_page(build, lang):
    own = Own(tray=BY_CODE["equality"].tray)
    mine = compose(kind="mine", place="W06000014", build=build, made_on=MADE, own=own)
    reader = PdfReader(BytesIO(FORMS["pdf"].make(mine, lang=lang)))
    first, last = "24,479 (18.6%", "14,737 (11.5%"  # under 16, and speakers of Welsh, in the one table: Census 2021
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert next(n for n, text in enumerate(pages) if first in text) < next(n for n, t in enumerate(pages) if last in t)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_tray_a_piece_is_called_what_it_is_about(build, lang):
    asked = Scope(place=queries.area("W06000008", build=build), build=build)
    names = [name(piece, asked).text(lang) for piece in BY_CODE["wellbeing"].tray.pieces]
    assert {"en": "A more equal Wales", "cy": "Cymru sy'n fwy cyfartal"}[lang] in names
    assert len(set(names)) == len(names)
    gone = Piece(code="goal", options=(("goal", "gone"),))
    assert name(gone, asked).text("en") == "Evidence on one well-being goal"


def test_a_pack_is_edited_first_and_read_in_every_other_form():
    assert all(BY_CODE[pack].forms[0] == "docx" for pack in PACKS)
    assert all(set(BY_CODE[pack].forms) == {"docx", "pdf", "html", "xlsx", "ods", "csv"} for pack in PACKS)
