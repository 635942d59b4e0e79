"""The data catalogue says what the tables hold, and is refused when it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl import cli as commands
from etl import registry
from etl.fetching.addresses import read_config
from etl.pipeline.data_catalogue import catalogue_text, loaders_text
from etl.pipeline.tables import read_tables
from tests.scratch import FORCES, WALES, replace, scratch_data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small data folder beside a docs folder of its own, so that the real page is never written."""
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    return scratch_data(tmp_path)


def run(data: Path, *arguments: str) -> int:
    return commands.run(["--data", str(data), "catalogue", *arguments])


def test_every_table_has_a_line_and_a_section_with_both_languages(data):
    text = catalogue_text(read_tables(data=data))
    assert "| `hate_crime_wales_strands` | Welsh Government |" in text
    assert "| T | 6 | 2023-04-01 to 2023-04-01 |" in text
    assert text.count("\n### ") == 3
    assert "Llywodraeth Cymru" in text
    assert f"### {FORCES}" in text


def test_a_table_without_cautions_has_none_in_words(data):
    origin = data / "tidy" / f"{FORCES}.toml"
    kept = [row for row in origin.read_text(encoding="utf-8").splitlines() if not row.startswith("caution_")]
    origin.write_text("\n".join(kept), encoding="utf-8")
    section = catalogue_text(read_tables(data=data)).partition(f"### {FORCES}\n")[2].partition("\n### ")[0]
    assert "- Cautions: none" in section


def test_measures_say_what_may_be_added_and_breaks_what_they_do(data):
    text = catalogue_text(read_tables(data=data))
    names = "Moves in from elsewhere in the UK | Symud i mewn o rannau eraill o'r DU"
    assert f"| `internal_inflow` | {names} | people | flow | false |" in text
    assert "Ychwanegu Adran 98" in text or "Caiff cymorth Adran 98" in text


def test_the_page_is_written_once_and_true_until_a_figure_changes(data, capsys):
    page = data.parent / "docs" / "data-catalogue.md"
    assert run(data, "--check") == 1  # there is none yet
    assert not page.exists()
    assert run(data) == 0
    before = page.read_bytes()
    assert run(data, "--check") == 0
    replace(data / "tidy" / f"{WALES}.toml", 'edition = "October 2024', 'edition = "October 2025')
    assert run(data, "--check") == 1
    assert page.read_bytes() == before
    assert "run python -m etl catalogue" in capsys.readouterr().err


def test_every_publication_says_whether_its_live_file_was_met():
    config = read_config()
    text = loaders_text(config)
    for publication in config.publications.values():
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `{publication.id}` |"))
        assert ("| not yet |" in row) == (not publication.verified)
        assert all(f"`{name}`" in row for name in publication.datasets)
        assert publication.note in row


def test_every_loader_of_live_files_that_has_met_none_says_so_in_its_first_words():
    config = read_config()
    met = {name for p in config.publications.values() if p.verified for name in p.datasets}
    for module in registry.modules():
        live = getattr(module, "LIVE", ())
        is_reader = live or module.__name__.endswith(".published_file")
        if is_reader and not {one.dataset for one in live} & met:
            words = " ".join((module.__doc__ or "").split())
            assert re.search(r"ha(s|ve) not met the live|ha(s|ve) not met one", words), module.__name__
