"""Authorities and forces outside Wales that we do not know yet: told, kept apart, and never missing in silence.

The awkward fact: England's councils are reorganised every few years, and a publication follows at once. Wales must not
wait for our list. But a sum of ours over England would lack the people of the new place, so it is marked instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from cohesion.vocabulary import WALES, nation_of
from etl.contract import KEY_COLUMNS
from etl.geo.geography import (
    NEW_FORCE,
    is_new_force,
    load_areas,
    load_members,
    load_reference,
    match_force,
    unknown_elsewhere,
)
from etl.pipeline.origin import Origin

NOT_AVAILABLE = "[x]"
LONGEST_NAME = 60  # letters; it goes into a caution that readers see
_NAMES = ("Local Authority", "lad_name", "laname", "areanm", "LAD Name", "name")


def split(tidy: pd.DataFrame, *, read: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows of places we know, sums that would lack the others marked, and code -> name of those others."""
    forces, places = is_new_force(tidy["area_code"]), unknown_elsewhere(tidy["area_code"])
    if not (forces | places).any():
        return tidy, {}
    names = {code: _name(code, read=read) for code in sorted(set(tidy.loc[places, "area_code"]))}
    names |= dict.fromkeys(sorted(set(tidy.loc[forces, "area_code"])), "")  # no sum of ours is made of forces
    ours = tidy[~(forces | places)]
    if not places.any():
        return ours.reset_index(drop=True), names
    return pd.concat([ours, _marked(tidy[places], ours=ours)], ignore_index=True), names


def _name(code: str, *, read: pd.DataFrame) -> str:
    """Return what the publication calls a code, or "" where it gives no name."""
    column = next((name for name in _NAMES if name in read.columns), None)
    for cells in (read[c] for c in read.columns if column):
        if (here := read.loc[cells == code, column]).any():
            return "".join(letter for letter in str(here.iloc[-1]) if letter.isprintable())[:LONGEST_NAME]
    return ""


def _marked(apart: pd.DataFrame, *, ours: pd.DataFrame) -> pd.DataFrame:
    """Return a row without a value for each whole that would be added up without the places kept apart."""
    measures = load_reference("measures.csv", needs=("measure", "sum_areas"))
    added = set(measures.loc[measures["sum_areas"] == "true", "measure"])
    keys = [key for key in KEY_COLUMNS if key != "area_code"]
    cells = apart[apart["measure"].isin(added)].assign(nation=lambda f: f["area_code"].map(nation_of))
    nations_of = ours.assign(nation=ours["area_code"].map(nation_of)).groupby(keys)["nation"].agg(set)
    rows = [
        (*key[:-1], whole)
        for key in cells[[*keys, "nation"]].drop_duplicates().itertuples(index=False, name=None)
        for whole, nations in _wholes().items()
        if key[-1] in nations and nations <= nations_of.get(key[:-1], set())
    ]
    marked = pd.DataFrame(rows, columns=[*keys, "area_code"]).drop_duplicates()
    published = pd.MultiIndex.from_frame(ours[[*keys, "area_code"]].astype(str))
    free = ~pd.MultiIndex.from_frame(marked.astype(str)).isin(published)
    return marked[free].assign(value=None, marker=NOT_AVAILABLE)


def _wholes() -> Mapping[str, set[str]]:
    """Return the countries and composites that are made of authorities outside Wales, with their nations."""
    areas, members = load_areas(), load_members()
    large = set(areas.loc[areas["kind"].isin(("country", "composite")), "code"])
    nations = members[members["area_code"].isin(large)].assign(nation=lambda f: f["member_code"].map(nation_of))
    nations_of = nations.groupby("area_code")["nation"].agg(set)
    return {str(code): in_it for code, in_it in nations_of.items() if in_it - {WALES}}


def sentence(names: Mapping[str, str]) -> str:
    """Return the sentence that tells the data lead of places kept apart."""
    places = _listed(names)
    return f"not in our list of areas: {places}; kept apart (docs/reorganisation.md says how to add them)"


def _listed(names: Mapping[str, str]) -> str:
    """Return the places in a row, each with its code and name; a force has no code."""
    return ", ".join(f"{code.removeprefix(NEW_FORCE)} {name}".strip() for code, name in names.items())


def has_been_added(codes: Iterable[str]) -> bool:
    """Tell whether one of the places kept apart is known by now: the file they stand in is to be read again."""
    each = pd.Series(list(codes), dtype=str)
    forces = each[is_new_force(each)].str.removeprefix(NEW_FORCE)
    is_ours = ~is_new_force(match_force(forces, new_are_apart=True))
    return bool(is_ours.any()) or not unknown_elsewhere(each.drop(forces.index)).all()


def cautioned(origin: Origin, *, names: Mapping[str, str]) -> Origin:
    """Return the origin with the places kept apart in its caution: why sums over their nation are not available."""
    if not names:
        return origin
    places = _listed(names)
    english = (
        f"Places that are not in our list of areas are kept apart, and sums over them are not available: {places}."
    )
    welsh = f"Cedwir ar wahân leoedd nad ydynt yn ein rhestr ardaloedd, ac nid yw symiau drostynt ar gael: {places}."
    return replace(
        origin,
        caution_en=f"{origin.caution_en} {english}".strip(),
        caution_cy=f"{origin.caution_cy} {welsh}".strip(),
    )
