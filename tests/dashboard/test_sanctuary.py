"""Sanctuary: each kind of number stays what it is, parts stand beside their total, nobody is found on a map."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.blocks import sanctuary
from dashboard.figure import Figure, NotHeld
from dashboard.i18n import LANGUAGES, t
from tests.every_block import cells

CARDIFF, VALE, BOTH, NEWPORT, FORCE, WALES = "W06000015", "W06000014", "XCAV", "W06000022", "W15000003", "W92000004"
PARTS = {"asylum_accommodation": sanctuary.asylum_accommodation, "afghan_programme": sanctuary.afghan_programme}
ROUTES = (*PARTS.values(), sanctuary.asylum_support, sanctuary.ukraine, sanctuary.resettlement)


@pytest.mark.parametrize("place", [CARDIFF, VALE, BOTH, NEWPORT, FORCE, WALES])
@pytest.mark.parametrize("make", PARTS.values(), ids=PARTS)
def test_the_parts_of_a_stock_add_to_the_total_that_stands_beside_them(view, make, place):
    figure = make(view(place))
    assert isinstance(figure, Figure)
    total, *parts = cells(figure, "value")
    assert sum(parts) == total
    assert set(cells(figure, "area_code")) == {place}
    assert len(set(cells(figure, "period"))) == 1
    assert t("kind.stock.explained", lang="en") in figure.caveat_texts


def test_cardiff_and_the_vale_are_told_as_one_sum_of_two_published_days(view):
    figure = sanctuary.asylum_support(view(BOTH))
    assert "1,334" in figure.title  # 1,313 and 21
    assert any("sum" in caveat for caveat in figure.caveat_texts)
    places = [cells(sanctuary.asylum_accommodation(view(p)), "value")[0] for p in (CARDIFF, VALE, BOTH)]
    assert places == [1_313, 21, 1_334]


def test_the_one_off_move_of_the_vale_is_noted_where_it_is_seen(view):
    figure = sanctuary.afghan_programme(view(VALE))
    assert "127" in figure.title
    moved, last = queries.breaks("afghan_programme_population", VALE, build=view(VALE).build)
    assert moved.effect == last.effect  # one emptying in two steps: 122, 68 and none
    assert moved.effect.en in figure.caveat_texts
    assert moved.effect.en not in sanctuary.afghan_programme(view(CARDIFF)).caveat_texts


def test_homes_for_ukraine_is_a_running_total_and_never_a_rate(view):
    figure = sanctuary.ukraine(view(CARDIFF))
    assert t("kind.cumulative.explained", lang="en") in figure.caveat_texts
    assert not figure.table.holds("rate"), "no column stands empty under the unit of another"
    assert not figure.table.holds("population"), "nor under that of people whom nothing is divided by"
    assert len(cells(figure, "area_code")) == 22


def test_the_map_is_a_rate_by_authority_and_each_is_its_count_over_its_people(view):
    figure = sanctuary.asylum_map(view(BOTH))
    assert len(set(cells(figure, "area_code"))) == 22
    for count, people, rate in zip(*(cells(figure, key) for key in ("count", "population", "rate")), strict=True):
        assert rate == pytest.approx(count / people * 10_000)
    assert t("asylum_map.no_sites", lang="en") in figure.caveat_texts


def test_nothing_of_sanctuary_is_held_below_an_authority(view):
    build = view(CARDIFF).build
    for measure in (
        "asylum_supported",
        "afghan_programme_population",
        "homes_for_ukraine_arrivals",
        "resettled_people",
    ):
        for kind in ("msoa", "lsoa", "ward"):
            assert not any(queries.small_area_figures(measure, kind=kind, categories=("total",), build=build).values())


@pytest.mark.parametrize("place", [CARDIFF, BOTH, WALES])
def test_no_block_adds_one_route_to_another(view, place):
    """All three routes of Reg_02 come to 1,978 people in Cardiff on 31 December 2025: that number is nowhere."""
    newest = {s: s(view(place)) for s in ROUTES}
    for figure in (f for f in newest.values() if isinstance(f, Figure)):
        measures = set(cells(figure, "measure")) if "measure" in {c.key for c in figure.table.columns} else set()
        assert len(measures) <= 1
        assert "1,978" not in " ".join((figure.title, figure.sentence))
    totals = [cells(newest[s], "value")[0] for s in PARTS.values()]
    assert f"{sum(totals):,.0f}" not in " ".join(f.title + f.sentence for f in newest.values() if isinstance(f, Figure))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_resettlement_names_its_schemes_and_its_whole_period(view, lang):
    figure = sanctuary.resettlement(view(CARDIFF, lang))
    assert t("resettlement.schemes", lang=lang) in figure.caveat_texts
    assert "2014" in figure.title
    assert "2024" in figure.sentence


def test_a_place_without_a_figure_gets_the_card_and_never_a_zero(view):
    for make in ROUTES:
        block = make(view("W02000381"))  # a small area of Cardiff: nothing is published for it
        assert isinstance(block, NotHeld), make.__name__
        assert "gov.uk" in block.url


def test_a_zero_is_told_where_no_row_means_nobody(view):
    """Asy_D11 lists no row for Monmouthshire at 31 December 2025, which its notes say means no one."""
    figure = sanctuary.asylum_support(view("W06000021"))
    rows = dict(
        zip(
            cells(figure, "period_start"),
            zip(cells(figure, "value"), cells(figure, "marker"), strict=True),
            strict=True,
        )
    )
    assert rows["2025-12-31"] == (0, None)
    assert rows["2026-03-31"] == (1, None)


@pytest.mark.parametrize(
    ("lang", "title", "sentence"),
    [
        ("en", "77 people were resettled in Ceredigion, January 2014 to September 2024", "nobody was resettled."),
        (
            "cy",
            "Cafodd 77 o bobl eu hailsefydlu yng Ngheredigion, Ionawr 2014 i Fedi 2024",
            "ni chafodd neb ei ailsefydlu.",
        ),
    ],
)
def test_an_old_quarter_in_which_nobody_came_is_no_headline(view, lang, title, sentence):
    figure = sanctuary.resettlement(view("W06000008", lang))
    assert figure.title == title
    assert figure.sentence.endswith(sentence)


def test_where_nobody_is_supported_the_kinds_are_not_listed_one_by_one(view):
    figure = sanctuary.asylum_accommodation(view("W06000008"))
    assert figure.sentence == "Nobody was counted in any of its parts."
