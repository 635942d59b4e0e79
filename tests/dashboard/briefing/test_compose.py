"""A briefing says what the pages say, in both languages, for every place, and an officer's words stay words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from dashboard import findings, queries
from dashboard.blocks import census, hate_crime, sanctuary
from dashboard.briefing import documents, evidence, parts, pieces
from dashboard.briefing.compose import Own, cleaned, compose
from dashboard.briefing.html import html_bytes
from dashboard.briefing.kinds import BY_CODE
from dashboard.briefing.model import (
    KINDS,
    LONGEST_TITLE,
    Absent,
    KeyMessages,
    Officer,
    Picture,
    Prose,
    Rows,
    file_stem,
)
from dashboard.briefing.parts import without_events
from dashboard.briefing.tray import of as tray_of
from dashboard.briefing.words import numbers_of, publishers, references
from dashboard.figure import View, in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import release_label
from dashboard.model import Words

MADE = date(2026, 11, 25)


@pytest.fixture
def composed(build):
    return lambda kind, place="XCAV", **more: compose(kind=kind, place=place, build=build, made_on=MADE, **more)


@pytest.fixture(scope="module")
def places(build):
    return queries.places(build=build)


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_has_every_kind_of_briefing(composed, places, kind):
    for place in places:
        briefing = composed(kind, place)
        assert briefing.place.code == place
        # A group has figures and no messages, and evidence leaves conclusions to others.
        assert briefing.messages or kind == "group" or BY_CODE[kind].layout == "across", place
        assert briefing.first < briefing.last <= MADE


def test_the_one_page_has_what_two_minutes_need(composed):
    page = composed("one_page")
    assert [s.code for s in page.sections] == [
        "messages",
        "hate_crime",
        "unknown",
        "migration",
        "support",
    ]
    by_code = {s.code: s.items for s in page.sections}
    warning, _ = by_code["messages"]
    assert "reliable trends" in warning.text.text("en"), "before the first figure of hate crime"
    (chart,) = by_code["hate_crime"]
    assert chart.figure.drawing.bands, "the chart has its expected range"
    assert by_code["migration"][0].figure.code == "asylum_support", "migration is led by what is current"
    assert [message.rule for message in page.messages] == ["hate_crime_year", "population_growth"]
    assert "in mid-2025" in page.messages[1].brief("en"), "the newest estimate, though it joins on to none before it"
    drawn = {figure.code for figure in page.figures}
    assert not drawn & {message.block for message in page.messages}, "a number is told once"
    assert "More recorded crime can mean" in by_code["unknown"][0].texts[0].text("en")


def test_a_place_with_few_on_asylum_support_is_led_by_its_population(composed):
    page = composed("one_page", "W06000008")
    assert [figure.code for figure in page.figures] == ["rra_quarterly", "population"]
    assert "mid-2025" in in_language(page.figures[1], "en").title
    assert "asylum_level" in [message.rule for message in page.messages]
    four = {figure.code for figure in composed("four_pages", "W06000008").figures}
    assert "asylum_support" not in four
    assert four >= {"population_change", "population_change_map", "census_country_of_birth"}
    assert "asylum_support" in {figure.code for figure in composed("four_pages").figures}


WHERE_ANY = ("agreed", "unanswered", "support")  # pieces that make no slide of their own where nobody wrote any


def test_the_deck_has_ten_slides_and_then_the_backup(composed):
    deck = composed("deck")
    codes = [piece.code for piece in documents.ready("deck").pieces if piece.code not in WHERE_ANY]
    assert [s.code for s in deck.sections] == ["rules", *codes]
    assert [s.backup for s in deck.sections] == [False] * 10 + [True] * 7
    talks = [s.talk for s in deck.sections if s.talk]
    assert len(talks) == 10
    assert sum(talk.minutes for talk in talks) == 15
    assert all(s.script and s.talk.bridge and s.talk.question for s in deck.sections if not s.backup)
    assert "ten" not in deck.sections[0].script[1].text("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_the_three_things_is_followed_by_its_question_for_the_room(composed, lang):
    for place in ("XCAV", "W06000008"):
        (slide,) = [s for s in composed("deck", place).sections if s.code == "three_things"]
        said = [text.text(lang) for text in slide.script]
        asks = t("briefing.room.other.1", lang=lang).split(":")[0]
        told = [text for item in slide.items if isinstance(item, KeyMessages) for text in item.texts(lang)]
        assert len(told) == 3
        assert [said[said.index(text) + 1].split(":")[0] for text in told] == [asks] * 3
        assert len({said[said.index(text) + 1] for text in told}) == 3, "no question twice"


def test_an_officer_who_begins_with_the_ten_slides_has_them_with_all_that_is_said(composed):
    ready = composed("deck")
    own = composed("deck", own=Own(tray=documents.ready("deck")))
    assert spoken_of(own) == spoken_of(ready)


def test_slides_in_another_order_lead_on_to_what_comes_next(composed):
    tray = documents.ready("deck").moved_part("hate_crime", by=1).moved_part("hate_crime", by=1)
    talk = [s for s in composed("deck", own=Own(tray=tray)).sections if not s.backup]
    assert [s.part for s in talk[2:5]] == ["since", "migration", "migration"]
    assert all(s.talk.bridge == following.talk.opening for s, following in pairwise(talk))
    shorter = documents.ready("deck").without_part("hate_crime").without_part("appendix")
    script = composed("deck", own=Own(tray=shorter)).sections[0].script[1]
    assert "7 slides and around 11 minutes" in script.text("en")


def test_what_the_last_meeting_agreed_is_on_the_slides_of_the_next(composed):
    officer = Officer(actions=(("Ring the centre", "Siân", "10 December"),))
    own = Own(tray=documents.ready("deck"), since=date(2026, 9, 10))
    slides = composed("deck", own=own, officer=officer).sections
    (last,) = [s for s in slides if s.code == "agreed"]
    assert last.items[0].table.rows == officer.actions
    assert slides[slides.index(last) + 1].part == "hate_crime"
    without = composed("deck", own=own).sections
    assert "agreed" not in [s.code for s in without]
    assert [s.talk.bridge for s in without if s.code == "news"] == [without[3].talk.opening]


def test_questions_are_carried_to_the_next_meeting_until_they_are_answered(composed):
    answered, still_open = (
        ("When does the centre open?", "", "In May"),
        ("Which schools answered?", "education lead", ""),
    )
    slides = composed("deck", officer=Officer(questions=(answered, still_open))).sections
    (last,) = [s for s in slides if s.code == "unanswered"]
    assert last.items[0].table.rows == (answered, still_open)
    assert not last.backup
    (raised,) = [s for s in slides if s.code == "raised"]
    assert raised.items[0].table.rows[:2] == (still_open, ("", "", "")), "what has an answer is not asked again"
    assert raised.backup, "ten slides are ten"


def spoken_of(briefing):
    return [
        (s.code, s.heading.text(lang), [text.text(lang) for text in s.script], s.talk and s.talk.bridge.text(lang))
        for s in briefing.sections
        for lang in LANGUAGES
    ]


@pytest.mark.parametrize("day", [date(2026, 7, 31), date(2026, 11, 1), date(2031, 1, 1)])
def test_the_ready_made_slides_tell_what_is_new_since_the_last_meeting(composed, day):
    deck = composed("deck", own=Own(since=day, next=date(2026, 12, 10)))
    assert deck.title.text("en") == composed("deck").title.text("en")
    assert deck.subtitle.text("en") == "For the meeting on 10 December 2026"
    assert [s.backup for s in deck.sections].index(True) == 10, "ten slides are ten"
    (slide,) = [s for s in deck.sections if s.code == "news"]
    assert slide.heading.text("en") == "What changed since last time"
    (table,) = [item.table for item in slide.items if isinstance(item, Rows)]
    assert 0 < len(table.rows) <= pieces.MOST_NEWS_SHOWN


def test_a_slide_with_a_chart_is_headed_by_its_finding(composed):
    for slide in composed("deck").sections:
        for item in slide.items:
            if isinstance(item, Picture):
                assert slide.heading.text("en") == in_language(item.figure, "en").title
                assert slide.heading.text("cy") == in_language(item.figure, "cy").title


def test_sections_are_named_by_codes_that_have_texts(composed):
    kinds = [kind for kind in KINDS if kind != "deck"]
    documents_have = {s.code for kind in kinds for s in composed(kind).sections}
    assert documents_have == {part.code for kind in kinds for part in documents.ready(kind).parts} - {"changes"}
    assert {part.code for part in documents.ready("deck").parts} < set(documents.SECTIONS)
    # "changes" a refresh alone brings, the others an officer
    assert documents_have < {*documents.SECTIONS, *evidence.HEADINGS}


def test_a_briefing_shows_the_very_figure_and_messages_of_the_pages(composed, build):
    briefing = composed("one_page")
    for lang in LANGUAGES:
        view = View(place=briefing.place, lang=lang, build=build)
        shown = in_language(next(f for f in briefing.figures if f.code == "rra_quarterly"), lang)
        assert shown == in_language(without_events(hate_crime.aggravated_by_quarter(view.subject)), lang)
        first = set(findings.key_messages(view.subject, most=3))
        newer = {pieces.NEWER[message.rule] for message in first if message.rule in pieces.NEWER}
        assert {m.rule for m in set(briefing.messages) - first} <= newer, "none but the newest of what leads"
        assert set(briefing.messages) <= set(findings.messages(view.subject))


def test_both_languages_hold_the_same_numbers(composed, places):
    for place in places[:6]:
        for briefing in (composed("four_pages", place), composed("data", place)):
            tables = [in_language(f, lang).table for lang in LANGUAGES for f in briefing.figures]
            tables += [in_language(r.table, lang) for lang in LANGUAGES for r in briefing.tables]
            numbers = [[[c for c in row if isinstance(c, int | float)] for row in table.rows] for table in tables]
            half = len(briefing.figures)
            assert numbers[:half] == numbers[half : 2 * half]


def test_the_data_of_a_place_with_few_people_hold_every_row(composed, build):
    ceredigion = composed("data", "W06000008")
    view = View(place=ceredigion.place, lang="en", build=build)
    page = sanctuary.asylum_support(view)
    (table,) = (in_language(rows.table, "en") for rows in ceredigion.tables if rows.code == page.code)
    assert not page.has_chart
    assert len(table.rows) == len(page.table.rows) >= 50


def test_the_data_hold_the_tables_of_every_page(composed):
    """But for those of a choice of the reader, and those whose whole table another one lists."""
    data = composed("data", "W06000011")
    codes = {f.code for f in data.figures} | {r.code for r in data.tables}
    assert codes >= {"local_report", "charged", "children_transferred", "guests_funded", "born_abroad", "caravans"}
    assert codes >= {f"census_{s.name}" for s in census.SECTIONS if not s.short_table}


def test_a_place_without_a_figure_gets_the_pages_own_card(composed):
    cards = [i.card for i in composed("data", "W06000024").items() if isinstance(i, Absent)]
    assert "rra_authority" in [card.code for card in cards]
    assert in_language(cards[0], "cy").reason != in_language(cards[0], "en").reason


def test_an_absent_message_leaves_no_empty_item(composed, places):
    for place in places:
        for item in composed("four_pages", place).items():
            assert not isinstance(item, KeyMessages) or item.messages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_source_stands_once_in_the_list_with_its_grade(composed, lang):
    briefing = composed("four_pages")
    codes = [s.code for s in briefing.sources]
    assert len(codes) == len(set(codes))
    found, numbers = references(briefing, lang=lang), numbers_of(briefing)
    assert [r.number for r in found] == list(range(1, len(found) + 1))
    for source in briefing.sources:
        (own,) = [r.text for r in found if r.number == numbers[source.code]]
        for text in (source.title, source.publisher):
            assert text.text(lang) in own
        assert (t("briefing.grade", lang=lang, grade=source.grade) in own) == (source.grade != "A")
        older = t("chip.older_series", lang=lang)
        assert (older in own) == (source.vintage == "superseded")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_names_the_numbers_of_its_sources(composed, lang):
    briefing = composed("four_pages")
    numbers = numbers_of(briefing)
    for figure in briefing.figures:
        line = publishers(figure.sources, briefing=briefing, lang=lang)
        assert {int(n) for n in re.findall(r"\d+", line)} == {numbers[s.code] for s in figure.sources}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_source_of_the_deck_has_its_own_caution(composed, lang):
    briefing = composed("deck")
    found, numbers = references(briefing, lang=lang), numbers_of(briefing)
    for source in briefing.sources:
        assert source.caution.text(lang) in found[numbers[source.code] - 1].text


@pytest.mark.parametrize("kind", ["four_pages", "deck"])
def test_no_briefing_is_headed_by_superseded_components(composed, kind):
    codes = {figure.code for figure in composed(kind).figures}
    assert "population_change" in codes
    assert "components_of_change" not in codes


def test_the_header_says_how_new_the_figures_of_each_topic_are(composed):
    said = composed("one_page").edition
    assert said.text("en").startswith("Newest figures here: hate crime, year ending March 2025; aggravated offences, ")
    assert "asylum support, 30 June 2026" in said.text("en")
    assert "cymorth lloches, 30 Mehefin 2026" in said.text("cy")


def test_links_lead_to_the_same_briefing_in_each_language(composed):
    briefing = composed("four_pages", "W06000015", address="https://trends.example/")
    assert briefing.links.text("cy") == "https://trends.example/briefings?lang=cy&place=W06000015&kind=four_pages"
    assert composed("four_pages").links.text("en") == ""


def test_an_officers_title_takes_the_place_of_ours_and_keeps_the_name_of_the_place(composed):
    officer = Officer(title="Barry meeting", title_cy="  Cyfarfod y Barri\n 2026 ")
    briefing = composed("one_page", officer=officer)
    assert briefing.title.text("en") == "Cardiff and the Vale of Glamorgan: Barry meeting"
    assert briefing.title.text("cy") == "Caerdydd a Bro Morgannwg: Cyfarfod y Barri 2026"
    alone = composed("one_page", officer=replace(officer, title="")).title
    assert alone.text("en") == composed("one_page").title.text("en")
    named = composed("one_page", officer=Officer(title="What Cardiff and the Vale of Glamorgan asked")).title
    assert named.text("en") == "What Cardiff and the Vale of Glamorgan asked"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_introduction_stands_in_its_own_language_alone(composed, lang):
    words = {"en": "Good morning all", "cy": "Bore da bawb"}
    officer = Officer(introduction=words["en"], introduction_cy=words["cy"])
    briefing = composed("one_page", officer=officer)
    text = html_bytes(briefing, lang=lang).decode()
    assert [words[one] in text for one in LANGUAGES] == [one == lang for one in LANGUAGES]
    alone = html_bytes(composed("one_page", officer=Officer(introduction=words["en"])), lang="cy").decode()
    assert t("briefing.introduction", lang="cy") not in alone


def test_an_officers_words_are_remembered_by_nobody(composed):
    composed("one_page", officer=Officer(title="Mine", introduction="Secret", contact="me@example.org"))
    assert composed("one_page").officer == Officer()
    assert composed("one_page").title.text("en") == "Cardiff and the Vale of Glamorgan: hate crime and migration"


@pytest.mark.parametrize(
    "text", ["=cmd()", "<script>alert(1)</script>", "#let x = 1", "\\input{x}", "مرحبا 👋🏽", "*a* _b_"]
)
def test_markup_stays_the_text_that_it_is(text):
    assert cleaned(Officer(title=text)).title == text


def test_control_characters_go_and_long_texts_are_cut():
    assert cleaned(Officer(title="a\x00b\x1bc\ufffed")).title == "abcd"
    assert len(cleaned(Officer(title="x" * 900)).title) == LONGEST_TITLE
    assert cleaned(Officer(introduction="one\r\ntwo\x07\u2028three")).introduction == "one\ntwo\nthree"
    assert cleaned(Officer(title="one\u2029two\x85three\x0bfour")).title == "one two three four"


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", [*TURNING, *"\0\x07\x1b\x7f\x9b\u206e\ufeff\ufffa", "\ud800"])
def test_no_sign_of_an_officers_turns_or_hides_what_stands_after_it(sign):
    text, both = f"Cam{sign}au", Words(en=f"Cam{sign}au", cy=f"{sign}Camau")
    own = cleaned(
        Officer(
            **dict.fromkeys(("title", "title_cy", "introduction", "introduction_cy", "contact", "contact_cy"), text),
            headings=(("hate_crime", both),),
            comments=(("hate_crime", both),),
            actions=((text, text, text),),
        )
    )
    assert own.title == own.contact_cy == own.headings[0][1].cy == own.comments[0][1].en == own.actions[0][2] == "Camau"


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا\u200f!",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    ],
)
def test_signs_that_belong_to_a_script_stay(text):
    assert cleaned(Officer(title=text)).title == text


def test_an_unknown_place_is_named(composed):
    with pytest.raises(queries.UnknownCodeError, match="W99"):
        composed("one_page", "W99")


@pytest.mark.parametrize(
    ("kind", "place", "lang", "name"),
    [
        ("one_page", "W06000015", "cy", "caerdydd_un-dudalen_2026-11-25_cy"),
        ("one_page", "W06000015", "en", "cardiff_one-page_2026-11-25_en"),
        ("four_pages", "W06000001", "cy", "ynys-mon_pedair-tudalen_2026-11-25_cy"),
        ("deck", "W15000003", "en", "south-wales-police_slides_2026-11-25_en"),
    ],
)
def test_a_file_name_can_be_read_by_a_person(composed, kind, place, lang, name):
    assert file_stem(composed(kind, place), lang=lang) == name


@pytest.mark.parametrize(
    ("lang", "slides", "own"),
    [
        (
            "en",
            "cardiff_slides_since-2026-09-10_2026-11-25_en",
            "cardiff_since-we-last-met_since-2026-09-10_2026-11-25_en",
        ),
        (
            "cy",
            "caerdydd_sleidiau_ers-2026-09-10_2026-11-25_cy",
            "caerdydd_ers-i-ni-gwrdd-ddiwethaf_ers-2026-09-10_2026-11-25_cy",
        ),
    ],
)
def test_the_name_of_a_file_that_tells_what_is_new_says_since_when(composed, lang, slides, own):
    day = date(2026, 9, 10)
    assert file_stem(composed("deck", "W06000015", own=Own(since=day)), lang=lang) == slides
    mine = Own(tray=tray_of({"since": ("since",)}), since=day)
    assert file_stem(composed("mine", "W06000015", own=mine), lang=lang) == own
    nothing_new = Own(tray=tray_of({"people": ("population",)}), since=day)
    assert "2026-09-10" not in file_stem(composed("mine", "W06000015", own=nothing_new), lang=lang)


def test_the_name_of_a_file_says_the_title_that_was_typed_for_it(composed):
    titled = composed("four_pages", "W06000015", officer=Officer(title="Scrutiny, December", title_cy="Craffu"))
    assert file_stem(titled, lang="en") == "cardiff_four-pages-scrutiny-december_2026-11-25_en"
    assert file_stem(titled, lang="cy") == "caerdydd_pedair-tudalen-craffu_2026-11-25_cy"


def test_what_a_refresh_changed_is_told_for_its_own_build_alone(composed, build, monkeypatch):
    from dashboard import revisions

    counts = {"revised": 3, "new_periods": 2}
    table = revisions.TableChange(table="x", counts=counts, **dict.fromkeys((*LISTS, "replaced"), ()))
    last = revisions.Refresh(day=date(2026, 10, 1), build=build, tables=(table,))
    monkeypatch.setattr(revisions, "last_refresh", lambda: last)
    asked = parts.Scope(place=queries.area("XCAV", build=build), build=build)
    assert "Revised figures: 3" in pieces.changes_of_last_refresh(asked)[0].text("en")
    other = parts.Scope(place=asked.place, build="another")
    assert pieces.changes_of_last_refresh(other) == ()


LISTS = (
    *("revised", "new_periods", "lost_periods", "new_rows", "lost_rows", "new_categories", "lost_categories"),
    *("new_areas", "lost_areas", "silent_areas"),
)


@pytest.mark.parametrize("kind", ["one_page", "four_pages", "deck", "data"])
def test_what_the_publisher_of_hate_crime_warns_of_is_in_every_kind(composed, kind):
    briefing = composed(kind)
    told = [note for message in briefing.messages for note in message.notes]
    told += [*briefing.warnings, *(text for section in briefing.sections for text in section.script)]
    told += [item.text for item in briefing.items() if isinstance(item, Prose)]
    assert any("do not currently provide reliable trends in hate crime" in text.text("en") for text in told)
    assert any("tueddiadau dibynadwy mewn troseddau casineb" in text.text("cy") for text in told)


@pytest.mark.parametrize("place", ["XCAV", "W06000014", "W06000008", "W92000004"])
def test_four_pages_draw_asylum_support_where_there_is_any_a_map_and_the_census(compose_for, place):
    drawn = {
        item.figure.code: item.figure for item in compose_for("four_pages", place).items() if isinstance(item, Picture)
    }
    assert {"population_change_map", "census_country_of_birth", *pieces.COMPOSITION} <= set(drawn)
    assert ("asylum_support" in drawn) == (place != "W06000008")  # of whom nobody was held in Ceredigion


def test_a_chart_of_the_largest_says_so_and_keeps_its_rows_and_its_rings(compose_for):
    shown = next(
        item.figure
        for item in compose_for("four_pages", "XCAV").items()
        if isinstance(item, Picture) and item.figure.code == "census_religion"
    )
    told = [caveat.text.text("en") for caveat in shown.caveats]
    assert any("5 largest" in text for text in told)
    values = [point.value for point in shown.drawing.points]
    assert len(values) == 5 < len(shown.table.rows)
    assert {ring.at for ring in shown.drawing.rings} <= {point.at for point in shown.drawing.points}
    shares = sorted((share for share in shown.table.cells("share") if share is not None), reverse=True)
    assert sorted(values, reverse=True)[0] in shares


@pytest.mark.parametrize("lang", LANGUAGES)
def test_four_pages_draw_main_language_and_say_a_caveat_of_the_census_once(composed, lang):
    shown = {p.figure.code: p.figure for p in composed("four_pages").items() if isinstance(p, Picture)}
    assert "census_main_language" in shown
    told = [
        one.text.text(lang) for code, figure in shown.items() if code.startswith("census") for one in figure.caveats
    ]
    own_sum = [text for text in told if text.startswith(("The figure for Cardiff", "Ein cyfanswm ni"))]
    assert len(own_sum) == 1
    assert any("how well someone speaks" in text or "siarad yr ieithoedd" in text for text in told)


def test_tables_of_one_edition_share_a_line_where_sources_are_told_in_short(composed):
    briefing = composed("four_pages")
    numbers = numbers_of(briefing)
    assert numbers["census_religion"] == numbers["census_ethnic_group"] == numbers["census_main_language"]
    (line,) = [one.text for one in references(briefing, lang="en") if one.number == numbers["census_religion"]]
    assert all(table in line for table in ("TS021", "TS030", "TS024"))
    assert numbers["population_mid_year_2024"] != numbers["population_mid_year_wales"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["W06000002", "W06000015", "W92000004"])
@pytest.mark.parametrize("kind", ["one_page", "councillor"])
def test_the_sources_of_a_brief_sheet_name_the_publication_and_its_table(composed, kind, place, lang):
    briefing = composed(kind, place)
    cited, numbers = {one.number: one.text for one in references(briefing, lang=lang)}, numbers_of(briefing)
    for source in briefing.sources:
        text = cited[numbers[source.code]]
        codes = re.findall(r"\(\w+_\w+\)", source.title.text(lang))
        named = codes or [source.rhythm.publication.text(lang) if source.rhythm else source.title.text(lang)]
        assert f"{source.publisher.text(lang)}: " in text
        assert all(name in text for name in named)
        assert release_label(source.released, lang=lang) in text
    if kind == "councillor":
        assert any("(Asy_D11)" in text for text in cited.values())
