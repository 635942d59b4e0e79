"""Evidence by protected characteristic: every row of the Act, published numbers, gaps with who can be asked."""

from __future__ import annotations

import pytest

from dashboard import queries
from dashboard.blocks import groups
from dashboard.figure import in_language
from dashboard.figures import equality
from dashboard.figures.equality import (
    BY_CODE,
    CHARACTERISTICS,
    DUTIES,
    at_a_glance,
    figures_of,
    gaps,
    holder,
    request,
    unheld,
)
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import written
from dashboard.tables import as_read

CEREDIGION, CARDIFF, WALES, FORCE = "W06000008", "W06000015", "W92000004", "W15000004"


def glance(view) -> dict[str, tuple[str, ...]]:
    """Return the cells of each row of the one table, by its name."""
    read = as_read(in_language(at_a_glance(view.subject).table, view.lang), lang=view.lang)
    return {row[0]: row[1:] for row in read.rows}


def test_there_is_a_row_for_each_characteristic_of_the_act_and_for_two_duties(view):
    assert list(glance(view(CEREDIGION, "cy"))) == [
        *("Oedran", "Anabledd", "Ailbennu rhywedd", "Priodas a phartneriaeth sifil", "Beichiogrwydd a mamolaeth"),
        *("Hil", "Crefydd neu gred", "Rhyw", "Cyfeiriadedd rhywiol"),
        *("Y ddyletswydd economaidd-gymdeithasol", "Y Gymraeg"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [  # Census 2021, tables TS038, TS070, TS007 and TS077, as the ONS publishes them by authority
        ("Disability", "Disabled under the Equality Act: 15,637 (21.9%; Wales 21.6%)"),
        ("Gender reassignment", "Different from sex registered at birth: 428 (0.7%; Wales 0.4%)"),
        ("Age", "Under 16: 10,081 (14.1%; Wales 17.6%)"),  # 2,706 + 3,288 + 4,087 of 71,468
        ("Religion or belief", "Sikh: 35 (under 0.1%; Wales 0.1%)"),
        ("Sexual orientation", "Not answered: 6,405 (10.4%; Wales 7.6%)"),
    ],
)
def test_it_gives_the_published_number_with_its_share_and_that_of_wales(view, row, told):
    assert told in glance(view(CEREDIGION))[row][0].split(equality.LINES)


def test_of_wales_itself_nothing_stands_beside(view):
    assert "Disabled under the Equality Act: 670,264 (21.6%)" in glance(view(WALES))["Disability"][0]


def test_hate_crime_is_of_the_force_as_first_printed_and_of_wales(view):
    crimes = glance(view(CEREDIGION))["Disability"][2].split(equality.LINES)
    assert [line.partition(":")[0].partition(" (")[0] for line in crimes] == [
        "Dyfed-Powys Police, year ending March 2023",
        "Wales, year ending March 2024",
    ]
    assert (": 106 offences, as first published" in crimes[0], ": 752 offences" in crimes[1]) == (True, True)
    assert glance(view(CEREDIGION))["Age"][2] == "None of the five strands that the police record."


def test_a_characteristic_that_nothing_is_held_of_says_so_and_why(view):
    here = view(CARDIFF)
    row = glance(here)["Marriage and civil partnership"]
    assert row[:2] == ("No figure is held.", "")
    assert figures_of("marriage", here.subject) is None
    (gap,) = unheld(BY_CODE["marriage"], here.subject)
    assert "TS002" in written(gap.why, "en")
    assert gap.holder is None  # it is published: nobody need be asked


def test_every_figure_of_a_row_stands_in_its_table_with_the_unit_or_the_people_it_is_of(view):
    here = view(CEREDIGION)
    table = in_language(figures_of("gender_reassignment", here.subject).table, "en")
    read = as_read(table, lang="en")
    cells = {(row[1], row[5]): row[2:5] for row in read.rows}
    assert cells["Trans man", "This place"] == ("62 (0.1%)", "0.1%", "of people aged 16 and over")
    assert cells["Transgender identity", "Wales"] == ("306", groups.NOT_APPLICABLE, "offences")
    assert cells["Transgender identity", "Dyfed-Powys Police"] == ("34", groups.NOT_APPLICABLE, "offences")
    assert table.cells("count")[:2] == (55874.0, 428.0)


def test_fewer_than_five_people_are_no_number_in_the_one_table(view, monkeypatch):
    monkeypatch.setattr(equality, "_count", lambda *_: 3.0)
    line, here = BY_CODE["sex"].lines[0], view(CEREDIGION).subject
    figure = queries.series("census_sex", CEREDIGION, category="female", build=here.build).latest
    assert equality._written("Female", line, figure, here).text("en").startswith("Female: fewer than five (")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [CEREDIGION, CARDIFF, "XCAV", WALES, FORCE])
def test_what_is_not_held_stands_once_with_the_words_that_ask_whoever_holds_it(view, place, lang):
    here = view(place, lang).subject
    missing = gaps(here)
    assert len({gap.code for gap in missing}) == len(missing)
    assert {gap.code for gap in missing} == {gap.code for one in CHARACTERISTICS for gap in unheld(one, here)}
    act = {"en": "Freedom of Information Act 2000", "cy": "Ddeddf Rhyddid Gwybodaeth 2000"}[lang]
    asked = [written(request(gap, here), lang) for gap in missing if gap.holder]
    assert len(asked) >= 4
    assert all(act in text and "5" in text for text in asked)
    own = {"en": "your force", "cy": "eich heddlu"}[lang]  # of Wales, which no force covers
    assert all(here.place.called.text(lang) in text or (place == WALES and own in text) for text in asked)
    assert not any(request(gap, here) for gap in missing if not gap.holder)


def test_a_police_force_is_asked_by_its_name_and_councils_alone_of_their_schools(view):
    here = view(CEREDIGION).subject
    holders = {gap.code: written(holder(gap, here), "en") for gap in gaps(here) if gap.holder}
    assert holders["strands_by_force"] == holders["victims"] == "Dyfed-Powys Police"
    assert "health board" in holders["pregnancy"]
    force = view(FORCE).subject
    (asked,) = [request(gap, force) for gap in gaps(force) if gap.code == "incidents"]
    assert "by your force in the Dyfed-Powys Police area, by hate crime strand" in written(asked, "en")
    assert "bullying" not in {gap.code for gap in gaps(view(FORCE).subject)}


def test_the_duties_are_called_as_the_law_calls_them(view):
    names = {code: written(equality.name(BY_CODE[code]), "cy") for code in DUTIES}
    assert names == {"poverty": "Y ddyletswydd economaidd-gymdeithasol", "welsh_speakers": "Y Gymraeg"}
