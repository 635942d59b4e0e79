"""What is said of an own count beside earlier ones: of how many, and nothing where nearly anything would be within."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.i18n import LANGUAGES, t
from dashboard.model import Period
from workspace.figures.expected import expected_of
from workspace.figures.inputs import Count, Line


def line(*counts: int | None, newest: int | None = None) -> Line:
    """Return quarters one after another, the last of them July to September 2026."""
    every = [*counts, *([] if newest is None else [newest])]
    numbers = range(2026 * 4 + 3 - len(every), 2026 * 4 + 3)
    periods = (Period(start=date(n // 4, n % 4 * 3 + 1, 1), months=3) for n in numbers)
    return Line(
        code="total",
        name="All",
        counts=tuple(Count(period=p, count=count) for p, count in zip(periods, every, strict=True)),
    )


STEADY = (100, 110, 96, 104, 99, 108, 101, 97, 105, 100, 103, 98)
WILD = (4, 30, 9, 2, 25, 6, 40, 3, 12, 33, 5, 8)
SMALL = (24, 31, 22, 27, 20, 29, 33, 24, 21, 35, 26, 28)


def said(of: Line, lang: str = "en") -> str:
    return expected_of(of).sentence.text(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_how_many_quarters_a_range_is_made_stands_in_the_sentence(lang):
    before, after = t("own.expected.within", lang=lang, n=12, lower="|", upper="|").split("|")[:2]
    told = said(line(*STEADY, newest=104), lang)
    assert told.startswith(before)
    assert after in told
    assert " 24 " in said(line(*STEADY * 3, newest=104), lang)  # no more than six years of them
    assert t("own.expected.above", lang=lang, n=12, lower="|", upper="|").split("|")[0] in said(
        line(*STEADY, newest=190), lang
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_verdict_is_given_where_neither_none_nor_twice_as_many_would_stand_outside(lang):
    found = expected_of(line(*WILD, newest=14))
    point = found.judged[-1][1]
    assert point.lower == 0
    assert point.upper >= 2 * point.expected
    told = found.sentence.text(lang)
    assert told == t(
        "own.expected.wide", lang=lang, n=12, lower=0, upper=int(point.upper), middle=f"{point.expected:.0f}"
    )
    assert t("own.expected.within", lang=lang, n=12, lower="|", upper="|").split("(")[0] not in told
    assert found.bands  # what is drawn is the range as it is


def test_that_twice_as_many_would_be_within_is_said_beside_the_verdict():
    found = expected_of(line(*SMALL, newest=26))
    point = found.judged[-1][1]
    assert point.lower > 0
    assert point.upper >= 2 * point.expected
    told = found.sentence.text("en")
    assert told.startswith("This is within the range that we would expect from 12 earlier quarters")
    assert told.endswith(f"we would expect around {point.expected:.0f}, and even twice that would lie inside it.")
    assert "twice" not in said(line(*STEADY, newest=104))


def test_a_number_that_stands_outside_a_wide_range_is_said_to():
    found = expected_of(line(*WILD, newest=400))
    assert found.judged[-1][1].lower == 0
    assert found.sentence.text("en").startswith("This is above the range")


def test_too_few_are_counted_as_they_take_part():
    assert "So far: 11." in said(line(*STEADY))
    assert "So far: 2." in said(line(*STEADY, None, *STEADY[:2], newest=9))
    gone = line(*STEADY * 3)
    apart = Line(code="total", name="All", counts=(*gone.counts[:15], gone.counts[-1]))
    assert "So far: 4." in said(apart)  # of 15 the others lie before the six years


def test_a_band_begins_anew_after_a_quarter_that_is_not_there():
    whole = line(*STEADY * 3)
    gap = Line(code="total", name="All", counts=(*whole.counts[:20], *whole.counts[21:]))
    assert [len(band.at) for band in expected_of(whole).bands] == [24]
    assert [len(band.at) for band in expected_of(gap).bands] == [8, 15]


def test_quarters_that_nobody_asked_to_see_still_say_what_to_expect():
    whole = line(*STEADY, newest=104)
    shown = expected_of(whole, since=whole.counts[-1].period.start)
    assert len(shown.judged) == 1
    assert shown.sentence.text("en") == said(whole)
