"""Data and methods: every source, break, gap and term is there, the search finds, and a request is ready to copy."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import escape

from dashboard import queries, store, trouble
from dashboard.figures.equality import to_police
from dashboard.findings.gaps import moved_on
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import written
from dashboard.search.index import anchor
from etl.pipeline import load
from tests.releases import next_year, release, run
from tests.said import html
from tests.scratch import FORCES, scratch_data

PAGE, CARDIFF = "data_and_methods", "W06000015"


def listed(session) -> list[str]:
    """Return the codes of the sources that the page lists."""
    return re.findall(r"<details class='ct-details' id='([^']+)'>", html(session))


def search(open_page, text: str, lang: str = "en"):
    session = open_page(PAGE, lang=lang, place=CARDIFF)
    session.text_input(key="catalogue_search").set_value(text).run()
    assert not session.exception
    return session


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_stands_there_with_all_that_is_known_of_it(open_page, build, lang):
    session = open_page(PAGE, lang=lang, place=CARDIFF)
    held = queries.catalogue(build=build)
    assert sorted(listed(session)) == sorted(h.source.code for h in held)
    blocks = dict(re.findall(r"<details class='ct-details' id='([^']+)'>(.*?)</details>", html(session), re.DOTALL))
    for one in held:
        text, s = unescape(blocks[one.source.code]), one.source
        for words in (s.publisher, s.title, s.edition, s.counts, s.coverage, s.caution, s.checked):
            assert words.text(lang) in text, s.code
        for fact in (
            t(f"grade.{s.grade}", lang=lang),
            t(f"chip.{s.status}", lang=lang),
            s.licence.text(lang),
            s.url,
            s.sha256[:16],
        ):
            assert fact in text, s.code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_stand_under_their_publisher_and_no_two_lines_are_alike(open_page, build, lang):
    text = unescape(html(open_page(PAGE, lang=lang, place=CARDIFF)))
    summaries = re.findall(r"<summary>(.*?)</summary>", text.partition("id='breaks'")[0], re.DOTALL)
    assert [one for one in set(summaries) if summaries.count(one) > 1] == []
    for one in queries.catalogue(build=build):
        before = text.partition(f"<details class='ct-details' id='{one.source.code}'>")[0]
        assert re.findall(r"<h3>(.*?)</h3>", before)[-1] == one.source.publisher.text(lang), one.source.code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_break_of_the_ledger_is_on_the_page_with_its_day_and_what_it_does(open_page, build, lang):
    text = html(open_page(PAGE, lang=lang, place=CARDIFF))
    (table,) = [
        found for found in re.findall(r"<table.*?</table>", text, re.DOTALL) if t("data.severity", lang=lang) in found
    ]
    ledger = queries.all_breaks(build=build)
    assert table.count("<tr") == len(ledger) + 1
    for one in ledger:
        assert escape(one.effect.text(lang)) in table, one.label.en
        assert escape(queries.measure(one.measure, build=build).name.text(lang)) in table
        assert escape(queries.area(one.area, build=build).name.text(lang)) in table
    assert table.count(f">{escape(t('break.hard', lang=lang))}</td>") == sum(b.severity == "hard" for b in ledger)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["glossary", "gaps", "not_shown"])
def test_every_term_gap_and_refusal_is_there_with_its_reason(open_page, read, build, lang, what):
    text = read(open_page(PAGE, lang=lang, place=CARDIFF))
    entries = [getattr(one, "entry", one) for one in getattr(queries, what)(build=build)]
    entries += list(moved_on(build=build)) if what == "gaps" else []
    assert entries
    for entry in entries:
        assert entry.heading.text(lang) in text
        assert entry.text.text(lang) in text
        assert entry.url in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_names_the_official_page_that_fills_it_and_a_request_is_ready(open_page, read, build, lang):
    session = open_page(PAGE, lang=lang, place=CARDIFF)
    place = queries.area(CARDIFF, build=build).name.text(lang)
    assert all(gap.entry.url.startswith("https://") for gap in queries.gaps(build=build))
    ledger = next(found for found in re.findall(r"<table.*?</table>", html(session), re.DOTALL) if "id='gap_" in found)
    assert all(f"id='{anchor('gap', gap.entry)}'" in ledger for gap in queries.gaps(build=build))
    assert ledger.count("class='ct-sort'") == ledger.count("<th scope='col'") == 3
    (request,) = session.code
    assert request.value == written(to_police(queries.area(CARDIFF, build=build)), lang)
    assert t("data.foi_local", lang=lang) in request.value
    assert place in request.value


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "asylum", "asylum_support"),
        ("cy", "lloches", "asylum_support"),
        ("en", "lloches", "asylum_support"),  # either language finds
        ("cy", "Census 2021", "census_ethnic_group"),
        ("en", "  HOMICIDE ", "homicide"),
    ],
)
def test_the_search_finds_in_either_language_whatever_the_case(open_page, lang, text, found):
    codes = listed(search(open_page, text, lang))
    assert found in codes
    assert len(codes) < 65


def test_a_search_is_in_the_address_and_a_colleague_sees_the_same(open_page):
    mine = search(open_page, "homicide")
    theirs = open_page(PAGE, **dict(mine.query_params))
    assert listed(mine) == listed(theirs) == ["homicide"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["zzzz", "<script>alert(1)</script>", "%' OR 1=1 --"])
def test_a_search_without_an_answer_says_so_and_nothing_of_it_runs(open_page, text, lang):
    session = search(open_page, text, lang)
    assert listed(session) == []
    assert t("data.none_found", lang=lang) in unescape(html(session))
    assert "<script>alert" not in html(session)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_superseded_series_and_no_others_say_that_they_are_older(open_page, build, lang):
    text = html(open_page(PAGE, lang=lang))
    blocks = dict(re.findall(r"<details class='ct-details' id='([^']+)'>(.*?)</details>", text, re.DOTALL))
    labelled = {code for code, block in blocks.items() if t("chip.older_series", lang=lang) in unescape(block)}
    assert labelled == {s.code for s in queries.sources(build=build).values() if s.vintage == "superseded"}
    assert len(labelled) == 3


@pytest.fixture
def refreshed(on_show, tmp_path, monkeypatch):
    """Put a data folder on show in which a made-up release revised, added and took back figures."""
    data = scratch_data(tmp_path)
    load.build(data=data)

    def change(lines: list[str]) -> list[str]:
        newer = next_year(lines)
        return [line for line in newer if not line.startswith("hate_crimes,E23000036,2023-04-01")]

    outcome = run(data, release(data, change=change))
    assert outcome.code == 0
    monkeypatch.setattr(store, "DATA", data)


@pytest.mark.usefixtures("refreshed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_last_refresh_changed_is_shown_with_old_and_new(open_page, lang):
    text = unescape(html(open_page(PAGE, lang=lang, place=CARDIFF)))
    shown = text[text.rindex(t("data.revisions", lang=lang)) :]  # the heading, after the link in the contents
    assert queries.sources(build=store.build_id())[FORCES].title.text(lang) in shown
    assert FORCES not in shown  # a reader knows no name of a table
    assert t("data.refreshed.derived", lang=lang) in shown
    history = shown[shown.index(t("data.history", lang=lang, n="1")) :]
    for word in ("day", "before", "edition", "new", "revised", "replaced", "lost", "accepted"):
        assert t(f"data.history.{word}", lang=lang) in history
    assert t("data.accepted.lost_periods", lang=lang, n="1") not in history
    measure, where = t("data.refreshed.new_periods", lang=lang), t("data.refreshed.lost_rows", lang=lang)
    assert measure in shown
    assert where in shown
    assert t("data.refreshed.before", lang=lang) in shown
    revised = re.search(r"<th scope='row'>([^<]*)</th><td class=ct-text>2868</td><td class=ct-text>2900</td>", shown)
    assert revised is not None
    assert {"en": "South Wales Police", "cy": "Heddlu De Cymru"}[lang] in revised[1]
    assert {"en": "ending March 2026", "cy": "fis Mawrth 2026"}[lang] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_refresh_the_page_says_that_there_was_none(open_page, read, data_folder, lang):
    if (data_folder / "build" / "last_refresh.json").exists():
        pytest.skip("a refresh was made in this working copy")
    assert t("data.no_refresh", lang=lang) in read(open_page(PAGE, lang=lang, place=CARDIFF))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_that_could_not_be_read_are_told_as_text_and_nothing_is_told_where_they_were(open_page, build, lang):
    heading = t("data.not_rebuilt", lang=lang, build=build)
    assert heading not in unescape(html(open_page(PAGE, lang=lang, place=CARDIFF)))
    trouble.note("x.csv, row 3: expected a number; came '<b>1</b>'")
    try:
        page = html(open_page(PAGE, lang=lang, place=CARDIFF))
    finally:
        trouble.note("")
    assert heading in unescape(page)
    assert "came &#39;&lt;b&gt;1&lt;/b&gt;&#39;" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_edition_before_gave_otherwise_is_listed_with_both_figures(open_page, build, lang):
    text = unescape(html(open_page(PAGE, lang=lang, place=CARDIFF)))
    assert re.search(r"<td class=ct-text>243</td><td class=ct-text>257</td>", text)
    revised = queries.revisions(build=build)
    rra = [r for r in revised if r.key[0] == "rra_offences" and r.key[1] == "W15000003" and r.key[4] == "total"]
    assert ("2023-04-01", "316", "338") in [(r.key[2], r.before, r.now) for r in rra]
    for edition in (revised[0].edition, revised[0].edition_before):
        assert edition.text(lang) in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["gone", "behind", "torn"])
def test_a_reader_learns_that_the_figures_are_not_the_newest_and_why(open_page, build, monkeypatch, what, lang):
    monkeypatch.setattr(store, f"is_{what}", lambda: True)
    text = unescape(html(open_page(PAGE, lang=lang, place=CARDIFF)))
    told = {key: t(f"data.{key}", lang=lang, build=build) in text for key in ("gone", "behind", "torn")}
    assert told == {key: key == what for key in told}
