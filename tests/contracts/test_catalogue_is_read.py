"""What names a figure by its code, outside the catalogue, names one that is there; and nothing of a row goes unread."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.briefing import documents, evidence, kinds, pieces, slides
from dashboard.figures.catalogue import BY_CODE, ENTRIES, TABLES, UnknownFigureError, codes_of
from dashboard.figures.request import Option
from dashboard.findings.strands import strand_name
from dashboard.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("dashboard", "pages", "workspace")
# Calls that take the code of a figure, and the place of the code among their arguments; or `code=`.
ASKING = {"the": 0, "first_shown": 1, "answer": 0, "unread": 0, "entry": 0, "with_usual": 0, "_figure": 1}


def named_in(tree: ast.AST) -> Iterator[str]:
    """Yield the codes of figures that code asks for by writing them down."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in ASKING:
            continue
        by_name = [one.value for one in node.keywords if one.arg == "code"]
        for argument in (*node.args[ASKING[name] : ASKING[name] + 1], *by_name):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def test_every_figure_that_code_asks_for_is_in_the_catalogue():
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    asked = {(str(path.relative_to(ROOT)), code) for path in files for code in named_in(ast.parse(path.read_text()))}
    assert len(asked) > 9
    # the council's own figures are those of another catalogue, and their answers take other codes
    assert {(path, code) for path, code in asked if code not in BY_CODE and not path.startswith("workspace")} == set()


def test_every_piece_of_every_ready_made_kind_is_a_figure_or_a_text():
    trays = {row.code: row.tray.pieces for row in kinds.ROWS}
    assert sum(map(len, trays.values())) > 100
    unknown = {(kind, piece.code) for kind, tray in trays.items() for piece in tray} - {
        (kind, code) for kind in trays for code in (*BY_CODE, *pieces.PIECES)
    }
    assert unknown == set()
    assert pieces.PIECES.keys() & BY_CODE.keys() == set()


def test_every_text_and_small_table_goes_to_a_section_with_a_heading():
    headless = {one.section for one in pieces.PIECES.values()} - set(documents.SECTIONS)
    assert headless == {evidence.CHARACTERISTIC, evidence.GOAL}  # whose sections are headed by what each is about


def test_the_figures_drawn_in_part_on_paper_are_there():
    assert codes_of(*pieces.BORN, *pieces.COMPOSITION)


def test_every_row_of_the_catalogue_that_goes_into_the_tables_stands_among_them_once():
    tray = kinds.BY_CODE["data"].tray
    handed_over = [piece.code for piece in tray.pieces if piece.code in BY_CODE]
    assert sorted(handed_over) == sorted(entry.code for entry in ENTRIES if entry.data)
    assert set(TABLES) <= {piece.code for piece in tray.pieces}


def test_every_figure_is_spoken_of_by_a_script_that_there_is():
    assert {entry.script for entry in ENTRIES if entry.script} <= set(slides.MINUTES)


def test_every_strand_of_a_figure_is_one():
    assert {entry.strand for entry in ENTRIES if entry.strand} <= set(kinds.STRAND.codes)
    assert all(strand_name(entry.strand).text(lang) for entry in ENTRIES if entry.strand for lang in LANGUAGES)


def test_what_opens_home_has_a_measure():
    assert [entry.code for entry in ENTRIES if entry.opens_home and not entry.shows] == []


def test_a_list_with_a_figure_that_is_gone_is_refused_when_it_is_read():
    with pytest.raises(UnknownFigureError, match="came 'gone'"):
        codes_of("population", "gone")


def test_a_choice_that_no_address_may_name_is_refused():
    with pytest.raises(ValueError, match=r"expected as the name of a choice one of links\.PARTS; came 'colour'"):
        Option(name="colour", codes=lambda _: ())
