"""Words of breaks stand at their lines, and a box of fewer than five people has its key, on every width."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard.blocks import sanctuary
from dashboard.charts import TimeLine
from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.breaks import GAP, break_labels, label_width
from dashboard.charts.geometry.few import few_boxes
from dashboard.charts.plotly import NARROW, WIDE, plots
from dashboard.charts.scale import Scale, day
from dashboard.charts.svg import svg
from dashboard.figure import in_language


@pytest.fixture(params=[("W06000002", "en"), ("W06000015", "cy"), ("W06000021", "en")])
def drawing(view, request) -> TimeLine:
    place, lang = request.param
    return in_language(sanctuary.asylum_support(view(place, lang)), lang).drawing


@pytest.mark.parametrize("width", [NARROW, 440, 560, WIDE, 1100])
def test_no_line_of_a_break_runs_through_the_words_of_another(drawing, width):
    shape = geometry.time_line(drawing)
    first, last = shape.days
    across = Scale(low=first, high=last, start=30, end=width - 40)
    labels = break_labels(shape.marks, across, left=0, right=width)
    spans = []
    for label in labels.labels:
        x, wide = across.at(day(label.mark.at)), label_width(label.text)
        left = {"right": x + GAP, "left": x - GAP - wide, "over": x - wide / 2}[label.side]
        assert (left >= 0, left + wide <= width) == (True, True)
        assert min(abs(left - x), abs(left + wide - x)) <= GAP or label.side == "over"  # at its own line
        spans.append((label, x, left, left + wide))
    assert len(spans) == 4
    for (one, _, left, right), (other, _, from_, to) in combinations(spans, 2):
        assert one.level != other.level or right < from_ or to < left
    for one, _, left, right in spans:
        for other, x, *_ in spans:
            assert not left < x < right or other is one or labels.reach(other.mark) <= one.level


def test_words_that_do_not_fit_stand_under_the_chart_by_their_letters(drawing):
    narrow, wide = plots(drawing)
    texts = [note["text"] for note in narrow["layout"]["annotations"]]
    assert [text for text in texts if text in "abcd"] == list("abcd")
    (key,) = [text for text in texts if text.startswith("a: ")]
    assert all(mark.label in key.replace("<br>", " ") for mark in drawing.marks)
    assert all(mark.label in [note["text"] for note in wide["layout"]["annotations"]] for mark in drawing.marks)
    small = svg(drawing, width=320)
    assert all(f"{letter}: {mark.label}" in small for letter, mark in zip("abcd", drawing.marks, strict=True))


def test_quarters_of_fewer_than_five_people_are_one_box_with_a_key(view):
    for lang, words in (("en", "1 to 4 people"), ("cy", "1 i 4 o bobl")):
        drawing = in_language(sanctuary.asylum_support(view("W06000002", lang)), lang).drawing
        shape = geometry.time_line(drawing)
        in_a_row = [point for point in shape.points if point.stretch]
        (box,) = few_boxes(shape)
        assert len(in_a_row) > 5
        assert box[0][0] < in_a_row[0].at < in_a_row[-1].at < box[len(in_a_row) + 1][0]
        assert {height for _, height in box} == {1.0, 4.0}
        for plot in plots(drawing):
            assert any(words in note["text"] for note in plot["layout"]["annotations"])
        assert words in svg(drawing, width=680)
        assert 'class="few-key"' in svg(drawing, width=320)


def test_a_chart_without_fewer_than_five_has_no_key(view):
    drawing = in_language(sanctuary.asylum_support(view("W06000015")), "en").drawing
    assert "1 to 4 people" not in svg(drawing, width=680)
    assert drawing.few == ""
