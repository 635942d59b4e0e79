"""Text and lines of charts stand out from white as WCAG 2.2 asks: 4.5 to 1 for text, 3 to 1 for what has meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.charts import look

STYLE = (Path(look.__file__).parents[1] / "static" / "style.css").read_text(encoding="utf-8")
WHITE, TEXT, GRAPHIC = "#FFFFFF", 4.5, 3.0


def luminance(colour: str) -> float:
    """Return the relative luminance of "#RRGGBB" (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_published_extremes():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)  # the well-known grey that just fails


@pytest.mark.parametrize("name", ["INK", "MUTED", "NAVY", "PLUM"])
def test_a_colour_of_text_can_be_read_on_white_and_on_the_expected_range(name):
    colour = getattr(look, name)
    assert contrast(colour, WHITE) >= TEXT
    assert contrast(colour, look.BAND) >= TEXT


@pytest.mark.parametrize("name", ["NAVY", "TEAL", "PLUM"])
def test_a_colour_that_carries_a_figure_stands_out_from_white(name):
    assert contrast(getattr(look, name), WHITE) >= GRAPHIC


@pytest.mark.parametrize("name", ["--ink", "--muted", "--navy"])
def test_the_pages_text_can_be_read_on_white_and_on_the_wash(name):
    colours = dict(re.findall(r"(--\w+): (#[0-9A-F]{6})", STYLE))
    assert contrast(colours[name], WHITE) >= TEXT
    assert contrast(colours[name], colours["--wash"]) >= TEXT
