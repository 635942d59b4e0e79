"""The one door: what leaves it is controlled, over areas, years and editions, and nothing of it goes elsewhere."""

from __future__ import annotations

import logging
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from local_figures import door
from local_figures.checking.cells import Place
from local_figures.checking.check import check
from local_figures.checking.reading import read
from local_figures.control import attack
from local_figures.control.model import Hidden, Table
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import open_store
from local_figures.store.rows import kept_editions
from local_figures.templates import templates
from tests.local_figures.attacker import seen, whole_numbers

ACT = Act(workspace="zebra-council", who="ann@council.example", now=datetime(2026, 11, 29, tzinfo=UTC))
HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
QUARTERS = ("2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")
STRANDS = ("race", "religion", "sexual_orientation", "disability", "transgender")
AREAS = ("W06000015", "W06000014")
T = "police_figures"


@pytest.fixture
def store(tmp_path):
    opened = open_store(folder=tmp_path)
    editions.open_workspace(opened, ACT)
    yield opened
    opened.engine.dispose()


def rows(seed: int, areas=AREAS, quarters=QUARTERS) -> dict[tuple[str, ...], int]:
    chance = random.Random(seed)
    counts = {}
    for area in areas:
        for quarter in quarters:
            strands = {strand: int(chance.expovariate(1 / (30 if strand == "race" else 4))) for strand in STRANDS}
            counts |= {(quarter, area, strand): count for strand, count in strands.items()}
            counts[quarter, area, "total"] = max(*strands.values(), sum(strands.values()) - chance.randint(0, 2))
    return counts


def upload(store, counts) -> int:
    lines = (f"{q},{area},crime,{strand},{count},2026-10-01" for (q, area, strand), count in counts.items())
    content = "\n".join((HEADER, *lines)).encode()
    place = Place(today=date(2026, 11, 29), areas=frozenset(AREAS))
    found = check(read(content), templates()[T], place)
    assert [problem.text(lang="en") for problem in found.errors] == []
    return editions.upload(store, ACT, template=T, lines=found.lines)


def shown_counts(shown) -> dict[tuple[str, ...], int | None]:
    return {figure.cell.key: figure.count for figure in shown.figures}


def test_no_small_count_leaves_the_door_and_zeros_do(store):
    upload(store, rows(1))
    shown = door.approve(store, ACT, T, 1)
    truth = {cell.key: count for cell, count in _truth(store).items()}
    for key, count in shown_counts(shown).items():
        assert count is None or count == truth[key]
        assert not 1 <= truth[key] <= 4 or count is None
    assert any(count == 0 for count in shown_counts(shown).values())
    assert door.show(store, ACT, T).figures == shown.figures


def _truth(store):
    return door.tabulated(templates()[T], kept_editions(store, ACT.workspace, T)[-1].lines).counts


def test_larger_areas_and_whole_years_are_made_and_controlled_too(store):
    upload(store, rows(2))
    cells = [figure.cell for figure in door.preview(store, ACT, T, 1).figures]
    assert {cell.area for cell in cells} == {*AREAS, "XCAV"}
    assert {cell.months for cell in cells} == {3, 12}


def test_an_attacker_with_every_edition_narrows_no_count(store):
    for seed in range(2):
        first = rows(seed, quarters=QUARTERS[:2])
        changed = dict(first)
        for key in random.Random(seed).sample(sorted(key for key in first if key[2] != "total"), 3):
            changed[key] = max(0, min(changed[key] + 1, changed[key[0], key[1], "total"]))
        numbers = [upload(store, first)]
        door.approve(store, ACT, T, numbers[0])
        numbers.append(upload(store, changed | rows(seed + 50, quarters=QUARTERS[2:])))
        door.approve(store, ACT, T, numbers[1])
        _attack(kept_editions(store, ACT.workspace, T)[-2:])
        for number in numbers:
            editions.forget(store, ACT, template=T, number=number)


def _attack(both) -> None:
    history = [(door.tabulated(templates()[T], one.lines), one.mask) for one in both]
    names = door._names([cells for cells, _ in history])
    table = door._together(history, names)
    hidden = {}
    for (edition, mask), name in zip(history, names, strict=True):
        told = {tuple(row[:-1]): Hidden(row[-1]) for row in mask}
        hidden |= {name[cell]: told[cell.key] for cell in edition.counts if cell.key in told}
    open_in_one = {
        name[cell]
        for (edition, mask), name in zip(history, names, strict=True)
        for cell in edition.counts
        if cell.key not in {tuple(row[:-1]) for row in mask}
    }
    hidden = {key: why for key, why in hidden.items() if key not in open_in_one}
    all_editions = Table(counts=table.counts, sums=table.sums, bounds=table.bounds)
    for key, (least, most) in seen(all_editions, hidden).items():
        if hidden[key] is not Hidden.SECOND and all_editions.counts[key]:
            low, high = whole_numbers((least, most))
            assert high > low


def test_an_edition_that_is_no_draft_any_more_is_told_from_one_that_never_was(store):
    upload(store, {("2026-01-01", AREAS[0], "total"): 40})
    door.approve(store, ACT, T, 1)
    for number, refusal in ((1, "not_draft"), (2, "no_edition")):
        with pytest.raises(RefusedError, match=refusal):
            door.approve(store, ACT, T, number)


def test_a_count_that_was_shown_before_is_not_hidden_in_vain(store):
    counts = {("2026-01-01", AREAS[0], "total"): 40, ("2026-01-01", AREAS[0], "race"): 30}
    upload(store, counts)
    door.approve(store, ACT, T, 1)
    upload(store, counts | {("2026-01-01", AREAS[0], "religion"): 3})
    after = shown_counts(door.approve(store, ACT, T, 2))
    assert sorted(after.values(), key=str) == [30, 40, None]


def test_the_report_of_changes_tells_only_what_may_be_shown(store):
    counts = {("2026-01-01", AREAS[0], "total"): 40, ("2026-01-01", AREAS[0], "race"): 30}
    upload(store, counts)
    before = door.approve(store, ACT, T, 1)
    upload(store, {**counts, ("2026-01-01", AREAS[0], "race"): 35, ("2026-01-01", AREAS[0], "disability"): 2})
    report = door.changes(before, door.preview(store, ACT, T, 2))
    told = {cell.category[-1][1]: (old and old.count, new and new.count) for cell, old, new in report}
    assert told == {"race": (30, 35), "disability": (None, None)}
    assert door.changes(None, before) == tuple((figure.cell, None, figure) for figure in before.figures)


def race(count: int) -> dict[tuple[str, ...], int]:
    return {("2026-01-01", AREAS[0], "race"): count}


def test_one_more_than_last_week_is_not_told_until_five_more_are(store):
    told = []
    for number, count in enumerate((9, 10, 12, 14, 11, 0, 7), start=1):
        upload(store, race(count))
        (figure,) = door.approve(store, ACT, T, number).figures
        told.append((figure.count, figure.before))
    assert told == [
        (9, None), (None, (9, 1)), (None, (9, 1)), (14, None), (None, (14, 4)), (0, None), (None, (0, 6))
    ]  # fmt: skip


def test_what_was_told_before_is_told_to_those_alone_who_may_see_that_edition(store):
    for person, role in (("rita@council.example", "reader"), ("pat@charity.example", "partner")):
        editions.set_role(store, ACT, person=person, role=role)
    for number, (count, level) in enumerate(((20, "partners"), (9, "private"), (10, "partners")), start=1):
        upload(store, race(count))
        door.approve(store, ACT, T, number, level=level)
    before = {
        who: door.show(store, replace(ACT, who=who), T).figures[0].before
        for who in ("rita@council.example", "pat@charity.example")
    }
    assert before == {"rita@council.example": (9, 2), "pat@charity.example": (20, 1)}
    editions.withdraw(store, ACT, template=T, number=1)
    assert door.show(store, replace(ACT, who="pat@charity.example"), T).figures[0].before is None


def test_a_withdrawn_edition_is_not_shown_and_not_forgotten(store):
    upload(store, rows(3))
    door.approve(store, ACT, T, 1)
    editions.withdraw(store, ACT, template=T, number=1)
    assert door.show(store, ACT, T) is None
    assert kept_editions(store, ACT.workspace, T)[0].mask is not None


def test_an_edition_that_is_put_back_forgets_nothing_that_it_told(store, monkeypatch):
    upload(store, race(9))
    (figure,) = door.approve(store, ACT, T, 1).figures
    editions.withdraw(store, ACT, template=T, number=1)
    editions.put_back(store, ACT, template=T, number=1)
    with monkeypatch.context() as later:
        later.setattr(door, "controlled", lambda *_, **__: ((*figure.cell.key, "whole"),))
        with pytest.raises(RefusedError, match="given_away"):
            door.approve(store, ACT, T, 1)
    assert door.approve(store, ACT, T, 1).figures == (figure,)


def test_a_draft_is_shown_to_nobody_by_show(store):
    upload(store, rows(4))
    assert door.show(store, ACT, T) is None


def numbers(store, who: str, **level) -> tuple[int, str] | None:
    shown = door.show(store, replace(ACT, who=who), T, **level)
    return shown and (shown.number, shown.level)


def test_each_sees_the_newest_edition_that_was_approved_for_them(store):
    for person, role in (("rita@council.example", "reader"), ("pat@charity.example", "partner")):
        editions.set_role(store, ACT, person=person, role=role)
    for number, level in enumerate(("public", "partners", "private"), start=1):
        upload(store, rows(number, areas=AREAS[:1], quarters=QUARTERS[:1]))
        assert door.approve(store, ACT, T, number, level=level).level == level
    assert numbers(store, "rita@council.example") == (3, "private")
    assert numbers(store, "pat@charity.example") == (2, "partners")
    assert numbers(store, "pat@charity.example", level="private") == (2, "partners")  # asking is not being allowed
    assert numbers(store, ACT.who, level="partners") == (2, "partners")
    assert numbers(store, "pat@charity.example", level="public") == (1, "public")
    listed = door.editions_on_show(store, replace(ACT, who="pat@charity.example"))
    assert [(one.template, one.number, one.level) for one in listed.values()] == [(T, 2, "partners")]


def test_a_level_is_widened_and_narrowed_and_what_is_hidden_stays_the_same(store):
    editions.set_role(store, ACT, person="pat@charity.example", role="partner")
    upload(store, rows(1))
    before = door.approve(store, ACT, T, 1).figures
    assert numbers(store, "pat@charity.example") is None
    editions.set_level(store, ACT, template=T, number=1, level="partners")
    assert door.show(store, replace(ACT, who="pat@charity.example"), T).figures == before
    editions.set_level(store, ACT, template=T, number=1, level="private")
    assert numbers(store, "pat@charity.example") is None
    editions.withdraw(store, ACT, template=T, number=1)
    with pytest.raises(RefusedError) as error:
        editions.set_level(store, ACT, template=T, number=1, level="partners")
    assert error.value.key == "local.refused.not_approved"


def test_a_partner_sees_no_draft_no_list_of_editions_and_approves_nothing(store):
    editions.set_role(store, ACT, person="pat@charity.example", role="partner")
    pat = replace(ACT, who="pat@charity.example")
    upload(store, rows(1, areas=AREAS[:1], quarters=QUARTERS[:1]))
    for call in (
        lambda: door.preview(store, pat, T, 1),
        lambda: door.approve(store, pat, T, 1, level="partners"),
        lambda: editions.set_level(store, pat, template=T, number=1, level="public"),
        lambda: editions.editions(store, pat),
        lambda: editions.history(store, pat),
    ):
        with pytest.raises(RefusedError) as error:
            call()
        assert error.value.key == "local.refused.role"


def test_a_draft_is_previewed_by_who_brings_in_and_who_approves_and_no_reader(store):
    upload(store, rows(1, areas=AREAS[:1], quarters=QUARTERS[:1]))
    for role in ("reader", "editor", "approver"):
        editions.set_role(store, ACT, person=f"{role}@council.example", role=role)
        who = replace(ACT, who=f"{role}@council.example")
        if role == "reader":
            with pytest.raises(RefusedError, match="refused"):
                door.preview(store, who, T, 1)
        else:
            assert door.preview(store, who, T, 1).figures


def test_two_drafts_of_others_are_not_looked_at_side_by_side(store):
    editions.set_role(store, ACT, person="bo@council.example", role="approver")
    bo = replace(ACT, who="bo@council.example")
    for count in (40, 46):
        upload(store, race(count))
    assert [door.preview(store, ACT, T, number).figures[0].count for number in (1, 2)] == [40, 46]  # own rows
    for number, other in ((1, 2), (2, 1)):
        with pytest.raises(RefusedError) as error:
            door.preview(store, bo, T, number)
        assert (error.value.key, error.value.values) == ("local.refused.two_drafts", {"number": other})
    editions.withdraw(store, bo, template=T, number=1)
    assert door.preview(store, bo, T, 2).figures[0].count == 46


def test_a_stranger_is_let_nowhere(store):
    upload(store, rows(5))
    eve = replace(ACT, who="eve@elsewhere.example")
    for call in (lambda: door.show(store, eve, T, level="public"), lambda: door.preview(store, eve, T, 1)):
        with pytest.raises(RefusedError) as error:
            call()
        assert error.value.key == "local.refused.no_workspace"


def test_a_hidden_count_has_its_mark_and_a_shown_one_none(store):
    upload(store, rows(6))
    figures = door.preview(store, ACT, T, 1).figures
    assert {figure.marker for figure in figures if figure.count is None} == {"[c]"}
    assert {figure.marker for figure in figures if figure.count is not None} == {""}


def test_what_the_solver_does_not_prove_in_time_is_withheld(store, monkeypatch):
    upload(store, rows(1))

    def slow(*_: object, **__: object) -> None:
        raise attack.NotProvedError("no table that fits was found in time")

    monkeypatch.setattr(attack.Puzzle, "step", slow)
    assert door.preview(store, ACT, T, 1).withheld
    with pytest.raises(RefusedError) as error:
        door.approve(store, ACT, T, 1)
    assert error.value.key == "local.refused.given_away"


REPORTS = "quarter,area_code,organisation_type,strand,route,reported_to_police,count"


def reports(*rows: tuple[str, str, int]) -> bytes:
    told = (f"2026-07-01,W06000015,{organisation},{strand},self,no,{count}" for organisation, strand, count in rows)
    return "\n".join((REPORTS, *told)).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (reports(("council", "total", 15), ("council", "race", 14), ("voluntary", "race", 13)), {"race": 27}),
        (
            reports(("council", "total", 22), ("council", "race", 17), ("voluntary", "total", 20))
            + reports(*(("voluntary", strand, 6) for strand in STRANDS)).removeprefix(REPORTS.encode()),
            {"total": 42, "race": 23},
        ),
    ],
)
def test_a_file_whose_groups_lack_a_total_or_a_strand_is_shown_without_the_sums_that_would_be_parts(
    store, content, told
):
    key = "third_party_reports"
    found = check(read(content), templates()[key], Place(today=date(2026, 11, 29), areas=frozenset(AREAS)))
    assert found.errors == ()
    editions.upload(store, ACT, template=key, lines=found.lines)
    shown = door.approve(store, ACT, key, 1)
    assert {one.cell.category[0][1]: one.count for one in shown.figures if len(one.cell.category) == 1} == told


def test_no_count_word_or_workspace_reaches_a_log_line_or_an_error(store, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    number = upload(store, {("2026-01-01", AREAS[0], "total"): 918273})
    door.approve(store, ACT, T, number)
    with pytest.raises(RefusedError) as error:
        upload(store, {("2026-01-01", AREAS[0], "total"): 918273})
    with pytest.raises(RefusedError) as stranger:
        door.show(store, replace(ACT, who="eve@elsewhere.example"), T, level="public")
    out, err = capfd.readouterr()
    told = caplog.text + out + err + str(error.value) + str(stranger.value) + repr(stranger.value.values)
    assert "918273" not in told
    assert "zebra" not in told
    assert "ann@" not in told


@pytest.mark.parametrize("key", ["meeting_log", "scorecard", "local_events"])
def test_rows_for_the_workspace_alone_have_no_way_through_the_door(store, key):
    with pytest.raises(RefusedError) as error:
        door.show(store, ACT, key, level="public")
    assert error.value.key == "local.refused.not_counts"


def test_rows_are_read_of_templates_that_are_for_the_workspace_and_of_no_other(store):
    editions.amend(store, ACT, template="meeting_log", change=lambda before: {2: {"words": "ours"}})
    rows = door.lines(store, ACT, "meeting_log")
    assert (rows.number, rows.status, rows.lines) == (1, "draft", {2: {"words": "ours"}})
    by_row = {key for key, template in templates().items() if template.read_by_row}
    assert by_row == {"tension_log", "resident_survey", "scorecard", "meeting_log", "local_events"}
    for key in set(templates()) - by_row:
        with pytest.raises(RefusedError) as error:
            door.lines(store, ACT, key)
        assert error.value.key == "local.refused.not_rows"


SCORE = {"outcome": "1", "quadrant": "how_much", "item": "Visits", "period": "2025/26", "unit": "visits", "target": "9"}


def test_a_scorecard_is_for_its_workspace_until_it_is_approved_for_others_and_then_without_small_counts(store):
    rows = {2: SCORE | {"value": "3", "note": "ours"}, 3: SCORE | {"item": "Schools", "value": "12", "note": ""}}
    number = editions.upload(store, ACT, template="scorecard", lines=rows)
    assert door.scorecard(store, ACT) is None
    door.approve_scorecard(store, ACT, number, level="private")
    assert [one.newest.value for one in door.scorecard(store, ACT).measures] == [3, 12]
    assert door.scorecard(store, ACT, level="partners") is None
    changed = {**rows, 4: SCORE | {"item": "Talks", "value": "5", "note": ""}}
    later = editions.upload(store, ACT, template="scorecard", lines=changed)
    door.approve_scorecard(store, ACT, later, level="partners")
    for_partners = door.scorecard(store, ACT, level="partners")
    assert (for_partners.number, for_partners.level) == (later, "partners")
    assert [(one.newest.value, one.newest.hidden, one.newest.note) for one in for_partners.measures] == [
        (None, True, ""),
        (12, False, ""),
        (5, False, ""),
    ]
    editions.set_role(store, ACT, person="pat@partner.example", role=editions.PARTNER)
    assert door.scorecard(store, replace(ACT, who="pat@partner.example")).measures == for_partners.measures


def test_a_scorecard_is_approved_by_an_approver_alone(store):
    number = editions.upload(store, ACT, template="scorecard", lines={2: SCORE | {"value": "3", "note": ""}})
    editions.set_role(store, ACT, person="ed@council.example", role=editions.EDITOR)
    with pytest.raises(RefusedError) as error:
        door.approve_scorecard(store, replace(ACT, who="ed@council.example"), number, level="public")
    assert error.value.key == "local.refused.role"
