"""A chart travels without its page, so a figure cannot exist without words, rows and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.blocks import migration, sanctuary
from dashboard.charts import Point, TimeLine
from dashboard.figure import Table, in_language
from dashboard.figures.catalogue import with_usual
from dashboard.widgets import blocks
from dashboard.widgets.blocks import ALONE


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


def test_a_table_that_is_made_later_is_made_when_it_is_looked_into_and_once(figure):
    made = []

    def make() -> Table:
        made.append(figure.table)
        return figure.table

    later = Table.later(make)
    put_off = replace(figure, table=later)
    read = in_language(put_off, "cy")
    assert (made, later.is_made, read.table.is_made) == ([], False, False)
    assert read.table == in_language(figure, "cy").table
    assert later == figure.table
    assert replace(later, rows=later.rows[:1]).rows == figure.table.rows[:1]
    assert (len(made), later.is_made, read.table.is_made) == (1, True, True)
    with pytest.raises(AttributeError, match="expected a part of a table; came 'row'"):
        later.row  # type: ignore[attr-defined]  # noqa: B018 - it is the asking that is refused


def test_a_table_that_is_made_later_has_rows_too(figure):
    later = Table.later(lambda: Table(columns=figure.table.columns, rows=()))
    with pytest.raises(ValueError, match="expected rows in a table that was to be made later; came none"):
        replace(figure, table=later).table.cells("value")


def test_a_figure_with_everything_stands(figure):
    assert replace(figure, title="Another finding").title == "Another finding"


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((0, 0, 5), False),
        ((1,), False),
        ((0, 6), True),
        ((2.5, 3.0), True),
        ((-3, 4), False),
        ((-6, 4), True),
        ((None, None), True),
    ],
)
def test_counts_that_never_pass_five_have_no_chart(figure, values, drawn):
    points = tuple(Point(at="2026-03-31", value=value, hover="") for value in values)
    assert replace(figure, drawing=TimeLine(points=points)).has_chart is drawn


def test_a_short_table_stands_open_where_there_is_no_chart(view):
    here = view("W06000008")  # Ceredigion: nobody, but for one person in 2019
    whole = sanctuary.asylum_support(here)
    short = replace(whole, table=replace(whole.table, rows=whole.table.rows[:12]))
    for figure, folded in ((whole, True), (short, False)):
        html = blocks._written(figure, with_usual("asylum_support", here), ALONE.under(figure), above="")
        assert "data-plot" not in html
        assert ("class='ct-rows'" in html) is folded
        assert "<table" in html


@pytest.mark.parametrize(
    ("stretches", "en", "cy"),
    [
        (((1.0, 4.0),), "Box: 1 to 4 people. ", "Blwch: 1 i 4 o bobl. "),
        (((-4.0, -1.0),), "Box: a fall of 1 to 4 people. ", "Blwch: gostyngiad o 1 i 4 o bobl. "),
        (
            ((-4.0, -1.0), (1.0, 4.0)),
            "Box: 1 to 4 people, or a fall of as many. ",
            "Blwch: 1 i 4 o bobl, neu ostyngiad o gynifer. ",
        ),
    ],
)
def test_the_key_of_a_box_says_whether_it_is_of_a_fall(figure, stretches, en, cy):
    points = tuple(Point(at="2026-03-31", value=sum(ends) / 2, hover="", stretch=ends) for ends in stretches)
    boxed = replace(figure, drawing=TimeLine(points=points))
    for lang, words in (("en", en), ("cy", cy)):
        assert in_language(boxed, lang).drawing.few.startswith(words)
