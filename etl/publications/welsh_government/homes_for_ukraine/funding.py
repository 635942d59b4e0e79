"""Homes for Ukraine funding: for how many guests Welsh councils, and the Welsh Government, were funded in a quarter.

The awkward fact: these are net claims, so a quarter can be below zero; and guests whom the Welsh Government
sponsors itself (the super sponsor route) stand in a row of their own, in no council.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import load_areas, match_authority_name
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.reading.numbers import whole_numbers
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed

MEASURE = "homes_for_ukraine_guests_funded"
WALES, SUPER_SPONSOR = "W92000004", "super_sponsor"
COLUMNS = ("period", "area", "guests_arrived_net_claimed")
WHOLE = {"Wales total": TOTAL, "Welsh Government": SUPER_SPONSOR}  # rows of Wales, not of a council
ROWS_A_QUARTER = 24


def read(path: Path) -> pd.DataFrame:
    """Return one row for each council and quarter, and two for Wales."""
    return require_columns(read_text_csv(path), columns=COLUMNS, where=path.name)


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return guests by council and quarter; for Wales the published total and the Welsh Government's own guests."""
    councils = rows["area"][~rows["area"].isin(WHOLE)]
    codes = match_authority_name(councils, areas=load_areas()).reindex(rows.index, fill_value=WALES)
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": codes,
            "period_start": rows["period"].map({text: quarter_start(text).isoformat() for text in set(rows["period"])}),
            "period_months": 3,
            "category": rows["area"].map(WHOLE).fillna(TOTAL),
            "value": whole_numbers(rows["guests_arrived_net_claimed"], where="annexes"),
        }
    )


def quarter_start(text: str) -> date:
    """Return the first day of three months written "2022-09 to 2022-11"."""
    match = re.fullmatch(r"(\d{4})-(\d{2}) to (\d{4})-(\d{2})", text.strip())
    if match:
        first, last = (int(match[n]) * 12 + int(match[n + 1]) - 1 for n in (1, 3))
        if last - first == 2:
            return date(first // 12, first % 12 + 1, 1)
    raise ContractError(f"expected three months such as 2022-09 to 2022-11; came {text!r}")


def rows_add_to_wales(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when councils and the Welsh Government do not add to the published Wales, or a row is missing or double."""
    whole = (made["area_code"] == WALES) & (made["category"] == TOTAL)
    published = made[whole].set_index("period_start")["value"]
    gaps = made[~whole].groupby("period_start")["value"].sum() - published
    sizes = made.groupby("period_start")["area_code"].agg(["size", "nunique"])
    if gaps.ne(0).any():
        raise ContractError(f"expected councils and Welsh Government to add to Wales; off by {listed(gaps.to_dict())}")
    if (sizes != [ROWS_A_QUARTER, ROWS_A_QUARTER - 1]).any(axis=None):
        raise ContractError(f"expected {ROWS_A_QUARTER} rows a quarter; came {listed(sizes['size'].to_dict())}")


DATASETS = (
    Dataset(
        name="homes_for_ukraine_funding",
        material="migration/homes-for-ukraine-wales-funding-annexes.csv",
        read=read,
        tidy=tidy,
        checks=(rows_add_to_wales,),
        origin=Origin(
            publisher_en="Department for Levelling Up, Housing and Communities",
            publisher_cy="Yr Adran Ffyniant Bro, Tai a Chymunedau",
            title_en="Homes for Ukraine: local authority funding allocations (Wales), Annex A",
            title_cy="Cartrefi i Wcráin: dyraniadau cyllid awdurdodau lleol (Cymru), Atodiad A",
            edition="Annexes of 16 March 2023, 31 October 2023 and 18 January 2024",
            edition_cy="Atodiadau 16 Mawrth 2023, 31 Hydref 2023 a 18 Ionawr 2024",
            released="2024-01-18",
            url="https://www.gov.uk/government/publications/homes-for-ukraine-funding-july-to-september-2023/annex-a-homes-for-ukraine-local-authority-funding-allocations-july-to-september-2023-wales",
            licence=OGL,
            grade="T",
            status="published_text",
            counts_en="Guests who arrived and for whom funding was claimed in a quarter, less claims taken back, by council; the Welsh Government's own guests apart.",
            counts_cy="Gwesteion a gyrhaeddodd ac yr hawliwyd cyllid ar eu cyfer mewn chwarter, llai hawliadau a dynnwyd yn ôl, yn ôl cyngor; gwesteion Llywodraeth Cymru ei hun ar wahân.",
            coverage_en="Wales and its 22 councils: September to November 2022, April to June 2023, July to September 2023. Other quarters were published and are not held.",
            coverage_cy="Cymru a'i 22 cyngor: Medi i Dachwedd 2022, Ebrill i Fehefin 2023, Gorffennaf i Fedi 2023. Cyhoeddwyd chwarteri eraill ond nid yw eu ffigurau gennym.",
            caution_en="Net claims, so a quarter can be below zero, and they can come late: Newport claimed nothing of any kind for July to September 2023.",
            caution_cy="Hawliadau net, felly gall chwarter fod yn is na sero, a gallant ddod yn hwyr: ni hawliodd Casnewydd ddim o unrhyw fath ar gyfer Gorffennaf i Fedi 2023.",
            checked_en="In each quarter the councils and the Welsh Government add to the printed total.",
            checked_cy="Ym mhob chwarter mae'r cynghorau a Llywodraeth Cymru yn adio i'r cyfanswm printiedig.",
        ),
    ),
)
