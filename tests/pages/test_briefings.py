"""The page Briefings and meetings, as a visitor meets it: choose, add words, look, take the file."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import queries
from dashboard.briefing.forms import FORMS, USUAL, forms_of
from dashboard.briefing.kinds import BY_CODE, on_shelf
from dashboard.briefing.model import KINDS, Officer
from dashboard.briefing.saved_briefing import SavedBriefing, file_text
from dashboard.briefing.tray import MOST
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Words
from dashboard.widgets import own_words
from tests.pages.conftest import ROOT


def choices(session, name: str, lang: str = "en"):
    (radio,) = [one for one in session.radio if one.key == f"briefing_{name}_{lang}"]
    return radio


def download(session):
    (button,) = [one.proto for one in session.get("download_button") if "briefing_download" in one.proto.id]
    return button


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens_with_its_usual_form_in_the_readers_language(open_page, read, kind, lang):
    session = open_page("briefings", lang=lang, place="W06000015", kind=kind)
    assert not session.exception
    shelf = BY_CODE[kind].shelf
    assert choices(session, "shelf", lang).value == shelf
    if len(on_shelf(shelf)) > 1:
        assert choices(session, "kind", lang).value == kind
    else:
        assert t(f"briefings.kind.{kind}", lang=lang) in read(session)
    assert choices(session, "form", lang).value == USUAL[kind]
    assert choices(session, "file", lang).value == lang
    assert t(f"briefings.form.{USUAL[kind]}", lang=lang) in download(session).label


@pytest.mark.parametrize("kind", ["one_page", "four_pages", "deck"])
def test_the_preview_shows_pages_with_words_for_those_who_cannot_see_them(open_page, kind):
    session = open_page("briefings", place="W06000015", kind=kind)
    pictures = [image for block in session.get("image") for image in block.proto.imgs]
    assert 1 <= len(pictures) <= 4
    assert all("Page" in picture.alt and "Cardiff" in picture.alt for picture in pictures)


def test_pages_with_an_officers_own_words_stand_at_no_address_of_their_own(open_page, read):
    session = open_page("briefings", place="W06000015")
    session.text_input(key="officer_title_en").set_value("Meeting of the board").run()
    assert not session.exception
    assert not session.get("image")
    said = read(session)
    assert 1 <= said.count("src='data:image/png;base64,") <= 4
    assert "Meeting of the board" in said


def test_the_preview_of_the_data_lists_the_tables(open_page, read):
    said = read(open_page("briefings", place="W06000015", kind="data"))
    assert "<ol lang='en' class='ct-tables'>" in said
    assert "Population at mid-year, people, Cardiff" in said


def test_a_link_that_names_a_form_the_kind_has_not_gives_the_usual_one_and_says_so(open_page, read):
    session = open_page("briefings", kind="data", form="pptx")
    assert choices(session, "form").value == "xlsx"
    assert "pptx" in read(session)


def test_another_kind_takes_its_own_usual_form_without_a_complaint(open_page, read):
    session = open_page("briefings", kind="one_page", form="docx")
    choices(session, "shelf").set_value("present").run()
    assert not session.exception
    assert choices(session, "form").value == "pptx"
    assert "docx" not in read(session)


def test_an_officers_words_stay_out_of_the_address_and_out_of_other_sessions(open_page, read):
    session = open_page("briefings", kind="one_page")
    session.text_input(key="officer_title_en").set_value("<script>alert(1)</script> =cmd()").run()
    session.text_area(key="officer_text_cy").set_value("Secret words").run()
    assert not session.exception
    assert "cmd" not in str(session.query_params)
    assert "Secret" not in str(session.query_params)
    other = open_page("briefings", kind="one_page")
    assert other.text_input(key="officer_title_en").value == ""
    assert "Secret" not in read(other)


def test_the_way_to_the_projector_names_place_and_language(open_page, read):
    said = read(open_page("briefings", lang="cy", place="W06000014"))
    assert "href='present?place=W06000014&lang=cy'" in said


def test_home_leads_to_the_briefings_of_the_place(open_page, read):
    assert "href='./briefings?" in read(open_page("home", place="W06000014"))


def test_every_place_can_be_chosen(open_page, build):
    for place in queries.places(build=build)[::9]:
        assert not open_page("briefings", place=place, kind="one_page").exception


def test_every_form_suits_some_kind_and_every_kind_has_its_usual_form():
    assert {form.code for kind in KINDS for form in forms_of(kind)} == set(FORMS)
    assert [forms_of(kind)[0].code for kind in KINDS] == [USUAL[kind] for kind in KINDS]


TRAY = "hate_crime-rra_quarterly-rra_authority.migration-population.others-gone_code"


def steps(said: str) -> dict[str, str]:
    """Return where each step of the list leads: the tray by the step."""
    found = re.findall(r"<a class='ct-step' data-step='([^']+)' href='([^']+)'", said)
    return {step: parse_qs(urlsplit(target).query, keep_blank_values=True)["tray"][0] for step, target in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_my_briefing_lists_what_lies_in_it_with_steps_that_are_addresses(open_page, read, lang):
    session = open_page("briefings", lang=lang, place="W06000015", kind="mine", tray=TRAY)
    assert not session.exception
    said = read(session)
    found = steps(said)
    assert found["down rra_quarterly"].startswith("hate_crime-rra_authority-rra_quarterly.")
    assert found["up migration"].startswith("migration-population.hate_crime-")
    assert found["drop gone_code"] == TRAY.removesuffix(".others-gone_code")
    assert "up hate_crime" not in found, "what changes nothing is not offered"
    assert t("tray.gone", lang=lang) in said
    assert t("tray.mine", lang=lang, n=4) in said
    assert {form.code for form in forms_of("mine")} == set(FORMS)


def test_a_step_can_be_undone_and_the_way_back_is_not_a_step(open_page, read):
    session = open_page("briefings", kind="mine", tray=TRAY)
    session.query_params["tray"] = after = steps(read(session))["drop migration"]
    session.run()
    assert steps(read(session))["undo"] == TRAY
    session.query_params["tray"] = TRAY
    session.run()
    assert "undo" not in steps(read(session))
    assert after != TRAY


def test_an_empty_tray_tells_how_to_fill_it_and_makes_no_file(open_page, read):
    session = open_page("briefings", kind="mine")
    assert not session.exception
    assert t("tray.empty", lang="en") in read(session)
    assert not [one for one in session.get("download_button") if "briefing_download" in one.proto.id]


def test_a_ready_made_briefing_opens_as_my_own(open_page, read):
    for kind in KINDS:
        tray = steps(read(open_page("briefings", kind=kind)))[f"start {kind}"]
        session = open_page("briefings", kind="mine", tray=tray)
        assert not session.exception
        assert download(session)


FULL = ".".join(f"others-a{n}" for n in range(MOST))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("tray", "notice", "left"),
    [
        ("*nonsense", "tray_damaged", ""),
        ("migration-population.*nonsense", "tray_damaged", "migration-population"),
        (f"{FULL}.-ukraine", "tray_many", None),
    ],
)
def test_what_a_link_has_that_is_not_in_the_tray_is_said_once(open_page, lang, tray, notice, left):
    session = open_page("briefings", lang=lang, kind="mine", tray=tray)
    assert not session.exception
    (told,) = (one.value for one in session.info)
    assert told.startswith(t(f"notice.{notice}", lang=lang, value="|").split("(|")[0][:25])
    assert left is None or session.query_params.get("tray", "") == left
    assert not session.run().info


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_tray_says_so_and_offers_nothing_more(open_page, read, lang):
    said = read(open_page("briefings", lang=lang, kind="mine", tray=FULL))
    assert t("tray.full", lang=lang, n=MOST) in said
    assert not [step for step in steps(said) if step.startswith("add ")]
    known = re.search(r"<span class='ct-tray' [^>]*>", said)[0]
    assert f"data-most='{MOST}'" in known
    assert t("tray.full_open", lang=lang, n=MOST) in known


@pytest.mark.parametrize("page", ["home", "hate_crime", "sanctuary", "compare"])
def test_every_figure_of_a_page_can_be_put_into_my_briefing(open_page, read, page):
    said = read(open_page(page, place="W06000015"))
    pieces = re.findall(r"<a class='ct-add' data-piece='([^']+)'", said)
    assert len(pieces) == said.count("class='ct-actions'") > 0


def test_a_figure_is_added_with_the_choices_it_is_shown_by(open_page, read):
    said = read(open_page("compare", place="W06000015", measure="international_net"))
    assert "data-piece='compare_dots*measure*international_net'" in said


@pytest.mark.parametrize("form", ["pdf", "pptx", "xlsx"])
def test_a_tray_for_three_places_opens(open_page, form):
    session = open_page(
        "briefings", kind="mine", tray=TRAY, form=form, place="W06000015", **{"with": "W06000014,W06000018"}
    )
    assert not session.exception
    assert download(session)


LONG = "<b>Sylw</b> 🙂 שלום مرحبا =1+1 " + "long " * 950


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_typed_is_there_when_one_comes_back_from_another_page(open_page, read, lang):
    session = open_page("briefings", lang=lang, kind="mine", tray=TRAY)
    session.text_area(key="officer_comment_cy_hate_crime").set_value(LONG).run()
    session.text_input(key="officer_heading_en_migration").set_value("Who came").run()
    assert ("<h3>Who came" in read(session)) == (lang == "en")
    session.switch_page("../pages/sanctuary.py").run()
    session.switch_page("../pages/briefings.py").run()
    assert not session.exception
    assert session.text_area(key="officer_comment_cy_hate_crime").value == LONG
    assert session.text_input(key="officer_heading_en_migration").value == "Who came"
    assert "long" not in str(session.query_params)


def test_a_comment_outlives_its_section(open_page, read):
    session = open_page("briefings", kind="mine", tray=TRAY)
    session.text_area(key="officer_comment_en_migration").set_value("Kept").run()
    session.query_params["tray"] = steps(read(session))["drop migration"]
    session.run()
    session.query_params["tray"] = TRAY
    session.run()
    assert session.text_area(key="officer_comment_en_migration").value == "Kept"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_typed_for_what_the_briefing_has_not_is_told(open_page, read, lang):
    session = open_page("briefings", lang=lang, kind="mine", tray=f"{TRAY}.actions-actions")
    session.text_area(key="officer_comment_cy_migration").set_value("Kept").run()
    session.text_area(key="officer_actions").set_value("Ring; Siân").run()
    told = t("briefings.left_out", lang=lang, what="|").partition("|")[0]
    assert told not in read(session)
    session.query_params["tray"] = TRAY.replace(".migration-population", "")
    said = read(session.run())
    names = [t("briefing.section.migration", lang=lang), t("briefing.piece.actions", lang=lang)]
    assert t("briefings.left_out", lang=lang, what=", ".join(f"“{name}”" for name in names)) in said
    session.query_params["tray"] = f"{TRAY}.actions-actions"
    assert told not in read(session.run()), "it is back with its section"


def test_a_kept_briefing_brings_back_the_words_the_order_and_the_place(open_page):
    own = Officer(title="Ours", comments=(("migration", Words(en="Seen", cy="Gwelwyd")),))
    kept = SavedBriefing(kind="mine", form="docx", tray=TRAY, places=("W06000008",), beside=("W92000004",), officer=own)
    session = open_page("briefings", kind="one_page", place="W06000015")
    session.text_area(key="kept_text").set_value(file_text([kept])).run()
    assert not session.exception
    now = {name: session.query_params[name] for name in ("tray", "place", "with")}
    assert {name: "".join(value) for name, value in now.items()} == {
        "tray": TRAY,
        "place": "W06000008",
        "with": "W92000004",
    }
    assert choices(session, "form").value == "docx"
    assert session.text_input(key="officer_title_en").value == "Ours"
    assert session.text_area(key="officer_comment_cy_migration").value == "Gwelwyd"
    assert session.text_area(key="kept_text").value == ""


def in_a_session_of_its_own(session):
    """Return a page of a session that knows nothing, to which a browser sends all that stands in its boxes."""
    late = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=30)
    late.query_params.update(session.query_params)
    return late.switch_page("../pages/briefings.py")._run(session._tree.get_widget_states())


def test_a_kept_sheet_of_the_usual_strand_takes_the_place_of_another(open_page):
    session = open_page("briefings", place="W06000015", kind="strand", strand="disability")
    session.text_area(key="kept_text").set_value(file_text([SavedBriefing(kind="strand", places=("W06000015",))])).run()
    assert "".join(session.query_params["strand"]) == "race"
    session.text_area(key="kept_text").set_value(
        file_text([SavedBriefing(kind="strand", about={"strand": "religion"})])
    ).run()
    assert "".join(session.query_params["strand"]) == "religion"


def test_a_kept_file_opens_after_the_session_was_lost(open_page):
    session = open_page("briefings", kind="one_page", place="W06000015")
    kept = SavedBriefing(kind="mine", form="docx", tray=TRAY, places=("W06000008",), officer=Officer(title="Ours"))
    session.text_area(key="kept_text").set_value(file_text([kept]))
    late = in_a_session_of_its_own(session)
    assert not late.exception
    assert late.text_area(key="kept_text").value == ""
    assert late.text_input(key="officer_title_en").value == "Ours"
    assert choices(late, "form").value == "docx"


def test_a_file_that_is_none_is_refused_after_the_session_was_lost(open_page, read):
    session = open_page("briefings", kind="one_page", place="W06000015")
    session.text_area(key="kept_text").set_value("nonsense")
    late = in_a_session_of_its_own(session)
    assert not late.exception
    assert t("kept.problem", lang="en") in read(late)


@pytest.mark.parametrize("text", ["nonsense", "[[briefing]]\nkind = 3", "<script>alert(1)</script>", "briefing = 1"])
def test_a_file_that_is_none_is_refused_in_a_sentence(open_page, read, text):
    session = open_page("briefings", kind="one_page")
    session.text_input(key="officer_title_en").set_value("Mine").run()
    session.text_area(key="kept_text").set_value(text).run()
    assert not session.exception
    assert t("kept.problem", lang="en") in read(session)
    assert session.text_input(key="officer_title_en").value == "Mine", "nothing typed is lost"


def test_actions_of_the_last_meeting_come_into_their_box_and_nothing_else_changes(open_page):
    tray = "actions-actions.migration-population"
    session = open_page("briefings", kind="mine", tray=tray)
    session.text_input(key="officer_title_en").set_value("Mine").run()
    session.text_area(key="kept_text").set_value('[[briefing]]\nactions.rows = [["Ring; the centre", "Siân"]]').run()
    assert not session.exception
    assert session.text_area(key="officer_actions").value == "Ring, the centre; Siân"
    assert session.text_input(key="officer_title_en").value == "Mine"
    assert "".join(session.query_params["tray"]) == tray


def test_a_line_break_in_a_cell_makes_no_second_action(open_page, read):
    session = open_page("briefings", kind="mine", tray="actions-actions")
    rows = r'[["Ring\nthe\tcentre; \u2028soon;", "Siân", "10\r\nDecember"], ["", "", "May"]]'
    session.text_area(key="kept_text").set_value(f"[[briefing]]\nactions.rows = {rows}").run()
    assert session.text_area(key="officer_actions").value == "Ring the centre, soon,; Siân; 10 December\n; ; May"
    assert own_words._row("Ring the centre, soon,; Siân; 10 December") == (
        "Ring the centre, soon,",
        "Siân",
        "10 December",
    )
