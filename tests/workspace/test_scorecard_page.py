"""The scorecard's page: an outcome with its quadrants, values typed, put right, taken out and undone."""

from __future__ import annotations

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures import door
from local_figures.scorecard import QUADRANTS
from local_figures.store import editions
from tests.said import said
from tests.workspace.conftest import act
from workspace import scorecards

PAGE = "own_scorecard"


def box(app, label: str):
    return next(one for one in app.text_input if one.label == t(label, lang="en"))


def type_value(app, *, item="Schools visited", value="24", unit="schools", target="30", note=""):
    boxes = {"What is measured": item, "Value": value, "Unit": unit, "Target": target, "Note": note}
    for one in app.text_input:
        if one.label in boxes:
            one.set_value(boxes[one.label])
    return press(app, "own.keeping.keep")


def press(app, key: str):
    return next(one for one in app.button if one.label == t(key, lang="en")).click().run()


def rows(store):
    return list(door.lines(store, act(), "scorecard").lines.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("outcome", ["1", "7"])
def test_an_outcome_tells_what_is_published_and_says_where_nothing_is(store, open_page, lang, outcome):
    told = said(open_page(PAGE, lang=lang, outcome=outcome))
    assert scorecards.name(outcome).text(lang) in told
    none = t("own.scorecard.none_published", lang=lang)
    assert told.count(none) == (0 if outcome == "1" else 1)
    assert told.count(t("own.scorecard.background_note", lang=lang)) == (1 if outcome == "1" else 0)
    headings = [scorecards.asks(part).text(lang) for part in (scorecards.BACKGROUND, *QUADRANTS)]
    assert sorted(headings, key=told.index) == headings
    if outcome == "1":
        published = t("own.scorecard.caption.published", lang=lang, outcome=outcome)
        assert told.index(headings[0]) < told.index(published) < told.index(headings[1])
    assert told.count(t("own.scorecard.none_own", lang=lang)) == 3


def test_a_value_is_typed_put_right_and_undone(store, open_page):
    app = type_value(open_page(PAGE))
    assert [(row["value"], row["target"]) for row in rows(store)] == [("24", "30")]
    told = said(app)
    assert "24 schools" in told
    assert "30 schools: 6 below it" in told
    assert t("own.scorecard.kept", lang="en", item="Schools visited", period="2025/26") in told
    type_value(app, value="31")
    assert [row["value"] for row in rows(store)] == ["31"], "the same measure of the same year is put right"
    press(app, "own.keeping.undo")
    assert [row["value"] for row in rows(store)] == ["24"]
    assert t("own.keeping.undone", lang="en") in said(app)


def test_what_is_wrong_is_told_by_its_box_and_stays_in_it(store, open_page):
    app = type_value(open_page(PAGE), value="many")
    assert rows(store) == []
    assert t("own.keeping.not_kept", lang="en") in said(app)
    assert "many" in [one.value for one in app.text_input]


def test_words_that_seem_to_name_somebody_are_asked_about_before_they_are_kept(store, open_page):
    app = type_value(open_page(PAGE), note="Led by Mrs Jones")
    assert rows(store) == []
    assert t("own.keeping.look", lang="en") in said(app)
    app.checkbox[0].check()
    press(app, "own.keeping.keep")
    assert [row["note"] for row in rows(store)] == ["Led by Mrs Jones"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_draft_says_so_beside_its_value_until_it_is_approved_and_a_partner_sees_none(
    store, open_page, monkeypatch, lang
):
    app = type_value(open_page(PAGE))
    drafted = t("own.scorecard.draft", lang=lang, value="24 schools")
    assert drafted in said(open_page(PAGE, lang=lang))
    press(app, "own.scorecard.approve_it")
    assert drafted not in said(open_page(PAGE, lang=lang))
    app = type_value(open_page(PAGE), item="Talks given", value="40")
    told = said(open_page(PAGE, lang=lang))
    assert t("own.scorecard.draft", lang=lang, value="40 schools") in told
    assert drafted not in told, "what was approved as it stands is no draft"
    assert t("own.scorecard.draft_means", lang=lang) in told
    door.approve_scorecard(store, act(), 2, level="partners")
    type_value(open_page(PAGE), item="Lessons given", value="50")
    editions.set_role(store, act(), person="pat", role=editions.PARTNER)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    told = said(open_page(PAGE, lang=lang))
    assert "40 schools" in told
    assert "Lessons" not in told
    assert t("own.scorecard.as_partners", lang=lang) in told
    assert told.count(t("own.scorecard.none_on_show", lang=lang)) == 2, "nothing is empty without a word"


def test_one_more_than_partners_were_told_is_hidden_from_them(store, open_page, monkeypatch):
    for number, value in enumerate(("24", "25", "30"), start=1):
        type_value(open_page(PAGE), value=value)
        door.approve_scorecard(store, act(), number, level="partners")
        told = [one.newest.value for one in door.scorecard(store, act(), level="partners").measures]
        assert told == [None if value == "25" else int(value)]
        assert door.scorecard(store, act()).measures[0].newest.value == int(value), "the workspace sees its own"


def test_an_approver_is_told_how_many_values_others_would_not_see(store, open_page):
    type_value(open_page(PAGE), value="24")
    told = said(type_value(open_page(PAGE), item="Schools that changed", value="22"))
    number = str(editions.editions(store, act(), template="scorecard")[-1].number)
    assert t("own.scorecard.approve_about", lang="en", number=number, hidden="1", all="2") in told


def test_a_reader_has_no_form(store, open_page, monkeypatch):
    editions.set_role(store, act(), person="rhys", role="reader")
    monkeypatch.setattr("workspace.identity._this_person", lambda: "rhys")
    app = open_page(PAGE)
    assert not [one for one in app.button if one.label == t("own.keeping.keep", lang="en")]


def test_an_approver_puts_it_on_show_and_partners_see_no_small_count(store, open_page, monkeypatch):
    app = type_value(open_page(PAGE), value="3", note="of ours")
    next(one for one in app.radio if one.label == t("own.bring.for_whom", lang="en")).set_value("partners")
    press(app, "own.scorecard.approve_it")
    assert [one.status for one in editions.editions(store, act(), template="scorecard")] == ["approved"]
    editions.set_role(store, act(), person="pat", role=editions.PARTNER)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    told = said(open_page(PAGE))
    assert "Schools visited" in told
    assert "[c]" in told
    assert "of ours" not in told
    monkeypatch.setattr("workspace.identity._this_person", lambda: "ann")
    press(open_page(PAGE), "own.scorecard.withdraw")
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    assert t("own.scorecard.nothing_on_show", lang="en") in said(open_page(PAGE))
