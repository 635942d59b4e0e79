"""One cell against its column: what it means in one plain form, or the key of what is wrong with it.

The awkward fact: a spreadsheet writes the same day in a dozen ways, and 03/04/2026 could be two days elsewhere. Here
the day comes first; months may be words of either language; anything else is told, not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cohesion.days import EARLIEST, day_written
from cohesion.folding import folded
from cohesion.periods import last_day
from local_figures import places
from local_figures.templates import DAYS, NUMBERS, Column

LONGEST_FREE, LONGEST_SHORT = 200, 80
LARGEST = 10_000_000
LOST = "\N{REPLACEMENT CHARACTER}"  # what a program writes that cannot tell which letter a file means
DAYS_AHEAD = 20 * 366  # beyond which nothing is due
TERMS = {"autumn": (1, 1), "spring": (5, 1), "summer": (9, 1)}  # month and day of the year after it began
YEARS = {"year": (4, 1), "school_year": TERMS["autumn"]}  # a school year is told term by term
# digits are 0 to 9 alone: those of other scripts, and the wide ones, are no figures that a form takes
_YEAR = re.compile(r"([0-9]{4})[/-]([0-9]{2}|[0-9]{4})")
_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_DECIMAL = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_MARKUP = re.compile(
    r"<[^>]{0,200}>|<[/!?]?[a-z]|&(?:#[0-9]{1,9}|#x[0-9a-f]{1,9}|[a-z]{1,40});|\]\(|javascript:", re.IGNORECASE
)
_FORMULA = re.compile(
    r"^['’]?[=+\-@＝＋－＠]|[;|；｜] ?['’]?(?:[=+@＝＋＠]|[-－](?! ))"
)  # behind what divides cells too


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong with one cell: the key of its sentence and what stands in it."""

    key: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a file is held against: the day it is, and the areas that the workspace may tell of."""

    today: date
    areas: frozenset[str]


def meaning(cell: str, column: Column, place: Place) -> str | Wrong:
    """Return a cell in its plain form, "" for an empty one that may be, or what is wrong with it."""
    if not cell:
        return "" if column.optional else Wrong(key="missing")
    if column.kind == "choice":
        return _choice(cell, column)
    if column.kind == "area":
        return _area(cell, place.areas)
    if column.kind in DAYS:
        return (
            _day(cell, column.kind, place.today) if column.kind not in YEARS else _year(cell, column.kind, place.today)
        )
    if column.kind in NUMBERS:
        return _number(cell, column.kind)
    return _text(cell, LONGEST_FREE if column.kind == "free" else LONGEST_SHORT)


def _area(cell: str, ours: frozenset[str]) -> str | Wrong:
    """Return the code of an area of the workspace; its name in either language, mutated too, stands for it."""
    code = cell if cell in ours else places.code_of(cell)
    if code is not None and code in ours:
        return code
    return Wrong(key="not_your_area", values={"came": cell[:40], "code": min(ours, default="W06000015")})


def _choice(cell: str, column: Column) -> str | Wrong:
    """Return a code of a list; its name in either language stands for it too."""
    named = folded(cell)
    for code, words in column.choices.items():
        if named in (code, *map(folded, words.values())):
            return code
    return Wrong(key="not_in_list", values={"choices": ", ".join(column.choices), "came": cell[:40]})


def day_of(cell: str) -> date | None:
    """Return the day that a cell names, or None; its year is written whole."""
    return day_written(cell, short_years=False)


def _day(cell: str, kind: str, today: date) -> str | Wrong:
    day = day_of(cell)
    if day is None:
        return Wrong(key="not_a_day", values={"came": cell[:40]})
    if kind == "monday" and day.weekday():
        return Wrong(key="not_monday", values={"monday": (day - timedelta(days=day.weekday())).isoformat()})
    if kind == "quarter" and (day.day != 1 or day.month not in (1, 4, 7, 10)):
        return Wrong(key="not_quarter", values={"came": cell[:40]})
    return _out_of_time(day, kind, today, came=cell[:40]) or day.isoformat()


def _out_of_time(day: date, kind: str, today: date, *, came: str) -> Wrong | None:
    """Return what is wrong with when a day is: long ago, far ahead, or of a period that has not ended."""
    if day.year < EARLIEST:
        return Wrong(key="too_early", values={"earliest": EARLIEST, "came": came})
    if kind == "day_to_come":
        return Wrong(key="too_far", values={"came": came}) if (day - today).days > DAYS_AHEAD else None
    if kind == "quarter":  # the last quarter of all has no day after it
        not_ended = day > today or last_day(day, months=3) >= today
        return Wrong(key="not_ended", values={"came": came}) if not_ended else None
    return Wrong(key="in_future", values={"came": came}) if day > today else None


def _ends(year: int, kind: str) -> date:
    """Return the first day on which a year's figures may be told; for a school year that of its first term."""
    return date(year + 1, *YEARS[kind])


def ended(school_year: str, term: str) -> date:
    """Return the first day after a term of a school year."""
    return date(int(school_year[:4]) + 1, *TERMS[term])


def _year(cell: str, kind: str, today: date) -> str | Wrong:
    match = _YEAR.fullmatch(cell)
    if not match or (int(match[1]) + 1) % (100 if len(match[2]) == 2 else 10_000) != int(match[2]):
        return Wrong(key="not_a_year", values={"came": cell[:40]})
    if int(match[1]) < EARLIEST:
        return Wrong(key="too_early", values={"earliest": EARLIEST, "came": cell[:40]})
    if int(match[1]) > today.year or _ends(int(match[1]), kind) > today:
        return Wrong(key="not_ended", values={"came": cell[:40]})
    return f"{match[1]}/{(int(match[1]) + 1) % 100:02d}"


def _number(cell: str, kind: str) -> str | Wrong:
    form = _WHOLE if kind == "whole" else _DECIMAL
    if not form.fullmatch(cell):
        return Wrong(key=f"not_{kind}", values={"came": cell[:40]})
    number = Decimal(cell.replace(",", ""))
    if abs(number) > LARGEST or (kind == "percent" and not 0 <= number <= 100):
        return Wrong(key=f"not_{kind}", values={"came": cell[:40]})
    digits = f"{number:f}"
    plain = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return plain if number else "0"


def _text(cell: str, longest: int) -> str | Wrong:
    if len(cell) > longest:
        return Wrong(key="too_long", values={"most": longest, "came": len(cell)})
    if LOST in cell:
        return Wrong(key="lost_letter")
    if _FORMULA.search(cell):
        return Wrong(key="like_formula")
    return Wrong(key="markup") if _MARKUP.search(cell) else cell
