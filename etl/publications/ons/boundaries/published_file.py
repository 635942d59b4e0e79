"""Boundaries and lookups of the Office for National Statistics as ArcGIS serves them: GeoJSON with codes like LAD24CD.

Written from a description: this reader has not met the live service. The awkward fact: places are no figures. A new
lookup or boundary makes no table; it is held against data/reference, and a place that came, went or moved is told, so
that a person decides what it means for every figure of the place. `python -m etl boundaries` draws the maps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from etl.contract import ContractError, Problem
from etl.geo.geography import RECODED, current, is_welsh, load_areas, load_members, unknown_elsewhere
from etl.pipeline import unknown_places
from etl.reading.text_files import read_json

_CODE = re.compile(r"(LAD|CSP|PFA)\d{2}CD")
_KINDS = {"LAD": "local_authority", "CSP": "community_safety_partnership", "PFA": "police_force"}
_FIRST = b"{"


def is_geojson(path: Path) -> bool:
    """Say whether a file is a GeoJSON of features, by its first bytes."""
    with path.open("rb") as file:
        start = file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(_FIRST) and b"FeatureCollection" in start


def compared(path: Path) -> str:
    """Say that a lookup or boundaries agree with the reference tables; raise with every place that does not."""
    codes, shapes = _read(path)
    areas = load_areas()
    problems = [*_unknown(codes, areas=areas, file=path.name), *_missing(codes, areas=areas, file=path.name)]
    if {"LAD", "CSP", "PFA"} <= set(codes):
        problems += _moved(codes, members=load_members(), file=path.name)
    elif not shapes:
        problems.append(Problem(file=path.name, expected="a shape for every area, or a lookup", came="neither"))
    if problems:
        raise ContractError(problems)
    agrees = f"{path.name} agrees with data/reference: {len(codes):,} places as held"
    new = sorted(set(codes.get("LAD", pd.Series(dtype=str)).loc[unknown_elsewhere]))
    return f"{agrees}; {unknown_places.sentence(dict.fromkeys(new, ''))}" if new else agrees


def _read(path: Path) -> tuple[pd.DataFrame, bool]:
    """Return a column of codes for each kind of place, and whether every feature has a shape."""
    try:
        features: list[dict[str, Any]] = read_json(path)["features"]
        rows = [dict(feature["properties"]) for feature in features]
        shapes = all(feature.get("geometry") for feature in features)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise ContractError([Problem(file=path.name, expected="GeoJSON features", came=str(error)[:80])]) from error
    kinds = {str(name): match[1] for row in rows for name in row if (match := _CODE.fullmatch(str(name)))}
    if not kinds or len(set(kinds.values())) != len(kinds):
        came = ", ".join(kinds) or (", ".join(map(str, rows[0])) if rows else "no features")
        expected = "a property such as LAD24CD, one for each kind of place"
        raise ContractError([Problem(file=path.name, expected=expected, came=came[:200])])
    codes = pd.DataFrame(
        {kind: [_code(row.get(name), name=name, file=path.name) for row in rows] for name, kind in kinds.items()}
    )
    return codes.replace(dict(RECODED)), shapes


def _code(value: object, *, name: str, file: str) -> str:
    """Return a place's code; raise for a number, a list or nothing where a code must stand."""
    if not isinstance(value, str) or not value:
        came = f"{value!r}"[:80]
        raise ContractError([Problem(file=f"{file}, property {name}", expected="a code such as W06000015", came=came)])
    return value


def _unknown(codes: pd.DataFrame, *, areas: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Yield codes of places that areas.csv does not have; only Welsh partnerships are held, and England may change."""
    for kind, column in codes.items():
        here = column if kind != "CSP" else column[is_welsh(column)]
        here = here[~unknown_elsewhere(here)]
        strange = sorted(set(here) - set(areas.loc[areas["kind"] == _KINDS[str(kind)], "code"]))
        if strange:
            yield Problem(file=file, expected=f"only codes of areas.csv for {kind}", came=", ".join(strange))


def _missing(codes: pd.DataFrame, *, areas: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Yield Welsh places of today that the file does not have."""
    for kind, column in codes.items():
        ours = current(areas, kind=_KINDS[str(kind)])["code"]
        gone = sorted(set(ours[is_welsh(ours)]) - set(column))
        if gone:
            yield Problem(file=file, expected=f"every Welsh {_KINDS[str(kind)]}", came=f"none of {', '.join(gone)}")


def _moved(codes: pd.DataFrame, *, members: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Yield Welsh authorities whose partnership or force is another than area_members.csv says."""
    ours = set(zip(members["area_code"], members["member_code"], strict=True))
    welsh = codes[is_welsh(codes["LAD"])]
    for place, *wholes in welsh[["LAD", "CSP", "PFA"]].to_numpy().tolist():
        for whole in wholes:
            if (whole, place) not in ours:
                yield Problem(file=file, expected=f"{place} in its area of area_members.csv", came=f"in {whole}")
