"""A drawn chart as pixels: the size asked for, the same every time, ink where the line runs."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from dashboard.briefing.raster import png
from dashboard.charts import Point, TimeLine
from dashboard.charts.svg import svg

POINTS = tuple(Point(at=f"201{n}-06-30", value=float(n), hover="") for n in range(5))


def test_a_picture_has_the_width_asked_for_and_ink_in_the_charts_colour():
    made = png(svg(TimeLine(points=POINTS, latest="4 & <5>"), width=400), 1200)
    with Image.open(BytesIO(made)) as picture:
        assert picture.width == 1200
        assert (0x12, 0x43, 0x6D) in {colour[:3] for _, colour in picture.convert("RGB").getcolors(1 << 24)}


def test_the_same_drawing_is_the_same_picture():
    drawing = svg(TimeLine(points=POINTS), width=400)
    assert png(drawing, 400) == png(drawing, 400)


@pytest.mark.parametrize("width", [0, -1, 10_000])
def test_a_width_that_is_no_pictures_is_refused(width):
    with pytest.raises(ValueError, match="expected a width from 1 to 6000 pixels"):
        png("<svg/>", width)
