"""A tray survives its address: order, choices, what is gone, what is broken; and every form makes it."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from zlib import compress

import pytest
from pypdf import PdfReader

from dashboard import beside, queries
from dashboard.briefing import presenter
from dashboard.briefing import tray as written
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import ready
from dashboard.briefing.forms import FORMS, as_file, drawn_as, name_and_type
from dashboard.briefing.model import KINDS, Absent, KeyMessages, Officer, Picture, Prose, Remark, Rows
from dashboard.briefing.pieces import MOST_NEWS, PIECES, home
from dashboard.briefing.tray import MOST, Piece, fault, read
from dashboard.charts import RankedDots
from dashboard.charts.geometry.dots import HEADING
from dashboard.figure import in_language
from dashboard.figures.catalogue import BY_CODE
from dashboard.figures.releases import releases
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Words
from dashboard.revisions import Brought
from dashboard.tables import as_read
from tests.contracts.test_one_number_in_every_form import whole_text

MADE = date(2026, 11, 25)
SOME = "messages-messages.hate_crime-rra_quarterly-compare_dots*measure*hate_crimes.migration-population"


def tray(text):
    return read(text, home=home)


@pytest.fixture
def composed(build):
    def make(text, place="W06000015", *, form="pdf", others=(), since=None, next=None, **more):
        where = queries.area(place, build=build)
        own = Own(tray=tray(text), beside=beside.read(others, place=where, build=build)[0], since=since, next=next)
        return compose(kind=drawn_as("mine", form), place=place, build=build, made_on=MADE, own=own, **more)

    return make


def test_a_tray_reads_what_it_writes():
    assert tray(SOME).written() == SOME
    assert [part.code for part in tray(SOME).parts] == ["messages", "hate_crime", "migration"]
    assert tray(SOME).pieces[2] == Piece(code="compare_dots", options=(("measure", "hate_crimes"),))


def test_a_choice_may_have_any_sign_in_it():
    piece = Piece(code="small_areas", options=(("layer", "wimd_decile-total.ŵ"),))
    assert tray(f"people-{piece.written}").pieces == (piece,)


@pytest.mark.parametrize(
    "options", [(("measure", ""),), (("", "x"),), (("measure", "hate_crimes"), ("set", "")), (("measure", "ŵ" * 15),)]
)
def test_what_is_written_of_a_piece_is_read_again(options):
    piece = Piece(code="compare_dots", options=options)
    text = f"compare-{piece.written}"
    assert fault(text) == ""
    assert tray(text).written() == text
    assert tray(text).pieces[0].options == tuple(option for option in options if all(option))


@pytest.mark.parametrize("choice", ["measure*~00", "measure*~e2~80~ae", "~00*x", "measure*", "measure*" + "~ff" * 20])
def test_a_choice_that_could_not_be_written_again_is_a_fault(choice):
    assert fault(f"compare-compare_dots*{choice}") == "damaged"
    assert fault(tray(f"compare-compare_dots*{choice}.-ukraine").written()) == ""


def test_a_piece_that_a_page_adds_goes_where_its_figures_go():
    assert tray(f"{SOME}.-ukraine.-rra_map").written() == (
        SOME.replace("hate_crimes", "hate_crimes-rra_map") + ".sanctuary-ukraine"
    )
    assert tray(f"{SOME}.-population").written() == SOME, "what lies there already is not added again"


def test_a_long_tray_is_squeezed_and_can_still_be_added_to():
    every = ".".join(f"-{code}" for code in BY_CODE)
    short = tray(every).short()
    assert len(short) < len(tray(every).written()) * 0.7
    assert tray(short) == tray(every)
    less = tray(every).without(Piece(code="ukraine"))
    assert Piece(code="ukraine") in tray(f"{less.short()}.-ukraine").pieces


@pytest.mark.parametrize(
    "text",
    ["*", "*!!!", "*eJw", "-", "...", "<script>", "a-b*c", "é-ü", "X" * 9_000, "." * 9_000, "hate_crime-", "\0", "%s"],
)
def test_what_is_no_tray_is_read_as_far_as_it_goes(text):
    assert all(piece.written for piece in tray(text).pieces)
    assert len(tray(f"{text}.-ukraine").pieces) >= 1


def squeezed(inside):
    return "*" + urlsafe_b64encode(compress(inside.encode(), 9)).decode().rstrip("=")


def test_a_squeezed_tray_inside_another_is_not_opened_wherever_it_stands(monkeypatch):
    opened = []
    monkeypatch.setattr(written, "_stretched", lambda one, real=written._stretched: opened.append(one) or real(one))
    nested = squeezed("-ukraine")
    for _ in range(12):
        nested = squeezed(f"population.{nested}.-rra_map.{nested}")
    assert [piece.code for piece in tray(nested).pieces] == ["rra_map"]
    assert len(opened) == 1
    assert fault(nested) == fault(squeezed(squeezed("-ukraine"))) == "damaged"


def test_so_many_squeezed_trays_and_segments_are_read_and_the_rest_is_told(monkeypatch):
    opened = []
    monkeypatch.setattr(written, "_stretched", lambda one: opened.append(one) or "-ukraine")
    assert tray(".".join(["*a"] * 500)).written() == "sanctuary-ukraine"
    assert len(opened) == written.OPENED
    assert fault(".".join(["*a"] * 500)) == "damaged"
    assert fault(".".join(["-ukraine"] * (written.SEGMENTS + 1))) == "damaged"


def test_a_squeezed_tray_that_is_too_large_or_cut_short_is_refused_whole():
    whole = squeezed(f"-ukraine{'.' * (written.LARGEST - 8)}")
    assert (tray(whole).written(), fault(whole)) == ("sanctuary-ukraine", "")
    for text in (squeezed(f"-ukraine{'.' * (written.LARGEST - 7)}"), squeezed(".-a" * 5_000_000), squeezed(SOME)[:-8]):
        assert tray(text).pieces == ()
        assert fault(text) == "damaged"
        assert Piece(code="ukraine") in tray(f"{text}.-ukraine").pieces, "what stands beside it is read"


@pytest.mark.parametrize("text", ["", " ", SOME, f"{SOME}.-gone_code", f"{SOME}.", squeezed(SOME)])
def test_a_tray_that_is_read_whole_has_no_fault(text):
    assert fault(text) == ""


@pytest.mark.parametrize(
    "text", ["<script>", f"{SOME}.-<b>", f"{SOME}.!!!", "X" * 9_000, f"{SOME}.-x*a*", "hate_crime-"]
)
def test_what_is_no_piece_is_a_fault(text):
    assert fault(text) == "damaged"


def test_a_tray_has_so_many_pieces_at_most():
    many = [f"-a{n}" for n in range(MOST + 1)]
    assert len(tray(".".join(many)).pieces) == MOST
    assert fault(".".join(many)) == "many"
    assert fault(".".join([*many[:-1], *many[:-1]])) == "", "what lies there already is not counted again"


def test_pieces_and_sections_move_and_go():
    first, second, *_ = (part.code for part in tray(SOME).parts)
    assert [p.code for p in tray(SOME).moved_part(second, by=-1).parts] == [second, first, "migration"]
    assert tray(SOME).moved_part(first, by=-1) == tray(SOME)
    quarterly, population = Piece(code="rra_quarterly"), Piece(code="population")
    assert tray(SOME).moved(quarterly, by=1).written() == (
        "messages-messages.hate_crime-compare_dots*measure*hate_crimes-rra_quarterly.migration-population"
    )
    assert tray(SOME).moved(quarterly, by=-1).written().startswith("messages-messages-rra_quarterly.hate_crime-compare")
    assert tray(SOME).moved(population, by=-1).written().endswith("hate_crimes-population")
    assert tray(SOME).moved(population, by=1) == tray(SOME)
    assert tray(SOME).without(population).written() == SOME.removesuffix(".migration-population")
    assert tray(SOME).without_part("hate_crime").written() == "messages-messages.migration-population"


def test_the_ready_made_trays_are_trays_like_any_other():
    for kind in KINDS:
        held = ready(kind)
        assert tray(held.short()) == held
        assert {piece.code for piece in held.pieces} <= {*PIECES, *BY_CODE}


def test_a_code_that_is_gone_is_named_in_every_form(composed):
    for form in FORMS:
        text = whole_text(as_file(composed(f"{SOME}.-gone_code", form=form), form=form, languages="cy").content, form)
        assert "gone_code: nid oes ffigur" in text, form


def test_the_same_figure_with_two_choices_stands_twice(composed):
    twice = "compare-compare_dots*measure*hate_crimes-compare_dots*measure*asylum_supported"
    codes = [figure.code for figure in composed(twice, form="xlsx").figures]
    assert codes == ["compare_dots", "compare_dots_2"]


def test_a_figure_that_is_not_held_says_so(composed):
    cards = [item for item in composed("hate_crime-rra_authority", "W06000024").items() if isinstance(item, Absent)]
    assert len(cards) == 1


def test_hate_crime_stands_nowhere_without_its_publishers_warning(composed):
    for text in ("migration-rra_quarterly", "compare-compare_dots*measure*hate_crimes", "others-offences_year"):
        first = composed(text).sections[0].items[0]
        assert "reliable trends" in first.text.text("en"), text


def test_several_places_stand_in_the_title_the_file_name_and_the_charts(composed):
    briefing = composed(SOME, others=("W06000014", "W06000018"))
    assert briefing.title.text("cy") == "Caerdydd, Bro Morgannwg, Caerffili: briff"
    name, _ = name_and_type(briefing, form="pdf", languages="en")
    assert (
        name
        == "cardiff-vale-of-glamorgan-caerphilly_key-messages-hate-crime-population-and-migration_2026-11-25_en.pdf"
    )
    (drawn,) = [i.figure.drawing for i in briefing.items() if isinstance(i, Picture) and i.figure.code == "population"]
    assert drawn.others or drawn.panels
    texts = [message.text("en") for message in briefing.messages]
    assert len(texts) == len(set(texts)) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_the_catalogue_stands_in_a_form_of_every_shape(composed, lang):
    every = ".".join(f"-{code}" for code in BY_CODE)
    for form in ("html", "presenter", "xlsx"):
        briefing = composed(every, "XCAV", form=form)
        held = {item.figure.code for item in briefing.items() if isinstance(item, Picture)}
        assert len(held) > 25
        assert as_file(briefing, form=form, languages=lang).content


WORDS = Words(en="Words of <b>ours</b> 🙂 שלום", cy="Geiriau <i>ein</i> hunain =1+1")
LONG = Words(en="word " * 1_000, cy="gair" * 1_250)


@pytest.mark.parametrize("form", FORMS)
def test_names_and_comments_of_sections_stand_in_every_form_in_their_own_language(composed, form):
    officer = Officer(
        title_cy="Ein teitl", headings=(("hate_crime", WORDS),), comments=(("migration", WORDS), ("messages", LONG))
    )
    briefing = composed(SOME, form=form, officer=officer)
    text = " ".join(whole_text(as_file(briefing, form=form, languages="cy").content, form).split())
    assert "Ein teitl" in text
    assert text.count(" ".join(WORDS.cy.split())) >= (1 if drawn_as("mine", form) == "data" else 2)
    assert ("gair" * 1_250) in text.replace("\u200b", "").replace(" ", "")


def test_a_comment_in_one_language_says_nothing_in_the_other(composed):
    officer = Officer(comments=(("hate_crime", Words(en="Only here", cy="")),))
    for form in ("html", "docx", "xlsx"):
        briefing = composed(SOME, form=form, officer=officer)
        said = {one: whole_text(as_file(briefing, form=form, languages=one).content, form) for one in LANGUAGES}
        assert "Only here" in said["en"]
        assert t("briefing.comment", lang="cy", text="").strip() not in said["cy"]


def test_a_comment_in_one_language_leaves_no_slide_blank_in_the_other(composed):
    officer = Officer(comments=(("migration", Words(en="Only <b>here", cy="")),))
    briefing = composed("migration-population", form="presenter", officer=officer)
    alone = [one for one in presenter.slides(briefing, lang="cy") if {type(i) for i in one.section.items} == {Remark}]
    assert [one.remarked_in for one in alone] == ["en"]
    html = as_file(briefing, form="presenter", languages="cy").content.decode()
    shown = re.findall('<p class="own" dir="auto"([^>]*)>[^<]*Only &lt;b&gt;here</p>', html)
    assert sorted(shown) == ["", ' lang="en"']


def test_a_named_section_is_named_on_slides_in_the_language_without_its_comment(composed):
    own = Officer(headings=(("migration", WORDS),), comments=(("migration", Words(en="Only here", cy="")),))
    briefing = composed("migration-population-international_net", form="pptx", officer=own)
    named = {
        lang: [WORDS.text(lang) in one.heading.text(lang) for one in briefing.read_in(lang).sections[1:]]
        for lang in LANGUAGES
    }
    assert named == {"en": [True, True, False], "cy": [True, False]}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_of_sections_is_in_no_ready_made_briefing(build, kind):
    pair = (("hate_crime", WORDS), ("migration", WORDS), ("three_things", WORDS))
    of_a_meeting = {} if kind == "deck" else {"actions": (("Ring", "Siân", ""),), "questions": (("Why?", "", ""),)}
    officer = Officer(title="Ours", headings=pair, comments=pair, **of_a_meeting)
    plain, own = (
        compose(kind=kind, place="XCAV", build=build, made_on=date(2026, 11, 25), officer=one)
        for one in (Officer(title="Ours"), officer)
    )
    assert replace(own, title=plain.title) == plain


def test_a_comment_on_a_section_that_holds_nothing_is_not_lost(composed):
    officer = Officer(comments=(("others", Words(en="Still here", cy="Yma o hyd")),))
    text = "others-gone_code.migration-population"
    assert "Still here" in whole_text(
        as_file(composed(text, officer=officer), form="pdf", languages="en").content, "pdf"
    )


REVISED = "population_mid_year_2025"
MEETING = "since-since.messages-asked_messages.actions-actions"


def table_of(briefing, code, lang="en"):
    (found,) = [item for item in briefing.items() if isinstance(item, Rows) and item.code == code]
    return in_language(found.table, lang)


@pytest.mark.parametrize("place", ["W06000014", "W06000008", "W15000003", "W92000004"])
def test_since_we_last_met_tells_what_was_released_after_the_day(composed, place):
    briefing = composed(MEETING, place, since=date(2026, 7, 31))
    rows = table_of(briefing, "since").rows
    assert rows
    assert all("2026" in row[4] for row in rows)
    assert not [item for item in briefing.items() if isinstance(item, Rows) and item.code == "newest"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 1), "Nothing has been released or revised for Cardiff since 1 November 2026"),
        (date(2031, 1, 1), "1 January 2031 is still to come"),
        (None, ""),
    ],
)
def test_with_nothing_new_it_says_so_and_shows_the_newest_changes_under_that_name(composed, day, said):
    briefing = composed(MEETING, since=day)
    first = briefing.sections[0].items[0]
    assert said in (first.text.text("en") if isinstance(first, Prose) else "")
    assert len(table_of(briefing, "newest").rows) == MOST_NEWS
    (rows,) = [item for item in briefing.items() if isinstance(item, Rows) and item.code == "newest"]
    assert "newest change of each series" in rows.caption.text("en")


def test_what_was_revised_after_the_day_is_told_with_how_many_figures(composed, build, monkeypatch):
    from dashboard.figures import news

    words = Words(en="", cy="")
    held = {one.source.code: one.source for one in releases(queries.area("W06000021", build=build), build=build)}
    assert held[REVISED].last_day < date(2026, 9, 10)
    brought = Brought(
        refresh=1,
        day=date(2026, 10, 1),
        publication="x",
        source=REVISED,
        title=words,
        edition_before=words,
        edition=words,
        counts={"new": 0, "revised": 3, "replaced": 1, "lost": 0},
        accepted={},
        why="",
    )
    monkeypatch.setattr(news.revisions, "history", lambda *, build: (brought,))
    briefing = composed(MEETING, "W06000021", since=date(2026, 9, 10))
    assert [row[-1] for row in table_of(briefing, "since").rows] == ["4"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_three_messages_has_a_question_for_the_room(composed, lang):
    items = next(section for section in composed(MEETING).sections if section.code == "messages").items
    assert [type(item) for item in items] == [KeyMessages, Prose] * 3
    questions = [item.text.text(lang) for item in items if isinstance(item, Prose)]
    assert len(set(questions)) == 3
    assert all(question.endswith("?") for question in questions)


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "presenter", "xlsx"])
def test_actions_that_were_written_stand_in_every_form(composed, form):
    officer = Officer(actions=(("Ring the <b>centre</b>", "Siân", "10 December"),))
    briefing = composed(MEETING, form=form, officer=officer)
    text = whole_text(as_file(briefing, form=form, languages="cy").content, form)
    assert all(cell in text for cell in officer.actions[0])


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "presenter", "xlsx"])
def test_questions_that_were_raised_stand_in_every_form(composed, form):
    officer = Officer(questions=(("Which <b>schools</b> answered?", "education lead", "Nine of ten"),))
    tray = f"{MEETING}.since-unanswered.actions-raised"
    text = whole_text(as_file(composed(tray, form=form, officer=officer), form=form, languages="cy").content, form)
    assert all(cell in text for cell in officer.questions[0])


def test_a_message_or_a_picture_has_a_slide_of_its_own(composed):
    slides = composed(f"{MEETING}.hate_crime-rra_quarterly-forces", form="pptx").sections
    for slide in slides[1:]:
        assert sum(isinstance(item, KeyMessages | Picture | Rows) for item in slide.items) == 1
    warned = [s for s in slides if any("reliable trends" in text.text("en") for text in s.script)]
    first = next(s for s in slides if any(isinstance(i, KeyMessages | Picture | Rows) for i in s.items))
    assert warned == [first], "with the first that tells of hate crime, here the table of what is new"


@pytest.mark.parametrize(("lang", "unit", "people"), [("en", "Unit", "people"), ("cy", "Uned", "pobl")])
def test_what_is_new_says_its_units(composed, lang, unit, people):
    table = as_read(table_of(composed(MEETING, since=date(2026, 7, 31)), "since", lang), lang=lang)
    at = [column.label for column in table.columns].index(unit)
    assert all(row[at] for row in table.rows)
    assert people in {row[at] for row in table.rows}


def test_the_day_of_the_next_meeting_is_what_the_briefing_is_for(composed):
    assert composed(MEETING, next=date(2026, 12, 10)).subtitle.text("cy") == "Ar gyfer y cyfarfod ar 10 Rhagfyr 2026"


@pytest.mark.parametrize("choice", ["measure*gone", "colour*red", "measure*hate_crimes*set*similar"])
def test_a_choice_that_is_not_there_any_more_is_named(composed, choice):
    briefing = composed(f"compare-compare_dots*{choice}")
    texts = [text.text("cy") for text in briefing.sections[-1].items[0].texts]
    assert any("yno bellach" in text for text in texts)
    value = choice.rsplit("*", 1)[1]
    assert not [text for text in texts if value in text], "what somebody wrote into an address is not said to a room"


@pytest.mark.parametrize("name", ["code", "view", "subject", "request", "options", "self", "query", "at", "unit"])
@pytest.mark.parametrize("figure", ["population", "compare_dots", "messages"])
def test_a_choice_may_be_called_anything_and_one_that_is_none_is_named(composed, name, figure):
    (piece,) = tray(f"compare-{figure}*{name}*gone").pieces
    briefing = composed(f"compare-{piece.written}")
    texts = [text.text("en") for text in briefing.sections[-1].items[0].texts]
    assert any("What was chosen for it is not there any more" in text for text in texts)
    assert not [text for text in texts if "gone" in text]


def test_a_tray_of_forty_figures_for_three_places_opens_in_every_form(composed):
    forty = ".".join(f"-{code}" for code in list(BY_CODE)[:40])
    for form in FORMS:
        briefing = composed(forty, "W06000008", others=("W06000015", "W06000024"), form=form)
        assert as_file(briefing, form=form, languages="cy").content, form


@pytest.mark.parametrize("kind", ["one_page", "four_pages", "councillor", "community"])
def test_a_ready_made_tray_of_several_places_opens_and_keeps_each_group_whole(composed, kind):
    briefing = composed(ready(kind).written(), others="W06000011")
    assert as_file(briefing, form="html", languages="cy").content
    for figure in briefing.figures:
        drawing = figure.drawing
        if isinstance(drawing, RankedDots) and drawing.places:
            assert len(drawing.names) == len(drawing.places) == len(drawing.points) == len(drawing.labels)
            headings = [n for n, place in enumerate(drawing.places) if place == HEADING]
            assert headings[0] == 0
            assert {then - one for one, then in pairwise([*headings, len(drawing.places)])} == {3}


@pytest.mark.parametrize("code", ["forces_compared", "ukraine", "deprivation"])
def test_on_paper_a_tall_chart_stands_on_the_page_of_its_title(composed, code):
    before = "hate_crime-rra_quarterly.migration-population"  # what leaves half a page
    briefing = composed(f"{before}.people-{code}", others="W06000011")
    figure = in_language(briefing.figures[-1], "en")
    pages = [
        page.extract_text() for page in PdfReader(BytesIO(as_file(briefing, form="pdf", languages="en").content)).pages
    ]
    (titled,) = [n for n, text in enumerate(pages) if figure.title in " ".join(text.split())]
    name = figure.drawing.names[0] if figure.drawing.names else figure.drawing.points[0].at
    assert name.split()[0] in pages[titled], (code, name)


def test_what_is_hidden_in_an_address_or_an_officers_words_reaches_no_file(composed):
    turning = Words(en="Turned \u202eround\u2066", cy="\u202eWyneb i waered")
    own = Officer(
        title=turning.en,
        introduction=turning.en,
        contact="\u202eus",
        comments=(("compare", turning),),
        headings=(("compare", turning),),
    )
    hidden = "compare-compare_dots*measure*~00~0b~3cscript~3e~e2~80~ae"
    for form in FORMS:
        text = whole_text(as_file(composed(hidden, form=form, officer=own), form=form, languages="en").content, form)
        assert "<script>" not in text, form
        assert "Turned round" in " ".join(text.split()), form
        assert not [letter for letter in "\0\x0b\u202e\u2066" if letter in text], form


@pytest.mark.parametrize("form", ["html", "pptx"])
def test_a_name_and_a_comment_in_welsh_alone_stand_in_the_welsh_file(composed, form):
    own = Officer(
        headings=(("migration", Words(en="", cy="Ein pobl")),), comments=(("migration", Words(en="", cy="Sylw")),)
    )
    said = whole_text(
        as_file(composed("migration-population", form=form, officer=own), form=form, languages="cy").content, form
    )
    assert all(text in said for text in ("Ein pobl", "Sylw"))
