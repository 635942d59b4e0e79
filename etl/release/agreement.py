"""What arrives, held against what another publication says of the same thing, and against the period before.

The awkward fact: a file can be sound in itself and wrong: a place's rows shifted, a column of another quarter. Two
publications of one release count the same people or offences, so they must say the same number. And where a Welsh
figure falls to nothing, halves or doubles, it may well be true: then a person says so, and that is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from cohesion.releases import Kind, flag
from cohesion.vocabulary import TOTAL
from etl.contract import KEY_COLUMNS, ContractError
from etl.geo.geography import is_welsh, load_areas, load_members, load_reference
from etl.pipeline.diff import Diff
from etl.pipeline.origin import read_origin
from etl.pipeline.tables import read_table

SHOWN = 10
LARGE = 100  # of smaller counts, halves and doubles are ordinary: of 6,032 steps held from 100 on, 88 are such
SOME = 20  # from here on a fall to nothing is a question
NOT_AVAILABLE = "[x]"
BESIDE_OURS = ("country", "composite", "police_force", "police_other")  # kinds of area
_ASYLUM = ("asylum_supported", "asylum_supported_accommodation")
_CRIME = ("rra_offences", "rra_offences_unassigned")
_WHEN = ["period_start", "category"]


def contradictions(arrived: Mapping[str, pd.DataFrame], *, released: str, tidy: Path) -> list[str]:
    """Return where a table that arrives differs from another publication of the same month of release, in words."""
    measures = {measure for table in arrived.values() for measure in table["measure"]}
    if not measures & {*_ASYLUM, *_CRIME}:
        return []
    others = [_of_release(path, released=released) for path in sorted(tidy.glob("*.csv")) if path.stem not in arrived]
    figures = pd.concat([*arrived.values(), *(o for o in others if o is not None)], ignore_index=True)
    number = pd.to_numeric(figures["value"], errors="coerce")
    figures = figures.assign(number=number, period_start=figures["period_start"].astype(str))
    return [*_asylum_differs(figures), *_crime_differs(figures)]


def _of_release(path: Path, *, released: str) -> pd.DataFrame | None:
    """Return a held table that came out in the same month, or None."""
    released_held = read_origin(path.with_suffix(".toml"))["released"]
    return read_table(path) if released_held[:7] == released[:7] else None


def _asylum_differs(figures: pd.DataFrame) -> list[str]:
    """Return where Asy_D11 and Reg_02 count other people in support on one day, in words."""
    days = figures[figures["category"] == TOTAL]
    key = ["area_code", "period_start"]
    d11, reg02 = (days[days["measure"] == measure].drop_duplicates(key).set_index(key)["number"] for measure in _ASYLUM)
    joined = pd.concat([d11, reg02], axis=1, join="inner", keys=["d11", "reg02"]).dropna()
    joined = joined[joined["d11"] != joined["reg02"]]
    names = _names()
    return [
        f"{names.get(area, area)} on {day}: {row.d11:,.0f} people in Asy_D11, {row.reg02:,.0f} in Reg_02"
        for (area, day), row in zip(joined.index, joined.itertuples(), strict=True)
    ]


def _crime_differs(figures: pd.DataFrame) -> list[str]:
    """Return where partnerships and unassigned do not add to their force, in words."""
    quarters = figures[figures["measure"].isin(_CRIME) & (figures["period_months"].astype(str) == "3")]
    force_of = _forces_of_partnerships()
    is_placed = quarters["area_code"].isin(force_of)
    loose = quarters["measure"] == _CRIME[1]
    parts = quarters[is_placed | loose].assign(area_code=lambda f: f["area_code"].map(lambda c: force_of.get(c, c)))
    whole = parts.groupby(["area_code", *_WHEN])["number"].agg(lambda n: n.sum(skipna=False)).rename("parts")
    has_places = quarters[is_placed].assign(area_code=lambda f: f["area_code"].map(force_of))
    whole = whole[whole.index.isin(pd.MultiIndex.from_frame(has_places[["area_code", *_WHEN]]))]
    forces = quarters[~is_placed & ~loose].drop_duplicates(["area_code", *_WHEN])
    joined = pd.concat([forces.set_index(["area_code", *_WHEN])["number"], whole], axis=1, join="inner").dropna()
    joined = joined[joined["number"] != joined["parts"]]
    names = _names()
    return [
        f"{names.get(area, area)}, {start}, {code}: {row.number:,.0f} of the force, "
        f"{row.parts:,.0f} of its partnerships and unassigned"
        for (area, start, code), row in zip(joined.index, joined.itertuples(), strict=True)
    ]


def _forces_of_partnerships() -> dict[str, str]:
    """Return the force of each Welsh partnership, through the authorities that both are made of."""
    members = load_members()
    forces = members[is_welsh(members["area_code"], "police_force")].set_index("member_code")["area_code"]
    partnerships = members[is_welsh(members["area_code"], "community_safety_partnership")]
    return dict(zip(partnerships["area_code"], partnerships["member_code"].map(forces), strict=True))


def large_changes(table: pd.DataFrame, *, changed: Diff, earlier: pd.DataFrame) -> list[str]:
    """Return the figures that fell to nothing or rose from it, halved, doubled or are no longer given, in words.

    Of a running total every fall is one of them: people who have arrived do not become fewer.

    Looked at are all Welsh figures, and the totals of nations and police forces elsewhere, which ours stand beside. A
    new period is held against the one before it in its series, which may stand among `earlier`, the rows of other
    tables; a revised figure against what it was. `changed` is how the table differs from the one held; of a table that
    was not held only the newest period is looked at.
    """
    keys = [*KEY_COLUMNS]
    cells = pd.concat([table, earlier[earlier["measure"].isin(table["measure"])]], ignore_index=True)
    cells = cells.astype(dict.fromkeys(keys, str)).drop_duplicates(keys)  # what arrives goes before what it replaces
    cells = cells[_is_looked_at(cells)].assign(number=lambda f: pd.to_numeric(f["value"], errors="coerce"))
    withdrawn = _withdrawn(changed, now=cells[cells["number"].isna()])
    cells = cells.dropna(subset=["number"]).sort_values(keys)
    cells["before"] = cells.groupby(["measure", "area_code", "category", "period_months"])["number"].shift()
    period = pd.MultiIndex.from_frame(cells[["measure", "period_start", "period_months"]])
    newest = cells["period_start"] == cells.groupby(["measure", "period_months"])["period_start"].transform("max")
    is_new = pd.Series([*map(changed.new_periods.__contains__, period)], index=cells.index, dtype=bool)
    looked_at = cells[is_new & (newest | (changed.rows_before > 0))]
    steps = [tuple(row) for row in looked_at[[*keys, "before", "number"]].itertuples(index=False)]
    now = dict(zip(cells[keys].itertuples(index=False, name=None), cells["number"], strict=True))
    revised = [
        (*revision.key, float(pd.to_numeric(revision.old.partition(" ")[0], errors="coerce")), now[revision.key])
        for revision in changed.revised
        if revision.key in now
    ]
    names = _names()
    large = [
        f"{names.get(area, area)}, {measure} {category} {start}: {old:,.0f} before, {new:,.0f} now"
        for measure, area, start, _, category, old, new in (*steps, *revised)
        if _is_large(old, new)
    ]
    running = _running_totals()
    large += [
        f"{names.get(area, area)}, {measure} {category} {start}: a running total of {old:,.0f} before, {new:,.0f} now"
        for measure, area, start, _, category, old, new in steps
        if measure in running and new < old and not _is_large(old, new)
    ]
    return [*large, *_emptied(revised, names=names), *withdrawn]


def _is_looked_at(cells: pd.DataFrame) -> pd.Series:
    elsewhere = cells["area_code"].isin(_nations_and_forces()) & (cells["category"] == TOTAL)
    return is_welsh(cells["area_code"]) | elsewhere


def _nations_and_forces() -> set[str]:
    """Return the areas that ours stand beside: countries, what is made of them, and police forces."""
    areas = load_areas()
    return set(areas.loc[areas["kind"].isin(BESIDE_OURS), "code"])


def _withdrawn(changed: Diff, *, now: pd.DataFrame) -> list[str]:
    """Return the figures that were held and are "not available" in what arrives: read amiss, or taken back."""
    lost = set(now.loc[now["marker"] == NOT_AVAILABLE, list(KEY_COLUMNS)].itertuples(index=False, name=None))
    names = _names()
    return [
        f"{names.get(key[1], key[1])}, {key[0]} {key[4]} {key[2]}: {revision.old} before, not available now"
        for revision in changed.revised
        if (key := revision.key) in lost and revision.old != NOT_AVAILABLE
    ]


def _emptied(revised: Iterable[tuple[Any, ...]], *, names: Mapping[str, str]) -> list[str]:
    """Return the series whose revised figures, each too small to be asked about, all became nothing, in words."""
    columns = [*KEY_COLUMNS, "old", "new"]
    series = pd.DataFrame(revised, columns=columns).groupby(["measure", "area_code", "category"])
    return [
        f"{names.get(str(area), area)}, {measure} {category}: "
        f"{len(part)} figures of {part['old'].sum():,.0f} before, all 0 now"
        for (measure, area, category), part in series
        if (part["new"] == 0).all() and part["old"].max() < SOME <= part["old"].sum()
    ]


def _running_totals() -> frozenset[str]:
    measures = load_reference("measures.csv", needs=("measure", "kind"))
    return frozenset(measures.loc[measures["kind"] == "cumulative", "measure"])


def _is_large(old: float, new: float) -> bool:
    if pd.isna(old) or min(old, new) < 0:
        return False
    if min(old, new) == 0:
        return old >= SOME if new == 0 else new >= LARGE
    return max(old, new) >= LARGE and not 0.5 < new / old < 2


def question(doubts: list[str], *, expected: str, kind: Kind) -> ContractError:
    """Return the refusal that asks a person whether what is doubted is right."""
    more = f"\n  and {len(doubts) - SHOWN} more" if len(doubts) > SHOWN else ""
    listed = "".join(f"\n  {one}" for one in doubts[:SHOWN])
    return ContractError(
        f"expected {expected}; came otherwise, {len(doubts)} times:{listed}{more}\n"
        f"  look at them in the publisher's file; if they are right, run it again with {flag(kind)}",
        kind=kind,
    )


def _names() -> Mapping[str, str]:
    """Return the English name of every area of the data at hand."""
    areas = load_areas()
    return dict(zip(areas["code"], areas["name_en"], strict=True))
