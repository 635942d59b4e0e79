"""The page of bringing in as Streamlit runs it: a file in, a draft, its preview, its approval and its end."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures.store import editions, schema
from local_figures.templates import templates
from local_figures.typed import adding
from tests.said import said
from tests.workspace.conftest import CARDIFF, act

HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
STRANDS = {"total": 140, "race": 100, "religion": 17, "transgender": 3}
PAGE = "own_bring_in"


def file(**counts: object) -> bytes:
    rows = [f"2026-07-01,{CARDIFF},crime,{one},{n},2026-10-12" for one, n in (STRANDS | counts).items()]
    return "\n".join((HEADER, *rows)).encode()


def brought(app, content: bytes, name: str = "figures.csv"):
    app.file_uploader[0].upload(name, content, "text/csv").run()
    return app


def press(app, key: str):
    app.button(key=key).click().run()
    return app


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_file_with_errors_to_an_edition_that_is_withdrawn_and_put_back(store, open_page, lang):
    app = open_page(PAGE, lang=lang)
    assert t("own.bring.step.take", lang=lang) in said(app)
    told = said(brought(app, file(race="<5")))
    assert t("own.bring.errors", lang=lang, n=1) in told
    assert "own/handed/" in told
    assert editions.editions(store, act()) == ()
    told = said(press(brought(app, file()), "own_bring_keep"))
    assert t("own.bring.step.take", lang=lang) not in told
    assert t("own.bring.hidden", lang=lang, hidden=1, all=4) in told
    assert t("own.bring.why.small", lang=lang, n=1) in told
    assert ">[c]<" in told
    assert ">3<" not in told
    app.radio(key=f"own_bring_level_police_figures.1_{lang}").set_value("partners").run()
    told = said(press(app, "own_bring_approve"))
    assert t("own.mark.partners", lang=lang) in told
    told = said(press(app, "own_bring_withdraw"))
    assert t("own.bring.is_withdrawn", lang=lang) in told
    said(press(app, "own_bring_put_back"))
    assert [(one.status, one.level) for one in editions.editions(store, act())] == [("draft", "private")]
    said(press(app, "own_bring_approve"))
    app.checkbox(key="own_bring_sure_police_figures.1").check().run()
    said(press(app, "own_bring_forget"))
    assert editions.editions(store, act()) == ()


def test_the_same_file_twice_and_a_changed_one(store, open_page):
    app = brought(open_page(PAGE), file())
    press(app, "own_bring_keep")
    press(app, "own_bring_approve")
    told = said(press(brought(app, file()), "own_bring_keep"))
    assert t("local.refused.same_file", lang="en", number=1) in told
    told = said(press(brought(app, file(race=101)), "own_bring_keep"))
    assert t("own.bring.changes", lang="en", n=1, number=1) in told
    assert t("own.bring.told_before", lang="en", mark="[c]", count=100, number=1) in told  # one more is one person


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"%PDF-1.4 \x00", t("local.check.not_table", lang="en")),
        (b"a\n" * 100_002, t("local.check.too_many_rows", lang="en", most="100,000")),
        (b"name,address\n1,2\n", t("own.bring.not_recognised", lang="en")),
        (file().replace(b"100,", b"=1+1,"), t("local.check.not_whole", lang="en", came="=1+1")),
        (file().replace(b",count,", b",count,note,"), t("local.check.header_extra", lang="en", name="note")),
    ],
    ids=range(5),
)
def test_what_is_no_file_of_a_template_is_told_in_words_and_kept_nowhere(store, open_page, content, said_of_it):
    assert said_of_it in said(brought(open_page(PAGE), content))
    assert editions.editions(store, act()) == ()


def test_a_wrong_template_says_which_one_it_looks_like(store, open_page):
    app = brought(open_page(PAGE), file())
    choice = next(one for one in app.selectbox if one.label == t("own.bring.template", lang="en"))
    choice.set_value("caravans").run()
    assert t("local.check.looks_like", lang="en", template="Police figures by authority") in said(app)


def test_warnings_are_answered_one_by_one_or_together_before_anything_is_kept(store, open_page):
    rows = [f"2026-11-{day:02},{CARDIFF},experienced,race,2,,,Spoke to Mrs D. *Evans*,,,6" for day in (2, 9)]
    names = "week_start,area_code,tension_kind,theme,level,source_type,online,action,first_action_on,closed_on,count"
    content = "\n".join((names, *rows)).encode()
    app = brought(open_page(PAGE), content)
    assert app.button(key="own_bring_keep").disabled
    asked = [one for one in app.checkbox if one.key.startswith("own_bring_answer_")]
    assert len(asked) == 3
    assert "`` ` Spoke".replace("`` ` ", "` ") in asked[0].label
    for one in asked[:2]:
        one.check().run()
    assert not app.button(key="own_bring_keep").disabled
    for one in asked[:2]:
        one.uncheck().run()
    asked[2].check().run()
    said(press(app, "own_bring_keep"))
    assert len(editions.editions(store, act())) == 1


def test_another_person_approves_where_there_are_two_and_is_named(store, open_page, monkeypatch):
    editions.set_role(store, act(), person="ben", role="approver")
    app = press(brought(open_page(PAGE), file()), "own_bring_keep")
    assert t("own.bring.others_approve", lang="en", who="ben") in said(app)
    assert "own_bring_approve" not in [one.key for one in app.button]
    editions.set_role(store, act("ben"), person="ann", role="editor")
    assert t("own.bring.who_approves", lang="en", who="ben") in said(app.run())
    monkeypatch.setattr("workspace.identity._this_person", lambda: "ben")
    said(press(app.run(), "own_bring_approve"))
    assert [one.status for one in editions.editions(store, act("ben"))] == ["approved"]


def test_who_typed_rows_that_another_added_to_is_offered_no_button_and_told_why(store, open_page, monkeypatch):
    editions.set_role(store, act(), person="ben", role="approver")
    row = {"quarter": "2026-07-01", "area_code": CARDIFF, "crime_or_incident": "crime", "strand": "race", "count": "9"}
    for who, count in (("ann", "9"), ("ben", "19")):
        change = adding(row | {"count": count, "extracted_on": "2026-10-12"})
        editions.amend(store, act(who), template="police_figures", change=change)
    app = open_page(PAGE)
    app.selectbox(key="own_bring_look").select("police_figures.2").run()
    assert t("own.bring.others_approve", lang="en", who="ben") in said(app)
    assert "own_bring_approve" not in [one.key for one in app.button]


def test_whoever_brought_an_edition_is_not_offered_to_change_for_whom_it_is(store, open_page, monkeypatch):
    app = press(press(brought(open_page(PAGE), file()), "own_bring_keep"), "own_bring_approve")
    assert app.button(key="own_bring_set_level").disabled
    app.radio(key="own_bring_level_police_figures.1_en").set_value("public").run()
    assert not app.button(key="own_bring_set_level").disabled
    editions.set_role(store, act(), person="ben", role="approver")
    assert t("own.bring.others_approve", lang="en", who="ben") in said(app.run())
    assert "own_bring_set_level" not in [one.key for one in app.button]


def test_what_is_to_be_decided_stands_before_the_table_and_each_level_has_its_words(store, open_page):
    app = press(brought(open_page(PAGE), file()), "own_bring_keep")
    drawn = list(app.main)
    button = next(at for at, one in enumerate(drawn) if getattr(one, "key", None) == "own_bring_approve")
    caption = t("own.bring.preview_caption", lang="en")
    table = next(at for at, one in enumerate(drawn) if caption in getattr(one.proto, "body", ""))
    assert button < table
    level = next(one for one in app.radio if one.label == t("own.bring.for_whom", lang="en"))
    assert list(level.proto.captions) == [t(f"own.level.{one}.about", lang="en") for one in schema.LEVELS]


def test_readers_read_partners_see_nothing_and_a_role_that_was_taken_ends_the_page(store, open_page, monkeypatch):
    editions.upload(store, act(), template="caravans", lines={2: {"date": "2026-07-16"}})
    for person, role in (("rita", "reader"), ("pat", "partner")):
        editions.set_role(store, act(), person=person, role=role)
    monkeypatch.setattr("workspace.identity._this_person", lambda: "rita")
    app = open_page(PAGE)
    assert t("own.bring.editors_only", lang="en") in said(app)
    assert not app.file_uploader
    editions.take_role(store, act(), person="rita")
    assert "caravans" not in said(app.run()).lower()
    monkeypatch.setattr("workspace.identity._this_person", lambda: "pat")
    told = said(open_page(PAGE))
    assert t("own.bring.members_only", lang="en") in told
    assert t("own.bring.editions", lang="en") not in told


def test_two_who_bring_the_same_file_at_once_keep_one(store, open_page):
    first, second = brought(open_page(PAGE), file()), brought(open_page(PAGE), file())
    press(first, "own_bring_keep")
    assert t("local.refused.same_file", lang="en", number=1) in said(press(second, "own_bring_keep"))
    assert len(editions.editions(store, act())) == 1


def test_an_edition_that_was_withdrawn_meanwhile_is_not_approved(store, open_page):
    app = press(brought(open_page(PAGE), file()), "own_bring_keep")
    editions.withdraw(store, act(), template="police_figures", number=1)
    press(app, "own_bring_approve")
    assert [one.status for one in editions.editions(store, act())] == ["withdrawn"]
    assert not app.exception


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", [key for key, one in templates().items() if one.may_be_shown])
def test_what_would_be_shown_of_every_template_is_shown(store, open_page, key, lang):
    template = templates()[key]
    text = StringIO(newline="")
    csv.writer(text).writerows([template.names, *template.example])
    app = brought(open_page(PAGE, lang=lang), text.getvalue().encode())
    if app.button(key="own_bring_keep").disabled:
        app.checkbox[-1].check().run()
    told = said(press(app, "own_bring_keep"))
    assert "class='ct-table ct-stacked'" in told
    assert t("own.bring.for_whom", lang=lang) in [one.label for one in app.radio]
    said(press(app, "own_bring_approve"))
    assert [one.status for one in editions.editions(store, act())] == ["approved"]
