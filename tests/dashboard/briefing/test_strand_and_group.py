"""The strand sheet and the by-group sheet: one thing of several, chosen in address, command and kept file."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard import queries
from dashboard.blocks import common, groups
from dashboard.briefing.__main__ import main
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import ready
from dashboard.briefing.forms import FORMS, as_file
from dashboard.briefing.kinds import GROUP, STRAND
from dashboard.briefing.model import Absent, Bullets, KeyMessages, Rows, file_stem
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import read
from dashboard.briefing.words import standing
from dashboard.figure import in_language
from dashboard.figures import strands as of_a_strand
from dashboard.findings import strands
from dashboard.findings.message import Quantity
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import written
from tests.contracts.test_one_number_in_every_form import whole_text

MADE = date(2026, 11, 25)


@pytest.fixture
def composed(build):
    def make(kind: str, place: str = "XCAV", choice: str = "", **more):
        return compose(kind=kind, place=place, build=build, made_on=MADE, choice=choice, **more)

    return make


def table(briefing, start: str) -> list[dict]:
    (found,) = [item for item in briefing.items() if isinstance(item, Rows) and item.code.startswith(start)]
    read_in = in_language(found.table, "en")
    return [dict(zip([column.key for column in read_in.columns], row, strict=True)) for row in read_in.rows]


@pytest.mark.parametrize("strand", STRAND.codes)
def test_every_place_has_a_sheet_of_every_strand_and_its_figures_are_of_that_strand(composed, build, strand):
    for place in queries.places(build=build)[::3]:
        briefing = composed("strand", place, strand)
        counts = [v for m in briefing.messages for name, v in m.values if name == "n" and isinstance(v, Quantity)]
        assert all(o.category == strand for value in counts for o in value.of)
        assert not [value for value in counts if 0 < value.value < 5], "a number of one to four is left to the table"
        assert table(briefing, "strand_held"), place


def test_the_table_says_of_each_number_whose_it_is_and_which_kind_of_edition_printed_it(composed):
    rows = table(composed("strand", choice="race"), "strand_held")
    assert {"South Wales Police", "Wales"} == {row["where"] for row in rows}
    newest = rows[0]
    assert (newest["year"], newest["number"], newest["edition"]) == ("2018/19", 1305, "as first published")
    assert round(newest["share"], 1) == 68.5
    assert next(row for row in rows if row["where"] == "Wales")["edition"] == "in today's tables"


def test_a_share_is_of_the_total_of_its_own_edition_or_not_given(composed):
    wales = {r["year"]: r for r in table(composed("strand", choice="race"), "strand_held") if r["where"] == "Wales"}
    assert wales["2018/19"]["share"] is None, "the total of that year is of another edition"
    assert wales["2023/24"]["share"] is not None


def test_a_small_count_stands_in_the_table_and_in_no_sentence(composed):
    briefing = composed("strand", "W15000002", "transgender")
    assert 2 in [row["number"] for row in table(briefing, "strand_held")]
    told = [text.text("en") for i in briefing.items() if isinstance(i, Bullets) for text in i.texts]
    said = [text for i in briefing.items() if isinstance(i, KeyMessages) for text in i.texts("en")]
    assert not re.search(r"\b[1-4] hate crimes", " ".join((*told, *said)))


def test_what_changed_gives_no_count_of_fewer_than_the_least(build, monkeypatch):
    wales = queries.area("W92000004", build=build)
    series = queries.series("hate_crimes", "XEWEXMET", category="transgender", build=build)
    monkeypatch.setattr(common, "FEWEST", 10**6)
    told = of_a_strand._changed(series, _subject(wales, build))
    assert told.text("en").count("fewer than five in") == 2
    assert told.text("cy").count("llai na phump") == 2


@pytest.mark.parametrize(("lang", "its", "their"), [("en", "of its", "that they"), ("cy", "o'i", "o'u")])
def test_a_share_is_of_one_forces_crimes_or_of_those_of_all_four(build, lang, its, their):
    force, wales = strands.strand_messages("race", _subject(queries.area("XCAV", build=build), build))
    assert its in force.text(lang)
    assert their in wales.text(lang)
    assert its not in wales.text(lang)


def test_no_sentence_is_written_of_fewer_than_the_least(build, monkeypatch):
    view = _subject(queries.area("XCAV", build=build), build)
    assert len(strands.strand_messages("transgender", view)) == 2
    monkeypatch.setattr(strands, "FEWEST", 100)  # the force has 60, Wales 306
    assert [m.rule for m in strands.strand_messages("transgender", view)] == ["strand_country"]


@pytest.mark.parametrize("place", ["W06000008", "W06000015"])
def test_a_past_edition_says_its_age_as_the_newest_of_wales_does(build, place):
    told = strands.strand_messages("race", _subject(queries.area(place, build=build), build))
    assert [" old" in m.text("en") and " yn ôl" in m.text("cy") for m in told] == [True, True]


@pytest.mark.parametrize(
    ("group", "place", "category", "count"),
    [  # Census 2021, TS077 and TS078; Home Office, hate crime 2022 to 2023, as first published
        ("sexual_orientation", "W06000008", "Other sexual orientation", 430),
        ("sexual_orientation", "W06000008", "Lesbian, gay, bisexual or other (LGB+)", 2988),
        ("gender_reassignment", "W06000008", "All other gender identities", 66),
        ("gender_reassignment", "W06000008", "Not answered", 5087),
        ("race", "W15000004", "Race", 458),
    ],
)
def test_a_sheet_leaves_out_no_part_of_what_it_counts(composed, group, place, category, count):
    rows = table(composed("group", place, group), "group_evidence")
    assert (category, count) in [(row["category"], row["count"]) for row in rows]


def test_welsh_is_understood_read_and_written_as_well_as_spoken(composed):
    measures = {row["measure"] for row in table(composed("group", "W06000008", "welsh_speakers"), "group_evidence")}
    assert len(measures) == 5


def test_figures_of_the_councils_of_a_region_are_not_of_the_region_itself(build):
    view = _subject(queries.area("XCAV", build=build), build)
    own = sum(row.series.area.code == "XCAV" for row in groups.rows_of(groups.BY_CODE["age"], view))
    assert own == 11


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", ["age", "asylum", "religion"])
def test_a_group_is_headed_by_a_figure_and_says_where_its_list_stops(build, group, lang):
    block = groups.by_group(_subject(queries.area("W06000015", build=build), build), groups.BY_CODE[group])
    title, sentence = written(block.title, lang), written(block.sentence, lang)
    first = sentence.split("; ")[0]
    assert re.search(r"\d", first)
    assert title.endswith(first)
    assert {"en": "the table has them all", "cy": "maent i gyd yn y tabl"}[lang] in sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_of_one_day_have_one_day(composed, lang):
    lines = standing(composed("group", "W06000008", "refugees"), lang=lang)
    day = {"en": "Figures of 30 June 2026", "cy": "Dyddiad y ffigurau: 30 Mehefin 2026"}[lang]
    assert day in lines


def test_the_police_are_asked_for_their_own_area_where_it_is_no_council(build):
    def asked(place: str) -> str:
        return written(of_a_strand.question(_subject(queries.area(place, build=build), build)), "en")

    assert "hate crime in the South Wales Police area," in asked("W15000003")
    assert "hate crime in the whole of your force area," in asked("W92000004")
    told = ["how the local authority was decided" in asked(place) for place in ("W15000003", "W92000004", "XCAV")]
    assert told == [False, False, True]


@pytest.mark.parametrize("group", GROUP.codes)
def test_every_group_has_a_sheet_with_what_its_page_holds(composed, build, group):
    for place in ("XCAV", "W06000008", "W92000004"):
        briefing = composed("group", place, group)
        area = queries.area(place, build=build)
        held = groups.rows_of(groups.for_table(groups.BY_CODE[group]), _subject(area, build))
        if not held:
            (card,) = [item.card for item in briefing.items() if isinstance(item, Absent)]
            assert written(card.reason, "en") == "No figure is held.", "what is missing stands once, below"
            continue
        rows = table(briefing, "group_evidence")
        assert [row["count"] for row in rows] == [
            None if one.series.measure.kind == "share" else one.figure.value for one in held
        ]
        assert all(row["here"] and row["wales"] and row["from"] and row["when"] for row in rows)


def _subject(area, build):
    from dashboard.figure import Subject

    return Subject(place=area, build=build)


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_group_sheet_is_handed_over_as_data_too_with_every_row(composed, form, lang):
    briefing = composed("group", "W06000008", "disability")
    text = whole_text(FORMS[form].make(briefing, lang=lang), form)
    for row in table(briefing, "group_evidence"):
        assert str(int(row["count"])) in text.replace(",", "")


@pytest.mark.parametrize(
    ("kind", "choice", "expected"),
    [
        ("strand", "sexual_orientation", {"en": "hate-crime-sexual-orientation", "cy": "cyfeiriadedd-rhywiol"}),
        ("group", "gypsy_roma_traveller", {"en": "by-group-gypsy-roma-and-traveller-people", "cy": "sipsiwn-roma"}),
    ],
)
def test_the_name_of_a_file_says_what_is_inside(composed, kind, choice, expected):
    briefing = composed(kind, choice=choice)
    for lang in LANGUAGES:
        assert expected[lang] in file_stem(briefing, lang=lang)


@pytest.mark.parametrize(
    ("kind", "choice", "said"),
    [
        ("strand", "age", "expected as strand one of race, religion, sexual_orientation.*; came 'age'"),
        ("group", "race ", "expected as group one of age, disability.*; came 'race '"),
        ("one_page", "race", "expected no choice for the kind one_page, which has none; came 'race'"),
    ],
)
def test_a_choice_that_a_kind_has_not_is_refused(composed, kind, choice, said):
    with pytest.raises(ValueError, match=said):
        composed(kind, choice=choice)


def test_the_pieces_of_a_sheet_keep_their_choice_in_a_tray(composed):
    held = ready("strand", "religion")
    assert read(held.short(), home=home) == held
    assert all(p.options == (("strand", "religion"),) for p in held.pieces if p.code in ("strand_held", "strand_told"))
    own = composed("mine", own=Own(tray=held))
    assert table(own, "strand_held") == table(composed("strand", choice="religion"), "strand_held")


def test_a_choice_that_is_gone_is_said_and_the_usual_one_shown(composed):
    own = composed("mine", own=Own(tray=read("hate_crime-strand_held*strand*gone", home=home)))
    assert table(own, "strand_held") == table(composed("strand", choice="race"), "strand_held")
    text = whole_text(as_file(own, form="html", languages="en").content, "html")
    assert "One strand: every year held. What was chosen for it is not there any more" in text


def test_the_command_takes_the_choice_and_refuses_it_for_other_kinds(tmp_path, capsys):
    asked = ["--place", "W06000008", "--made", "2026-11-25", "--lang", "en", "-o", str(tmp_path)]
    assert main([*asked, "--form", "html", "--kind", "strand", "--strand", "disability"]) == 0
    (file,) = tmp_path.iterdir()
    assert file.name == "ceredigion_hate-crime-disability_2026-11-25_en.html"
    assert main([*asked, "--kind", "one_page", "--strand", "disability"]) == 2
    assert "expected no --strand for the kind one_page" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("kind = 'strand'\nstrand = 'none'", "expected as strand one of race, religion"),
        ("kind = 'group'\ngroup = 1", "group: expected a text in quotation marks"),
    ],
)
def test_a_set_refuses_a_choice_that_is_none(tmp_path, capsys, lines, said):
    (tmp_path / "set.toml").write_text(f"[[briefing]]\nplaces = 'XCAV'\n{lines}", encoding="utf-8")
    assert main(["--trays", str(tmp_path / "set.toml"), "-o", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err


def test_a_set_makes_the_chosen_sheet_and_says_what_it_goes_without(tmp_path, capsys):
    text = "[[briefing]]\nplaces = 'W06000008'\nlanguage = 'cy'\nform = 'html'\nkind = 'group'\n"
    text += "group = 'carers'\nstrand = 'race'"
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    assert main(["--trays", str(tmp_path / "set.toml"), "-o", str(tmp_path / "out"), "--made", "2026-11-25"]) == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == [
        "ceredigion_fesul-grwp-gofalwyr-di-dal_2026-11-25_cy.html"
    ]
    assert "left out strand, which a briefing of the kind group is not about" in capsys.readouterr().err
