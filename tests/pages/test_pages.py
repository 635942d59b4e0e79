"""Every page in both languages: for a place with figures, one with a gap, with nothing built, and for a bad link."""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import queries, store
from dashboard.i18n import LANGUAGES, read_catalogue, t
from dashboard.navigation import TITLES
from tests.pages.conftest import visit
from tests.said import charts, html

FOLDER = Path(__file__).parents[2] / "pages"
PAGES = sorted(path.stem for path in FOLDER.glob("*.py"))
WRONG = (
    ("place", "W99999999", "XCAV"),
    ("lang", "fr", "en"),
    ("place", "<b>x</b>" * 50, "XCAV"),
)
SPOILT = [("home", *case) for case in WRONG]
SPOILT += [(page, *WRONG[n % len(WRONG)]) for n, page in enumerate(PAGES) if page != "home"]
CARDIFF_AND_VALE, CARDIFF, NEWPORT, SOUTH_WALES, WALES = "XCAV", "W06000015", "W06000022", "W15000003", "W92000004"


def title(page: str, lang: str, place: str, build: str) -> str:
    where = queries.area(place, build=build)
    return t(TITLES[page], lang=lang, in_place=where.in_.text(lang), place=where.name.text(lang))


def whole_english_texts() -> list[str]:
    """Return English texts long enough to know again, whose Welsh differs and that take no values."""
    texts = {m.id: m.string for m in read_catalogue("cy") if m.id and isinstance(m.id, str)}
    english = {m.id: m for m in read_catalogue("en") if m.id and isinstance(m.id, str)}
    return [
        m.string
        for key, m in english.items()
        if len(m.string) > 20 and "{" not in m.string and m.string != texts[key] and "other-language" not in m.flags
    ]


@pytest.fixture(scope="module")
def seen(on_show) -> Callable[..., AppTest]:
    """Return a visitor who only looks: each view is opened once for all tests that change nothing of it."""
    return cache(visit)


@pytest.mark.parametrize("place", [CARDIFF_AND_VALE, NEWPORT, SOUTH_WALES, WALES])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_its_title_and_every_chart_carries_its_source(seen, read, build, page, lang, place):
    session = seen(page, lang=lang, place=place)
    assert not session.exception
    text = read(session)
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", text)
    assert headings == [title(page, lang, place, build)]
    sources = re.findall(r"<footer class='ct-source'>(.*?)</footer>", text, flags=re.DOTALL)
    assert len(sources) == len(charts(session))
    opening = {"en": "Source:", "cy": "Ffynhonnell:"}[lang]
    assert all(opening in source and "https://" in source for source in sources)
    said = re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.DOTALL)
    assert (
        re.findall(r">(?:None|nan)\b(?! [a-z])|: None\b|(?<!%)\{\w+\}", said) == []
    )  # a value or a name that was not put in


@pytest.mark.parametrize("page", PAGES)
def test_a_welsh_page_says_nothing_in_english_and_that_no_translator_has_read_it(seen, read, page):
    text = read(seen(page, lang="cy", place=CARDIFF_AND_VALE))
    assert [sentence for sentence in whole_english_texts() if sentence in text] == []
    assert t("frame.translation_notice", lang="cy") in text
    assert t("app.title", lang="en") not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_no_server_but_the_links_to_its_publishers(seen, read, page):
    session = seen(page, lang="en", place=CARDIFF_AND_VALE)
    for chart in charts(session):
        assert "//" not in json.dumps(chart)
    text = re.sub(r"<a [^>]*href=['\"][^'\"]*['\"]", "", read(session))
    assert re.findall(r"(?:src|href|url\()\s*=?\s*['\"]?(?:https?:)?//[^'\" )]+", text) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_words_for_those_who_do_not_see_it(seen, page):
    for chart in charts(seen(page, lang="en", place=CARDIFF_AND_VALE)):
        assert len(chart["alt"]) > 40


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_that_is_not_held_says_why_where_to_get_it_and_that_it_is_not_guessed(open_page, read, lang):
    text = read(open_page("hate_crime", lang=lang, place=CARDIFF))
    for key in ("title", "reason", "how_to_get", "page"):
        assert t(f"not_held.hate_crime_authority.{key}", lang=lang) in text
    assert t("not_held.never_estimated", lang=lang) in text
    assert "https://www.gov.uk/" in text
    assert t("not_held.hate_crime_authority.title", lang=lang) not in read(
        open_page("hate_crime", lang=lang, place=SOUTH_WALES)
    )


@pytest.mark.parametrize("page", PAGES)
def test_what_one_visitor_searched_and_gathered_is_in_no_page_of_the_next(open_page, page):
    theirs = {"q": "zebrafinch", "tray": "-born_abroad-rra_quarterly", "since": "2026-03-04", "from": "2011"}
    mine = {"place": CARDIFF, "lang": "en"}
    assert not open_page(page, **mine, **theirs).exception
    seen = html(open_page(page, **mine))
    for words in ("zebrafinch", "tray=-born_abroad-rra_quarterly", "since=2026-03-04", "from=2011"):
        assert words not in seen


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("absence", ["away", "newer", "older", "not_whole"])
def test_where_figures_are_only_missing_at_present_a_page_says_why_and_names_no_command(
    open_page, read, monkeypatch, absence, lang
):
    monkeypatch.setattr(store, "absence", lambda: absence)
    session = open_page("home", lang=lang, place=CARDIFF)
    assert not session.exception
    text = read(session)
    assert t("no_build.at_present", lang=lang) in text
    assert t(f"no_build.{absence}", lang=lang) in text
    assert "python -m etl" not in text


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_without_any_figures_a_page_says_so_and_names_the_command(open_page, read, page, lang):
    session = open_page(page, lang=lang, place=CARDIFF)
    assert not session.exception
    text = read(session)
    assert t("no_build.title", lang=lang) in text
    assert t("no_build.explanation", lang=lang) in text
    assert "python -m etl build" in text
    assert not charts(session)
    other = "en" if lang == "cy" else "cy"
    assert t("no_build.title", lang=other) in read(session.button(key="language_switch").click().run())


@pytest.mark.parametrize(("page", "name", "value", "default"), SPOILT)
def test_a_link_that_names_what_we_do_not_have_gives_the_usual_view_and_a_plain_notice(
    open_page, page, name, value, default
):
    """One frame reads the address for all pages: the first page gets every case, and each other page one in turn."""
    session = open_page(page, **{name: value})
    assert not session.exception
    assert session.query_params[name] == default
    (notice,) = session.info
    assert value[:40] in unescape(notice.value)
    assert len(unescape(notice.value)) < 200
    assert not session.run().info  # told once


@pytest.mark.parametrize(
    "markup",
    [
        "[Log in again](https://evil.example)",
        "![x](https://evil.example/x.png)",
        ":red[stop]",
        "<https://evil.example>",
        "# stop",
        "**stop**",
        "$x^2$",
        "https://evil.example",
        "&lt;b&gt;",
    ],
)
@pytest.mark.parametrize("name", ["place", "lang"])
def test_markup_in_an_address_is_shown_as_its_letters(open_page, name, markup):
    session = open_page("home", **{name: markup})
    (notice,) = session.info
    assert f"` {markup[:40]} `" in notice.value
    assert not re.search(r"[\[\]()<>*#:$]", re.sub(r"`+ .* `+|&#\d+;", "", notice.value))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("``x` [y](z)", "``` ``x` [y](z) ```"), ("a\n\n# b", "` a # b `"), ("a\u202ex\x1b", "` a x `")],
)
def test_an_address_breaks_out_of_no_notice(open_page, asked, shown):
    (notice,) = open_page("home", place=asked).info
    assert f"&#40;{shown}&#41;" in notice.value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "asked", [[CARDIFF, NEWPORT], [f"{CARDIFF},{NEWPORT}"], ["Caerdydd a Chasnewydd"], ["x", CARDIFF]]
)
def test_a_link_to_several_places_shows_one_of_them_and_says_so(open_page, asked, lang):
    session = open_page("home", lang=lang, place=asked)
    assert session.query_params["place"] in (CARDIFF, [CARDIFF])  # written anew, or as it came
    (notice,) = session.info
    assert t("notice.several_places", lang=lang, value="!", place="?").partition("(")[0] in unescape(notice.value)
    assert not session.run().info  # told once, and the address names one place from then on


@pytest.mark.parametrize("asked", [[CARDIFF, "Caerdydd"], [CARDIFF, CARDIFF], [CARDIFF, ""]])
def test_a_place_named_twice_is_one_place(open_page, asked):
    session = open_page("home", place=asked)
    assert not session.info
    assert session.query_params["place"] in (CARDIFF, [CARDIFF])  # written anew, or as it came


@pytest.mark.parametrize("name", ["place", "lang"])
@pytest.mark.parametrize("value", ["", " ", "\u200b"], ids=["empty", "space", "of no width"])
def test_a_part_that_says_nothing_is_no_part(open_page, name, value):
    session = open_page("home", **{name: value})
    assert not session.info
    assert session.query_params[name] == {"place": CARDIFF_AND_VALE, "lang": "en"}[name]
    sentence = t("frame.usual_place", lang="en", place="the area of South Wales").partition("the area")[0]
    assert sentence in html(session)  # whose figures these are is told all the same


@pytest.mark.parametrize("year", ["1066", "2020", "x"])
def test_a_year_that_is_not_held_gives_the_newest_and_says_so(open_page, read, year):
    session = open_page("migration", place=CARDIFF, year=year)
    assert not session.exception
    assert session.query_params["year"] == "2019"
    assert [year in notice.value for notice in session.info] == [True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_place_language_and_year_follow_a_visitor_from_page_to_page(open_page, read, build, lang):
    session = open_page("migration", lang=lang, place=NEWPORT, year="2012")
    for page in ("hate_crime", "home", "migration"):
        session.query_params.clear()  # as Streamlit does when a page is left
        session.switch_page(f"../pages/{page}.py").run()
        assert not session.exception
        assert title(page, lang, NEWPORT, build) in read(session)
        assert session.query_params["place"] == NEWPORT
        assert session.query_params["lang"] == lang
    assert session.query_params["year"] == "2012"


def test_the_address_of_a_view_opens_the_same_view_for_a_colleague(open_page, read):
    mine = open_page("migration", lang="cy", place=NEWPORT, year="2012")
    theirs = open_page("migration", **dict(mine.query_params))
    assert read(mine) == read(theirs)
    assert charts(mine) == charts(theirs) != []


def test_the_language_switch_keeps_the_page_and_the_place(open_page, read, build):
    session = open_page("migration", place=NEWPORT)
    session.button(key="language_switch").click().run()
    assert title("migration", "cy", NEWPORT, build) in read(session)
    assert session.query_params["lang"] == "cy"
    session.button(key="language_switch").click().run()
    assert title("migration", "en", NEWPORT, build) in read(session)


def test_another_place_can_be_picked_and_the_address_takes_its_code_not_its_name(open_page, read, build):
    session = open_page("migration", lang="cy", place=CARDIFF)
    session.selectbox(key="place_picker_cy").select("Ynys Môn").run()
    assert not session.exception
    assert session.query_params["place"] == "W06000001"
    assert title("migration", "cy", "W06000001", build) in read(session)


def test_another_year_can_be_picked_and_the_waterfall_follows(open_page):
    session = open_page("migration", place=CARDIFF)
    before = charts(session)
    picker = session.selectbox(key="year_picker_en")
    picker.select(picker.options[-1]).run()
    after = charts(session)
    assert session.query_params["year"] == "2002"
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_running_a_page_leaves_pythons_path_alone_so_that_imports_beside_it_find_everything(open_page, monkeypatch):
    changes = _Watched(sys.path)
    monkeypatch.setattr(sys, "path", changes)
    open_page("home")
    assert changes.touched == []


def test_no_module_of_the_dashboard_hides_one_of_pythons():
    assert "dashboard" not in statistics.__file__


class _Watched(list):
    """A list that keeps what was done to it: other threads may be reading it."""

    touched: list[str]

    def __init__(self, items) -> None:
        super().__init__(items)
        self.touched = []

    def insert(self, at, item) -> None:
        self.touched.append(f"insert {item}")
        super().insert(at, item)

    def remove(self, item) -> None:
        self.touched.append(f"remove {item}")
        super().remove(item)

    def __setitem__(self, at, item) -> None:
        self.touched.append(f"set {at}")
        super().__setitem__(at, item)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_hate_crime_page_opens_with_what_its_publisher_warns_of(open_page, read, lang):
    text = read(open_page("hate_crime", lang=lang, place=CARDIFF))
    warning, first_chart = text.index(t("hate_crime.publisher", lang=lang)), text.index("ct-source")
    assert warning < first_chart
    assert "do not currently provide reliable trends in hate crime" in t("hate_crime.publisher", lang="en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "parts",
    [{"amp;place": NEWPORT}, {"place": "w06000022."}, {"place": "Casnewydd"}, {"place": "newport"}, {"Place": NEWPORT}],
)
def test_a_link_that_was_spoilt_on_its_way_reaches_the_place_meant(open_page, read, build, lang, parts):
    session = open_page("migration", lang=lang.upper(), **parts)
    assert title("migration", lang, NEWPORT, build) in read(session)
    assert not session.info
    assert {"lang": lang, "place": NEWPORT} == {name: session.query_params[name] for name in ("lang", "place")}
    assert not {"amp;place", "Place"} & set(session.query_params)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_that_means_nothing_is_told_and_left_out(open_page, lang):
    session = open_page("migration", lang=lang, place=NEWPORT, foo="**bar**")
    (notice,) = session.info
    assert "` foo=**bar** `" in notice.value
    assert "foo" not in session.query_params
    assert not session.run().info


@pytest.mark.parametrize(("lang", "said"), [("en", "before the last one"), ("cy", "cyn yr un diwethaf")])
def test_a_next_meeting_before_the_last_is_told_on_the_page(open_page, lang, said):
    days = {"since": "2026-09-10", "kind": "mine", "tray": "-since", "lang": lang, "place": NEWPORT}
    (notice,) = open_page("briefings", **days, next="2026-09-09").info
    assert said in notice.value
    assert "2026-09-09 < 2026-09-10" in notice.value
    assert not open_page("briefings", **days, next="2026-09-10").info


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_place_was_named_the_page_says_which_it_shows_until_one_is_chosen(open_page, read, build, lang):
    said = t("frame.usual_place", lang=lang, place=queries.area("XCAV", build=build).called.text(lang))
    session = open_page("hate_crime", lang=lang)
    assert said in read(session)
    session.selectbox(key=f"place_picker_{lang}").select(queries.area(NEWPORT, build=build).name.text(lang)).run()
    assert said not in read(session)
    assert said not in read(open_page("hate_crime", lang=lang, place="XCAV"))
