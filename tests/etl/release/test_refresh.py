"""A new release comes in whole, or is refused in words while the old build stays; the exit code says which."""

from __future__ import annotations

import json
import random
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path

import pandas as pd
import pytest

from cohesion.releases import STAGES, Refusal
from dashboard import revisions, store
from etl.__main__ import main
from etl.contract import ContractError
from etl.fetching.download import Downloaded
from etl.fetching.network import NotAnsweredError, TryAgainError
from etl.pipeline import history, load
from etl.pipeline.published_files import Edition
from etl.release import commands as release_commands
from etl.release import refresh
from etl.release.editions import in_words, released_in_name
from etl.release.refresh import add, rollback
from tests import releases
from tests.releases import (
    LOADERS,
    RELEASED,
    adds_up,
    fetched,
    next_year,
    publication,
    release,
    run,
    south_wales,
    tables,
    with_check,
    workshop,
)
from tests.scratch import FORCES, WALES, scratch_data

RACE = "hate_crimes,W92000004,2023-04-01,12,race,3632,,,"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = scratch_data(tmp_path_factory.mktemp("pristine"))
    load.build(data=data)
    return data


@pytest.fixture
def data(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "data"))


@pytest.fixture
def stays(data):
    """Check at the end that the tables, the builds, the pointer and the report are as they were, to the byte."""

    def everything() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in data.rglob("*") if p.is_file() and p.name != "refresh.lock"}

    before = everything()
    yield
    assert everything() == before
    assert south_wales(data) == 2868


def test_a_new_release_is_brought_in_with_its_origin_and_a_report(data):
    said: list[str] = []
    outcome = run(data, release(data, change=next_year), say=said.append)
    assert outcome.code == 0
    assert store.build_id(data=data) == outcome.build
    assert south_wales(data) == 2900
    origin = tomllib.loads((data / "tidy" / f"{FORCES}.toml").read_text(encoding="utf-8"))["origin"]
    assert (origin["released"], origin["grade"]) == (RELEASED, "A")
    assert (origin["edition"], origin["edition_cy"]) == ("Released 8 October 2026", "Cyhoeddwyd 8 Hydref 2026")
    assert origin["coverage_en"] == "As released: periods that begin from 1 April 2023 to 1 April 2025."
    assert origin["checked_cy"].startswith("Darllenwyd o ffeil y cyhoeddwr ei hun ar 23 Tachwedd 2026")
    assert said[0] == f"[1/1] {FORCES}"
    assert said[-1] == f"build {outcome.build} is on show"
    assert "2868 -> 2900" in "\n".join(said)


def test_what_a_file_says_of_its_edition_goes_before_what_we_would_say(data):
    edition = Edition(english="Year ending March 2026", welsh="Blwyddyn hyd at fis Mawrth 2026", released="2026-10")
    bring = fetched(release(data, change=next_year), released="")
    refresh.refresh((publication(),), fetch=bring, workshop=workshop(data, edition_of=lambda _: edition))
    origin = tomllib.loads((data / "tidy" / f"{FORCES}.toml").read_text(encoding="utf-8"))["origin"]
    assert (origin["edition"], origin["released"]) == ("Year ending March 2026", "2026-10")


def test_the_same_file_again_is_nothing_new(data):
    path = release(data, change=next_year)
    first = run(data, path).build
    said: list[str] = []
    again = run(data, path, say=said.append)
    assert (again.code, again.build) == (0, "")
    assert "nothing new" in said[1]
    assert store.build_id(data=data) == first


def test_a_rehearsal_says_what_would_change_and_writes_nothing(data, stays):
    said: list[str] = []
    outcome = run(data, release(data, change=next_year), dry_run=True, say=said.append)
    assert outcome.build == ""
    assert list(outcome.changed) == [FORCES]
    assert "2868 -> 2900" in "\n".join(said)
    assert said[-1] == "a rehearsal: nothing was replaced"


def test_a_rehearsal_checks_as_the_real_thing_does(data, stays):
    path = release(data, change=lambda lines: [line.replace(",2868,", ",-2868,") for line in next_year(lines)])
    assert "expected no negative number" in run(data, path, dry_run=True).refused[0].words


def without(text: str) -> releases.Lines:
    return lambda lines: [line for line in next_year(lines) if text not in line]


def instead(old: str, new: str) -> releases.Lines:
    return lambda lines: [line.replace(old, new) for line in next_year(lines)]


REFUSED = {
    "a dropped force": (without("W15000003"), "expected everything held before; lost .*W15000003"),
    "a lost year": (without("2023-04-01"), "expected every period held before; lost 1: hate_crimes 2023-04-01 12"),
    "an older file": (
        lambda lines: [line for line in lines if "2024-04-01" not in line],
        "expected every period held before; lost 1: hate_crimes 2024-04-01 12",
    ),
    "a new column": (lambda lines: [f"{line},1" for line in lines], f"{FORCES}.zip: expected a file we can read"),
    "no rows": (lambda lines: lines[:1], "lost"),
    "a moved header": (lambda lines: ["Table 1", *lines], f"{FORCES}.zip: expected a file we can read"),
}


def only_the_columns(_read: pd.DataFrame, made: pd.DataFrame) -> None:
    if len(made.columns) != 9:
        raise ValueError(f"{len(made.columns)} columns")


@pytest.mark.parametrize(("change", "told"), REFUSED.values(), ids=REFUSED)
def test_what_a_release_may_not_do_is_refused_by_name(data, stays, change, told):
    outcome = run(data, release(data, change=change), datasets=with_check(only_the_columns))
    assert outcome.code == 1
    assert outcome.build == ""
    assert re.search(told, outcome.refused[0].words)


ROWS = {
    "an unknown area": (
        lambda lines: [*next_year(lines), "hate_crimes,W99999999,2025-04-01,12,total,1,,,"],
        r"\.zip, hate_crime_force_totals, hate_crimes W99999999 2025-04-01 12 total: expected an area of data",
    ),
    "a new marker": (instead(",2900,,,", ",,,,[q]"), r"expected one of \[c\] .*; came '\[q\]'"),
    "a negative number": (instead(",2900,", ",-1,"), "expected no negative number for this measure; came '-1'"),
    "an unknown category": (instead("2025-04-01,12,total", "2025-04-01,12,totals"), "expected a category"),
}


@pytest.mark.parametrize(("change", "told"), ROWS.values(), ids=ROWS)
def test_a_row_that_no_table_may_have_refuses_its_publication_by_name_and_no_other(data, change, told):
    bad, good = (
        release(data, change=change),
        release(data, WALES, change=lambda lines: [*lines[:-1], revised(lines[-1])]),
    )
    arrivals = {FORCES: fetched(bad), WALES: fetched(good)}
    outcome = refresh.refresh(
        (publication(), publication(WALES)),
        fetch=lambda one, *rest: arrivals[one.id](one, *rest),
        workshop=workshop(data),
    )
    assert outcome.code == 1
    assert list(outcome.changed) == [WALES]
    (refused,) = outcome.refused
    assert re.search(told, refused.words)


def revised(line: str) -> str:
    """Return a row with its value one more."""
    cells = line.split(",")
    return ",".join([*cells[:5], str(int(cells[5]) + 1), *cells[6:]])


WHOLE = {
    "a key of another table": (lambda lines: [*next_year(lines), RACE], "expected each key in one table only"),
}


@pytest.mark.parametrize(("change", "told"), WHOLE.values(), ids=WHOLE)
def test_what_breaks_the_contract_of_the_whole_refuses_the_whole(data, stays, change, told):
    with pytest.raises(ContractError, match=told):
        run(data, release(data, change=change))


def test_totals_that_do_not_reconcile_are_refused(data, stays):
    path = release(data, WALES, change=lambda lines: [line.replace(",752,", ",753,") for line in lines])
    outcome = refresh.refresh(
        (publication(WALES),), fetch=fetched(path), workshop=workshop(data, datasets=with_check(adds_up))
    )
    assert "categories differ from the total" in outcome.refused[0].words
    assert outcome.code == 1


def test_a_file_released_before_the_one_we_hold_is_refused(data, stays):
    bring = fetched(release(data, change=next_year), released="2024-10-10")
    outcome = refresh.refresh((publication(),), fetch=bring, workshop=workshop(data))
    assert (
        "expected a release for hate_crime_force_totals of 2025-10-09, which we hold, or newer"
        in outcome.refused[0].words
    )


def test_whoever_waits_is_told_the_stages_in_their_order(data):
    stages: list[str] = []
    run(data, release(data, change=next_year), stage=stages.append)
    assert stages == [stage for stage in STAGES if stage != "begun"]


def test_lost_periods_that_are_meant_are_taken(data):
    outcome = run(data, release(data, change=without("2023-04-01")), lost_periods_are_meant=True)
    assert outcome.code == 0
    assert outcome.changed[FORCES].lost_periods == (("hate_crimes", "2023-04-01", "12"),)


def test_a_release_of_another_publication_is_refused(data, stays):
    outcome = run(data, release(data, WALES, change=lambda lines: lines))
    assert f"expected a file of {FORCES}; came {WALES}" in outcome.refused[0].words


def test_a_file_we_have_no_loader_for_is_refused(data, stays):
    path = release(data, change=next_year)
    for found, told in (((), "came another"), (("weather",), "came one of weather")):
        outcome = run(data, path, recognise=lambda _, found=found: found)
        assert told in outcome.refused[0].words


def test_damaged_anywhere_it_is_refused_or_reads_the_very_same_figures(data, pristine, tmp_path):
    path = release(data, change=next_year)
    good, chance, refusals = path.read_bytes(), random.Random(2026), 0
    figures = LOADERS[FORCES].read(path)
    before = tables(data)
    for number in range(60):
        bad = bytearray(good)
        if number % 3:
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        else:
            del bad[chance.randrange(len(bad)) :]
        damaged = tmp_path / f"{number}.zip"
        damaged.write_bytes(bytes(bad))
        outcome = run(data, damaged, dry_run=True)
        if outcome.refused:
            refusals += 1
            assert damaged.name in outcome.refused[0].words
        else:
            assert LOADERS[FORCES].read(damaged).equals(figures)
    assert refusals > 45
    assert tables(data) == before
    assert store.build_id(data=data) == load.build_id(data=pristine)


@pytest.mark.parametrize(
    "content", [b"", b"<!DOCTYPE html><html>403</html>", b"PK\x03\x04 and no more"], ids=["empty", "a web page", "cut"]
)
def test_what_is_no_workbook_is_refused_by_its_name(data, stays, content, tmp_path):
    path = tmp_path / "tables.ods"
    path.write_bytes(content)
    assert run(data, path).refused[0].words.startswith(f"{FORCES}: tables.ods: expected a file we can read")


def failing(error: ContractError, cause: Exception | None = None) -> refresh.Fetch:
    def fetch(*_: object) -> refresh.Arrival:
        raise error from cause

    return fetch


@pytest.mark.parametrize(
    ("error", "cause", "code"),
    [
        (NotAnsweredError("x: expected the file; came 404 Not Found", status=404), None, 2),
        (ContractError("x: expected an answer (asked 5 times)"), TryAgainError("no route"), 2),
        (ContractError("x: expected ods; came a web page"), None, 1),
    ],
)
def test_a_publisher_that_is_not_reached_is_told_from_a_file_that_is_refused(data, stays, error, cause, code):
    outcome = refresh.refresh((publication(),), fetch=failing(error, cause), workshop=workshop(data))
    assert outcome.code == code


def test_one_refusal_does_not_hold_up_the_others_and_leaves_no_trace(data):
    forces, wales = (
        release(data, change=next_year),
        release(data, WALES, change=lambda lines: [line.replace(",752,", ",753,") for line in lines]),
    )

    def fetch(one: refresh.Publication, to: Path, say: refresh.Say) -> refresh.Arrival:
        return fetched(forces if one.id == FORCES else wales)(one, to, say)

    before = tables(data)
    outcome = refresh.refresh(
        (publication(WALES), publication()),
        fetch=fetch,
        workshop=workshop(data, datasets=LOADERS | {WALES: with_check(adds_up)[WALES]}),
    )
    assert (outcome.code, list(outcome.changed)) == (1, [FORCES])
    assert south_wales(data) == 2900
    changed = {name for name, text in tables(data).items() if text != before.get(name)}
    assert changed == {f"{FORCES}.csv", f"{FORCES}.toml", history.FILE}


def test_a_file_of_two_tables_gives_both_or_none(data, stays):
    path = release(data, change=next_year)
    loaders = LOADERS | {WALES: changed(LOADERS[WALES], tidy=lambda _: pd.DataFrame({"measure": []}))}
    outcome = run(data, path, datasets=loaders, recognise=lambda _: (FORCES, WALES))
    assert outcome.code == 1


def test_the_poorer_tables_that_a_release_ends_go_with_it(data):
    both = {FORCES: (WALES,)}
    rows = (data / "tidy" / f"{WALES}.csv").read_text(encoding="utf-8").splitlines()[1:]
    outcome = run(data, release(data, change=lambda lines: [*next_year(lines), *rows]), replaced=both)
    assert outcome.code == 0
    assert f"{WALES}.csv" not in tables(data)
    rollback(workshop=workshop(data))
    assert f"{WALES}.csv" in tables(data)


def test_a_file_from_the_disk_takes_the_same_path(data):
    path = release(data, change=next_year, to=data.parent / "anything-081026.zip")
    outcome = add(path, released="", workshop=workshop(data))
    assert outcome.code == 0
    assert south_wales(data) == 2900


def test_a_file_from_the_disk_without_a_day_asks_for_it(data, stays):
    path = release(data, change=next_year)
    assert "say it with --released" in add(path, released="", workshop=workshop(data)).refused[0].words
    assert "came 'soon'" in add(path, released="soon", workshop=workshop(data)).refused[0].words
    with pytest.raises(ContractError, match="expected a file; came nothing"):
        add(path.with_name("none.zip"), released="", workshop=workshop(data))


@pytest.fixture
def commands(monkeypatch) -> Callable[..., None]:
    """Give the commands the workshop of these tests and, for `refresh`, a file in the place of the network."""

    def give(path: Path, fetch: refresh.Fetch | None = None) -> None:
        monkeypatch.setattr(release_commands, "_workshop", lambda o: workshop(o.data, dry_run=o.dry_run))
        monkeypatch.setattr(release_commands, "from_publisher", lambda *_, **__: fetch or fetched(path))
        config = release_commands.read_config()
        one = changed(config, publications={FORCES: publication()})
        monkeypatch.setattr(release_commands, "read_config", lambda: one)

    return give


def test_the_commands_end_with_0_1_2_or_3_and_say_why_on_standard_error(data, capsys, commands):
    path = release(data, change=next_year)
    at = ["--data", str(data)]
    commands(path, failing(NotAnsweredError("x: came 503", status=503)))
    assert main([*at, "refresh"]) == 2
    assert capsys.readouterr().err == f"Nothing was replaced:\nnot reached: {FORCES}: x: came 503\n"
    commands(path)
    assert main([*at, "refresh", FORCES, "--dry-run"]) == 3
    assert main([*at, "refresh", "weather"]) == 1
    assert "expected a publication or one of its datasets; came 'weather'" in capsys.readouterr().err
    assert south_wales(data) == 2868
    assert main([*at, "refresh"]) == 0
    assert south_wales(data) == 2900
    assert main([*at, "rollback"]) == 0
    assert south_wales(data) == 2868
    assert main([*at, "add", str(path), "--released", "2024-01-01"]) == 1
    assert main([*at, "refresh", "--list"]) == 0


def test_the_day_of_a_release_is_the_one_in_its_name_then_its_pages_then_its_hosts():
    def got(name: str, page: str = "", host: str = "") -> str:
        one = Downloaded(
            path=Path(name),
            url="",
            sha256="",
            etag="",
            last_modified=host,
            retrieved="",
            released=page,
            unchanged=False,
        )
        return release_commands.released_day(one)

    host = "Thu, 23 Jul 2026 08:30:00 GMT"
    assert got("prc-pfa-tables-230726.ods", "2026-08-01T09:30:00Z", host) == "2026-07-23"
    assert got("tables.ods", "2026-08-01T09:30:00Z", host) == "2026-08-01"
    assert got("tables.ods", "", host) == "2026-07-23"
    assert got("tables.ods", "", "yesterday") == ""
    assert got("tables.ods") == ""
    assert released_in_name("a-310226.ods") == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-07-23", ("23 July 2026", "23 Gorffennaf 2026")), ("2026-01", ("January 2026", "Ionawr 2026"))],
)
def test_days_and_months_in_both_languages(day, words):
    assert in_words(day) == words
    assert in_words("2026") == ("2026", "2026")
    for wrong in ("2026-13", "2026-02-30", "soon", ""):
        with pytest.raises(ContractError, match="expected a day"):
            in_words(wrong)


@pytest.mark.parametrize("released", ["9999-12-31", "2126-07-23", "2026-11-24"])
def test_a_release_of_the_future_is_refused_and_does_not_shut_out_the_true_one(data, released):
    path = release(data, change=next_year)
    outcome = refresh.refresh((publication(),), fetch=fetched(path, released=released), workshop=workshop(data))
    assert re.search("expected a day of release up to today, 2026-11-23", outcome.refused[0].words)
    assert not outcome.build
    assert run(data, path).build


@pytest.mark.parametrize(
    "released", ["20260723", "2026-W30-4", "2026-7-23", "2026-02-30", "23/07/2026", "2026-07-23T09"]
)
def test_a_day_of_release_in_another_spelling_is_refused(data, stays, released):
    path = release(data, change=next_year)
    outcome = refresh.refresh((publication(),), fetch=fetched(path, released=released), workshop=workshop(data))
    assert re.search("expected a day of release such as 2026-07-23", outcome.refused[0].words)
    with pytest.raises(SystemExit, match="2"):
        main(["--data", str(data), "add", str(path), "--released", released])


@pytest.mark.parametrize("year", ["2026-04-01", "2062-04-01"])
def test_a_period_that_had_not_ended_by_its_release_is_refused(data, stays, year):
    path = release(data, change=lambda lines: [line.replace("2025-04-01", year) for line in next_year(lines)])
    outcome = run(data, path)
    assert re.search(
        f"expected periods that had ended by the release of {RELEASED}; .*{year}", outcome.refused[0].words
    )
    assert not outcome.build


def test_one_publication_that_fails_in_a_way_nobody_foresaw_does_not_stop_the_next(data):
    good, after = release(data, change=next_year), publication()
    odd = changed(after, id="odd")

    def fetch(one, to, say):
        if one is odd:
            raise RecursionError("too deep")
        return fetched(good)(one, to, say)

    outcome = refresh.refresh((odd, after), fetch=fetch, workshop=workshop(data))
    words = "odd: expected an answer and a file we can read; came RecursionError: too deep"
    assert outcome.refused == [Refusal(kind="unexpected", words=words)]
    assert outcome.build
    assert outcome.code == 1


@pytest.mark.parametrize(
    "damage",
    [b"", b"measure,area_code\n1,2,3,4\n", b"\xff\xfe", b"measure,area_code\n"],
    ids=["empty", "ragged", "not UTF-8", "no rows"],
)
@pytest.mark.parametrize("command", ["diff", "add"])
def test_a_broken_table_of_ours_is_told_in_words_by_every_command(data, capsys, command, damage):
    path = release(data, change=next_year)
    load.build(data=data)
    (data / "tidy" / f"{FORCES}.csv").write_bytes(damage)
    words = [str(path), "--released", RELEASED] if command == "add" else []
    assert main(["--data", str(data), command, *words]) == 1
    told = capsys.readouterr().err
    assert "expected" in told
    assert "Traceback" not in told


def history_of(data: Path) -> list[dict[str, object]]:
    path = data / "tidy" / history.FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_each_publication_brought_in_is_a_line_of_the_history_and_a_rollback_takes_it_back(data):
    edition = Edition(english="Year ending March 2026", welsh="Blwyddyn hyd at fis Mawrth 2026", released="2026-10")
    path = release(data, change=next_year)
    run(data, path, edition_of=lambda _: edition, why="asked the publisher", large_changes_are_meant=True)
    (line,) = history_of(data)
    assert (line["day"], line["publication"], line["file"]) == ("2026-11-23", FORCES, f"{FORCES}.zip")
    (table,) = line["tables"]
    assert (table["table"], table["edition"], table["edition_cy"]) == (FORCES, edition.english, edition.welsh)
    assert table["edition_before"]
    assert table["edition_before"] != table["edition"]
    forces = sum("2025-04-01" in row for row in tables(data)[f"{FORCES}.csv"].decode().splitlines())
    assert {kind: table[kind] for kind in ("new", "revised", "replaced", "lost")} == {
        "new": forces,
        "revised": 1,
        "replaced": 0,
        "lost": 0,
    }
    assert (line["accepted"], line["why"]) == (
        dict.fromkeys(("lost_periods", "large_changes", "contradictions"), 0),
        "",
    )
    run(data, path)  # nothing new
    assert len(history_of(data)) == 1
    rollback(workshop=workshop(data))
    assert history_of(data) == []
    rollback(workshop=workshop(data))
    assert history_of(data) == [line]


def test_what_was_accepted_is_kept_with_its_reason_and_stands_in_the_build(data, monkeypatch):
    doubled = release(data, change=instead(",2900,", ",9900,"))
    outcome = run(data, doubled, large_changes_are_meant=True, why="a new recording system")
    (line,) = history_of(data)
    assert line["accepted"]["large_changes"] > 0
    assert line["why"] == "a new recording system"
    monkeypatch.setattr(store, "DATA", data)
    (brought,) = revisions.history(build=outcome.build)
    assert brought.accepted == {"large_changes": line["accepted"]["large_changes"]}
    assert (brought.why, brought.counts["revised"]) == ("a new recording system", 1)


@pytest.mark.parametrize("line", ["{", "[]", '{"day": "soon"}', '{"day": "2026-11-23", "publication": "x"}', "\udcff"])
def test_a_broken_history_is_named_by_its_line(data, line):
    run(data, release(data, change=next_year))
    path = data / "tidy" / history.FILE
    path.write_bytes(path.read_bytes() + line.encode("utf-8", "surrogateescape") + b"\n")
    with pytest.raises(
        ContractError, match=r"refreshes\.jsonl.*: expected a refresh as etl/pipeline/history\.py writes it"
    ):
        load.check(data=data)
