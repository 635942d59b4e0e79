"""The deck, opened again by other readers: python-pptx for what a person sees, lxml and calamine for what is inside."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu
from python_calamine import CalamineWorkbook

from dashboard.briefing import words
from dashboard.briefing.model import Picture, Rows
from dashboard.briefing.parts import Scope, picture
from dashboard.briefing.pieces import the
from dashboard.briefing.powerpoint import pptx_bytes
from dashboard.briefing.powerpoint.charts import add_chart, height_wanted
from dashboard.briefing.powerpoint.master import TITLE_LAYOUT, VISUAL_LAYOUT, empty_deck
from dashboard.caveats import heaviest
from dashboard.charts import Band, Mark, Panel, Point, RankedDots, TimeLine, Waterfall
from dashboard.charts.geometry.maps import area_map
from dashboard.charts.measure import column_widths, line_count
from dashboard.charts.powerpoint.axes import Native, number_code, ticks
from dashboard.charts.powerpoint.charts import is_native
from dashboard.charts.powerpoint.dots import add_ranked_dots
from dashboard.charts.powerpoint.frame import Frame
from dashboard.charts.powerpoint.lines import add_small_multiples, add_time_line
from dashboard.charts.powerpoint.maps import name_of
from dashboard.charts.powerpoint.steps import add_waterfall
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.tables import written

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PLACES = ("XCAV", "W06000024", "W15000004", "W92000004")
BY_YEAR = tuple(Point(at=f"{year}-07-01", value=float(year - 2000), hover="") for year in range(2010, 2022))


def opened(content):
    return Presentation(BytesIO(content))


def slides_text(deck):
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def charts(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def categories_of(plot):
    """Return the names or, where they are days, the days along a chart."""
    has_days = plot._element.tag in (f"{C}lineChart", f"{C}areaChart")
    return [date(1899, 12, 30) + timedelta(float(c)) if has_days else str(c) for c in plot.categories]


def numbers(chart):
    """Return the numbers of each series of a chart of lines or bars, by its name and its categories."""
    plots = [(plot, categories_of(plot)) for plot in chart.plots]
    return [
        (series.name, dict(zip(categories, series.values, strict=True)))
        for plot, categories in plots
        for series in plot.series
    ]


def held(values):
    return {key: value for key, value in values.items() if value is not None}


def drawn(add, drawing, **more):
    """Draw one chart on an empty slide and return it as another reader finds it."""
    deck = empty_deck(lang="en")
    slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
    frame = Frame(left=44, top=120, width=560, height=340)
    add(Native(slide=slide, frame=frame, unit="Offences", alt="A chart", lang="en"), drawing, **more)
    kept = BytesIO()
    deck.save(kept)
    return charts(opened(kept.getvalue()))[0].chart


@pytest.fixture(scope="module")
def decks(compose_for):
    return {
        (place, lang): (briefing := compose_for("deck", place), opened(pptx_bytes(briefing, lang=lang)))
        for place in PLACES
        for lang in LANGUAGES
    }


def test_every_section_heads_a_slide_in_their_order(decks):
    for (_, lang), (briefing, deck) in decks.items():
        titles = [slide.shapes.title.text for slide in deck.slides]
        headings = [section.heading.text(lang) for section in briefing.sections[1:]]
        assert [title for title in titles if title in headings] == headings
        assert titles[0] == briefing.title.text(lang)
        assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9)


def test_no_placeholder_is_left_empty_and_each_slide_has_its_number(decks):
    for _, deck in decks.values():
        for slide in deck.slides:
            assert all(shape.text_frame.text.strip() for shape in slide.placeholders)
            assert slide._element.findall(f".//{A}fld[@type='slidenum']")
            ids = [shape.shape_id for shape in slide.shapes]
            assert len(ids) == len(set(ids))


def test_the_talk_comes_before_the_backup(decks):
    briefing, deck = decks["XCAV", "cy"]
    titles = [slide.shapes.title.text for slide in deck.slides]
    divider = titles.index(t("briefing.backup", lang="cy"))
    behind = {section.heading.text("cy"): section.backup for section in briefing.sections[1:]}
    assert all(behind[title] == (at > divider) for at, title in enumerate(titles) if title in behind)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_native_charts_are_those_of_the_drawings(decks, place, lang):
    briefing, deck = decks[place, lang]
    found = iter(charts(deck))
    for figure in briefing.figures:
        if is_native(figure.drawing):  # one of fewer than five people is a picture
            assert sorted(native_numbers(next(found).chart)) == sorted(drawn_numbers(in_language(figure, lang).drawing))
    assert next(found, None) is None


def drawn_numbers(drawing):
    match type(drawing).__name__:
        case "TimeLine":
            return [(date.fromisoformat(p.at), p.value) for p in drawing.points if p.value is not None]
        case "RankedDots":
            return [("", p.value) for p in drawing.points]
        case "Waterfall":
            return [(p.at, pytest.approx(abs(p.value))) for p in (*drawing.steps, drawing.total)]
        case "IntervalDots":
            return [("", row.value) for row in drawing.rows] + [
                (row.at, end) for row in drawing.rows for end in (row.lower, row.upper)
            ]
    raise AssertionError(drawing)


def native_numbers(chart):
    tag = etree.QName(chart.plots[-1]._element).localname
    if tag == "lineChart":
        helpers = {t(f"briefing.chart.{k}", lang=lang) for lang in LANGUAGES for k in ("middle", "break", "note")}
        helpers |= {t(f"briefing.chart.{k}", lang=lang) for lang in LANGUAGES for k in ("labels", "events")}
        lines = [s for s in chart.plots[-1].series if s.name not in helpers]
        days = categories_of(chart.plots[-1])
        return [(day, v) for s in lines for day, v in zip(days, s.values, strict=True) if v is not None]
    if tag == "barChart":
        names = categories_of(chart.plots[0])
        sizes = [dict(zip(names, s.values, strict=True)) for s in list(chart.plots[0].series)[1:]]
        return [(name, sum(abs(size[name] or 0) for size in sizes)) for name in names]
    across = [
        (s.name, [float(v.text) for v in s._element.iterfind(f".//{C}xVal//{C}v")]) for s in chart.plots[0].series
    ]
    intervals = [(name, value) for name, values in across[3:] if "1.95" not in name for value in values]
    return [("", value) for value in across[0][1]] + intervals


def test_the_sheet_behind_a_chart_holds_the_same_numbers(decks):
    _, deck = decks["XCAV", "en"]
    for shape in charts(deck)[:1]:
        part = shape.chart.part.chart_workbook.xlsx_part
        rows = CalamineWorkbook.from_filelike(BytesIO(part.blob)).get_sheet_by_index(0).to_python()
        in_chart = numbers(shape.chart)
        assert [name for name, _ in in_chart] == rows[0][1 : 1 + len(in_chart)]
        for at, (_, values) in enumerate(in_chart, start=1):
            in_sheet = [row[at] for row in rows[1:] if row[at] != ""]
            assert list(held(values).values()) == pytest.approx(in_sheet, rel=1e-14)


def test_nothing_is_joined_across_a_hard_break_a_gap_or_another_edition():
    points = [replace(p, value=None) if p.at.startswith("2013") else p for p in BY_YEAR]
    points[-1] = replace(points[-1], line="another edition")
    cut = Mark(at="2016-01-01", label="Recording changed", cuts=True, letter="a")
    note = Mark(at="2018-01-01", label="A note", cuts=False, letter="b")
    chart = drawn(add_time_line, TimeLine(points=tuple(points), marks=(cut, note), latest="21"))
    lines = {name: held(values) for name, values in numbers(chart) if name.startswith("Offences")}
    assert [sorted(day.year for day in values) for values in lines.values()] == [
        [2010, 2011, 2012],
        [2014, 2015],
        [2016, 2017, 2018, 2019, 2020],
        [2021],
    ]
    days = categories_of(chart.plots[-1])
    assert date(2013, 7, 1) in days
    assert date(2016, 1, 1) in days


def test_the_expected_range_is_an_area_of_its_own_with_its_middle():
    days = ("2012-01-01", "2016-01-01", "2020-12-31")
    band = Band(at=days, lower=(4, 8, 4), centre=(10, 14, 10), upper=(16, 20, 16))
    chart = drawn(add_time_line, TimeLine(points=BY_YEAR, bands=(band,), latest="21"))
    found = dict(numbers(chart))
    base, width = found[t("briefing.chart.lowest", lang="en")], found[t("briefing.chart.range", lang="en")]
    inside = [day for day in base if date(2012, 1, 1) <= day <= date(2020, 12, 31)]
    assert len(inside) == 12
    assert all(width[day] == pytest.approx(12) for day in inside)
    assert [base[date.fromisoformat(day)] for day in days] == [4, 8, 4]
    assert base[date(2014, 7, 1)] == pytest.approx(4 + 4 * (date(2014, 7, 1) - date(2012, 1, 1)) / timedelta(days=1461))
    assert all((base[day], width[day]) == (0, 0) for day in base if day not in inside)
    assert list(held(found[t("briefing.chart.middle", lang="en")]).values()) == [10, 14, 10]


def test_two_events_on_one_day_are_both_numbered():
    events = tuple(Mark(at="2015-03-01", label=f"Event {n}", cuts=False, letter=str(n)) for n in (1, 2))
    chart = drawn(add_time_line, TimeLine(points=BY_YEAR, events=events))
    texts = [element.text for element in chart._chartSpace.iter(f"{A}t")]
    assert [text for text in texts if text in ("1", "2")] == ["1", "2"]


def test_a_waterfall_floats_and_may_cross_zero():
    steps = tuple(Point(at=n, value=v, hover="") for n, v in (("Up", 5.0), ("Down", -8.0), ("Back", 10.0), ("No", 0.0)))
    total = Point(at="Change", value=7.0, hover="")
    chart = drawn(add_waterfall, Waterfall(steps=steps, total=total, texts=("+5", "−8", "+10", "0", "+7")))
    found = [(name, list(values.values())) for name, values in numbers(chart)]
    assert found == [
        (t("briefing.chart.base", lang="en"), [None, None, None, 7, None]),
        (t("briefing.chart.increase", lang="en"), [5, None, 7, 0, None]),
        (t("briefing.chart.increase_across", lang="en"), [0, None, -3, 0, None]),
        (t("briefing.chart.decrease", lang="en"), [None, 5, None, None, None]),
        (t("briefing.chart.decrease_across", lang="en"), [None, -3, None, None, None]),
        ("Offences", [None, None, None, None, 7]),
    ]


def test_a_row_without_a_figure_keeps_its_name_and_has_no_dot():
    points = (Point(at="Cardiff", value=4.0, hover="", code="c"), Point(at="Powys", value=None, hover="", code="p"))
    rings = (Point(at="Cardiff", value=3.0, hover=""),)
    drawing = RankedDots(points=points, chosen=("c",), labels=("4", "not available"), rings=rings)
    chart = drawn(add_ranked_dots, drawing)
    series = {s.name: [float(v.text) for v in s._element.iterfind(f".//{C}xVal//{C}v")] for s in chart.plots[0].series}
    assert series["Offences"] == [4.0]
    assert series[t("briefing.chart.compared", lang="en")] == [3.0]
    assert {"Cardiff", "Powys", "4", "not available"} <= {element.text for element in chart._chartSpace.iter(f"{A}t")}


@pytest.fixture
def figure(compose_for):
    """Return a figure as it is read in English, to be drawn in other ways."""
    return in_language(compose_for("deck").figures[0], "en")


def test_whose_the_dots_and_the_rings_are_stands_under_their_chart(figure):
    deck = empty_deck(lang="en")
    slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
    points = (Point(at="No religion", value=4.0, hover="", code="c"),)
    drawing = RankedDots(points=points, chosen=("c",), labels=("4",), rings=points, whose=("Cardiff", "Wales"))
    frame = Frame(left=44, top=120, width=872, height=300)
    add_chart(slide, replace(figure, drawing=drawing), frame, lang="en")
    chart = next(shape for shape in slide.shapes if shape.has_chart)
    told = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.strip()]
    assert [shape.text_frame.text for shape in told] == ["● Cardiff", "○ Wales"]
    assert all(shape.top >= chart.top + chart.height for shape in told)
    assert all(shape.top + shape.height <= frame.emu()[1] + frame.emu()[3] for shape in told)


def test_names_of_several_lines_take_their_height_or_the_chart_is_a_picture(figure):
    name = "A name that is so long that it can stand on no fewer than three lines beside the dots of its chart, or more"
    points = tuple(Point(at=f"{n} {name}", value=float(n), hover="", code="c") for n in range(4))
    drawing = RankedDots(points=points, chosen=(), labels=tuple("0123"))
    short = replace(drawing, points=tuple(replace(point, at=point.code) for point in points))
    assert height_wanted(drawing, width=872) > height_wanted(short, width=872) + 4 * 2 * 20
    for one, kind in ((drawing, MSO_SHAPE_TYPE.PICTURE), (short, MSO_SHAPE_TYPE.CHART)):
        deck = empty_deck(lang="en")
        slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
        add_chart(slide, replace(figure, drawing=one), Frame(left=44, top=120, width=872, height=220), lang="en")
        assert kind in {shape.shape_type for shape in slide.shapes}


def test_letters_of_small_charts_stand_on_one_level_and_a_break_without_one_has_no_words():
    marks = tuple(
        Mark(at=f"{year}-01-01", label="Missing" if letter else "", letter=letter, cuts=True)
        for year, letter in ((2012, "a"), (2014, ""), (2016, "b"))
    )
    deck = empty_deck(lang="en")
    slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
    native = Native(slide=slide, frame=Frame(left=44, top=120, width=420, height=200), unit="n", alt="c", lang="en")
    add_small_multiples([native], [Panel(title="One", points=BY_YEAR, marks=marks)], shared_scale=False)
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    (labels,) = [s for s in chart.plots[0].series if s.name == t("briefing.chart.labels", lang="en")]
    assert len({value for value in labels.values if value is not None}) == 1
    texts = ["".join(run.text for run in one.iter(f"{A}t")) for one in labels._element.iter(f"{C}dLbl")]
    assert texts == ["a", "b"]


def test_a_title_of_several_lines_stands_over_its_small_chart():
    def height(title: str) -> float:
        deck = empty_deck(lang="en")
        slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
        native = Native(slide=slide, frame=Frame(left=44, top=120, width=280, height=300), unit="n", alt="c", lang="en")
        add_small_multiples([native], [Panel(title=title, points=BY_YEAR)], shared_scale=False)
        (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
        return float(chart._chartSpace.find(f".//{C}plotArea//{C}h").get("val"))

    assert height("Three lines of words that tell what this small chart of them all shows") < height("Short") - 0.1


def test_small_charts_of_one_scale_have_one_axis():
    deck = empty_deck(lang="cy")
    slide = deck.slides.add_slide(deck.slide_layouts[VISUAL_LAYOUT])
    frames = [Frame(left=44 + 440 * n, top=120, width=420, height=200) for n in (0, 1)]
    natives = [Native(slide=slide, frame=frame, unit="Pobl", alt="Siart", lang="cy") for frame in frames]
    low = tuple(replace(p, value=1.0) for p in BY_YEAR)
    panels = [Panel(title="Uchel", points=BY_YEAR), Panel(title="Isel", points=low)]
    add_small_multiples(natives, panels, shared_scale=True)
    found = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert [chart.chart_title.text_frame.text for chart in found] == ["Uchel", "Isel"]
    assert found[0].value_axis.maximum_scale == found[1].value_axis.maximum_scale


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("316", 316, "#,##0"),
        ("2.10", 2.1, "#,##0.00"),
        ("+5,137", 5137, '"+"#,##0;"+"#,##0;0'),
        ("−16", -16, '"−"#,##0;"−"#,##0;0'),
        ("25.7", 25.74, "#,##0.0"),
        ("not available", 3, ""),
        ("1,330", 1334, ""),
    ],
)
def test_a_label_stays_a_number_where_a_format_writes_it_so(text, value, code):
    assert number_code(text, value=value) == code


@pytest.mark.parametrize(("low", "high"), [(0, 394), (0, 3), (0, 0), (-2000, 5137), (6.8, 7.5), (0, 0.004)])
def test_an_axis_begins_and_ends_on_a_tick(low, high):
    scale = ticks(low, high)
    assert scale.low <= low
    assert high <= scale.high
    assert (scale.high - scale.low) / scale.step == pytest.approx(round((scale.high - scale.low) / scale.step))


def test_every_chart_and_table_says_in_words_what_it_shows(decks):
    for (_, lang), (briefing, deck) in decks.items():
        frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
        alts = [shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in frames]
        alts += [s._element.nvPicPr.cNvPr.get("descr") for slide in deck.slides for s in slide.shapes if is_picture(s)]
        assert all(alts)
        pictures = {one.get("descr") for slide in deck.slides for one in slide._element.iter("{*}cNvPr")}
        assert {in_language(figure, lang).alt for figure in briefing.figures} <= pictures


def test_tables_keep_every_row_below_a_marked_header(decks):
    for (_, lang), (briefing, deck) in decks.items():
        tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
        for rows in briefing.tables:
            table = in_language(rows.table, lang)
            shown = [at for at, column in enumerate(table.columns) if column.is_shown]
            wanted = [[written(row[at], column=table.columns[at], lang=lang) for at in shown] for row in table.rows]
            parts = [shape.table for shape in tables if shape.name == rows.caption.text(lang)]
            found = [[cell.text for cell in row.cells] for part in parts for row in list(part.rows)[1:]]
            assert found == wanted
            for part in parts:
                assert (part.first_row, part.first_col) == (True, True)
                assert [cell.text for cell in part.rows[0].cells] == [table.columns[at].label for at in shown]
                assert not part._tbl.xpath(".//a:tc[@gridSpan or @rowSpan or @hMerge or @vMerge]")


def test_notes_hold_the_script_and_whole_citations(decks):
    for (_, lang), (briefing, deck) in decks.items():
        notes = {slide.shapes.title.text: slide.notes_slide.notes_text_frame.text for slide in deck.slides}
        notes[briefing.sections[0].heading.text(lang)] = deck.slides[0].notes_slide.notes_text_frame.text
        for section in briefing.sections:
            wanted = [text.text(lang) for text in section.script] + list(words.citations(section.sources, lang=lang))
            assert [line for line in wanted if line not in notes[section.heading.text(lang)].split("\n")] == []


def test_no_caveat_and_no_chip_is_lost(decks):
    for (_, lang), (briefing, deck) in decks.items():
        notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
        said = set(slides_text(deck)) | set(notes.split("\n"))
        for figure in briefing.figures:
            one = in_language(figure, lang)
            assert {one.subtitle, one.sentence, *one.chips, *one.caveat_texts} <= said


def test_ten_slides_are_ten_and_each_says_how_it_is_spoken(decks):
    for (_, lang), (briefing, deck) in decks.items():
        titles = [slide.shapes.title.text for slide in deck.slides]
        assert titles.index(t("briefing.backup", lang=lang)) == 10
        assert sum(section.talk.minutes for section in briefing.sections if section.talk) == 15
        for section, slide in zip(briefing.sections[:10], deck.slides, strict=False):
            notes = slide.notes_slide.notes_text_frame.text
            talk = section.talk
            for text in (talk.bridge, talk.question, talk.answer):
                assert text.text(lang) in notes


def test_a_picture_has_the_slide_and_one_line_says_where_it_is_from(decks):
    for (place, lang), (briefing, deck) in decks.items():
        for section in briefing.sections[:10]:
            if not any(isinstance(item, Picture) for item in section.items):
                continue
            slide = next(s for s in deck.slides if s.shapes.title.text == section.heading.text(lang))
            shown = [s for s in slide.shapes if s.has_chart or is_picture(s) or is_map(s)]
            assert len(shown) == 1
            share = shown[0].width / deck.slide_width
            assert share > (0.9 if shown[0].has_chart else 0.4), (place, lang, section.code)
            foot = next(s for s in slide.placeholders if s.placeholder_format.type.name == "FOOTER")
            assert foot.text_frame.text == words.slide_source(section).text(lang)


def test_the_deck_carries_the_lines_every_briefing_carries(compose_for):
    briefing = compose_for("deck", "XCAV", address="https://cohesion.example")
    for lang in LANGUAGES:
        deck = opened(pptx_bytes(briefing, lang=lang))
        said = slides_text(deck)
        other = words.other_language(briefing, lang=lang)
        wanted = [
            *words.standing(briefing, lang=lang),
            *(r.text for r in words.references(briefing, lang=lang)),
            other.text,
        ]
        wanted += [t("footer.licence", lang=lang)]
        assert [line for line in wanted if line not in said] == []
        links = [r.target_ref for r in deck.slides[0].part.rels.values() if r.is_external]
        assert links == [other.url]


def test_every_text_says_its_language(decks):
    for (_, lang), (briefing, deck) in decks.items():
        other = words.other_language(briefing, lang=lang)
        parts = [slide._element for slide in deck.slides] + [slide.notes_slide._element for slide in deck.slides]
        parts += [shape.chart._chartSpace for shape in charts(deck)]
        for run in (run for part in parts for run in part.iter(f"{A}r", f"{A}fld")):
            text = run.findtext(f"{A}t")
            assert run.find(f"{A}rPr").get("lang") == f"{other.lang if text == other.text else lang}-GB", text
        assert deck.core_properties.language == f"{lang}-GB"
        assert [s.chart._chartSpace.find(f"{C}lang").get("val") for s in charts(deck)] == [f"{lang}-GB"] * len(
            charts(deck)
        )


def test_everything_stands_on_the_slide_and_can_be_read_at_the_back(decks):
    for (place, lang), (_, deck) in decks.items():
        for number, slide in enumerate(deck.slides, start=1):
            for shape in slide.shapes:
                where = (place, lang, number, shape.name)
                assert min(shape.left, shape.top) >= 0, where
                assert shape.left + shape.width <= deck.slide_width, where
                assert shape.top + shape.height <= deck.slide_height, where
            assert smallest(slide.shapes.title) >= 28
            assert all(smallest(s) >= 18 for s in slide.shapes if s.has_text_frame or s.has_chart or s.has_table)


def smallest(shape):
    element = shape.chart._chartSpace if shape.has_chart else shape._element
    sizes = [int(e.get("sz")) for e in element.iter(f"{A}rPr", f"{A}defRPr") if e.get("sz")]
    return min(sizes, default=SET_BY_THE_MASTER) / 100


SET_BY_THE_MASTER = 1800  # the number of a slide


def test_the_master_gives_the_number_of_a_slide_its_size():
    master = empty_deck(lang="en").slide_master._element
    levels = master.xpath('.//p:sp[.//p:ph[@type="sldNum"]]//a:lvl1pPr/a:defRPr/@sz')
    assert [int(size) for size in levels] == [SET_BY_THE_MASTER]


def test_messages_are_at_least_20_points(decks):
    for (_, lang), (briefing, deck) in decks.items():
        wanted = set(briefing.message_texts(lang))
        runs = [run for slide in deck.slides for run in slide._element.iter(f"{A}r") if run.findtext(f"{A}t") in wanted]
        assert len(runs) >= len(wanted)
        assert min(int(run.find(f"{A}rPr").get("sz")) for run in runs) >= 2000


def test_an_officers_words_come_out_as_typed(compose_for, hostile):
    briefing = compose_for("deck", "XCAV", officer=hostile)
    for lang in LANGUAGES:
        content = pptx_bytes(briefing, lang=lang)
        deck = opened(content)
        said = slides_text(deck)
        assert deck.slides[0].shapes.title.text == briefing.title.text(lang)
        assert {line for line in briefing.officer.introduction.split("\n") if line.strip()} <= set(said)
        assert t("briefing.contact", lang=lang, contact=briefing.officer.contact) in said
        assert b"<script" not in b"".join(
            ZipFile(BytesIO(content)).read(n) for n in ZipFile(BytesIO(content)).namelist()
        )
        for slide in deck.slides:
            assert all(s.top + s.height <= deck.slide_height for s in slide.shapes)


def test_text_that_runs_from_right_to_left_says_so(compose_for, hostile):
    deck = opened(pptx_bytes(compose_for("deck", "XCAV", officer=hostile), lang="en"))
    found = {p.text: p._p.pPr.get("rtl") for p in deck.slides[1].placeholders[1].text_frame.paragraphs}
    assert found["שלום"] == "1"
    assert found["<img src=x onerror=alert(1)>"] == "0"


def test_a_long_introduction_goes_on_on_the_next_slide_and_loses_nothing(compose_for, hostile):
    many = "\n".join(f"Line {number}" for number in range(150))
    briefing = compose_for("deck", "XCAV", officer=replace(hostile, introduction=many))
    deck = opened(pptx_bytes(briefing, lang="en"))
    heading = t("briefing.introduction", lang="en")
    pages = [s for s in deck.slides if s.shapes.title.text.startswith(heading)]
    assert len(pages) > 1
    assert [p.text for s in pages for p in s.placeholders[1].text_frame.paragraphs] == many.split("\n")


def test_the_properties_name_the_briefing(decks):
    briefing, deck = decks["W06000024", "cy"]
    kept = deck.core_properties
    assert (kept.title, kept.author) == (briefing.title.text("cy"), t("app.title", lang="cy"))
    assert kept.created.date() == kept.modified.date() == briefing.made_on


def test_the_same_briefing_gives_the_same_bytes_in_two_threads_at_once(compose_for, hostile):
    asked = [(compose_for("deck", "XCAV"), "en"), (compose_for("deck", "W15000004", officer=hostile), "cy")] * 2
    alone = [pptx_bytes(briefing, lang=lang) for briefing, lang in asked]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda one: pptx_bytes(one[0], lang=one[1]), asked))
    assert together == alone


def test_only_a_deck_becomes_slides(compose_for):
    with pytest.raises(ValueError, match="expected a briefing of kind 'deck'; came 'one_page'"):
        pptx_bytes(compose_for("one_page", "XCAV"), lang="en")


@pytest.mark.parametrize("code", ["population_change_map", "asylum_map", "compare_map"])
def test_a_map_is_shapes_each_named_with_its_figure(compose_for, build, code):
    briefing = compose_for("deck", "XCAV")
    (shown,) = picture(the(code), Scope(place=briefing.place, build=build))
    section = replace(briefing.sections[3], items=(shown,))
    content = pptx_bytes(replace(briefing, sections=(briefing.sections[0], section)), lang="cy")
    slides = list(opened(content).slides)
    assert not [s for slide in slides for s in slide.shapes if is_picture(s)]
    (group,) = [s for slide in slides for s in slide.shapes if is_map(s)]
    figure = in_language(shown.figure, "cy")
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == figure.alt
    named = {shape.name for shape in group.shapes}
    for point in figure.drawing.points:
        assert name_of(point) in named
        assert str(point.at) in name_of(point)
    for slide in slides:
        ids = [shape.shape_id for s in slide.shapes for shape in (s, *getattr(s, "shapes", ()))]
        assert len(ids) == len(set(ids))
    assert min(int(look.get("sz")) for look in group._element.iter(f"{A}rPr")) >= 1800
    edges = [s for s in group.shapes if s.has_text_frame and " – " in s.text_frame.text]
    assert len(edges) == (0 if figure.drawing.counts else len(area_map(figure.drawing).colours))


def test_the_sheet_behind_a_line_has_the_periods_and_the_true_ends_of_what_was_expected(decks):
    _, deck = decks["XCAV", "en"]
    head, *rows = sheet_behind(charts(deck)[0].chart)
    assert head[0] == "Day on the axis"
    assert head[5:] == ["Period", "Offences", "Lowest expected", "Highest expected"]
    (last,) = [row for row in rows if row[5] == "October to December 2025"]
    assert last[6:] == [414.0, 337.0, 563.0]


def is_map(shape) -> bool:
    return shape.shape_type == MSO_SHAPE_TYPE.GROUP


def is_picture(shape) -> bool:
    return shape.shape_type == MSO_SHAPE_TYPE.PICTURE


def test_a_table_too_long_for_a_slide_is_shared_out(decks):
    briefing, deck = decks["XCAV", "en"]
    context = next(item for item in briefing.items() if isinstance(item, Rows) and item.code == "context")
    parts = [s for slide in deck.slides for s in slide.shapes if s.has_table and s.name == context.caption.text("en")]
    assert len(parts) > 1


def test_no_slide_holds_one_sentence_alone_and_no_row_stands_alone(decks, compose_for):
    both = {(place, "both"): (None, opened(pptx_bytes(compose_for("deck", place), lang=None))) for place in PLACES}
    for key, (_, deck) in (*decks.items(), *both.items()):
        for slide in list(deck.slides)[1:]:
            if slide.slide_layout == deck.slide_layouts[TITLE_LAYOUT]:
                continue
            tables = [len(shape.table.rows) - 1 for shape in slide.shapes if shape.has_table]
            words = [s for s in slide.shapes if s.has_text_frame and s != slide.shapes.title and not is_foot(s)]
            texts = [p.text for shape in words for p in shape.text_frame.paragraphs if p.text]
            drawn_there = any(shape.has_chart or is_map(shape) or is_picture(shape) for shape in slide.shapes)
            is_part = re.search(r"\((part|rhan) \d+\)", slide.shapes.title.text)
            if tables and is_part:
                assert min(tables) > 1 or sum(tables) > 1 or len(texts) > 1, (key, slide.shapes.title.text)
            alone = 2 if key[1] == "both" else 1  # a paragraph in each language of the deck, if it is a whole source
            is_long = len(" ".join(texts).split()) > 25 * alone
            assert tables or drawn_there or len(texts) > alone or is_long, (key, slide.shapes.title.text, texts)


def is_foot(shape) -> bool:
    return bool(shape._element.xpath('.//p:ph[@type="ftr" or @type="sldNum"]'))


def test_a_day_stands_on_one_line_of_a_table():
    days = (("Route", "Kind of number", "Period"), ("Arrivals " * 12, "Running total " * 6, "30 September 2026"))
    widths = column_widths(days, width=500, size=18, padding=14)
    assert line_count(days[1][2], size=18, width=widths[2] - 14) == 1
    assert line_count(days[1][0], size=18, width=widths[0] - 14) > 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_caveat_that_finds_no_room_beside_a_chart_is_in_the_notes(compose_for, lang):
    briefing = compose_for("deck", "XCAV")
    shown = list(Presentation(BytesIO(pptx_bytes(briefing, lang=lang))).slides)
    for section in briefing.sections:
        for item in section.items:
            if isinstance(item, Picture):
                slide = next(s for s in shown if s.shapes.title.text == section.heading.text(lang))
                said = " ".join(x.text_frame.text for x in slide.shapes if x.has_text_frame)
                said += slide.notes_slide.notes_text_frame.text
                assert [c for c in in_language(item.figure, lang).caveat_texts if c not in said] == []


def test_no_two_slides_of_a_deck_are_called_the_same(decks):
    for _, deck in decks.values():
        titles = [slide.shapes.title.text for slide in deck.slides]
        assert len(titles) == len(set(titles))


def test_the_heaviest_caveat_stands_beside_every_chart_and_both_languages_show_as_many(decks):
    for place in {place for place, _ in decks}:
        shown = {lang: caveats_beside_charts(*decks[place, lang], lang=lang) for lang in LANGUAGES}
        assert shown["en"] == shown["cy"]
        assert all(first for first, *_ in shown["en"].values())


def caveats_beside_charts(briefing, deck, lang):
    """Return which caveats of each figure stand on its slide, the heaviest first."""
    found = {}
    for slide in deck.slides:
        said = {p.text for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs}
        for figure in briefing.figures:
            if any(shape.has_chart for shape in slide.shapes) and in_language(figure, lang).subtitle in said:
                by_weight = heaviest(in_language(figure, lang).caveats, most=1) + in_language(figure, lang).caveats
                found[figure.code] = [one.text in said for one in by_weight]
    return found


def test_a_chart_is_headed_by_the_column_it_draws_and_never_by_the_months_of_a_period(decks):
    for (_, lang), (_, deck) in decks.items():
        months = t("column.period_months", lang=lang)
        named = [series.name for shape in charts(deck) for plot in shape.chart.plots for series in plot.series]
        assert named
        assert months not in [*named, *(shape.name for shape in charts(deck))]


def test_the_sheet_behind_dots_has_their_names(decks):
    briefing, deck = decks["XCAV", "en"]
    drawing = in_language(next(f.drawing for f in briefing.figures if f.code == "strands_wales"), "en")
    sheets = [sheet_behind(shape.chart) for shape in charts(deck)]
    names = {point.at for point in drawing.points}
    assert [rows for rows in sheets if names <= {row[2] for row in rows if len(row) > 2}]


def test_the_sheet_behind_a_waterfall_has_the_true_values():
    steps = (Point(at="Up", value=375.0, hover=""), Point(at="Down", value=-683.0, hover=""))
    total = Point(at="Change", value=-308.0, hover="")
    rows = sheet_behind(drawn(add_waterfall, Waterfall(steps=steps, total=total, texts=("+375", "-683", "-308"))))
    assert [row[-1] for row in rows[1:]] == [375.0, -683.0, -308.0]
    assert rows[0][-1] == "Value"


def sheet_behind(chart):
    """Return the rows of the workbook that opens behind a chart."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    book = CalamineWorkbook.from_filelike(BytesIO(blob))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_a_line_drawn_as_a_picture_fills_its_frame_and_keeps_its_letters(compose_for):
    (figure,) = [f for f in compose_for("deck", "W06000023").figures if f.code == "asylum_support"]
    drawn = in_language(figure, "cy")
    assert not is_native(drawn.drawing)  # fewer than five people: no workbook under the slide names the number
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    add_chart(slide, drawn, Frame(left=40, top=120, width=880, height=300), lang="cy")
    (picture,) = slide.shapes
    assert (Emu(picture.width).pt, Emu(picture.height).pt) == pytest.approx((880, 300), abs=3)
