"""EU Settlement Scheme: applications since August 2018, as quoted in published texts for a few places and days.

The awkward fact: applications are not people, because one person may apply again; and these are single points
from Senedd Research, ADR Wales, Business News Wales and the Barry & District News, too few to be a series.
"""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import load_areas, match_authority_name, refuse_codes_beside_other_names
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.publications.typed_from_texts import later_search as later_texts
from etl.publications.typed_from_texts import migration as migration_text
from etl.reading.numbers import whole_numbers
from etl.reading.periods import point_in_time
from etl.reading.wording import listed

WALES = "W92000004"
MEASURES = {"applications received": "euss_applications", "concluded applications": "euss_concluded"}
FIGURES, PRESS_FIGURES = 10, 8
PRESS_MEASURE = "EU Settlement Scheme applications received, cumulative from 28 Aug 2018"


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applications received and concluded up to a day."""
    kept = migration_text.chosen(rows, pattern="EUSS .*", expected=FIGURES)
    named = kept["measure"].str.extract(r"^EUSS (applications received|concluded applications)\b", expand=False)
    if named.isna().any():
        came = sorted(kept.loc[named.isna(), "measure"])
        raise ContractError(f"expected applications received or concluded; came {listed(came)}")
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


def tidy_press(rows: pd.DataFrame) -> pd.DataFrame:
    """Return applications received up to a day that two news sites quote ("to 30 June 2020")."""
    kept = later_texts.sure(rows, measure=PRESS_MEASURE, expected=PRESS_FIGURES)
    return pd.DataFrame(
        {
            "measure": MEASURES["applications received"],
            "area_code": kept["area_code"],
            "period_start": kept["period"].map(lambda text: _last_day(text).isoformat()),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(kept["value"], where="figures-from-text-2"),
        }
    )


def _last_day(text: str) -> date:
    """Return the day written "to 30 June 2020" or "to 31 Jan 2020"."""
    for form in ("to %d %B %Y", "to %d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ContractError(f"expected the last day of a running total such as 'to 30 June 2020'; came {text!r}")


def names_stand_beside_their_codes(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a council's code is another's."""
    councils = rows[(rows["measure"] == PRESS_MEASURE) & (rows["area"] != "Wales")]
    refuse_codes_beside_other_names(codes=councils["area_code"], names=councils["area"])


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
    Dataset(
        name="eu_settlement_scheme_press",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_press,
        checks=(names_stand_beside_their_codes,),
        origin=Origin(
            publisher_en="Home Office",
            publisher_cy="Y Swyddfa Gartref",
            title_en="EU Settlement Scheme statistics, as quoted by the South Wales Argus and Deeside.com",
            title_cy="Ystadegau Cynllun Preswylio'n Sefydlog i Ddinasyddion yr UE, fel y'u dyfynnwyd gan y South Wales Argus a Deeside.com",
            edition="December 2019 to June 2020",
            edition_cy="Rhagfyr 2019 i Fehefin 2020",
            released="2020-08",
            url="https://www.southwalesargus.co.uk/news/18681242.thousands-eu-nationals-newport-apply-settled-status/",
            licence=OGL,
            grade="T",
            status="published_text",
            counts_en="Applications to the EU Settlement Scheme received from 28 August 2018 up to a given day.",
            counts_cy="Ceisiadau i Gynllun Preswylio'n Sefydlog i Ddinasyddion yr UE a dderbyniwyd o 28 Awst 2018 hyd at ddiwrnod penodol.",
            coverage_en="Eight figures: six councils at 30 June 2020, and Wales at 31 December 2019 and 31 January 2020.",
            coverage_cy="Wyth ffigur: chwe chyngor ar 30 Mehefin 2020, a Chymru ar 31 Rhagfyr 2019 a 31 Ionawr 2020.",
            caution_en="Read from news sites that quote the publisher.",
            caution_cy="Darllenwyd o wefannau newyddion sy'n dyfynnu'r cyhoeddwr.",
            checked_en="Typed from the texts; figures seen only on copies of news sites were left out.",
            checked_cy="Teipiwyd o'r testunau; gadawyd allan ffigurau a welwyd ar gopïau o wefannau newyddion yn unig.",
        ),
    ),
)
