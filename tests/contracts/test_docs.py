"""What the documents say can be done: commands exist, links lead somewhere, the data catalogue is true."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.blocks import common
from dashboard.i18n import numbers, people
from etl.__main__ import main

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), BENCHMARKS / "README.md")


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def mentioned(pattern: str) -> set[str]:
    return {word for page in PAGES for word in re.findall(pattern, page.read_text(encoding="utf-8"))}


def run_commands() -> set[str]:
    command = [sys.executable, "run.py", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.search(r"\{([\w,]+)\}", shown)[1].split(","))


def test_the_data_catalogue_is_what_the_data_say():
    assert main(["catalogue", "--check"]) == 0


def test_the_readme_begins_with_the_two_commands():
    assert "python3 run.py\n" in readme()
    assert "python3 run.py test" in readme()
    assert "streamlit run app.py" in readme()


def test_every_run_command_that_is_mentioned_exists():
    assert mentioned(r"python3? run\.py (?!-)([a-z]\w*)") <= run_commands()


def test_every_etl_command_that_is_mentioned_exists(capsys):
    found = mentioned(r"python3? -m etl ([a-z][\w-]*)")
    assert found
    for command in found:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, command
    assert "usage" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_pictures_inside_the_repository_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_examples_of_how_numbers_are_written_are_true(build):
    kinds = {
        "people": "asylum_supported",
        "offences": "rra_offences",
        "balance": "international_net",
        "per_cent": "claimant_count_share",
        "pounds": "household_income_per_head",
    }
    measures = {kind: queries.measure(code, build=build) for kind, code in kinds.items()}
    known = {**measures, "common": common, **vars(people), **vars(numbers)}
    page = (ROOT / "docs" / "add-a-figure.md").read_text(encoding="utf-8")
    examples = re.findall(r"`([\w.]+\([^`]*\))` is “([^”]*)”", page)
    written = [(call, eval(call, known)) for call, _ in examples]
    assert [(call, one if isinstance(one, str) else one.text("en")) for call, one in written] == examples
    writers = {name for name, one in vars(common).items() if inspect.isfunction(one) and _writes_a_figure(one)}
    assert {f"common.{name}" for name in writers} <= {call.partition("(")[0] for call, _ in examples}


def _writes_a_figure(function: Callable[..., object]) -> bool:
    takes, gives = list(inspect.signature(function).parameters), function.__annotations__.get("return")
    return takes[:2] == ["value", "measure"] and gives == "Wording"


def test_the_benchmarks_that_are_mentioned_are_those_there_are():
    named = mentioned(r"python benchmarks/(\w+\.py)")
    commands = {path.name for path in BENCHMARKS.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")}
    assert named == commands


def test_a_benchmark_is_told_apart_from_what_python_brings():
    """Run by its path, its folder is searched first: a `statistics.py` there would be imported for Python's own."""
    assert not {path.stem for path in BENCHMARKS.glob("*.py")} & sys.stdlib_module_names


def test_a_benchmark_says_what_it_measures_when_it_is_asked():
    command = [sys.executable, "benchmarks/findings.py", "--help"]  # one that imports `statistics`
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "key messages" in shown.stdout
