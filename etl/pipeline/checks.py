"""Checks on both sides of `tidy`, each named for the failure it catches.

The awkward fact: most silent errors are rows that vanish. A join drops what it does not match, a
filter drops what was renamed; so counts and totals are compared on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from cohesion.vocabulary import MARKERS, TOTAL
from etl.contract import KEY_COLUMNS, TIDY_COLUMNS, ContractError, Problem
from etl.geo.geography import (
    ELSEWHERE,
    ENGLISH_FORCE,
    RECODED,
    is_new_force,
    load_areas,
    refuse_codes_beside_other_names,
    whole_of_wales,
)
from etl.reading.cells import of_each
from etl.reading.numbers import whole_numbers
from etl.reading.wording import listed

Check = Callable[[pd.DataFrame, pd.DataFrame], None]  # what was read, and what was made of it
_NUMBER = r"-?\d+(\.\d+)?"
SHOWN_AT_MOST = 20
DOUBLED = r"Ã.|â€|\ufffd"  # text decoded twice, or with a character that could not be
UNSEEN = r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"  # no line ends
DAMAGED = re.compile(f"{DOUBLED}|{UNSEEN}")
LONGEST_TOLD = 200  # letters of a cell


def reconciles_with_total(tidy: pd.DataFrame, *, measure: str) -> None:
    """Raise when the categories of an additive measure do not add to its total (areas and periods named).

    A total without its categories, or categories without their total, is a row that was lost: it is named too. A figure
    that has a marker in its place is none of these; what stands beside it may not be more than the total.
    """
    rows = tidy[tidy["measure"] == measure].assign(number=lambda f: pd.to_numeric(f["value"]))
    rows = rows[~is_new_force(rows["area_code"])]  # one that is only told of has no figures here
    where = ["area_code", "period_start", "period_months"]
    is_total = rows["category"] == TOTAL
    total, parts = rows[is_total].set_index(where)["number"], rows[~is_total].groupby(where)["number"]
    lost = sorted(map(str, set(total.index) ^ set(parts.groups)))
    if lost:
        raise ContractError(f"{measure}: expected a total and its categories; came one of the two for {listed(lost)}")
    whole = parts.count() == parts.size()
    off = parts.sum(min_count=1) - total
    off = off[(off > 0.5) | (whole & (off.abs() > 0.5))]
    if not off.empty:
        raise ContractError(
            f"{measure}: expected categories that add to the total; categories differ from the total by "
            f"{listed(off.to_dict(), most=5)}"
        )


def differences(parts: pd.Series, wholes: pd.Series, *, within: float = 0) -> dict[object, float]:
    """Return where sums differ from what is printed by more than `within`, and by how much; {} where all add up.

    What only one of the two sides has differs by the whole of it.
    """
    off = parts.subtract(wholes, fill_value=0)
    return {str(key): float(gap) for key, gap in off[off.abs() > within].items()}


def categories_add_to_total(figures: pd.DataFrame, *, categories: Iterable[str], by: Iterable[str]) -> None:
    """Raise when some of the categories do not add to the total of each group `by`: a total was counted twice.

    A category without a row is 0, as such tables print it; a total without a row, or a row without a number, is named.
    """
    parts, groups = list(categories), list(by)
    is_total, is_part = figures["category"] == TOTAL, figures["category"].isin(parts)
    rows = figures[is_total | is_part]
    printed = figures[is_total].groupby(groups)["value"].sum(min_count=1)
    added = figures[is_part].groupby(groups)["value"].sum()
    every, empty = printed.index.union(added.index), rows[rows["value"].isna()].set_index(groups).index
    is_off = printed.reindex(every) != added.reindex(every, fill_value=0)
    off = every[is_off | every.isin(empty)]
    if len(off):
        raise ContractError(f"expected {', '.join(parts)} to add to the total; not so for {listed(list(off))}")


def columns_add_to(total: str, *, parts: Iterable[str], names: str, where: str) -> Check:
    """Return a check that columns of counts add to another in every row as read; `names` has the rows' names."""
    columns = list(parts)

    def columns_add_up(read: pd.DataFrame, _tidy: pd.DataFrame) -> None:
        added = read[columns].apply(whole_numbers, where=where).sum(axis=1)
        off = read.loc[added != whole_numbers(read[total], where=where), names]
        if not off.empty:
            raise ContractError(
                f"{where}: expected {', '.join(columns)} to add to {total}; came otherwise for {listed(sorted(off))}"
            )

    return columns_add_up


def as_many(before: float, after: float, *, of: str, where: str = "") -> None:
    """Raise unless as many came out as went in."""
    if before != after:
        raise ContractError(f"{f'{where}: ' if where else ''}expected {before:,} {of} as read; came {after:,}")


def names_match_codes(
    *,
    codes: str,
    names: str,
    where: str = "areas",
    now: Mapping[str, str] = RECODED,
    only: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> Check:
    """Return a check that each row's code and name, in these columns, are of one place: a slipped cell is named.

    `only` says of each row whether it stands for a place at all; `now` gives the codes of today for codes that ended.
    """

    def names_stand_beside_their_codes(read: pd.DataFrame, _tidy: pd.DataFrame) -> None:
        rows = read[only(read)] if only else read
        refuse_codes_beside_other_names(codes=rows[codes], names=rows[names], where=where, now=now)

    return names_stand_beside_their_codes


def quarters_without_a_gap(*, ends: bool = False, where: str = "") -> Check:
    """Return a check that every quarter from the first to the last has a figure, by its first day or its last."""
    frequency, called = ("QE", "every quarter end") if ends else ("QS", "every quarter")
    prefix = f"{where}: " if where else ""

    def no_quarter_missing(_read: pd.DataFrame, tidy: pd.DataFrame) -> None:
        newest_held = sorted(set(tidy["period_start"]))
        if not newest_held:
            raise ContractError(f"{prefix}expected figures of at least one day; came none")
        expected = [day.date().isoformat() for day in pd.date_range(newest_held[0], newest_held[-1], freq=frequency)]
        if newest_held != expected:
            odd = sorted(set(newest_held) ^ set(expected))
            raise ContractError(f"{prefix}expected {called}; came otherwise: {listed(odd)}")

    return no_quarter_missing


def wrong_welsh_places(codes: pd.Series, *, days: pd.Series, kind: str = "local_authority") -> dict[str, list[str]]:
    """Return for each day the codes of Welsh places that are missing or come twice; {} where each stands once."""
    wrong = {}
    for day, there in codes.groupby(days):
        expected, came = whole_of_wales(there, kind=kind, day=str(day)), list(there)
        if odd := sorted({code for code in came if came.count(code) > 1} | (expected ^ set(came))):
            wrong[str(day)] = odd
    return wrong


def nothing_dropped(read: pd.DataFrame, tidy: pd.DataFrame, *, column: str, measures: tuple[str, ...]) -> None:
    """Raise when the sum of a count column as read differs from the sum of the tidy non-total rows."""
    before = pd.to_numeric(read[column]).sum()
    counted = tidy[tidy["measure"].isin(measures) & (tidy["category"] != TOTAL)]
    after = pd.to_numeric(counted["value"]).sum()
    if before != after:
        raise ContractError(f"expected {', '.join(measures)} to add to {before:,.0f} as read; came {after:,.0f}")


def coverage_did_not_shrink(tidy: pd.DataFrame, *, previous: Path) -> None:
    """Raise when an area or a measure that the committed table holds is missing from the new one.

    An authority or a force outside Wales may end: its nation's sums are then not made, and Compare names it among those
    without a figure. A Welsh one may where areas.csv has its last day.
    """
    if not previous.exists():
        return
    old = pd.read_csv(previous, dtype=str, keep_default_na=False)
    old = old[(old["value"] != "") | (old["marker"] != "[x]")]  # what was not available is not lost
    lost = {c: sorted(set(old[c]) - set(tidy[c].astype(str))) for c in ("measure", "area_code")}
    areas = load_areas()
    ended = set(areas.loc[areas["valid_to"] != "", "code"])
    lost["area_code"] = [
        code
        for code in lost["area_code"]
        if not (ELSEWHERE.fullmatch(code) or ENGLISH_FORCE.fullmatch(code) or code in ended)
    ]
    if any(lost.values()):
        came = "; ".join(f"{column} {listed(codes)}" for column, codes in lost.items() if codes)
        raise ContractError(f"{previous.name}: expected everything held before; lost {came}", kind="lost_part")


def is_not_an_older_edition(tidy: pd.DataFrame, *, previous: Path) -> None:
    """Raise when the new table ends before the committed one does."""
    if not previous.exists():
        return
    newest_held = pd.read_csv(previous, dtype=str, keep_default_na=False)["period_start"].max()
    now = tidy["period_start"].astype(str).max()
    if now < newest_held:
        raise ContractError(
            f"{previous.name}: expected figures to the period of {newest_held}, which we hold, or later; came an older "
            f"edition, which ends with that of {now}"
        )


def tidy_problems(cells: pd.DataFrame, *, file: str, reference: dict[str, pd.DataFrame]) -> list[Problem]:
    """Return every problem of one tidy table whose `cells` are text; row 2 is the first below the header."""
    if tuple(cells.columns) != TIDY_COLUMNS:
        return [Problem(file=file, row=1, expected=",".join(TIDY_COLUMNS), came=",".join(cells.columns))]
    problems: list[Problem] = []
    for bad, column, expected in _rules(cells, reference=reference):
        for row in cells.index[bad][:SHOWN_AT_MOST]:
            came = (
                repr(cells.at[row, column]) if column in cells.columns else "/".join(cells.loc[row, list(KEY_COLUMNS)])
            )
            problems.append(Problem(file=file, row=int(row) + 2, expected=expected, came=came))
        if bad.sum() > SHOWN_AT_MOST:
            problems.append(Problem(file=file, expected=expected, came=f"{bad.sum() - SHOWN_AT_MOST} more such rows"))
    return sorted(problems, key=lambda p: p.row or 10**9)


def _rules(cells: pd.DataFrame, *, reference: dict[str, pd.DataFrame]) -> list[tuple[Any, str, str]]:
    measures = reference["measure"].set_index("measure")
    categories = set(_pairs(reference["category"]))
    codes = set(reference["area"]["code"])
    number = pd.to_numeric(cells["value"], errors="coerce")
    signed_ok = cells["measure"].map(measures["negative"]).eq("true")
    dates = pd.to_datetime(cells["period_start"], format="%Y-%m-%d", errors="coerce")
    is_measure = of_each(cells["measure"], set(measures.index).__contains__)
    return [
        (~is_measure, "measure", "a measure of data/reference/measures.csv"),
        (
            is_measure & ~of_each(_pairs(cells), categories.__contains__),
            "category",
            "a category of this measure in data/reference/categories.csv",
        ),
        (~of_each(cells["area_code"], codes.__contains__), "area_code", "an area of data/reference/areas.csv"),
        (dates.isna(), "period_start", "a day such as 2023-07-01"),
        (
            ~cells["period_months"].str.fullmatch(r"\d{1,3}"),
            "period_months",
            "a whole number of months, 0 for a point in time",
        ),
        *[
            (~cells[c].str.fullmatch(f"({_NUMBER})?"), c, "a plain number or nothing")
            for c in ("value", "lower", "upper")
        ],
        (
            (cells["value"] == "") & (cells["marker"] == ""),
            "value",
            "a number, or a marker that says why there is none",
        ),
        (~of_each(cells["marker"], {"", *MARKERS}.__contains__), "marker", f"one of {' '.join(MARKERS)} or nothing"),
        (is_measure & (number < 0) & ~signed_ok, "value", "no negative number for this measure"),
        (_outside_interval(cells, number), "value", "lower <= value <= upper"),
        ((cells["lower"] == "") != (cells["upper"] == ""), "lower", "both ends of an interval, or neither"),
        (cells.duplicated(list(KEY_COLUMNS)), "key", "each measure, area, period and category once"),
    ]


def _pairs(cells: pd.DataFrame) -> pd.Series:
    """Return each row's measure and category as one text; no measure that we know has the sign between them."""
    return cells["measure"] + "/" + cells["category"]


def _outside_interval(cells: pd.DataFrame, number: Any) -> Any:
    lower, upper = (pd.to_numeric(cells[c], errors="coerce") for c in ("lower", "upper"))
    return (lower > number) | (number > upper)


def text_problems(cells: pd.DataFrame, *, file: str) -> list[Problem]:
    """Return cells that look decoded twice ("MÃ´n"), hold a replacement character, or one that no eye can see."""
    return [
        Problem(file=file, row=int(str(row)) + 2, expected=expected, came=repr(value[:LONGEST_TOLD]))
        for pattern, expected in ((DOUBLED, "text decoded once, as UTF-8"), (UNSEEN, "letters that can be seen"))
        for column in cells.columns
        for row, value in cells.loc[cells[column].str.contains(pattern), column].items()
    ]
