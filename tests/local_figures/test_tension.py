"""The weekly return: an absent one is no nil, a nil gives way to a return, and ranges rest on whole weeks alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from dashboard.statistics import expected_range
from local_figures import door, tension, typed
from local_figures.checking.cells import Place
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import open_store
from local_figures.weeks import WEEK, after, mondays, quarter_of

CARDIFF, VALE = "W06000015", "W06000014"
TODAY = date(2026, 11, 29)  # a Sunday
MONDAY = date(2026, 11, 23)
LAST = MONDAY - WEEK
ACT = Act(workspace="cardiff", who="ann@council.example", now=datetime(2026, 11, 29, 12, tzinfo=UTC))
PLACE = Place(today=TODAY, areas=frozenset({CARDIFF, VALE}))


def row(week: date = MONDAY, area: str = CARDIFF, theme: str = "race", count: int = 1, **cells: str) -> dict[str, str]:
    told = {"tension_kind": "experienced", "theme": theme, "count": str(count)}
    return {**tension.nil_row(week=week, area=area), **told, **cells}


def lines(*rows) -> dict[int, dict[str, str]]:
    return dict(enumerate(rows, start=2))


@pytest.fixture
def store(tmp_path):
    opened = open_store(folder=tmp_path)
    editions.open_workspace(opened, ACT, areas=[CARDIFF, VALE])
    yield opened
    opened.engine.dispose()


def keep(store, change):
    typed.keep(store, ACT, template=tension.TEMPLATE, change=change, place=PLACE)
    return dict(door.lines(store, ACT, tension.TEMPLATE).lines)


def test_a_nil_return_is_kept_once_taken_back_and_gives_way_to_a_return(store):
    nil = tension.nil_return(week=MONDAY, area=CARDIFF)
    assert keep(store, nil) == keep(store, nil) == {2: tension.nil_row(week=MONDAY, area=CARDIFF)}
    assert keep(store, tension.nil_taken_back(week=MONDAY, area=CARDIFF)) == {}
    keep(store, nil)
    keep(store, tension.nil_return(week=MONDAY, area=VALE))
    both = keep(store, tension.returning(row()))
    assert list(both.values()) == [tension.nil_row(week=MONDAY, area=VALE), row()]


def test_nothing_to_report_is_refused_of_a_week_of_which_something_was(store):
    before = keep(store, tension.returning(row()))
    with pytest.raises(RefusedError) as error:
        keep(store, tension.nil_return(week=MONDAY, area=CARDIFF))
    assert error.value.key == "local.refused.week_told"
    assert keep(store, tension.nil_taken_back(week=MONDAY, area=CARDIFF)) == before


def test_two_who_report_the_same_are_counted_twice_and_another_action_is_a_row_of_its_own(store):
    keep(store, tension.returning(row(count=2)))
    keep(store, tension.returning(row()))
    both = keep(store, tension.returning(row(action="Officer visited")))
    assert [(line["action"], line["count"]) for line in both.values()] == [("", "3"), ("Officer visited", "1")]
    for wrong in ("", "-1", "1.5", "x"):
        with pytest.raises(typed.NotKeptError):
            keep(store, tension.returning(row() | {"count": wrong}))


def test_a_week_without_a_return_is_missing_and_one_with_nothing_to_report_is_not():
    held = lines(row(MONDAY - 4 * WEEK), tension.nil_row(week=MONDAY - 2 * WEEK, area=CARDIFF))
    missing = tension.missing_weeks(held, area=CARDIFF, today=TODAY)
    assert missing == (MONDAY - WEEK, MONDAY - 3 * WEEK)  # this week is not over
    assert tension.missing_weeks(held, area=VALE, today=TODAY) == ()  # nothing was ever returned for it
    assert tension.missing_weeks(held, area=CARDIFF, today=TODAY + timedelta(days=1))[0] == MONDAY


def test_the_week_proposed_is_last_week_until_it_has_a_return():
    assert tension.proposed_week({}, area=CARDIFF, today=TODAY) == LAST
    assert tension.proposed_week(lines(row(LAST)), area=CARDIFF, today=TODAY) == MONDAY
    assert tension.proposed_week(lines(row(LAST, VALE)), area=CARDIFF, today=TODAY) == LAST


def counted(held, *, areas=(CARDIFF,), by="theme", length="week", today=TODAY):
    return tension.counts(held, areas=areas, by=by, length=length, today=today)


def test_counts_say_none_where_there_is_no_return_and_0_where_there_was_nothing():
    first = LAST - 2 * WEEK
    held = lines(row(first, count=3), row(first, theme="protest"), tension.nil_row(week=LAST, area=CARDIFF))
    found = counted(held)
    assert [span.start for span in found.spans] == [first, first + WEEK, LAST]
    assert found.total == (4, None, 0)
    assert (found.parts["race"], found.parts["protest"]) == ((3, None, 0), (1, None, 0))
    assert counted(held, by="tension_kind").parts["experienced"] == (4, None, 0)
    assert counted({}).spans == ()


def test_areas_together_want_a_return_of_each():
    found = counted(lines(row(LAST), row(LAST, VALE, count=2), row(LAST - WEEK)), areas=(CARDIFF, VALE))
    assert found.total == (1, 3)
    assert [span.is_whole for span in found.spans] == [False, True]
    assert found.expected().points[0].reason == "missing_value"


def test_a_quarter_is_told_once_its_last_week_is_over_with_how_many_returns_it_has():
    weeks = [date(2026, 6, 29) + n * WEEK for n in range(20)]
    found = counted(lines(*(row(week) for week in weeks if week != date(2026, 8, 3))), length="quarter")
    assert [(span.start, span.returned, span.expected) for span in found.spans] == [
        (date(2026, 4, 1), 1, 13),
        (date(2026, 7, 1), 12, 13),
    ]
    assert found.total == (1, 12)
    assert counted(lines(row(weeks[0])), length="quarter", today=date(2026, 10, 4)).spans[-1].start == date(2026, 4, 1)


def test_the_weeks_of_every_quarter_add_up_to_all_weeks():
    quarters = [date(year, month, 1) for year in range(2020, 2031) for month in (1, 4, 7, 10)]
    all_weeks = [week for quarter in quarters for week in mondays(quarter)]
    assert all_weeks == [all_weeks[0] + n * WEEK for n in range(len(all_weeks))]
    assert all(quarter_of(week) <= week < after(quarter_of(week)) for week in all_weeks)


def test_a_range_is_given_once_twelve_weeks_with_a_return_stand_before_and_says_when_one_is_unusual():
    weeks = [LAST - n * WEEK for n in range(13)]
    held = lines(*(row(week, count=8 + n % 3) for n, week in enumerate(weeks)))
    found = counted(held).expected()
    assert [point.reason for point in found.points] == ["too_few_points"] * 12 + [None]
    assert found.verdict == "within"
    many = counted({**held, 2: row(LAST, count=40)}).expected()
    assert many.verdict == "above"
    without = {at: line for at, line in held.items() if at != 9}
    assert counted(without).expected().reason == "too_few_points"
    few = lines(*(row(week, count=n % 2) for n, week in enumerate(weeks)))
    assert counted(few).expected().reason == "too_few_events"


def test_of_weeks_that_do_not_change_one_in_a_hundred_or_so_is_called_unusual_and_of_twice_as_many_one_in_four():
    """What the page says of its own range (own.tension.small.week): ten a week, spread twice as widely as chance."""
    chance = np.random.default_rng(1)
    weeks = chance.negative_binomial(10, 0.5, (400, 25)).astype(float)
    alarms = [expected_range(values=row, per_year=1).verdict != "within" for row in weeks]
    assert sum(alarms) / len(alarms) < 0.02
    weeks[:, -1] = chance.negative_binomial(20, 0.5, 400)
    found = [expected_range(values=row, per_year=1).verdict == "above" for row in weeks]
    assert 0.15 < sum(found) / len(found) < 0.35


def test_quarters_have_a_season_that_begins_in_january():
    starts = [date(2022 + n // 4, n % 4 * 3 + 1, 1) for n in range(19)]
    counts = {start: 30 if start.month == 7 else 10 for start in starts}
    held = lines(*(row(week, count=counts[start]) for start in starts for week in mondays(start) if week <= LAST))
    found = counted(held, length="quarter")
    assert len(found.spans) == 19
    judged = [(span.start, point.verdict) for span, point in zip(found.spans, found.expected().points, strict=True)]
    assert {verdict for start, verdict in judged[13:]} == {"within"}


def test_how_fast_is_told_of_five_and_more_with_how_many_it_is_of():
    acted = [row(LAST, first_action_on="2026-11-17", action=f"{n}", closed_on="2026-11-20") for n in range(4)]
    held = lines(
        *acted,
        row(LAST, theme="protest", first_action_on="2026-11-19"),
        row(LAST, theme="other"),
        tension.nil_row(week=MONDAY, area=CARDIFF),
    )
    found = tension.pace(tension.entries(held, areas=[CARDIFF]))
    assert (found.entries, found.acted, found.closed, found.open) == (6, 5, 4, 2)
    assert (found.days_to_action, found.days_to_closing) == (1, None)  # four that were closed have no middle
    nothing = tension.pace(())
    assert (nothing.entries, nothing.days_to_action, nothing.days_to_closing) == (0, None, None)
    assert [one.at for one in tension.open_entries(held, areas=[CARDIFF])] == [6, 7]


def test_a_level_is_called_as_the_partnership_calls_it_in_both_languages_or_by_its_number(store):
    def name(**levels):
        change = tension.naming({code[1:]: both for code, both in levels.items()})
        return typed.keep(store, ACT, template=tension.LEVELS, change=change, place=PLACE)

    assert tension.levels({}, lang="en")["6"] == "6"
    name(_1=("Calm", "Tawel"), _2=("", ""))
    held = door.lines(store, ACT, tension.LEVELS).lines
    assert [tension.levels(held, lang=lang)["1"] for lang in ("en", "cy")] == ["1: Calm", "1: Tawel"]
    assert tension.levels(held, lang="en")["2"] == "2"
    with pytest.raises(typed.NotKeptError) as error:
        name(_1=("Calm", ""))
    assert [(problem.column, problem.key) for problem in error.value.errors] == [("label_cy", "missing")]
