"""Whatever years are chosen, a figure's words, rows and card speak of the same ones: every figure, by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from dashboard import store
from dashboard.figure import Figure, NotHeld
from dashboard.figures.catalogue import ENTRIES, unread
from dashboard.figures.request import Request, read
from dashboard.i18n import Language, read_catalogue
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import FirstLetter, Joined, Text, Wording
from dashboard.model import Period, Years
from tests.every_block import cells

pytestmark = pytest.mark.usefixtures("build")
CHOSEN = {
    "early": Years(first=2005, last=2014),
    "middle": Years(first=2016, last=2019),
    "one": Years(first=2020, last=2020),
    "another": Years(first=2024, last=2024),
    "only_last": Years(first=2025),
    "only_first": Years(last=2014),
}
OF_THEIR_BEGINNING = {"resettlement_schemes"}  # running totals, whose rows are all that was added up
CODES = [entry.code for entry in ENTRIES]
FOLLOWING = (
    "rra_quarterly",
    "rra_same_quarter",
    "rra_by_offence",
    "strands_england_wales",
    "racist_incidents",
    "all_crime",
    "population_change",
    "population",
    "flows",
    "proxies",
    "asylum_support",
    "accommodation_over_time",
    "guests_funded",
    "resettlement",
    "resettlement_schemes",
    "children_transferred",
    "living_standards",
    "wellbeing",
    "modern_slavery",
    "modern_slavery_offences",
    "referrals_kingdom",
    "cohesion_wales",
)


@cache
def asked(code: str) -> Request:
    options = next(entry.options for entry in ENTRIES if entry.code == code)
    return read({"place": "W06000015", "build": store.build_id()}, options=options)[0]


def values(text: Text) -> dict[str, Wording | int]:
    """Return what stands in the words of a text by its name there."""
    template = str(read_catalogue("en").get(text.key).string)
    return {name: value for name, value in text.values if f"{{{name}}}" in template}


def parts(words: Wording | int) -> Iterator[Wording | int]:
    """Return a text and all texts inside it."""
    yield words
    if isinstance(words, Text):
        inside = tuple(values(words).values())
    else:
        inside = words.parts if isinstance(words, Joined) else ()
        inside = (words.wording,) if isinstance(words, FirstLetter) else inside
    for part in inside:
        yield from parts(part)


def named(words: Wording) -> list[Period]:
    return [Period(start=one.start, months=one.months) for one in parts(words) if isinstance(one, PeriodName)]


def follows(figure: Figure, whole: Figure) -> bool:
    """Tell whether a figure is otherwise than without a choice of years."""
    return (figure.title, figure.sentence, figure.drawing) != (whole.title, whole.sentence, whole.drawing)


@pytest.mark.parametrize("code", FOLLOWING)
def test_a_figure_over_time_follows_the_years_chosen(code):
    whole = unread(code, asked(code))
    figures = [unread(code, replace(asked(code), years=years)) for years in CHOSEN.values()]
    assert isinstance(whole, Figure)
    assert any(not isinstance(figure, Figure) or follows(figure, whole) for figure in figures)


@pytest.mark.parametrize("years", CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize("code", CODES)
def test_words_and_rows_are_of_the_years_chosen(code, years):
    whole, figure = unread(code, asked(code)), unread(code, replace(asked(code), years=years))
    if not isinstance(figure, Figure) or not follows(figure, whole):
        return
    assert figure.subtitle.key == ("period.subtitle_one" if years.are_one else "period.subtitle")
    assert all(years.hold(period) for period in named(figure.title))
    assert all(years.reach(period) for words in (figure.sentence, figure.alt) for period in named(words))
    ends = [int(day[:4]) for day in cells(figure, "period_end")]
    assert max(ends) <= (years.last or 9999)
    assert code in OF_THEIR_BEGINNING or min(ends) >= (years.first or 0)
    for text in (text for words in (figure.title, figure.sentence) for text in parts(words) if isinstance(text, Text)):
        first, last = (values(text).get(name, name) for name in ("first", "last"))
        assert first != last, "one year is told as a first and a last"


@pytest.mark.parametrize("years", CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize("code", CODES)
def test_a_card_names_years_that_are_answered_and_none_of_those_chosen(code, years):
    card = unread(code, replace(asked(code), years=years))
    if not isinstance(card, NotHeld) or not isinstance(unread(code, asked(code)), Figure):
        return
    first, last = named(card.reason)
    assert not years.hold(first)
    assert not years.hold(last)
    for year in (first.end.year, last.end.year):
        assert isinstance(unread(code, replace(asked(code), years=Years(first=year, last=year))), Figure)
    is_between = not years.reach(last) and years.first is not None and first.end.year < years.first
    assert (card.reason.key == "period.held_but_not_between") == is_between


def test_the_words_of_years_are_as_few_as_are_chosen():
    def words(years: Years, lang: Language) -> str:
        return unread("population", replace(asked("population"), years=years)).subtitle.text(lang)

    assert words(Years(first=2012, last=2012), "en").endswith("Year chosen: 2012")
    assert "Years chosen: 2012 – 2014;" in words(Years(first=2012, last=2014), "en")
    assert "Years chosen: from 2020;" in words(Years(first=2020), "en")
    assert "Blynyddoedd a ddewiswyd: hyd 2014;" in words(Years(last=2014), "cy")
