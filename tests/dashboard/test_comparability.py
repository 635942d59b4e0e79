"""Every reason for refusing a comparison refuses it, says so in both languages, and nothing else is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.comparability import NoPercent, Refusal, comparable
from dashboard.i18n import LANGUAGES
from dashboard.model import Area, Break, Category, Measure, Observation, Period, Series, Source, Words


def words(text: str) -> Words:
    return Words(en=text, cy=f"{text} (cy)")


def measure(code: str = "offences", kind: str = "flow", rate: bool = True) -> Measure:
    sums = {"sum_areas": True, "sum_categories": True, "sum_time": True}
    return Measure(
        code=code,
        topic="t",
        name=words(code),
        unit=words("n"),
        counts="other",
        decimals=0,
        kind=kind,
        rate=rate,
        **sums,
    )


def source(code: str = "first", line: str = "one") -> Source:
    texts = {f.name: words(f.name) for f in fields(Source) if f.type == "Words"}
    plain = {f.name: "x" for f in fields(Source) if f.type in ("str", "date") or f.type.startswith("Grade")}
    return Source(**texts | plain | {"code": code, "line": line})


def brk(day: date, severity: str = "hard", effect: str = "Counted anew.", **more: object) -> Break:
    kept = {"measure": "offences", "area": "A", "kind": "coverage", "origin": "o", "label": words("l")} | more
    return Break(**kept, date=day, severity=severity, effect=words(effect))


def area(code: str = "A", kind: str = "local_authority", members: tuple[str, ...] = ()) -> Area:
    return Area(code=code, kind=kind, name=words(code), members=members)


def figure(value: float | None, *, year: int = 2020, months: int = 12, place: str = "A", **more: str) -> Observation:
    kept = {
        "measure": "offences",
        "category": "total",
        "source": "first",
        "marker": None if value is not None else "[x]",
    } | more
    month = kept.pop("month", 4)
    return Observation(area=place, period=Period(start=date(year, month, 1), months=months), value=value, **kept)


def series(*, of: Measure | None = None, place: Area | None = None, category: str = "total", **more: tuple) -> Series:
    kept = {"observations": (), "sources": (source(), source("second"), source("other", "two"))} | more
    return Series(
        measure=of or measure(), area=place or area(), category=Category(code=category, name=words(category)), **kept
    )


LATER = figure(120, year=2021)
EARLIER = figure(100)
REFUSED = {
    "stock_and_flow": (LATER, figure(100, measure="people"), series(), series(of=measure("people", "stock"))),
    "measure": (LATER, figure(100, measure="other"), series(), series(of=measure("other"))),
    "category": (LATER, replace(EARLIER, category="race"), series(), series(category="race")),
    "length": (LATER, figure(100, months=3), series(), None),
    "area_kind": (LATER, figure(100, place="F"), series(), series(place=area("F", "police_force"))),
    "running_total": (
        figure(90, measure="arrivals"),
        figure(100, place="B", measure="arrivals"),
        series(of=measure("arrivals", "cumulative", rate=False)),
        series(of=measure("arrivals", "cumulative", rate=False), place=area("B")),
    ),
    "period": (LATER, figure(100, place="B"), series(), series(place=area("B"))),
    "overlap": (figure(120, month=7), EARLIER, series(), None),
    "season": (figure(120, months=3), figure(100, months=3, month=1), series(), None),
    "missing": (LATER, figure(None), series(), None),
    "editions": (LATER, figure(100, source="other"), series(), None),
    "hard_break": (LATER, EARLIER, series(breaks=(brk(date(2021, 4, 1)),)), None),
}


def test_every_refusal_is_tried_here():
    assert set(REFUSED) == set(get_args(Refusal))


@pytest.mark.parametrize(("reason", "case"), REFUSED.items(), ids=REFUSED)
@pytest.mark.parametrize("turned", [False, True])
def test_a_refusal_names_its_reason_in_both_languages_whichever_comes_first(reason, case, turned):
    a, b, one, other = case
    found = comparable(b, a, series=other or one, other=one) if turned else comparable(a, b, series=one, other=other)
    assert (found.refusal, found.allowed, found.percent_allowed) == (reason, False, False)
    said = {found.reason(lang) for lang in LANGUAGES}
    assert len(said) == 2
    assert "" not in said
    assert found.reason_key == f"compare.refused_{reason}"


def test_two_years_of_one_series_may_be_compared():
    found = comparable(LATER, EARLIER, series=series())
    assert (found.allowed, found.percent_allowed, found.difference) == (True, True, "change")
    assert (found.reason("en"), found.note_texts("en")) == ("", ())


def test_the_reason_says_what_the_break_did():
    found = comparable(LATER, EARLIER, series=series(breaks=(brk(date(2020, 6, 1)), brk(date(2021, 1, 1)))))
    assert found.reason("en").count("Counted anew.") == 1
    assert found.reason("cy").endswith("Counted anew. (cy)")


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2020, 4, 1), None),  # the earlier figure begins with the new way
        (date(2020, 4, 2), "hard_break"),  # the earlier figure is partly of the old way
        (date(2022, 3, 31), "hard_break"),  # the last day of the later one
        (date(2022, 4, 1), None),
    ],
)
def test_a_break_counts_when_any_of_it_lies_between(day, refusal):
    assert comparable(LATER, EARLIER, series=series(breaks=(brk(day),))).refusal == refusal


def test_a_soft_break_is_allowed_with_its_note():
    found = comparable(LATER, EARLIER, series=series(breaks=(brk(date(2021, 4, 1), "soft"),)))
    assert found.allowed
    assert found.note_texts("cy") == ("Counted anew. (cy)",)


def test_editions_of_one_line_join_and_one_without_a_line_joins_nothing():
    assert comparable(LATER, replace(EARLIER, source="second"), series=series()).allowed
    lineless = series(sources=(source("first", ""), source("second", "")))
    assert comparable(LATER, replace(EARLIER, source="second"), series=lineless).refusal == "editions"
    assert comparable(LATER, EARLIER, series=lineless).allowed


@pytest.mark.parametrize(
    ("before", "after", "kind", "why"),
    [
        (19, 20, "flow", "small_count"),
        (20, 19, "stock", "small_count"),
        (-30, 40, "flow", "small_count"),
        (0, 0, "flow", "small_count"),
        (20, 20, "flow", None),
        (500, 520, "cumulative", "running_total"),
        (40.5, 41.0, "share", "share"),
        (7.1, 7.4, "level", None),
        (0.0, 7.4, "level", "not_positive"),
    ],
)
def test_a_percentage_is_refused_where_it_would_mislead(before, after, kind, why):
    pair = figure(after, year=2021, measure="m"), figure(before, measure="m")
    found = comparable(*pair, series=series(of=measure("m", kind)))
    assert (found.allowed, found.no_percent) == (True, why)


def test_two_places_are_compared_by_their_rates_at_one_time():
    found = comparable(EARLIER, figure(50, place="B"), series=series(), other=series(place=area("B")))
    assert (found.allowed, found.no_percent, found.difference) == (True, "sizes", "between_places")
    others = {"small_count", "running_total", "share", "sizes", "not_positive", "recording"}
    assert set(get_args(NoPercent)) == {"refused", *others}


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [("country", True), ("composite", True), ("local_authority", True), ("police_force", False), ("msoa", False)],
)
def test_an_authority_may_stand_beside_its_kind_and_the_wholes_it_is_part_of(kind, allowed):
    found = comparable(EARLIER, figure(50, place="B"), series=series(), other=series(place=area("B", kind)))
    assert found.allowed is allowed


def test_a_small_area_stands_beside_no_country():
    small = series(place=area("A", "lsoa"))
    assert comparable(EARLIER, figure(50, place="B"), series=small, other=series(place=area("B", "country"))).refusal


def test_a_running_total_differs_by_what_came_since():
    pair = figure(120, year=2021, measure="arrivals"), figure(100, measure="arrivals")
    found = comparable(*pair, series=series(of=measure("arrivals", "cumulative", rate=False)))
    assert (found.allowed, found.difference) == (True, "since")


def test_a_figure_of_another_series_is_an_error():
    with pytest.raises(ValueError, match="expected a figure of"):
        comparable(LATER, figure(1, place="B"), series=series())


def test_the_answer_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        comparable(LATER, EARLIER, series=series()).refusal = None


@settings(deadline=None)  # a busy machine is no failure
@given(
    a=st.floats(allow_nan=True), b=st.floats(allow_nan=True), kind=st.sampled_from(["stock", "flow", "share", "level"])
)
def test_any_two_numbers_get_an_answer_which_does_not_depend_on_their_order(a, b, kind):
    one = series(of=measure("m", kind))
    there, back = figure(a, year=2021, measure="m"), figure(b, measure="m")
    assert comparable(there, back, series=one) == comparable(back, there, series=one)


def test_the_held_breaks_refuse_what_they_should(build):
    asylum = queries.series("asylum_supported", "W06000015", build=build)
    by_day = {o.period.start: o for o in asylum.observations}
    across = comparable(by_day[date(2022, 12, 31)], by_day[date(2022, 9, 30)], series=asylum)
    assert across.refusal == "hard_break"
    assert "Section 98" in across.reason("en")
    assert comparable(by_day[date(2026, 3, 31)], by_day[date(2025, 3, 31)], series=asylum).allowed


def test_an_authority_and_its_force_may_not_be_compared(build):
    day = Period(start=date(2026, 3, 31), months=0)
    both = [queries.series("asylum_supported", code, build=build) for code in ("W06000015", "W15000003")]
    figures = [next(o for o in s.observations if o.period == day) for s in both]
    assert comparable(*figures, series=both[0], other=both[1]).refusal == "area_kind"


GAP = brk(date(2021, 4, 1), until=date(2022, 3, 31))


@pytest.mark.parametrize(
    ("one", "other", "refusal"),
    [
        (2020, 2021, "hard_break"),  # into the gap
        (2021, 2022, "hard_break"),  # and out of it
        (2021, 2024, "hard_break"),
        (2020, 2022, None),  # complete on either side
        (2018, 2019, None),
        (2022, 2023, None),
    ],
)
def test_a_figure_in_a_gap_stands_beside_none_outside_and_two_around_it_may_be_compared(one, other, refusal):
    found = comparable(figure(100, year=one), figure(120, year=other), series=series(breaks=(GAP,)))
    assert found.refusal == refusal


def test_two_figures_in_one_gap_leave_out_the_same(build):
    long = brk(date(2021, 4, 1), until=date(2024, 3, 31))
    assert comparable(figure(100, year=2021), figure(120, year=2023), series=series(breaks=(long,))).allowed


def at(measure: str, place: str, build: str) -> dict[date, Observation]:
    return {o.period.start: o for o in queries.series(measure, place, build=build).observations}


# The pairs of the review, and their siblings. 2022/23 lacks Devon & Cornwall and 2019/20 Greater Manchester.
@pytest.mark.parametrize("measure", ["hate_crimes"])
@pytest.mark.parametrize("category", ["total", "race", "transgender"])
@pytest.mark.parametrize(
    ("one", "other", "refusal"),
    [
        (2022, 2023, "hard_break"),
        (2021, 2022, "hard_break"),
        (2022, 2024, "hard_break"),
        (2021, 2023, None),
        (2018, 2020, None),
        (2018, 2024, None),
        (2018, 2022, "hard_break"),
    ],
)
def test_the_years_without_a_force_stand_beside_no_other_year(build, measure, category, one, other, refusal):
    held = queries.series(measure, "XEWEXMET", category=category, build=build)
    if held.is_empty:
        held = queries.series(measure, "XEWEXMET", category="race", build=build)
    years = {o.period.start.year: o for o in held.observations}
    assert comparable(years[one], years[other], series=held).refusal == refusal


def test_religions_targeted_have_the_same_gap(build):
    held = queries.series("hate_crimes_by_religion_targeted", "XEWEXMET", category="muslim", build=build)
    years = {o.period.start.year: o for o in held.observations}
    assert comparable(years[2022], years[2023], series=held).refusal == "hard_break"
    assert comparable(years[2021], years[2022], series=held).refusal == "hard_break"
    assert comparable(years[2021], years[2024], series=held).allowed


SUBSISTENCE = "People with subsistence-only support"


@pytest.mark.parametrize("place", ["W06000015", "W92000004", "XCAV"])
@pytest.mark.parametrize(
    ("one", "other", "noted"),
    [
        ((2023, 9, 30), (2023, 12, 31), True),
        ((2024, 12, 31), (2025, 3, 31), True),  # counted again from 31 March 2025: decision 14
        ((2024, 3, 31), (2025, 3, 31), True),
        ((2023, 12, 31), (2025, 12, 31), True),
        ((2023, 9, 30), (2025, 9, 30), False),  # complete on either side
        ((2023, 12, 31), (2024, 12, 31), False),  # both leave the same people out
        ((2024, 9, 30), (2024, 12, 31), False),
        ((2025, 3, 31), (2026, 3, 31), False),
    ],
)
def test_asylum_support_without_and_with_subsistence_only_gets_its_note_both_ways(build, place, one, other, noted):
    held, days = queries.series("asylum_supported", place, build=build), at("asylum_supported", place, build)
    found = comparable(days[date(*one)], days[date(*other)], series=held)
    assert found.allowed
    assert any(note.startswith(SUBSISTENCE) for note in found.note_texts("en")) is noted


@pytest.mark.parametrize(("place", "before", "after"), [("W15000004", 2016, 2018), ("W15000001", 2016, 2018)])
def test_no_percentage_is_given_across_a_change_of_recording(build, place, before, after):
    held, days = queries.series("rra_offences", place, build=build), at("rra_offences", place, build)
    found = comparable(days[date(before, 7, 1)], days[date(after, 7, 1)], series=held)
    assert (found.allowed, found.no_percent) == (True, "recording")
    assert found.notes
    assert comparable(days[date(2018, 7, 1)], days[date(2022, 7, 1)], series=held).percent_allowed


def test_a_stock_beside_a_running_total_is_refused_and_one_of_another_measure_is_an_error(build):
    stock, total = (
        queries.series(code, "W06000014", build=build)
        for code in ("afghan_programme_population", "homes_for_ukraine_arrivals")
    )
    assert comparable(stock.latest, total.latest, series=stock, other=total).refusal == "stock_and_flow"
    with pytest.raises(ValueError, match="expected a figure of"):
        comparable(stock.latest, total.latest, series=stock)


def test_two_councils_are_no_whole_of_a_force_and_england_and_wales_is(build):
    known = queries.areas(build=build)
    force, whole, two = (series(place=known[code]) for code in ("W15000003", "XEWEXMET", "XCAV"))
    there = {code: figure(100, place=code) for code in ("W15000003", "XEWEXMET", "XCAV")}
    assert comparable(there["W15000003"], there["XEWEXMET"], series=force, other=whole).allowed
    assert comparable(there["W15000003"], there["XCAV"], series=force, other=two).refusal == "area_kind"
    day = Period(start=date(2026, 3, 31), months=0)
    both = [queries.series("asylum_supported", code, build=build) for code in ("XCAV", "W15000003")]
    figures = [next(o for o in s.observations if o.period == day) for s in both]
    assert comparable(*figures, series=both[0], other=both[1]).refusal == "area_kind"


def test_periods_that_share_days_and_other_seasons_are_refused(build):
    held, days = queries.series("rra_offences", "W15000003", build=build), at("rra_offences", "W15000003", build)
    winter, spring = days[date(2023, 1, 1)], days[date(2023, 4, 1)]
    assert comparable(winter, spring, series=held).refusal == "season"
    assert comparable(spring, days[date(2022, 4, 1)], series=held).allowed
    year, later = (replace(spring, period=Period(start=date(2022, month, 1), months=12)) for month in (4, 7))
    assert comparable(year, later, series=held).refusal == "overlap"
