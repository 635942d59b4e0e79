"""The weekly tension return: what is typed, which weeks have none, what the rows come to, and how fast it was met.

The awkward fact: a week without a return is not a week without tension. Only a nil return says that there was nothing;
where one is missing, the week has no number, and no range is made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from dashboard.i18n import Language
from dashboard.statistics import ExpectedRange, expected_range
from local_figures.checking.check import NIL, Line, Lines
from local_figures.store.editions import RefusedError
from local_figures.templates import templates
from local_figures.typed import FIRST, Change, adding
from local_figures.weeks import WEEK, after, monday, mondays, quarter_of

TEMPLATE = "tension_log"
LEVELS = "tension_levels"  # the list of what a partnership calls its levels
FEWEST_OF_MEDIAN = 5
KINDS = ("experienced", "evidenced", "potential")
By = Literal["theme", "tension_kind"]
Length = Literal["week", "quarter"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row that tells of something, by its place in the edition."""

    at: int
    line: Line

    @property
    def week(self) -> date:
        """Return the Monday of its week."""
        return date.fromisoformat(self.line["week_start"])

    @property
    def count(self) -> int:
        """Return how many it tells of."""
        return int(self.line["count"])

    @property
    def is_open(self) -> bool:
        """Return whether nobody has closed it."""
        return not self.line["closed_on"]

    def days_to(self, column: str) -> int | None:
        """Return the days from the Monday of its week to a day of its own; None where there is none yet."""
        return (date.fromisoformat(self.line[column]) - self.week).days if self.line[column] else None


@dataclass(frozen=True, kw_only=True)
class Pace:
    """What was done about some entries and how fast: medians in days from the Monday of the week, each with its n.

    They are of the entries that have the day already; None below five of those.
    """

    entries: int
    acted: int
    days_to_action: float | None
    closed: int
    days_to_closing: float | None

    @property
    def open(self) -> int:
        """Return how many nobody has closed."""
        return self.entries - self.closed


@dataclass(frozen=True, kw_only=True)
class Span:
    """A week or a quarter: its first day, and how many of the returns that it wants there are."""

    start: date
    expected: int
    returned: int

    @property
    def is_whole(self) -> bool:
        """Return whether no return is missing in it."""
        return self.expected == self.returned


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the returns of some areas come to, span by span; the number of a span with no return at all is None."""

    length: Length
    spans: tuple[Span, ...]
    total: tuple[int | None, ...]
    parts: Mapping[str, tuple[int | None, ...]]

    def expected(self, part: str | None = None) -> ExpectedRange:
        """Return each number beside what those before it lead to expect; a span without each return takes no part.

        Quarters have season and trend. Weeks have a trend and no season, which would want years of them.
        """
        numbers = self.total if part is None else self.parts[part]
        whole = [number if span.is_whole else None for span, number in zip(self.spans, numbers, strict=True)]
        first = (self.spans[0].start.month - 1) // 3 if self.spans and self.length == "quarter" else 0
        times = range(first, first + len(whole))
        return expected_range(values=whole, times=times, per_year=4 if self.length == "quarter" else 1)


def entries(lines: Lines, *, areas: Collection[str]) -> tuple[Entry, ...]:
    """Return the rows of some areas that tell of something, oldest week first."""
    every = (Entry(at=at, line=line) for at, line in lines.items() if line["area_code"] in areas)
    return tuple(sorted((one for one in every if not is_nil(one.line)), key=lambda one: (one.week, one.at)))


def is_nil(line: Line) -> bool:
    """Return whether a row says that there was nothing to report."""
    return line["tension_kind"] == NIL


def open_entries(lines: Lines, *, areas: Collection[str]) -> tuple[Entry, ...]:
    """Return what nobody has closed, oldest first: what is to be followed up."""
    return tuple(one for one in entries(lines, areas=areas) if one.is_open)


def missing_weeks(lines: Lines, *, area: str, today: date) -> tuple[date, ...]:
    """Return the weeks over since an area's first return that have none, newest first."""
    returned = _returned(lines, [area])
    over = _weeks(min(returned, default=today), monday(today) - WEEK)
    return tuple(week for week in reversed(over) if not returned[week])


def proposed_week(lines: Lines, *, area: str, today: date) -> date:
    """Return the week that a return is likely to be for: last week until it has one, then this week."""
    last = monday(today) - WEEK
    return monday(today) if _returned(lines, [area])[last] else last


def of_week(lines: Lines, *, week: date, area: str) -> Lines:
    """Return the rows of an area's week: none where there is no return."""
    own = {"week_start": week.isoformat(), "area_code": area}
    return {at: line for at, line in lines.items() if all(line[name] == value for name, value in own.items())}


def nil_row(*, week: date, area: str) -> Line:
    """Return the row that says that an area had nothing to report in a week."""
    empty = dict.fromkeys(templates()[TEMPLATE].names, "")
    values = {"week_start": week.isoformat(), "area_code": area, "tension_kind": NIL, "theme": NIL, "count": "0"}
    return empty | values


def nil_return(*, week: date, area: str) -> Change:
    """Return the change that says that there was nothing; refused in a week of which something was told."""
    row = nil_row(week=week, area=area)

    def change(lines: Lines) -> Lines:
        week_lines = of_week(lines, week=week, area=area)
        if any(not is_nil(line) for line in week_lines.values()):
            raise RefusedError("local.refused.week_told")
        return lines if week_lines else adding(row)(lines)

    return change


def nil_taken_back(*, week: date, area: str) -> Change:
    """Return the change after which a week of an area has no return, if it had a nil return."""

    def change(lines: Lines) -> Lines:
        nil = {at for at, line in of_week(lines, week=week, area=area).items() if is_nil(line)}
        return {at: line for at, line in lines.items() if at not in nil}

    return change


def returning(row: Line) -> Change:
    """Return the change that adds a row, or its number to a row that is the same; a nil return of its week gives way.

    Two who report the same thing in the same week are two reports.
    """
    week, area = date.fromisoformat(row["week_start"]), row["area_code"]

    def change(lines: Lines) -> Lines:
        nil = {at for at, line in of_week(lines, week=week, area=area).items() if is_nil(line)}
        others = {at: line for at, line in lines.items() if at not in nil}
        same = next((at for at, line in others.items() if {**line, "count": ""} == {**row, "count": ""}), None)
        if same is None or not row["count"].isdecimal():  # what is no number is told by the check
            return adding(row)(others)
        return {**others, same: {**row, "count": str(int(others[same]["count"]) + int(row["count"]))}}

    return change


def pace(entries_of_week: Sequence[Entry]) -> Pace:
    """Return what was done about some entries and how fast."""
    acted = [days for one in entries_of_week if (days := one.days_to("first_action_on")) is not None]
    closed = [days for one in entries_of_week if (days := one.days_to("closed_on")) is not None]
    return Pace(
        entries=len(entries_of_week),
        acted=len(acted),
        days_to_action=_median(acted),
        closed=len(closed),
        days_to_closing=_median(closed),
    )


def _median(days: Sequence[int]) -> float | None:
    """Return the median of some days, None where too few entries stand behind it to be one."""
    return median(days) if len(days) >= FEWEST_OF_MEDIAN else None


def counts(lines: Lines, *, areas: Sequence[str], by: By, length: Length, today: date) -> Counts:
    """Return what the returns of some areas come to in each week, or quarter, that is over."""
    returned = _returned(lines, areas)
    weeks = _weeks(min(returned, default=today), monday(today) - WEEK)
    starts = tuple(dict.fromkeys(_start(week, length) for week in weeks))
    if length == "quarter":
        starts = tuple(start for start in starts if after(start) <= monday(today))
    numbers: dict[str, Counter[date]] = {code: Counter() for code in _codes(by)}
    for one in entries(lines, areas=areas):
        numbers[one.line[by]][_start(one.week, length)] += one.count
    spans = tuple(_span(start, length, returned, len(areas)) for start in starts)
    parts = {
        code: tuple(of_code[span.start] if span.returned else None for span in spans)
        for code, of_code in numbers.items()
    }
    total = tuple(sum(of_code[span.start] for of_code in numbers.values()) if span.returned else None for span in spans)
    return Counts(length=length, spans=spans, total=total, parts=parts)


def levels(lines: Lines, *, lang: Language) -> Mapping[str, str]:
    """Return what each level is called: its number, and the partnership's name for it where it has set one."""
    names = {line["level"]: line[f"label_{lang}"] for line in lines.values()}
    return {
        code: f"{code}: {names[code]}" if code in names else code
        for code in templates()[TEMPLATE].column("level").choices
    }


def naming(names: Mapping[str, tuple[str, str]]) -> Change:
    """Return the change that calls each level by a name in English and in Welsh; one without either has none."""
    named = ({"level": code, "label_en": en, "label_cy": cy} for code, (en, cy) in names.items() if en or cy)
    rows = dict(enumerate(named, start=FIRST))
    return lambda _: rows


def _codes(by: By) -> tuple[str, ...]:
    return tuple(code for code in templates()[TEMPLATE].column(by).choices if code != NIL)


def _returned(lines: Lines, areas: Collection[str]) -> Counter[date]:
    """Return for each week how many of some areas have a return, a nil return or another."""
    returned = {(line["week_start"], line["area_code"]) for line in lines.values() if line["area_code"] in areas}
    return Counter(date.fromisoformat(week) for week, _ in returned)


def _weeks(first: date, last: date) -> list[date]:
    return [first + WEEK * n for n in range((last - first).days // 7 + 1)]


def _start(week: date, length: Length) -> date:
    return week if length == "week" else quarter_of(week)


def _span(start: date, length: Length, returned: Counter[date], areas: int) -> Span:
    weeks = [start] if length == "week" else list(mondays(start))
    return Span(start=start, expected=len(weeks) * areas, returned=sum(returned[week] for week in weeks))
