"""Home Office asylum support (Asy_D11): how many people each authority's area houses or supports on a day.

The awkward facts: no row means zero; the same place stands under the codes of the year (a merger adds);
and in the edition of September 2024, 46 rows of 31 December 2022 carry another authority's code beside
the right name (Leeds under Hull's code). `MISCODED` declares the right code for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import (
    RECODED,
    existing,
    load_areas,
    match_authority_code,
    match_authority_name,
    refuse_codes_beside_other_names,
    unknown_elsewhere,
    whole_of_wales,
)
from etl.pipeline.corrections import Correction
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.reading.numbers import whole_numbers
from etl.reading.periods import point_in_time
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed

MEASURE = "asylum_supported"
QUARTERLY_COLUMNS = ("date", "code", "v")
D11_MATERIAL = "migration/asy_d11-local-authority-support-2014-2024.csv"
D11_COLUMNS = ("Date", "Support Type", "Local Authority", "LAD Code", "Accommodation Type", "People")
REG02_PARTS = (
    "initial_accommodation",
    "dispersal_accommodation",
    "contingency_accommodation",
    "other_accommodation",
    "subsistence_only",
)
REG02_COLUMNS = ("snapshot", "lad_code", "lad_name", "supported_asylum_total", *REG02_PARTS)
REG02_JUN_2026 = "migration/reg_02-edition-jun-2026-wales-22-la.csv"

# People whom the Home Office does not place in an authority: set aside, and counted by a check. What stands in the
# brackets moves with the edition ("Dec 2023 - Sep 2024", later "Dec 2023 - Dec 2024").
PSEUDO_AREA = re.compile(r"Unknown|N/A - (Section 4|Section 98|Subsistence [Oo]nly) \([^()]+\)")
MISCODED_DAY, MISCODED_SECTION = "2022-12-31", "Section 98"
# An authority's name, the code its rows of that day carry, its own code in the rest of the file, how many rows.
_MISCODED_ROWS = (
    ("Antrim and Newtownabbey", "N09000003", "N09000001", 1),
    ("Barnsley", "E06000010", "E08000016", 1),
    ("Bradford", "E06000010", "E08000032", 3),
    ("Calderdale", "E06000010", "E08000033", 2),
    ("Derry City and Strabane", "N09000003", "N09000005", 2),
    ("Doncaster", "E06000010", "E08000017", 1),
    ("East Riding of Yorkshire", "E06000010", "E06000011", 1),
    ("Falkirk", "S12000033", "S12000014", 1),
    ("Falkirk", "S12000049", "S12000014", 1),
    ("Gateshead", "E06000010", "E08000037", 2),
    ("Glasgow City", "S12000033", "S12000049", 2),
    ("Hartlepool", "E06000010", "E06000001", 1),
    ("Inverclyde", "S12000033", "S12000018", 1),
    ("Kirklees", "E06000010", "E08000034", 2),
    ("Leeds", "E06000010", "E08000035", 2),
    ("Mid and East Antrim", "N09000003", "N09000008", 1),
    ("Middlesbrough", "E06000010", "E06000002", 1),
    ("Newcastle upon Tyne", "E06000010", "E08000021", 3),
    ("Northumberland", "E06000010", "E06000057", 1),
    ("Perth and Kinross", "S12000033", "S12000048", 1),
    ("Redcar and Cleveland", "E06000010", "E06000003", 1),
    ("Rotherham", "E06000010", "E08000018", 2),
    ("Scarborough", "E06000010", "E07000168", 1),
    ("Sheffield", "E06000010", "E08000019", 3),
    ("South Lanarkshire", "S12000033", "S12000029", 1),
    ("South Tyneside", "E06000010", "E08000023", 1),
    ("Stockton-on-Tees", "E06000010", "E06000004", 2),
    ("Sunderland", "E06000010", "E08000024", 2),
    ("Wakefield", "E06000010", "E08000036", 2),
    ("York", "E06000010", "E06000014", 1),
)
MISCODED = tuple(
    Correction(
        where={"Date": MISCODED_DAY, "Support Type": MISCODED_SECTION, "Local Authority": name},
        column="LAD Code",
        old=carried,
        new=own,
        rows=rows,
        reason="The name is right: with its own code the authority's sections add to its total in the edition of March 2026.",
        source="Asy_D11, edition of March 2026, and the other days of the same file",
        expires="September 2024",
    )
    for name, carried, own, rows in _MISCODED_ROWS
)
# Authorities that became part of a larger one, or only got a new code, since 2014: their people add to today's.
SUCCESSORS: Mapping[str, str] = MappingProxyType(
    {
        **RECODED,
        **dict.fromkeys(("E06000028", "E06000029"), "E06000058"),  # Bournemouth, Christchurch and Poole
        **dict.fromkeys((f"E070000{n}" for n in range(49, 54)), "E06000059"),  # Dorset
        **dict.fromkeys(("E07000004", "E07000005", "E07000007"), "E06000060"),  # Buckinghamshire
        **dict.fromkeys(("E07000150", "E07000152", "E07000153", "E07000156"), "E06000061"),  # North Northamptonshire
        **dict.fromkeys(("E07000151", "E07000154", "E07000155"), "E06000062"),  # West Northamptonshire
        **dict.fromkeys(("E07000026", "E07000028", "E07000029"), "E06000063"),  # Cumberland
        **dict.fromkeys(("E07000027", "E07000030", "E07000031"), "E06000064"),  # Westmorland and Furness
        **dict.fromkeys((f"E070001{n}" for n in range(63, 70)), "E06000065"),  # North Yorkshire
        **dict.fromkeys(("E07000187", "E07000188", "E07000189", "E07000190", "E07000246"), "E06000066"),  # Somerset
        "E07000205": "E07000244",  # Suffolk Coastal, now in East Suffolk
        "S12000015": "S12000047",  # Fife
        "S12000024": "S12000048",  # Perth and Kinross
        "S12000044": "S12000050",  # North Lanarkshire
        "S12000046": "S12000049",  # Glasgow City
    }
)


def read_quarterly(path: Path) -> pd.DataFrame:
    """Return one row for each authority and day on which it supported anyone."""
    return require_columns(read_text_csv(path), columns=QUARTERLY_COLUMNS, where=path.name)


def tidy_quarterly(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the total of every authority of today at each day, with a zero where there was no row."""
    cells = pd.DataFrame(
        {
            "area_code": today(rows["code"]),
            "day": days(rows["date"]),
            "people": whole_numbers(rows["v"], where="Asy_D11"),
        }
    )
    return totals(cells)


def read_d11(path: Path) -> pd.DataFrame:
    """Return the rows of Asy_D11 by section and kind of accommodation, as the Home Office names them."""
    return require_columns(read_text_csv(path), columns=D11_COLUMNS, where=path.name)


def tidy_before_mar_2026_edition(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of the days that the edition of March 2026 does not hold, up to 31 March 2021."""
    return totals(placed(rows[rows["Date"] < "2021-06-30"]))


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return area_code, day, section, accommodation and people of the rows that stand for an authority."""
    kept = rows[~is_pseudo(rows)]
    return pd.DataFrame(
        {
            "area_code": today(kept["LAD Code"]),
            "day": days(kept["Date"]),
            "section": kept["Support Type"],
            "accommodation": kept["Accommodation Type"],
            "people": whole_numbers(kept["People"], where="Asy_D11"),
        }
    )


def is_pseudo(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether it stands for no authority ("N/A", "N/A - Section 4 (pre-2018)")."""
    return rows["LAD Code"].str.startswith("N/A")


def today(codes: pd.Series) -> pd.Series:
    """Return the code of today's authority for each code of any year since 2014; raise naming all unknown.

    One that ended without a successor in `SUCCESSORS` keeps its own code: its series ends with it.
    """
    return match_authority_code(codes.replace(dict(SUCCESSORS)), areas=load_areas())


def days(dates: pd.Series) -> pd.Series:
    """Return ISO days for "31 Mar 2026" or "2026-03-31"."""
    known = {text: point_in_time(text).isoformat() for text in dates.unique()}
    return dates.map(known)


def totals(cells: pd.DataFrame) -> pd.DataFrame:
    """Return totals by authority and day, with zeros for all of today's authorities."""
    made = observations(cells, category=TOTAL)
    return with_zeros(made, nation="", published=[(day, TOTAL) for day in sorted(set(cells["day"]))])


def observations(cells: pd.DataFrame, *, category: pd.Series | str) -> pd.DataFrame:
    """Return one observation for each authority, day and category, adding rows that fall together."""
    keys = ["area_code", "day", "category"]
    summed = cells.assign(category=category).groupby(keys, as_index=False).agg(value=("people", "sum"))
    return summed.rename(columns={"day": "period_start"}).assign(measure=MEASURE, period_months=0)


def with_zeros(made: pd.DataFrame, *, nation: str, published: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return `made` and a zero for each authority of a nation ("W", "" for all) without a row on a published day.

    Only for those that existed on the day; one whose people add to a successor has no row of its own at all.

    None in a nation and day with an authority that we do not know: a place without a row may have become part of it.
    """
    held = set(zip(made["area_code"], made["period_start"], made["category"], strict=True))
    new = made[unknown_elsewhere(made["area_code"])]
    open_ = set(zip(new["area_code"].str[0], new["period_start"], strict=True))
    areas = load_areas()
    there = {day: existing(kind="local_authority", day=day, areas=areas) for day in {day for day, _ in published}}
    wanted = [
        (area, day, category)
        for day, category in published
        for area in there[day]
        if area.startswith(nation) and area not in SUCCESSORS and (area[0], day) not in open_
    ]
    zeros = pd.DataFrame(
        [key for key in wanted if key not in held], columns=["area_code", "period_start", "category"]
    ).assign(measure=MEASURE, period_months=0, value=0)
    return pd.concat([made, zeros], ignore_index=True)


def read_reg02(path: Path) -> pd.DataFrame:
    """Return one row for each authority and snapshot."""
    return require_columns(read_text_csv(path), columns=REG02_COLUMNS, where=path.name)


def tidy_reg02(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of the authorities that the table holds: no row is not zero here."""
    cells = pd.DataFrame(
        {
            "area_code": today(rows["lad_code"]),
            "day": days(rows["snapshot"]),
            "people": whole_numbers(rows["supported_asylum_total"], where="Reg_02"),
        }
    )
    return observations(cells, category=TOTAL)


def every_person_is_kept(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the people read and the people made are not as many."""
    before, after = whole_numbers(rows["v"], where="Asy_D11").sum(), made["value"].sum()
    if before != after:
        raise ContractError(f"expected {before:,} people as read; came {after:,}")


def every_placed_person_is_kept(rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the people read for authorities on the days made are not as many as the people made."""
    kept = rows[~is_pseudo(rows) & rows["Date"].isin(made["period_start"])]
    before, after = whole_numbers(kept["People"], where="Asy_D11").sum(), made["value"].sum()
    if before != after:
        raise ContractError(f"expected {before:,} people as read; came {after:,}")


def no_quarter_is_missing(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the days are not all the quarter ends from the first to the last."""
    held = sorted(set(made["period_start"]))
    if not held:
        raise ContractError("Asy_D11: expected figures of at least one day; came none")
    expected = [day.date().isoformat() for day in pd.date_range(held[0], held[-1], freq="QE")]
    if held != expected:
        raise ContractError(f"expected every quarter end; came otherwise: {listed(sorted(set(held) ^ set(expected)))}")


def no_day_twice_for_a_code(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the quarterly table gives an authority's code twice on a day: adding would double it."""
    twice = rows[rows.duplicated(["date", "code"])]
    if not twice.empty:
        raise ContractError(
            f"expected each code once on a day; came twice: {listed(twice[['date', 'code']].to_numpy().tolist())}"
        )


def pseudo_areas_are_known(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise naming a pseudo area that was not met before: people would be set aside unseen."""
    names = set(rows.loc[is_pseudo(rows), "Local Authority"])
    strange = sorted(name for name in names if not PSEUDO_AREA.fullmatch(name))
    if strange:
        raise ContractError(f"expected only pseudo areas such as 'N/A - Section 4 (pre-2018)'; came {listed(strange)}")


def names_decide_on_the_miscoded_day(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a row of the day of the miscoding still stands under another authority's code than its name's."""
    suspect = rows[(rows["Date"] == MISCODED_DAY) & (rows["Support Type"] == MISCODED_SECTION) & ~is_pseudo(rows)]
    by_name = today(match_authority_name(suspect["Local Authority"], areas=load_areas()))
    wrong = suspect.loc[by_name != today(suspect["LAD Code"]), "Local Authority"]
    if not wrong.empty:
        raise ContractError(
            f"expected each name beside its own code on {MISCODED_DAY}; not so for {listed(sorted(set(wrong)))}"
        )


def parts_add_to_total(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the kinds of accommodation do not add to an authority's total."""
    parts = rows[list(REG02_PARTS)].apply(whole_numbers, where="Reg_02").sum(axis=1)
    off = rows.loc[parts != whole_numbers(rows["supported_asylum_total"], where="Reg_02"), "lad_name"]
    if not off.empty:
        raise ContractError(f"expected accommodation to add to the total; came otherwise for {listed(sorted(off))}")


def every_welsh_authority_once(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a day does not hold each of its Welsh authorities once: Wales would be a sum of some of it."""
    for day, there in rows.groupby("snapshot"):
        wanted = sorted(whole_of_wales(there["lad_code"], kind="local_authority", day=str(day)))
        if (came := sorted(there["lad_code"])) != wanted:
            odd = sorted({code for code in came if came.count(code) > 1} | (set(wanted) ^ set(came)))
            raise ContractError(
                f"expected each of {len(wanted)} Welsh authorities once on {day}; not so: {listed(odd)}"
            )


def names_stand_beside_their_codes(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a row's code and name are of two places."""
    refuse_codes_beside_other_names(codes=rows["lad_code"], names=rows["lad_name"])


HOME_OFFICE = {
    "publisher_en": "Home Office",
    "publisher_cy": "Y Swyddfa Gartref",
    "licence": OGL,
    "status": "official",
}
ACCREDITED = {
    "status": "accredited"
}  # immigration system statistics are; the regional tables do not say so of all they hold
ASY_D11 = {
    **HOME_OFFICE,
    **ACCREDITED,
    "title_en": "Immigration system statistics: asylum seekers in receipt of support by local authority (Asy_D11)",
    "title_cy": "Ystadegau'r system fewnfudo: ceiswyr lloches sy'n derbyn cymorth yn ôl awdurdod lleol (Asy_D11)",
    "url": "https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables",
    "counts_en": "People receiving asylum support on the last day of a quarter, by the authority they live in.",
    "counts_cy": "Pobl sy'n derbyn cymorth lloches ar ddiwrnod olaf chwarter, yn ôl yr awdurdod lle maent yn byw.",
}
SEP_2024 = {"edition": "September 2024", "edition_cy": "Medi 2024", "released": "2024-11", "grade": "B"}

DATASETS = (
    Dataset(
        name="asylum_support",
        material="migration/asy_d11-edition-mar-2026-la-quarterly.csv",
        read=read_quarterly,
        tidy=tidy_quarterly,
        checks=(every_person_is_kept, no_quarter_is_missing, no_day_twice_for_a_code),
        origin=Origin(
            line="asy_d11",
            **ASY_D11,
            edition="March 2026",
            edition_cy="Mawrth 2026",
            released="2026-05",
            grade="C",
            coverage_en="361 local authorities of the UK, each quarter end from 30 June 2021 to 31 March 2026. No row means zero.",
            coverage_cy="361 awdurdod lleol yn y DU, diwedd pob chwarter o 30 Mehefin 2021 i 31 Mawrth 2026. Os nad oes rhes, sero yw'r nifer.",
            caution_en="",
            caution_cy="",
            checked_en="Every cell that the editions of September 2024 and December 2025 share agrees, but for miscoded rows of 31 December 2022 in those two.",
            checked_cy="Mae pob cell a geir hefyd yn argraffiadau Medi 2024 a Rhagfyr 2025 yn cytuno, heblaw am resi wedi'u camgodio ar 31 Rhagfyr 2022 yn y ddau hynny.",
        ),
    ),
    Dataset(
        name="asylum_support_2014_2021",
        material=D11_MATERIAL,
        read=read_d11,
        tidy=tidy_before_mar_2026_edition,
        checks=(every_placed_person_is_kept, no_quarter_is_missing, pseudo_areas_are_known),
        origin=Origin(
            line="asy_d11",
            **ASY_D11,
            **SEP_2024,
            coverage_en="361 local authorities of the UK, each quarter end from 31 March 2014 to 31 March 2021. Authorities since merged are added together. No row means zero.",
            coverage_cy="361 awdurdod lleol yn y DU, diwedd pob chwarter o 31 Mawrth 2014 i 31 Mawrth 2021. Mae awdurdodau a unwyd ers hynny wedi'u hadio at ei gilydd. Os nad oes rhes, sero yw'r nifer.",
            caution_en="People whose authority is unknown are not in these totals.",
            caution_cy="Nid yw pobl nad yw eu hawdurdod yn hysbys yn y cyfansymiau hyn.",
            checked_en="Agrees code by code with every cell of the edition of December 2025.",
            checked_cy="Yn cytuno, fesul cod, â phob cell yn argraffiad Rhagfyr 2025.",
        ),
    ),
    Dataset(
        name="asylum_support_reg02_jun_2026",
        material=REG02_JUN_2026,
        read=read_reg02,
        tidy=tidy_reg02,
        checks=(parts_add_to_total, names_stand_beside_their_codes, every_welsh_authority_once),
        origin=Origin(
            line="asy_d11",
            **HOME_OFFICE,
            title_en="Regional and local authority data on immigration groups (Reg_02)",
            title_cy="Data rhanbarthol ac awdurdodau lleol ar grwpiau mewnfudo (Reg_02)",
            edition="As at 30 June 2026",
            edition_cy="Ar 30 Mehefin 2026",
            released="2026-08",
            url="https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-regional-and-local-authority-data",
            grade="C",
            counts_en="People receiving asylum support on 30 June 2026, by the authority they live in.",
            counts_cy="Pobl sy'n derbyn cymorth lloches ar 30 Mehefin 2026, yn ôl yr awdurdod lle maent yn byw.",
            coverage_en="The 22 local authorities of Wales, 30 June 2026.",
            coverage_cy="22 awdurdod lleol Cymru, 30 Mehefin 2026.",
            caution_en="",
            caution_cy="",
            checked_en="Kinds of accommodation add to each total, and in 19 of 19 authorities at hand the total equals Asy_D11's edition of June 2026.",
            checked_cy="Mae'r mathau o lety yn adio i bob cyfanswm, ac yn y 19 awdurdod sydd wrth law mae'r cyfanswm yr un fath ag argraffiad Mehefin 2026 o Asy_D11.",
        ),
    ),
)
