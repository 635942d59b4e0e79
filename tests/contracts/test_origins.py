"""Every figure has an origin, and no published file is in the repository."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from dashboard import queries, store
from dashboard.blocks.common import chips
from dashboard.i18n import LANGUAGES, t
from etl.pipeline import history
from etl.registry import ALL, AWAITED, DATASETS
from etl.release.recognise import REPLACED

ROOT = Path(__file__).parents[2]
LARGEST = 2_000_000
# What stands at the top, as the README draws it; what a tool leaves where it was called would lie beside these.
TOP = {
    *("cohesion", "dashboard", "data", "deploy", "docs", "etl", "local_figures", "pages", "tests", "benchmarks"),
    "workspace",
    *(".ci", ".gitignore", ".streamlit"),
    *("app.py", "run.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
    *("README.md", "CHANGELOG.md", "LICENSE"),
}
LEFT_BEHIND = (".orig", ".rej", ".bak", ".log", ".tmp")
# Files that were typed from a published text, as the README of the maintainers' sources grades them.
TYPED = {
    "figures-from-text.csv",
    "figures-from-text-2.csv",
    "hate-crime-total-by-force-2023-24-2024-25.csv",
    "homes-for-ukraine-wales-funding-annexes.csv",
    "population-mid-year-wales-la-2005-2024-rebased.csv",
    "reg_02-wales-la-snapshots.csv",
    "wales-context-facts.csv",
}


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    """Return every file that git keeps or would keep."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def names(kind: str) -> set[str]:
    return {path.stem for path in (ROOT / "data" / "tidy").glob(f"*.{kind}")}


def test_the_tree_holds_what_was_put_there_and_nothing_a_tool_left_behind(committed):
    assert {path.relative_to(ROOT).parts[0] for path in committed} <= TOP
    assert [path.name for path in committed if path.suffix in LEFT_BEHIND] == []


def test_every_table_has_an_origin_and_a_module_that_makes_it():
    assert names("csv") == names("toml")
    assert names("csv") <= set(ALL)
    gone = set(DATASETS) - names("csv")
    taken_over = {old for new, olds in REPLACED.items() if new in names("csv") for old in olds}
    assert gone <= taken_over  # a release that gives all its figures anew takes a table's place


def test_what_is_awaited_is_no_table_that_the_sources_at_hand_could_make():
    assert not set(AWAITED) & set(DATASETS)
    assert all(dataset.material for dataset in DATASETS.values())


def test_nothing_else_lies_among_the_tables():
    others = [path.name for path in (ROOT / "data" / "tidy").iterdir() if path.suffix not in (".csv", ".toml")]
    others = [name for name in others if name != history.FILE]
    assert others == []


def test_every_figure_on_show_names_a_source_that_is_there(build):
    used = {row["source"] for row in store.rows("SELECT DISTINCT source FROM observation", build=build)}
    assert used <= set(queries.sources(build=build))


def test_what_was_typed_is_graded_so_and_says_so_in_both_languages(build):
    typed = {name for name, dataset in DATASETS.items() if Path(dataset.material).name in TYPED}
    sources = queries.sources(build=build)
    assert {code for code, source in sources.items() if source.grade == "T"} == typed
    for code in typed:
        for lang in LANGUAGES:
            assert t("grade.T", lang=lang) in [chip.text(lang) for chip in chips([sources[code]])]


def test_every_source_says_how_it_was_checked_in_both_languages(build):
    for source in queries.sources(build=build).values():
        for words in (source.publisher, source.title, source.counts, source.coverage, source.checked):
            assert words.en
            assert words.cy
            assert words.en != words.cy, source.code
        assert source.url.startswith("https://")
        assert len(source.sha256) == 64


def test_no_committed_file_but_a_table_that_grew_is_large(committed):
    """A table that passes the bound with a release is told by `etl check`, and reddens nothing."""
    large = [path for path in committed if path.stat().st_size > LARGEST and path.parent.name != "tidy"]
    assert [f"{path.name}: {path.stat().st_size:,} bytes" for path in large] == []


@pytest.mark.shared
def test_no_published_file_is_committed(committed, shared_sources):
    published = {
        digest(path): path.name for path in shared_sources.rglob("*") if path.is_file() and path.stat().st_size
    }
    copies = {path.name: published[digest(path)] for path in committed if digest(path) in published}
    assert copies == {}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
