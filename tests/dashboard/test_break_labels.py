"""Words of breaks stand at their lines, and a box of fewer than five people has its key, on every width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations
from string import ascii_lowercase
from xml.etree.ElementTree import Element, fromstring

import pytest

from dashboard import queries
from dashboard.blocks import common, sanctuary
from dashboard.charts import Mark, TimeLine
from dashboard.charts.geometry import lines as geometry
from dashboard.charts.geometry.breaks import GAP, break_labels, label_width
from dashboard.charts.geometry.few import few_boxes
from dashboard.charts.plotly import NARROW, WIDE, plots
from dashboard.charts.scale import Scale
from dashboard.charts.svg import svg
from dashboard.figure import in_language

NS = "{http://www.w3.org/2000/svg}"
YEAR_TICK = 5  # pixels of the ticks of years, which stand upright as the lines of breaks do


@pytest.fixture(params=[("W06000002", "en"), ("W06000015", "cy"), ("W06000021", "en")])
def drawing(view, request) -> TimeLine:
    place, lang = request.param
    return in_language(sanctuary.asylum_support(view(place, lang)), lang).drawing


@dataclass(frozen=True, kw_only=True)
class Written:
    """The words or the letter of a break as they are drawn, with its line: its place and how far up it goes."""

    text: str
    left: float
    right: float
    baseline: float
    line: float
    top: float


def written(drawing: TimeLine, *, width: int) -> list[Written]:
    """Read the labels of breaks off a drawing, each with the line that is drawn for its mark."""
    root = fromstring(svg(drawing, width=width))
    texts = [e for e in root.iter() if e.get("class") == "mark"]
    upright = [e for e in root.iter(f"{NS}line") if e.get("x1") == e.get("x2")]
    lines = [e for e in upright if float(e.get("y2")) - float(e.get("y1")) > YEAR_TICK]
    return [_written(text, line) for text, line in zip(texts, lines, strict=True)]


def _written(text: Element, line: Element) -> Written:
    wide = label_width(text.text)
    left = float(text.get("x")) - {None: 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
    x, top = float(line.get("x1")), float(line.get("y1"))
    return Written(text=text.text, left=left, right=left + wide, baseline=float(text.get("y")), line=x, top=top)


@pytest.mark.parametrize("width", [NARROW, 440, 560, WIDE, 1100])
def test_no_line_of_a_break_runs_through_the_words_of_another(drawing, width):
    labels = written(drawing, width=width)
    assert len(labels) == 4
    for label in labels:
        assert (label.left >= 0, label.right <= width) == (True, True)
        if len(label.text) == 1:  # its letter stands over its line
            assert (label.left + label.right) / 2 == pytest.approx(label.line, abs=0.1)
            assert label.top >= label.baseline
        else:  # its words stand beside its line, which goes up to them
            assert min(abs(label.left - label.line), abs(label.right - label.line)) == pytest.approx(GAP, abs=0.1)
            assert label.top < label.baseline
    for one, other in permutations(labels, 2):
        assert one.baseline != other.baseline or one.right < other.left or other.right < one.left
        assert not one.left < other.line < one.right or other.top >= one.baseline


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


def test_breaks_have_letters_when_the_alphabet_is_used_up():
    days = [date(2020, 1, 1) + timedelta(days=7 * n) for n in range(60)]
    marks = [Mark(at=day.isoformat(), label=f"What changed in week {n}", cuts=False) for n, day in enumerate(days)]
    across = Scale(low=days[0].toordinal(), high=days[-1].toordinal(), start=0.0, end=300.0)
    shown = break_labels(marks, across, left=0.0, right=300.0)
    letters = [label.text for label in shown.labels]
    assert letters[:28] == [*ascii_lowercase, "aa", "bb"]
    assert len(set(letters)) == len(marks)
    assert shown.key[26] == "aa: What changed in week 26"


def test_marks_of_a_series_have_letters_when_the_alphabet_is_used_up(view):
    series = queries.series("population", "W06000015", build=view("W06000015").build)
    days = [series.observations[0].period.end + timedelta(days=30 * n) for n in range(1, 31)]
    cut = replace(series, breaks=tuple(replace(series.breaks[0], date=day, until=None) for day in days))
    assert [mark.letter for mark in common.marks(cut)][25:28] == ["z", "aa", "bb"]
