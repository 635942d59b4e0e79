"""Figures that a council's or a partnership's own report gave, typed from texts.

The awkward fact: how a local report counts is not said, so its figures are of its own kind. Each publisher has a table
and a measure of its own, and none joins the police series; rows that are not marked sure stay out.
"""

from __future__ import annotations

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import load_areas, match_authority_name
from etl.pipeline.dataset import Check, Dataset
from etl.pipeline.origin import Origin
from etl.publications.typed_from_texts import later_search as later_texts
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_year_start
from etl.reading.wording import listed

SWANSEA, FLINTSHIRE = (
    "hate crimes (partnership report)",
    "hate crime incidents reported (council equality report)",
)


def tidy_swansea(rows: pd.DataFrame) -> pd.DataFrame:
    """Return hate crimes of Swansea by calendar year, as a report to the council's scrutiny gave them."""
    kept = later_texts.sure(rows, measure=SWANSEA)
    starts = kept["period"].str.removeprefix("calendar ") + "-01-01"
    return _table(kept, measure="hate_crimes_in_local_report", starts=starts)


def tidy_flintshire(rows: pd.DataFrame) -> pd.DataFrame:
    """Return hate incidents reported in Flintshire by financial year, as the council gave them."""
    kept = later_texts.sure(rows, measure=FLINTSHIRE)
    starts = kept["period"].map(lambda year: financial_year_start(year).isoformat())
    return _table(kept, measure="hate_incidents_in_local_report", starts=starts)


def _table(rows: pd.DataFrame, *, measure: str, starts: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": match_authority_name(rows["area"], areas=load_areas()),
            "period_start": starts,
            "period_months": 12,
            "category": TOTAL,
            "value": whole_numbers(rows["value"], where="figures from texts"),
        }
    )


def years_are(*years: str) -> Check:
    """Return a check that raises unless exactly the years that begin on these days came, each once."""

    def the_years_came(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
        if sorted(made["period_start"]) != sorted(years):
            raise ContractError(
                f"expected the years from {', '.join(years)}; came {listed(sorted(made['period_start']))}"
            )

    return the_years_came


DATASETS = (
    Dataset(
        name="local_report_swansea",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_swansea,
        checks=(years_are("2020-01-01", "2021-01-01"),),
        origin=Origin(
            publisher_en="Safer Swansea Partnership",
            publisher_cy="Partneriaeth Abertawe Mwy Diogel",
            title_en="Report to Swansea Council's scrutiny committee, 15 February 2022, as quoted in the press",
            title_cy="Adroddiad i bwyllgor craffu Cyngor Abertawe, 15 Chwefror 2022, fel y'i dyfynnwyd yn y wasg",
            edition="February 2022",
            edition_cy="Chwefror 2022",
            released="2022-02",
            url="https://walesnewsonline.com/increase-in-crime-and-violence-against-women-in-swansea/",
            licence="Figures quoted with their source",
            grade="T",
            status="published_text",
            counts_en="Hate crimes in Swansea in a calendar year, as the partnership's report counted them.",
            counts_cy="Troseddau casineb yn Abertawe mewn blwyddyn galendr, fel y cyfrifodd adroddiad y bartneriaeth nhw.",
            coverage_en="Swansea, 2020 and 2021.",
            coverage_cy="Abertawe, 2020 a 2021.",
            caution_en="How the report counted is not said, and 2020 was a year of restrictions: never compared with the Home Office's figures or another place.",
            caution_cy="Ni ddywedir sut y cyfrifodd yr adroddiad, ac roedd 2020 yn flwyddyn o gyfyngiadau: ni chânt eu cymharu byth â ffigurau'r Swyddfa Gartref na lle arall.",
            checked_en="Typed from a press report of the council's paper; both years stand in one sentence.",
            checked_cy="Teipiwyd o adroddiad yn y wasg ar bapur y cyngor; mae'r ddwy flwyddyn mewn un frawddeg.",
        ),
    ),
    Dataset(
        name="local_report_flintshire",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_flintshire,
        checks=(years_are("2013-04-01", "2014-04-01", "2015-04-01"),),
        origin=Origin(
            publisher_en="Flintshire County Council",
            publisher_cy="Cyngor Sir y Fflint",
            title_en="Figures released with the Strategic Equality Plan, as quoted in the press, October 2016",
            title_cy="Ffigurau a ryddhawyd gyda'r Cynllun Cydraddoldeb Strategol, fel y'u dyfynnwyd yn y wasg, Hydref 2016",
            edition="October 2016",
            edition_cy="Hydref 2016",
            released="2016-10-19",
            url="https://www.leaderlive.co.uk/news/168061/concerns-raised-over-level-of-hate-crime-taking-place-in-flintshire.aspx",
            licence="Figures quoted with their source",
            grade="T",
            status="published_text",
            counts_en="Hate incidents reported in Flintshire in a financial year, as the council counted them.",
            counts_cy="Digwyddiadau casineb y rhoddwyd gwybod amdanynt yn Sir y Fflint mewn blwyddyn ariannol, fel y cyfrifodd y cyngor nhw.",
            coverage_en="Flintshire, April 2013 to March 2016.",
            coverage_cy="Sir y Fflint, Ebrill 2013 i Fawrth 2016.",
            caution_en="How they were counted is not said, and incidents need not be crimes: never compared with the Home Office's figures or another place.",
            caution_cy="Ni ddywedir sut y cawsant eu cyfrif, ac nid oes raid i ddigwyddiad fod yn drosedd: ni chânt eu cymharu byth â ffigurau'r Swyddfa Gartref na lle arall.",
            checked_en="Typed from a press report of what the council released.",
            checked_cy="Teipiwyd o adroddiad yn y wasg ar yr hyn a ryddhaodd y cyngor.",
        ),
    ),
)
