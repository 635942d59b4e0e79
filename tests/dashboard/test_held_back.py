"""A figure that may not be told is a gap with its marker, on a page, on paper and on a slide; never a number."""

from __future__ import annotations

from dashboard.charts import Panel, Point, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.geometry.lines import held_back
from dashboard.charts.plotly import plot
from dashboard.charts.powerpoint.dots import add_ranked_dots
from dashboard.charts.powerpoint.lines import add_time_line
from dashboard.charts.svg import svg
from tests.dashboard.briefing.test_powerpoint import drawn

DAYS = ("2025-02-14", "2025-05-16", "2025-08-16", "2025-11-15", "2026-02-14", "2026-05-16")
VALUES = (12.0, None, None, 9.0, None, 14.0)
POINTS = tuple(
    Point(at=at, value=value, hover="", marker="" if value is not None else "[c]")
    for at, value in zip(DAYS, VALUES, strict=True)
)
LINE = TimeLine(points=POINTS, latest="14")
DOTS = RankedDots(
    points=(
        Point(at="Race", value=40.0, hover="", code="race"),
        Point(at="Disability", value=None, hover="", code="disability", marker="[c]"),
        Point(at="Religion", value=8.0, hover="", code="religion"),
    ),
    chosen=("race", "disability", "religion"),
    labels=("40", "[c]", "8"),
    ranked=False,
)


def test_markers_that_stand_close_share_one():
    assert held_back(POINTS, room=10) == tuple((at, "[c]") for at in (DAYS[1], DAYS[2], DAYS[4]))
    assert held_back(POINTS, room=100) == (("2025-07-01", "[c]"), (DAYS[4], "[c]"))
    assert held_back(POINTS[:1], room=10) == ()


def test_a_gap_without_a_marker_has_none():
    assert held_back((Point(at=DAYS[0], value=None, hover=""),), room=10) == ()


def test_a_line_has_its_markers_on_the_axis_and_no_number_in_their_place():
    assert svg(LINE, width=700).count("[c]") == 3
    drawing = plot(LINE)
    assert [one["text"] for one in drawing["layout"]["annotations"]].count("[c]") == 3
    assert drawing["data"][0]["y"] == list(VALUES)


def test_small_charts_have_them_too():
    panels = SmallMultiples(panels=(Panel(title="One", points=POINTS), Panel(title="Two", points=POINTS)))
    assert "[c]" in svg(panels, width=700)
    assert {one.get("yref") for one in plot(panels)["layout"]["annotations"] if one.get("text") == "[c]"} == {
        "y domain",
        "y2 domain",
    }


def test_a_row_without_a_number_has_its_marker_where_the_dot_would_stand():
    assert svg(DOTS, width=700).count("[c]") == 1
    drawing = plot(DOTS)
    assert [one["text"] for one in drawing["layout"]["annotations"]] == ["[c]"]
    assert None in drawing["data"][0]["x"]


def test_a_slide_draws_the_dots_there_are_and_writes_the_marker():
    chart = drawn(add_ranked_dots, DOTS)
    numbers = {series.name: len(list(series.values)) for series in chart.plots[0].series}
    assert numbers["Offences"] == 2
    assert next(iter(numbers)) != "Offences", "a first series that is shorter is not drawn by LibreOffice"
    assert "[c]" in chart._chartSpace.xml


def test_a_slide_writes_the_markers_of_a_line():
    chart = drawn(add_time_line, LINE)
    assert "[c]" in chart._chartSpace.xml
