"""What a reader is told of few people: nobody is nobody, one to four are fewer than five, and half a person is no tick.

Every title, subtitle, sentence and alt text of every block, and every message, of every place, in both languages.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import findings, queries
from dashboard.blocks import common, compare_places
from dashboard.blocks.compare_places import Selection
from dashboard.charts import Drawing, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.powerpoint.charts import is_native
from dashboard.charts.scale import are_whole
from dashboard.charts.spec import has_few
from dashboard.figure import Figure, View, in_language
from dashboard.figures import latest
from dashboard.figures.carded import OF_SOMEBODY
from dashboard.figures.overview import overview
from dashboard.findings.message import published
from dashboard.i18n import LANGUAGES
from tests.every_block import every_block, usual_block

AREAS = Path(__file__).parents[2] / "data" / "reference" / "areas.csv"
SPARSE = "W06000021"  # Monmouthshire, where hardly anybody is on asylum support
PLACES = [r["code"] for r in csv.DictReader(AREAS.open(encoding="utf-8")) if r["selectable"] == "true"]
# "0 people", "1 people", "3 o bobl", "of 2 people", "Roedd 0 o bobl", "0.0 per 10,000": each once stood in a headline
FEW = re.compile(
    r"(?<![\d.,−+–-])[0-4] (?:people|person|children|guests|o bobl|o blant|o westeion)\b"
    r"|(?<![\d.,−+–-])[1-4] (?:(?:racially|modern|hate|recorded)[a-z ]* )?(?:offences|crimes|incidents|referrals)\b"
    r"|(?<![\d.,−+–-])[1-4] o (?:droseddau|ddigwyddiadau|atgyfeiriadau|gyfeiriadau)\b"
    r"|(?<![\d.,−+])0(?:\.0+)? (?:for every|per 1|am bob|o bob\b|fesul 1)|Mae hynny'n 0\.0 "
)


each_place = pytest.mark.parametrize("code", PLACES, scope="module")  # all tests of a place before the next


def seen(code: str, lang: str, build: str) -> View:
    return View(place=queries.area(code, build=build), lang=lang, build=build)


def told(view: View) -> Iterator[tuple[str, str]]:
    """Yield every text that travels alone, with where it stands."""
    for name, make in every_block().items():
        block = make(view)
        if isinstance(block, Figure):
            for part in ("title", "subtitle", "sentence", "alt"):
                yield f"{name}.{part}", getattr(block, part)
    for message in findings.messages(view):
        yield message.rule, message.text(view.lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@each_place
def test_no_headline_counts_nobody_or_fewer_than_five_people(code, lang, build):
    few = [(where, text) for where, text in told(seen(code, lang, build)) if FEW.search(text)]
    assert few == []


@pytest.mark.parametrize(
    "text", ["1 people were", "Roedd 0 o bobl yn", "was 3 people", "0.0 for every 10,000", "neu 0.0 fesul 10,000"]
)
def test_the_check_would_see_them(text):
    assert FEW.search(text)


@pytest.mark.parametrize("text", ["1,310 people", "from 10 to 22 people", "20 o bobl", "−0.4 per", "10.0 fesul 10,000"])
def test_the_check_lets_larger_numbers_pass(text):
    assert not FEW.search(text)


EVENTS = (
    "offences?|crimes?|incidents?|referrals?|births?|deaths?|(?:o )?(?:droseddau|troseddau|ddigwyddiadau|atgyfeiriadau)"
)
ONE_TO_FOUR = re.compile(
    r"(?<![\d.,–-])[1-4] (?:people|person|children|guests|pobl|o bobl|plant|o blant|gwesteion|o westeion|"
    + EVENTS
    + r")\b"
)


RATE_OF_NOBODY = re.compile(r"(?<![\d.,])0\.0+ (?:per|fesul) 1[\d,]+ (?:o bobl|people) \(0\b")


def pointed_at(figure: Figure) -> Iterator[str]:
    """Yield every text that a chart shows where the pointer or the keyboard is."""
    for trace in figure.plot["data"]:
        for part in ("text", "hovertext"):
            for words in trace.get(part, ()) if isinstance(trace.get(part), list) else ():
                yield re.sub(r"</?b>", "", words)


@pytest.mark.parametrize("lang", LANGUAGES)
@each_place
def test_no_point_and_no_slide_counts_fewer_than_five_people(code, lang, build):
    for name, make in every_block().items():
        block = make(seen(code, lang, build))
        if isinstance(block, Figure):
            assert [words for words in pointed_at(block) if ONE_TO_FOUR.search(words)] == [], name
            assert [words for words in pointed_at(block) if RATE_OF_NOBODY.search(words)] == [], name
            assert not (is_native(block.drawing) and has_few(block.drawing)), name


def test_one_to_four_people_of_any_day_are_drawn_along_what_they_may_be(build):
    """Resettled people of the Vale: "2 people" in a quarter years ago is no more to be read off than in the newest."""
    figure = usual_block(seen("W06000014", "en", build), code="resettlement")
    few = [point for point in figure.drawing.points if 0 < (point.value or 0) < 5]
    assert len(few) > 1
    assert {point.stretch for point in few} == {(1.0, 4.0)}
    (trace,) = figure.plot["data"]
    assert not {1, 2, 3, 4} & set(trace["y"])
    assert "fewer than five people" in few[0].hover


@pytest.mark.parametrize(
    ("measure", "value", "prose", "label", "hover"),
    [
        ("asylum_supported", 3, "fewer than five", "<5", "<b>fewer than five people</b>"),
        ("asylum_supported", 0, "nobody", "0", "<b>0</b> people"),
        ("asylum_supported", 5, "5", "5", "<b>5</b> people"),
        ("rra_offences", 3, "fewer than five", "<5", "<b>fewer than five</b> offences"),
        ("rra_offences", 0, "0", "0", "<b>0</b> offences"),
        ("modern_slavery_offences", 1, "fewer than five", "<5", "<b>fewer than five</b> offences"),
        ("nrm_referrals_by_county", 4, "fewer than five", "<5", "<b>fewer than five</b> referrals"),
        (
            "homes_for_ukraine_guests_funded",
            -3,
            "a fall of fewer than five",
            ">−5",
            "<b>a fall of fewer than five</b> guests",
        ),
        ("homes_for_ukraine_guests_funded", -5, "−5", "−5", "<b>−5</b> guests"),
        ("gypsy_traveller_caravans", 3, "3", "3", "<b>3</b> caravans"),
    ],
)
def test_few_people_and_what_happened_to_them_are_told_in_words(build, measure, value, prose, label, hover):
    of = queries.measure(measure, build=build)
    written = (common.in_prose(value, of), common.on_chart(value, of), common.counted(value, of))
    assert tuple(one if isinstance(one, str) else one.text("en") for one in written) == (prose, label, hover)


def test_people_are_drawn_along_what_they_may_be_and_offences_where_they_stand(build):
    of = {code: queries.measure(code, build=build) for code in ("homes_for_ukraine_guests_funded", "rra_offences")}
    assert common.stretch(-3, of["homes_for_ukraine_guests_funded"]) == (-4.0, -1.0)
    assert common.stretch(3, of["homes_for_ukraine_guests_funded"], number=6.0) == (2.0, 8.0)
    assert common.stretch(3, of["rra_offences"]) is None


def test_an_offence_of_few_is_no_number_of_a_message(build):
    few = next(
        o
        for o in queries.series("modern_slavery_offences", "W15000004", build=build).observations
        if 0 < (o.value or 0) < 5
    )
    assert published(few).text("en") == "fewer than five"
    assert published(few).text("cy") == "llai na phump"


SMALL = re.compile(r"−?[1-4]")


@each_place
def test_no_row_beside_others_gives_one_to_four_people_or_their_rate(code, build):
    """Home's table of every measure, with places beside ours, and its list of newest figures."""
    view = replace(
        seen(code, "en", build), beside=tuple(queries.area(one, build=build) for one in (SPARSE, "W92000004"))
    )
    of_somebody = {m.unit.en for m in queries.measures(build=build).values() if m.counts in OF_SOMEBODY}
    lines = [line for group in in_language(overview(view.subject), "en") for line in group.lines]
    rows = [(line.name, cell) for line in lines if line.unit in of_somebody for cell in (line.value, line.beside)]
    rows += [(line.name, cell) for line in lines if line.unit in of_somebody for cell in line.others]
    assert [row for row in rows if SMALL.fullmatch(row[1])] == []
    assert [line for line in lines if "fewer than" in line.value and line.here] == []
    newest = in_language(latest.figures(view.subject), "en")
    assert [one for one in newest if any(SMALL.fullmatch(cell) for cell in (one.value, *one.others))] == []


def test_few_people_are_told_in_words_where_places_and_rates_stand_beside(build):
    """Monmouthshire: one person on asylum support in June 2026, in the Home Office's Asy_D11."""
    (asylum,) = (
        line
        for group in in_language(overview(seen(SPARSE, "en", build).subject), "en")
        for line in group.lines
        if line.name == "People receiving asylum support"
    )
    assert (asylum.value, asylum.here, asylum.beside) == ("fewer than five", "", "10.2 per 10,000")
    view = replace(seen("W06000015", "en", build), beside=(queries.area(SPARSE, build=build),))
    beside = [line.others for group in in_language(overview(view.subject), "en") for line in group.lines]
    assert ("fewer than five people",) in beside


@pytest.mark.parametrize(
    ("lang", "label", "stands"),
    [
        ("en", "<5 people", "Monmouthshire fewer than five people; 10.2 per 10,000 people in Wales,"),
        ("cy", "<5 o bobl", "Sir Fynwy llai na phump o bobl; 10.2 fesul 10,000 o bobl yng Nghymru,"),
    ],
)
def test_a_count_among_rates_is_never_read_as_one(build, lang, label, stands):
    selection = Selection(measure="asylum_supported", among="wales", form="map")
    figure = in_language(compare_places.ranked(seen(SPARSE, lang, build).subject, selection=selection), lang)
    (row,) = (row for row in figure.drawing.rows if row.code == SPARSE)
    assert row.label == label
    assert stands in figure.title


@pytest.mark.parametrize("code", ["W06000015", SPARSE])
def test_no_label_of_a_chart_of_rates_is_a_count_of_few(code, build):
    view = replace(
        seen(code, "en", build), beside=tuple(queries.area(one, build=build) for one in (SPARSE, "W92000004"))
    )
    labels = {}
    for name in ("asylum_support", "asylum_accommodation", "accommodation_over_time", "afghan_programme"):
        figure = usual_block(view, code=name)
        assert "Drawn per 10,000 people" in figure.subtitle
        panels = getattr(figure.drawing, "panels", (figure.drawing,))
        labels[name] = [
            str(one.latest)
            for panel in panels
            for one in (panel, *getattr(panel, "others", ()))
            if hasattr(one, "latest")
        ]
        labels[name] += [label for panel in panels for label in getattr(panel, "labels", ())]
    assert not {"<5", ">−5", "0.0"} & {label for every in labels.values() for label in every}
    assert "<5 people" in labels["asylum_support"]


@pytest.mark.parametrize(
    ("lang", "label", "item"), [("en", "nobody", "Ceredigion nobody."), ("cy", "neb", "Ceredigion neb.")]
)
def test_nobody_has_no_rate_beside_places_that_have_one(lang, label, item, build):
    """Ceredigion: nobody on asylum support on 30 June 2026, in the Home Office's Asy_D11."""
    view = replace(seen("W06000015", lang, build), beside=(queries.area("W06000008", build=build),), unit="rate")
    figure = usual_block(view, code="asylum_support")
    (other,) = figure.drawing.others
    assert other.latest == label
    assert not [point.hover for point in other.points if point.value == 0 and re.search(r"\b0\.0\b", point.hover)]
    assert item in figure.sentence


def test_the_map_of_asylum_support_has_no_rate_of_nobody(build):
    figure = usual_block(seen("W06000008", "en", build), code="asylum_map")
    assert [point.hover for point in figure.drawing.points if point.value == 0] == ["Ceredigion<br><b>0</b> people"]


def _values(drawing: Drawing) -> list[list[float | None]]:
    """Return the numbers of each axis of a chart over time, or of dots side by side."""
    if isinstance(drawing, SmallMultiples):
        return [[p.value for p in panel.points] for panel in drawing.panels]
    return [[p.value for p in drawing.points]] if isinstance(drawing, TimeLine | RankedDots) else []


@each_place
def test_no_axis_of_counts_has_a_fraction_and_no_chart_is_drawn_of_five_or_fewer(code, build):
    for name, make in every_block().items():
        block = make(seen(code, "en", build))
        if not isinstance(block, Figure) or not isinstance(block.drawing, TimeLine | RankedDots | SmallMultiples):
            continue
        axes = _values(block.drawing)
        most = max((abs(v) for axis in axes for v in axis if v is not None), default=0)
        if are_whole(v for axis in axes for v in axis) and most <= 5:
            assert not block.has_chart, name
            continue
        layout = block.plot["layout"]
        for number, axis in enumerate(axes):
            which = "xaxis" if isinstance(block.drawing, RankedDots) else f"yaxis{number + 1 if number else ''}"
            step = layout[which].get("dtick")
            if are_whole(axis) and max(abs(v) for v in axis if v is not None) > 0:
                assert step is None or float(step).is_integer(), (name, step)
