"""A reader who remembers every edition: the attacker of several of them, and of what one tells more than another."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from local_figures import door
from local_figures.control.model import Hidden
from local_figures.store.rows import StoredEdition
from local_figures.tabulate import Tabulated, tabulated
from local_figures.templates import templates
from tests.local_figures.attacker import ENOUGH, REACH, Line, bounds, whole_numbers

ANY_STEP = (-ENOUGH, ENOUGH)
Unknown = tuple  # a cell and the count it has in an edition: where it is the same again, the reader knows that it is


def approved(template: str, drafts: Sequence[dict[int, dict[str, str]]]) -> list[StoredEdition]:
    """Return editions as the door leaves them, each approved beside those before; a withheld one is left out."""
    seen: list[StoredEdition] = []
    for number, lines in enumerate(drafts, start=1):
        draft = StoredEdition(number=number, status="draft", level="private", settled_at=None, lines=lines, mask=None)
        mask = door.controlled(template, draft, seen)
        if mask is not None:
            seen.append(StoredEdition(**{**vars(draft), "status": "approved", "mask": mask}))
    return seen


def found(template: str, seen: Sequence[StoredEdition]) -> list[str]:
    """Return what a reader of all these editions works out: nothing, or else each cell or step, told or narrowed."""
    editions = [(tabulated(templates()[template], one.lines), _reasons(one)) for one in seen]
    counts = {(cell.key, n): n for edition, _ in editions for cell, n in edition.counts.items()}
    before, shown = _shown(editions[:-1]), _shown(editions)
    hidden = {name: _reason(name, editions) for name in counts if name not in shown}
    steps = {(*pair, "step"): pair for pair in _pairs(counts)}
    told = [f"{pair} told" for pair in steps.values() if set(pair) <= shown]
    told += [f"{name} shown" for name in shown if 1 <= counts[name] <= 4]
    lines = [*_lines(editions), *(({m: 1.0, n: -1.0, s: -1.0}, 0.0, True) for s, (n, m) in steps.items())]
    known = {name: REACH[why] for name, why in hidden.items()} | dict.fromkeys(steps, ANY_STEP)
    aims = [*(n for n, why in hidden.items() if why is not Hidden.SECOND and 1 <= counts[n] <= 4), *steps]
    now = bounds({n: counts[n] for n in shown}, known, [*lines, *_share_lines(template, seen)], aims)
    by_marks = {n for n in shown if n in before or not counts[n]}  # what marks alone leave, and what was told before
    all_hidden = {n: (5, ENOUGH) for n in shown if n not in by_marks}
    marks = bounds({n: counts[n] for n in by_marks}, known | all_hidden, lines, aims)
    for name in aims:
        one, other = (_whole(range_, name in steps) for range_ in (now[name], marks[name]))
        if one != other or one[0] == one[1]:
            told.append(f"{name}: {one} instead of {other}")
    return told


def _whole(range_: tuple[float, float], is_step: bool) -> tuple[int, int]:
    if is_step:
        low, high = range_
        return max(0, round(low)), min(5, round(high))
    return whole_numbers(range_)


def _reasons(edition: StoredEdition) -> dict[tuple[str, ...], Hidden]:
    return {tuple(row[:-1]): Hidden(row[-1]) for row in edition.mask or ()}


def _shown(editions: Sequence[tuple[Tabulated, dict]]) -> set[Unknown]:
    return {(cell.key, n) for one, why in editions for cell, n in one.counts.items() if cell.key not in why}


def _reason(name: Unknown, editions: Sequence[tuple[Tabulated, dict]]) -> Hidden:
    """Return the newest reason that was given for a hidden count."""
    return [why[name[0]] for one, why in editions if any((c.key, n) == name for c, n in one.counts.items())][-1]


def _pairs(counts: dict[Unknown, int]) -> Iterator[tuple[Unknown, Unknown]]:
    for one, other in combinations(sorted(counts, key=lambda name: counts[name]), 2):
        if one[0] == other[0] and counts[one] and 1 <= counts[other] - counts[one] <= 4:
            yield one, other


def _lines(editions: Sequence[tuple[Tabulated, dict]]) -> Iterator[Line]:
    for one, _ in editions:
        for total, parts in one.sums:
            yield _factors([(total, -1.0), *((part, 1.0) for part in parts)], one), 0.0, True
        for few, many in one.bounds:
            yield _factors([*((c, 1.0) for c in few), *((c, -1.0) for c in many)], one), 0.0, False


def _share_lines(template: str, seen: Sequence[StoredEdition]) -> Iterator[Line]:
    """Yield what each share says of its count: a percentage to one decimal, or the two ends that stand in its place."""
    for edition in seen:
        counts = tabulated(templates()[template], edition.lines).counts
        for share in door._as_shown(template, edition, edition.mask).shares:
            if share.cell in counts:  # of schools and answers there are no counts
                low, high = share.between or (share.percent or 0.0, 100.0 if share.percent is None else share.percent)
                name = (share.cell.key, counts[share.cell])
                yield {name: 1.0}, share.n * (high + 0.05) / 100, False
                yield {name: -1.0}, -share.n * (low - 0.05) / 100, False


def _factors(cells, one: Tabulated) -> dict[Unknown, float]:
    factors: dict[Unknown, float] = {}
    for cell, factor in cells:
        name = (cell.key, one.counts[cell])
        factors[name] = factors.get(name, 0.0) + factor
    return factors


def growing_log(seed: int) -> list[dict[int, dict[str, str]]]:
    """Return the drafts of a weekly log that grows, the same for the same seed: now and then a week is put right."""
    chance = random.Random(seed)
    themes = ("race", "religion", "migration", "protest")[: chance.randint(1, 4)]
    areas = ("W06000015", "W06000014")[: chance.choice((1, 1, 2))]
    level, first = chance.choice((1, 2, 4, 8)), date(2026, 1, 5) + timedelta(weeks=chance.randint(0, 10))
    rows: list[dict[str, str]] = []
    drafts = []
    for week in range(chance.randint(2, 5)):
        for area in areas:
            for theme in themes:
                count = int(chance.expovariate(1 / level)) if chance.random() < 0.7 else 0
                if count:
                    rows.append(_tension(first + timedelta(weeks=week), area, theme, count))
        if rows and chance.random() < 0.2:
            at = chance.randrange(len(rows))
            rows[at] = rows[at] | {"count": str(max(1, int(rows[at]["count"]) + chance.choice((-1, 1, 2))))}
        if rows:
            later = _tension(date(2026, 7, 6), areas[0], themes[0], 0)  # so that every quarter before it is over
            drafts.append(dict(enumerate([*rows, later], start=2)))
    return drafts


def _tension(week: date, area: str, theme: str, count: int) -> dict[str, str]:
    row = dict.fromkeys(templates()["tension_log"].names, "")
    return (
        row
        | {"week_start": week.isoformat(), "area_code": area, "theme": theme, "count": str(count)}
        | {"tension_kind": "experienced"}
    )


STRANDS = ("race", "religion", "disability")


def revised_figures(seed: int) -> list[dict[int, dict[str, str]]]:
    """Return the drafts of police figures that grow by a quarter and are put right, the same for the same seed."""
    chance = random.Random(seed)
    areas = ("W06000015", "W06000014")[: chance.randint(1, 2)]
    counts: dict[tuple[str, str, str], int] = {}
    drafts = []
    for quarter in ("2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")[: chance.randint(2, 4)]:
        for key in [key for key in counts if key[2] != "total" and chance.random() < 0.3]:
            counts[key] = max(0, counts[key] + chance.choice((-3, -1, 1, 1, 2, 6)))
        for area in areas:
            for strand in STRANDS[: chance.randint(1, 3)]:
                counts[area, quarter, strand] = int(chance.expovariate(1 / chance.choice((2, 6, 20))))
        for area, told in {(a, q) for a, q, _ in counts}:
            parts = [counts[area, told, s] for s in STRANDS if (area, told, s) in counts]
            counts[area, told, "total"] = max(*parts, 0, sum(parts) - chance.choice((0, 0, 1)))
        lines = enumerate(sorted(counts.items()), start=2)
        drafts.append({at: _police(*key, count) for at, (key, count) in lines})
    return drafts


def _police(area: str, quarter: str, strand: str, count: int) -> dict[str, str]:
    return {
        "quarter": quarter,
        "area_code": area,
        "crime_or_incident": "crime",
        "strand": strand,
        "count": str(count),
        "extracted_on": "2026-10-01",
    }


def services(seed: int) -> list[dict[int, dict[str, str]]]:
    """Return drafts of support given, a quarter more each, with numbers of one row that stand within each other."""
    return _nested(seed, "support", {"area_code": "W06000015", "service": ""}, "service")


def courses(seed: int) -> list[dict[int, dict[str, str]]]:
    """Return drafts of training, a quarter more each."""
    return _nested(seed, "training", {"department": "Education", "course": ""}, "course")


def _nested(seed: int, template: str, fixed: dict[str, str], name: str) -> list[dict[int, dict[str, str]]]:
    chance, form = random.Random(seed), templates()[template]
    rows: list[dict[str, str]] = []
    drafts = []
    for quarter in ("2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")[: chance.randint(1, 4)]:
        for what in "abc"[: chance.randint(1, 3)]:
            row = {"quarter": quarter, **fixed, name: what}
            row |= {n: str(int(chance.expovariate(1 / 12))) for n in form.numbers}
            for smaller, larger in form.rules:
                row[smaller] = str(max(0, int(row[larger]) - int(chance.expovariate(1 / 4))))
            rows.append(row)
        if chance.random() < 0.3:
            row = chance.choice(rows)
            row |= {form.rules[-1][0]: str(max(0, int(row[form.rules[-1][0]]) - 1))}
        drafts.append({at: dict(row) for at, row in enumerate(rows, start=2)})
    return drafts


def results(seed: int) -> list[dict[int, dict[str, str]]]:
    """Return drafts of outcomes that are put right: an open case is settled, and the total stays."""
    chance = random.Random(seed)
    groups = ("charged", "out_of_court", "evidence", "open")[: chance.randint(2, 4)]
    counts = {group: int(chance.expovariate(1 / chance.choice((3, 8, 20)))) for group in groups}
    left, drafts = chance.choice((0, 0, 2, 7)), []
    for _ in range(chance.randint(1, 3)):
        row = {"year": "2025/26", "area_code": "W06000015", "cohort_year": "2025/26"}
        every = {**counts, "total": sum(counts.values()) + left}
        drafts.append(
            {at: row | {"outcome_group": g, "count": str(n)} for at, (g, n) in enumerate(every.items(), start=2)}
        )
        moved = min(counts[groups[-1]], chance.choice((1, 2, 6)))
        counts[groups[-1]] -= moved
        counts[groups[0]] += moved
    return drafts


MADE = {  # drafts by template, from a seed
    "tension_log": growing_log,
    "police_figures": revised_figures,
    "support": services,
    "training": courses,
    "outcomes": results,
}
