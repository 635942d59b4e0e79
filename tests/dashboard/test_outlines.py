"""The window of a map: it holds the areas that are drawn, closely, and no others have a say."""

from __future__ import annotations

import pytest

from dashboard.charts import Point
from dashboard.charts.geometry.outlines import STATIC, corners, degrees_of, flat, outlines_at
from tests.drawn import choropleth

WALES = f"{STATIC}/boundaries/wales_la.geojson"
CARDIFF, VALE, ANGLESEY = "W06000015", "W06000014", "W06000001"
ISLET = 1 / 5  # of the surface of the largest part of its area, at most
FAR_ISLETS = {ANGLESEY}


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


def test_every_corner_of_an_area_is_inside_its_window_islands_too_but_for_islets():
    for code, rings in outlines_at(WALES).items():
        (west, east), (south, north) = window(code)
        largest = max(map(surface, rings))
        outside = [
            ring for ring in rings if not all(west < x < east and south < y < north for x, y in map(degrees_of, ring))
        ]
        assert all(surface(ring) <= ISLET * largest for ring in outside), code
        assert (bool(outside)) == (code in FAR_ISLETS), code


def surface(ring):
    """Return the surface inside a ring, by its triangles about the middle of its corners."""
    x0, y0 = (sum(numbers) / len(ring) for numbers in zip(*ring, strict=True))
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairs)) / 2


def test_an_area_without_an_outline_takes_no_part_and_none_at_all_gives_the_whole_file():
    assert window(CARDIFF, "E07000026") == window(CARDIFF)
    assert window("E07000026") == window(*outlines_at(WALES))
    assert corners(outlines_at(WALES), []) == corners(outlines_at(WALES), list(outlines_at(WALES)))
