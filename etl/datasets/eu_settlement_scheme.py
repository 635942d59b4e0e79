"""EU Settlement Scheme: applications since August 2018, as quoted in published texts for a few places and days.

The awkward fact: applications are not people, because one person may apply again; and these are single points
from Senedd Research, ADR Wales, Business News Wales and the Barry & District News, too few to be a series.
"""

from __future__ import annotations

import re

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.dataset import Dataset
from etl.datasets import migration_text
from etl.geography import load_areas, match_authority_name
from etl.numbers import whole_numbers
from etl.origin import OGL, Origin
from etl.periods import point_in_time

WALES = "W92000004"
MEASURES = {"applications received": "euss_applications", "concluded applications": "euss_concluded"}
FIGURES = 10


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applications received and concluded up to a day."""
    kept = migration_text.chosen(rows, pattern="EUSS .*", expected=FIGURES)
    named = kept["measure"].str.extract(r"^EUSS (applications received|concluded applications)\b", expand=False)
    if named.isna().any():
        came = sorted(kept.loc[named.isna(), "measure"])
        raise ContractError(f"expected applications received or concluded; came {came}")
    councils = kept["area"][kept["area"] != "Wales"]
    return pd.DataFrame(
        {
            "measure": named.map(MEASURES),
            "area_code": match_authority_name(councils, areas=load_areas()).reindex(kept.index, fill_value=WALES),
            "period_start": kept["reference_date_or_period"].map(lambda text: point_in_time(text).isoformat()),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(kept["value"], where="figures-from-text"),
        }
    )


def outcomes_fit(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the outcomes printed beside a figure pass it, or, "other" among them, do not add to it."""
    for _, row in rows[rows["measure"].str.startswith("EUSS concluded")].iterrows():
        outcomes = sum(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", row["measure"]))
        total = int(row["value"])
        if outcomes > total or ("other" in row["measure"] and outcomes != total):
            raise ContractError(f"{row['area']}: expected outcomes that fit {total:,}; came {outcomes:,}")


DATASETS = (
    Dataset(
        name="eu_settlement_scheme",
        material=migration_text.MATERIAL,
        read=migration_text.read,
        tidy=tidy,
        checks=(outcomes_fit,),
        origin=Origin(
            publisher_en="Home Office",
            publisher_cy="Y Swyddfa Gartref",
            title_en="EU Settlement Scheme quarterly statistics, as quoted in published texts",
            title_cy="Ystadegau chwarterol Cynllun Preswylio'n Sefydlog i Ddinasyddion yr UE, fel y'u dyfynnwyd mewn testunau cyhoeddedig",
            edition="June 2020 to June 2021",
            edition_cy="Mehefin 2020 i Fehefin 2021",
            released="2021-09",
            url="https://www.gov.uk/government/statistics/eu-settlement-scheme-quarterly-statistics-june-2021",
            licence=OGL,
            grade="T",
            status="published_text",
            counts_en="Applications to the EU Settlement Scheme received, or concluded, from 28 August 2018 up to a given day.",
            counts_cy="Ceisiadau i Gynllun Preswylio'n Sefydlog i Ddinasyddion yr UE a dderbyniwyd, neu a gwblhawyd, o 28 Awst 2018 hyd at ddiwrnod penodol.",
            coverage_en="Ten figures: Cardiff, Newport, Swansea, Wrexham, Flintshire, the Vale of Glamorgan and Wales, on one to three days each.",
            coverage_cy="Deg ffigur: Caerdydd, Casnewydd, Abertawe, Wrecsam, Sir y Fflint, Bro Morgannwg a Chymru, ar un i dri diwrnod yr un.",
            caution_en="Applications, not people: one person may apply more than once, and some who applied have left. Single points, not a trend.",
            caution_cy="Ceisiadau, nid pobl: gall un person wneud cais fwy nag unwaith, ac mae rhai a wnaeth gais wedi gadael. Pwyntiau unigol, nid tuedd.",
            checked_en="Typed from Senedd Research, ADR Wales and two news sites that quote the Home Office; outcomes printed beside a total fit it.",
            checked_cy="Teipiwyd o Ymchwil y Senedd, YDG Cymru a dau safle newyddion sy'n dyfynnu'r Swyddfa Gartref; mae'r canlyniadau a argraffwyd wrth ochr cyfanswm yn cyd-fynd ag ef.",
        ),
    ),
)
