"""Every sum that would be wrong is tried and refused; those that are right are made, and nothing missing is a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries, store
from dashboard.additivity import NotAdditiveError, add_up
from dashboard.blocks import sanctuary
from dashboard.model import Area, Category, Measure, Observation, Period, Words

CARDIFF, VALE, SOUTH_WALES, WALES, EW = "W06000015", "W06000014", "W15000003", "W92000004", "XEWEXMET"
MID_2024 = Period(start=date(2024, 6, 30), months=0)


def over_time(measure: str, area: str, build: str) -> tuple[Observation, ...]:
    return queries.series(measure, area, build=build).observations


def over_categories(measure: str, area: str, build: str) -> list[Observation]:
    """Return every part of a measure in one place on its newest day."""
    parts = [s.latest for s in queries.breakdown(measure, area, build=build)]
    newest = max(o.period for o in parts)
    return [o for o in parts if o.period == newest]


def over_areas(measure: str, build: str) -> tuple[Observation, ...]:
    period = queries.latest_period(measure, kind="local_authority", nation=WALES, build=build)
    return queries.snapshot(measure, kind="local_authority", period=period, nation=WALES, build=build)


def total(figures, measure: str, over: str, build: str) -> float | None:
    known = queries.categories(measure, build=build)
    ledger = {b for place in {o.area for o in figures} for b in queries.breaks(measure, place, build=build)}
    what = queries.measure(measure, build=build)
    places = queries.areas(build=build)
    return add_up(figures, measure=what, over=over, categories=known, areas=places, breaks=ledger)


REFUSED = {
    "strands of hate crime, England and Wales": ("hate_crimes", "categories", EW),
    "strands of hate crime, Wales": ("hate_crimes", "categories", WALES),
    "religions targeted": ("hate_crimes_by_religion_targeted", "categories", EW),
    "years of hate crime": ("hate_crimes", "time", SOUTH_WALES),
    "totals as first published": ("hate_crimes_as_first_published", "time", WALES),
    "arrivals under Homes for Ukraine over time": ("homes_for_ukraine_arrivals", "time", CARDIFF),
    "applications to the EU Settlement Scheme over time": ("euss_applications", "time", CARDIFF),
    "people receiving asylum support over time": ("asylum_supported", "time", CARDIFF),
    "people of the Afghan programme over time": ("afghan_programme_population", "time", VALE),
    "mid-year populations over time": ("population", "time", CARDIFF),
    "ethnic groups, which nest": ("census_ethnic_group", "categories", CARDIFF),
    "countries of birth, which nest": ("census_country_of_birth", "categories", CARDIFF),
    "proficiency in English, which nests": ("census_english_proficiency", "categories", CARDIFF),
    "passports, which nest": ("census_passports", "categories", CARDIFF),
    "questions of well-being": ("personal_wellbeing", "categories", CARDIFF),
    "percentages of years": ("claimant_count_share", "time", CARDIFF),
}


@pytest.mark.parametrize(("measure", "over", "area"), REFUSED.values(), ids=REFUSED)
def test_a_sum_that_overlaps_or_repeats_is_refused_with_its_reason(build, measure, over, area):
    figures = over_time(measure, area, build) if over == "time" else over_categories(measure, area, build)
    assert len(figures) > 1
    with pytest.raises(NotAdditiveError, match=f"{measure} may not be added over {over}"):
        total(figures, measure, over, build)


@pytest.mark.parametrize(
    "measure",
    [
        *("internal_inflow", "internal_outflow", "international_inflow", "international_outflow"),
        *("claimant_count_share", "modelled_unemployment_rate", "wimd_most_deprived_share"),
        *("household_income_per_head", "personal_wellbeing", "non_uk_born_population", "non_british_population"),
    ],
)
def test_inflows_shares_and_rounded_estimates_of_authorities_are_not_added(build, measure):
    known = queries.categories(measure, build=build)
    category = "total" if "total" in known else next(iter(known))
    held = [queries.series(measure, area, category=category, build=build).latest for area in (CARDIFF, VALE)]
    assert all(held)
    with pytest.raises(NotAdditiveError, match="over areas"):
        total([replace(o, period=held[0].period) for o in held], measure, "areas", build)


def test_the_total_among_its_own_parts_is_refused(build):
    newest = queries.series("rra_offences", SOUTH_WALES, build=build).latest
    parts = [o for o in over_categories("rra_offences", SOUTH_WALES, build) if o.period == newest.period]
    with pytest.raises(NotAdditiveError, match="the total stands among its own parts"):
        total([newest, *parts], "rra_offences", "categories", build)


def test_a_section_of_asylum_support_beside_its_own_accommodation_is_refused(build):
    day = Period(start=date(2022, 12, 31), months=0)
    parts = [o for s in queries.breakdown("asylum_supported", CARDIFF, build=build) for o in s.observations]
    there = {o.category: o for o in parts if o.period == day}
    nested = [there["section_95"], there["section_95_dispersal"]]
    with pytest.raises(NotAdditiveError, match=r"parts of \['section_95', 'total'\]"):
        total(nested, "asylum_supported", "categories", build)
    sections = [there[f"section_{n}"] for n in (4, 95, 98)]
    assert total(sections, "asylum_supported", "categories", build) == 1_777


def test_without_the_hierarchy_nobody_can_know_what_nests(build):
    parts = over_categories("rra_offences", SOUTH_WALES, build)
    with pytest.raises(NotAdditiveError, match="parts of one whole"):
        add_up(parts, measure=queries.measure("rra_offences", build=build), over="categories")


def test_afghan_schemes_that_are_counted_for_the_kingdom_alone_are_no_part_of_the_total(build):
    known = queries.categories("resettled_people", build=build)
    whole = replace(FIGURE, measure="resettled_people")
    mandate, afghan = (replace(whole, category=code) for code in ("mandate_scheme", "afghan_arap") if code in known)
    with pytest.raises(NotAdditiveError, match="parts of one whole"):
        total([mandate, afghan], "resettled_people", "categories", build)


def test_a_year_beside_its_own_quarters_is_refused(build):
    quarters = over_time("rra_offences", SOUTH_WALES, build)[:4]
    year = replace(quarters[0], period=Period(start=quarters[0].period.start, months=12))
    with pytest.raises(NotAdditiveError, match="share days"):
        total([*quarters, year], "rra_offences", "time", build)


def test_two_things_at_once_and_one_figure_twice_are_refused(build):
    quarters = over_time("rra_offences", SOUTH_WALES, build)[:2]
    elsewhere = over_time("rra_offences", "W15000002", build)[1]
    with pytest.raises(NotAdditiveError, match="expected one of areas"):
        total([quarters[0], elsewhere], "rra_offences", "time", build)
    with pytest.raises(NotAdditiveError, match="once; came one twice"):
        total([quarters[0], quarters[0]], "rra_offences", "time", build)


def test_quarters_of_offences_add_to_a_financial_year(build):
    year = [
        o for o in over_time("rra_offences", "W15000004", build) if "2018-04" <= str(o.period.start)[:7] < "2019-04"
    ]
    assert total(year, "rra_offences", "time", build) == 245  # PUBLICATIONS: 88, 136, 245 a year in Dyfed-Powys


def test_the_five_offences_add_to_their_total(build):
    parts = over_categories("rra_offences", SOUTH_WALES, build)
    assert len(parts) == 5
    assert total(parts, "rra_offences", "categories", build) == 414


def test_populations_of_the_authorities_add_to_that_of_wales(build):
    parts = queries.snapshot("population", kind="local_authority", period=MID_2024, nation=WALES, build=build)
    whole = {o.period: o for o in queries.series("population", WALES, build=build).observations}
    assert total(parts, "population", "areas", build) == whole[MID_2024].value


def test_a_figure_that_is_missing_leaves_no_sum_and_so_does_nothing_at_all(build):
    parts = list(over_areas("population", build))
    gone = replace(parts[3], value=None, marker="[x]")
    assert total([*parts[:3], gone, *parts[4:]], "population", "areas", build) is None
    assert total([], "population", "areas", build) is None


def test_resettled_people_are_added_over_time_on_the_page_and_nothing_else_is(view, build):
    held = over_time("resettled_people", CARDIFF, build)
    title = sanctuary.resettlement(view(CARDIFF)).title
    assert f"{sum(o.value for o in held):,.0f}" in title


MEASURE = Measure(
    code="m",
    topic="t",
    name=Words(en="m", cy="m"),
    unit=Words(en="u", cy="u"),
    counts="other",
    decimals=0,
    kind="flow",
    rate=False,
    sum_areas=True,
    sum_categories=True,
    sum_time=True,
)
FIGURE = Observation(
    measure="m", area=CARDIFF, period=Period(start=date(2020, 1, 1), months=3), category="x", value=1.0, source="s"
)
FLAGS = st.fixed_dictionaries({f"sum_{name}": st.booleans() for name in ("areas", "categories", "time")})


@settings(deadline=None)
@given(
    flags=FLAGS,
    over=st.sampled_from(["areas", "categories", "time"]),
    values=st.lists(st.one_of(st.none(), st.integers(-10_000, 10_000)), max_size=8),
)
def test_a_sum_is_whole_or_none_and_never_made_where_the_measure_forbids_it(flags, over, values):
    what = replace(MEASURE, **flags)
    figures = [moved(over, n, value) for n, value in enumerate(values)]
    known = {"categories": {o.category: part(o.category) for o in figures}, "breaks": ()}
    known["areas"] = {o.area: Area(code=o.area, kind="local_authority", name=Words(en="a", cy="a")) for o in figures}
    if not flags[f"sum_{over}"]:
        with pytest.raises(NotAdditiveError):
            add_up(figures, measure=what, over=over, **known)
        return
    found = add_up(figures, measure=what, over=over, **known)
    assert found == (sum(values) if values and None not in values else None)
    assert add_up(figures[::-1], measure=what, over=over, **known) == found


def moved(over: str, n: int, value: float | None) -> Observation:
    """Return a figure that differs from its neighbours in the one thing that is added over."""
    changed = {
        "areas": {"area": f"W{n:08}"},
        "categories": {"category": f"part {n}"},
        "time": {"period": Period(start=date(2000 + n, 1, 1), months=3)},
    }
    return replace(FIGURE, value=value, marker=None if value is not None else "[x]", **changed[over])


def part(code: str) -> Category:
    return Category(code=code, name=Words(en=code, cy=code), parent="total")


def test_the_database_holds_no_sum_of_ours_that_a_measure_forbids(build):
    made = store.rows(
        """SELECT o.measure, a.kind, count(*) AS n FROM observation AS o JOIN area AS a ON a.code = o.area_code
           JOIN measure AS m USING (measure) WHERE o.derived AND NOT m.sum_areas GROUP BY ALL""",
        build=build,
    )
    assert made == []


def test_every_sum_of_ours_is_that_of_all_its_members_from_one_source(build):
    """Nets of one place are ours too: in less out. Everything else derived is a sum of the members' figures.

    The yearly change of a whole is that of its own totals, rounded as its source is: the members' need not add to it.
    """
    wrong = store.rows(
        """WITH parts AS (
               SELECT m.area_code, a.kind, o.measure, o.category, o.period_start, o.period_months, o.source,
                      sum(o.value) AS value, count(*) AS n
               FROM observation o JOIN area_member m ON m.member_code = o.area_code JOIN area a ON a.code = o.area_code
               WHERE o.value IS NOT NULL GROUP BY ALL),
           whole AS (SELECT area_code, a.kind, count(*) AS members FROM area_member m
                     JOIN area a ON a.code = m.member_code GROUP BY ALL)
           SELECT o.measure, o.area_code, o.period_start FROM observation o
           WHERE o.derived AND o.measure <> 'population_change'
             AND o.area_code IN (SELECT area_code FROM area_member) AND NOT EXISTS (
               SELECT 1 FROM parts p JOIN whole w ON w.area_code = p.area_code AND w.kind = p.kind
               WHERE p.area_code = o.area_code AND p.measure = o.measure AND p.category = o.category
                 AND p.period_start = o.period_start AND p.period_months = o.period_months AND p.source = o.source
                 AND p.n = w.members AND abs(p.value - o.value) < 1e-6) LIMIT 5""",
        build=build,
    )
    assert wrong == []


def newest_of(measure: str, places: tuple[str, ...], build: str) -> list[Observation]:
    """Return one figure for each place, all of one period, so that only the places differ."""
    held = [queries.series(measure, place, build=build).latest for place in places]
    return [replace(o, period=held[0].period) for o in held]


@pytest.mark.parametrize(
    ("measure", "places"),
    [
        ("asylum_supported", (WALES, CARDIFF)),
        ("asylum_supported", ("XCAV", CARDIFF, SOUTH_WALES)),
        ("asylum_supported", ("XCAV", VALE)),
        ("population", (SOUTH_WALES, "W15000004", CARDIFF)),
        ("population", (WALES, SOUTH_WALES)),
        ("rra_offences", (SOUTH_WALES, WALES)),
    ],
)
def test_places_that_overlap_are_not_added(build, measure, places):
    with pytest.raises(NotAdditiveError, match="share no ground"):
        total(newest_of(measure, places, build), measure, "areas", build)


def test_places_that_share_no_ground_are_added_and_unknown_ones_are_not(build):
    four = newest_of("population", ("W15000001", "W15000002", SOUTH_WALES, "W15000004"), build)
    assert total(four, "population", "areas", build) == queries.series("population", WALES, build=build).latest.value
    with pytest.raises(NotAdditiveError, match="whose parts are known"):
        add_up(four, measure=queries.measure("population", build=build), over="areas")


def test_a_small_area_is_not_added_to_the_authority_it_lies_in_nor_to_small_areas_of_another_kind(build):
    known = queries.areas(build=build)
    small = {kind: [a for a in known.values() if a.kind == kind and a.within == CARDIFF] for kind in ("lsoa", "msoa")}
    here = replace(FIGURE, measure="population")
    pairs = [
        (small["lsoa"][0].code, CARDIFF),
        (small["lsoa"][0].code, small["msoa"][0].code),
    ]
    for pair in pairs:
        with pytest.raises(NotAdditiveError, match="share no ground"):
            total([replace(here, area=code) for code in pair], "population", "areas", build)


def test_routes_to_sanctuary_are_never_added_whatever_they_are_called(build):
    """Asked as one measure that may be added over time, the figures of three still say what they count."""
    three = [
        queries.series(code, CARDIFF, build=build).latest
        for code in ("asylum_supported", "afghan_programme_population", "resettled_people")
    ]
    with pytest.raises(NotAdditiveError, match="expected figures of this measure; came some of afghan"):
        total(three, "resettled_people", "time", build)


@pytest.mark.parametrize("years", [(2009, 2012), (2018, 2019)])
def test_no_sum_over_time_crosses_a_hard_break(build, years):
    held = [o for o in over_time("international_net", CARDIFF, build) if years[0] <= o.period.start.year <= years[1]]
    assert len(held) > 1
    with pytest.raises(NotAdditiveError, match="came a break on"):
        total(held, "international_net", "time", build)


def test_a_sum_over_time_without_the_breaks_of_its_series_is_refused(build):
    quarters = over_time("rra_offences", SOUTH_WALES, build)[:4]
    with pytest.raises(NotAdditiveError, match="expected the breaks"):
        add_up(quarters, measure=queries.measure("rra_offences", build=build), over="time")
