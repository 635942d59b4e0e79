"""What can be found: everything there is, in both languages, each leading to where it is shown."""

from __future__ import annotations

import pytest

from cohesion.folding import words
from dashboard import queries
from dashboard.figure import Figure
from dashboard.figures.catalogue import BY_CODE, ENTRIES
from dashboard.figures.where import ACCOUNTS, METHODS, SOURCES, block_of, page_of
from dashboard.findings.facts import cards
from dashboard.i18n import LANGUAGES
from dashboard.navigation import PAGES, UNLISTED
from dashboard.search.index import EMPTY, PLACE, index, what_people_type
from tests.every_block import usual_block

LISTS = {SOURCES: METHODS, ACCOUNTS: "hate_crime"}
# Led to what was made from them: net migration, the decile, the whole account of a year.
NEAREST = {
    *("internal_inflow", "internal_outflow", "international_inflow", "international_outflow"),
    *("wimd_rank", "unattributable_change"),
}


def of_kind(kind: str, build: str) -> set[str]:
    return {thing.code for thing in index(build).things if thing.kind == kind}


def test_everything_there_is_can_be_found(build):
    assert of_kind("figure", build) == {entry.code for entry in ENTRIES}
    assert of_kind("fact", build) == {card.fact.rule.id for card in cards(build=build)}
    assert of_kind("place", build) == set(queries.places(build=build))
    assert of_kind("measure", build) == set(queries.measures(build=build))
    assert len(of_kind("term", build)) == len(queries.glossary(build=build))
    assert len(of_kind("gap", build)) == len(queries.gaps(build=build))
    assert of_kind("page", build) == set(PAGES) - {"home", *UNLISTED}
    assert len(of_kind("category", build)) > 500


def test_everything_leads_to_a_page_and_to_a_block_on_it(build):
    for thing in index(build).things:
        assert thing.page in PAGES
        if thing.kind in ("figure", "measure", "category"):
            assert thing.page == (LISTS[thing.block] if thing.block in LISTS else BY_CODE[thing.block].page)
        assert all(one.text(lang).replace(PLACE, "") for one in (thing.name, thing.what) for lang in LANGUAGES)


@pytest.mark.parametrize("place", ["XCAV", "W92000004"])
def test_a_measure_leads_to_a_figure_that_shows_it(view, build, place):
    here = view(place)
    names = {code: measure.name.en for code, measure in queries.measures(build=build).items()}
    wrong = []
    for measure in names:
        block = block_of(measure)
        figure = usual_block(here, code=block) if block in BY_CODE else None
        if not isinstance(figure, Figure) or measure in NEAREST:
            continue
        said = {str(cell) for row in figure.table.rows for cell in row} | {c.label for c in figure.table.columns}
        counted = {one.measure for one in figure.newest}
        if measure not in counted and names[measure] not in said:
            wrong.append((measure, block))
    assert wrong == []


def test_what_stands_in_no_figure_leads_to_the_list_of_publications(build):
    assert {code for code in queries.measures(build=build) if block_of(code) == SOURCES} == {
        "census_born_outside_uk",
        "homicide_rate",
        "population_pre_rebase",
        "safe_after_dark_share",
        "volunteering_share",
    }
    assert page_of(SOURCES) == METHODS


def test_every_word_that_people_may_type_means_a_word_of_ours(build):
    """A line whose right side names nothing finds nothing, and nobody would notice."""
    known = index(build)
    lost = [(typed, word) for typed, meant in what_people_type().items() for word in meant if not known.leads.get(word)]
    assert lost == []
    assert not EMPTY & set(what_people_type())


def test_words_that_say_nothing_lead_nowhere(build):
    assert not EMPTY & set(index(build).leads)
    assert {word for word in EMPTY if words(word) != (word,)} == set()
