"""What changed between two states of the tables: every kind of change is found, counted and written three ways."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from dashboard import revisions
from etl.__main__ import main
from etl.contract import TIDY_COLUMNS
from etl.pipeline import load
from etl.pipeline.diff import (
    Revision,
    derived_diff,
    diff_json,
    diff_markdown,
    diff_text,
    folders_diff,
    read_build,
    read_folder,
    table_diff,
    tables_diff,
)
from tests.releases import next_year, release, run
from tests.scratch import FORCES, WALES, edit, replace, scratch_data

RACE = "hate_crimes,W92000004,2023-04-01,12,race,3632,,,"


def table(*rows: str) -> pd.DataFrame:
    return pd.DataFrame([row.split(",") for row in rows], columns=list(TIDY_COLUMNS))


OLD = table("m,A,2023-04-01,12,total,10,,,", "m,B,2023-04-01,12,total,20,,,", "m,B,2022-04-01,12,total,,,,[x]")
CASES = {
    "the same figures written otherwise": (
        table("m,B,2022-04-01,12,total,,,,[x]", "m,A,2023-04-01,12,total,10.0,,,", "m,B,2023-04-01,12,total,20,,,"),
        {},
    ),
    "a revised figure": (
        OLD.replace("20", "21"),
        {"revised": (Revision(key=("m", "B", "2023-04-01", "12", "total"), old="20", new="21"),)},
    ),
    "a figure held back": (
        OLD.replace("20", "").assign(marker=["", "[c]", "[x]"]),
        {"revised": (Revision(key=("m", "B", "2023-04-01", "12", "total"), old="20", new="[c]"),)},
    ),
    "a wider interval": (
        OLD.assign(lower=["9", "", ""], upper=["12", "", ""]),
        {"revised": (Revision(key=("m", "A", "2023-04-01", "12", "total"), old="10", new="10 (9 to 12)"),)},
    ),
    "a new period for all": (
        pd.concat([OLD, table("m,A,2024-04-01,12,total,11,,,", "m,B,2024-04-01,12,total,21,,,")]),
        {"new_periods": (("m", "2024-04-01", "12"),)},
    ),
    "a new period without one area": (
        pd.concat([OLD, table("m,A,2024-04-01,12,total,11,,,")]),
        {"new_periods": (("m", "2024-04-01", "12"),), "silent_areas": ("B",)},
    ),
    "a lost row": (OLD.iloc[1:], {"lost_rows": (("m", "A", "2023-04-01", "12", "total"),), "lost_areas": ("A",)}),
    "a lost period": (OLD.iloc[:2], {"lost_periods": (("m", "2022-04-01", "12"),)}),
    "a new area in an old period": (
        pd.concat([OLD, table("m,C,2023-04-01,12,total,1,,,")]),
        {"new_rows": (("m", "C", "2023-04-01", "12", "total"),), "new_areas": ("C",)},
    ),
    "a renamed category": (
        OLD.replace("total", "all"),
        {
            "new_rows": tuple((*row[:4], "all") for row in sorted(OLD.values.tolist(), key=lambda r: r[1:3])),
            "lost_rows": tuple(tuple(row[:5]) for row in sorted(OLD.values.tolist(), key=lambda r: r[1:3])),
            "new_categories": (("m", "all"),),
            "lost_categories": (("m", "total"),),
        },
    ),
}
PARTS = (
    *("new_periods", "lost_periods", "revised", "new_rows", "lost_rows"),
    *("new_categories", "lost_categories", "new_areas", "lost_areas", "silent_areas"),
)


@pytest.mark.parametrize(("new", "expected"), CASES.values(), ids=CASES)
def test_each_kind_of_change_is_found_and_no_other(new, expected):
    diff = table_diff(OLD, new.reset_index(drop=True))
    found = {part: getattr(diff, part) for part in PARTS if getattr(diff, part)}
    assert found.keys() - {"silent_areas"} == expected.keys() - {"silent_areas"}
    assert {part: value for part, value in found.items() if part in expected} == expected
    assert diff.changed == bool(expected)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return scratch_data(tmp_path)


def test_a_table_that_came_or_went_is_told_whole_and_an_unchanged_one_is_left_out(data):
    new = read_folder(data / "tidy")
    old = {name: cells for name, cells in new.items() if name != WALES}
    assert list(tables_diff(old, new)) == [WALES]
    assert tables_diff(old, new)[WALES].rows_before == 0
    assert tables_diff(new, old)[WALES].lost_areas == ("W92000004",)
    assert tables_diff(new, new) == {}


def test_a_build_holds_the_very_tables_it_was_made_of(data):
    identity = load.build(data=data)
    held = read_build(data / "build" / f"cohesion-{identity}.duckdb")
    assert tables_diff(held, read_folder(data / "tidy")) == {}


def test_the_report_says_the_same_in_text_markdown_and_json(data):
    old = read_folder(data / "tidy")
    replace(data / "tidy" / f"{WALES}.csv", RACE, RACE.replace("3632", "3633"))
    diffs = tables_diff(old, read_folder(data / "tidy"))
    assert diff_text(diffs) == (
        f"{WALES}: 6 rows before, 6 now\n  revised figures: 1\n"
        "    hate_crimes W92000004 2023-04-01 12 race: 3632 -> 3633"
    )
    assert "| hate_crimes | W92000004 | 2023-04-01 | 12 | race | 3632 | 3633 |" in diff_markdown(diffs)
    (told,) = json.loads(diff_json(diffs))["tables"]
    assert told["counts"]["revised"] == 1
    assert told["revised"] == [
        {"key": ["hate_crimes", "W92000004", "2023-04-01", "12", "race"], "old": "3632", "new": "3633"}
    ]
    assert diff_text({}) == "No figure changed."


def test_a_long_list_is_cut_short_and_says_how_much_it_leaves_out(data):
    old = read_folder(data / "tidy")
    edit(data / "tidy" / f"{FORCES}.csv", lambda lines: [line.replace("total,", "total,1") for line in lines])
    diffs = tables_diff(old, read_folder(data / "tidy"))
    many = len(diffs[FORCES].revised)
    assert many > 60
    assert f"and {many - 3} more" in diff_text(diffs, most=3)
    assert f"and {many - 3} more revised figures" in diff_markdown(diffs, most=3)
    (told,) = json.loads(diff_json(diffs, most=3))["tables"]
    assert len(told["revised"]) == 3
    assert told["counts"]["revised"] == many


def test_the_command_compares_with_what_is_on_show_then_with_the_last_refresh(data, capsys):
    assert main(["--data", str(data), "diff"]) == 1
    assert "came none; see --against" in capsys.readouterr().err
    load.build(data=data)
    assert main(["--data", str(data), "diff"]) == 0
    out, err = capsys.readouterr()
    assert "which is on show" in err
    assert out == "No figure changed.\n"
    run(data, release(data, change=next_year))
    assert main(["--data", str(data), "diff"]) == 0
    out, err = capsys.readouterr()
    assert "the tables before the last refresh" in err
    assert "hate_crimes W15000003 2024-04-01 12 total: 2868 -> 2900" in out
    replace(data / "tidy" / f"{WALES}.csv", RACE, RACE.replace("3632", "3633"))
    assert main(["--data", str(data), "diff"]) == 0
    out, err = capsys.readouterr()
    assert "which is on show" in err
    assert "3632 -> 3633" in out
    assert "2868" not in out


def test_a_damaged_build_is_named_and_what_to_do(data, capsys):
    build = load.build(data=data)
    replace(data / "tidy" / f"{WALES}.csv", RACE, RACE.replace("3632", "3633"))
    database = data / "build" / f"cohesion-{build}.duckdb"
    database.chmod(0o644)
    database.write_bytes(b"no database")
    assert main(["--data", str(data), "diff"]) == 1
    err = capsys.readouterr().err
    assert f"cohesion-{build}.duckdb: expected a whole database" in err
    assert "python -m etl build" in err
    assert "the disk" not in err


def test_the_command_compares_with_a_folder_and_with_a_git_revision(data, tmp_path, capsys):
    shutil.copytree(data / "tidy", tmp_path / "kept")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@t"]
    for command in (["init", "-q"], ["add", "data"], ["commit", "-qm", "one", "--no-verify"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    replace(data / "tidy" / f"{WALES}.csv", RACE, RACE.replace("3632", "3633"))
    for against in (str(tmp_path / "kept"), "HEAD"):
        assert main(["--data", str(data), "diff", "--against", against]) == 0
        assert "3632 -> 3633" in capsys.readouterr().out
    for wrong in ("nowhere", "--output=x"):
        assert main(["--data", str(data), "diff", f"--against={wrong}"]) == 1
        assert "expected" in capsys.readouterr().err


def test_the_dashboard_reads_what_the_last_refresh_changed(data):
    with pytest.raises(revisions.NoRefreshError):
        revisions.last_refresh(data=data)
    load.build(data=data)
    outcome = run(data, release(data, change=next_year))
    told = revisions.last_refresh(data=data)
    assert (told.build, told.day.isoformat()) == (outcome.build, "2026-11-23")
    changed, derived = told.tables
    assert (derived.table, [(r.key[1], r.before, r.now) for r in derived.revised]) == (
        "derived",
        [("W92000004", "6213", "6245")],
    )
    assert changed.table == FORCES
    assert changed.new_periods == (("hate_crimes", "2025-04-01", "12"),)
    (revised,) = changed.revised
    assert (revised.key[1], revised.before, revised.now) == ("W15000003", "2868", "2900")
    (data / "build" / "last_refresh.json").write_text("{", encoding="utf-8")
    with pytest.raises(revisions.NoRefreshError):
        revisions.last_refresh(data=data)


def test_a_figure_that_another_table_gives_now_was_replaced_or_revised_and_not_lost():
    poorer = table("m,A,2023-04-01,12,total,10,,,", "m,B,2023-04-01,12,total,20,,,", "m,C,2023-04-01,12,total,5,,,")
    better = table("m,A,2023-04-01,12,total,10,,,", "m,B,2023-04-01,12,total,21,,,", "m,A,2024-04-01,12,total,9,,,")
    found = tables_diff({"poorer": poorer}, {"better": better})
    key = ("m", "{}", "2023-04-01", "12", "total")
    of = {area: tuple(part.format(area) for part in key) for area in "ABC"}
    assert found["poorer"].replaced == (of["A"], of["B"])
    assert found["better"].revised == (Revision(key=of["B"], old="20", new="21"),)
    assert found["better"].new_periods == (("m", "2024-04-01", "12"),)
    assert found["better"].new_areas == found["better"].new_rows == ()
    assert found["poorer"].lost_periods == (("m", "2023-04-01", "12"),)  # C's, which nobody gives now
    kept = tables_diff({"poorer": poorer}, {"poorer": poorer.iloc[2:], "better": better})
    assert kept["poorer"].lost_rows == kept["poorer"].lost_areas == ()


def test_a_sum_that_cannot_be_made_any_more_is_lost_and_one_that_is_published_now_is_not():
    made = table("m,W,2023-04-01,12,total,30,,,", "m,V,2023-04-01,12,total,5,,,", "m,W,2022-04-01,12,total,7,,,")
    now = table("m,W,2023-04-01,12,total,31,,,", "m,W,2022-04-01,12,total,7,,,", "m,A,2023-04-01,12,total,1,,,")
    found = derived_diff(made, now)
    assert found.lost_rows == (("m", "V", "2023-04-01", "12", "total"),)
    assert [(r.key[1], r.old, r.new) for r in found.revised] == [("W", "30", "31")]
    assert found.new_rows == ()


def test_two_folders_differ_as_their_tables_do(tmp_path):
    old = scratch_data(tmp_path / "old") / "tidy"
    new = shutil.copytree(old, tmp_path / "new")
    assert folders_diff(old, new) == {}
    replace(new / f"{FORCES}.csv", ",2868,", ",2869,")
    (new / f"{WALES}.csv").unlink()
    found = folders_diff(old, new)
    assert set(found) == {FORCES, WALES}
    assert found == tables_diff(read_folder(old), read_folder(new))
