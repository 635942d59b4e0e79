"""What the pages show by themselves once the partnership tables and rebased components come in through `etl add`.

The publications are made up (tests/synthetic.py) and live in a folder of the test alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import findings, memory, queries, store
from dashboard.blocks import compare_places, groups, hate_crime_places, migration
from dashboard.figure import Figure, NotHeld, View
from dashboard.figures import goals, latest, overview
from dashboard.i18n import LANGUAGES, t
from dashboard.model import TOTAL
from etl.__main__ import main
from tests.every_block import cells, usual_block
from tests.scratch import DATA
from tests.synthetic import RRA_CODES, appendix, csp, myeb3, write_ods, write_xlsx

HELD = (
    "police_recorded_crime_pfa",
    "population_mid_year_wales",
    "population_mid_year_2024",
    "components_of_change_2002_2011",
    "components_of_change_2012_2019",
    "components_of_change_2020_lamis",
)
CARDIFF, VALE, BOTH, RHONDDA, MERTHYR, CWM_TAF = (
    "W06000015",
    "W06000014",
    "XCAV",
    "W06000016",
    "W06000024",
    "W14000023",
)
FORCE, GWENT, WALES = "W15000003", "W15000002", "W92000004"
YEARS = [f"{year}/{year + 1 - 2000}" for year in range(2020, 2026)]
PARTNERSHIPS = csp(years=YEARS)
REBASED = myeb3(years=range(2012, 2024), unattributed="unattrib")
Views = Callable[..., View]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder into which both publications were brought with the data lead's own command."""
    there = tmp_path_factory.mktemp("released")
    data = there / "data"
    shutil.copytree(DATA / "reference", data / "reference")
    (data / "tidy").mkdir()
    for name in HELD:
        for kind in ("csv", "toml"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", data / "tidy")
    files = [write_ods(there / "a.ods", PARTNERSHIPS), write_xlsx(there / "b.xlsx", REBASED)]
    for file in files:
        command = ["--data", str(data), "add", str(file), "--released", "2026-07-23"]
        assert main([*command, "--accept-large-changes"]) == 0
    return data


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Let go of these builds at the end: what is remembered is kept by the name of its build."""
    yield
    memory.forget()


@pytest.fixture(autouse=True)
def released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DATA", folder)


@pytest.fixture
def view(folder: Path) -> Views:
    build = store.build_id(data=folder)
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)


def offences(place: str, year: str, quarters: tuple[int, ...]) -> int:
    rows = PARTNERSHIPS[year.replace("/", "_")][1:]
    return sum(row[8] for row in rows if row[3] == place and row[1] in quarters and row[7] in RRA_CODES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [CARDIFF, VALE, BOTH])
def test_the_card_has_become_a_chart_of_the_places_own_quarters(view, place, lang):
    figure = hate_crime_places.authority(view(place, lang))
    assert isinstance(figure, Figure)
    assert figure.code == "rra_authority"
    parts = {CARDIFF: ["Cardiff"], VALE: ["Vale of Glamorgan"], BOTH: ["Cardiff", "Vale of Glamorgan"]}[place]
    newest = sum(offences(name, "2025/26", (4,)) for name in parts)
    assert cells(figure, "value")[0] == newest
    assert len(figure.table.rows) == 4 * len(YEARS)
    assert str(newest) in figure.title
    assert view(place).place.in_.text(lang) in figure.title
    assert t("rra_place.left_out", lang=lang) in figure.caveat_texts


@pytest.mark.parametrize("place", [RHONDDA, MERTHYR])
def test_an_authority_without_figures_of_its_own_is_shown_cwm_taf_under_that_name(view, place):
    figure = hate_crime_places.authority(view(place))
    assert set(cells(figure, "area_code")) == {CWM_TAF}
    assert cells(figure, "value")[0] == offences("Cwm Taf", "2025/26", (4,))
    assert "in Cwm Taf" in figure.title
    assert view(place).place.name.en not in figure.title
    assert "counted together with its neighbour" in " ".join(figure.caveat_texts)


def test_forces_and_wales_have_no_such_chart(view):
    assert hate_crime_places.authority(view(FORCE)) is None
    assert hate_crime_places.authority(view(WALES)) is None


def test_the_message_stands_beside_the_forces_own_and_what_is_not_held_is_no_longer_said(view):
    for place, phrase in ((CARDIFF, "in Cardiff"), (RHONDDA, "in Cwm Taf")):
        said = {m.rule: m for m in findings.messages(view(place))}
        assert "not_held" not in said
        assert phrase in said["rra_place"].text("en")
        assert said["rra_place"].block == "rra_authority"
        assert said["rra_place"].note_texts("cy")
    assert "rra_place" not in {m.rule for m in findings.messages(view(FORCE))}
    assert "South Wales Police recorded" in {m.rule: m for m in findings.messages(view(CARDIFF))}["rra_level"].text(
        "en"
    )


def test_home_opens_with_the_places_own_quarter(view):
    (first, *_) = latest.figures(view(CARDIFF))
    assert (first.where, first.block) == ("Cardiff", "rra_authority")
    (first, *_) = latest.figures(view(FORCE))
    assert (first.where, first.block) == ("South Wales Police", "rra_quarterly")


@pytest.mark.parametrize(
    ("place", "told_of"), [(CARDIFF, CARDIFF), (BOTH, BOTH), (RHONDDA, CWM_TAF), (FORCE, FORCE), (WALES, WALES)]
)
def test_home_the_nearest_area_and_a_goal_tell_the_offences_of_one_area(view, place, told_of):
    here = view(place).subject
    area, measure = queries.area(told_of, build=here.build), queries.measure("rra_offences", build=here.build)
    (near,) = groups.nearest(measure.code, TOTAL, here)
    of_home = overview.series_of(measure, TOTAL, here)
    (first, *_) = latest.figures(here)
    assert near.area == of_home.area == area
    assert near.observations == of_home.observations
    assert first.where == area.name
    goal = goals.of_goal("cohesive", here).table
    rows = dict(zip(goal.cells("what"), goal.cells("area_code"), strict=True))
    assert rows[measure.name] == told_of


@pytest.mark.parametrize("place", [BOTH, RHONDDA, FORCE, WALES])
def test_the_map_shades_all_22_authorities_cwm_taf_as_one(view, place):
    figure = hate_crime_places.authorities_map(view(place))
    shaded = figure.plot["data"][0]
    shades = dict(zip(shaded["locations"], shaded["z"], strict=True))
    assert len(shades) == 22
    assert shades[RHONDDA] == shades[MERTHYR]
    assert len(figure.table.rows) == 21
    keys = [column.key for column in figure.table.columns]
    rows = {row["area_code"]: row for row in (dict(zip(keys, cells, strict=True)) for cells in figure.table.rows)}
    assert rows[CWM_TAF]["count"] == offences("Cwm Taf", "2024/25", (1, 2, 3, 4))
    people = store.rows(
        "SELECT sum(value) AS n FROM observation WHERE measure = 'population' AND area_code IN ($a, $b) "
        "AND period_start = '2024-06-30'",
        {"a": RHONDDA, "b": MERTHYR},
        build=view(place).build,
    )[0]["n"]
    assert rows[CWM_TAF]["population"] == people
    assert rows[CWM_TAF]["rate"] == pytest.approx(rows[CWM_TAF]["count"] / people * 10_000)
    by_rate = sorted((row["rate"], shades[code]) for code, row in rows.items() if code in shades)
    assert [shade for _, shade in by_rate] == sorted(shade for _, shade in by_rate)  # a higher rate is no lighter
    assert all(row["lower"] < row["rate"] < row["upper"] for row in rows.values())
    assert "year ending March 2025" in figure.title  # the newest year whose population is held


@pytest.mark.parametrize("lang", LANGUAGES)
def test_offences_without_a_place_are_shown_by_force_and_shared_out_to_none(view, lang):
    figure = hate_crime_places.unassigned(view(CARDIFF, lang))
    assert set(cells(figure, "area_code")) == {FORCE}
    assert cells(figure, "value")[0] == offences("Unassigned South Wales", "2025/26", (4,))
    whole = hate_crime_places.unassigned(view(WALES, lang))
    assert len(set(cells(whole, "area_code"))) == 4
    assert t("rra_unassigned.never_shared", lang=lang) in whole.caveat_texts


def test_no_force_is_given_the_sum_of_its_places_because_some_offences_have_none(view):
    """All five authorities of Gwent have figures after December 2025, its force's own table ends there."""
    for force in (GWENT, FORCE, WALES):
        held = queries.series("rra_offences", force, build=view(WALES).build).observations
        assert held[-1].period.start.isoformat() == "2025-10-01"
    both = queries.series("rra_offences", BOTH, build=view(WALES).build).latest
    assert both is not None
    assert both.derived


def test_gaps_that_were_filled_are_no_longer_listed(view):
    listed = {gap.entry.heading.text("en") for gap in queries.gaps(build=view(WALES).build)}
    assert not [heading for heading in listed if "Partnership" in heading or "rebasing" in heading]
    assert "Aggravated offences after December 2025" in listed  # of the forces, whose table is still the old one


def value_of(place: str, column: str) -> float:
    header, *rows = REBASED["MYEB3"][1:]
    (found,) = (row[header.index(column)] for row in rows if row[0] == place)
    return found


@pytest.mark.parametrize("place", [CARDIFF, BOTH, FORCE, WALES])
def test_the_waterfall_of_every_rebased_year_closes_with_what_nobody_can_explain(view, place):
    here = view(place)
    years = migration.waterfall_years(here)
    assert years[0].period.start.year == 2022
    authorities = here.place.members or (place,)
    rebased = [year for year in years if year.period.start.year >= 2011]
    assert len(rebased) == 12
    for year in rebased:
        figure = migration.components(here, year=year)
        *parts, total = cells(figure, "value")
        closing = year.period.start.year + 1
        known = [code for code in authorities if code.startswith("W06")]
        before, after = (sum(value_of(c, f"population_{y}") for c in known) for y in (closing - 1, closing))
        assert sum(parts) == total == after - before
        assert "Unattributable change" in cells(figure, "component")
        assert set(cells(figure, "grade")) == {"A"}
        assert t("components.unattributable", lang="en") in figure.caveat_texts
        assert t("components.older_series", lang="en") not in figure.caveat_texts
        assert t("chip.older_series", lang="en") not in figure.chips


def test_the_years_before_the_rebasing_step_back_under_their_own_name(view):
    here = view(CARDIFF)
    old = [year for year in migration.waterfall_years(here) if year.period.start.year < 2011]
    assert len(old) == 10
    figure = migration.components(here, year=old[0])
    assert "Unattributable change" not in cells(figure, "component")
    assert t("components.older_series", lang="en") in figure.caveat_texts
    assert t("migration.identity", lang="en") in figure.caveat_texts


def test_what_only_the_older_series_has_is_kept_and_its_origin_says_so(folder, view):
    old = queries.sources(build=view(WALES).build)["components_of_change_2012_2019"]
    assert old.coverage.en.endswith("Only what the release of 23 July 2026 does not give anew.")
    assert old.coverage.cy.endswith("(cyhoeddiad: 23 Gorffennaf 2026).")
    found = queries.series("births", "S12000049", build=view(WALES).build).observations
    assert [o.source for o in found][-1] == "components_of_change_2012_2019"
    kept = queries.series("population_pre_rebase", CARDIFF, build=view(WALES).build).observations
    assert kept[-1].period.start.year == 2019
    flows = queries.series("births", CARDIFF, build=view(WALES).build).observations
    assert {o.source for o in flows if o.period.start.year >= 2011} == {"components_of_change_rebased"}


def test_the_key_message_of_a_rebased_year_does_not_call_it_older(view):
    places = queries.places(build=view(WALES).build)
    said = [m for place in places for m in findings.messages(view(place)) if m.rule == "components_driver"]
    assert said
    for message in said:
        assert t("components.older_series", lang="en") not in message.note_texts("en")
        assert t("components.unattributable", lang="en") in message.note_texts("en")
        assert {source.code for source in message.sources} == {"components_of_change_rebased"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("place", "name"), [(CARDIFF, "flows"), (WALES, "net_flows")])
def test_flows_that_go_on_after_the_rebasing_are_not_called_older_but_their_first_years_are(view, place, name, lang):
    figure = migration.flows(view(place, lang))
    newest = figure.newest[0]
    assert (newest.source, newest.period.start.year) == ("components_of_change_rebased", 2022)
    assert bool({"net", "Net"} & set(figure.title.split())) == (name == "net_flows")
    assert not {"older", "hŷn"} & set(figure.title.split())
    assert t("flows.older_years", lang=lang, year=2011) in figure.caveat_texts
    assert t("components.older_series", lang=lang) not in figure.caveat_texts
    assert t("chip.older_part", lang=lang) in figure.chips
    assert t("chip.older_series", lang=lang) not in figure.chips


def test_rebased_flows_are_divided_by_the_rebased_population(view):
    selection = compare_places.Selection(measure="international_net", among="wales", form="map")
    figure = compare_places.ranked(view(CARDIFF), selection=selection)
    assert isinstance(figure, Figure)
    assert {source.line for source in figure.sources} == {"mid_year_rebased"}
    assert t("compare.older_series", lang="en") not in figure.caveat_texts


def test_without_the_tables_the_card_is_as_before(view, data_folder, build, monkeypatch):
    monkeypatch.setattr(store, "DATA", data_folder)
    here = View(place=queries.area(CARDIFF, build=build), lang="en", build=build)
    assert isinstance(hate_crime_places.authority(here), NotHeld)
    assert hate_crime_places.authorities_map(here) is None
    assert hate_crime_places.unassigned(here) is None


SWANSEA, NEWPORT = "W06000011", "W06000022"


@pytest.fixture(scope="module")
def marked(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose partnership table declares Swansea unassigned for a while, and Gwent always."""
    there = tmp_path_factory.mktemp("marked")
    shutil.copytree(folder, there / "data")
    notes = [
        *PARTNERSHIPS["Notes"],
        ["Between July and December 2024 and in January to March 2026 offences in Swansea were unassigned."],
        ["Gwent: in 2020/21 to 2025/26 all offences were recorded under the unassigned group."],
    ]
    file = write_ods(there / "a.ods", PARTNERSHIPS | {"Notes": notes})
    assert main(["--data", str(there / "data"), "add", str(file), "--accept-large-changes"]) == 0
    return there / "data"


@pytest.fixture
def marked_view(marked: Path, monkeypatch: pytest.MonkeyPatch) -> Views:
    monkeypatch.setattr(store, "DATA", marked)
    build = store.build_id(data=marked)
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_recorded_under_unassigned_is_told_when_and_shows_its_newest_usable_quarter(marked_view, lang):
    figure = hate_crime_places.authority(marked_view(SWANSEA, lang))
    assert isinstance(figure, Figure)
    newest = str(offences("Swansea", "2025/26", (3,)))
    assert f" {newest} " in figure.title
    when = {
        "en": "between 1 July 2024 and 31 December 2024, between January and March 2026",
        "cy": "rhwng 1 Gorffennaf 2024 a 31 Rhagfyr 2024, rhwng Ionawr a Mawrth 2026",
    }[lang]
    places = marked_view(SWANSEA).place.name.text(lang)
    assert t("rra_place.unusable", lang=lang, places=places, in_period=when) in figure.caveat_texts
    assert cells(figure, "value")[0] is None
    elsewhere = hate_crime_places.authority(marked_view(VALE, lang))
    assert not any("unassigned" in caveat for caveat in elsewhere.caveat_texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_that_was_always_recorded_under_unassigned_has_a_card_that_says_so(marked_view, lang):
    here = marked_view(NEWPORT, lang)
    card = hate_crime_places.authority(here)
    assert isinstance(card, NotHeld)
    assert card.title == t("rra_place.none_usable_title", lang=lang)
    assert card.reason == t("rra_place.none_usable", lang=lang, place=here.place.name.text(lang))


@pytest.fixture(scope="module")
def with_appendix(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with Wales by strand as it was typed, into which the appendix of a later year was brought."""
    there = tmp_path_factory.mktemp("appendix")
    shutil.copytree(folder, there / "data")
    for kind in ("csv", "toml"):
        for name in ("hate_crime_wales_strands", "hate_crime_force_totals"):
            shutil.copy(DATA / "tidy" / f"{name}.{kind}", there / "data" / "tidy")
    file = write_ods(there / "a.ods", appendix(years=["2024/25"]))
    command = ["--data", str(there / "data"), "add", str(file), "--released", "2025-10-09"]
    assert main([*command, "--accept-large-changes", "--accept-contradictions"]) == 0
    return there / "data"


@pytest.fixture
def appendix_view(with_appendix: Path, monkeypatch: pytest.MonkeyPatch) -> Views:
    monkeypatch.setattr(store, "DATA", with_appendix)
    build = store.build_id(data=with_appendix)
    return lambda place, lang="en": View(place=queries.area(place, build=build), lang=lang, build=build)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strands_of_wales_are_of_the_newest_year_and_no_longer_called_the_only_one(appendix_view, lang):
    figure = usual_block(appendix_view(WALES, lang), code="strands_wales")
    assert isinstance(figure, Figure)
    assert " 286 " in figure.title  # 70 to 73 of the four forces
    assert "2025" in figure.title
    assert t("strands_wales.one_year", lang=lang) not in figure.caveat_texts
    typed = next(source for source in figure.sources if source.code == "hate_crime_wales_strands")
    older = t("figure.caution_of", lang=lang, title=typed.title.text(lang), caution=typed.caution.text(lang))
    assert older in figure.caveat_texts
    assert typed.caution.text(lang) not in figure.caveat_texts
    assert set(cells(figure, "period_start")) == {"2023-04-01", "2024-04-01"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [CARDIFF, BOTH, FORCE])
def test_the_strands_of_a_places_force_are_shown_under_the_forces_name(appendix_view, lang, place):
    here = appendix_view(place, lang)
    figure = usual_block(here, code="strands_force")
    assert isinstance(figure, Figure)
    force = queries.area(FORCE, build=here.build).name.text(lang)
    assert force in figure.title
    assert " 73 " in figure.title
    assert {v for v in cells(figure, "value") if v is not None} >= {53, 13, 8, 6, 4, 73}
    not_place = t("caveat.force_not_place", lang=lang, force=force, place=here.place.called.text(lang))
    assert (not_place in figure.caveat_texts) == (place != FORCE)
    assert t("strand.no_sum", lang=lang) in figure.caveat_texts


def test_wales_has_no_strands_of_a_force_and_nobody_has_them_before_the_appendix(
    appendix_view, view, monkeypatch, data_folder, build
):
    assert usual_block(appendix_view(WALES), code="strands_force") is None
    monkeypatch.setattr(store, "DATA", data_folder)
    here = View(place=queries.area(CARDIFF, build=build), lang="en", build=build)
    assert usual_block(here, code="strands_force") is None
