"""A telephone leaves what is drawn a width that can be read, and a map is not squeezed by an islet."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from dashboard import queries
from dashboard.blocks import small_areas
from dashboard.charts import IntervalDots, RankedDots, Waterfall
from dashboard.charts.geometry.outlines import corners, rings_at
from dashboard.charts.geometry.rows import FEWEST_NUMBERS, LEAST_SHARE
from dashboard.charts.plotly import NARROW, plots
from dashboard.charts.plotly.maps import MARGIN
from dashboard.charts.svg import svg
from dashboard.figure import Figure, in_language
from tests.every_block import every_block

LSOAS = "app/static/boundaries/cardiff_vale_lsoa21.geojson"


@pytest.mark.parametrize("beside", ["", "W06000001,W06000014"])
@pytest.mark.parametrize("name", every_block())
def test_rows_leave_what_is_drawn_a_third_of_a_telephone_and_two_numbers(view, name, beside):
    block = every_block()[name](view("W06000002", "cy", beside=beside))
    if not isinstance(block, Figure) or not isinstance(block.drawing, RankedDots | IntervalDots | Waterfall):
        return
    layout = plots(block.drawing)[0]["layout"]
    margin, axis = layout["margin"], layout["xaxis"]
    assert NARROW - margin["l"] - margin["r"] >= LEAST_SHARE * NARROW
    low, high = axis["range"]
    numbers = int((high - axis["tick0"]) // axis["dtick"]) - int(-((axis["tick0"] - low) // axis["dtick"])) + 1
    assert numbers >= FEWEST_NUMBERS
    root = fromstring(svg(in_language(block, "cy").drawing, width=NARROW))
    rules = [e for e in root.iter("{http://www.w3.org/2000/svg}line") if e.get("y1") == e.get("y2")]
    assert max(float(e.get("x2")) - float(e.get("x1")) for e in rules) >= LEAST_SHARE * NARROW
    assert len([e for e in root.iter() if e.get("class") == "tick-x"]) >= FEWEST_NUMBERS


@pytest.mark.parametrize("name", ["forces_compared", "components_of_change"])
def test_names_that_leave_no_room_stand_above_their_rows(view, name):
    figure = every_block()[name](view("W06000002", "cy"))
    narrow = figure.plot["layout"]
    names = [note for note in narrow["annotations"] if note.get("xref") == "paper"]
    assert set(narrow["yaxis"]["ticktext"]) == {""}
    assert [note["y"] for note in names] == list(range(len(narrow["yaxis"]["tickvals"])))
    assert any(figure.plots[1]["yaxis"]["ticktext"])


def test_an_islet_far_off_the_coast_does_not_squeeze_the_map_of_cardiff(view):
    figure = small_areas.local_map(view("W06000015"), layer=small_areas.LAYERS[0])
    outlines = rings_at(LSOAS)
    codes = [point.code for point in figure.drawing.points]
    (west, south), (east, north) = corners(outlines, codes)
    every = [point for code in codes for ring in outlines[code] for point in ring]
    assert south - min(y for _, y in every) > 0.04  # Flat Holm
    for code in codes:  # the largest part of each area is in the window
        largest = max(outlines[code], key=len)
        assert all(west <= x <= east and south <= y <= north for x, y in largest)
    aside = MARGIN * max(east - west, north - south)
    assert plots(figure.drawing)[0]["layout"]["geo"]["lataxis"]["range"][0] == pytest.approx(south - aside, abs=1e-3)


def test_a_map_without_islets_is_drawn_whole(build):
    outlines = rings_at(LSOAS)
    vale = [code for code in outlines if queries.area(code, build=build).within == "W06000014"]
    every = [point for code in vale for ring in outlines[code] for point in ring]
    (west, south), (east, north) = corners(outlines, vale)
    assert (west, east) == (min(x for x, _ in every), max(x for x, _ in every))
    assert (south, north) == (min(y for _, y in every), max(y for _, y in every))
