"""Past editions of the Home Office's hate crime tables: force by strand as first published, and racist incidents.

The awkward fact: each edition printed its years anew, and none of these was printed again with later corrections. So
they are `hate_crimes_as_first_published`, a year at a time, and never a line with today's series. Racist incidents are
wider than crimes: any incident that anybody perceived as racist, until the collection ended with 2015/16.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from cohesion.vocabulary import ENGLAND_AND_WALES, TOTAL, WALES
from etl.contract import ContractError
from etl.geo.geography import is_welsh, match_force
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.hate_crime import appendix_tables_file as hate_crime_appendix
from etl.publications.home_office.hate_crime.published_texts import STRANDS as TEXT_STRANDS
from etl.publications.home_office.hate_crime.published_texts import strands_are_within_total
from etl.publications.home_office.hate_crime.strands_by_force import (
    STRANDS,
    by_strand,
    of_forces,
    strands_are_within_offences,
    welsh_forces_every_year,
)
from etl.publications.typed_from_texts import later_search as later_texts
from etl.reading.numbers import whole_numbers
from etl.reading.ods import Row
from etl.reading.periods import financial_year_start
from etl.reading.sheets import Column, Layout, named, one_each, one_header, table, without_typing
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed, plain

MEASURE, RACIST = "hate_crimes_as_first_published", "racist_incidents"
APPENDIX = "real/hate-crime-1516-hosb1116-appendix-tables.ods"
COPY = "hate-crime/hate-crime-force-by-strand-2017-18-2018-19.csv"
WHOLES = {"wales": WALES, "england and wales": ENGLAND_AND_WALES}
COPY_COLUMNS = {
    "Year": "year",
    "Force": "force",
    "Race": "race",
    "Total Religion": "religion",
    "Sexual orientation": "sexual_orientation",
    "Disability": "disability",
    "Transgender": "transgender",
    "Total number of motivating factors": "factors",
    "Total number of offences": "offences",
}
RACIST_YEARS = tuple(f"{year}/{year - 1999:02d}" for year in range(2009, 2016))
RACIST_LAYOUT = Layout(
    columns=(
        Column(name="force", headings=("Police force area",)),
        *(Column(name=year, headings=(year,), number=True, markers=True) for year in RACIST_YEARS),
    ),
    unread=("Number", "Percentage (%)"),
)
# Years of areas that no table above gives, whose text quotes the Home Office's table of that year.
QUOTED = {
    ("Wales", "2011/12"): WALES,
    ("Wales", "2012/13"): WALES,
    ("Wales", "2018/19"): WALES,
    ("North Wales Police", "2016/17"): "W15000001",
    ("Gwent Police", "2016/17"): "W15000002",
}


# The printed whole is lower than its printed parts by so much, and its regions say so too: shown as printed.
PRINTED_LOWER = {(RACIST, ENGLAND_AND_WALES): {("2014-04-01", TOTAL): 327}}


def read_copy(path: Path) -> pd.DataFrame:
    """Return the rows of the copy of 2017/18 and 2018/19, counts without their commas."""
    copy = read_text_csv(path, columns=tuple(COPY_COLUMNS))
    rows = copy[list(COPY_COLUMNS)].rename(columns=COPY_COLUMNS)
    counts = rows.columns.difference(["year", "force"])
    rows[counts] = rows[counts].apply(lambda cells: cells.str.replace(r"(?<=\d),(?=\d{3})", "", regex=True))
    return one_each(rows.assign(year=rows["year"].str.replace("-", "/")), key=("year", "force"), file=path.name)


def read_racist(path: Path) -> pd.DataFrame:
    """Return the table of racist incidents: a row for each force, region and whole, a column for each year."""
    cells = table(
        path,
        sheet_filter=named("3_01"),
        sheets="the sheet 3_01 of the appendix tables of 2015/16",
        layout=RACIST_LAYOUT,
        ends=("source",),
        prepared=lambda rows: one_header(without_typing(rows), pair=_years_over_force),
    )
    rows = hate_crime_appendix.region_named(cells, numbers=RACIST_YEARS).drop(columns="sheet")
    return one_each(rows, key=("force",), file=path.name)


def _years_over_force(upper: Row, lower: Row) -> bool:
    years = [cell for cell in upper.cells if re.fullmatch(r"\d{4}/\d{2}", cell)]
    return bool(years) and plain(lower.cells[0]) == "police force area"


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every force, and Wales and England and Wales where the table has them, by strand and in all."""
    offences, codes = _places(rows)
    return by_strand(offences, measure=MEASURE, area_code=codes)


def tidy_racist(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `racist_incidents` of every force, Wales and England and Wales by financial year."""
    offences, codes = _places(rows)
    long = offences.assign(area_code=codes).melt("area_code", list(RACIST_YEARS), var_name="year", value_name="text")
    return pd.DataFrame(
        {
            "measure": RACIST,
            "area_code": long["area_code"],
            "period_start": [financial_year_start(year).isoformat() for year in long["year"]],
            "period_months": 12,
            "category": TOTAL,
            "value": whole_numbers(long["text"], where="racist incidents"),
        }
    )


def tidy_quoted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sure figures of `QUOTED`; a strand that the text does not print stays out."""
    sure = later_texts.sure(rows, measure="police recorded hate crime")
    places = pd.Series(list(zip(sure["area"], sure["period"], strict=True)), index=sure.index, dtype=object)
    offences = sure[places.isin(list(QUOTED))]
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": places[offences.index].map(QUOTED),
            "period_start": [financial_year_start(year).isoformat() for year in offences["period"]],
            "period_months": 12,
            "category": offences["category"].map(dict(TEXT_STRANDS)),
            "value": whole_numbers(offences["value"], where="figures from texts"),
        }
    )


def _places(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the rows of forces, Wales and England and Wales, with their codes; regions are left out."""
    wholes = rows["force"].str.casefold().map(WHOLES)
    forces = of_forces(rows)
    codes = pd.concat([match_force(forces["force"]), wholes.dropna()]).sort_index()
    return rows.loc[codes.index], codes


def forces_add_to_the_wholes(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the forces do not add to England and Wales, or the Welsh ones to Wales, where the table has them."""
    number = figures.assign(number=pd.to_numeric(figures["value"]))
    by = ["period_start", "category"]
    for code in set(WHOLES.values()) & set(figures["area_code"]):
        whole = number[number["area_code"] == code].set_index(by)["number"]
        parts = number[~number["area_code"].isin(WHOLES.values())]
        if code == WHOLES["wales"]:
            parts = parts[is_welsh(parts["area_code"], "police_force")]
        off = (parts.groupby(by)["number"].sum() - whole).loc[lambda d: d != 0].to_dict()
        if off != PRINTED_LOWER.get((figures["measure"].iloc[0], code), {}):
            raise ContractError(f"expected the forces to add to {code}; off by {listed(off)}")


def factors_are_the_sum_of_strands(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a row's strands do not add to its printed number of motivating factors."""
    counts = rows[[*STRANDS, "factors"]].apply(pd.to_numeric)
    off = rows.loc[counts[list(STRANDS)].sum(axis=1) != counts["factors"], ["year", "force"]]
    if not off.empty:
        raise ContractError(
            f"expected strands that add to the motivating factors; not so for {listed(off.to_numpy().tolist())}"
        )


def the_quoted_are_all_there(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a place and year of the list came without a figure, or one came twice."""
    came = set(zip(figures["area_code"], figures["period_start"], strict=True))
    expected = {(code, financial_year_start(year).isoformat()) for (_, year), code in QUOTED.items()}
    twice = figures.duplicated(["area_code", "period_start", "category"]).any()
    if came != expected or twice or figures["category"].isna().any():
        raise ContractError(
            f"expected each of {listed(sorted(expected))}, each strand once; came {listed(sorted(came))}"
        )


ORIGINS = origins(__file__)
DATASETS = (
    Dataset(
        name="hate_crimes_first_published_2015_16",
        material=APPENDIX,
        read=hate_crime_appendix.read,
        tidy=tidy,
        checks=(welsh_forces_every_year, strands_are_within_offences, forces_add_to_the_wholes),
        origin=ORIGINS["hate_crimes_first_published_2015_16"],
    ),
    Dataset(
        name="hate_crimes_first_published_2017_2019",
        material=COPY,
        read=read_copy,
        tidy=tidy,
        checks=(welsh_forces_every_year, strands_are_within_offences, factors_are_the_sum_of_strands),
        origin=ORIGINS["hate_crimes_first_published_2017_2019"],
    ),
    Dataset(
        name="hate_crimes_first_published_quoted",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_quoted,
        checks=(the_quoted_are_all_there, strands_are_within_total),
        origin=ORIGINS["hate_crimes_first_published_quoted"],
    ),
    Dataset(
        name="racist_incidents",
        material=APPENDIX,
        read=read_racist,
        tidy=tidy_racist,
        checks=(forces_add_to_the_wholes,),
        origin=ORIGINS["racist_incidents"],
    ),
)
