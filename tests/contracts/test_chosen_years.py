"""Whatever years are chosen, a figure's words, rows and card speak of the same ones: every figure, by the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from dashboard import store
from dashboard.figure import Figure, NotHeld
from dashboard.figures.catalogue import ENTRIES, unread
from dashboard.figures.request import Request, read
from dashboard.i18n import LANGUAGES, Language, read_catalogue
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
NEWEST_HELD: dict[Language, str] = {"en": r"newest \w+ held|no newer", "cy": r"diweddaraf sydd gennym|mwy newydd"}
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
def test_a_figure_that_is_not_of_the_years_chosen_says_so(code, years):
    """Whatever follows no choice of years is of them by chance, or its subtitle says that they change nothing."""
    whole, figure = unread(code, asked(code)), unread(code, replace(asked(code), years=years))
    if not isinstance(figure, Figure) or not isinstance(whole, Figure) or follows(figure, whole):
        return
    assert whole.subtitle.text("en") in figure.subtitle.text("en")
    says_so = {"period.beside", "period.beside_one"} & {
        one.key for one in parts(figure.subtitle) if isinstance(one, Text)
    }
    is_of_them = all(years.hold(one.period) for one in figure.newest)
    assert figure.is_of_years or bool(says_so) != is_of_them


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The years chosen (2024 – 2025) do not change this figure"),
        ("cy", "Nid yw'r blynyddoedd a ddewiswyd (2024 – 2025) yn newid y ffigur hwn"),
    ],
)
@pytest.mark.parametrize("code", ["strands_first_published", "charged", "components_of_change", "census_religion"])
def test_what_shows_other_years_than_those_chosen_says_that_they_change_nothing(code, lang, words):
    figure = unread(code, replace(asked(code), years=Years(first=2024, last=2025)))
    assert figure.subtitle.text(lang).endswith(words)
    one = unread(code, replace(asked(code), years=Years(first=2024, last=2024)))
    assert "(2024)" in one.subtitle.text(lang)
    assert "chosen" not in unread(code, asked(code)).subtitle.text("en")


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


@pytest.mark.parametrize("code", ["population", "population_change", "racist_incidents"])
def test_a_sentence_under_one_year_alone_does_not_say_the_title_again(code):
    year = Years(first=2014, last=2014)
    figure = unread(code, replace(asked(code), years=year))
    assert isinstance(figure, Figure)
    assert cells(figure, "period_end") == ["2014-03-31" if code == "racist_incidents" else "2014-06-30"]
    for lang in LANGUAGES:
        numbers = set(re.findall(r"[\d,]*\d", figure.title.text(lang))) - {"2014"}
        assert numbers
        assert not numbers & set(re.findall(r"[\d,]*\d", figure.sentence.text(lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", FOLLOWING)
def test_no_figure_of_chosen_years_says_that_nothing_newer_is_held(code, lang):
    """Whatever ends where a reader wanted it to end says what is shown; what is held goes on."""
    figure = unread(code, replace(asked(code), years=Years(last=2014)))
    if isinstance(figure, Figure):
        words = " ".join(one.text(lang) for one in (figure.title, figure.sentence, figure.alt, *figure.caveat_texts))
        assert not re.search(NEWEST_HELD[lang], words, re.IGNORECASE)


def test_a_running_total_says_by_which_day_it_is():
    def title(lang: Language, **years: int) -> str:
        return unread("resettlement_schemes", replace(asked("resettlement_schemes"), years=Years(**years))).title.text(
            lang
        )

    assert title("en", last=2020).startswith("All 88 people resettled in Cardiff by 31 December 2020 came under the")
    assert "88 o bobl a ailsefydlwyd yng Nghaerdydd erbyn 31 Rhagfyr 2020" in title("cy", last=2020)
    assert title("en").startswith("By 30 September 2024, 100 of the 105 people resettled in Cardiff had come under the")


def test_the_words_of_years_are_as_few_as_are_chosen():
    def words(years: Years, lang: Language) -> str:
        return unread("population", replace(asked("population"), years=years)).subtitle.text(lang)

    assert words(Years(first=2012, last=2012), "en").endswith("Year chosen: 2012")
    assert "Years chosen: 2012 – 2014;" in words(Years(first=2012, last=2014), "en")
    assert "Years chosen: from 2020;" in words(Years(first=2020), "en")
    assert "Blynyddoedd a ddewiswyd: hyd 2014;" in words(Years(last=2014), "cy")
