"""From the ONS's lists of statistical nearest neighbours to one reference table: who is like each Welsh authority.

The awkward fact: there is not one list but three (by people, by economy, and by everything together), and they name
different places; so each row says which list it is from, and whoever shows a comparison names the list too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.files import written_whole
from etl.contract import ContractError, Problem
from etl.geo.geography import RECODED, current_authorities, is_welsh, load_areas, match_authority_code
from etl.pipeline.origin import OGL, Origin, origin_text, retrieval_of
from etl.reading.text_files import read_text_csv

NAME = "similar_areas"
NEIGHBOURS = 20
RANKS = tuple(str(rank) for rank in range(1, NEIGHBOURS + 1))
# Our word for a list -> its file; the ONS calls them models.
FLAVOURS: Mapping[str, str] = MappingProxyType(
    {
        flavour: f"geography/ons-similar-areas-{flavour}-neighbours.csv"
        for flavour in ("demographic", "economic", "global")
    }
)


def write_similar_areas(*, sources: Path, target: Path) -> Path:
    """Write `similar_areas.csv` and its origin to `target`; raise before anything is replaced."""
    files = {flavour: sources / file for flavour, file in FLAVOURS.items()}
    missing = [
        Problem(file=str(f), expected="a list of similar areas", came="no file")
        for f in files.values()
        if not f.is_file()
    ]
    if missing:
        raise ContractError(missing)
    table = pd.concat([similar_areas(read(f), flavour=flavour) for flavour, f in files.items()], ignore_index=True)
    table = table.sort_values(["area_code", "flavour", "rank"], ignore_index=True)
    path = target / f"{NAME}.csv"
    origin = path.with_suffix(".toml")
    content = table.to_csv(index=False, lineterminator="\n").encode()
    retrieval = retrieval_of(*files.values(), previous=origin)
    target.mkdir(parents=True, exist_ok=True)
    written_whole(origin, origin_text(ORIGIN, retrieval=retrieval, table=content).encode())
    written_whole(path, content)
    return path


def read(path: Path) -> pd.DataFrame:
    """Return one row for each area of the United Kingdom, its neighbours from the nearest to the twentieth."""
    return read_text_csv(path, columns=("AREACD", *RANKS))


def similar_areas(rows: pd.DataFrame, *, flavour: str) -> pd.DataFrame:
    """Return area_code, flavour, rank and similar_code for the 22 Welsh authorities; raise for an unknown area."""
    areas = load_areas()
    welsh = rows[is_welsh(rows["AREACD"])]
    long = welsh.melt(id_vars="AREACD", value_vars=list(RANKS), var_name="rank", value_name="similar")
    table = pd.DataFrame(
        {
            "area_code": match_authority_code(long["AREACD"], areas=areas),
            "flavour": flavour,
            "rank": long["rank"].astype("int64"),
            "similar_code": match_authority_code(long["similar"].replace(dict(RECODED)), areas=areas),
        }
    )
    problems = _problems(table, today=current_authorities(areas=areas)["code"], flavour=flavour)
    if problems:
        raise ContractError(problems)
    return table


def _problems(table: pd.DataFrame, *, today: pd.Series, flavour: str) -> list[Problem]:
    """Return what is wrong with a list: authorities that lack one, ended places, a place like itself or named twice."""
    authorities = set(today[is_welsh(today)])
    findings = {
        "each of the 22 Welsh authorities": authorities ^ set(table["area_code"]),
        "authorities of today only": set(table["similar_code"]) - set(today),
        "no authority like itself": set(table.loc[table["area_code"] == table["similar_code"], "area_code"]),
        "each neighbour once": set(table.loc[table.duplicated(["area_code", "similar_code"]), "area_code"]),
    }
    return [
        Problem(file=f"{flavour} neighbours", expected=expected, came=", ".join(sorted(codes)))
        for expected, codes in findings.items()
        if codes
    ]


ORIGIN = Origin(
    publisher_en="Office for National Statistics",
    publisher_cy="Y Swyddfa Ystadegau Gwladol",
    title_en="Explore local statistics: similar areas (statistical nearest neighbours)",
    title_cy="Archwilio ystadegau lleol: ardaloedd tebyg (cymdogion agosaf ystadegol)",
    edition="2025",
    edition_cy="2025",
    released="2025",
    url="https://www.ons.gov.uk/peoplepopulationandcommunity/wellbeing/methodologies/clusteringsimilarlocalauthoritiesandstatisticalnearestneighboursintheukmethodology",
    licence=OGL,
    grade="B",
    status="in_development",
    counts_en=(
        "The 20 UK authorities most like each Welsh one, nearest first: by people, by economy, and by all indicators "
        "together."
    ),
    counts_cy=(
        "Yr 20 awdurdod yn y DU sydd fwyaf tebyg i bob un yng Nghymru, yr agosaf yn gyntaf: yn ôl pobl, yn ôl yr "
        "economi, ac yn ôl pob dangosydd gyda'i gilydd."
    ),
    coverage_en="22 Welsh local authorities, three lists of 20.",
    coverage_cy="22 awdurdod lleol yng Nghymru, tair rhestr o 20.",
    caution_en="Being alike is no judgement of performance, and the three lists differ: say which one is used.",
    caution_cy=(
        "Nid barn ar berfformiad yw tebygrwydd, ac mae'r tair rhestr yn wahanol i'w gilydd: enwch yr un a ddefnyddir."
    ),
    checked_en="Every code is an authority of today, and every authority has 20 different neighbours in each list.",
    checked_cy="Mae pob cod yn awdurdod sy'n bod heddiw, ac mae gan bob un 20 o gymdogion gwahanol ym mhob rhestr.",
)
