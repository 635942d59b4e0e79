"""A chart travels without its page, so a figure cannot exist without words, rows and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.blocks import migration
from dashboard.figure import Table


@pytest.fixture(scope="module")
def figure(view):
    return migration.population(view("W06000015"))


@pytest.mark.parametrize("part", ["title", "subtitle", "alt", "sentence"])
def test_a_figure_without_its_words_is_refused(figure, part):
    with pytest.raises(ValueError, match=f"figure population: expected {part}; came nothing"):
        replace(figure, **{part: ""})


def test_a_figure_without_caveat_rows_or_sources_is_refused_and_everything_missing_is_named(figure):
    empty = Table(columns=figure.table.columns, rows=())
    with pytest.raises(ValueError, match="expected caveats, rows, sources; came nothing"):
        replace(figure, caveats=(), table=empty, sources=())


def test_a_figure_with_everything_stands(figure):
    assert replace(figure, title="Another finding").title == "Another finding"
