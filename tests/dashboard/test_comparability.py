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
    return Measure(code=code, topic="t", name=words(code), unit=words("n"), decimals=0, kind=kind, rate=rate, **sums)


def source(code: str = "first", line: str = "one") -> Source:
    texts = {f.name: words(f.name) for f in fields(Source) if f.type == "Words"}
    plain = {f.name: "x" for f in fields(Source) if f.type in ("str", "Grade", "date")}
    return Source(**texts | plain | {"code": code, "line": line})


def brk(day: date, severity: str = "hard", effect: str = "Counted anew.") -> Break:
    kept = {"measure": "offences", "area": "A", "kind": "recording", "origin": "o", "label": words("l")}
    return Break(**kept, date=day, severity=severity, effect=words(effect))


def area(code: str = "A", kind: str = "local_authority") -> Area:
    return Area(code=code, kind=kind, name=words(code))


def figure(value: float | None, *, year: int = 2020, months: int = 12, place: str = "A", **more: str) -> Observation:
    kept = {
        "measure": "offences",
        "category": "total",
        "source": "first",
        "marker": None if value is not None else "[x]",
    } | more
    return Observation(area=place, period=Period(start=date(year, 4, 1), months=months), value=value, **kept)


def series(*, of: Measure | None = None, place: Area | None = None, category: str = "total", **more: tuple) -> Series:
    kept = {"observations": (), "sources": (source(), source("second"), source("other", "two"))} | more
    return Series(
        measure=of or measure(), area=place or area(), category=Category(code=category, name=words(category)), **kept
    )


LATER = figure(120, year=2021)
EARLIER = figure(100)
REFUSED = {
    "stock_and_flow": (LATER, EARLIER, series(), series(of=measure("people", "stock"))),
    "measure": (LATER, EARLIER, series(), series(of=measure("other"))),
    "category": (LATER, replace(EARLIER, category="race"), series(), series(category="race")),
    "length": (LATER, figure(100, months=3), series(), None),
    "area_kind": (LATER, figure(100, place="F"), series(), series(place=area("F", "police_force"))),
    "running_total": (
        EARLIER,
        figure(100, place="B"),
        series(of=measure("arrivals", "cumulative", rate=False)),
        series(of=measure("arrivals", "cumulative", rate=False), place=area("B")),
    ),
    "period": (LATER, figure(100, place="B"), series(), series(place=area("B"))),
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
    assert (found.reason("en"), found.percent_reason("en"), found.note_texts("en")) == ("", "", ())


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
    found = comparable(figure(after, year=2021), figure(before), series=series(of=measure("m", kind)))
    assert (found.allowed, found.no_percent) == (True, why)
    assert bool(found.percent_reason("cy")) == (why is not None)


def test_two_places_are_compared_by_their_rates_at_one_time():
    found = comparable(EARLIER, figure(50, place="B"), series=series(), other=series(place=area("B")))
    assert (found.allowed, found.as_rates, found.no_percent, found.difference) == (
        True,
        True,
        "sizes",
        "between_places",
    )
    assert set(get_args(NoPercent)) == {"refused", "small_count", "running_total", "share", "sizes", "not_positive"}


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
    found = comparable(LATER, EARLIER, series=series(of=measure("arrivals", "cumulative", rate=False)))
    assert (found.allowed, found.difference, found.as_rates) == (True, "since", False)


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
    there, back = figure(a, year=2021), figure(b)
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
