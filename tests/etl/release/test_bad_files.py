"""Files as publishers spoil them: through `python -m etl add`, refused by file, sheet and cell; the old build stays.

Whole publications and what is done to them are drawn by hypothesis in the documented layouts (tests/synthetic.py).
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import store
from etl.__main__ import main
from etl.contract import TIDY_COLUMNS, ContractError
from etl.pipeline import load
from etl.pipeline.checks import tidy_problems
from etl.pipeline.extract import tidy_table
from etl.pipeline.tables import tidy_vocabulary
from etl.release.recognise import RELEASES, recognise
from tests import synthetic as made
from tests.scratch import DATA, scratch_data
from tests.synthetic import Book, damaged, publications, write_ods, write_xlsx

REFERENCE = tidy_vocabulary(data=DATA)
QUICK = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
PFA, D01 = "2015_16", "Data_Res_D01"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds releases of two publications."""
    there = tmp_path_factory.mktemp("pristine")
    data = scratch_data(there)
    load.build(data=data)
    for name, book in (("pfa.ods", made.pfa()), ("resettlement.ods", made.res_d01())):
        add = ["--data", str(data), "add", str(write_ods(there / name, book)), "--released", "2026-07-23"]
        assert main([*add, "--accept-large-changes"]) == 0
    return data


@pytest.fixture
def data(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "data"))


def everything(data: Path) -> dict[str, bytes]:
    return {str(p.relative_to(data)): p.read_bytes() for p in data.rglob("*") if p.is_file() and p.suffix != ".lock"}


def put(sheet: str, row: int, column: int, cell: object) -> Callable[[Book], None]:
    return lambda book: book[sheet][row - 1].__setitem__(column, cell)


def rename(old: str, new: str) -> Callable[[Book], None]:
    return lambda book: book.__setitem__(new, book.pop(old))


def without(sheet: str, word: str) -> Callable[[Book], None]:
    return lambda book: book.__setitem__(sheet, [row for row in book[sheet] if word not in row])


def new_column(sheet: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for number, row in enumerate(book[sheet]):
            row.append("A new heading" if number == 0 else 1)

    return change


# What the issue names, with what the data lead must be told: file, sheet, cell, what was expected, what came.
SPOILT: dict[str, tuple[Callable[[], Book], Callable[[Book], None], str]] = {
    "a renamed sheet": (made.pfa, rename(PFA, "Year 2015"), r"new\.ods: expected .*sheets named after financial years"),
    "a new column": (made.pfa, new_column(PFA), r"new\.ods, sheet '2015_16', I1: expected only known headings"),
    "a heading called otherwise": (made.pfa, put(PFA, 1, 7, "Count"), r"sheet '2015_16', row 1: expected a column"),
    "a new marker": (made.pfa, put(PFA, 9, 7, "[q]"), r"sheet '2015_16', H9: expected a number .* came '\[q\]'"),
    "an unknown area": (made.pfa, put(PFA, 2, 2, "Heddlu Borset"), r"expected a police force .* 'Heddlu Borset'"),
    "a dropped force": (made.pfa, without(PFA, "Gwent"), r"new\.ods.*|expected 44 forces in every quarter"),
    "an unknown authority": (made.res_d01, put(D01, 3, 3, "W06000099"), "'Cardiff' beside W06000099"),
    "totals that do not add up": (
        lambda: made.reg_02(day="30 September 2026"), put("Reg_02", 9, 4, 60), r"categories differ from the total"),
    "counties that do not add up": (made.table_12, put("Table_12", 8, 1, 28), r"counties that add to 45; came 46"),
}  # fmt: skip


@pytest.mark.parametrize(("book", "change", "told"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_ends_with_1_names_the_place_and_leaves_everything_as_it_was(
    data, tmp_path, capsys, book, change, told
):
    before, shown = everything(data), store.build_id(data=data)
    spoilt = book()
    change(spoilt)
    path = write_ods(tmp_path / "new.ods", spoilt)
    assert main(["--data", str(data), "add", str(path), "--released", "2026-10-22"]) == 1
    said = capsys.readouterr().err
    assert "Nothing was replaced" in said
    assert "new.ods" in said
    assert re.search(told, said, flags=re.DOTALL), said
    assert everything(data) == before
    assert store.build_id(data=data) == shown


def test_a_file_older_than_what_is_held_is_refused(data, tmp_path, capsys):
    notes = [["Notes"], ["Updated: 1 January 2025"]]
    path = write_ods(tmp_path / "old.ods", made.pfa() | {"Notes": notes})
    before = everything(data)
    assert main(["--data", str(data), "add", str(path), "--released", "2025-01-01"]) == 1
    assert "which we hold, or newer; came an older one, of 2025-01-01" in capsys.readouterr().err
    assert everything(data) == before


def test_a_header_that_moved_is_found_and_the_figures_are_the_same(data, tmp_path):
    moved = {sheet: [["moved"], [], *grid] for sheet, grid in made.pfa().items()}
    before = (data / "tidy" / "police_recorded_crime_pfa.csv").read_bytes()
    path = write_ods(tmp_path / "moved.ods", moved)
    assert main(["--data", str(data), "add", str(path), "--released", "2026-10-22"]) == 0
    assert (data / "tidy" / "police_recorded_crime_pfa.csv").read_bytes() == before


@QUICK
@given(drawn=publications(), write=st.sampled_from([write_ods, write_xlsx]))
def test_whole_publications_of_every_make_are_recognised_and_keep_the_contract(tmp_path, drawn, write):
    name, book = drawn
    path = write(tmp_path / "drawn", book)
    assert name in recognise(path)
    table = tidy_table(RELEASES[name], file=path)
    assert problems(name, table) == []
    assert not table.duplicated(["measure", "area_code", "period_start", "period_months", "category"]).any()


def problems(name: str, table) -> list:
    text = table.reindex(columns=list(TIDY_COLUMNS)).fillna("").astype(str)
    return tidy_problems(text, file=name, reference=REFERENCE)


@settings(QUICK, max_examples=40)
@given(drawn=damaged())
def test_whatever_is_done_to_a_publication_it_is_refused_in_words_or_keeps_the_contract(tmp_path, drawn):
    """Never another exception, and never a table that the build would refuse without saying which cell."""
    name, book, how = drawn
    path = write_ods(tmp_path / "damaged.ods", book)
    table = refusal = None
    try:
        table = tidy_table(RELEASES[name], file=path) if name in recognise(path) else None
    except ContractError as error:
        refusal = str(error)
    if refusal is not None:
        assert "expected" in refusal, how
    elif table is not None:
        assert all(wrong.file and wrong.expected and wrong.came for wrong in problems(name, table)), how


@pytest.mark.parametrize("book", [made.res_d01, made.csp, made.table_12], ids=["resettlement", "csp", "nrm"])
def test_bytes_damaged_anywhere_are_refused_or_give_the_very_same_figures(tmp_path, book):
    good = write_ods(tmp_path / "good.ods", book())
    (name, *_) = recognise(good)
    figures, whole, chance, refusals = tidy_table(RELEASES[name], file=good), good.read_bytes(), random.Random(6), []
    for number in range(25):
        bad = bytearray(whole)
        if number % 2:
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        else:
            del bad[chance.randrange(len(bad)) :]
        path = tmp_path / f"{number}.ods"
        path.write_bytes(bytes(bad))
        try:
            read = tidy_table(RELEASES[name], file=path) if recognise(path) else None
        except ContractError as error:
            refusals.append((path.name, str(error)))
        else:
            assert figures.equals(read)
    assert len(refusals) > 15
    assert all(file in told for file, told in refusals)
