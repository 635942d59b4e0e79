"""Places beside Wales: every combination answers, the line is Wales' own figure, and words stay neutral."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from inspect import unwrap
from pathlib import Path

import numpy as np
import pytest

from dashboard import queries
from dashboard.blocks import compare_places
from dashboard.blocks.compare_places import Selection
from dashboard.charts.look import NO_FIGURE
from dashboard.charts.plotly import plots
from dashboard.charts.svg import svg
from dashboard.figure import Figure, View, in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.text import ByName, written
from dashboard.model import TOTAL
from dashboard.places import BY_CODE, CHOICES, FORCES, SIMILAR, Compared, Row, compared, forms, periods, sets

AREAS = Path(__file__).parents[2] / "data" / "reference" / "areas.csv"
PLACES = [r["code"] for r in csv.DictReader(AREAS.open(encoding="utf-8")) if r["selectable"] == "true"]
CARDIFF, VALE, BOTH, SOUTH_WALES = "W06000015", "W06000014", "XCAV", "W15000003"
WALES = "W92000004"
each_measure = pytest.mark.parametrize("measure", list(BY_CODE))
UNFAIR = re.compile(
    r"\b(worst|best|worse|better|good|bad|poor|red|green|rank(?:ed|ing)?|hotspot|gwaeth|gwell|gorau|gwaethaf|da|drwg)\b",
    flags=re.IGNORECASE,
)


def figures(view: View, selection: Selection) -> Iterator[Figure]:
    made = (
        compare_places.area_map(view, selection=selection),
        compare_places.ranked(view, selection=selection),
        compare_places.funnel(view, selection=selection),
    )
    for block in made:
        assert block is None or isinstance(block, Figure)
        if isinstance(block, Figure):
            yield block


def selections_of(view: View, measure: str) -> Iterator[Selection]:
    choice = BY_CODE[measure]
    for among in sets(choice, view.place):
        for form in forms(choice, among):
            yield Selection(measure=measure, among=among, form=form)


def cells(figure: Figure, key: str) -> dict[str, object]:
    keys = [c.key for c in figure.table.columns]
    return {row[keys.index("area_code")]: row[keys.index(key)] for row in figure.table.rows}


def found(measure: str, build: str, *, among: str = "wales", place: str = CARDIFF) -> Compared:
    result = compared(choice=measure, among=among, place=place, build=build)
    assert result is not None
    return result


@pytest.mark.parametrize("lang", LANGUAGES)
@each_measure
def test_every_combination_answers_for_every_place(view, measure, lang):
    for place in PLACES:
        here = view(place, lang)
        for selection in selections_of(here, measure):
            for figure in figures(here, selection):
                words = (
                    figure.title,
                    figure.subtitle,
                    figure.sentence,
                    figure.alt,
                    *figure.caveat_texts,
                    *figure.chips,
                )
                assert not [text for text in words if re.search(r"\bNone\b|\bnan\b|\{", text)], (place, selection)
                assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
                spec = json.dumps([figure.plot, figure.config])
                assert "NaN" not in spec, (place, selection)
                assert "http" not in spec
                assert "coordinates" not in spec
                assert len(spec) < 80_000


@pytest.mark.parametrize("lang", LANGUAGES)
@each_measure
def test_words_are_neutral(view, measure, lang):
    for place in (CARDIFF, BOTH, WALES, SOUTH_WALES):
        here = view(place, lang)
        for selection in selections_of(here, measure):
            for figure in figures(here, selection):
                drawn = [str(text) for text in _texts(figure.plot)]
                said = (
                    figure.title,
                    figure.sentence,
                    figure.alt,
                    *drawn,
                    *(str(cell) for row in figure.table.rows for cell in row),
                )
                for key in ("finding.not_worse", "compare.not_worse"):
                    said = [text.replace(t(key, lang=lang), "") for text in said]
                assert [text for text in said if UNFAIR.search(text)] == []


def _texts(part: object) -> Iterator[object]:
    """Yield every text of a chart that a reader sees."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "ticktext", "hovertext"):
                yield from value if isinstance(value, list) else [value]
            else:
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


@each_measure
def test_an_interval_contains_its_value_and_the_verdict_follows_from_it(build, measure):
    for among in sets(BY_CODE[measure], queries.area(CARDIFF, build=build)):
        result = found(measure, build, among=among)
        for row in result.drawn:
            has_interval = result.choice.has_interval and result.measure.allocated is None
            assert (row.lower is None) == (row.upper is None) == (not has_interval)
            if row.lower is None or row.upper is None or row.benchmark is None:
                continue
            assert row.lower <= row.value <= row.upper
            beyond = "higher" if row.lower > row.benchmark else "lower" if row.upper < row.benchmark else "similar"
            assert row.verdict == beyond


@pytest.mark.parametrize("measure", [c.code for c in CHOICES if not c.has_interval])
def test_without_an_interval_the_verdict_is_that_of_the_written_numbers(build, measure):
    result = found(measure, build)
    alike = 1.344 if result.choice.how == "change" else 0.1  # two estimates of population are uncertain by as much
    for row in result.drawn:
        if result.benchmark is None:
            assert row.verdict is None
            continue
        gap = row.value - row.benchmark
        assert {"higher": gap > 0, "lower": gap < 0, "similar": abs(gap) <= alike}[row.verdict]


def newest(measure: str, where: str, build: str, *, category: str = TOTAL) -> float:
    return queries.series(measure, where, category=category, build=build).latest.value


def test_the_line_of_wales_is_wales_own_figure(build):
    hate = found("hate_crimes", build)
    people = queries.population(WALES, period=hate.period, build=build)
    assert hate.benchmark == pytest.approx(newest("hate_crimes", WALES, build) / people.value * 1_000)
    born = found("born_outside_uk", build)
    outside, everyone = (
        newest("census_born_outside_uk", WALES, build, category=category) for category in ("outside_uk", TOTAL)
    )
    assert born.benchmark == pytest.approx(outside / everyone * 100)
    satisfied = newest("personal_wellbeing", WALES, build, category="life_satisfaction")
    assert found("life_satisfaction", build).benchmark == satisfied
    assert found("homes_for_ukraine", build).benchmark is None


def test_the_rate_of_wales_is_its_places_together_not_their_mean(build):
    asylum = found("asylum_supported", build)
    counts = sum(row.figure.value for row in asylum.rows)
    people = sum(row.whole.value for row in asylum.rows)
    assert asylum.benchmark == pytest.approx(counts / people * 10_000)


@pytest.mark.parametrize("measure", [c.code for c in CHOICES if c.how != "count"])
def test_the_line_is_drawn_where_it_says_and_is_labelled(view, build, measure):
    for lang, name in (("en", "Wales"), ("cy", "Cymru")):
        figure = compare_places.ranked(
            view(CARDIFF, lang), selection=Selection(measure=measure, among="wales", form="map")
        )
        result = found(measure, build)
        middle = t("compare.middle", lang=lang, value="")
        for drawn in plots(figure.drawing):
            (line,), (label, *others) = drawn["layout"]["shapes"], drawn["layout"]["annotations"]
            assert line["x0"] == line["x1"] == label["x"] == (result.benchmark if result.is_tested else result.middle)
            assert (name if result.is_tested else middle) in label["text"]
            beside = [place for place in drawn["layout"]["yaxis"]["ticktext"] if place]
            assert len(others) + len(beside) == len(result.drawn), "a name is beside its row or above it"
            assert not (others and beside)


def test_a_running_total_has_no_rate_no_line_and_no_funnel(view):
    here, selection = view(CARDIFF), Selection(measure="homes_for_ukraine", among="wales", form="map")
    figure = compare_places.ranked(here, selection=selection)
    assert "shapes" not in figure.plot["layout"]
    assert t("compare.count_only", lang="en") in figure.caveat_texts
    assert WALES not in cells(figure, "value")
    assert compare_places.funnel(here, selection=selection) is None


@each_measure
def test_all_places_stand_in_one_period(build, measure):
    for place in (CARDIFF, BOTH):
        for among in sets(BY_CODE[measure], queries.area(place, build=build)):
            result = found(measure, build, among=among, place=place)
            periods = {row.figure.period for row in (*result.rows, result.wales) if row.figure}
            assert periods == {result.period}


def test_the_older_migration_series_is_divided_by_the_population_of_its_own_vintage(view, build):
    result = found("international_net", build)
    assert {row.whole.source for row in result.rows} <= {
        o.source for o in queries.series("population_pre_rebase", CARDIFF, build=build).observations
    }
    figure = compare_places.ranked(
        view(CARDIFF), selection=Selection(measure="international_net", among="wales", form="map")
    )
    assert t("chip.older_series", lang="en") in figure.chips
    assert t("compare.older_series", lang="en") in figure.caveat_texts


def test_similar_areas_are_the_place_and_its_twenty_and_the_list_is_named_and_cited(view, build):
    here = view(CARDIFF)
    for flavour in SIMILAR:
        selection = Selection(measure="asylum_supported", among=flavour, form="map")
        result = found("asylum_supported", build, among=flavour)
        neighbours = queries.similar_areas(CARDIFF, flavour=flavour, build=build)
        assert len(set(neighbours)) == 20
        assert {row.area.code for row in result.rows} == {CARDIFF, *neighbours}
        figure = compare_places.ranked(here, selection=selection)
        assert t(f"compare.similar.{flavour}", lang="en", place="Cardiff") in figure.caveat_texts
        assert "similar_areas" in {source.code for source in figure.sources}


def test_similar_areas_are_offered_for_single_authorities_and_figures_held_across_the_uk(build):
    offered = {
        (choice.code, place): sets(choice, queries.area(place, build=build))
        for choice in CHOICES
        for place in (CARDIFF, BOTH, SOUTH_WALES, WALES)
    }
    assert offered["asylum_supported", CARDIFF] == ("wales", *SIMILAR)
    assert offered["asylum_supported", BOTH] == offered["born_outside_uk", CARDIFF] == ("wales",)
    assert all(offered["hate_crimes", place] == ("wales", FORCES) for place in (CARDIFF, BOTH, SOUTH_WALES, WALES))
    assert all(found(c.code, build, among="global").drawn for c in CHOICES if "global" in offered[c.code, CARDIFF])


@pytest.mark.parametrize(
    ("place", "measure", "strong"),
    [
        (CARDIFF, "asylum_supported", {CARDIFF}),
        (BOTH, "asylum_supported", {CARDIFF, VALE}),
        (WALES, "asylum_supported", set()),
        (CARDIFF, "hate_crimes", {SOUTH_WALES}),
        (WALES, "hate_crimes", set()),
    ],
)
def test_the_place_its_members_or_its_force_is_picked_out(build, place, measure, strong):
    assert set(found(measure, build, place=place).chosen) == strong


def test_a_force_picks_out_its_authorities(build):
    force = queries.area(SOUTH_WALES, build=build)
    assert found("asylum_supported", build, place=SOUTH_WALES).chosen == force.members


def test_a_place_without_a_figure_is_not_drawn_and_is_listed_with_a_marker(view, build):
    result = found("hate_crimes", build, among=FORCES)
    absent = {row.area.code for row in result.rows} - {row.area.code for row in result.drawn}
    assert absent == {"E23000034"}  # the City of London
    figure = compare_places.ranked(view(CARDIFF), selection=Selection(measure="hate_crimes", among=FORCES, form="map"))
    assert cells(figure, "value")["E23000034"] is None
    assert cells(figure, "marker")["E23000034"] == "[z]"
    assert "City of London Police" not in figure.plot["data"][0]["y"]
    assert any("City of London Police" in caveat for caveat in figure.caveat_texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_of_police_forces_says_so(view, lang):
    figure = compare_places.ranked(
        view(CARDIFF, lang), selection=Selection(measure="hate_crimes", among="wales", form="map")
    )
    force = {"en": "South Wales Police", "cy": "Heddlu De Cymru"}[lang]
    place = {"en": "Cardiff", "cy": "Caerdydd"}[lang]
    assert t("compare.forces_set", lang=lang) in figure.caveat_texts
    assert t("caveat.force_not_place", lang=lang, force=force, place=place) in figure.caveat_texts
    assert force in figure.title
    assert place not in figure.title


@pytest.mark.parametrize("measure", ["hate_crimes"])
def test_a_range_says_that_it_shows_chance_alone(view, measure):
    figure = compare_places.ranked(view(CARDIFF), selection=Selection(measure=measure, among="wales", form="map"))
    assert t("compare.chance_only", lang="en") in figure.caveat_texts


def test_there_is_a_funnel_where_there_are_counts_populations_and_enough_places(view):
    here = view(CARDIFF)
    drawn = {
        (choice.code, among): compare_places.funnel(
            here, selection=Selection(measure=choice.code, among=among, form="map")
        )
        for choice in CHOICES
        for among in sets(choice, here.place)
    }
    assert {key for key, block in drawn.items() if block} == {
        ("hate_crimes", FORCES),
    }
    figure = drawn["hate_crimes", FORCES]
    assert "times as widely" in figure.title
    assert "No limits are drawn" in figure.sentence
    assert len(figure.plot["data"]) == 2  # the line of all places together, and the places
    assert "all 32 places together" in figure.plot["data"][0]["name"]


def test_limits_are_drawn_where_places_spread_little_more_than_chance(view, build, monkeypatch):
    real = found("hate_crimes", build, among=FORCES)
    spread = {"fair": (1.0, 4), "wider": (1.15, 4)}
    for kind, (swing, drawn) in spread.items():
        rows = tuple(
            replace(
                row,
                figure=replace(
                    row.figure,
                    value=round(row.whole.value * 0.002) + (n % 2 * 2 - 1) * swing * (row.whole.value * 0.002) ** 0.5,
                ),
            )
            for n, row in enumerate(real.drawn)
        )
        rates = [replace(row, value=row.figure.value / row.whole.value * 1_000) for row in rows]
        spread_out = replace(real, rows=ByName(rates, keys=real.drawn.keys))
        monkeypatch.setattr(compare_places, "_comparison", lambda *a, spread_out=spread_out: spread_out)
        selection = Selection(measure="hate_crimes", among=FORCES, form=kind)
        figure = in_language(unwrap(compare_places.funnel)(view(CARDIFF), selection=selection), "en")
        assert len(figure.plot["data"]) == 2 + drawn, kind
        assert "99.8%" in figure.title
        limits = dict(zip(figure.table.cells("area_code"), figure.table.cells("chance_95_upper"), strict=True))
        line = figure.drawing.limits[0]
        for spot in figure.drawing.spots:
            drawn_at = np.interp(spot.population, line.populations, line.upper)
            assert limits[spot.code] == pytest.approx(drawn_at, rel=0.05), kind


@pytest.mark.parametrize(
    ("measure", "place", "beside"),
    [
        ("asylum_supported", CARDIFF, (3_223 - 1_313) / (3_175_181 - 381_516) * 10_000),
        ("asylum_supported", VALE, 3_223 / 3_175_181 * 10_000),
        ("hate_crimes", SOUTH_WALES, (6_213 - 2_868) / (3_186_581 - 1_363_561) * 1_000),
    ],
)
def test_a_place_above_a_tenth_of_wales_stands_beside_the_rest_of_it(build, measure, place, beside):
    result = found(measure, build, place=place)
    (row,) = (row for row in result.rows if row.area.code == place)
    assert row.benchmark == pytest.approx(beside)
    assert row.is_rest is (place != VALE)


@pytest.mark.parametrize("lang", LANGUAGES)
@each_measure
def test_what_is_said_of_the_rest_of_wales_is_true_in_every_period(build, view, measure, lang):
    """A title, a sentence, a heading or a caveat names the rest of Wales only where a place stands beside it."""
    rest = {"en": "rest of Wales", "cy": "weddill Cymru"}[lang]
    named = {one: t(f"compare.{one}", lang=lang) for one in ("rest", "column.benchmark", "column.benchmark_rest")}
    for among in sets(BY_CODE[measure], queries.area(CARDIFF, build=build)):
        for period in periods(choice=measure, among=among, build=build):
            here = view(CARDIFF, lang, at=period.end)
            result = compared(choice=measure, among=among, place=CARDIFF, build=build, at=period.end)
            figure = compare_places.ranked(here, selection=Selection(measure=measure, among=among, form="map"))
            apart = [text for text in figure.caveat_texts if text.startswith(APART[lang])]
            assert bool(apart) == any(is_large_beside_all(row, result) for row in result.drawn), (among, period)
            assert not (apart and not result.has_rest and named["rest"] in figure.caveat_texts)
            labels = {column.label for column in figure.table.columns}
            assert (named["column.benchmark_rest"] in labels) == result.has_rest
            assert result.has_rest or not [s for s in (figure.title, figure.sentence, *labels) if rest in s]


def is_large_beside_all(row: Row, result: Compared) -> bool:
    """Tell whether a place with over a tenth of Wales stands beside all of it, though its figures may be added."""
    if row.is_rest or not row.area.code.startswith("W") or not result.measure.sum_areas or result.benchmark is None:
        return False
    pairs = ((row.figure, result.wales.figure), (row.whole, result.wales.whole))
    return any(mine and every and mine.value > every.value / 10 for mine, every in pairs)


APART = {"en": "With more than a tenth of Wales", "cy": "Â mwy na degfed o bobl neu gyfrif Cymru"}


def test_large_forces_of_another_table_than_wales_are_said_to_stand_beside_all_of_it(build, view):
    """To March 2024 forces stand in one table and Wales in another: nothing is subtracted, and all four are named."""
    day = date(2024, 3, 31)
    figure = compare_places.ranked(
        view(CARDIFF, "en", at=day), selection=Selection(measure="hate_crimes", among="wales", form="map")
    )
    (apart,) = (text for text in figure.caveat_texts if text.startswith(APART["en"]))
    assert all(f"{force} Police" in apart for force in ("Dyfed-Powys", "Gwent", "North Wales", "South Wales"))
    assert "similar to Wales (2.14)" in figure.title or "Wales (" in figure.title
    assert "Higher than Wales: " in figure.sentence


@pytest.mark.parametrize("measure", ["hate_crimes", "population_change"])
def test_a_count_of_places_for_all_of_wales_names_the_rest_that_some_stand_beside(view, measure):
    figure = compare_places.ranked(view(WALES, "en"), selection=Selection(measure=measure, among="wales", form="map"))
    has_rest = "the rest of Wales" in set(cells(figure, "benchmark_is").values())
    assert (") or the rest of Wales, " in figure.title) is has_rest


def test_people_who_are_housed_by_others_are_put_to_no_test(view):
    for among in ("wales", *SIMILAR):
        figure = compare_places.ranked(
            view(CARDIFF), selection=Selection(measure="asylum_supported", among=among, form="map")
        )
        assert not {"beside_wales", "lower", "upper"} & {column.key for column in figure.table.columns}
        assert not re.search(r"\b(higher|lower) than\b", f"{figure.title} {figure.sentence}")
        assert "in the rest of Wales" in figure.title


def test_counts_are_circles_and_never_shades(view):
    figure = compare_places.area_map(
        view(CARDIFF), selection=Selection(measure="homes_for_ukraine", among="wales", form="map")
    )
    assert figure.drawing.counts
    *areas, circles = figure.plot["data"]
    assert {tuple(colour for _, colour in trace["colorscale"]) for trace in areas} == {
        (NO_FIGURE,) * 2,
        ("rgba(0,0,0,0)",) * 2,
    }
    counts = dict(zip(circles["text"], circles["marker"]["size"], strict=True))
    most = max(counts.values())
    for words, across in counts.items():
        assert (across / most) ** 2 == pytest.approx(_people(words) / max(map(_people, counts)))
    assert svg(figure.drawing, width=680).count('class="count"') == 22
    (largest,), (said,) = (figure.plot["layout"][name] for name in ("shapes", "annotations"))
    assert largest["x1"] - largest["x0"] == most, "the key is as wide as the largest circle"
    assert said["text"].startswith(f"{max(map(_people, counts)):,} · ")


def _people(words: str) -> int:
    return int(re.search(r"<b>([\d,]+)", words)[1].replace(",", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_carries_a_word_and_a_shape(view, build, lang):
    result = found("hate_crimes", build, among=FORCES)
    figure = compare_places.ranked(
        view(CARDIFF, lang), selection=Selection(measure="hate_crimes", among=FORCES, form="map")
    )
    words = {one: t(f"compare.word.{one}", lang=lang) for one in ("higher", "similar", "lower")}
    shapes = {"higher": "triangle-right", "similar": "circle", "lower": "triangle-left"}
    narrow, wide = plots(figure.drawing)
    names = narrow["layout"]["yaxis"]["categoryarray"]
    notes = [note for note in narrow["layout"]["annotations"] if note.get("yref") != "paper"]
    above = {names[note["y"]]: note["text"] for note in notes}
    ends = dict(zip(wide["layout"]["yaxis2"]["tickvals"], wide["layout"]["yaxis2"]["ticktext"], strict=True))
    dots = dict(zip(narrow["data"][0]["y"], narrow["data"][0]["marker"]["symbol"], strict=True))
    for row in result.drawn:
        name = row.area.name.text(lang)
        assert name in above[name].replace("<br>", " ")
        assert all(re.search(rf"\b{words[row.verdict]}\b", text) for text in (above[name], ends[name]))
        assert dots[name] == shapes[row.verdict]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_hex_map_draws_the_same_numbers_and_names_its_licence(view, lang):
    plain, hexagons = (
        compare_places.area_map(view(CARDIFF, lang), selection=Selection(measure="claimants", among="wales", form=form))
        for form in ("map", "hex")
    )
    assert plain.table == hexagons.table
    assert hexagons.plot["data"][0]["geojson"].endswith("wales_hex.geojson")
    assert t("compare.map.hex_licence", lang=lang) in hexagons.caveat_texts
    assert t("map.attribution", lang=lang) not in hexagons.caveat_texts
    assert t("map.attribution", lang=lang) in plain.caveat_texts


def test_changes_nearer_than_the_uncertainty_of_two_estimates_are_similar(build):
    result = compared(choice="population_change", among="wales", place=CARDIFF, build=build)
    assert result.period.start.year == 2024  # mid-2025 joins no year before it
    said = {row.area.name.en: row.verdict for row in result.rows}
    # Wales +3.7%: some lie within 1.34 points of it; Newport (+13.3%) and Ceredigion (−3.5%) far from it
    near = {row.area.name.en for row in result.rows if abs(row.value - row.benchmark) <= 1.34}
    assert near
    assert {said[name] for name in near} == {"similar"}
    assert (said["Newport"], said["Ceredigion"]) == ("higher", "lower")


@pytest.mark.parametrize(
    ("at", "part", "title"),
    [  # Ceredigion alone had nobody on 30 June 2026; thirteen authorities had nobody on 31 March 2014
        ("", "", "from nobody (Ceredigion) to 34.4 per 10,000 people (Cardiff)"),
        ("2014-03-31", "", "from nobody (13 places) to 28.0 per 10,000 people (Cardiff)"),
        ("2026-03-31", "section_4", "from nobody (10 places) to 114 people (Cardiff)"),
    ],
)
def test_of_places_that_share_the_lowest_number_none_is_named(view, at, part, title):
    subject = replace(view(WALES), at=date.fromisoformat(at) if at else None)
    selection = Selection(measure="asylum_supported", among="wales", form="map", part=part)
    figure = compare_places.area_map(subject, selection=selection)
    assert figure.title.endswith(f": {title}")
    lowest = min(cells(figure, "value").values())
    sharing = [code for code, value in cells(figure, "value").items() if value == lowest]
    assert len(sharing) == (13 if at.startswith("2014") else 10 if part else 1)


@pytest.mark.parametrize(("lang", "nobody", "rate"), [("en", "nobody", "0.0 per"), ("cy", "neb", "0.0 fesul")])
def test_no_rate_is_told_of_nobody(view, lang, nobody, rate):
    """Ceredigion: nobody on asylum support on 30 June 2026, in the Home Office's Asy_D11."""
    ceredigion, selection = "W06000008", Selection(measure="asylum_supported", among="wales", form="map")
    shaded, ranked = (
        make(view(ceredigion, lang), selection=selection) for make in (compare_places.area_map, compare_places.ranked)
    )
    (row,) = (row for row in ranked.drawing.rows if row.code == ceredigion)
    (point,) = (point for point in shaded.drawing.points if point.code == ceredigion)
    assert row.label == nobody
    assert {row.hover, point.hover} == {f"Ceredigion<br><b>{nobody}</b>"}
    assert f"Ceredigion {nobody}; " in ranked.title
    for figure in (shaded, ranked):
        assert rate not in " ".join((figure.title, figure.sentence, figure.alt))


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "from under 0.1% (7 places) to 0.4% (Cardiff)"),
        ("cy", "isaf llai na 0.1% (nifer y lleoedd: 7), uchaf 0.4% (Caerdydd)"),
    ],
)
def test_a_share_of_few_is_not_written_as_nothing(view, lang, title):
    selection = Selection(measure="religion", among="wales", form="map", part="sikh")
    assert compare_places.area_map(view(CARDIFF, lang), selection=selection).title.endswith(title)


@pytest.mark.parametrize(("lang", "whole"), [("en", "All of Wales "), ("cy", "Cymru gyfan ")])
def test_the_line_of_wales_is_told_apart_from_the_rest_of_it_that_a_title_names(view, lang, whole):
    forces = compare_places.ranked(
        view("W06000002", lang), selection=Selection(measure="hate_crimes", among="wales", form="map")
    )
    title_number, line_number = (
        re.search(r"\d\.\d\d", text).group()
        for text in (forces.title.rpartition("(")[2], forces.drawing.benchmark_label)
    )
    assert title_number != line_number
    assert {"en": "the rest of Wales", "cy": "weddill Cymru"}[lang] in forces.title
    assert forces.drawing.benchmark_label == whole + line_number


@pytest.mark.parametrize(
    ("lang", "title", "told"),
    [
        ("en", "nobody in any of the 20 places", "Nobody was counted in any of the 20 places."),
        ("cy", "neb yn yr un o'r lleoedd (20)", "Ni chyfrifwyd neb yn yr un o'r lleoedd (20)."),
    ],
)
def test_a_map_of_nobody_says_so_once(view, lang, title, told):
    among = Selection(measure="asylum_supported", among="demographic", form="map", part="section_98")
    figure = in_language(compare_places.area_map(view("W06000023", lang), selection=among), lang)
    assert figure.title.endswith(f": {title}")
    assert figure.sentence.startswith(told)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((4.0, 3.0, 1.0), "There were fewer than five people in each of the 3 places."),
        ((4.0, 20.0, 1.0), "The darker the area, the higher its figure, from fewer than five people to"),
    ],
    ids=["all few", "few at both ends"],
)
def test_places_are_called_alike_only_where_all_are_and_few_people_not_by_one_figure(build, view, counts, told):
    comparison = compared(choice="asylum_supported", among="wales", place=CARDIFF, build=build)
    rows = [
        replace(row, figure=replace(row.figure, value=count))
        for row, count in zip(comparison.drawn, counts, strict=False)
    ]
    on_map = ByName(rows, keys=[(-n, row.area.alphabet) for n, row in enumerate(reversed(rows))])
    assert written(compare_places._map_sentence(on_map, comparison, view(CARDIFF)), "en").startswith(told)
    assert ("in each of the 3 places" in written(compare_places._ends_title(on_map, comparison), "en")) == (
        20.0 not in counts
    )


@pytest.mark.parametrize(
    ("lang", "shaded", "ranked"),
    [
        ("en", "police forces of Wales", "police forces of England and Wales"),
        ("cy", "heddluoedd Cymru", "heddluoedd Cymru a Lloegr"),
    ],
)
def test_a_map_of_the_welsh_forces_alone_does_not_speak_of_all_that_are_compared(view, lang, shaded, ranked):
    """Its title ends with Gwent's rate; the highest of those compared is that of Merseyside."""
    selection = Selection(measure="hate_crimes", among=FORCES, form="map")
    of_map, of_dots = (
        make(view(BOTH, lang), selection=selection) for make in (compare_places.area_map, compare_places.ranked)
    )
    assert f", {shaded}, " in of_map.subtitle
    assert f", {ranked}, " in of_dots.subtitle


def test_the_median_of_places_of_which_most_have_nobody_is_no_rate(view):
    """13 of the 22 authorities had nobody on asylum support on 31 March 2014."""
    subject = replace(view(CARDIFF), at=date(2014, 3, 31))
    selection = Selection(measure="asylum_supported", among="wales", form="map")
    figure = compare_places.ranked(subject, selection=selection)
    assert figure.title.endswith("median of the places 0")
    assert "0.0" not in figure.title + figure.sentence
