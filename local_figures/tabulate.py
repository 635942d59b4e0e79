"""From the lines of an edition to cells in the shape of every figure, and how those cells add up.

The awkward fact: a line may have six columns that say what it counts, and nobody is shown all six. What is shown is a
few tables of one or two, so cells are sums over the others, and two tables of the same lines give each other away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cohesion.vocabulary import TOTAL
from local_figures import places, weeks
from local_figures.checking.check import NIL
from local_figures.control.model import Bound, Sum
from local_figures.templates import Template

WEEKLY = "week_start"  # what a template of weeks begins with: its weeks are added up to quarters
PERIODS = {"quarter": 3, "year": 12, "academic_year": 12, "period": 12, "date": 0, WEEKLY: 3}
Line = Mapping[str, str]
Group = tuple[str, ...]
Days = tuple[str, str]  # the first and the last of some
REST = "rest"  # those of the larger number that are not of the smaller: not accepted, not satisfied


@dataclass(frozen=True, kw_only=True, order=True)
class Cell:
    """What one figure is of, as everywhere: measure, area, period and category."""

    measure: str
    area: str
    start: str
    months: int
    category: tuple[tuple[str, str], ...]  # columns and their codes

    @property
    def key(self) -> tuple[str, ...]:
        """Return the cell as what tells it from every other."""
        return (
            self.measure,
            self.area,
            self.start,
            str(self.months),
            *(f"{name}={code}" for name, code in self.category),
        )


@dataclass(frozen=True, kw_only=True)
class Tabulated:
    """Every cell of an edition, and how they add up."""

    counts: Mapping[Cell, int]
    sums: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    bounds: tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]

    def relations(self, name: Mapping[Cell, tuple[str, ...]]) -> tuple[tuple[Sum, ...], tuple[Bound, ...]]:
        """Return how the cells add up, under the names that they have among several editions."""
        sums = tuple(Sum(total=name[total], parts=tuple(name[part] for part in parts)) for total, parts in self.sums)
        bounds = tuple(
            Bound(at_most=tuple(name[cell] for cell in few), of=tuple(name[cell] for cell in many))
            for few, many in self.bounds
        )
        return sums, bounds


def tabulated(template: Template, lines: Mapping[int, Line]) -> Tabulated:
    """Return the cells of an edition: its tables, larger areas, whole years, and what is left of a larger number."""
    counts: dict[Cell, int] = {}
    sums: list[tuple[Cell, tuple[Cell, ...]]] = []
    over = _over(lines.values(), template)
    for dims in template.by:
        counts |= _table(over, template, dims)
    _rests(counts, sums, template)
    sums += _nested(counts, template)  # of larger areas and years it follows: some of their parts may not be held
    if not template.authority_only:
        _add(counts, sums, _areas(counts))
    _add(counts, sums, _years(counts))
    adding, bounds = _totals(counts, template)
    counts |= {
        parts[-1]: counts[whole] - sum(counts[part] for part in parts[:-1])
        for whole, parts in adding
        if parts[-1] not in counts
    }
    return Tabulated(counts=counts, sums=(*sums, *adding), bounds=tuple(bounds))


def weeks_returned(
    template: Template, lines: Collection[Line], cells: Iterable[Cell]
) -> Mapping[Cell, tuple[int, int]]:
    """Return on how many returns of its areas' weeks each cell stands, nil returns too, and on how many it should.

    Nothing where a template has no weeks.
    """
    if WEEKLY not in template.row_key:
        return {}
    returned = {(date.fromisoformat(line[WEEKLY]), line["area_code"]) for line in lines}
    counts = {}
    for cell in cells:
        areas = places.wholes().get(cell.area, (cell.area,))
        mondays = weeks.mondays(date.fromisoformat(cell.start), months=cell.months)
        expected = {(monday, area) for monday in mondays for area in areas}
        counts[cell] = (len(expected & returned), len(expected))
    return counts


def days_taken(template: Template, lines: Collection[Line]) -> Mapping[Cell, Days]:
    """Return of each cell between which days the figures behind it were taken; nothing where rows name no day."""
    if template.taken_on is None:
        return {}
    days: dict[Cell, set[str]] = defaultdict(set)
    within: dict[str, list[str]] = defaultdict(list)
    for whole, members in places.wholes().items():
        for member in members:
            within[member].append(whole)
    for line in (line for line in lines if line.get(template.taken_on)):
        for dims in template.by:
            cell = cell_of(line, template, dims, template.numbers[0])
            for area in (cell.area, *within[cell.area]):
                for start, months in ((cell.start, cell.months), (_year_of(cell.start), 12)):
                    days[replace(cell, area=area, start=start, months=months)].add(line[template.taken_on])
    return {cell: (min(days_of_cell), max(days_of_cell)) for cell, days_of_cell in days.items()}


def _year_of(day: str) -> str:
    """Return the first day of a day's financial year."""
    return f"{int(day[:4]) - (day[5:7] < '04')}-04-01"


def _over(lines: Collection[Line], template: Template) -> Collection[Line]:
    """Return the lines of the quarters that are over, of a weekly template: those before its newest week's.

    A line of a later quarter is what shows that one is over, whatever day an edition is looked at: control has to find
    the same cells in it each time.
    """
    if WEEKLY not in template.row_key or not lines:
        return lines
    running = weeks.quarter_of(max(date.fromisoformat(line[WEEKLY]) for line in lines))
    return [line for line in lines if weeks.quarter_of(date.fromisoformat(line[WEEKLY])) < running]


def _table(lines: Collection[Line], template: Template, dims: tuple[str, ...]) -> dict[Cell, int]:
    """Return one table: lines added up over the columns that it does not show.

    A sum is left out where one of its numbers is empty or may not be told, and where a group has no line for it that
    others beside it have: part of a sum is not shown as the whole, and a total stands beside parts of the same groups.
    """
    large = _large(lines, template)
    sums: dict[Cell, int] = defaultdict(int)
    gaps: set[Cell] = set()
    groups: dict[Cell, set[Group]] = defaultdict(set)  # that stand behind each cell
    beside: dict[Cell, set[Group]] = defaultdict(set)  # and behind it or a cell with another part of the same total
    for line in lines:
        if any(line[name] == NIL for name in template.nil if name in dims):
            continue  # that there was nothing is no theme: it stands in the total alone
        group = _group(line, template)
        is_told = _enough(line, template) and (large is None or group in large)
        for measure in template.numbers:
            cell = cell_of(line, template, dims, measure)
            beside[_but_total(cell, template)].add(group)
            if template.total and template.total not in dims and line[template.total] != TOTAL:
                continue
            sums[cell] += int(line[measure] or 0)
            groups[cell].add(group)
            if not line[measure] or not is_told:
                gaps.add(cell)
    gaps |= {cell for cell in sums if groups[cell] != beside[_but_total(cell, template)]}
    return {cell: count for cell, count in sums.items() if cell not in gaps}


def _enough(line: Line, template: Template) -> bool:
    """Return whether enough schools, or people, stand behind a line for it to be told at all."""
    if template.least_of is None:
        return True
    name, least = template.least_of
    return float(line[name] or 0) >= least


def _large(lines: Collection[Line], template: Template) -> set[Group] | None:
    """Return the groups whose total is known and large enough to be told in parts; None where any is."""
    if not template.least_group or template.total is None:
        return None
    totals = {_group(line, template): line[template.numbers[0]] for line in lines if line[template.total] == TOTAL}
    return {group for group, total in totals.items() if int(total or 0) >= template.least_group}


def _group(line: Line, template: Template) -> Group:
    """Return what a total and its parts have in common."""
    return tuple(line[name] for name in template.row_key if name != template.total)


def _but_total(cell: Cell, template: Template) -> Cell:
    return replace(cell, category=tuple(pair for pair in cell.category if pair[0] != template.total))


def cell_of(line: Line, template: Template, dims: tuple[str, ...], measure: str) -> Cell:
    """Return the cell to which a line adds one of its numbers."""
    name = template.row_key[0]
    start = line[name]
    if name == WEEKLY:
        start = weeks.quarter_of(date.fromisoformat(start)).isoformat()
    elif PERIODS[name] == 12:
        start = f"{start[:4]}-{'09' if name == 'academic_year' else '04'}-01"
    category = tuple((dim, line[dim]) for dim in dims)
    area = line.get("area_code", "")
    return Cell(measure=f"{template.key}.{measure}", area=area, start=start, months=PERIODS[name], category=category)


def _rests(counts: dict[Cell, int], sums: list[tuple[Cell, tuple[Cell, ...]]], template: Template) -> None:
    """Add what is left of a larger number beside a smaller one of the same row: it can be 1 to 4 as well."""
    for smaller, larger in template.limits:
        for whole in [cell for cell in counts if cell.measure == f"{template.key}.{larger}"]:
            part = replace(whole, measure=f"{template.key}.{smaller}")
            if part in counts:
                rest = replace(whole, measure=f"{template.key}.{larger}.{REST}.{smaller}")
                counts[rest] = counts[whole] - counts[part]
                sums.append((whole, (part, rest)))


def _areas(counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    for whole, members in places.wholes().items():
        first = min(members)
        for cell in [cell for cell in counts if cell.area == first]:
            yield replace(cell, area=whole), tuple(replace(cell, area=member) for member in sorted(members))


def _years(counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Yield each financial year of four quarters."""
    for cell in [cell for cell in counts if cell.months == 3 and cell.start[5:7] == "04"]:
        year = int(cell.start[:4])
        starts = (f"{year}-04-01", f"{year}-07-01", f"{year}-10-01", f"{year + 1}-01-01")
        yield replace(cell, months=12), tuple(replace(cell, start=start) for start in starts)


def _add(
    counts: dict[Cell, int],
    sums: list[tuple[Cell, tuple[Cell, ...]]],
    wholes: Iterator[tuple[Cell, tuple[Cell, ...]]],
) -> None:
    """Add each whole of which every part is held."""
    for whole, parts in list(wholes):
        if all(part in counts for part in parts):
            counts[whole] = sum(counts[part] for part in parts)
            sums.append((whole, parts))


def _nested(counts: Mapping[Cell, int], template: Template) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Yield what a table with fewer columns has of one with more."""
    for few in template.by:
        for many in (dims for dims in template.by if set(few) < set(dims)):
            parts: dict[Cell, list[Cell]] = defaultdict(list)
            for cell in counts:
                if tuple(name for name, _ in cell.category) == many:
                    parts[replace(cell, category=tuple(pair for pair in cell.category if pair[0] in few))].append(cell)
            for whole, members in parts.items():
                if whole in counts:  # then no part of it was left out
                    yield whole, tuple(members)


def _totals(
    counts: Mapping[Cell, int], template: Template
) -> tuple[list[tuple[Cell, tuple[Cell, ...]]], list[tuple[tuple[Cell, ...], tuple[Cell, ...]]]]:
    """Return how each total stands to its parts: their sum, at least each, at most all where that holds.

    Where parts add up to a total and not all of them are held, what is left of it is a cell of its own, the last of the
    parts: whoever reads the others works it out.
    """
    sums: list[tuple[Cell, tuple[Cell, ...]]] = []
    bounds: list[tuple[tuple[Cell, ...], tuple[Cell, ...]]] = []
    name = template.total
    if name is None:
        return sums, bounds
    codes = [code for code in template.column(name).choices if code != TOTAL]
    for whole in [cell for cell in counts if (name, TOTAL) in cell.category]:
        named = {
            code: replace(whole, category=tuple((n, code if n == name else c) for n, c in whole.category))
            for code in codes
        }
        parts = tuple(cell for cell in named.values() if cell in counts)
        if template.adds:
            rest = replace(whole, measure=f"{whole.measure}.{REST}")
            sums += [(whole, parts if len(parts) == len(codes) else (*parts, rest))] if parts else []
        else:
            bounds += [((part,), (whole,)) for part in parts]
            # a crime may be of no part on the list: a bound that the numbers break would let anything be worked out
            covered = len(parts) == len(codes) and counts[whole] <= sum(counts[part] for part in parts)
            bounds += [((whole,), parts)] if covered else []
    return sums, bounds
