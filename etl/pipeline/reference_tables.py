"""What reference tables promise each other: a line that is lost, or a code with a wrong digit, is named.

The awkward fact: they are edited by hand, and a digest would ask every editor for one more command. So each place must
stand wherever a place of its kind stands instead: what is lost in one table is missed by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cohesion.vocabulary import (
    COUNTED,
    ENGLAND,
    ENGLAND_AND_WALES,
    NORTHERN_IRELAND,
    SCOTLAND,
    UNITED_KINGDOM,
    UNITS_COUNTED,
    WALES,
    WITHOUT_LONDON,
    nation_of,
)
from etl.contract import Problem
from etl.geo.geography import current

# The wholes that the authorities of each nation are in, and the kinds of which each is in one.
_WHOLES: Mapping[str, tuple[str, ...]] = {
    ENGLAND: (ENGLAND, ENGLAND_AND_WALES, UNITED_KINGDOM),
    WALES: (WALES, ENGLAND_AND_WALES, WITHOUT_LONDON, UNITED_KINGDOM),
    SCOTLAND: (SCOTLAND, UNITED_KINGDOM),
    NORTHERN_IRELAND: (NORTHERN_IRELAND, UNITED_KINGDOM),
}
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    ENGLAND: ("police_force",),
    WALES: ("police_force", "community_safety_partnership"),
}


def member_problems(*, areas: pd.DataFrame, members: pd.DataFrame) -> Iterator[Problem]:
    """Yield each of today's authorities that lacks a whole it must be in, or that has two where it must have one."""
    kinds = dict(zip(areas["code"], areas["kind"], strict=True))
    of = members.groupby("member_code")["area_code"].agg(list).to_dict()
    for code in _today(areas, kind="local_authority"):
        wholes = of.get(code, [])
        for whole in (one for one in _WHOLES.get(nation_of(code), ()) if one not in wholes):
            yield Problem(file="area_members.csv", expected=f"{code} in {whole}", came="no such line")
        for kind in _ONE_OF.get(nation_of(code), ()):
            there = [one for one in wholes if kinds.get(one) == kind]
            if len(there) != 1:
                came = ", ".join(there) or "none"
                yield Problem(file="area_members.csv", expected=f"{code} in one {kind.replace('_', ' ')}", came=came)


def measure_problems(measures: pd.DataFrame) -> Iterator[Problem]:
    """Yield each measure that counts what nobody knows, what its unit is not, or not what another of its unit does."""
    bases = zip(measures["measure"], measures["base_en"], measures["base_cy"], strict=True)
    for row, (code, english, welsh) in enumerate(bases, 2):
        if bool(english) != bool(welsh):
            expected = f"whom a share of {code} is of in both languages, or in neither"
            yield Problem(file="measures.csv", row=row, expected=expected, came=english or welsh)
    shares = measures[(measures["counts"] == "percent") & (measures["balance"] != "true")]
    for row, code, decimals in zip(shares.index + 2, shares["measure"], shares["decimals"], strict=True):
        if decimals not in ("0", "1"):  # "under 0.1%" is said of what would be written as none
            expected = f"0 or 1 in decimals of {code}, a share in per cent"
            yield Problem(file="measures.csv", row=row, expected=expected, came=decimals)
    first: dict[str, tuple[str, str]] = {}
    cells = zip(*(measures[name] for name in ("measure", "unit_en", "kind", "counts")), strict=True)
    for row, (code, unit, kind, counts) in enumerate(cells, 2):
        if counts not in COUNTED:
            expected = f"one of {', '.join(COUNTED)} in counts of {code}: what one of its unit is"
            yield Problem(file="measures.csv", row=row, expected=expected, came=counts or "nothing")
            continue
        of_unit = _counted_by(unit=unit, kind=kind)
        if counts not in of_unit:
            expected = f"{' or '.join(of_unit)} in counts of {code}, whose unit is {unit} and whose kind is {kind}"
            yield Problem(file="measures.csv", row=row, expected=expected, came=counts)
            continue
        other, usual = first.setdefault(unit, (code, counts))
        if counts != usual:
            expected = f"{usual} in counts of {code}, as {other} has, whose unit is {unit} too"
            yield Problem(file="measures.csv", row=row, expected=expected, came=counts)


def _counted_by(*, unit: str, kind: str) -> tuple[str, ...]:
    """Return what one of a unit may be: of a share per cent alone, and of no other unit what a sign or a word says."""
    of_sign = next(
        (counts for sign, counts in UNITS_COUNTED.items() if unit == sign or unit.startswith(f"{sign} ")), ""
    )
    if of_sign or kind == "share":
        return (of_sign or "percent",)
    return tuple(counts for counts in COUNTED if counts not in ("percent", "pounds"))


def lookup_problems(*, areas: pd.DataFrame, lookup: pd.DataFrame) -> Iterator[Problem]:
    """Yield each small area of today that the lookup lacks, and each that it has under a code of another kind."""
    for column, kind in {"lsoa21_code": "lsoa", "msoa21_code": "msoa", "ward_code": "ward"}.items():
        codes, named = set(_today(areas, kind=kind)), set(lookup[column])
        for code in sorted(codes - named) if kind != "ward" else ():  # best fit: a ward may have no LSOA
            yield Problem(file="small_area_lookup.csv", expected=f"a line of {kind} {code}", came="none")
        for code in sorted(named - codes):
            yield Problem(file="small_area_lookup.csv", expected=f"a {kind} of today in {column}", came=code)


def _today(areas: pd.DataFrame, *, kind: str) -> list[str]:
    return list(current(areas, kind=kind)["code"])


def category_problems(*, measures: pd.DataFrame, categories: pd.DataFrame) -> Iterator[Problem]:
    """Yield each measure without a category, and each category of no measure: one of two lines is lost."""
    for measure in sorted(set(measures["measure"]) - set(categories["measure"])):
        yield Problem(file="categories.csv", expected=f"at least one category of {measure}", came="none")
    for measure in sorted(set(categories["measure"]) - set(measures["measure"])):
        yield Problem(file="measures.csv", expected=f"the measure {measure}, which has categories", came="no such line")
