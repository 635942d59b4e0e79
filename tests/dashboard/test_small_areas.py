"""Maps of small areas: census and deprivation only, every area once, each share of its own total."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median

import pytest

from dashboard import queries
from dashboard.blocks import small_areas
from dashboard.comparability import comparable
from dashboard.figure import NotHeld
from dashboard.i18n import LANGUAGES, t
from tests.every_block import cells

ROOT = Path(__file__).parents[2]
CARDIFF, VALE, BOTH, NEWPORT, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W06000022", "W15000003", "W92000004"
LAYERS = {layer.code: layer for layer in small_areas.LAYERS}
NUMBERS = {("lsoa", "lsoa21"): (218, 82), ("msoa", "msoa21"): (48, 15)}
every_layer = pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)


def outlined(layer) -> dict[str, str]:
    """Return the codes that can be drawn for a layer: those of our own boundary file."""
    file = ROOT / "dashboard" / "static" / "boundaries" / f"cardiff_vale_{layer.geography}.geojson"
    found = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"] for feature in found}


@every_layer
def test_each_area_is_drawn_and_listed_once_and_has_an_outline(view, layer):
    cardiff, vale, both = (small_areas.local_map(view(p), layer=layer) for p in (CARDIFF, VALE, BOTH))
    expected = NUMBERS[(layer.kind, layer.geography)]
    assert (len(cells(cardiff, "area_code")), len(cells(vale, "area_code"))) == expected
    assert sorted(cells(both, "area_code")) == sorted(cells(cardiff, "area_code") + cells(vale, "area_code"))
    drawn = [code for trace in both.plot["data"] for code in trace["locations"]]
    assert sorted(drawn) == sorted(set(drawn)) == sorted(cells(both, "area_code"))
    assert set(drawn) == outlined(layer)


@every_layer
def test_a_share_is_of_the_areas_own_total_in_the_same_table(view, layer):
    if not layer.is_share:
        figure = small_areas.local_map(view(BOTH), layer=layer)
        most = 2_000 if layer.is_rank else 10
        assert set(cells(figure, "value")) <= set(range(1, most + 1))
        assert not layer.is_rank or cells(figure, "value") == cells(figure, f"rank_{layer.category}")
        return
    figure, build = small_areas.local_map(view(CARDIFF), layer=layer), view(CARDIFF).build
    for code, count, share in list(zip(*(cells(figure, k) for k in ("area_code", "count", "value")), strict=True))[:5]:
        total = queries.series(layer.measure, code, build=build).latest.value
        part = queries.series(layer.measure, code, category=layer.category, build=build).latest.value
        assert (count, share) == (part, pytest.approx(part / total * 100))
        assert 0 <= share <= 100


def test_a_figure_of_one_area_is_the_one_that_was_published(view):
    figure = small_areas.local_map(view(CARDIFF), layer=LAYERS["census_religion-christian"])
    counts = dict(zip(cells(figure, "area_code"), cells(figure, "count"), strict=True))
    assert counts["W01001720"] == 563  # TS030, 563 of 2,238
    deciles = small_areas.local_map(view(CARDIFF), layer=LAYERS["wimd_decile-total"])
    where = cells(deciles, "area_code").index("W01001694")
    assert [cells(deciles, key)[where] for key in ("value", "rank_total", "rank_housing")] == [1, 189, 19]


def test_ranks_are_listed_overall_and_by_domain_but_for_the_one_that_counts_crime(view):
    figure = small_areas.local_map(view(BOTH), layer=LAYERS["wimd_decile-total"])
    ranks = [c.key for c in figure.table.columns if c.key.startswith("rank_")]
    assert len(ranks) == 8
    assert "rank_community_safety" not in ranks
    for decile, rank in zip(cells(figure, "value"), cells(figure, "rank_total"), strict=True):
        assert (decile == 1) == (rank <= 191)
    assert figure.subtitle.endswith("2025")


def test_only_census_and_deprivation_are_ever_drawn_by_small_area(build):
    topics = {queries.measure(layer.measure, build=build).topic for layer in small_areas.LAYERS}
    assert topics == {"census", queries.measure("wimd_decile", build=build).topic}
    never = {"hate_crime", "harm", "sanctuary", "migration"}
    assert topics.isdisjoint(never)
    assert "community_safety" not in {layer.category for layer in small_areas.LAYERS}


@pytest.mark.parametrize("kind", ["msoa", "lsoa", "ward"])
def test_no_crime_and_no_sanctuary_is_even_held_by_small_area(build, kind):
    allowed = {"census", queries.measure("wimd_decile", build=build).topic}
    for code, measure in queries.measures(build=build).items():
        if measure.topic in allowed:
            continue
        categories = tuple(queries.categories(code, build=build))
        found = queries.small_area_figures(code, kind=kind, categories=categories, build=build)
        assert not any(found.values()), code
    crime = ("community_safety", "crime")
    assert not any(queries.small_area_figures("wimd_decile", kind=kind, categories=crime, build=build).values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [NEWPORT, FORCE, WALES])
def test_elsewhere_a_card_says_where_small_areas_are_to_be_had(view, place, lang):
    card = small_areas.local_map(view(place, lang), layer=small_areas.LAYERS[0])
    assert isinstance(card, NotHeld)
    assert card.reason == t("small_areas.not_held.reason", lang=lang)
    assert card.url.startswith("https://www.nomisweb.co.uk/")


@every_layer
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_says_that_areas_are_not_people_and_which_small_areas_they_are(view, layer, lang):
    figure = small_areas.local_map(view(BOTH, lang), layer=layer)
    assert t("small_areas.areas_not_people", lang=lang) in figure.caveat_texts
    assert (t("small_areas.wimd", lang=lang) in figure.caveat_texts) == (not layer.is_share)
    assert t("map.attribution", lang=lang) in figure.caveat_texts
    assert small_areas.layer_name(layer, build_id=view(BOTH).build).text(lang) in figure.title


@pytest.mark.parametrize(("measure", "area"), [("wimd_rank", "W01001694"), ("wimd_most_deprived_share", CARDIFF)])
def test_an_index_of_2019_is_never_compared_with_that_of_2025(build, measure, area):
    series = queries.series(measure, area, build=build)
    older, newer = series.observations
    assert (older.period.start.year, newer.period.start.year) == (2019, 2025)
    assert comparable(newer, older, series=series).refusal in ("editions", "hard_break")


@every_layer
def test_the_title_of_a_share_says_whom_it_is_of(view, layer):
    titles = {lang: small_areas.local_map(view(BOTH, lang), layer=layer).title for lang in LANGUAGES}
    if not layer.is_share:
        assert not titles["en"].endswith("people")
        return
    aged = {"census_english_proficiency": "three", "census_migrant_indicator": "one"}.get(layer.measure)
    assert titles["en"].endswith(f"% of people aged {aged} and over" if aged else "% of people")
    assert titles["cy"].endswith("a throsodd" if aged else "% o bobl")


@every_layer
def test_the_one_in_the_middle_of_an_even_number_is_the_median(view, layer):
    figure = small_areas.local_map(view(CARDIFF), layer=layer)
    middle = median(cells(figure, "value"))
    written = f"{middle:.1f}%" if layer.is_share else f"{middle:,.0f}" if middle == int(middle) else f"{middle:,.1f}"
    assert figure.sentence.startswith(f"{len(figure.table.rows)} small areas; their median is {written}.")
