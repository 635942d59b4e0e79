"""A build is whole or it is not: every problem is listed, and the build on show stays until the next is ready."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest

from dashboard import store
from etl.__main__ import main
from etl.contract import ContractError
from etl.pipeline import load, tables
from etl.pipeline.disk import ADVICE, disk_in_words
from etl.pipeline.lock import only_one
from tests.scratch import COMPONENTS, FORCES, WALES, edit, replace, scratch_data

HEADER = "measure,area_code,period_start,period_months,category,value,lower,upper,marker"
RACE = "hate_crimes,W92000004,2023-04-01,12,race,3632,,,"  # row 3 of the table of Wales by strand
Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = scratch_data(tmp_path_factory.mktemp("pristine"))
    load.build(data=data)
    return data


@pytest.fixture
def data(pristine: Path, tmp_path: Path) -> Path:
    """Return a folder with one good build on show."""
    return Path(shutil.copytree(pristine, tmp_path / "data"))


def figure(data: Path, measure: str, area: str, start: str, category: str = "total") -> tuple[float, bool] | None:
    found = store.rows(
        """SELECT value, derived FROM observation
           WHERE measure = $m AND area_code = $a AND period_start = $s AND category = $c""",
        {"m": measure, "a": area, "s": start, "c": category},
        build=store.build_id(data=data),
        data=data,
    )
    return (found[0]["value"], found[0]["derived"]) if found else None


def problems_of_build(data: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Build a damaged folder; return the problems told, having seen that the build on show stayed as it was."""
    before = store.build_id(data=data)
    pointer = (data / "build" / "current.json").read_bytes()
    assert main(["--data", str(data), "build"]) == 1
    assert (data / "build" / "current.json").read_bytes() == pointer
    assert store.build_id(data=data) == before
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01", "race") == (3632, False)
    heading, *problems = capsys.readouterr().err.splitlines()
    assert heading == "Stopped, nothing was replaced:"
    return problems


def tidy(name: str, old: str, new: str) -> Damage:
    return lambda data: replace(data / "tidy" / name, old, new)


def race_row(new: str) -> Damage:
    return tidy(f"{WALES}.csv", RACE, new)


STRANDS_CSV = f"{WALES}.csv"
OPEN = ("//", "about ")  # what follows is as the edition has it
CASES = {
    "duplicate key": (
        race_row(f"{RACE}\n{RACE}"),
        f"{STRANDS_CSV}, row 4: expected each measure, area, period and category once; "
        "came hate_crimes/W92000004/2023-04-01/12/race",
    ),
    "unknown area": (
        race_row("hate_crimes,W99999999,2023-04-01,12,race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected an area of data/reference/areas.csv; came 'W99999999'",
    ),
    "unknown measure": (
        race_row("hate_crime,W92000004,2023-04-01,12,race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected a measure of data/reference/measures.csv; came 'hate_crime'",
    ),
    "unknown category": (
        race_row("hate_crimes,W92000004,2023-04-01,12,Race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected a category of this measure in data/reference/categories.csv; came 'Race'",
    ),
    "blank without a marker": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,,,,"),
        f"{STRANDS_CSV}, row 3: expected a number, or a marker that says why there is none; came ''",
    ),
    "unknown marker": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,,,,:"),
        f"{STRANDS_CSV}, row 3: expected one of [c] [x] [z] [low] [p] [r] [e] [u] or nothing; came ':'",
    ),
    "negative where the measure forbids it": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,-3632,,,"),
        f"{STRANDS_CSV}, row 3: expected no negative number for this measure; came '-3632'",
    ),
    "thousands comma": (
        race_row('hate_crimes,W92000004,2023-04-01,12,race,"3,632",,,'),
        f"{STRANDS_CSV}, row 3: expected a plain number or nothing; came '3,632'",
    ),
    "lower limit above the value": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,3632,3700,3800,"),
        f"{STRANDS_CSV}, row 3: expected lower <= value <= upper; came '3632'",
    ),
    "upper limit below the value": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,3632,2900,3000,"),
        f"{STRANDS_CSV}, row 3: expected lower <= value <= upper; came '3632'",
    ),
    "an interval with one end": (
        race_row("hate_crimes,W92000004,2023-04-01,12,race,3632,3500,,"),
        f"{STRANDS_CSV}, row 3: expected both ends of an interval, or neither; came '3500'",
    ),
    "a day that does not exist": (
        race_row("hate_crimes,W92000004,2023-02-30,12,race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected a day such as 2023-07-01; came '2023-02-30'",
    ),
    "a length in words": (
        race_row("hate_crimes,W92000004,2023-04-01,one year,race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected a whole number of months, 0 for a point in time; came 'one year'",
    ),
    "wrong header": (
        tidy(STRANDS_CSV, HEADER, HEADER.replace("area_code", "area")),
        f"{STRANDS_CSV}, row 1: expected {HEADER}; came {HEADER.replace('area_code', 'area')}",
    ),
    "semicolons": (
        lambda data: edit(data / "tidy" / STRANDS_CSV, lambda lines: [x.replace(",", ";") for x in lines]),
        f"{STRANDS_CSV}, row 1: expected {HEADER}; came {HEADER.replace(',', ';')}",
    ),
    "decoded twice": (
        race_row("hate_crimes,Ynys MÃ´n,2023-04-01,12,race,3632,,,"),
        f"{STRANDS_CSV}, row 3: expected text decoded once, as UTF-8; came 'Ynys MÃ´n'",
    ),
    "missing origin": (
        lambda data: (data / "tidy" / f"{WALES}.toml").unlink(),
        f"{WALES}.toml: expected an origin file beside the table; came no file",
    ),
    "missing table": (
        lambda data: (data / "tidy" / f"{COMPONENTS}.csv").unlink(),
        f"{COMPONENTS}.csv: expected the table of {COMPONENTS}.toml; came no file",
    ),
    "an address that runs something": (
        tidy(f"{WALES}.toml", 'url = "https://', 'url = "javascript://'),
        f"{WALES}.toml: expected url as a public address, https://www.gov.uk/…; came 'javascript://",
    ),
    "a day of release in words": (
        tidy(f"{WALES}.toml", 'released = "', 'released = "about '),
        f"{WALES}.toml: expected released as a day such as 2026-07-23, or its month or year; came 'about ",
    ),
    "unknown grade": (
        tidy(f"{WALES}.toml", 'grade = "T"', 'grade = "D"'),
        f"{WALES}.toml: expected grade one of A, B, C, T; came D",
    ),
    "origin under a licence that has no Welsh name": (
        tidy(f"{WALES}.toml", 'licence = "Open Government Licence v3.0"', 'licence = "Somebody\'s"'),
        f"{WALES}.toml: expected a licence of data/reference/licences.csv; came Somebody's",
    ),
    "origin without a licence": (
        tidy(f"{WALES}.toml", 'licence = "Open Government Licence v3.0"', 'licence = ""'),
        f"{WALES}.toml: expected an entry 'licence'; came nothing",
    ),
    "no reference table": (
        lambda data: (data / "reference" / "areas.csv").unlink(),
        "areas.csv: expected a table; came no file",
    ),
    "no tidy table at all": (
        lambda data: shutil.rmtree(data / "tidy"),
        "data/tidy: expected at least one tidy table; came none",
    ),
}


@pytest.mark.parametrize(("damage", "told"), CASES.values(), ids=CASES)
def test_bad_input_is_told_by_file_row_and_expectation_and_yesterdays_build_stays(data, capsys, damage, told):
    damage(data)
    (problem,) = problems_of_build(data, capsys)
    assert problem.startswith(told) if told.endswith(OPEN) else problem == told


def test_bytes_that_are_not_utf8_are_told_by_row(data, capsys):
    path = data / "tidy" / STRANDS_CSV
    path.write_bytes(path.read_bytes().replace(b"race", "Môn".encode("latin-1")))
    assert problems_of_build(data, capsys) == [f"{STRANDS_CSV}, row 3: expected UTF-8; came byte 0xf4"]


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        (STRANDS_CSV, "", "a table with one header row"),
        (STRANDS_CSV, f"{HEADER}\n{RACE},surplus,cells\n", "as many cells as the header has"),
        (STRANDS_CSV, f"{HEADER}\n", "at least one row"),
        (f"{WALES}.toml", "[origin\n", "TOML in UTF-8"),
    ],
    ids=["empty file", "cells too many", "header and no rows", "TOML that is not TOML"],
)
def test_a_file_that_is_no_table_or_no_origin_is_told(data, capsys, file, content, expected):
    (data / "tidy" / file).write_text(content, encoding="utf-8")
    (told,) = [line for line in problems_of_build(data, capsys) if line]
    assert told.startswith(file)
    assert f"expected {expected}" in told


def test_a_comma_too_many_on_every_row_is_told(data, capsys):
    edit(data / "tidy" / STRANDS_CSV, lambda lines: [lines[0], *(f"{line}," for line in lines[1:])])
    assert problems_of_build(data, capsys) == [
        f"{STRANDS_CSV}, row 2: expected as many cells as the header has; came more"
    ]


def test_an_empty_line_is_told_because_rows_below_it_would_be_counted_wrong(data, capsys):
    race_row(f"\n{RACE.replace('W92000004', 'W99999999')}")(data)
    assert problems_of_build(data, capsys) == [f"{STRANDS_CSV}, row 3: expected no empty line; came 1 such lines"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("reference/areas.csv", "W92000004,country", "W06000015,country"),
        ("reference/measures.csv", ",flow,", ",flux,"),
        ("reference/area_members.csv", "XCAV,W06000015", "XCAV,W99999999"),
        ("tidy/hate_crime_wales_strands.toml", 'retrieved = "', 'retrieved = "about '),
        ("tidy/hate_crime_wales_strands.toml", "[origin]", '[origin]\nremark = "by hand"'),
    ],
    ids=["an area twice", "unknown kind", "unknown member", "no day", "an entry too many"],
)
def test_what_only_the_database_would_refuse_is_told_too_and_is_not_a_crash(data, capsys, file, old, new):
    replace(data / file, old, new)
    assert problems_of_build(data, capsys)


def test_every_problem_of_every_file_is_told_at_once(data, capsys):
    race_row("hate_crimes,W99999999,2023-04-01,12,race,-1,,,")(data)
    tidy(f"{FORCES}.csv", "W15000003,2024-04-01,12,total,2868", "W15000003,2024-04-01,12,total,")(data)
    tidy(f"{FORCES}.toml", 'status = "official"', 'status = "draft"')(data)
    (data / "tidy" / f"{COMPONENTS}.toml").unlink()
    told = problems_of_build(data, capsys)
    assert len(told) == 5
    assert [line.split(":")[0] for line in sorted(told)] == [
        f"{COMPONENTS}.toml",
        next(line.split(":")[0] for line in told if line.startswith(f"{FORCES}.csv, row ")),
        f"{FORCES}.toml",
        f"{STRANDS_CSV}, row 3",
        f"{STRANDS_CSV}, row 3",
    ]


def test_a_key_that_two_tables_claim_names_both(data, capsys):
    edit(data / "tidy" / f"{FORCES}.csv", lambda lines: [*lines, RACE])
    (told,) = problems_of_build(data, capsys)
    assert "expected each key in one table only" in told
    assert FORCES in told
    assert WALES in told


def test_a_second_build_of_the_same_tables_is_the_same_and_is_not_made_again(data, capsys):
    identity = store.build_id(data=data)
    file = data / "build" / f"cohesion-{identity}.duckdb"
    made = file.stat().st_mtime_ns
    assert main(["--data", str(data), "build"]) == 0
    assert capsys.readouterr().out == f"build {identity} is on show\n"
    assert file.stat().st_mtime_ns == made


def test_line_endings_do_not_make_another_build_and_a_figure_does(data):
    before = load.build_id(data=data)
    path = data / "tidy" / STRANDS_CSV
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load.build_id(data=data) == before
    race_row(RACE.replace("3632", "3633"))(data)
    assert load.build_id(data=data) != before


@pytest.mark.parametrize("step", [".duckdb", "current.json"])
def test_a_build_cut_short_leaves_the_one_on_show(data, monkeypatch, step):
    def power_cut(source: Path, target: Path) -> None:
        if str(target).endswith(step):
            raise OSError("power cut")
        real(source, target)

    real, before = os.replace, store.build_id(data=data)
    race_row(RACE.replace("3632", "1"))(data)
    monkeypatch.setattr(os, "replace", power_cut)
    with pytest.raises(ContractError, match=r"the disk: .*power cut"):
        load.build(data=data)
    assert store.build_id(data=data) == before
    monkeypatch.undo()
    assert load.build(data=data) != before  # what the cut left behind is not in the way
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01", "race") == (1, False)


def test_a_reader_sees_one_build_or_the_other_at_every_moment_of_a_swap(data):
    old = load.build_id(data=data)
    race_row(RACE.replace("3632", "1"))(data)
    new = load.build(data=data)
    stop, seen = Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(store.build_id(data=data))  # NoBuildError would end the thread before its last word
        seen.append("finished")

    reader = Thread(target=read)
    reader.start()
    for identity in [old, new] * 100:
        load._put_on_show(load.build_file(identity, data=data))
    stop.set()
    reader.join()
    assert set(seen) == {old, new, "finished"}


def test_three_builds_are_kept_and_the_one_on_show_is_never_thrown_away(data):
    folder, now = data / "build", store.build_id(data=data)
    for age in range(1, 5):
        old = folder / f"cohesion-{age}.duckdb"
        old.write_bytes(b"")
        os.utime(old, (age, age))
    os.utime(folder / f"cohesion-{now}.duckdb", (0, 0))  # an old build that became right again
    (folder / "current.json").unlink()
    load.build(data=data)
    kept = {path.name for path in folder.glob("*.duckdb")}
    assert kept == {f"cohesion-{now}.duckdb", "cohesion-4.duckdb", "cohesion-3.duckdb", "cohesion-2.duckdb"}


def test_unfinished_files_of_a_killed_build_are_not_in_the_way(data):
    race_row(RACE.replace("3632", "1"))(data)
    identity = load.build_id(data=data)
    left = (
        f"cohesion-{identity}.{os.getpid()}.tmp",
        "cohesion-1.2.tmp",
        "cohesion-1.2.tmp.wal",
        ".current.0123456789abcdef.part",
    )
    for name in left:
        (data / "build" / name).write_bytes(b"half a database")
    assert load.build(data=data) == identity
    assert not [path.name for path in (data / "build").iterdir() if path.name in left]
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01", "race") == (1, False)


def test_a_whole_has_a_sum_when_every_member_has_a_figure(data):
    assert figure(data, "births", "XCAV", "2018-07-01") == (
        figure(data, "births", "W06000014", "2018-07-01")[0] + figure(data, "births", "W06000015", "2018-07-01")[0],
        True,
    )
    assert (
        figure(data, "births", "W15000003", "2018-07-01") is None
    )  # five of its seven authorities are not in the table


@pytest.mark.parametrize("vale", ["", "births,W06000014,2018-07-01,12,total,,,,[c]"], ids=["no row", "held back"])
def test_a_whole_without_one_member_has_no_sum(data, vale):
    path = data / "tidy" / f"{COMPONENTS}.csv"
    edit(
        path,
        lambda lines: [
            vale if x.startswith("births,W06000014") else x for x in lines if vale or "births,W06000014" not in x
        ],
    )
    load.build(data=data)
    assert figure(data, "births", "W06000015", "2018-07-01") is not None
    assert figure(data, "births", "XCAV", "2018-07-01") is None


def test_members_of_two_sources_are_not_added(data):
    edit(data / "tidy" / f"{COMPONENTS}.csv", lambda lines: [x for x in lines if "births,W06000014" not in x])
    edit(data / "tidy" / f"{FORCES}.csv", lambda lines: [*lines, "births,W06000014,2018-07-01,12,total,1300,,,"])
    load.build(data=data)
    assert figure(data, "births", "W06000014", "2018-07-01") == (1300, False)
    assert figure(data, "births", "XCAV", "2018-07-01") is None


def test_a_published_whole_wins_over_the_sum_of_its_members(data):
    tidy(STRANDS_CSV, "total,5929", "total,5930")(data)  # the four forces add to 5,929
    load.build(data=data)
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01") == (5930, False)
    assert figure(data, "hate_crimes", "W92000004", "2024-04-01") == (6213, True)  # 2,868 + 1,575 + 1,373 + 397


def test_moves_between_members_are_never_added(data):
    assert figure(data, "internal_inflow", "W06000015", "2018-07-01") is not None
    assert figure(data, "internal_inflow", "XCAV", "2018-07-01") is None


def test_no_build_and_a_broken_table_leave_nothing_half_made(tmp_path, capsys):
    data = scratch_data(tmp_path)
    race_row("hate_crimes,W92000004,2023-04-01,12,race,,,,")(data)
    assert main(["--data", str(data), "build"]) == 1
    assert [path.name for path in (data / "build").iterdir()] == ["refresh.lock"]
    with pytest.raises(store.NoBuildError):
        store.build_id(data=data)


def test_the_database_itself_refuses_what_slips_past_the_reading(data):
    file = data / "build" / f"cohesion-{store.build_id(data=data)}.duckdb"
    row = (
        "('hate_crimes', 'W06000015', '2023-04-01', 12, 'total', {}, NULL, NULL, {}, 'hate_crime_wales_strands', FALSE)"
    )
    copy = shutil.copy(file, data / "copy.duckdb")
    with duckdb.connect(copy) as con:
        for value, marker in (("NULL", "NULL"), ("NULL", "''"), ("1", "'?'")):
            with pytest.raises(duckdb.ConstraintException):
                con.execute(f"INSERT INTO observation VALUES {row.format(value, marker)}")


def test_a_contract_error_carries_every_problem(data):
    race_row("hate_crimes,W99999999,2023-04-01,12,race,-1,,,")(data)
    with pytest.raises(ContractError) as raised:
        load.build(data=data)
    assert [(p.file, p.row, p.came) for p in raised.value.problems] == [
        (STRANDS_CSV, 3, "'W99999999'"),
        (STRANDS_CSV, 3, "'-1'"),
    ]


def database(data: Path) -> Path:
    return load.build_file(store.build_id(data=data), data=data)


def flip_bits(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 2, len(content) // 2 + 400):
        content[place] ^= 0xFF
    file.write_bytes(content)


WOUNDS: dict[str, Callable[[Path], object]] = {
    "bits flipped": flip_bits,
    "emptied": lambda file: file.write_bytes(b""),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "header broken": lambda file: file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:]),
    "another's build": lambda file: (
        duckdb.connect(str(file.with_name("o.duckdb"))).close() or file.with_name("o.duckdb").replace(file)
    ),
    "gone": lambda file: file.unlink(),
    "its note gone": lambda file: load.note_of(file).unlink(),
    "its note cut": lambda file: load.note_of(file).write_text('{"build": "'),
}


@pytest.mark.parametrize("wound", WOUNDS)
def test_a_damaged_build_is_no_build_and_is_made_again(data, wound):
    identity, file = store.build_id(data=data), database(data)
    WOUNDS[wound](file)
    if "note" not in wound:
        with pytest.raises(store.NoBuildError):
            store.build_id(data=data)
    assert load.build(data=data) == identity
    assert load.is_whole(file)
    assert store.build_id(data=data) == identity


@pytest.mark.parametrize("content", ["", "{", "null", "[]", "\0\0", '{"build": 1}', '{"build": "x", "file": "../x"}'])
def test_a_damaged_pointer_is_written_anew(data, content):
    identity = store.build_id(data=data)
    (data / "build" / "current.json").write_text(content, encoding="utf-8")
    assert store.build_id(data=data) == identity  # the only whole one
    assert load.build(data=data) == identity == store.build_id(data=data)


def test_where_the_right_build_is_on_show_nothing_is_written_not_even_the_lock(data):
    identity = store.build_id(data=data)
    (data / "build" / "refresh.lock").unlink()
    before = {path: path.stat().st_mtime_ns for path in (data / "build").iterdir()}
    assert load.build(data=data) == identity
    assert {path: path.stat().st_mtime_ns for path in (data / "build").iterdir()} == before


def test_a_table_that_changes_while_it_is_read_never_stands_under_the_old_name(data, monkeypatch):
    race_row(RACE.replace("3632", "1"))(data)
    read = load.read_tables

    def then_changed(*, data: Path) -> object:
        tables = read(data=data)
        if "race,1," in (data / "tidy" / STRANDS_CSV).read_text(encoding="utf-8"):
            replace(data / "tidy" / STRANDS_CSV, "race,1,", "race,2,")
        return tables

    monkeypatch.setattr(load, "read_tables", then_changed)
    identity = load.build(data=data)
    assert identity == load.build_id(data=data) == store.build_id(data=data)
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01", "race") == (2, False)


def test_a_build_waits_for_another_command_and_then_says_who_it_is(data, monkeypatch):
    race_row(RACE.replace("3632", "1"))(data)
    monkeypatch.setattr(load, "PATIENCE_OF_A_BUILD", 0.2)
    before = store.build_id(data=data)
    with (
        only_one(data=data, doing="a refresh"),
        pytest.raises(ContractError, match=rf"process {os.getpid()} \(a refresh\) is at work"),
    ):
        load.build(data=data)
    assert store.build_id(data=data) == before
    monkeypatch.setattr(load, "PATIENCE_OF_A_BUILD", 30)
    with only_one(data=data, doing="a refresh"):
        waiting = Thread(target=load.build, kwargs={"data": data})
        waiting.start()
    waiting.join()
    assert store.build_id(data=data) == load.build_id(data=data) != before


REFUSED_ROWS = {
    "a line twice": (
        lambda data: edit(data / "reference" / "measures.csv", lambda lines: [lines[0], lines[1], *lines[1:]]),
        "measures.csv, row 3: expected each measure once",
    ),
    "a kind nobody knows": (
        lambda data: replace(data / "reference" / "measures.csv", ",flow,", ",flux,"),
        r"measures.csv, row \d+: expected what schema.sql allows; came .*CHECK",
    ),
    "a break of no measure": (
        lambda data: edit(
            data / "reference" / "breaks.csv", lambda lines: [*lines[:4], lines[4].replace(",", "x,", 1), *lines[5:]]
        ),
        r"breaks.csv, row 5: expected what schema.sql allows; came .*foreign key",
    ),
}


@pytest.mark.parametrize("case", REFUSED_ROWS)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_reference_row_that_only_the_schema_refuses_is_named_by_build_and_by_check(data, capsys, case, command):
    damage, told = REFUSED_ROWS[case]
    damage(data)
    assert main(["--data", str(data), command]) == 1
    assert re.search(told, capsys.readouterr().err)


def test_what_the_disk_refuses_is_said_of_the_disk(data, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    race_row(RACE.replace("3632", "1"))(data)
    monkeypatch.setattr(load, "_insert_rows", full)
    with pytest.raises(ContractError, match=r"^the disk: .*No space left"):
        load.build(data=data)
    assert not list((data / "build").glob("*.tmp*"))


def test_a_folder_that_could_not_be_copied_is_told_in_one_sentence():
    why = "[Errno 28] No space left on device: 'a.csv'"
    with (
        pytest.raises(ContractError, match=r"data/; came \[Errno 28\] No space left .*, and so for 1 more files$"),
        disk_in_words(),
    ):
        raise shutil.Error([("a", "b", why), ("c", "d", why)])


def test_a_lock_that_another_user_owns_is_refused_in_words(data):
    race_row(RACE.replace("3632", "1"))(data)
    lock = data / "build" / "refresh.lock"
    lock.unlink()
    lock.mkdir()  # root may write any file, so a folder stands for one that may not be opened
    with pytest.raises(ContractError, match=r"refresh\.lock: expected a file this user may write"):
        load.build(data=data)


def test_with_broken_tables_the_newest_whole_build_comes_back_on_show(data):
    older = store.build_id(data=data)
    race_row(RACE.replace("3632", "1"))(data)
    newer = load.build(data=data)
    flip_bits(database(data))
    assert load.keep_on_show(data=data) == older == store.build_id(data=data)
    load.build_file(older, data=data).unlink()
    assert load.keep_on_show(data=data) == ""
    assert load.build(data=data) == newer


BY_HAND: dict[str, tuple[Callable[[str], str], str]] = {
    "a digit": (lambda text: text.replace("race,3632", "race,363"), "as many rows, and another text"),
    "a line lost": (lambda text: text.replace(f"{RACE}\n", ""), r"\d+ rows$"),
    "cut at the end of a line": (lambda text: text.rstrip("\n").rpartition("\n")[0] + "\n", r"\d+ rows$"),
    "two rows exchanged": (lambda text: "".join(sorted(text.splitlines(keepends=True))), "another text|expected"),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_a_figure_that_no_command_changed_is_named(data, capsys, case):
    change, told = BY_HAND[case]
    path = data / "tidy" / STRANDS_CSV
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    problems = problems_of_build(data, capsys)
    assert all(problem.startswith(f"{STRANDS_CSV}") for problem in problems)
    assert re.search(told, problems[0])


def test_another_build_that_was_copied_under_this_name_with_its_note_is_made_again(data):
    old = database(data)
    race_row(RACE.replace("3632", "1"))(data)
    target = load.build_file(load.build_id(data=data), data=data)
    shutil.copy(old, target)
    shutil.copy(load.note_of(old), load.note_of(target))
    assert load.build(data=data) == store.build_id(data=data)
    assert figure(data, "hate_crimes", "W92000004", "2023-04-01", "race") == (1, False)


def test_a_pointer_nested_without_end_is_no_pointer_and_is_written_anew(data):
    before = store.build_id(data=data)
    (data / "build" / "current.json").write_text("[" * 200_000)
    assert store.build_id(data=data) == before  # the only whole one
    assert load.build(data=data) == store.build_id(data=data) == before


@pytest.mark.parametrize("command", ["build", "check", "diff"])
@pytest.mark.parametrize("name", ["tidy/sub.csv", "reference/more.csv"])
def test_a_folder_where_a_table_should_be_is_told_as_what_the_disk_says(data, capsys, command, name):
    (data / name).mkdir()
    assert main(["--data", str(data), command]) == 1
    assert "expected no such error" not in capsys.readouterr().err


def test_figures_come_out_of_the_build_of_these_very_tables_and_are_made_where_there_is_none(data, monkeypatch):
    made = load.figures(data=data).sort_values(["measure", "area_code", "period_start", "category"])
    main(["--data", str(data), "build"])
    read: list[Path] = []
    read_tables = load.read_tables
    monkeypatch.setattr(load, "read_tables", lambda data: read.append(data) or read_tables(data=data))
    again = load.figures(data=data).sort_values(["measure", "area_code", "period_start", "category"])
    assert made.to_csv(index=False) == again.to_csv(index=False)
    assert read == []
    replace(data / "tidy" / f"{FORCES}.csv", ",2868,", ",2869,")
    assert "2869" in set(load.figures(data=data)["value"].str.removesuffix(".0"))
    assert read == [data]


def test_of_all_figures_those_that_we_make_can_be_asked_for_alone(data):
    every, ours = (load.figures(data=data, derived_alone=alone) for alone in (False, True))
    assert ours["derived"].all()
    assert 0 < len(ours) == every["derived"].sum() < len(every)


def test_a_build_beside_the_folder_will_do(data, tmp_path, monkeypatch):
    shown = shutil.copytree(data, tmp_path / "it's shown")
    main(["--data", str(shown), "build"])
    monkeypatch.setattr(load, "read_tables", lambda data: pytest.fail("the tables were read"))
    assert len(load.figures(data=data, beside=shown)) > 50


@pytest.mark.parametrize("owner", ["cohesion", KeyError("no such user")])
def test_a_file_that_this_user_may_not_read_is_told_with_its_owner_and_not_as_the_disk(data, monkeypatch, owner):
    table = data / "tidy" / "asylum_support.csv"
    table.touch()
    table.chmod(0)

    def named(_: Path) -> str:
        if isinstance(owner, Exception):
            raise owner
        return owner

    monkeypatch.setattr(Path, "owner", named)
    with pytest.raises(ContractError) as refused, disk_in_words():  # root may read any file, so it is said by hand
        raise PermissionError(13, "Permission denied", str(table))
    assert refused.value.kind == "permission"
    came = "Permission denied"
    if owner == "cohesion":
        came = "one of cohesion with the rights ---------- (Permission denied)"
    expected = f"asylum_support.csv: expected a file that this user may read and write; came {came}; {ADVICE}"
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied"),
        shutil.Error([("a.csv", "b.csv", "[Errno 13] Permission denied: 'a.csv'")]),
        duckdb.IOException('IO Error: Cannot open file "a.csv": Permission denied'),
    ],
    ids=["of nothing", "of a folder", "of DuckDB"],
)
def test_what_may_not_be_read_is_no_full_disk_however_it_is_told(error):
    with pytest.raises(ContractError) as refused, disk_in_words():
        raise error
    assert refused.value.kind == "permission"
    assert "Permission denied" in str(refused.value)
    assert " with the rights " not in str(refused.value)  # nobody can say whose a file is that is not there


def test_a_table_that_was_sound_is_held_against_the_vocabulary_again_only_when_one_of_the_two_changed(
    data, monkeypatch
):
    looked_at: list[str] = []
    rules = tables.tidy_problems

    def noted(cells, *, file, **against):
        looked_at.append(file)
        return rules(cells, file=file, **against)

    monkeypatch.setattr(tables, "tidy_problems", noted)
    monkeypatch.setattr(tables, "_SOUND", set())
    tables.read_tables(data=data)
    assert sorted(looked_at) == sorted(f"{name}.csv" for name in (FORCES, WALES, COMPONENTS))
    replace(data / "tidy" / f"{WALES}.csv", RACE, RACE.replace("3632", "3633"))
    tables.read_tables(data=data)
    assert looked_at[3:] == [f"{WALES}.csv"]
    edit(
        data / "reference" / "categories.csv",
        lambda lines: [line for line in lines if not line.startswith("hate_crimes,race,")],
    )
    with pytest.raises(ContractError, match=f"{WALES}.csv, row 3: expected a category of this measure"):
        tables.read_tables(data=data)
