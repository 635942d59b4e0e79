"""From the ONS's boundary files and lookup to the small areas of Cardiff and the Vale, as reference tables.

The awkward fact: nine LSOAs of 2011 were redrawn for Census 2021. Their codes ended, yet the deprivation
index of 2019 still speaks of them; so both sets are kept, and the older one says when it ended.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

from cohesion.vocabulary import WALES
from etl.contract import ContractError, Problem
from etl.geo.geography import current, fix_double_encoding, load_reference
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

AUTHORITIES = {"W06000014": ("Vale of Glamorgan", "Bro Morgannwg"), "W06000015": ("Cardiff", "Caerdydd")}
LAST_DAY_OF_LSOA_2011 = "2021-03-20"  # the areas of Census 2021 begin on its day
COLUMNS = (
    "code",
    "kind",
    "name_en",
    "name_cy",
    "in_en",
    "in_cy",
    "to_en",
    "to_cy",
    "from_en",
    "from_cy",
    "nation_code",
    "valid_to",
    "selectable",
    "sort",
    "within_code",
)
LOOKUP_COLUMNS = ("lsoa21_code", "lsoa21_name", "ward24_code", "ltla24_code")


def load_small_areas() -> pd.DataFrame:
    """Return `small_areas.csv` of the data at hand as text cells."""
    return load_reference("small_areas.csv", needs=("code", "kind", "valid_to", "within_code"))


def match_small_area(codes: pd.Series, *, kind: str, small_areas: pd.DataFrame) -> pd.Series:
    """Return the codes unchanged if each is a small area of this kind today; raise naming all others.

    A code that ended is refused too: figures of Census 2021 under it would be those of another place.
    """
    today = current(small_areas, kind=kind)["code"]
    strange = sorted({repr(code) for code in codes[~codes.isin(today)]})
    if strange:
        expected = f"a code of small_areas.csv ({kind}) that has not ended"
        raise ContractError([Problem(file="small areas", expected=expected, came=", ".join(strange))])
    return codes


def write_small_areas(*, sources: Path, target: Path) -> tuple[Path, Path]:
    """Write `small_areas.csv` and `small_area_lookup.csv` to `target` from the `geography` folder of `sources`."""
    folder = sources / "geography"
    areas = small_areas(folder=folder)
    lookup = small_area_lookup(folder=folder, small_areas=areas)
    paths = (target / "small_areas.csv", target / "small_area_lookup.csv")
    for path, table in zip(paths, (areas, lookup), strict=True):
        table.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return paths


def small_areas(*, folder: Path) -> pd.DataFrame:
    """Return every MSOA, LSOA (2021 and 2011) and ward of the two authorities, in the order of their codes."""
    rows = [row for code in AUTHORITIES for row in _of_authority(code, folder=folder)]
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS), fill_value="")
    twice = table[table.duplicated("code")]["code"].tolist()
    if twice:
        raise ContractError([Problem(file="small areas", expected="each code once", came=", ".join(twice))])
    return table.sort_values("code", ignore_index=True)


def _of_authority(authority: str, *, folder: Path) -> list[dict[str, str]]:
    """Return the small areas of one authority; an LSOA of 2011 only where its code did not go on."""
    msoas = _properties(folder / f"msoa-dec-2021-bgc-{authority}.geojson", "MSOA21CD", "MSOA21NM")
    lsoas = _properties(folder / f"lsoa-dec-2021-bgc-{authority}.geojson", "LSOA21CD", "LSOA21NM")
    older = _properties(folder / f"lsoa-dec-2011-bgc-{authority}.geojson", "LSOA11CD", "LSOA11NM")
    wards = _properties(folder / f"ward-may-2025-bgc-{authority}.geojson", "WD25CD", "WD25NM", "WD25NMW")
    going_on = {row["LSOA21CD"] for row in lsoas}
    return [
        *(_numbered(row["MSOA21CD"], row["MSOA21NM"], kind="msoa", authority=authority) for row in msoas),
        *(_numbered(row["LSOA21CD"], row["LSOA21NM"], kind="lsoa", authority=authority) for row in lsoas),
        *(
            _numbered(row["LSOA11CD"], row["LSOA11NM"], kind="lsoa", authority=authority, until=LAST_DAY_OF_LSOA_2011)
            for row in older
            if row["LSOA11CD"] not in going_on
        ),
        *(_row(row["WD25CD"], row["WD25NM"], row["WD25NMW"], kind="ward", authority=authority) for row in wards),
    ]


def _properties(path: Path, *names: str) -> list[dict[str, Any]]:
    """Return the properties of every feature; raise when the file or one of the `names` is not there."""
    if not path.is_file():
        raise ContractError([Problem(file=path.name, expected="a boundary file of the ONS", came="no such file")])
    rows = [feature["properties"] for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]
    missing = sorted({name for name in names for row in rows if not row.get(name)})
    if missing:
        raise ContractError(
            [Problem(file=path.name, expected=f"{', '.join(missing)} in every feature", came="a blank")]
        )
    return rows


def _numbered(code: str, name: str, *, kind: str, authority: str, until: str = "") -> dict[str, str]:
    """Return an area named after its authority ("Cardiff 036A" -> "Caerdydd 036A"), whose number both names share."""
    english, welsh = AUTHORITIES[authority]
    number = name.removeprefix("The ").removeprefix(english)  # 2011 wrote "The Vale of Glamorgan 015A"
    if not number.startswith(" ") or not number[1:4].isdigit():
        raise ContractError(
            [Problem(file="small areas", expected=f"{english} and a number for {code}", came=repr(name))]
        )
    return _row(code, english + number, welsh + number, kind=kind, authority=authority, until=until)


def _row(code: str, english: str, welsh: str, *, kind: str, authority: str, until: str = "") -> dict[str, str]:
    return {
        "code": code,
        "kind": kind,
        "name_en": fix_double_encoding(english.strip()),
        "name_cy": fix_double_encoding(welsh.strip()),
        "nation_code": WALES,
        "valid_to": until,
        "selectable": "false",
        "sort": "1000",
        "within_code": authority,
    }


def small_area_lookup(*, folder: Path, small_areas: pd.DataFrame) -> pd.DataFrame:
    """Return for each LSOA of 2021 its MSOA, its best-fit ward and its authority.

    No file says which MSOA an LSOA lies in, but its name does: "Cardiff 036A" is part of "Cardiff 036".
    """
    path = folder / "lsoa21-ward24-lad24-wales-lookup.csv"
    rows = read_text_csv(path, columns=LOOKUP_COLUMNS)
    rows = rows[rows["ltla24_code"].isin(AUTHORITIES)].sort_values("lsoa21_code", ignore_index=True)
    msoas = small_areas[small_areas["kind"] == "msoa"].set_index("name_en")["code"]
    table = pd.DataFrame(
        {
            "lsoa21_code": match_small_area(rows["lsoa21_code"], kind="lsoa", small_areas=small_areas),
            "msoa21_code": rows["lsoa21_name"].str[:-1].map(msoas),
            "ward_code": match_small_area(rows["ward24_code"], kind="ward", small_areas=small_areas),
            "la_code": rows["ltla24_code"],
        }
    )
    alone = table[table["msoa21_code"].isna()]["lsoa21_code"].tolist()
    if alone:
        raise ContractError(
            [Problem(file=path.name, expected="an MSOA for each LSOA", came=f"none for {listed(alone)}")]
        )
    return table
