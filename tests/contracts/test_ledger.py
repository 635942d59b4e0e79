"""The ledger works: breaks, editions, vintages and grades act on what is drawn, they do not only stand beside it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard import age, findings, queries, store
from dashboard.blocks import build as make
from dashboard.blocks import common, hate_crime, migration, sanctuary
from dashboard.blocks.build import BlockWords
from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.caveats import Caveat, Letter
from dashboard.charts.geometry.lines import cut
from dashboard.comparability import comparable
from dashboard.downloads import csv_bytes
from dashboard.figure import Figure, View, in_language
from dashboard.findings.gaps import moved_on, not_held
from dashboard.i18n import LANGUAGES, t
from dashboard.model import Series
from etl.contract import ContractError
from etl.pipeline import load
from tests.drawn import small_multiples, time_line
from tests.every_block import cells, every_block, unknown
from tests.scratch import FORCES, WALES, scratch_data

ROOT = Path(__file__).parents[2]

CARDIFF, VALE = "W06000015", "W06000014"
# A place of each kind, and the wholes that only some series are held for.
PLACES = ("XCAV", CARDIFF, VALE, "W06000022", "W15000003", "W15000004", "W92000004")
WHOLES = ("XEWEXMET", "K02000001")
# Breaks of series that we hold no figures of: they are told on the page and cut nothing yet.
OF_WHAT_IS_NOT_HELD = {("hate_crimes", "E23000001")}
FIRST_PUBLISHED = "hate_crimes_first_published"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_to_be_held_of_strands_by_force_is_what_is_held(build, lang):
    found = store.rows(
        """SELECT period_start AS start, count(DISTINCT (area_code, category)) AS n FROM observation
           WHERE starts_with(area_code, 'W15') AND category <> 'total' AND measure = 'hate_crimes_as_first_published'
           GROUP BY ALL""",
        build=build,
    )
    years = {f"{row['start'].year}/{(row['start'].year + 1) % 100}": row["n"] for row in found}
    (gap,) = (gap for gap in queries.gaps(build=build) if gap.code == "strands_by_force")
    whole, _, some = gap.entry.text.text(lang).partition({"en": "some forces", "cy": "ambell heddlu"}[lang])
    assert set(re.findall(r"\d{4}/\d\d", whole)) == {year for year, n in years.items() if n == 4 * 5}
    assert set(re.findall(r"\d{4}/\d\d", some)) == {year for year, n in years.items() if n < 4 * 5}


@pytest.fixture(scope="module")
def held(build) -> tuple[Series, ...]:
    """Return every series of several figures, of every measure and category, for the places above."""
    keys = store.rows(
        """SELECT measure, area_code AS area, category FROM observation WHERE list_contains($places, area_code)
           GROUP BY ALL HAVING count(DISTINCT period_start) > 1""",
        {"places": [*PLACES, *WHOLES]},
        build=build,
    )
    every = (queries.series(**key, build=build) for key in keys)
    return tuple(s for s in every if not s.is_empty)


@pytest.fixture(scope="module", params=LANGUAGES)
def figures(request, build) -> tuple[tuple[str, Figure], ...]:
    """Return every figure of every block for some places, in one language, with a name to tell it by."""
    views = [View(place=queries.area(p, build=build), lang=request.param, build=build) for p in PLACES]
    made = [(f"{name} {v.place.code} {v.lang}", block(v)) for name, block in every_block().items() for v in views]
    return tuple((name, one) for name, one in made if isinstance(one, Figure))


def ledger() -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / "breaks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def title(one: dict[str, str]) -> str:
    return "-".join(one[key] for key in ("measure", "area_code", "date", "kind"))


def joined(series: Series, lang: str = "en") -> Iterator[tuple[int, int]]:
    """Return the neighbouring figures of a series that its drawn line joins, by their number in the series."""
    drawn = time_line(in_language(common.points(series), lang), marks=in_language(common.marks(series), lang))["data"][
        0
    ]
    at = {p.at: n for n, p in enumerate(in_language(common.points(series), lang))}
    assert drawn["connectgaps"] is False
    for n, (left, right) in enumerate(zip(drawn["y"], drawn["y"][1:], strict=False)):
        if left is not None and right is not None:
            yield at[drawn["x"][n]], at[drawn["x"][n + 1]]


def test_no_line_is_drawn_across_a_hard_break_in_any_place_or_measure(held):
    crossed, cut = [], 0
    for series in (s for s in held if any(b.severity == "hard" for b in s.breaks)):
        pairs = list(joined(series))
        for one in (b for b in series.breaks if b.severity == "hard"):
            here = [(series.observations[a].period.start, series.observations[b].period.start) for a, b in pairs]
            crossed += [(series.measure.code, series.area.code, one.date) for a, b in here if a < one.date <= b]
            cut += series.observations[0].period.start < one.date <= series.observations[-1].period.start
    assert crossed == []
    assert cut > 50


def test_no_two_editions_are_drawn_as_one_line_in_any_place_or_measure(held):
    several = [s for s in held if len({source.line for source in s.sources}) > 1]
    lines = {source.code: source.line for s in several for source in s.sources}
    for series in several:
        for a, b in joined(series):
            first, second = (lines[series.observations[n].source] for n in (a, b))
            assert first == second, (series.measure.code, series.area.code)


def test_two_editions_tried_as_one_line_leave_a_hole_in_a_line_and_in_a_small_chart(build):
    """Population after the rebasing and before it: someone puts both into one series, and the chart cuts it."""
    view = View(place=queries.area(CARDIFF, build=build), lang="en", build=build)
    new, old = (queries.series(code, CARDIFF, build=build) for code in ("population", "population_pre_rebase"))
    assert {s.line for s in new.sources}.isdisjoint({s.line for s in old.sources})
    both = (*(o for o in old.observations if o.period.start.year <= 2019), *new.newest_line[-5:])
    mixed = replace(new, observations=both, sources=(*old.sources, *new.sources), breaks=())
    said = BlockWords(title="t", sentence="s", caveats=(Caveat(text="c"),))
    line = in_language(make.line(view, code="tried", series=mixed, words=said), "en")
    panel = small_multiples([in_language(common.panel(mixed, title="t"), "en")])
    for plot in (line.plot, panel):
        values = plot["data"][0]["y"]
        assert values.count(None) == 1
        assert values.index(None) == len(both) - 5
    assert t("chip.older_part", lang="en") in line.chips


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hard_break_cuts_and_labels_a_line_and_stands_in_its_notes_and_its_workbook(build, lang):
    view = View(place=queries.area(CARDIFF, build=build), lang=lang, build=build)
    figure = sanctuary.asylum_support(view)
    hard = [b for b in queries.breaks("asylum_supported", CARDIFF, build=build) if b.severity == "hard"]
    trace, written = figure.plot["data"][0], [note["text"] for note in figure.plot["layout"]["annotations"]]
    words = " ".join(written).replace("<br>", " ")  # at their lines, or by letter in lines under the chart
    assert [x for x, y in zip(trace["x"], trace["y"], strict=True) if y is None] == [b.date.isoformat() for b in hard]
    for one in hard:
        assert one.label.text(lang) in words
        assert one.effect.text(lang) in figure.caveat_texts
        assert one.date.isoformat() in [shape["x0"] for shape in figure.plot["layout"]["shapes"]]
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(figure, lang=lang, build=build)))
    notes = [row[0] for row in book.get_sheet_by_name(t("figure.notes", lang=lang)).to_python()]
    assert [b.effect.text(lang) for b in hard if b.effect.text(lang) not in notes] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_small_charts_letter_their_breaks_and_each_letter_has_its_note(build, lang):
    figure = migration.flows(View(place=queries.area(CARDIFF, build=build), lang=lang, build=build))
    drawn = {note["text"] for note in figure.plot["layout"]["annotations"] if len(note["text"]) == 1}
    noted = {one.explains.letter for one in figure.caveats if isinstance(one.explains, Letter)}
    assert drawn == noted == {"a", "b"}
    rebased, modelled = queries.breaks("international_inflow", CARDIFF, build=build)
    for letter, one in (("a", rebased), ("b", modelled)):
        note = t("figure.lettered_note", lang=lang, letter=letter, note=one.effect.text(lang))
        assert note in figure.caveat_texts


@pytest.mark.parametrize("one", ledger(), ids=title)
def test_a_break_touches_a_series_that_is_held(build, one):
    """Its measure, its area and its day name something real: a break that resolves to nothing warns nobody."""
    assert one["measure"] in queries.measures(build=build)
    assert one["area_code"] in queries.areas(build=build)
    if (one["measure"], one["area_code"]) in OF_WHAT_IS_NOT_HELD:
        return
    where = store.rows(
        "SELECT DISTINCT area_code FROM observation WHERE measure = $m", {"m": one["measure"]}, build=build
    )
    reached = []
    for area in (r["area_code"] for r in where):
        found = queries.breaks(one["measure"], area, build=build)
        if any((b.date.isoformat(), b.kind, b.area) == (one["date"], one["kind"], one["area_code"]) for b in found):
            reached.append(area)
            break
    assert reached, "no place with figures of this measure is told of this break"


def test_the_list_of_breaks_that_cut_nothing_is_no_longer_than_it_must_be(build):
    assert [pair for pair in OF_WHAT_IS_NOT_HELD if not queries.series(*pair, build=build).is_empty] == []


@pytest.mark.parametrize("kind", ["another value", "the same value"])
def test_two_tables_may_not_claim_one_key_even_when_they_agree(tmp_path, kind):
    data = scratch_data(tmp_path)
    rows = (data / "tidy" / f"{FORCES}.csv").read_text(encoding="utf-8").splitlines()
    (south_wales,) = [row for row in rows if row.startswith("hate_crimes,W15000003,2024-04-01")]
    claimed = south_wales if kind == "the same value" else south_wales.replace("2868", "2869")
    with (data / "tidy" / f"{WALES}.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(claimed + "\n")
    with pytest.raises(ContractError, match=rf"{FORCES}\.csv.*each key in one table only.*{WALES}"):
        load.build(data=data)
    assert not (data / "build").exists() or not list((data / "build").glob("*.duckdb"))


def test_a_measure_is_never_held_in_two_vintages(build):
    mixed = store.rows(
        """SELECT o.measure, list(DISTINCT s.vintage) AS vintages FROM observation o JOIN source s USING (source)
           GROUP BY o.measure HAVING count(DISTINCT s.vintage) > 1""",
        build=build,
    )
    assert mixed == []


def test_totals_as_first_published_are_a_measure_of_their_own(build):
    rows = store.rows("SELECT DISTINCT measure, source FROM observation WHERE measure LIKE 'hate_crimes%'", build=build)
    by_measure = {m: {r["source"] for r in rows if r["measure"] == m} for m in {r["measure"] for r in rows}}
    first = by_measure.pop("hate_crimes_as_first_published")
    assert {source for source in first if not source.startswith(FIRST_PUBLISHED)} == set()
    assert not first & set().union(*by_measure.values())
    published = queries.measure("hate_crimes_as_first_published", build=build)
    assert {published.rate, published.sum_areas, published.sum_categories, published.sum_time} == {False}
    # 2013/14 to 2021/22 for Wales were revised since: none of them may appear in the comparable series.
    comparable = {o.value for o in queries.series("hate_crimes", "W92000004", build=build).observations}
    first = {o.value for o in queries.series("hate_crimes_as_first_published", "W92000004", build=build).observations}
    assert comparable.isdisjoint(first)


def test_no_figure_mixes_totals_as_first_published_with_others(figures):
    for name, figure in figures:
        codes = {s.code for s in figure.sources}
        assert len({code.startswith(FIRST_PUBLISHED) for code in codes}) <= 1, name


def test_every_block_is_looked_at_here():
    assert unknown() == set(), "tell tests/every_block.py how to ask it"
    assert len(every_block()) > 40


def language(name: str) -> str:
    return name.rsplit(" ", 1)[1]


def test_every_figure_of_every_block_shows_grade_and_vintage_of_all_its_sources_and_the_status_of_its_counts(figures):
    graded = set()
    for name, figure in figures:
        counting = {one.source for one in figure.newest}
        assert counting, name
        for source in figure.sources:
            said = {t(f"grade.{source.grade}", lang=language(name))}
            if source.code in counting:
                said.add(t(f"chip.{source.status}", lang=language(name)))
            if source.vintage == "superseded":
                part = len({s.vintage for s in figure.sources}) > 1
                said.add(t("chip.older_part" if part else "chip.older_series", lang=language(name)))
            assert said <= set(figure.chips), f"{name}: {source.code}"
            graded.add((source.grade, source.vintage))
    assert {("T", "current"), ("A", "superseded"), ("B", "current"), ("C", "current")} <= graded


def _of_what_is_held(figure, key: str) -> list[str]:
    """Return a column without the rows of what is not held: they have no number, and nobody it could come from."""
    at = {column.key: number for number, column in enumerate(figure.table.columns)}
    return [row[at[key]] for row in figure.table.rows if "gap" not in at or row[at["marker"]] != "[x]"]


def test_every_row_of_every_figure_stands_under_a_source_that_the_figure_cites(figures):
    """A table with a row from a source that is not cited would hide its grade."""
    for name, figure in figures:
        columns = {c.key for c in figure.table.columns}
        assert "source" in columns, name
        cited = {s.title.text(language(name)) for s in figure.sources}
        cited |= {f"{s.publisher.text(language(name))}: {s.title.text(language(name))}" for s in figure.sources}
        used = {
            text
            for cell in _of_what_is_held(figure, "source")
            for text in ([cell] if cell in cited else cell.split("; "))
        }
        assert used <= cited, name
        if "grade" in columns:
            grades = {grade for cell in _of_what_is_held(figure, "grade") for grade in cell.split("; ")}
            assert grades <= {s.grade for s in figure.sources}, name


def test_the_cautions_of_all_sources_stand_under_every_figure_once(figures):
    for name, figure in figures:
        for source in figure.sources:
            caution = source.caution.text(language(name))
            found = [text for text in figure.caveat_texts if caution in text]
            assert not caution or len(found) == 1 or figure.caveat_texts.count(caution) == 1, f"{name}: {source.code}"


def test_the_older_series_is_labelled_wherever_it_is_shown_and_nowhere_else(figures):
    labelled = {
        name.split()[0] for name, figure in figures if t("chip.older_series", lang=language(name)) in figure.chips
    }
    assert {"components_of_change", "flows"} <= labelled
    assert {name for name in labelled if not name.startswith("compare_")} == {"components_of_change", "flows"}


def test_a_download_names_edition_or_title_and_grade_of_each_row(figures):
    for name, figure in figures:
        head = csv_bytes(figure, lang=language(name)).decode("utf-8-sig").splitlines()[0]
        assert t("column.source", lang=language(name)) in head, name


def test_no_break_is_hidden_from_a_line_or_small_chart_that_spans_it(figures, build):
    """Whatever a block draws over time, each break inside it is noted under the chart."""
    noted = 0
    for name, figure in figures:
        keys = {c.key for c in figure.table.columns}
        if not {"period_start", "area_code", "measure"} <= keys:
            continue
        codes = {m.name.text(language(name)): c for c, m in queries.measures(build=build).items()}
        rows = list(zip(*(cells(figure, k) for k in ("measure", "area_code", "period_start")), strict=True))
        for measure, area in {(m, a) for m, a, start in rows if m in codes and start}:
            starts = sorted(start for m, a, start in rows if (m, a) == (measure, area))
            for one in queries.breaks(codes[measure], area, build=build):
                if starts[0] < one.date.isoformat() <= starts[-1]:
                    noted += 1
                    assert any(one.effect.text(language(name)) in c for c in figure.caveat_texts), (
                        f"{name}: {one.label.en}"
                    )
    assert noted > 20


def test_every_table_held_has_a_row_of_the_release_calendar(build):
    without = [code for code, source in queries.sources(build=build).items() if source.rhythm is None]
    without = [code for code in without if any(held.source.code == code for held in queries.catalogue(build=build))]
    assert without == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gap_is_marked_at_both_ends_and_no_line_runs_into_it_or_out_of_it(build, lang):
    """England and Wales lacks Devon & Cornwall in 2022/23: that year's point stands alone."""
    race = queries.series("hate_crimes", "XEWEXMET", category="race", build=build)
    marks = {m.at: m for m in in_language(common.marks(race), lang)}
    assert marks["2022-04-01"].cuts
    assert marks["2023-04-01"].cuts
    assert marks["2023-04-01"].label == t("break.complete_again", lang=lang)
    drawn = cut(in_language(common.points(race), lang), marks=tuple(marks.values()))
    at = next(n for n, p in enumerate(drawn) if p.at.startswith("2022-09") and p.value)
    assert (drawn[at - 1].value, drawn[at + 1].value) == (None, None)
    view = View(place=queries.area(CARDIFF, build=build), lang=lang, build=build)
    notes = [note for note in hate_crime.strands(view).caveat_texts if t("break.complete_again", lang=lang) not in note]
    ends = [b for b in race.breaks if b.until]
    assert all(any(b.effect.text(lang) in note for note in notes) for b in ends)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_soft_gap_has_a_mark_and_a_row_at_both_ends_and_cuts_nothing(build, lang):
    people = queries.series("asylum_supported", CARDIFF, build=build)
    marks = {m.at: m for m in in_language(common.marks(people), lang)}
    assert not marks["2023-12-31"].cuts
    assert (marks["2025-01-01"].label, marks["2025-01-01"].cuts) == (t("break.complete_again", lang=lang), False)
    figure = sanctuary.asylum_support(View(place=people.area, lang=lang, build=build))
    after = dict(zip(cells(figure, "period_start"), cells(figure, "break"), strict=True))
    assert after["2025-03-31"] == t("break.complete_again", lang=lang)
    (gap,) = [b for b in people.breaks if b.until]
    assert after["2023-12-31"] == gap.label.text(lang)
    assert after["2024-12-31"] == ""


def test_a_gap_that_ends_before_it_begins_is_refused(tmp_path):
    data = scratch_data(tmp_path)
    table = data / "reference" / "breaks.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count("2022-04-01,2023-03-31") > 1
    table.write_text(text.replace("2022-04-01,2023-03-31", "2022-04-01,2021-03-31", 1), encoding="utf-8")
    with pytest.raises(ContractError, match="until"):
        load.build(data=data)


def test_every_gap_has_a_topic_and_those_people_will_look_for_are_listed(build):
    named = {gap.entry.heading.text("en") for gap in queries.gaps(build=build)}
    assert {
        "Gypsy and Traveller caravans by local authority",
        "Bullying in schools, hate-related bullying among it",
        "Hate incidents that are not crimes",
    } <= named
    said = " ".join(f"{gap.entry.text.text('en')} {gap.entry.text.text('cy')}" for gap in queries.gaps(build=build))
    assert "Cardiff" not in said
    assert "have not seen" not in said


@pytest.mark.parametrize(("place", "council"), [("W06000008", True), ("W15000004", False), (CARDIFF, True)])
def test_gaps_of_a_document_are_of_its_topics_in_turns_and_of_concern_to_the_place(build, place, council):
    found = not_held(queries.area(place, build=build), topics=("hate_crime", "population"), build=build)
    of_topic = {gap.entry: gap for gap in queries.gaps(build=build)}
    assert {of_topic[entry].topic for entry in found} == {"hate_crime", "population"}
    assert [of_topic[entry].topic for entry in found[:2]] == ["hate_crime", "population"]
    assert any(of_topic[entry].councils_only for entry in found) is council


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_publication_that_has_moved_on_is_listed_among_what_is_not_held(build, lang):
    listed = {entry.heading.text("en"): entry.text.text(lang) for entry in moved_on(build=build)}
    assert listed
    for one in queries.newest_of_publications(build=build):
        old = age.of(one.source, one.period, held_until=queries.held_until(one.source, build=build))
        if one.source.vintage == "current" and old.older:
            assert old.text(lang) in listed[one.source.title.en]
        else:
            assert one.source.title.en not in listed or one.source.vintage == "superseded"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_that_counts_what_was_typed_carries_a_mark_and_others_do_not(build, lang):
    found = findings.messages(View(place=queries.area(CARDIFF, build=build), lang=lang, build=build))
    by_rule = {m.rule: m for m in found}
    grades = {code: source.grade for code, source in queries.sources(build=build).items()}
    assert by_rule["hate_crime_year"].typed
    for message in found:
        counted = {grades[o.source] for o in message.observations if o.measure != "population"}
        assert message.typed is ("T" in counted), message.rule
        assert (t("grade.T", lang=lang) in message.note_texts(lang)) is message.typed, message.rule


def test_three_questions_of_the_survey_are_never_one_line(build):
    safe = queries.series("safe_after_dark_share", "W92000004", build=build)
    assert len(safe.observations) == 3
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert comparable(safe.observations[one], safe.observations[other], series=safe).refusal
    assert sum(m.cuts for m in in_language(common.marks(safe), "en")) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_publication_is_due_or_out_alike_in_the_list_and_in_what_counts_it(build, lang):
    listed = {entry.heading.text("en"): entry.text.text(lang) for entry in moved_on(build=build)}
    for one in queries.newest_of_publications(build=build):
        is_told = one.measure in ("population", "asylum_supported", "hate_crimes")
        if is_told and one.source.title.en in listed and one.source.vintage == "current":
            series = queries.series(one.measure, CARDIFF, build=build)
            figures = [o for o in series.observations if o.source == one.source.code and o.period == one.period]
            for figure in figures:
                assert common.age_of(figure, build=build).text(lang) in listed[one.source.title.en]
    out = {"en": "newer years are out", "cy": "mae blynyddoedd mwy diweddar wedi'u cyhoeddi"}[lang]
    assert out in listed["Estimates of the population for England and Wales: mid-2024"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_of_reg_02_that_four_authorities_have_is_told_among_what_is_not_held(build, lang):
    (gap,) = [one for one in queries.gaps(build=build) if one.code == "reg_02_march_2026"]
    day = date(2026, 3, 31)
    measures = ("homes_for_ukraine_arrivals", "afghan_programme_population")
    holding = [
        area
        for area in queries.areas(build=build).values()
        if area.code.startswith("W06")
        and any(o.period.end == day for m in measures for o in queries.series(m, area.code, build=build).observations)
    ]
    assert len(holding) == 4
    assert {"en": "four", "cy": "pedwar"}[lang] in gap.entry.text.text(lang)
    coverage = queries.sources(build=build)["immigration_groups_mar_2026"].coverage.text(lang)
    assert sum(area.name.text(lang) in coverage for area in holding) >= 3  # a mutated name is the same place
