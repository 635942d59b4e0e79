"""The Word files, opened again by other readers: python-docx for what a person sees, lxml for what is inside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from dashboard.briefing import words
from dashboard.briefing.model import Absent, KeyMessages, Picture, Rows, Terms
from dashboard.briefing.word import docx_bytes
from dashboard.charts.measure import column_widths, line_count, runs_right_to_left
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.tables import written

KINDS = ("one_page", "four_pages", "councillor", "community", "strand", "group")
PLACES = ("XCAV", "W15000004")
CASES = [(kind, place, lang) for kind in KINDS for place in PLACES for lang in LANGUAGES]


def opened(content):
    return Document(BytesIO(content))


def texts(document):
    """Return every paragraph, those with links and those in cells too."""
    return ["".join(run.text or "" for run in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


@pytest.fixture(scope="module")
def files(compose_for):
    return {
        (kind, place, lang): (briefing := compose_for(kind, place), opened(docx_bytes(briefing, lang=lang)))
        for kind, place, lang in CASES
    }


def test_headings_are_real_and_go_down_one_level_at_a_time(files):
    for (_, _, lang), (briefing, document) in files.items():
        styles = [p.style.name for p in document.paragraphs]
        assert styles[:2] == ["Title", "Subtitle"]
        levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        first = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert first[: len(briefing.sections)] == [section.heading.text(lang) for section in briefing.sections]


def test_everything_the_briefing_says_is_in_it(files):
    for (_, _, lang), (briefing, document) in files.items():
        said = texts(document)
        whole = "\n".join(said)
        wanted = [*words.standing(briefing, lang=lang), *(r.text for r in words.references(briefing, lang=lang))]
        wanted += [t("footer.licence", lang=lang)]
        wanted += [part for item in briefing.items() for part in parts_of(item, briefing, lang)]
        assert [text for text in wanted if text not in whole] == []


def parts_of(item, briefing, lang):
    match item:
        case KeyMessages():
            return [*item.texts(lang), *(n for notes in item.notes(lang) for n in notes)]
        case Picture():
            figure = in_language(item.figure, lang)
            at_once = figure.told_at_once(words.most_caveats(briefing))
            caveats = at_once if item.brief else (*figure.caveat_texts, *figure.chips)
            sentence = words.sentence_of(figure, briefing, lang=lang) if item.with_sentence else ""
            return [figure.title, figure.subtitle, sentence, *caveats]
        case Rows():
            return [item.caption.text(lang), *(note.text(lang) for note in item.notes)]
        case Absent():
            card = in_language(item.card, lang)
            return [card.title, card.reason, card.how, card.url_label, t("not_held.never_estimated", lang=lang)]
        case Terms():
            return [part.text(lang) for term in item.entries for part in (term.name, term.text)]
    return [text.text(lang) for text in getattr(item, "texts", None) or (item.text,)]


def test_tables_have_a_repeated_header_no_merged_cells_and_every_row(files):
    for (_, _, lang), (briefing, document) in files.items():
        found = {table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): table for table in document.tables}
        for rows in briefing.tables:
            table, kept = in_language(rows.table, lang), found[rows.caption.text(lang)]
            shown = [at for at, column in enumerate(table.columns) if column.is_shown]
            wanted = [[written(row[at], column=table.columns[at], lang=lang) for at in shown] for row in table.rows]
            cells = [[cell.text for cell in row.cells] for row in kept.rows]
            assert cells == [[table.columns[at].label for at in shown], *wanted]
            headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in kept.rows]
            assert headers == [True] + [False] * len(wanted)
            assert not kept._tbl.xpath(".//w:gridSpan | .//w:vMerge")
            assert kept._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
            assert kept.style.name == "Figures"


def test_every_picture_has_its_words_and_is_a_sharp_picture(files):
    for (_, _, lang), (briefing, document) in files.items():
        figures = [in_language(item.figure, lang) for item in briefing.items() if isinstance(item, Picture)]
        assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [f.alt for f in figures]
        pictures = [rel.target_part.blob for rel in document.part.rels.values() if "image" in rel.reltype]
        assert len(pictures) == len(figures)
        for shape in document.inline_shapes:
            blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
            with Image.open(BytesIO(document.part.related_parts[blip].blob)) as image:
                assert image.width / shape.width.inches > 300


def test_a_picture_never_leaves_its_column(files):
    for _, document in files.values():
        assert all(shape.width.mm <= 185 for shape in document.inline_shapes)
        for section in document.sections:
            assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_file_says_its_language_and_the_other_language_its_own(files):
    for (_, _, lang), (briefing, document) in files.items():
        defaults = document.styles.element.find(qn("w:docDefaults"))
        assert [e.get(qn("w:val")) for e in defaults.iter(qn("w:lang"))] == [f"{lang}-GB"]
        assert document.core_properties.language == f"{lang}-GB"
        other = words.other_language(briefing, lang=lang)
        spoken = {
            run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
            for p in document.paragraphs
            for run in p.runs
            if run._r.rPr is not None and run._r.rPr.find(qn("w:lang")) is not None
        }
        assert spoken == {f"{other.text} ({other.stem}.docx)": f"{other.lang}-GB"}


def test_links_are_links(compose_for):
    briefing = compose_for("one_page", "XCAV", address="https://cohesion.example")
    document = opened(docx_bytes(briefing, lang="cy"))
    links = {
        document.part.rels[h.get(qn("r:id"))].target_ref: "".join(x.text for x in h.iter(qn("w:t")))
        for h in document.element.body.iter(qn("w:hyperlink"))
    }
    other = words.other_language(briefing, lang="cy")
    assert links == {
        other.url: other.text,
        "https://www.reporthate.victimsupport.org.uk": "www.reporthate.victimsupport.org.uk",
    }


def test_pages_are_numbered_by_word_itself(files):
    for (_, _, lang), (briefing, document) in files.items():
        foot = document.sections[0].footer
        assert [f.get(qn("w:instr")) for f in foot._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
        assert foot.paragraphs[0].text.startswith(briefing.place.name.text(lang))
        assert all(section.footer.is_linked_to_previous for section in list(document.sections)[1:])


def test_a_card_for_what_is_not_held_is_printed_as_one(compose_for):
    cards = tuple(item for item in compose_for("data", "W15000004").items() if isinstance(item, Absent))
    briefing = compose_for("four_pages", "W15000004")
    first, *rest = briefing.sections
    briefing = replace(briefing, sections=(replace(first, items=(*first.items, *cards)), *rest))
    document = opened(docx_bytes(briefing, lang="cy"))
    titles = [in_language(item.card, "cy").title for item in cards]
    assert titles
    assert titles == [p.text for p in document.paragraphs if p.style.name == "Heading 2" and p.text in titles]


def test_an_officers_words_come_out_as_typed(compose_for, hostile):
    briefing = compose_for("one_page", "XCAV", officer=hostile)
    for lang in LANGUAGES:
        content = docx_bytes(briefing, lang=lang)
        document = opened(content)
        said = texts(document)
        assert said[0] == briefing.title.text(lang)
        assert {line for line in briefing.officer.introduction.split("\n") if line.strip()} <= set(said)
        assert t("briefing.contact", lang=lang, contact=briefing.officer.contact) in said
        with ZipFile(BytesIO(content)) as parts:
            assert not any(b"<script" in parts.read(name) for name in parts.namelist())
        hebrew = next(p for p in document.paragraphs if p.text == "שלום")
        assert hebrew._p.pPr.find(qn("w:bidi")) is not None
        assert hebrew.runs[0].font.rtl


def test_the_properties_name_the_briefing(files):
    briefing, document = files["one_page", "XCAV", "cy"]
    kept = document.core_properties
    assert (kept.title, kept.author) == (briefing.title.text("cy"), t("app.title", lang="cy"))
    assert kept.created.date() == kept.modified.date() == briefing.made_on


def test_the_same_briefing_gives_the_same_bytes_in_two_threads_at_once(compose_for, hostile):
    asked = [(compose_for("one_page", "XCAV"), "en"), (compose_for("one_page", "W15000004", officer=hostile), "cy")] * 2
    alone = [docx_bytes(briefing, lang=lang) for briefing, lang in asked]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda one: docx_bytes(one[0], lang=one[1]), asked))
    assert together == alone


def test_two_days_give_two_files_that_differ_only_where_they_say_so(compose_for):
    briefing = compose_for("one_page", "XCAV")
    later = replace(briefing, made_on=briefing.made_on.replace(day=26))
    first, second = (ZipFile(BytesIO(docx_bytes(one, lang="en"))) for one in (briefing, later))
    differing = {name for name in first.namelist() if first.read(name) != second.read(name)}
    assert differing == {"docProps/core.xml", "word/document.xml"}


def test_only_pages_become_a_document(compose_for):
    with pytest.raises(ValueError, match="expected a briefing of pages; came 'deck'"):
        docx_bytes(compose_for("deck", "XCAV"), lang="en")


def test_columns_share_a_width_by_what_they_say():
    table = [["Measure", "Value"], ["Adults who feel safe after dark in their area", "64%"]]
    widths = column_widths(table, width=200, size=8, padding=6)
    assert sum(widths) == pytest.approx(200)
    assert widths[0] > 2 * widths[1]
    blank = column_widths([["Action", "Owner", "When"], ["", "", ""]], width=200, size=8, padding=6)
    assert blank == (100, 50, 50)


def test_lines_are_counted_by_words_and_never_too_few():
    assert line_count("", size=10, width=100) == 1
    assert line_count("one two three", size=10, width=1000) == 1
    assert line_count("one\ntwo", size=10, width=1000) == 2
    assert line_count("W" * 100, size=10, width=100) >= 10
    assert line_count("word " * 40, size=10, width=100) > line_count("word " * 40, size=10, width=200)


@pytest.mark.parametrize(
    ("text", "expected"), [("Caerdydd", False), ("שלום", True), ("«مرحبا» x", True), ("123 🙂", False)]
)
def test_the_first_letter_with_a_direction_gives_it(text, expected):
    assert runs_right_to_left(text) == expected
