"""Choices for all pages: places beside ours, years, and the day since the last meeting; in the address, and kept."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.i18n import LANGUAGES, t

CARDIFF, NEWPORT, VALE, WALES = "W06000015", "W06000022", "W06000014", "W92000004"
CHOICES = ("with", "from", "to", "since")


def first(session, name: str) -> str:
    """Return a part of the address; one the script has written is a text, one of the link a list."""
    value = session.query_params[name]
    return value if isinstance(value, str) else value[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_with_places_and_years_is_followed_and_kept_on_the_next_page(open_page, read, lang):
    session = open_page("migration", lang=lang, place=CARDIFF, **{"with": f"{NEWPORT},{WALES}", "from": "2018"})
    assert not session.exception
    assert not session.info
    assert {button.key for button in session.button} >= {f"beside_{NEWPORT}", f"beside_{WALES}"}
    assert f"./figures/population.csv?place={CARDIFF}&with={NEWPORT},{WALES}&from=2018&lang={lang}" in read(session)
    for name in ("with", "from"):
        del session.query_params[name]  # as Streamlit does when the page changes
    again = session.switch_page("../pages/hate_crime.py").run()
    assert [first(again, name) for name in ("with", "from")] == [f"{NEWPORT},{WALES}", "2018"]


def test_a_place_is_added_from_the_list_and_taken_away_by_its_button(open_page):
    session = open_page("migration", place=CARDIFF)
    assert "with" not in session.query_params
    picker = next(one for one in session.selectbox if one.key.startswith("beside_picker"))
    session = picker.select("Newport").run()
    assert first(session, "with") == NEWPORT
    session = session.button(key=f"beside_{NEWPORT}").click().run()
    assert "with" not in session.query_params
    assert not session.info


def test_the_place_beside_that_becomes_ours_is_left_out_without_a_word(open_page):
    session = open_page("migration", place=CARDIFF, **{"with": f"{VALE},{NEWPORT}"})
    session = session.selectbox(key="place_picker_en").select("Vale of Glamorgan").run()
    assert [first(session, name) for name in ("place", "with")] == [VALE, NEWPORT]
    assert not session.info


@pytest.mark.parametrize(
    ("asked", "notice", "left"),
    [
        ({"with": CARDIFF}, "compare.notice.beside_itself", {}),
        ({"with": f"{NEWPORT},{NEWPORT}"}, "compare.notice.beside_twice", {"with": NEWPORT}),
        ({"with": "[x](https://example.org)"}, "compare.notice.beside_unknown", {}),
        ({"from": "2025", "to": "2018"}, "compare.notice.period_turned", {}),
        ({"from": "<b>"}, "notice.no_year", {}),
        ({"since": "last meeting"}, "notice.no_date", {}),
        ({"since": "2026-02-30"}, "notice.no_date", {}),
    ],
)
def test_what_cannot_be_followed_gives_the_usual_and_one_notice(open_page, asked, notice, left):
    session = open_page("migration", place=CARDIFF, **asked)
    assert not session.exception
    (told,) = (unescape(one.value) for one in session.info)
    assert told.startswith(t(notice, lang="en", name="|", value="|", place="Cardiff").split("|")[0][:20])
    assert "https://example.org)" not in told.replace("` ", "").replace("[x](https://example.org)", "")
    assert {name: first(session, name) for name in CHOICES if name in session.query_params} == left


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize(
    ("asked", "place", "name"),
    [
        ("Y Barri", VALE, {"en": "Vale of Glamorgan", "cy": "Bro Morgannwg"}),
        ("ym Mhenarth", VALE, {"en": "Vale of Glamorgan", "cy": "Bro Morgannwg"}),
        ("Bae Caerdydd", CARDIFF, {"en": "Cardiff", "cy": "Caerdydd"}),
    ],
)
def test_a_town_in_a_link_leads_to_its_authority_with_a_word_that_says_so(open_page, lang, asked, place, name):
    session = open_page("migration", place=asked, lang=lang)
    assert not session.exception
    assert first(session, "place") == place
    (told,) = (unescape(one.value) for one in session.info)
    assert asked in told
    assert name[lang] in told


def test_another_name_of_a_place_in_a_link_is_that_place(open_page):
    session = open_page("migration", place="Sir Gâr")
    assert first(session, "place") == "W06000010"
    assert not session.info


def test_twenty_places_are_cut_to_the_most_there_may_be(open_page):
    twenty = ",".join(f"W060000{n:02}" for n in (*range(1, 7), *range(8, 15), *range(18, 25)))
    session = open_page("migration", place=CARDIFF, **{"with": twenty})
    assert len(session.info) == 1
    assert len([button for button in session.button if button.key.startswith("beside_W")]) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_released_after_a_day_is_listed_on_home_and_marked_on_figures(open_page, read, lang):
    home = read(open_page("home", lang=lang, place=CARDIFF, since="2026-06-01"))
    assert t("since.question", lang=lang) in home
    assert "ct-since" in home
    assert "ct-new" in read(open_page("migration", lang=lang, place=CARDIFF, since="2026-06-01"))
    nothing = read(open_page("home", lang=lang, place=CARDIFF, since="2026-11-28"))
    assert "ct-since" not in nothing
    day = {"en": "28 November 2026", "cy": "28 Tachwedd 2026"}[lang]
    assert t("since.nothing", lang=lang, day=day, newest="|").split("|")[0] in nothing


def test_a_rate_of_years_too_small_for_one_leaves_the_page_whole(open_page, read):
    years = {"from": "2019", "to": "2019"}
    session = open_page("sanctuary", lang="en", place="W06000024", unit="rate", **years)
    assert not session.exception
    usual = read(open_page("sanctuary", lang="en", place="W06000024", **years))
    assert len(read(session)) > 0.9 * len(usual)


BOXES = [
    ("home", "since", {}, "since_text"),
    ("briefings", "since", {"kind": "mine"}, "meeting_since"),
    ("briefings", "next", {"kind": "mine"}, "meeting_next"),
]


@pytest.mark.parametrize(("page", "name", "more", "key"), BOXES)
@pytest.mark.parametrize(
    ("lang", "typed", "shown"),
    [
        ("en", "10/9/26", "10 September 2026"),
        ("en", "10 Sep 2026", "10 September 2026"),
        ("cy", "10 Medi 2026", "10 Medi 2026"),
    ],
)
def test_a_day_is_typed_as_people_write_it_and_stands_in_the_box_as_it_was_understood(
    open_page, page, name, more, key, lang, typed, shown
):
    session = open_page(page, lang=lang, place=CARDIFF, **more)
    session = session.text_input(key=f"{key}_{lang}").input(typed).run()
    assert not session.exception
    assert first(session, name) == "2026-09-10"
    assert session.text_input(key=f"{key}_{lang}").value == shown
    assert not session.info


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "name", "more", "key"), BOXES)
@pytest.mark.parametrize("typed", ["last month", "31/02/2026"])
def test_what_is_no_day_stays_in_its_box_and_is_told_of_there(open_page, read, page, name, more, key, lang, typed):
    session = open_page(page, lang=lang, place=CARDIFF, **more, **{name: "2026-09-10"})
    session = session.text_input(key=f"{key}_{lang}").input(typed).run()
    assert not session.exception
    assert not session.info, "nothing is told at the top of the page, of a link that nobody followed"
    assert session.text_input(key=f"{key}_{lang}").value == typed
    assert name not in session.query_params
    assert t("since.no_day", lang=lang, typed=typed, day="|").split("|")[0] in read(session)
    again = session.text_input(key=f"{key}_{lang}").input("10/9/2026").run()
    assert first(again, name) == "2026-09-10"
    assert typed not in read(again)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_whose_day_cannot_be_read_is_told_of_without_a_word_of_the_address(open_page, lang):
    (notice,) = open_page("home", lang=lang, place=CARDIFF, since="last month").info
    assert "last month" in unescape(notice.value)
    assert "since" not in unescape(notice.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_police_figures_among_the_newest_stand_under_no_name_of_a_council_as_ours(open_page, read, lang):
    text = read(open_page("home", lang=lang, place=CARDIFF, **{"with": NEWPORT}))
    heads = re.findall(r"class='ct-number'>([^<]*)</th>", re.findall(r"ct-latest.*?</thead>", text, flags=re.DOTALL)[0])
    assert heads == [t("column.value", lang=lang), {"en": "Newport", "cy": "Casnewydd"}[lang]]
