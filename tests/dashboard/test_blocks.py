"""Every block answers for every place in both languages: with a whole figure, or with an honest card."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.blocks import compare_places, hate_crime, hate_crime_places, migration, sanctuary
from dashboard.blocks.compare_places import Selection
from dashboard.caveats import Letter
from dashboard.charts import SmallMultiples
from dashboard.figure import Block, Figure, NotHeld, View
from dashboard.figures import latest
from dashboard.i18n import LANGUAGES, t
from dashboard.places import CITY_OF_LONDON, FORCES, compared

AREAS = Path(__file__).parents[2] / "data" / "reference" / "areas.csv"
PLACES = [r["code"] for r in csv.DictReader(AREAS.open(encoding="utf-8")) if r["selectable"] == "true"]
AUTHORITIES = [code for code in PLACES if code.startswith("W06")]
STRANDS = {"race", "religion", "sexual_orientation", "disability", "transgender"}


def newest_components(view: View) -> Block:
    return migration.components(view, year=next(iter(migration.waterfall_years(view)), None))


BLOCKS: dict[str, Callable[[View], Block | None]] = {
    "aggravated_by_quarter": hate_crime.aggravated_by_quarter,
    "aggravated_by_offence": hate_crime.aggravated_by_offence,
    "authority": hate_crime_places.authority,
    "authorities_map": hate_crime_places.authorities_map,
    "unassigned": hate_crime_places.unassigned,
    "strands": hate_crime.strands,
    "strands_wales": hate_crime.strands_wales,
    "forces_compared": hate_crime.forces_compared,
    "population": migration.population,
    "components": newest_components,
    "flows": migration.flows,
    "population_change_map": migration.population_change_map,
    "asylum_support": sanctuary.asylum_support,
}


def cells(figure: Figure, key: str) -> list:
    index = [c.key for c in figure.table.columns].index(key)
    return [row[index] for row in figure.table.rows]


def numbers(figure: Figure) -> list[list[float | None]]:
    return [[cell for cell in row if not isinstance(cell, str)] for row in figure.table.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("make", BLOCKS.values(), ids=BLOCKS)
def test_a_block_answers_for_every_place(view, make, lang):
    for place in PLACES:
        block = make(view(place, lang))
        if isinstance(block, Figure):
            assert all(len(row) == len(block.table.columns) for row in block.table.rows), place
            words = (block.title, block.subtitle, block.sentence, block.alt, *block.caveat_texts, *block.chips)
            assert not [text for text in words if re.search(r"\bNone\b(?! [a-z])|\bnan\b|\{", text)], place
            assert "http" not in json.dumps(block.plot), place
            assert "//" not in json.dumps(block.config), place
        elif isinstance(block, NotHeld):
            assert block.url.startswith("https://"), place
            assert block.reason, place
            assert block.how, place
        else:
            assert block is None, place
            assert make.__module__ == hate_crime_places.__name__, place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_newest_figures_of_a_place_lead_to_blocks_that_exist(view, lang):
    known = {block.code for make in BLOCKS.values() if (block := make(view("XCAV", lang)))}
    for place in PLACES:
        figures = latest.figures(view(place, lang))
        assert len(figures) == 4, place
        assert {figure.block for figure in figures} <= known


def test_the_two_languages_tell_the_same_numbers_in_other_words(view):
    for make in BLOCKS.values():
        english, welsh = (make(view("XCAV", lang)) for lang in LANGUAGES)
        if english is None:  # the tables it waits for are not held (test_new_releases.py has them)
            assert welsh is None
            continue
        assert english.title != welsh.title
        if isinstance(english, Figure):
            assert numbers(english) == numbers(welsh)


@pytest.mark.parametrize("place", AUTHORITIES)
def test_the_waterfall_of_every_year_closes_on_the_population_of_its_series(view, place):
    here = view(place)
    held = queries.series("population_pre_rebase", place, build=here.build).observations
    people = {o.period.start.year: o.value for o in held}
    years = migration.waterfall_years(here)
    assert len(years) == 18  # mid-2001 to mid-2019
    for year in years:
        figure = migration.components(here, year=year)
        *parts, total = cells(figure, "value")
        first = year.period.start.year
        assert sum(parts) == total == people[first + 1] - people[first], first


def test_the_waterfall_of_a_whole_is_the_sum_of_its_authorities(view):
    whole, *parts = (cells(newest_components(view(code)), "value") for code in ("XCAV", "W06000015", "W06000014"))
    assert whole == [a + b for a, b in zip(*parts, strict=True)]


@pytest.mark.parametrize(
    ("place", "older", "today"), [("W06000011", "+527", "−470"), ("W92000004", "+14,248", "+3,910")]
)
def test_a_superseded_waterfall_says_so_in_its_title_with_todays_estimate(view, place, older, today):
    for lang, words in (("en", ("older estimates", "today's estimates")), ("cy", ("hŷn", "amcangyfrifon heddiw"))):
        figure = newest_components(view(place, lang))
        assert all(part in figure.title for part in (older, today, *words))
        assert set(cells(figure, "vintage")) == {t("vintage.superseded", lang=lang)}


@pytest.mark.parametrize(("place", "label"), [("W06000024", "<5"), ("W06000004", ">−5")])
def test_a_step_of_fewer_than_five_people_is_told_in_words_and_counted_in_the_table(view, place, label):
    figure = newest_components(view(place))
    *_, other, _ = cells(figure, "value")
    assert 0 < abs(other) < 5
    said = (figure.sentence, figure.alt, *(point.hover for point in figure.drawing.steps))
    assert not [text for text in said if re.search(r"Other changes: (<b>)?[+−]\d", text)]
    assert figure.drawing.texts[-2] == label
    assert "fewer than five" in figure.sentence


def test_a_superseded_year_that_today_does_not_hold_is_still_called_older(view):
    first = migration.waterfall_years(view("W06000011"))[-1]
    title = migration.components(view("W06000011"), year=first).title
    assert title.startswith("The older estimates put the change")
    assert "today" not in title


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["XCAV", "W06000015", "W06000014"])
def test_police_figures_stand_under_the_name_of_the_force_and_say_they_are_not_the_place(view, place, lang):
    here = view(place, lang)
    force = queries.area("W15000003", build=here.build).name.text(lang)
    said = t("caveat.force_not_place", lang=lang, force=force, place=here.place.called.text(lang))
    for make in (hate_crime.aggravated_by_quarter, hate_crime.aggravated_by_offence):
        figure = make(here)
        assert force in figure.subtitle
        assert here.place.name.text(lang) not in figure.title
        assert said in figure.caveat_texts
        assert set(cells(figure, "area_code")) == {"W15000003"}


def test_a_force_is_not_told_that_it_is_not_itself(view):
    here = view("W15000003")
    said = t("caveat.force_not_place", lang="en", force=here.place.name.en, place=here.place.called.text("en"))
    assert said not in hate_crime.aggravated_by_quarter(here).caveat_texts


@pytest.mark.parametrize("place", PLACES)
def test_authorities_get_the_card_and_forces_do_not(view, place):
    card = hate_crime_places.authority(view(place))
    assert (card is not None) == (place == "XCAV" or place in AUTHORITIES)


@pytest.mark.parametrize("make", [hate_crime.strands, hate_crime.strands_wales])
def test_strands_are_never_added(view, make):
    figure = make(view("W92000004"))
    by_period: dict[str, dict[str, float]] = {}
    columns = (cells(figure, key) for key in ("category", "period_start", "value"))
    for category, start, value in zip(*columns, strict=True):
        by_period.setdefault(start, {})[category] = value
    for strands in by_period.values():
        values = [value for value in strands.values() if value is not None]
        whole = sum(values) - (max(values) if len(values) == 6 else 0)  # six where the number of crimes stands beside
        assert not values or whole not in values
    assert t("strand.no_sum", lang="en") in figure.caveat_texts
    assert "6,175" not in " ".join((figure.title, figure.sentence))  # what the five strands of Wales add to


def test_wales_by_strand_is_the_statement_of_2024(view):
    figure = hate_crime.strands_wales(view("XCAV"))
    assert "5,929" in figure.title
    assert sorted(cells(figure, "value")) == [306, 346, 752, 1139, 3632, 5929]
    assert [s.grade for s in figure.sources] == ["T"]
    assert t("grade.T", lang="en") in figure.chips


def test_the_city_of_london_has_a_count_and_no_rate(view):
    figure = hate_crime.forces_compared(view("XCAV"))
    rates = dict(zip(cells(figure, "area_code"), cells(figure, "rate"), strict=True))
    counts = dict(zip(cells(figure, "area_code"), cells(figure, "count"), strict=True))
    assert counts["E23000034"] == 348
    assert rates["E23000034"] is None
    assert all(rate is not None for code, rate in rates.items() if code != "E23000034")
    assert "City of London" not in " ".join(figure.plot["data"][0]["y"])


def test_a_rate_is_its_count_over_its_population_in_every_row(view):
    figure = hate_crime.forces_compared(view("XCAV"))
    for count, people, rate in zip(*(cells(figure, key) for key in ("count", "population", "rate")), strict=True):
        assert rate is None or rate == pytest.approx(count / people * 1000)


def test_the_metropolitan_police_is_not_compared(view):
    assert "E23000001" not in cells(hate_crime.forces_compared(view("XCAV")), "area_code")


def test_an_authority_has_four_flows_and_a_larger_area_only_nets(view):
    assert len(migration.flows(view("W06000015")).drawing.panels) == len(migration.FLOWS)
    for place in ("XCAV", "W15000003", "W92000004"):
        assert len(migration.flows(view(place)).drawing.panels) == len(migration.NETS)


def test_flows_are_cut_where_their_breaks_are_hard(view):
    here = view("W06000015")
    inflow = queries.series("international_inflow", "W06000015", build=here.build)
    hard = [b for b in inflow.breaks if b.severity == "hard" and b.date > inflow.observations[0].period.start]
    assert hard
    figures = [trace for trace in migration.flows(here).plot["data"] if trace.get("meta") != "answers"]
    assert len(figures) == 4
    for trace in figures:
        assert None in trace["y"]


def test_the_line_of_asylum_support_is_cut_where_more_people_began_to_be_counted(view):
    figure = sanctuary.asylum_support(view("W06000015"))
    trace = figure.plot["data"][0]
    holes = [at for at, value in zip(trace["x"], trace["y"], strict=True) if value is None]
    assert holes == ["2018-03-31", "2022-12-31"]
    assert "1,313" in figure.title
    assert "30 June 2026" in figure.title


def test_asylum_support_is_never_shown_below_an_authority_nor_added_to_other_routes(view):
    for place in PLACES:
        figure = sanctuary.asylum_support(view(place))
        assert isinstance(figure, Figure)
        assert set(cells(figure, "area_code")) == {place}


def test_the_map_has_all_authorities_in_its_plot_and_in_its_table(view):
    figure = migration.population_change_map(view("XCAV"))
    assert sorted(figure.plot["data"][0]["locations"]) == sorted(cells(figure, "area_code")) == sorted(AUTHORITIES)
    assert sorted(figure.plot["data"][-1]["locations"]) == ["W06000014", "W06000015"]


def test_the_map_of_a_place_outlines_authorities_only(view):
    for place in PLACES:
        outlined = migration.population_change_map(view(place)).plot["data"][1:]
        for trace in outlined:
            assert set(trace["locations"]) <= set(AUTHORITIES), place


def test_no_text_uses_a_word_that_frightens_or_ranks(view):
    forbidden = ("surge", "flood", "influx", "soared", "hotspot", "swarm", "wave of", "worst", "best ")
    for make in BLOCKS.values():
        block = make(view("XCAV"))
        if block is None:
            continue
        said = (block.sentence, *block.caveat_texts) if isinstance(block, Figure) else (block.reason, block.how)
        words = " ".join((block.title, *said))
        assert [word for word in forbidden if word in words.lower()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_component_has_one_name_on_the_page_and_in_the_data(view, build, lang):
    names = cells(newest_components(view("W06000015", lang)), "component")
    assert names[:-1] == [queries.measure(part, build=build).name.text(lang) for part in migration.NET_PARTS]
    assert names[-1] == t("component.total_change", lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "sentence"),
    [
        (
            "en",
            "(since revised)",
            "mid-2024 have since been revised; we do not hold the revision",
        ),
        (
            "cy",
            "(diwygiwyd wedyn)",
            "Diwygiwyd ffigurau canol 2024 wedyn; nid yw'r diwygiad gennym",
        ),
    ],
)
@pytest.mark.parametrize("code", ["W06000015", "W06000002", "W92000004"])
def test_every_chart_of_a_change_between_superseded_estimates_says_so(view, code, lang, title, sentence):
    seen = view(code, lang)
    assert migration.population_change(seen).title.endswith(title)
    assert sentence in migration.population_change(seen).sentence
    assert sentence in migration.population_change_map(seen).sentence
    ranked = {
        measure: compare_places.ranked(seen, selection=Selection(measure=measure, among="wales", form="map"))
        for measure in ("population_change", "asylum_supported")
    }
    assert sentence in ranked["population_change"].sentence
    assert sentence not in ranked["asylum_supported"].sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_thirty_two_thirty_three_and_thirty_four_forces_are_explained_in_one_sentence(view, lang):
    figure = hate_crime.forces_compared(view("W06000015", lang))
    rates = [rate for rate in cells(figure, "rate") if rate is not None]
    (held,) = [text for text in figure.caveat_texts if "34" in text]
    assert re.findall(r"\d+", held) == ["34", str(len(cells(figure, "rate"))), str(len(rates))] == ["34", "33", "32"]
    assert str(len(rates)) in figure.sentence
    transport, city = {
        "en": ("(all but British Transport Police)", "City of London Police has no rate here"),
        "cy": ("(pob un ond Heddlu Trafnidiaeth Prydain)", "Nid oes cyfradd ar gyfer Heddlu Dinas Llundain yma"),
    }[lang]
    assert transport in held
    assert city in held


def test_of_a_force_that_is_not_held_no_reason_is_given(view):
    cardiff = view("W06000015")
    forces = compared(choice="hate_crimes", among=FORCES, place="W06000015", build=cardiff.build)
    others = replace(forces, rows=forces.rows.where(lambda row: row.area.code != CITY_OF_LONDON))
    told = [[one.text.text("en") for one in hate_crime._forces_held(each, cardiff)] for each in (forces, others)]
    assert ["City of London" in " ".join(texts) for texts in told] == [True, False]
    assert "Counts are held for 33 forces: 32 have an area of their own" in told[1][-1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["W06000015", "XCAV", "W92000004"])
def test_each_letter_on_small_charts_has_one_note(view, code, lang):
    seen = 0
    for make in BLOCKS.values():
        figure = make(view(code, lang))
        if isinstance(figure, Figure) and isinstance(figure.drawing, SmallMultiples):
            drawn = {mark.letter for panel in figure.drawing.panels for mark in panel.marks if mark.letter}
            noted = sorted(one.explains.letter for one in figure.caveats if isinstance(one.explains, Letter))
            assert noted == sorted(drawn), figure.code
            seen += len(noted)
    assert seen
