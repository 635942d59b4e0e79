"""From figures and days to pixels, and the round numbers and years written along the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from sys import float_info

from dashboard.charts.letters import text_width

YEAR_STEPS = (1, 2, 5, 10, 20, 50)
APART = 12  # pixels between two numbers along an axis


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A straight scale: `low` is drawn at pixel `start`, `high` at pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def are_whole(values: Iterable[float | None]) -> bool:
    """Return whether all the numbers held are whole, as counts are; False where none is held."""
    numbers = [value for value in values if value is not None]
    return bool(numbers) and all(float(value).is_integer() for value in numbers)


def round_steps(rough: float, *, whole: bool = False) -> Iterator[float]:
    """Yield steps between round numbers, the smallest about as large as `rough`; `whole` leaves out those below 1."""
    unit = 10.0 ** floor(log10(max(rough, float_info.min)))
    return (max(times * unit, 1.0) if whole else times * unit for times in (1, 2, 5, 10, 20))


def ticks(low: float, high: float, *, most: int, whole: bool = False) -> list[float]:
    """Return round numbers within a range, at most `most` of them; `whole` leaves out halves and fifths of one.

    Example: from 0 to 394 with `most` 5 they are 0, 100, 200, 300.
    """
    for step in round_steps((high - low) / most, whole=whole):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [round(n * step, 10) for n in range(first, last + 1)]
    raise AssertionError("twenty units hold at most as many round numbers as were asked for")


def fitting(across: Scale, *, size: float, most: int, whole: bool = False) -> list[float]:
    """Return the most round numbers of a scale, `most` at most, that stand clear of each other when written."""
    marks: list[float] = []
    for many in range(most, 0, -1):
        marks = ticks(across.low, across.high, most=many, whole=whole)
        widest = max((text_width(tick_text(v), size=size) for v in marks), default=0)
        if len(marks) > 1 and abs(across.at(marks[1]) - across.at(marks[0])) >= widest + APART:
            return marks
    several = (ticks(across.low, across.high, most=many, whole=whole) for many in (3, 4, 5))
    ends = next(([numbers[0], numbers[-1]] for numbers in several if numbers and numbers[0] == 0), marks)
    if len(ends) < 2:
        return ends
    apart = sum(text_width(tick_text(v), size=size) for v in ends) / 2 + APART
    return ends if ends[0] != ends[-1] and abs(across.at(ends[-1]) - across.at(ends[0])) >= apart else marks[:1]


def tick_text(value: float) -> str:
    """Write a round number with commas and a true minus: 20000 is "20,000"."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def tick_texts(values: Sequence[float]) -> list[str]:
    """Write the round numbers of one scale with as many decimals as the finest of them: −4.0, −0.7, 14.0."""
    places = max((len(tick_text(value).partition(".")[2]) for value in values), default=0)
    return [f"{value:,.{places}f}".replace("-", "−") for value in values]


def day(at: str) -> int:
    """Return the number of an ISO day; ValueError for anything else."""
    return date.fromisoformat(at).toordinal()


def years(first: int, last: int, *, most: int) -> list[tuple[int, str]]:
    """Return the first days of the years from day `first` to day `last` with their names, at most `most` of them.

    A stretch that holds no such day is named by the year of its first day.
    """
    low, high = date.fromordinal(first).year, date.fromordinal(last).year
    every = [(date(year, 1, 1).toordinal(), year) for year in range(low, high + 2)]
    within = [(at, year) for at, year in every if first <= at <= last]
    for step in YEAR_STEPS:
        ticks = [(at, str(year)) for at, year in within if year % step == 0]
        if len(ticks) <= most:
            return ticks or [(within[0][0], str(within[0][1])) if within else (first, str(low))]
    return [(within[0][0], str(within[0][1]))]
