"""The page of tension: a nil return in one click, a warning that must be answered, and nothing of it for partners."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import period_label
from local_figures import door, tension, typed
from local_figures.checking.cells import Place
from local_figures.store import editions
from local_figures.weeks import WEEK
from tests.said import box, button, charts, said
from tests.workspace.conftest import CARDIFF, VALE, act
from workspace import days, identity
from workspace.tension import boxes

TODAY = date(2026, 11, 29)
MONDAY = date(2026, 11, 23)
LAST = MONDAY - WEEK
PLACE = Place(today=TODAY, areas=frozenset({CARDIFF, VALE}))


@pytest.fixture(autouse=True)
def on_a_sunday(monkeypatch):
    monkeypatch.setenv("COHESION_TODAY", TODAY.isoformat())


def told(key: str, lang="en", **values) -> str:
    return t(f"own.tension.{key}", lang=lang, **values)


def rows(store):
    return list(door.lines(store, act(), tension.TEMPLATE).lines.values())


def keep(store, *changes):
    for change in changes:
        typed.keep(store, act(), template=tension.TEMPLATE, change=change, place=PLACE)


def entry(week: date = LAST, count: int = 1, area: str = CARDIFF, **cells: str) -> dict[str, str]:
    given = {"tension_kind": "experienced", "theme": "race", "count": str(count)}
    return {**tension.nil_row(week=week, area=area), **given, **cells}


def test_nothing_to_report_is_one_click_and_is_undone_by_another(store, open_page):
    app = open_page("own_tension", place=CARDIFF)
    app = button(app, told("nil", day="16 November 2026")).click().run()
    assert told("nil_kept") in said(app)
    assert rows(store) == [tension.nil_row(week=LAST, area=CARDIFF)]
    app = button(app, told("nil_back")).click().run()
    assert told("nil_taken_back") in said(app)
    assert rows(store) == []
    app = button(app, t("own.keeping.undo", lang="en")).click().run()
    assert rows(store) == [tension.nil_row(week=LAST, area=CARDIFF)]
    said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_which_week_a_return_is_of_is_said_from_its_monday_to_its_sunday(store, open_page, lang):
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    last = {"en": "16 to 22 November 2026", "cy": "16 i 22 Tachwedd 2026"}[lang]
    assert told("week_last", lang, days=last) in said(app)  # the first that wants a return is over
    keep(store, tension.nil_return(week=LAST, area=CARDIFF))
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    this = {"en": "23 to 29 November 2026", "cy": "23 i 29 Tachwedd 2026"}[lang]
    assert told("week_running", lang, days=this) in said(app)
    options = next(one for one in app.selectbox if this in one.options).options
    assert {"en": "28 September to 4 October 2026", "cy": "28 Medi i 4 Hydref 2026"}[lang] in options
    years = {"en": "28 December 2026 to 3 January 2027", "cy": "28 Rhagfyr 2026 i 3 Ionawr 2027"}[lang]
    assert boxes.days_of(date(2026, 12, 28), lang) == years


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kinds_and_levels_say_what_they_are_where_one_chooses(store, open_page, lang):
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    kind = next(one for one in app.radio if len(one.options) == len(tension.KINDS))
    assert list(kind.proto.captions) == [told(f"kind.{code}", lang) for code in tension.KINDS]
    level = {"en": "Level", "cy": "Lefel"}[lang]
    assert box(app, "selectbox", level).help == told("levels_unnamed", lang)
    assert told("levels_unnamed", lang) in said(app)
    keep_levels = tension.naming({"1": ("Calm", "Tawel")})
    typed.keep(store, act(), template=tension.LEVELS, change=keep_levels, place=PLACE)
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    assert box(app, "selectbox", level).help == told("levels_named", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_place_chosen_above_is_the_area_of_the_forms(store, open_page, lang):
    area = told("area", lang)
    for code in (VALE, CARDIFF):
        app = open_page("own_tension", place=code, lang=lang)
        assert box(app, "selectbox", area).value == code
        assert box(app, "radio", area).value == code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_is_written_in_words_in_boxes_too(store, open_page, lang):
    keep(store, tension.returning(entry(first_action_on="2026-11-17", action="Rang")))
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    heading = {"en": "First action on", "cy": "Cam cyntaf ar"}[lang]
    first, kept = [one for one in app.text_input if one.label == heading]
    month = {"en": "November", "cy": "Tachwedd"}[lang]
    assert first.placeholder == f"28 {month} 2026"
    assert kept.value == f"17 {month} 2026"
    box(app, "text_input", {"en": "Action", "cy": "Cam gweithredu"}[lang]).set_value("")
    app = button(app, told("keep_change", lang)).click().run()
    assert told("changed", lang) in said(app)
    assert [one["first_action_on"] for one in rows(store)] == ["2026-11-17"]


def test_an_entry_is_kept_with_three_choices_and_the_form_is_empty_again(store, open_page):
    app = open_page("own_tension", place=CARDIFF)
    box(app, "selectbox", "Theme").set_value("protest")
    app = button(app, told("keep")).click().run()
    assert told("kept") in said(app)
    assert rows(store) == [entry(theme="protest")]
    assert box(app, "selectbox", "Theme").value is None
    assert told("of_week", day="16 November 2026") in said(app)  # the week stays chosen for the next entry


def test_a_telephone_number_in_words_must_be_answered_and_another_asks_again(store, open_page):
    app = open_page("own_tension", place=CARDIFF)
    box(app, "selectbox", "Theme").set_value("race")
    box(app, "text_input", "Action").set_value("Rang 029 2087 2087")
    app = button(app, told("keep")).click().run()
    assert t("local.check.seems_telephone", lang="en") in said(app)
    assert rows(store) == []
    app = button(app, told("keep")).click().run()  # without an answer
    assert rows(store) == []
    box(app, "checkbox", t("own.keeping.answer", lang="en")).check()
    box(app, "text_input", "Action").set_value("Rang 029 2087 2088")
    app = button(app, told("keep")).click().run()
    assert rows(store) == []
    box(app, "text_input", "Action").set_value("Rang the school")
    app = button(app, told("keep")).click().run()
    assert [one["action"] for one in rows(store)] == ["Rang the school"]
    said(app)


def test_an_answered_warning_is_kept(store, open_page):
    app = open_page("own_tension", place=CARDIFF)
    box(app, "selectbox", "Theme").set_value("race")
    box(app, "text_input", "Action").set_value("Meeting in room 029 2087 2087")
    app = button(app, told("keep")).click().run()
    box(app, "checkbox", t("own.keeping.answer", lang="en")).check()
    app = button(app, told("keep")).click().run()
    assert [one["action"] for one in rows(store)] == ["Meeting in room 029 2087 2087"]
    said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_is_told_by_its_box_and_stays_in_it(store, open_page, lang):
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    count = {"en": "Number", "cy": "Nifer"}[lang]
    box(app, "text_input", count).set_value("-1")
    app = button(app, told("keep", lang)).click().run()
    assert f"{count}: {t('local.check.not_whole', lang=lang, came='-1')}" in said(app)
    assert f"{ {'en': 'Theme', 'cy': 'Thema'}[lang] }: {t('local.check.missing', lang=lang)}" in said(app)
    assert box(app, "text_input", count).value == "-1"
    assert rows(store) == []


def test_weeks_without_a_return_are_named_and_a_nil_return_is_none_of_them(store, open_page):
    keep(store, tension.returning(entry(LAST - 3 * WEEK)))
    keep(store, tension.nil_return(week=LAST - WEEK, area=CARDIFF))
    text = said(open_page("own_tension", place=CARDIFF))
    assert told("missing", n=2) in text
    assert told("no_return", day="16 November 2026") in text
    assert told("no_return", day="2 November 2026") in text
    assert told("no_return", day="9 November 2026") not in text


def test_an_entry_is_closed_and_taken_out(store, open_page):
    keep(store, tension.returning(entry()))
    app = open_page("own_tension", place=CARDIFF)
    assert told("open", n=1) in said(app)
    boxes = [one for one in app.text_input if one.label == "Closed on"]
    boxes[-1].set_value("20/11/2026")
    app = button(app, told("keep_change")).click().run()
    assert told("none_open") in said(app)
    assert [one["closed_on"] for one in rows(store)] == ["2026-11-20"]
    app = button(app, told("take_out")).click().run()
    assert rows(store) == []
    app = button(app, t("own.keeping.undo", lang="en")).click().run()
    assert len(rows(store)) == 1
    said(app)


def test_two_who_change_the_same_entry_are_told(store, open_page):
    keep(store, tension.returning(entry()))
    app = open_page("own_tension", place=CARDIFF)
    keep(store, typed.replacing(2, was=entry(), now=entry(closed_on="2026-11-19")))
    [one for one in app.text_input if one.label == "Closed on"][-1].set_value("20/11/2026")
    app = button(app, told("keep_change")).click().run()
    assert t("local.refused.row_changed", lang="en") in said(app)
    assert [one["closed_on"] for one in rows(store)] == ["2026-11-19"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_newest_week_is_held_against_its_range_once_twelve_stand_before_it(store, open_page, lang):
    for n in range(13):
        keep(store, tension.returning(entry(LAST - n * WEEK, count=8 + n % 3)))
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    box(app, "radio", told("area", lang)).set_value(CARDIFF)
    app = app.run()
    before, after = t("own.tension.expected.within.week", lang=lang, n=12, lower="|", upper="|").split("|")[:2]
    assert before in said(app)
    assert after in said(app)
    assert t("own.expected.double", lang=lang, middle="|").split("|")[1] in said(app)
    assert told("small.week", lang) not in said(app)  # that twice as many would be within has just been said
    (chart,) = charts(app)
    assert chart["alt"].startswith(told("chart.week", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_axis_of_weeks_names_months_however_wide_the_page_is(store, open_page, lang):
    for n in range(13):
        keep(store, tension.returning(entry(LAST - n * WEEK, count=8 + n % 3)))
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    (chart,) = charts(app)
    axis = chart["layout"]["xaxis"]
    assert axis["tickmode"] == "array"
    assert axis["tickvals"][-1] == LAST.isoformat()
    assert axis["ticktext"][-1] == period_label(start=date(2026, 11, 1), months=1, lang=lang, style="short")
    assert told("chart.week", lang) in said(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_range_that_holds_nearly_anything_no_verdict_is_given(store, open_page, lang):
    for n in range(13):
        keep(store, tension.returning(entry(LAST - n * WEEK, count=(14, 2, 9, 1, 12)[n % 5])))
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    text = said(box(app, "radio", told("area", lang)).set_value(CARDIFF).run())
    assert told("expected.wide.week", lang, n=12, lower=0, upper="|", middle="|").split("|")[0] in text
    assert told("expected.within.week", lang, n=12, lower="|", upper="|").split("|")[0] not in text
    assert told("small.week", lang) not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_week_with_a_return_missing_is_a_gap_without_a_band_and_not_a_week_with_nothing(store, open_page, lang):
    """Of two areas one has no return for the newest week: its 0 is not of the whole."""
    rows = {
        at: entry(LAST - n * WEEK, count=8 + n % 3, area=area)
        for at, (n, area) in enumerate(((n, area) for n in range(1, 16) for area in (CARDIFF, VALE)), start=2)
        if (n, area) != (2, VALE)
    }
    editions.upload(store, act(), template=tension.TEMPLATE, lines={**rows, 99: tension.nil_row(week=LAST, area=VALE)})
    app = open_page("own_tension", lang=lang)
    day = days.in_words(LAST, lang)
    assert told("newest_none.week", lang, when=day) not in said(app)
    assert told("newest.week", lang, when=day, n=0) in said(app)
    assert told("not_whole", lang, returned=1, wanted=2) in said(app)
    (chart,) = charts(app)
    gaps = {(LAST - n * WEEK).isoformat() for n in (0, 2)}
    drawn = {at: y for trace in chart["data"] for at, y in zip(trace["x"], trace["y"], strict=True)}
    assert {at for at, y in drawn.items() if y is not None} & gaps == set()


def by_quarter(open_page, lang):
    app = open_page("own_tension", place=CARDIFF, lang=lang)
    box(app, "radio", told("area", lang)).set_value(CARDIFF)
    box(app, "radio", told("length", lang)).set_value("quarter")
    return said(app.run())


SIX_YEARS = [LAST - n * WEEK for n in range(24 * 13)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_seventeen_quarters_may_be_too_few_is_said(store, open_page, lang):
    """No autumn has every return, so seventeen whole quarters of three seasons give no range."""
    weeks = [week for week in SIX_YEARS if week.month != 10 or week.day > 7]
    lines = {at: entry(week, count=3) for at, week in enumerate(weeks, start=2)}
    editions.upload(store, act(), template=tension.TEMPLATE, lines=lines)
    text = by_quarter(open_page, lang)
    assert told("expected.few_points.quarter", lang, n=17) in text
    assert {"en": "two or more of each season", "cy": "dau neu fwy o bob tymor"}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nil_returns_of_a_part_of_a_quarter_are_not_a_quarter_of_nothing(store, open_page, lang):
    weeks = [week for week in SIX_YEARS if week != date(2026, 7, 6)]
    newest = [week for week in weeks if date(2026, 7, 1) <= week < date(2026, 10, 1)]
    lines = {at: entry(week, count=3) for at, week in enumerate(weeks, start=2) if week not in newest}
    lines |= {at: tension.nil_row(week=week, area=CARDIFF) for at, week in enumerate(newest, start=1000)}
    editions.upload(store, act(), template=tension.TEMPLATE, lines=lines)
    text, when = (
        by_quarter(open_page, lang),
        period_label(start=date(2026, 7, 1), months=3, lang=lang, style="long"),
    )
    assert told("not_whole", lang, returned=12, wanted=13) in text
    assert told("newest.quarter", lang, when=when, n=0) in text
    assert told("newest_none.quarter", lang, when=when) not in text


def test_of_the_newest_week_a_true_0_is_written_at_its_point(store, open_page):
    keep(store, *(tension.returning(entry(LAST - n * WEEK, count=8)) for n in (1, 2)))
    keep(store, tension.nil_return(week=LAST, area=CARDIFF))
    app = open_page("own_tension", place=CARDIFF)
    app = box(app, "radio", told("area")).set_value(CARDIFF).run()
    assert told("newest_none.week", when=days.in_words(LAST, "en")) in said(app)
    (chart,) = charts(app)
    assert "<b>0</b>" in repr(chart) or "'text': '0'" in repr(chart), chart


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_there_is_nothing_yet_it_says_so(store, open_page, lang):
    text = said(open_page("own_tension", lang=lang))
    for key in ("stays", "none_open", "nothing_told.week", "low", "no_entries"):
        assert told(key, lang) in text


def test_levels_are_called_as_the_partnership_calls_them(store, open_page):
    app = open_page("own_tension", place=CARDIFF)
    box(app, "text_input", told("level.en", n="1")).set_value("Calm")
    app = button(app, told("keep_levels")).click().run()
    assert t("local.check.missing", lang="en") in said(app)
    box(app, "text_input", told("level.en", n="1")).set_value("Calm")
    box(app, "text_input", told("level.cy", n="1")).set_value("Tawel")
    app = button(app, told("keep_levels")).click().run()
    assert told("levels_kept") in said(app)
    assert "1: Calm" in box(app, "selectbox", "Level").options


def person(store, monkeypatch, role: str) -> None:
    editions.set_role(store, act(), person="pat", role=role)
    monkeypatch.setattr(identity, "_this_person", lambda: "pat")


def test_a_reader_sees_the_rows_and_no_form(store, open_page, monkeypatch):
    keep(store, tension.returning(entry(action="Officer visited")))
    person(store, monkeypatch, editions.READER)
    app = open_page("own_tension")
    assert "Officer visited" in said(app)
    assert [one.label for one in app.button if one.label in (told("keep"), told("keep_levels"))] == []


def test_a_partner_sees_what_was_approved_for_partners_and_no_row(store, open_page, monkeypatch):
    week = date(2026, 7, 6)
    keep(store, tension.returning(entry(week, count=3, action="Officer visited")))
    keep(store, tension.returning(entry(week, count=9, theme="protest")))
    keep(store, tension.nil_return(week=week + WEEK, area=CARDIFF))
    keep(store, tension.returning(entry(count=77)))  # of the quarter that runs
    (number,) = [one.number for one in editions.editions(store, act(), template=tension.TEMPLATE)]
    door.approve(store, act(), tension.TEMPLATE, number, level="private")
    person(store, monkeypatch, editions.PARTNER)
    assert told("partners_none") in said(open_page("own_tension"))
    editions.set_level(store, act(), template=tension.TEMPLATE, number=number, level="partners")
    app = open_page("own_tension", place=CARDIFF)
    text = said(app)
    assert "Officer visited" not in text
    assert "[c]" in text
    assert t("own.hidden", lang="en") in text
    assert told("low") in text
    assert "Area code" not in text
    assert text.index(told("head.total")) < text.index("Race")  # all themes together before each
    assert told("partners_none") in said(open_page("own_tension", place=VALE))  # of the place chosen above alone
    assert told("weeks_returned", returned=2, wanted=13) in text
    assert "77" not in text
    assert "Nothing to report" not in text
    assert t("own.mark.partners", lang="en") in text
    assert told("keep") not in [one.label for one in open_page("own_tension").button]


def test_how_fast_is_told_of_a_year_and_of_all_weeks(store, open_page):
    weeks = [LAST - n * WEEK for n in range(60)]
    lines = {
        at: entry(week, count=6, closed_on=(week + timedelta(days=3)).isoformat()) for at, week in enumerate(weeks, 2)
    }
    editions.upload(store, act(), template=tension.TEMPLATE, lines=lines)
    app = open_page("own_tension", place=CARDIFF)
    assert told("pace.days", days="3", n=60) in said(app)
    assert told("pace.days", days="3", n=51) in said(app)
