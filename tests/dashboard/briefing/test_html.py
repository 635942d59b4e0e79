"""The briefing as one HTML file: whole, structured, in one language, and fetching nothing."""

from __future__ import annotations

import re

import pytest

from dashboard.briefing.html import html_bytes
from dashboard.briefing.model import file_stem
from dashboard.briefing.templating import style
from dashboard.briefing.words import references, standing
from dashboard.charts.svg import svg
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.tables import written
from tests.markup import (
    bare_tables,
    broken_references,
    fetched,
    heading_levels,
    read,
    repeated_ids,
    skipped_levels,
    text_of,
    unnamed_pictures,
)

PLACES = ("XCAV", "W06000024", "W15000004", "W92000004")
DOCUMENTS = ("one_page", "four_pages", "councillor", "community", "strand", "group")


CASES = [(kind, place, lang) for kind in DOCUMENTS for place in PLACES for lang in LANGUAGES]


@pytest.fixture(scope="module", params=CASES, ids=str)
def drawn(request, compose_for):
    """Return a briefing, the language of its file, and the file as read: drawn once for all tests of it."""
    kind, place, lang = request.param
    briefing = compose_for(kind, place)
    return briefing, lang, read(html_bytes(briefing, lang=lang))


def test_a_reader_finds_the_way_by_language_headings_and_landmarks(drawn):
    briefing, lang, page = drawn
    assert page.get("lang") == lang
    assert page.findtext("head/title").startswith(briefing.title.text(lang))
    assert heading_levels(page).count(1) == 1
    assert skipped_levels(heading_levels(page)) == []
    assert [len(page.xpath(f"//{name}")) for name in ("main", "body/header", "nav", "body/footer")] == [1, 1, 1, 1]
    assert page.xpath("//body/*[1]/@href") == ["#main"]
    assert repeated_ids(page) == set()
    assert broken_references(page) == set()


def test_nothing_is_fetched_and_no_script_can_run(drawn):
    _, _, page = drawn
    assert fetched(page) == []
    assert page.xpath("//script | //iframe | //object | //embed | //@*[starts-with(name(), 'on')]") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'; script-src 'none'" in policy


def test_tables_have_captions_and_headers_and_charts_have_words(drawn):
    briefing, _, page = drawn
    assert bare_tables(page) == []
    assert unnamed_pictures(page) == []
    assert len(page.xpath("//*[@role='img']")) == len(briefing.figures)


NUMBER, DAY = re.compile(r"[-−+£]?\d[\d,.]*%?"), re.compile(r"\d{1,2} [^\W\d]+ \d{4}")
OF_TIME = re.compile(r"period|year|cyfnod|blwyddyn", re.IGNORECASE)


def test_numbers_end_under_each_other_and_a_day_stands_on_one_line(drawn):
    _, _, page = drawn
    for table in page.xpath("//table"):
        heads = [text_of(head) for head in table.xpath("thead/tr/th")]
        columns = zip(*(row.xpath("*") for row in table.xpath("tbody/tr")), strict=True)
        for head, cells in zip(heads, columns, strict=True):
            kinds = {cell.get("class", "") for cell in cells if cell.tag == "td"}
            if any(NUMBER.fullmatch(text_of(cell)) for cell in cells) and not OF_TIME.search(head):
                assert kinds <= {"number"}, (head, kinds)
            assert all("dated" in one.get("class", "dated") for one in cells if DAY.fullmatch(text_of(one))), head


def test_everything_the_briefing_says_is_there(drawn):
    briefing, lang, page = drawn
    words = text_of(page)
    said = [*briefing.message_texts(lang)]
    said += [section.heading.text(lang) for section in briefing.sections]
    said += [
        *standing(briefing, lang=lang),
        *(r.text for r in references(briefing, lang=lang)),
        t("footer.licence", lang=lang),
    ]
    for one in briefing.figures:
        figure = in_language(one, lang)
        said += [figure.title, figure.subtitle, figure.sentence, *figure.caveat_texts, *figure.chips]
    assert [text for text in said if " ".join(text.split()) not in words] == []


def test_under_each_chart_stand_its_numbers_as_the_pages_write_them(drawn):
    briefing, lang, page = drawn
    for one in briefing.figures:
        table = in_language(one, lang).table
        (found,) = page.xpath("//table[starts-with(caption, $title)]", title=f"{in_language(one, lang).title}. ")[:1]
        cells = [text_of(cell) for cell in found.xpath("tbody//th | tbody//td")]
        shown = [(n, column) for n, column in enumerate(table.columns) if column.is_shown]
        expected = [written(row[n], column=column, lang=lang) for row in table.rows for n, column in shown]
        assert cells == [" ".join(text.split()) for text in expected]


def test_a_chart_block_has_the_order_of_the_pages(drawn):
    _, _, page = drawn
    order = ["h3", "subtitle", "chips", "plot", "p", "caveats", "details", "source"]
    for figure in page.iter("figure"):
        together, *rest = figure
        parts = [part.get("class") or part.tag for part in (*together, *rest)]
        assert parts == [name for name in order if name in parts]
        assert {"h3", "subtitle", "plot", "caveats", "details", "source"} <= set(parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_language_is_named_in_its_own_words(compose_for, lang):
    other = next(one for one in LANGUAGES if one != lang)
    known = compose_for("one_page", address="https://trends.example.wales")
    (link,) = read(html_bytes(known, lang=lang)).xpath("//header//a")
    assert (link.getparent().get("lang"), link.get("href")) == (other, known.links.text(other))
    unknown = compose_for("one_page")
    (link,) = read(html_bytes(unknown, lang=lang)).xpath("//header//a")
    assert link.get("href") == f"{file_stem(unknown, lang=other)}.html"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_officers_words_stay_words(compose_for, hostile, lang):
    briefing = compose_for("one_page", officer=hostile)
    page = read(html_bytes(briefing, lang=lang))
    assert text_of(page.find(".//h1")) == " ".join(briefing.title.text(lang).split())
    assert page.xpath("string(//p[@class='own'])") == briefing.officer.introduction
    assert briefing.officer.contact in text_of(page.xpath("//body/footer")[0])
    assert page.xpath("//script | //img | //@onerror | //@onload") == []
    assert page.xpath("//h1/@dir") == ["auto"]


def test_a_figure_that_is_not_held_says_so_and_where_it_can_be_had(compose_for):
    briefing = compose_for("four_pages", "W06000015")
    absent = [in_language(item.card, "en") for item in briefing.items() if type(item).__name__ == "Absent"]
    words = text_of(read(html_bytes(briefing, lang="en")))
    assert [card.reason for card in absent if card.reason not in words] == []
    assert bool(absent) == (t("not_held.never_estimated", lang="en") in words)


def test_the_same_briefing_gives_the_same_bytes(compose_for):
    assert html_bytes(compose_for("four_pages"), lang="cy") == html_bytes(compose_for("four_pages"), lang="cy")


@pytest.mark.parametrize("sheets", [("base", "document"), ("base", "presenter")], ids=str)
def test_no_rule_for_the_page_reaches_into_a_chart(compose_for, sheets):
    """A chart names its strokes too: a page's rule for ".name" once swelled the names of a waterfall."""
    rules = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"@font-face \{.*?\}", "", str(style(*sheets)))))
    drawn = [svg(in_language(figure.drawing, "en"), width=700) for figure in compose_for("data").figures]
    strokes = {name for text in drawn for value in re.findall(r'class="([^"]+)"', text) for name in value.split()}
    assert "tick-x" in strokes
    assert rules & strokes == set()
