"""The page that compares places: its choices live in the link, and what does not go together is explained."""

from __future__ import annotations

from html import unescape

import pytest

from dashboard.i18n import LANGUAGES, t

CARDIFF, CARDIFF_AND_VALE = "W06000015", "XCAV"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("choices", "notice", "shown"),
    [
        ({"measure": "born_outside_uk", "set": "global"}, "compare.notice.similar", {"set": "wales"}),
        ({"measure": "asylum_supported", "set": "england_wales"}, "compare.notice.forces", {"set": "wales"}),
        ({"measure": "hate_crimes", "form": "hex"}, "compare.notice.hex", {"form": "map"}),
        ({"set": "global", "form": "hex"}, "compare.notice.hex", {"set": "global", "form": "map"}),
    ],
)
def test_what_does_not_go_together_gives_the_usual_view_and_says_why(open_page, lang, choices, notice, shown):
    session = open_page("compare", lang=lang, place=CARDIFF, **choices)
    assert not session.exception
    assert [unescape(one.value) for one in session.info] == [t(notice, lang=lang)]
    assert {name: session.query_params[name] for name in shown} == shown
    assert not session.run().info  # told once


@pytest.mark.parametrize("name", ["measure", "set", "form"])
def test_a_choice_we_do_not_have_gives_the_usual_one_and_a_notice(open_page, name):
    session = open_page("compare", place=CARDIFF, **{name: "x"})
    assert not session.exception
    assert len(session.info) == 1
    assert session.query_params[name] == {"measure": "asylum_supported", "set": "wales", "form": "map"}[name]


def test_similar_areas_of_a_place_of_two_authorities_fall_back(open_page):
    session = open_page("compare", place=CARDIFF_AND_VALE, set="economic")
    assert [unescape(one.value) for one in session.info] == [t("compare.notice.similar", lang="en")]


def test_a_picked_measure_goes_into_the_address_as_a_code(open_page):
    session = open_page("compare", lang="cy", place=CARDIFF)
    picked = t("compare.measure.hate_crimes", lang="cy", years=10)
    session.selectbox(key="measure_picker_cy").select(picked).run()
    assert not session.exception
    assert session.query_params["measure"] == "hate_crimes"
    assert not session.info
    assert [s.key for s in session.selectbox][-3:] == [f"{name}_picker_cy" for name in ("measure", "set", "form")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("measure", "name"),
    [("asylum_supported", "ranges"), ("homes_for_ukraine", "ranges"), ("hate_crimes", "part"), ("hate_crimes", "unit")],
)
def test_a_choice_that_the_measure_has_none_of_is_told_and_taken_out(open_page, lang, measure, name):
    session = open_page("compare", lang=lang, place=CARDIFF, measure=measure, **{name: "spoilt"})
    assert not session.exception
    (notice,) = (unescape(one.value) for one in session.info)
    assert "spoilt" in notice
    assert name not in session.query_params
    assert not session.run().info  # told once
