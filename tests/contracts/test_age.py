"""Nothing over one cycle of its publication old is told without its age: messages, figures, tables, files, Home.

The ages are counted here a second time, from the calendar as it is written, by listing every release there has been.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard import age, findings, queries, store
from dashboard.blocks import summary
from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.downloads import csv_bytes
from dashboard.figure import Figure, View
from dashboard.figures import latest
from dashboard.findings import RULES, Message
from dashboard.findings.message import NOTABLE
from dashboard.i18n import LANGUAGES
from dashboard.model import Observation
from tests.every_block import every_block

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PLACES = [
    r["code"] for r in csv.DictReader((REFERENCE / "areas.csv").open(encoding="utf-8")) if r["selectable"] == "true"
]
SOME = ("XCAV", "W06000014", "W06000008", "W15000004", "W92000004")
CALENDAR = list(csv.DictReader((REFERENCE / "release_calendar.csv").open(encoding="utf-8")))
SAYS = {"en": " old", "cy": " yn ôl"}
TOLD = "newer", "mwy diweddar"


def row_of(source: str) -> dict[str, str]:
    """Return the row of the calendar that speaks of a source: that of the longest beginning of its name."""
    return max((r for r in CALENDAR if source.startswith(r["source_prefix"])), key=lambda r: len(r["source_prefix"]))


def releases_missed(source: str, end: date, *, day: date) -> int:
    """Count the releases since the one that brought a period, month by month, as a reader with the calendar would."""
    row = row_of(source)
    if row["kind"] == "one_off":
        return 0
    months = {int(m) for m in row["release_months"].split()}
    out, month = [], date(end.year, end.month, 1)
    while (month := (month + timedelta(days=32)).replace(day=1)) <= day:
        over = (month + timedelta(days=32)).replace(day=1) <= day
        lag = (month.year - end.year) * 12 + month.month - end.month
        if month.month in months and lag >= int(row["lag_months"]):
            out.append(over)
    return sum(out[1:])


def older(figures: tuple[Observation, ...], *, counted_alone: bool) -> list[Observation]:
    """Return the newest figure of each measure that is older than a cycle; people that a rate is per left out."""
    newest: dict[str, Observation] = {}
    for one in figures:
        if one.measure not in newest or newest[one.measure].period.end < one.period.end:
            newest[one.measure] = one
    if counted_alone and len(newest) > 1:
        newest.pop("population", None)
    day = age.today()
    return [o for o in newest.values() if releases_missed(o.source, o.period.end, day=day)]


@pytest.fixture(scope="module")
def told(build) -> list[tuple[str, Message]]:
    """Return every message of every place."""
    views = (View(place=queries.area(code, build=build), lang="en", build=build) for code in PLACES)
    return [(view.place.code, message) for view in views for message in findings.messages(view)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_of_every_place_that_rests_on_an_old_figure_says_its_age_in_its_own_words(told, lang):
    old = [(code, m) for code, m in told if older(m.observations, counted_alone=True)]
    fresh = [(code, m) for code, m in told if m.observations and not older(m.observations, counted_alone=True)]
    assert {code for code, _ in old} == set(PLACES)
    assert fresh
    assert [f"{code} {m.rule}" for code, m in old if SAYS[lang] not in m.text(lang)] == []
    assert [f"{code} {m.rule}" for code, m in fresh if m.age.text(lang)] == []


def test_an_old_figure_stands_lower_than_its_rule_and_the_older_the_lower(told):
    weight = {rule.id: rule.importance for rule in RULES}
    for code, message in told:
        most = weight[message.rule] + NOTABLE - message.age.lowers_rank_by
        assert message.importance <= most, f"{code} {message.rule}"
        assert bool(message.age.lowers_rank_by) == bool(message.age.text("en")), f"{code} {message.rule}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_old_figure_of_every_block_says_its_age_under_its_title_and_in_its_files(build, lang):
    looked_at = 0
    for place in SOME:
        view = View(place=queries.area(place, build=build), lang=lang, build=build)
        for name, make in every_block().items():
            figure = make(view)
            if not isinstance(figure, Figure):
                continue
            assert figure.newest, f"{name} {place}: whose age?"
            is_old = bool(older(figure.newest, counted_alone=False))
            assert bool(figure.age) == is_old, f"{name} {place}"
            if is_old and place == "XCAV":
                looked_at += 1
                assert SAYS[lang] in figure.subtitle, name
                assert figure.age in figure.subtitle, name
                rows = csv_bytes(figure, lang=lang).decode("utf-8-sig")
                assert rows.count(figure.age) == len(figure.table.rows), name
                book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(figure, lang=lang, build=build)))
                assert all(figure.subtitle in str(book.get_sheet_by_name(s).to_python()) for s in book.sheet_names), (
                    name
                )
    assert looked_at > 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_and_the_small_tables_say_it_beside_the_period(build, lang):
    view = View(place=queries.area("XCAV", build=build), lang=lang, build=build)
    for one in latest.figures(view):
        measure = next(m for m in queries.measures(build=build).values() if m.name.text(lang) == one.name)
        where = next(a for a in queries.areas(build=build).values() if a.name.text(lang) == one.where)
        newest = queries.series(measure.code, where.code, build=build).latest
        assert bool(one.age) == bool(older((newest,), counted_alone=False)), one.name
    for table in (summary.routes(view), summary.context(view)):
        at = [c.key for c in table.table.columns].index("period")
        assert all(isinstance(row[at], str) for row in table.table.rows)
    offences = summary.offences(view)
    newest = queries.series("rra_offences", "W15000003", build=build).latest
    assert (SAYS[lang] in offences.caption) == bool(older((newest,), counted_alone=False))


def test_nothing_is_called_published_that_a_calendar_does_not_promise(build):
    """An irregular or ended publication has an age and no newer figure that anybody could name."""
    for held in queries.catalogue(build=build):
        row = row_of(held.source.code)
        words = age.of(held.source, queries_period(held, build)).text("en")
        if row["kind"] != "regular":
            assert not any(word in words for word in TOLD), held.source.code


def queries_period(held, build):
    rows = store.rows(
        "SELECT period_start, period_months FROM observation WHERE source = $s ORDER BY period_start DESC LIMIT 1",
        {"s": held.source.code},
        build=build,
    )
    return age.Period(start=rows[0]["period_start"], months=rows[0]["period_months"])


def test_what_was_remembered_yesterday_is_made_anew_today(build, monkeypatch):
    view = View(place=queries.area("XCAV", build=build), lang="en", build=build)
    made = {}
    for day in ("2026-11-29", "2028-03-01"):
        monkeypatch.setenv(age.TODAY, day)
        made[day] = (findings.messages(view), every_block()["asylum_support"](view))
    before, after = made.values()
    assert not before[1].age or before[1].age != after[1].age
    assert "over a year old" in after[1].subtitle
    assert [m.text("en") for m in before[0]] != [m.text("en") for m in after[0]]
