"""Charts promise only what figures allow: lines stop at breaks and gaps, sums close, nothing comes from elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import dashboard
from dashboard import queries
from dashboard.blocks import hate_crime
from dashboard.charts import (
    AreaMap,
    FunnelChart,
    Interval,
    IntervalDots,
    Limit,
    Mark,
    Other,
    Panel,
    Point,
    RankedDots,
    SmallMultiples,
    Spot,
    TimeLine,
    Waterfall,
)
from dashboard.charts.geometry.classes import class_edges, class_of, roundest
from dashboard.charts.geometry.dots import HEADING, SHAPES
from dashboard.charts.geometry.maps import diameters
from dashboard.charts.letters import evened, text_width, wrapped
from dashboard.charts.look import NAVY, SEQUENTIAL
from dashboard.charts.measure import stays_whole
from dashboard.charts.plotly import NARROW, WIDE, map_config, plots
from dashboard.charts.plotly import plot as plot_of
from dashboard.charts.plotly.steps import DOWN
from dashboard.charts.powerpoint.charts import is_native
from dashboard.charts.scale import Scale, day, fitting, tick_texts
from dashboard.charts.svg import svg
from dashboard.figure import Figure, View
from dashboard.i18n import LANGUAGES
from tests.drawn import choropleth, funnel_plot, interval_dots, ranked_dots, small_multiples, time_line, waterfall


def yearly(*values: float | None, line: str = "") -> list[Point]:
    return [Point(at=f"{2015 + n}-06-30", value=v, hover=str(v), line=line) for n, v in enumerate(values)]


def drawn(plot: dict, trace: int = 0) -> list[float | None]:
    return plot["data"][trace]["y"]


def test_a_line_without_breaks_is_whole():
    assert drawn(time_line(yearly(1, 2, 3))) == [1, 2, 3]


def test_a_hard_break_cuts_the_line_and_is_marked():
    plot = time_line(yearly(1, 2, 3), marks=[Mark(at="2016-12-31", label="Section 98 added", cuts=True)])
    assert drawn(plot) == [1, 2, None, 3]
    assert [shape["x0"] for shape in plot["layout"]["shapes"]] == ["2016-12-31"]
    assert "Section 98 added" in [note["text"] for note in plot["layout"]["annotations"]]


def test_a_break_on_the_day_of_a_figure_cuts_before_it():
    plot = time_line(yearly(1, 2, 3), marks=[Mark(at="2016-06-30", label="", cuts=True)])
    assert drawn(plot) == [1, None, 2, 3]


def test_a_soft_break_is_marked_and_does_not_cut():
    plot = time_line(yearly(1, 2, 3), marks=[Mark(at="2016-12-31", label="Better recording", cuts=False)])
    assert drawn(plot) == [1, 2, 3]
    assert plot["layout"]["shapes"][0]["line"]["dash"] == "dot"


def test_editions_that_may_not_be_joined_are_not_joined():
    points = [*yearly(1, 2, line="before"), Point(at="2017-06-30", value=3, hover="", line="after")]
    assert drawn(time_line(points)) == [1, 2, None, 3]
    assert drawn(small_multiples([Panel(title="", points=tuple(points))])) == [1, 2, None, 3]


def test_a_missing_figure_leaves_a_hole_and_is_not_zero():
    plot = time_line(yearly(1, None, 3))
    assert drawn(plot) == [1, None, 3]
    assert plot["data"][0]["connectgaps"] is False


def test_the_newest_figure_is_written_where_it_stands():
    plot = time_line(yearly(1, 2, None), latest="2")
    (label,) = plot["layout"]["annotations"]
    assert (label["x"], label["y"], label["text"]) == ("2016-06-30", 2, "<b>2</b>")


def test_axes_of_numbers_begin_at_zero_and_months_are_never_printed_in_english():
    plot = time_line(yearly(380_000, 390_000))
    assert plot["layout"]["yaxis"]["rangemode"] == "tozero"
    assert plot["layout"]["xaxis"]["tickformat"] == "%Y"


def test_a_newest_figure_that_fell_is_written_below_where_there_is_room_for_it():
    above, below, at_the_foot = (
        time_line(yearly(*values), latest="n")["layout"]["annotations"][0]["yshift"]
        for values in ((1, 2), (300, 200), (300, 9))
    )
    assert above > 0 > below
    assert at_the_foot > 0


def test_a_line_fills_the_width_and_its_axis_writes_round_numbers_with_room_for_them():
    axes = time_line(yearly(95, 98))["layout"]
    assert "2015-01-01" < axes["xaxis"]["range"][0] < "2015-06-30" < "2016-06-30" < axes["xaxis"]["range"][1]
    assert (axes["yaxis"]["tick0"], axes["yaxis"]["dtick"]) == (0, 20)
    assert axes["margin"]["l"] >= text_width("100", size=14)


def test_events_that_follow_closely_stand_above_each_other():
    days = ("2015-07-01", "2015-07-20", "2016-06-01")
    events = [Mark(at=at, label="", cuts=False, letter=str(n)) for n, at in enumerate(days)]
    first, soon_after, later = time_line(yearly(1, 2, 3), events=events)["layout"]["annotations"]
    assert first["yshift"] == later["yshift"] < soon_after["yshift"]


@settings(deadline=None)
@given(panels=st.integers(1, 8), columns=st.integers(1, 3))
def test_every_panel_has_its_title_and_room_of_its_own(panels, columns):
    plot = small_multiples(
        [Panel(title=f"strand {n}", points=tuple(yearly(n))) for n in range(panels)], columns=columns
    )
    assert len(plot["data"]) == panels
    titles = [note["text"] for note in plot["layout"]["annotations"]]
    assert all(f"<b>strand {n}</b>" in titles for n in range(panels))
    axes = [
        plot["layout"][f"xaxis{n or ''}"]["domain"] + plot["layout"][f"yaxis{n or ''}"]["domain"]
        for n in (0, *range(2, panels + 1))
    ]
    for left, right, bottom, top in axes:
        assert 0 <= left < right <= 1 + 1e-9
        assert -1e-9 <= bottom < top <= 1 + 1e-9
    for n, a in enumerate(axes):
        for b in axes[n + 1 :]:
            assert a[1] <= b[0] + 1e-9 or b[1] <= a[0] + 1e-9 or a[3] <= b[2] + 1e-9 or b[3] <= a[2] + 1e-9


def test_long_numbers_push_columns_apart_and_a_newest_figure_ends_before_the_next_column():
    near, far = (
        small_multiples([Panel(title="", points=tuple(yearly(n)), latest=str(n)) for _ in range(2)])["layout"]
        for n in (8, 80_000)
    )
    gaps = [axes["xaxis2"]["domain"][0] - axes["xaxis"]["domain"][1] for axes in (near, far)]
    assert gaps[0] < gaps[1]
    assert {note["xanchor"] for note in far["annotations"] if note["text"] == "<b>80000</b>"} == {"right"}


def test_shared_scales_are_shared_and_own_scales_are_not():
    panels = [Panel(title=str(n), points=tuple(yearly(n))) for n in (1, 100)]
    assert small_multiples(panels, shared_scale=True)["layout"]["yaxis2"]["matches"] == "y"
    assert "matches" not in small_multiples(panels)["layout"]["yaxis2"]


def test_dots_stand_largest_on_top_and_only_ours_carries_its_number():
    points = [
        Point(at=name, value=v, hover="", code=name) for name, v in (("Gwent", 2.6), ("Kent", 1.9), ("Essex", 1.0))
    ]
    trace = ranked_dots(points, chosen=["Kent"], labels=["2.60", "1.90", "1.00"])["data"][0]
    assert trace["y"] == ["Essex", "Kent", "Gwent"]  # the last is drawn on top
    assert trace["text"] == ["", "<b>1.90</b>", ""]
    assert trace["marker"]["color"].count(NAVY) == 1
    given = ranked_dots(points[::-1], chosen=[], labels=["", "", ""], ranked=False)["data"][0]
    assert given["y"] == ["Gwent", "Kent", "Essex"]  # the first given on top


@settings(deadline=None)
@given(st.lists(st.integers(-9_999, 9_999), min_size=1, max_size=6))
@example(changes=[3_963, -8_160])  # of which names stand above their bars
def test_a_waterfall_closes_on_its_total_and_stays_inside_the_drawing(changes):
    steps = [Point(at=f"part {n}", value=v, hover="") for n, v in enumerate(changes)]
    total = Point(at="change", value=sum(changes), hover="")
    plot = waterfall(steps, total=total, texts=[""] * (len(steps) + 1))
    *bars, whole = [shape for shape in plot["layout"]["shapes"] if shape["type"] == "rect"]
    assert [bar["x1"] - bar["x0"] for bar in bars] == changes
    assert (whole["x0"], whole["x1"]) == (0, bars[-1]["x1"])
    assert plot["data"][0]["y"] == [*(step.at for step in steps), "change"]
    down = 0 if any(plot["layout"]["yaxis"]["ticktext"]) else DOWN  # bars make way for the names above them
    middles = [(bar["y0"] + bar["y1"]) / 2 for bar in (*bars, whole)]
    assert middles == pytest.approx([row + down for row in range(len(changes) + 1)])
    low, high = plot["layout"]["xaxis"]["range"]
    assert all(low <= sum(changes[: n + 1]) <= high for n in range(len(changes)))
    assert low <= 0 <= high


@settings(deadline=None)
@given(st.lists(st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000), max_size=30))
@example(values=[0.0, 0.001, -0.001, 0.002, -0.002, 0.003, -0.003])
def test_the_classes_of_a_map_hold_every_value(values):
    edges = class_edges(values, most=len(SEQUENTIAL))
    assert 2 <= len(edges) <= len(SEQUENTIAL) + 1
    assert edges == sorted(set(edges))
    tolerance = 1e-6 * max(1.0, *(abs(e) for e in edges))
    assert all(edges[0] - tolerance <= v <= edges[-1] + tolerance for v in values)
    fullest = Counter(class_of(value, edges) for value in values)
    if len(set(values)) == len(values) >= len(SEQUENTIAL):  # a fifth each, one more or less where it cannot be halved
        assert max(fullest.values()) - min(fullest.values()) <= 1


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([0.0, 0.3, 1.2, 1.5, 2.4, 3.9, 5.2, 6.1, 7.8, 34.2], [0, 1, 2, 5, 7, 35]),
        ([], [0, 1]),
        ([7, 7], [7, 8]),
        ([164, 486, 486, 486, 1_121], [160, 400, 1_000, 1_130]),
    ],
    ids=["three places carry nearly all", "no area at all", "all alike", "equal ones share a class"],
)
def test_classes_have_round_edges_and_about_as_many_areas(values, edges):
    assert class_edges(values, most=5) == edges


def test_an_edge_between_two_figures_is_the_roundest_there_is():
    pairs = (
        (6.9, 14.4, 10),
        (13.6, 14.4, 14),
        (-3.5, -0.2, -1),
        (0.76, 1.98, 1),
        (1.98, 2.1, 2),
        (2.862, 2.868, 2.868),
    )
    assert [roundest(below, upto) for below, upto, _ in pairs] == [edge for *_, edge in pairs]


def test_the_edges_of_a_map_are_written_with_equally_many_decimals():
    assert tick_texts([-4, -0.7, 1.5, 3.3, 5, 14]) == ["−4.0", "−0.7", "1.5", "3.3", "5.0", "14.0"]
    assert tick_texts([0, 400, 1_000]) == ["0", "400", "1,000"]
    points = [Point(at=str(n), value=v, hover="", code=str(n)) for n, v in enumerate((-3.8, -0.7, 1.5, 3.3, 13.2))]
    shades = choropleth(points, outlines="app/static/boundaries/wales_la.geojson", unit="%")["layout"]["coloraxis"]
    assert len({len(words.partition(".")[2]) for words in shades["colorbar"]["ticktext"]}) == 1


def test_the_classes_that_take_one_more_are_those_with_the_plainest_edges():
    values = [
        -3.8,
        -2,
        -1.5,
        -1,
        -0.6,
        0.4,
        0.9,
        1.2,
        1.684,
        1.692,
        2.5,
        2.9,
        3.1,
        3.4,
        3.9,
        4.2,
        4.9,
        5.1,
        6,
        7,
        9,
        13.2,
    ]
    edges = class_edges(values, most=5)
    assert len(edges) == 6
    assert max(len(words.partition(".")[2]) for words in tick_texts(edges)) == 1
    assert sorted(Counter(class_of(value, edges) for value in values).values()) == [4, 4, 4, 5, 5]


def test_a_class_is_as_wide_on_the_bar_as_any_other():
    points = [Point(at=str(n), value=v, hover="", code=str(n)) for n, v in enumerate((0, 1, 2, 5, 34.2))]
    plot = choropleth(points, outlines="app/static/boundaries/wales_la.geojson", unit="%")
    shades = plot["layout"]["coloraxis"]
    assert plot["data"][0]["z"] == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert (shades["cmin"], shades["cmax"]) == (0, 5)
    assert shades["colorbar"]["tickvals"] == [0, 1, 2, 3, 4, 5]
    assert shades["colorbar"]["ticktext"] == ["0", "1", "2", "5", "30", "35"]


def test_lines_are_as_few_as_ever_and_no_word_stands_alone_below():
    words = "Change, %; as many areas in each shade"
    assert wrapped(words, size=15, most=259)[-1] == "shade"
    assert evened(words, size=15, most=259) == ("Change, %; as many", "areas in each shade")
    assert evened(words, size=15, most=600) == (words,)
    assert evened("", size=15, most=100) == ("",)


@pytest.mark.parametrize("counts", [False, True])
def test_the_words_of_a_maps_key_take_the_room_there_is_and_its_data_are_the_same_for_each(counts):
    points = tuple(Point(at=str(n), value=n, hover="", code=f"W0600000{n}") for n in range(1, 7))
    unit = "Per 10,000 people; as many areas in each shade, by the newest population"
    outlines = "app/static/boundaries/wales_la.geojson"
    narrow, wide = plots(AreaMap(points=points, outlines=outlines, chosen=(), unit=unit, counts=counts))
    words = [
        one["layout"]["annotations"][0]["text"] if counts else one["layout"]["coloraxis"]["colorbar"]["title"]["text"]
        for one in (narrow, wide)
    ]
    assert "<br>" in words[0]
    assert "<br>" not in words[1]
    assert words[0].replace("<br>", " ") == words[1]
    assert max(text_width(line, size=15) for line in words[0].split("<br>")) < NARROW
    assert narrow["data"] == wide["data"]


def test_a_circle_is_as_large_as_its_count_and_nobody_has_none():
    assert diameters([0, 25, 100], largest=40) == [0, 20, 40]
    assert diameters([0, 0]) == [0, 0]


def test_one_area_without_a_figure_is_drawn_apart_and_ours_is_outlined():
    points = [Point(at=c, value=v, hover="", code=c) for c, v in (("W06000015", 9.6), ("W06000014", None))]
    plot = choropleth(points, outlines="app/static/boundaries/wales_la.geojson", chosen=["W06000015"], unit="%")
    shaded, missing, ours = plot["data"]
    assert shaded["locations"] == ["W06000015"]
    assert missing["locations"] == ["W06000014"]
    assert ours["locations"] == ["W06000015"]


def test_every_name_beside_a_drawing_has_room():
    names = ["Pen-y-bont ar Ogwr", "Cyfeiriadedd rhywiol", "Du, Du Cymreig, Du Prydeinig, Caribïaidd neu Affricanaidd"]
    rows = [Point(at=name, value=n, hover="") for n, name in enumerate(names)]
    plots = [
        ranked_dots(rows, chosen=[], labels=["1", "2", "3"], rings=rows),
        waterfall(rows, total=Point(at="Newid yn y boblogaeth", value=3, hover=""), texts=["+1", "+2", "+3", "+6"]),
    ]
    for plot in plots:
        axis = plot["layout"]["yaxis"]
        lines = [line for name in axis["ticktext"] for line in re.sub("</?b>", "", name).split("<br>")]
        assert plot["layout"]["margin"]["l"] >= max(text_width(t, size=axis["tickfont"]["size"]) for t in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 June 2026", True),
        ("30 Mehefin 2026", True),
        ("30 Medi 2026", True),
        ("Ward 12 Cathays", False),
        ("Covid-19 helpline", False),
        ("2 of 3 said so", False),
        ("", False),
    ],
)
def test_a_cell_that_stays_whole_is_a_day_in_either_language_and_not_any_with_a_digit(text, expected):
    assert stays_whole(text) == expected


def test_no_chart_names_another_server():
    points = [Point(at=c, value=1.0, hover="", code=c) for c in ("W06000015", "W06000014")]
    plots = [
        choropleth(points, outlines="app/static/boundaries/wales_la.geojson", unit="%"),
        time_line(yearly(1, 2), latest="2"),
        small_multiples([Panel(title="", points=tuple(yearly(1)))]),
        ranked_dots(points, chosen=[], labels=["", ""]),
        waterfall(points, total=points[0], texts=["", "", ""]),
    ]
    assert [plot for plot in plots if "http" in json.dumps(plot) or "//" in json.dumps(plot)] == []
    assert map_config()["topojsonURL"].startswith("app/static/")


def test_the_outlines_of_wales_and_the_empty_world_are_files_of_ours():
    static = Path(dashboard.__file__).parent / "static"
    outlines = json.loads((static / "boundaries" / "wales_la.geojson").read_text(encoding="utf-8"))
    assert len({f["properties"]["code"] for f in outlines["features"]}) == 22
    assert list((static / "topojson").glob("world_*.json"))


def row(name: str, value: float, lower: float | None, upper: float | None, verdict: str = "similar") -> Interval:
    return Interval(
        at=name, code=name, value=value, lower=lower, upper=upper, verdict=verdict, label=f"{value} word", hover=""
    )


def test_intervals_reach_from_end_to_end_and_a_row_without_one_is_a_dot():
    rows = [row("Gwent", 2.0, 1.5, 2.75), row("Kent", 1.0, None, None)]
    dots = interval_dots(rows, chosen=["Kent"], benchmark=1.5, benchmark_label="Wales 1.5")["data"][0]
    assert dots["y"] == ["Kent", "Gwent"]
    assert dots["error_x"]["array"] == [0, 0.75]
    assert dots["error_x"]["arrayminus"] == [0, 0.5]


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.floats(0, 1e6)] * 3).map(sorted), min_size=1, max_size=8), st.floats(0, 1e6))
def test_every_interval_and_the_benchmark_lie_inside_the_drawing(ends, benchmark):
    rows = [row(str(n), middle, low, high) for n, (low, middle, high) in enumerate(ends)]
    plot = interval_dots(rows, chosen=[], benchmark=benchmark, benchmark_label="Wales")
    start, stop = plot["layout"]["xaxis"]["range"]
    assert all(start <= end <= stop for low, _, high in ends for end in (low, high, benchmark))


def test_higher_similar_and_lower_differ_in_shape_and_have_no_red_or_green():
    assert len({shape for shape, _ in SHAPES.values()}) == 3
    for _, colour in SHAPES.values():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue >= max(red, green)


def test_without_a_benchmark_no_line_is_drawn():
    assert (
        "shapes"
        not in interval_dots([row("Kent", 1, None, None)], chosen=[], benchmark=None, benchmark_label="")["layout"]
    )


def test_a_funnel_holds_its_limits_its_places_and_its_line_inside_the_drawing():
    limit = Limit(populations=[1000, 2000], lower=[1, 2], upper=[9, 6], label="95%", dash="dot")
    spots = [Spot(code=c, name=c, population=p, rate=r, hover="") for c, p, r in (("a", 1500, 12), ("b", 1900, 3))]
    plot = funnel_plot(spots, limits=[limit], benchmark=4, benchmark_label="Wales 4", chosen=["a"], across="Population")
    assert plot["layout"]["xaxis"]["range"][1] >= 2000
    assert plot["layout"]["yaxis"]["range"][1] >= 12
    line, *limits, places = plot["data"]
    assert [one["y"] for one in limits] == [[1, 2], [9, 6]]
    assert dict(zip(places["x"], places["text"], strict=True)) == {1900: "", 1500: "<b>a</b>"}
    assert (line["y"], line["name"]) == ([4, 4], "Wales 4")
    assert [one["name"] for one in plot["data"] if one.get("showlegend", True)] == ["Wales 4", "95%"]


def test_areas_that_take_no_part_lie_under_the_others_and_have_no_number():
    plot = choropleth(
        [Point(at="a", value=1.0, hover="", code="a")], outlines="/x.geojson", unit="%", ground=["b", "c"]
    )
    under, shaded = plot["data"]
    assert under["locations"] == ["b", "c"]
    assert under["showscale"] is False
    assert shaded["locations"] == ["a"]


def test_a_long_name_is_broken_into_lines_that_fit_a_phone_with_its_number_at_the_end():
    name = "Ddim yn anabl o dan y Ddeddf Cydraddoldeb"
    plot = ranked_dots(
        [Point(at=name, value=81.0, hover="", code="a"), Point(at="Gwyn", value=19.0, hover="", code="b")],
        chosen=["a", "b"],
        labels=["81.0%", "19.0%"],
        rings=[Point(at=name, value=78.0, hover="")],
    )
    short, long = plot["layout"]["yaxis"]["ticktext"]
    assert short == "Gwyn  <b>19.0%</b>"
    assert long.endswith("<b>81.0%</b>")
    assert max(len(re.sub("<.*?>", "", line)) for line in long.split("<br>")) <= 25


def test_no_name_of_a_police_force_needs_a_second_line_in_either_language(build):
    """One name of two lines makes every row of its chart as high as two: the dots of a phone drew together."""
    for lang in LANGUAGES:
        view = View(place=queries.area("W06000015", build=build), lang=lang, build=build)
        figure = hate_crime.forces_compared(view)
        assert isinstance(figure, Figure)
        assert not [name for name in figure.plot["layout"]["yaxis"]["ticktext"] if "<br>" in name]


def test_the_name_of_a_place_in_a_funnel_covers_as_few_others_as_it_can():
    ours = Spot(code="w", name="Bro Morgannwg", population=130_000, rate=1.3, hover="")
    above = Spot(code="x", name="", population=150_000, rate=4.5, hover="")
    far = Spot(code="y", name="", population=380_000, rate=37.0, hover="")
    limits = [Limit(populations=[1, 400_000], lower=[0, 9], upper=[20, 12], label="95%", dash="dot")]

    def side(*spots: Spot) -> str:
        plot = funnel_plot(
            spots, limits=limits, benchmark=10.6, benchmark_label="Cymru", chosen=["w"], across="Poblogaeth"
        )
        return plot["data"][-1]["textposition"][[bool(text) for text in plot["data"][-1]["text"]].index(True)]

    assert side(ours, far) == "top right"
    assert side(ours, above, far) == "middle right"


def test_a_break_at_the_newest_point_stands_before_it_and_its_number_right_of_it():
    plot = time_line(yearly(1, 2, 3), marks=[Mark(at="2017-06-30", label="Newer release", cuts=True)], latest="3")
    assert [shape["x0"] for shape in plot["layout"]["shapes"]] == ["2016-12-29"]
    assert drawn(plot) == [1, 2, None, 3]
    (number,) = [note for note in plot["layout"]["annotations"] if note["text"] == "<b>3</b>"]
    assert number["xanchor"] == "left"


@pytest.mark.parametrize(("at", "cuts"), [("2017-06-30", False), ("2016-06-30", True)])
def test_any_other_break_stays_on_its_day(at, cuts):
    plot = time_line(yearly(1, 2, 3), marks=[Mark(at=at, label="Revised", cuts=cuts)], latest="3")
    assert [shape["x0"] for shape in plot["layout"]["shapes"]] == [at]


def test_a_small_chart_of_three_years_names_each_year_once():
    points = tuple(Point(at=f"{year}-06-30", value=1, hover="") for year in (2024, 2025, 2026))
    plot = small_multiples([Panel(title="A", points=points)])
    assert plot["layout"]["xaxis"]["dtick"] == "M12"


def boxes_of_points(plot: dict, *, wide: float, tall: float) -> list[tuple[float, float]]:
    """Return where the points of a line stand, in pixels, on a drawing of some size."""
    first, last = (day(at) for at in plot["layout"]["xaxis"]["range"])
    low, high = plot["layout"]["yaxis"]["range"]
    points = zip(plot["data"][0]["x"], plot["data"][0]["y"], strict=True)
    return [
        ((day(at) - first) / (last - first) * wide, (high - v) / (high - low) * tall)
        for at, v in points
        if v is not None
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=40), st.sampled_from([NARROW, 390, WIDE, 1030]))
def test_the_newest_number_covers_no_point_of_its_line_on_a_narrow_or_a_wide_screen(values, width):
    days = [f"{2010 + n // 4}-{n % 4 * 3 + 1:02}-01" for n in range(len(values))]
    points = [Point(at=at, value=v, hover="") for at, v in zip(days, values, strict=True)]
    plot = time_line(points, latest=f"{values[-1]:,}")
    margin, (label,) = plot["layout"]["margin"], plot["layout"]["annotations"]
    tall = plot["layout"]["height"] - margin["t"] - margin["b"]
    where = boxes_of_points(plot, wide=width - margin["l"] - margin["r"], tall=tall)
    x, y = where[-1]
    half = text_width(f"{values[-1]:,}", size=15, bold=True) / 2
    middle = y - label["yshift"]
    assert "bgcolor" not in label
    assert [p for p in where if abs(p[0] - x) < half and abs(p[1] - middle) < 5] == []


def test_titles_numbers_and_columns_use_the_width_there_is():
    titles = ("Live births to mothers born outside the UK", "B", "C", "D", "E")
    panels = SmallMultiples(
        panels=tuple(Panel(title=t, points=tuple(yearly(n))) for n, t in enumerate(titles, start=7))
    )
    narrow, wide = (plot_of(panels, width=width)["layout"] for width in (NARROW, WIDE))
    lines = [layout["annotations"][0]["text"].count("<br>") + 1 for layout in (narrow, wide)]
    assert lines[0] >= 3 > lines[1]
    assert narrow["height"] > wide["height"]
    dots = RankedDots(
        points=tuple(Point(at=n, value=v, hover="", code=n) for n, v in (("Hunaniaeth drawsryweddol", 9500), ("B", 1))),
        chosen=("B",),
        labels=("9,500", "1"),
    )
    narrow, wide = (plot_of(dots, width=width)["layout"] for width in (NARROW, WIDE))
    assert narrow["xaxis"]["dtick"] > wide["xaxis"]["dtick"]
    assert narrow["margin"]["l"] < NARROW / 2
    assert [layout["yaxis"]["ticktext"][-1].count("<br>") for layout in (narrow, wide)] == [1, 0]


def test_where_words_leave_dots_no_room_they_stand_with_the_names_above_the_rows():
    rows = tuple(
        Interval(at=n, code=n, value=v, lower=v / 2, upper=v * 2, verdict="", label="49,000 (36,000–62,000)", hover="")
        for n, v in (("Cardiff", 49_000), ("Vale of Glamorgan", 5_000))
    )
    dots = IntervalDots(rows=rows, chosen=(), benchmark=None, benchmark_label="")
    narrow, wide = (plot_of(dots, width=width)["layout"] for width in (NARROW, WIDE))
    above = [note["text"] for note in narrow["annotations"]]
    assert [text.endswith("49,000 (36,000–62,000)") for text in above] == [True, True]
    assert {*narrow["yaxis"]["ticktext"], *narrow["yaxis2"]["ticktext"]} == {""}
    assert set(wide["yaxis2"]["ticktext"]) == {"49,000 (36,000–62,000)"}
    for width, layout in ((NARROW, narrow), (WIDE, wide)):
        pixels = width - layout["margin"]["l"] - layout["margin"]["r"]
        low, high = layout["xaxis"]["range"]
        assert pixels > 80
        assert layout["xaxis"]["dtick"] / (high - low) * pixels > text_width("60,000", size=14)


def test_names_above_their_rows_are_on_their_own_rows_whatever_they_look_like_and_below_the_numbers():
    names = (
        "Sexual orientation",
        "South Wales Police",
        "2020",
        "Heddlu Gogledd Cymru a Heddlu Dyfed-Powys gyda'i gilydd",
    )
    at = ("0", "0 W15000003", "2020", "1 W15000001")
    points = tuple(Point(at=a, value=None if n == 0 else 9000.0 + n, hover="", code=a) for n, a in enumerate(at))
    dots = RankedDots(points=points, chosen=(), labels=("", "9,001", "9,002", "9,003"), ranked=False)
    grouped = replace(dots, places=(HEADING, 0, HEADING, 1), names=names)
    years = IntervalDots(
        rows=tuple(
            Interval(
                at=n, code=n, value=5.0, lower=1.0, upper=9.0, verdict="", label="49,000 (36,000–62,000)", hover=""
            )
            for n in ("2019", "2020", "Merthyr Tudful")
        ),
        chosen=(),
        benchmark=None,
        benchmark_label="",
        ranked=False,
    )
    for drawing, in_order in ((grouped, names), (years, ("2019", "2020", "Merthyr Tudful"))):
        layout = plot_of(drawing, width=NARROW)["layout"]
        over = {note["y"]: note["text"].replace("<br>", " ") for note in layout["annotations"]}
        assert [in_order[len(in_order) - 1 - row] in over[row] for row in range(len(in_order))] == [True] * len(
            in_order
        )
        low, high = layout["yaxis"]["range"]
        margin = layout["margin"]
        unit = (layout["height"] - margin["t"] - margin["b"]) / (high - low)
        top = max(layout["annotations"], key=lambda note: note["y"])
        lines = top["text"].count("<br>") + 1
        assert (high - top["y"]) * unit >= top["yshift"] + lines * 1.3 * top["font"]["size"]


@pytest.mark.parametrize(("width", "side"), [(NARROW, "left"), (WIDE, "right")])
def test_the_number_of_a_step_crosses_no_line_of_zero(width, side):
    steps = tuple(Point(at=n, value=v, hover="") for n, v in (("Births", 5137), ("Deaths", -4048)))
    drawing = Waterfall(
        steps=steps, total=Point(at="Change", value=1089, hover=""), texts=("+5,137", "−4,048", "+1,089")
    )
    note = plot_of(drawing, width=width)["layout"]["annotations"][1]
    assert (note["text"], note["xanchor"], note["x"]) == ("−4,048", side, 5137 if side == "left" else 1089)


def test_letters_over_small_charts_are_told_under_them_once():
    marks = (Mark(at="2016-01-01", label="Better recording", cuts=False, letter="a"),)
    panels = [Panel(title=t, points=tuple(yearly(1, 2, 3)), marks=marks) for t in "AB"]
    notes = [note["text"] for note in small_multiples(panels)["layout"]["annotations"]]
    assert notes.count("a: Better recording") == 1
    drawn = svg(SmallMultiples(panels=tuple(panels)), width=680)
    assert drawn.count("a: Better recording") == 1
    assert "Better" not in svg(SmallMultiples(panels=(Panel(title="A", points=tuple(yearly(1))),)), width=680)


def test_a_short_axis_has_its_two_ends_written_where_more_would_touch():
    axis = Scale(low=-1000, high=48_000, start=0, end=90)
    assert fitting(axis, size=14, most=5) == [0, 40_000]
    assert fitting(Scale(low=-1000, high=48_000, start=0, end=30), size=14, most=5) == [0]
    assert len(fitting(Scale(low=-1000, high=48_000, start=0, end=500), size=14, most=5)) == 5


def test_fewer_than_five_stand_at_no_point_but_along_what_they_may_be():
    points = [replace(p, stretch=(1.0, 4.0) if 0 < p.value < 5 else None) for p in yearly(0, 2, 8, 3)]
    panel = Panel(title="A", points=tuple(points), latest="<5")
    drawn_here = small_multiples([panel])
    assert drawn(drawn_here) == [0, 2.5, 8, 2.5]
    (trace,) = drawn_here["data"]
    boxes = [shape["path"] for shape in drawn_here["layout"]["shapes"]]
    assert [re.findall(r",([\d.]+)", box) for box in boxes] == [["4"] * 3 + ["1"] * 3] * 2
    assert trace["marker"]["opacity"] == [1, 0, 1, 0]
    (label,) = [note for note in drawn_here["layout"]["annotations"] if note["text"] == "<b><5</b>"]
    assert (label["y"], label["yshift"] > 0) == (4, True)
    picture = svg(SmallMultiples(panels=(panel,)), width=680)
    assert picture.count('class="few"') == 2
    assert picture.count('class="point"') == 2
    plain = replace(panel, points=tuple(yearly(0, 2, 8, 3)), latest="3")
    assert 'class="few"' not in svg(SmallMultiples(panels=(plain,)), width=680)
    assert not is_native(SmallMultiples(panels=(panel,)))  # whoever opens a native chart reads its numbers
    assert is_native(SmallMultiples(panels=(plain,)))


@pytest.mark.parametrize("several", [False, True])
def test_an_axis_on_which_no_year_begins_still_names_its_year(several):
    """Three quarters of one year: the tick of 1 January would lie before them, and the axis would say nothing."""
    points = tuple(Point(at=f"2026-{month}-15", value=10, hover="") for month in ("02", "05", "08"))
    drawn = SmallMultiples(panels=(Panel(title="A", points=points),) * 2) if several else TimeLine(points=points)
    axis = plot_of(drawn)["layout"]["xaxis"]
    assert (axis["tickmode"], axis["tickvals"], axis["ticktext"]) == ("array", ["2026-02-15"], ["2026"])
    longer = (Point(at="2025-11-15", value=10, hover=""), *points)
    over = SmallMultiples(panels=(Panel(title="A", points=longer),) * 2) if several else TimeLine(points=longer)
    assert "tickvals" not in plot_of(over)["layout"]["xaxis"]


ONE_POINT = Point(at="2026-02-15", value=1, hover="")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: TimeLine(points=()), "a chart of lines over time: expected points to draw; came none"),
        (
            lambda: TimeLine(points=(), others=(Other(name="Wales", points=()),)),
            "a chart of lines over time: expected points to draw; came none",
        ),
        (lambda: SmallMultiples(panels=()), "a chart of panels: expected panels to draw; came none"),
        (
            lambda: SmallMultiples(panels=(Panel(title="A", points=(ONE_POINT,)), Panel(title="B", points=()))),
            "a chart of panels: expected points in each panel to draw; came none",
        ),
        (lambda: RankedDots(points=(), chosen=(), labels=()), "a chart of dots: expected points to draw; came none"),
        (
            lambda: RankedDots(points=(ONE_POINT,), chosen=(), labels=("1", "2")),
            "a chart of dots: expected 1 labels; came 2",
        ),
        (
            lambda: RankedDots(points=(ONE_POINT,), chosen=(), labels=("1",), places=(0,)),
            "a chart of dots: expected 1 names of rows; came 0",
        ),
        (
            lambda: Waterfall(steps=(), total=ONE_POINT, texts=("1",)),
            "a chart of steps: expected steps to draw; came none",
        ),
        (
            lambda: Waterfall(steps=(ONE_POINT,), total=ONE_POINT, texts=("1",)),
            "a chart of steps: expected 2 texts, the total's last; came 1",
        ),
        (
            lambda: IntervalDots(rows=(), chosen=(), benchmark=None, benchmark_label=""),
            "a chart of intervals: expected rows to draw; came none",
        ),
        (
            lambda: FunnelChart(spots=(), limits=(), benchmark=1, benchmark_label="", chosen=(), across=""),
            "a chart of rates by population: expected places to draw; came none",
        ),
        (lambda: AreaMap(points=(), outlines="", unit=""), "a chart of areas: expected areas to draw; came none"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_in_words(make, told):
    with pytest.raises(ValueError, match=told):
        make()
