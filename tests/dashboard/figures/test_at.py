"""A map or a rank of a day: its words, rows and files are of that day, and a day that is none is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.charts import AreaMap, FunnelChart
from dashboard.figure import Figure, View
from dashboard.figures.catalogue import BY_CODE, ENTRIES, answer, with_usual
from dashboard.figures.request import AT, Request, read
from dashboard.i18n import LANGUAGES
from tests.every_block import usual_block

WITH_DAYS = [entry for entry in ENTRIES if any(option.name == AT for option in entry.options)]
PLACES = ("W06000015", "XCAV", "W15000003", "W92000004")


def days(request: Request, code: str) -> tuple[str, ...]:
    option = next(one for one in BY_CODE[code].options if one.name == AT)
    return option.codes(request)


def of_day(view: View, code: str, day: str) -> Figure | None:
    block = answer(code, with_usual(code, view, at=day))
    return block if isinstance(block, Figure) else None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_day_that_is_offered_gives_a_figure_of_that_day_and_of_no_other(view, place, lang):
    here = view(place, lang)
    for entry in WITH_DAYS:
        for day in days(with_usual(entry.code, here), entry.code)[1:]:
            figure = of_day(here, entry.code, day)
            usual = usual_block(here, code=entry.code)
            if figure is None:
                assert not isinstance(usual, Figure), (entry.code, day)
                continue
            assert {o.period.end.isoformat() for o in figure.newest} == {day}, (entry.code, day)
            assert figure.subtitle != usual.subtitle, (entry.code, day)
            assert figure.alt != usual.alt, (entry.code, day)
            assert figure.table.rows
            assert figure.age == "", (entry.code, day)


def test_every_map_of_a_measure_held_for_several_days_offers_them(view):
    here = view("W06000015")
    for entry in ENTRIES:
        figure = usual_block(here, code=entry.code)
        if isinstance(figure, Figure) and isinstance(figure.drawing, AreaMap | FunnelChart):
            assert len(days(with_usual(entry.code, here), entry.code)) > 1, entry.code


def test_the_newest_day_is_the_usual_one_and_stands_in_no_address(view):
    here = view("W06000015")
    usual = with_usual("asylum_map", here)
    newest = days(usual, "asylum_map")[0]
    assert with_usual("asylum_map", here, at=newest) == usual
    assert "at=" not in usual.address()
    assert "at=2020-03-31" in with_usual("asylum_map", here, at="2020-03-31").address()


def test_the_map_of_march_2020_says_what_has_been_counted_since(view):
    figure = of_day(view("W06000015"), "asylum_map", "2020-03-31")
    assert figure.title == (
        "People were receiving asylum support in 8 of the 22 local authorities of Wales on 31 March 2020"
    )
    assert figure.caveats[0].text.startswith("Counted differently since this date: Section 98 support is counted")
    assert "Section 98" not in of_day(view("W06000015"), "asylum_map", "2025-12-31").caveats[0].text


def test_a_rank_of_an_older_day_has_the_numbers_of_that_day(view, build):
    figure = of_day(view("W06000022"), "ukraine", "2025-12-31")
    area, count = (
        next(n for n, c in enumerate(figure.table.columns) if c.key == key) for key in ("area_code", "count")
    )
    for row in figure.table.rows:
        held = queries.series("homes_for_ukraine_arrivals", row[area], build=build).observations
        assert row[count] == next(o.value for o in held if o.period.end.isoformat() == "2025-12-31")


def test_the_places_beside_ours_are_told_of_the_same_day(view):
    here = replace(view("W06000015"), beside=(queries.area("W06000022", build=view("W06000015").build),))
    figure = of_day(here, "asylum_map", "2020-03-31")
    rate = next(c for c, column in enumerate(figure.table.columns) if column.key == "rate")
    newport = next(row for row in figure.table.rows if row[0] == "Newport")
    assert f"Newport {newport[rate]:.1f}" in figure.sentence


NO_DAYS = (
    "1900-01-01",
    "2025-02-30",
    "yesterday",
    "2020",
    "",
    "<b>2020-03-31</b>",
    "2020-03-31,2021-03-31",
    "x" * 9_000,
)


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_day_that_is_not_held_gives_the_newest_and_a_notice_with_those_that_are(view, day):
    for code in ("asylum_map", "compare_dots", "small_areas"):
        request, (notice,) = read({"place": "W06000015", "at": day}, options=BY_CODE[code].options)
        assert request.unusual(AT) == ""
        assert (notice.name, notice.allowed) == (AT, days(request, code))


def test_a_day_of_one_measure_is_none_of_another(build):
    for measure, is_told in (("asylum_supported", False), ("population_change", True)):
        _, notices = read({"measure": measure, "at": "2020-03-31"}, options=BY_CODE["compare_map"].options)
        assert bool(notices) == is_told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_was_chosen_is_not_called_the_newest(view, lang):
    here = view("W06000015", lang)
    for code in ("compare_map", "compare_dots"):
        figure = of_day(here, code, days(with_usual(code, here), code)[1])
        newest, chosen = (
            {"en": "the newest that is complete", "cy": "y diweddaraf sy'n gyflawn"}[lang],
            {"en": "as chosen", "cy": "fel y dewiswyd"}[lang],
        )
        assert not [text for text in figure.caveat_texts if newest in text]
        assert [text for text in figure.caveat_texts if chosen in text]
        assert [text for text in usual_block(here, code=code).caveat_texts if newest in text]
