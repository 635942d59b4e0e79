"""The window of a map: it holds the areas that are drawn, closely, and no others have a say."""

from __future__ import annotations

import pytest

from dashboard.charts import Point
from dashboard.charts.geometry.outlines import STATIC, corners, degrees_of, flat, outlines_at
from tests.drawn import choropleth

WALES = f"{STATIC}/boundaries/wales_la.geojson"
CARDIFF, VALE = "W06000015", "W06000014"


def window(*codes):
    points = [Point(at=code, value=1.0, hover="", code=code) for code in codes]
    geo = choropleth(points, outlines=WALES, unit="%")["layout"]["geo"]
    assert "fitbounds" not in geo
    return geo["lonaxis"]["range"], geo["lataxis"]["range"]


def test_flattening_a_place_and_back_leaves_it_where_it_was():
    assert degrees_of(flat(-3.18, 51.48)) == pytest.approx((-3.18, 51.48))


def test_a_map_of_two_authorities_is_as_large_as_they_are():
    (west, east), (south, north) = window(CARDIFF, VALE)
    assert -3.7 < west < -3.6 < -3.1 < east < -3.0
    assert 51.3 < south < 51.4 < 51.5 < north < 51.6


def test_every_corner_of_an_area_is_inside_its_window_islands_too():
    for code, rings in outlines_at(WALES).items():
        (west, east), (south, north) = window(code)
        for longitude, latitude in (degrees_of(corner) for ring in rings for corner in ring):
            assert west < longitude < east, code
            assert south < latitude < north, code


def test_an_area_without_an_outline_takes_no_part_and_none_at_all_gives_the_whole_file():
    assert window(CARDIFF, "E07000026") == window(CARDIFF)
    assert window("E07000026") == window(*outlines_at(WALES))
    assert corners(outlines_at(WALES), []) == corners(outlines_at(WALES), list(outlines_at(WALES)))


def test_a_map_without_any_outline_is_refused_in_words():
    with pytest.raises(ValueError, match="expected outlines of areas to draw; came none"):
        corners({}, (CARDIFF,))
