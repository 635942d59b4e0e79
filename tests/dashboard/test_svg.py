"""Drawings as SVG: they show the points they were given, and no word is cut or covered, on a phone and on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import ImageFont

from dashboard.charts import (
    AreaMap,
    Band,
    Interval,
    IntervalDots,
    Mark,
    Panel,
    Point,
    RankedDots,
    SmallMultiples,
    TimeLine,
    Waterfall,
)
from dashboard.charts.geometry.lines import band_corners
from dashboard.charts.letters import BOLD, FONTS, REGULAR, drawable, text_width, undrawn, wrapped
from dashboard.charts.look import NAVY
from dashboard.charts.scale import ticks, years
from dashboard.charts.svg import svg
from dashboard.figure import Figure
from tests.every_block import every_block

WIDTHS = (320, 680, 1100)
NS = "{http://www.w3.org/2000/svg}"
LONG = "Genedigaethau byw i famau a aned y tu allan i'r Deyrnas Unedig, Llanfairpwllgwyngyllgogerychwyrndrobwll"


def quarters(*values, line=""):
    days = [f"{2015 + n // 4}-{n % 4 * 3 + 2:02d}-15" for n in range(len(values))]
    return tuple(Point(at=day, value=v, hover="", line=line) for day, v in zip(days, values, strict=True))


def drawn(drawing, width=680) -> Element:
    return fromstring(svg(drawing, width=width))


def of_kind(root: Element, kind: str) -> list[Element]:
    return [e for e in root.iter() if e.get("class") == kind]


def words(element: Element) -> str:
    return "".join(element.itertext())


def read_back(root: Element, marks: list[float], *, axis: str) -> list[float]:
    """Read figures off the drawing as a person would: between the numbers written along its axis."""
    along = "x" if axis == "tick-x" else "y"
    written = [(float(e.get(along)), float(words(e).replace(",", "").replace("−", "-"))) for e in of_kind(root, axis)]
    (at, value), (other_at, other) = written[0], written[-1]
    shift = 0 if along == "x" else 5  # a number stands five pixels lower than its rule
    return [value + (m + shift - at) / (other_at - at) * (other - value) for m in marks]


def test_a_line_shows_the_figures_it_was_given():
    values = (142, 228, 316, 90, 0)
    root = drawn(TimeLine(points=quarters(*values), latest="0"))
    heights = [float(e.get("cy")) for e in of_kind(root, "point")]
    assert read_back(root, heights, axis="tick-y") == pytest.approx(values, abs=1)


def test_a_negative_figure_stays_inside_and_zero_is_ruled():
    values = (-300, 120, 40, -20)
    root = drawn(TimeLine(points=quarters(*values), latest="−20"))
    heights = [float(e.get("cy")) for e in of_kind(root, "point")]
    assert read_back(root, heights, axis="tick-y") == pytest.approx(values, abs=1.5)
    assert "0" in [words(e) for e in of_kind(root, "tick-y")]


def test_missing_figures_other_editions_and_hard_breaks_cut_the_line_and_soft_ones_do_not():
    def runs(points, *marks):
        return len(of_kind(drawn(TimeLine(points=points, marks=marks, markers=False)), "run"))

    whole = quarters(1, 2, 3, 4, 5, 6)
    cut = Mark(at="2015-08-01", label="New rules", cuts=True)
    assert runs(whole) == 1
    assert runs(whole, Mark(at="2015-08-01", label="Note", cuts=False)) == 1
    assert runs(whole, cut) == 2
    assert runs(quarters(1, 2, None, 4, 5, 6)) == 2
    assert runs((*whole[:3], *quarters(0, 0, 0, 4, 5, 6, line="newer")[3:])) == 2


def test_a_figure_alone_between_two_holes_is_seen():
    root = drawn(TimeLine(points=quarters(1, 2, 3, None, 5, None, 7, 8), markers=False))
    assert len(of_kind(root, "point")) == 1


def test_the_expected_range_is_shaded_from_its_lower_to_its_upper_end():
    days = ("2015-02-15", "2015-05-15", "2015-08-15")
    band = Band(at=days, lower=(100, 110, 130), centre=(150, 160, 170), upper=(200, 190, 200))
    root = drawn(TimeLine(points=quarters(120, 160, 140, 180, 150), bands=(band,)))
    (shade,) = of_kind(root, "band")
    heights = [float(corner.split()[1]) for corner in shade.get("d").strip("MZ").split("L")]
    assert read_back(root, heights, axis="tick-y") == pytest.approx([200, 190, 200, 130, 110, 100], abs=1)
    (centre,) = of_kind(root, "centre")
    heights = [float(corner.split()[1]) for corner in centre.get("d").strip("M").split("L")]
    assert read_back(root, heights, axis="tick-y") == pytest.approx([150, 160, 170], abs=1)


def test_the_expected_range_of_one_point_has_some_width():
    band = Band(at=("2015-05-15",), lower=(100,), centre=(150,), upper=(200,))
    assert band_corners(band) == (("2015-04-15", 200), ("2015-06-14", 200), ("2015-06-14", 100), ("2015-04-15", 100))


def test_events_that_fall_together_stand_on_two_levels_and_leave_the_line_alone():
    events = tuple(Mark(at=at, label="", cuts=False, letter=n) for n, at in (("1", "2015-06-01"), ("2", "2015-06-10")))
    high = drawn(TimeLine(points=quarters(50, 60, 70, 80, 90), events=events))
    low = drawn(TimeLine(points=quarters(50, 5, 5, 80, 90), events=events))
    assert len({e.get("cy") for e in of_kind(high, "event") if e.tag == f"{NS}circle"}) == 2
    years_at = min(float(e.get("y")) for e in of_kind(low, "tick-x"))
    assert all(float(e.get("cy")) > years_at for e in of_kind(low, "event") if e.tag == f"{NS}circle")


@pytest.mark.parametrize(
    ("first", "last"), [("2022-05-16", "2023-11-15"), ("2019-02-15", "2019-11-15"), ("1997-07-02", "2023-07-02")]
)
@pytest.mark.parametrize("width", [300, 680])
def test_no_year_is_written_twice(first, last, width):
    points = (Point(at=first, value=1, hover=""), Point(at=last, value=2, hover=""))
    names = [words(e) for e in of_kind(drawn(TimeLine(points=points), width), "tick-x")]
    assert names
    assert len(set(names)) == len(names)


def test_small_charts_share_a_scale_only_where_they_say_so():
    panels = tuple(Panel(title=t, points=quarters(*v)) for t, v in (("A", (10, 20, 30, 40)), ("B", (1, 2, 3, 4))))

    def heights(shared):
        root = drawn(SmallMultiples(panels=panels, shared_scale=shared), 680)
        return [float(e.get("cy")) for e in of_kind(root, "point")]

    together, apart = heights(True), heights(False)
    assert together[7] > together[3]  # 4 lies lower than 40
    assert apart[7] == pytest.approx(apart[3])


def test_ranked_dots_stand_at_their_figures_largest_on_top_each_with_its_number():
    points = tuple(Point(at=n, value=v, hover="", code=n) for n, v in (("A", 306), ("B", 3632), ("C", 0)))
    root = drawn(RankedDots(points=points, chosen=("B",), labels=("306", "3,632", "0")))
    across = [float(e.get("cx")) for e in of_kind(root, "point")]
    assert read_back(root, across, axis="tick-x") == pytest.approx([3632, 306, 0], abs=8)
    assert [words(e) for e in of_kind(root, "label")] == ["3,632", "306", "0"]


def test_dots_that_are_not_ranked_stand_in_the_order_given_the_first_on_top():
    points = tuple(Point(at=n, value=v, hover="", code=n) for n, v in (("0 to 4", 5), ("5 to 9", 9), ("10 to 15", 7)))
    root = drawn(RankedDots(points=points, chosen=(), labels=("5", "9", "7"), ranked=False))
    assert [words(e) for e in of_kind(root, "label")] == ["5", "9", "7"]


@pytest.mark.parametrize("width", [350, 680])
def test_under_rings_stands_whose_they_are_and_whose_the_dots(width):
    points = (Point(at="A", value=20, hover="", code="A"),)
    whose = ("Caerdydd a Bro Morgannwg", "Cymru")
    drawing = RankedDots(points=points, chosen=("A",), labels=("20%",), rings=points, whose=whose)
    root = drawn(drawing, width=width)
    assert [one.text for one in of_kind(root, "whose")] == list(whose)
    filled, hollow = of_kind(root, "key")
    assert (filled.get("fill"), hollow.get("fill"), bool(hollow.get("stroke"))) == (NAVY, "#FFFFFF", True)
    ends = [float(one.get("x")) + text_width(one.text, size=13) for one in of_kind(root, "whose")]
    assert max(ends) <= width
    assert float(root.get("height")) >= float(hollow.get("cy")) + 6
    alone = drawn(replace(drawing, whose=()), width=width)
    assert of_kind(alone, "whose") == []


def test_names_whose_numbers_stand_with_them_have_the_room_that_numbers_have_else():
    name = "Antarctica ac Oceania, gan gynnwys Awstralasia"
    points = (Point(at=name, value=0.2, hover="", code="A"),)
    alone = RankedDots(points=points, chosen=("A",), labels=("0.2%",))
    lines = {
        rings: len(of_kind(drawn(replace(alone, rings=points if rings else ()), width=330), "name"))
        for rings in (False, True)
    }
    assert lines[True] < lines[False]


def test_rings_stand_on_the_rows_of_the_same_name():
    points = tuple(Point(at=n, value=v, hover="", code=n) for n, v in (("A", 20), ("B", 60)))
    rings = (Point(at="A", value=30, hover=""), Point(at="B", value=None, hover=""))
    root = drawn(RankedDots(points=points, chosen=("A", "B"), labels=("20%", "60%"), rings=rings))
    (ring,) = of_kind(root, "ring")
    dots = of_kind(root, "point")
    assert ring.get("cy") == dots[1].get("cy")
    assert read_back(root, [float(ring.get("cx"))], axis="tick-x") == pytest.approx([30], abs=0.5)


def test_the_bars_of_a_waterfall_begin_where_the_one_before_ended_and_the_total_at_zero():
    changes = (5137, -4048, 141, -16)
    steps = tuple(Point(at=f"s{n}", value=v, hover="") for n, v in enumerate(changes))
    total = Point(at="All", value=sum(changes), hover="")
    root = drawn(Waterfall(steps=steps, total=total, texts=("+5,137", "−4,048", "+141", "−16", "+1,214")))
    ends = [[float(e.get("x")), float(e.get("x")) + float(e.get("width"))] for e in of_kind(root, "bar")]
    read = [read_back(root, pair, axis="tick-x") for pair in ends]
    expected = [[0, 5137], [1089, 5137], [1089, 1230], [1214, 1230], [0, 1214]]
    assert [pytest.approx(pair, abs=15) for pair in expected] == read


def test_places_with_intervals_differ_in_shape_and_stand_beside_the_benchmark():
    verdicts = ("higher", "similar", "lower")
    rows = tuple(
        Interval(at=v, code=v, value=n + 1, lower=n + 0.5, upper=n + 1.5, verdict=v, label=f"{n} {v}", hover="")
        for n, v in enumerate(verdicts)
    )
    root = drawn(IntervalDots(rows=rows, chosen=("lower",), benchmark=2.0, benchmark_label="Wales 2.0"))
    assert [e.tag.removeprefix(NS) for e in of_kind(root, "point")] == ["path", "circle", "path"]
    assert [words(e) for e in of_kind(root, "label")] == ["2 lower", "1 similar", "0 higher"]
    assert [words(e) for e in of_kind(root, "benchmark")] == ["Wales 2.0"]


def test_names_are_written_not_run():
    nasty = '</text><script>alert("x")</script> & "quoted"'
    point = Point(at=nasty, value=3, hover="", code="x")
    text = svg(RankedDots(points=(point,), chosen=("x",), labels=(nasty,)), width=680, title=nasty, desc=nasty)
    root = fromstring(text)
    assert "<script" not in text
    assert words(root.find(f"{NS}title")) == nasty
    assert " ".join(words(e) for e in of_kind(root, "name")).replace(" ", "") == nasty.replace(" ", "")


def test_a_map_opens_only_our_own_outlines():
    for address in ("/etc/passwd", "/app/static/../../data.geojson", "/app/static/boundaries/../x.geojson"):
        with pytest.raises(ValueError, match="expected outlines at"):
            svg(AreaMap(points=(Point(at="A", value=1, hover=""),), outlines=address, unit=""), width=680)


def test_a_width_that_holds_no_chart_is_refused():
    with pytest.raises(ValueError, match="expected a width from 200 to 1600 pixels; came 30"):
        svg(TimeLine(points=quarters(1, 2, 3, 4)), width=30)


def test_round_numbers_and_years():
    assert ticks(0, 394, most=5) == [0, 100, 200, 300]
    assert ticks(-0.3, 0.42, most=4) == [-0.2, 0, 0.2, 0.4]
    assert ticks(0, 1, most=4, whole=True) == [0, 1]  # no fifth of a person
    assert ticks(0, 1, most=4) == [0, 0.5, 1]
    assert [name for _, name in years(735000, 739000, most=3)] == ["2015", "2020"]


def test_a_text_is_broken_between_words_and_within_one_only_where_it_must():
    assert wrapped("Mudo rhyngwladol net", size=14, most=130) == ("Mudo rhyngwladol", "net")
    assert "".join(wrapped("Llanfairpwllgwyngyll", size=14, most=60)) == "Llanfairpwllgwyngyll"


def test_characters_that_no_font_of_ours_has_are_shown_as_boxes():
    assert drawable("Ŵy שלום مرحبا\n☺ 漢🦄") == "Ŵy שלום مرحبا\n☺ □□"
    assert undrawn("Ŵy שלום مرحبا\n☺ 漢🦄") == {"漢", "🦄"}


@dataclass(frozen=True)
class Written:
    words: str
    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: Written) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.top < other.bottom and other.top < self.bottom


@cache
def font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / (BOLD if bold else REGULAR), 100)


def box(element: Element) -> Written:
    """Measure a text with another library than the drawing's, in the letters it is drawn in."""
    size, x, y = (float(element.get(name)) for name in ("font-size", "x", "y"))
    width = font(element.get("font-weight") == "700").getlength(element.text or "") * size / 100
    width += sum(font(True).getlength(t.text) * size / 100 for t in element.findall(f"{NS}tspan"))
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
    return Written(words(element), left, left + width, y - 0.68 * size, y + 0.2 * size)


@pytest.fixture(scope="module", params=["en", "cy"])
def figures(view, request) -> list[Figure]:
    made = [make(view("XCAV", request.param)) for make in every_block().values()]
    return [figure for figure in made if isinstance(figure, Figure)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_any_figure_is_cut_or_covers_another(figures, width):
    for figure in figures:
        root = fromstring(svg(figure.drawing, width=width))
        height = float(root.get("height"))
        texts = [box(e) for e in root.iter(f"{NS}text")]
        outside = [t for t in texts if t.left < 0 or t.right > width or t.top < 0 or t.bottom > height]
        assert not outside, figure.code
        assert not [(a, b) for a, b in combinations(texts, 2) if a.touches(b)], figure.code


def test_a_figure_drawn_twice_is_the_same(figures):
    few = figures[::4]
    assert [svg(f.drawing, width=680) for f in few] == [svg(f.drawing, width=680) for f in few]


def test_every_figure_of_every_line_is_on_paper(figures):
    """Each held figure is one corner of a line or one dot: none is left out, none is made up.

    A figure alone between two holes is a dot whatever the rest is: mid-2025 stands apart from the years before it.
    """
    for figure in (f for f in figures if isinstance(f.drawing, TimeLine)):
        root = fromstring(svg(figure.drawing, width=680))
        corners = [e.get("d") for e in of_kind(root, "run")]
        spots = len(of_kind(root, "point"))
        seen = spots if figure.drawing.markers else sum(d.count("L") + 1 for d in corners) + spots
        alone = [a for a, b in pairwise([None, *corners, None]) if a and b and "L" not in a]
        assert not alone
        assert seen == sum(p.value is not None for p in figure.drawing.points), figure.code


@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_and_labels_stay_inside(width):
    mark = tuple(Mark(at=f"201{n}-11-01", label=LONG, cuts=True, letter="ab"[n - 5]) for n in (5, 6))
    points = quarters(*range(1, 13))
    dots = tuple(Point(at=LONG + str(n), value=n, hover="", code=str(n)) for n in range(3))
    row = Interval(at=LONG, code="x", value=3, lower=2, upper=4, verdict="lower", label=LONG, hover="")
    drawings = (
        TimeLine(points=points, marks=mark, latest="1,234,567"),
        SmallMultiples(
            panels=tuple(Panel(title=LONG, points=points, marks=mark, latest="1,234,567") for _ in range(3))
        ),
        RankedDots(points=dots, chosen=("1",), labels=("1,234", "2", "3"), rings=dots),
        IntervalDots(rows=(row,), chosen=("x",), benchmark=9, benchmark_label=LONG),
        Waterfall(steps=dots, total=dots[0], texts=("+1,234,567",) * 4),
    )
    for drawing in drawings:
        root = fromstring(svg(drawing, width=width))
        texts = [box(e) for e in root.iter(f"{NS}text")]
        assert not [t for t in texts if t.left < 0 or t.right > width or t.bottom > float(root.get("height"))]
        assert not [(a, b) for a, b in combinations(texts, 2) if a.touches(b)]
