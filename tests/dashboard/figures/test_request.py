"""A request reads itself from an address and writes itself to one, and no address stops it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import beside, queries
from dashboard.figure import View
from dashboard.figures.catalogue import BY_CODE, with_usual
from dashboard.figures.request import ALWAYS, Request, read
from dashboard.i18n import LANGUAGES
from dashboard.model import ALL_YEARS, Years

WITH_OPTIONS = ("population", "components_of_change", "small_areas", "asylum_map", "compare_map", "compare_funnel")
words = st.text(max_size=12)
names = st.sampled_from((*ALWAYS, "year", "layer", "measure", "set", "form", "at")) | words


def chosen(data: st.DataObject, code: str, build: str) -> Request:
    """Draw any request that a figure admits."""
    place = queries.area(data.draw(st.sampled_from(queries.places(build=build))), build=build)
    lang = data.draw(st.sampled_from(LANGUAGES))
    named = data.draw(st.lists(st.sampled_from(beside.choices(place, build=build)), max_size=5, unique=True))
    others, _ = beside.read(named, place=place, build=build)
    first, last = sorted(data.draw(st.tuples(st.integers(1900, 2100), st.integers(1900, 2100))))
    years = data.draw(st.sampled_from((ALL_YEARS, Years(first=first), Years(last=last), Years(first=first, last=last))))
    request = Request(place=place, lang=lang, build=build, beside=others, years=years)
    for option in BY_CODE[code].options:
        codes = option.codes(request)
        if codes:
            code = data.draw(st.sampled_from(codes))
            pairs = () if option.is_quiet and code == codes[0] else ((option.name, code),)
            request = replace(request, options=(*request.options, *pairs))
    return request


@settings(max_examples=60, deadline=None)
@given(data=st.data(), code=st.sampled_from(WITH_OPTIONS), pinned=st.booleans())
def test_what_is_written_is_read_again(build, data, code, pinned):
    request = chosen(data, code, build)
    again = read(dict(parse_qsl(request.address(pinned=pinned))), options=BY_CODE[code].options)
    assert again == (request, ())


@settings(max_examples=80, deadline=None)
@given(query=st.dictionaries(names, words, max_size=5), code=st.sampled_from(WITH_OPTIONS))
def test_any_address_gives_a_request_and_says_what_it_did_not_understand(build, query, code):
    options = BY_CODE[code].options
    request, notices = read(query, options=options)
    again, none = read(dict(parse_qsl(request.address())), options=options)
    assert (again, none) == (request, ())
    written = dict(parse_qsl(request.address(pinned=True)))
    assert bool(notices) == any(written.get(name) != value for name, value in query.items())


def test_a_choice_that_does_not_go_with_the_rest_is_refused_by_name(build):
    options = BY_CODE["compare_map"].options
    request, (notice,) = read({"measure": "hate_crimes", "form": "hex"}, options=options)
    assert (notice.name, notice.allowed, notice.refusal) == ("form", ("map",), "hex")
    assert request.option("form") == "map"


@pytest.mark.parametrize("asked", ["", "../../etc", "0" * 12, "ABCDEF012345"])
def test_a_build_that_is_not_held_gives_the_one_on_show_and_a_notice(build, asked):
    request, (notice,) = read({"build": asked}, options=())
    assert (request.build, notice.name) == (build, "build")


def test_the_options_of_a_request_leave_the_view_as_it_was(view):
    here = view("XCAV", "cy")
    request = with_usual("small_areas", here)
    assert request.view == View(place=here.place, lang="cy", build=here.build)
    assert request.options


REFUSED = {
    "W06000015": ("", "beside_itself"),
    "W06000022,W06000022": ("W06000022", "beside_twice"),
    "W06000022,<script>alert(1)</script>": ("W06000022", "beside_unknown"),
    "https://example.org": ("", "beside_unknown"),
    "W01000001": ("", "beside_unknown"),  # a small area is no place
    "W06000022,,W06000014": ("W06000022,W06000014", "beside_unknown"),
}


@pytest.mark.parametrize(("named", "expected"), REFUSED.items())
def test_who_may_not_stand_beside_is_left_out_and_told(build, named, expected):
    request, (notice,) = read({"place": "W06000015", "with": named}, options=())
    assert (beside.written(request.beside), notice.refusal) == expected
    assert notice.name == "with"
    assert "W92000004" in notice.allowed


def test_at_most_three_places_stand_beside_and_one_to_measure_by(build):
    twenty = beside.choices(queries.area("W06000015", build=build), build=build)[:20]
    request, (notice,) = read({"place": "W06000015", "with": ",".join(twenty)}, options=())
    assert (len(request.beside), notice.refusal) == (4, "beside_many")
    for order in ("W06000022,W06000014,W06000011,W92000004", "similar,W06000022,W06000014,W06000011"):
        request, notices = read({"place": "W06000015", "with": order}, options=())
        assert (beside.written(request.beside), notices) == (order, ())


def test_similar_areas_are_of_one_authority(build):
    request, (notice,) = read({"place": "XCAV", "with": "similar"}, options=())
    assert (request.beside, notice.refusal) == ((), "beside_similar")


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ({"from": "2025", "to": "2018"}, [("from", "period_turned")]),
        ({"from": "last year"}, [("from", "")]),
        ({"from": "", "to": "2018-13"}, [("from", ""), ("to", "")]),
        ({"to": "<b>2020</b>"}, [("to", "")]),
    ],
)
def test_years_that_are_none_or_turned_round_give_all_years_and_a_notice(query, refused):
    request, notices = read(query, options=())
    assert not request.years.are_chosen
    assert [(notice.name, notice.refusal) for notice in notices] == refused
