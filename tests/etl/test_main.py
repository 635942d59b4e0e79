"""The data lead's commands: what they print, and how they say no."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.pipeline import load
from etl.registry import DATASETS
from tests.scratch import WALES, replace, scratch_data

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return scratch_data(tmp_path)


def test_check_counts_what_it_read_and_builds_nothing(data, capsys):
    assert main(["--data", str(data), "check"]) == 0
    assert capsys.readouterr().out == "78 figures in 3 tables keep the contract\n"
    assert not (data / "build").exists()


def test_check_tells_what_build_would_tell(data, capsys):
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,-1")
    told = [(main(["--data", str(data), command]), capsys.readouterr().err) for command in ("check", "build")]
    assert told[0] == told[1]
    assert told[0][0] == 1


def test_the_exit_code_reaches_the_shell_and_the_problems_go_to_standard_error(data):
    replace(data / "tidy" / f"{WALES}.csv", "race,3632", "race,-1")
    command = [sys.executable, "-m", "etl", "--data", str(data), "build"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout == ""
    assert f"{WALES}.csv, row 3: expected no negative number for this measure; came '-1'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [[], ["bild"], ["extract", "weather", "--from", "x"], ["extract", "all"]])
def test_what_is_no_command_ends_with_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m etl" in capsys.readouterr().err


def test_extract_names_the_publication_that_is_not_there(data, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in (data / "tidy").iterdir()}
    for name, dataset in DATASETS.items():
        assert main(["--data", str(data), "extract", name, "--from", str(tmp_path / "nowhere")]) == 1
        told = capsys.readouterr().err
        assert name in told
        assert dataset.material in told
    assert {path.name: path.read_bytes() for path in (data / "tidy").iterdir()} == before


def test_revisions_names_the_older_file_that_is_not_there(data, tmp_path, capsys):
    for wrong in (tmp_path / "nowhere", tmp_path):
        arguments = [
            "revisions",
            "hate_crime_wales_strands",
            "--older",
            str(wrong),
            "--edition",
            "x",
            "--edition-cy",
            "y",
        ]
        assert main(["--data", str(data), *arguments]) == 1
        told = capsys.readouterr().err
        assert f"expected a file of the older edition; came nothing at {wrong}" in told


def test_extract_names_a_file_that_no_library_reads(data, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in (data / "tidy").iterdir()}
    wrong = tmp_path / "minutes.csv"
    wrong.write_text("a,b\n1,2\n3,4,5,6,7\n", encoding="utf-8")
    for name in DATASETS:
        assert main(["--data", str(data), "extract", name, "--from", str(wrong)]) == 1
        told = capsys.readouterr().err
        assert "minutes.csv" in told, name
        assert "no such error" not in told
    assert {path.name: path.read_bytes() for path in (data / "tidy").iterdir()} == before


@pytest.mark.parametrize("encoding", ["cp1252:strict", "cp437:strict", "ascii:strict"])
def test_a_letter_that_the_output_cannot_write_decides_nothing(data, tmp_path, encoding):
    file = tmp_path / "Tŷ ŵ.ods"
    file.write_bytes(b"no archive")
    command = [sys.executable, "-m", "etl", "--data", str(data), "add", str(file), "--released", "2026-11-01"]
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding}
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=surroundings)
    assert result.returncode == 1
    assert b"Nothing was replaced" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["a\nrefused: nothing.ods", "a\x1b[31m.ods", os.fsdecode(b"a\xff.ods")])
def test_a_file_name_that_could_forge_a_line_is_shown_as_its_characters_and_refused(data, tmp_path, capsys, name):
    (tmp_path / name).write_bytes(b"x")
    assert main(["--data", str(data), "add", str(tmp_path / name), "--released", "2026-11-01"]) == 1
    told = capsys.readouterr().err
    assert "expected a file name of printed characters" in told
    assert name not in told


def test_an_error_nobody_foresaw_is_told_without_the_inside_of_the_program(data, capsys, monkeypatch):
    def broken(**_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(load, "check", broken)
    assert main(["--data", str(data), "check"]) == 1
    assert "came RuntimeError: odd" in capsys.readouterr().err
