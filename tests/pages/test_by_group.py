"""By group as an officer meets it: one picker, one table of all that is held, and its gaps."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from lxml.html import fromstring

from dashboard import queries, store
from dashboard.blocks import groups
from dashboard.downloads import csv_bytes
from dashboard.figure import Figure, NotHeld, View
from dashboard.figures.catalogue import BY_CODE
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import written
from tests.every_block import cells, usual_block

PAGE, CARDIFF, WALES, FORCE, BOTH = "by_group", "W06000015", "W92000004", "W15000003", "XCAV"
CHARACTERISTICS = {  # Equality Act 2010, section 4
    *("age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex"),
    "sexual_orientation",
}


@pytest.fixture
def figure(build):
    def made(group: str, place: str = CARDIFF, lang: str = "en") -> Figure | NotHeld:
        view = View(place=queries.area(place, build=build), lang=lang, build=build)
        return usual_block(view, code="by_group", group=group)

    return made


def row(figure: Figure, category: str) -> dict:
    keys = [column.key for column in figure.table.columns]
    (found,) = [cells for cells in figure.table.rows if cells[1] == category]
    return dict(zip(keys, found, strict=True))


def test_every_protected_characteristic_has_a_group():
    assert set(groups.BY_CODE) >= CHARACTERISTICS | {"gypsy_roma_traveller", "asylum", "refugees", "migrants"}


def test_every_group_names_measures_categories_and_gaps_that_there_are(build):
    """A gap is not shown when a release has filled it: it must be one of the ledger's own all the same."""
    with (store.DATA / "reference" / "gaps.csv").open(encoding="utf-8") as file:
        ledger = {gap["gap"] for gap in csv.DictReader(file)}
    for group in groups.GROUPS:
        for measure, codes in group.parts:
            assert set(codes) <= set(queries.categories(measure, build=build)), (group.code, measure)
        assert set(group.gaps) <= ledger
        assert group.parts or group.unheld


@pytest.mark.parametrize(
    ("group", "place", "whose"),
    [
        ("disability", CARDIFF, "Cardiff"),
        ("poverty", FORCE, "South Wales Police, or the area that is named"),
        ("poverty", BOTH, "Cardiff and the Vale of Glamorgan, or the area that is named"),
    ],
)
def test_dots_of_another_area_are_not_said_to_be_of_the_place(figure, group, place, whose):
    """Child poverty of a force's place is held for Wales alone, of two councils for each."""
    assert figure(group, place).drawing.whose == (whose, "Wales")


def test_a_share_is_of_its_own_table_beside_wales(figure):
    """Census 2021, TS038, Cardiff: 67,470 of 362,310 people were disabled under the Equality Act."""
    disabled = row(figure("disability"), "Disabled under the Equality Act")
    assert disabled["share"] == pytest.approx(disabled["count"] / 362_310 * 100, abs=0.01)
    assert 21 < disabled["wales"] < 22
    assert (disabled["area"], disabled["when"], disabled["gap"]) == ("Cardiff", "21 March 2021", "")
    assert "Office for National Statistics" in disabled["source"]


def test_a_published_share_stands_as_it_is_published(figure):
    poverty = row(figure("poverty"), "Before housing costs")
    assert (poverty["count"], round(poverty["share"], 1), round(poverty["wales"], 1)) == (None, 19.6, 21.2)


def test_what_is_held_for_a_larger_area_alone_says_so(figure):
    strand = row(figure("disability"), "Disability")
    assert (strand["area"], strand["share"], strand["wales"]) == ("Wales", None, None)
    assert strand["gap"] == t("by_group.larger", lang="en", area="Wales")


def test_two_authorities_show_each_its_own_percentage_and_never_a_sum(figure):
    both = figure("poverty", BOTH)
    shares = {
        (area, round(share, 1))
        for area, category, share in zip(
            cells(both, "area"), cells(both, "category"), cells(both, "share"), strict=True
        )
        if category == "Before housing costs"
    }
    assert {area for area, _ in shares} == {"Cardiff", "Vale of Glamorgan"}


def test_a_police_force_area_is_told_of_itself_or_of_wales(figure):
    assert set(cells(figure("race", FORCE), "area")) - {""} == {"South Wales Police", "Wales"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", groups.GROUPS, ids=lambda group: group.code)
def test_what_is_not_held_stands_in_the_same_table_and_in_the_file(figure, build, group, lang):
    made = figure(group.code, lang=lang)
    if isinstance(made, NotHeld):
        assert group.code == "marriage"
        assert t("by_group.unheld.marriage.why", lang=lang) in made.reason
        return
    view = View(place=queries.area(CARDIFF, build=build), lang=lang, build=build)
    rows = list(csv.reader(io.StringIO(csv_bytes(made, lang=lang).decode("utf-8-sig"))))
    heads = next(cells for cells in rows if t("by_group.gap", lang=lang) in cells)
    for what, why in ((written(what, lang), written(why, lang)) for what, why in groups.unheld(group, view)):
        (missing,) = [cells for cells in rows if cells[0] == what]
        assert (missing[3], missing[heads.index(t("by_group.gap", lang=lang))]) == ("[x]", why)
        assert f"{what}: {why}" in made.caveat_texts


def test_a_tiny_share_is_not_written_as_nothing(figure):
    made = figure("gypsy_roma_traveller")
    assert "Romany English: under 0.1%" in made.sentence
    assert "Any Romani language: 0%" in made.sentence  # nobody at all


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", ["race", "marriage", "asylum"])
def test_the_group_is_in_the_address_and_its_figures_are_led_to(open_page, read, lang, group):
    session = open_page(PAGE, lang=lang, place=CARDIFF, group=group)
    assert not session.exception
    text = read(session)
    assert session.query_params["group"] == group
    targets = re.findall(r"<a class='ct-go' href='\./(\w+)\?([^'#]*)#(\w+)'", text)
    blocks = {block for _, _, block in targets}
    assert blocks <= set(BY_CODE)
    assert bool(blocks) == bool(groups.BY_CODE[group].parts)
    assert all(f"place={CARDIFF}" in unescape(query) for _, query, _ in targets)


@pytest.mark.parametrize(("group", "notices"), [("everyone", 1), ("<b>", 1), ("", 0)])
def test_a_group_that_there_is_not_gives_the_first_and_a_plain_notice_and_none_named_the_first(
    open_page, group, notices
):
    session = open_page(PAGE, place=CARDIFF, group=group)
    assert not session.exception
    assert session.query_params["group"] == groups.GROUPS[0].code
    assert len(session.info) == notices


def test_the_table_stands_open_and_a_strand_is_led_to_where_strands_are_shown(open_page):
    html = "\n".join(e.proto.body for e in open_page(PAGE, place=CARDIFF, group="race").get("html"))
    (table,) = fromstring(f"<div>{html}</div>").iterfind(".//table[@role='table']")  # not folded away in an attribute
    assert table.get("class") == "ct-table ct-stacked"  # on a telephone its rows are cards
    assert all("open" in one.attrib for one in table.iterancestors("details"))
    assert len(table.findall("tbody/tr")) > 10
    assert "#strands_wales'" in html


@pytest.mark.parametrize(("group", "opposite"), [("carers", "No unpaid care"), ("poverty", "Not deprived in any")])
def test_the_title_tells_of_the_group_and_not_of_everybody_else(figure, group, opposite):
    found = figure(group)
    assert opposite not in found.title
    assert opposite in found.sentence
