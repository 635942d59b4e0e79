"""Past editions of the Home Office's hate crime tables: force by strand as first published, and racist incidents.

The awkward fact: each edition printed its years anew, and none of these was printed again with later corrections. So
they are `hate_crimes_as_first_published`, a year at a time, and never a line with today's series. Racist incidents are
wider than crimes: any incident that anybody perceived as racist, until the collection ended with 2015/16.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.geo.geography import match_force
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.publications.home_office.hate_crime import appendix_tables_file as hate_crime_appendix
from etl.publications.home_office.hate_crime.published_texts import FIRST_PUBLISHED_CAUTION, strands_are_within_total
from etl.publications.home_office.hate_crime.published_texts import STRANDS as TEXT_STRANDS
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
from etl.reading.text_files import read_text_csv, require_columns
from etl.reading.wording import listed, plain

MEASURE, RACIST = "hate_crimes_as_first_published", "racist_incidents"
APPENDIX = "real/hate-crime-1516-hosb1116-appendix-tables.ods"
COPY = "hate-crime/hate-crime-force-by-strand-2017-18-2018-19.csv"
WHOLES = {"wales": "W92000004", "england and wales": "K04000001"}
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
    ("Wales", "2011/12"): "W92000004",
    ("Wales", "2012/13"): "W92000004",
    ("Wales", "2018/19"): "W92000004",
    ("North Wales Police", "2016/17"): "W15000001",
    ("Gwent Police", "2016/17"): "W15000002",
}


# The printed whole is lower than its printed parts by so much, and its regions say so too: shown as printed.
PRINTED_LOWER = {(RACIST, "K04000001"): {("2014-04-01", TOTAL): 327}}


def read_copy(path: Path) -> pd.DataFrame:
    """Return the rows of the copy of 2017/18 and 2018/19, counts without their commas."""
    copy = require_columns(read_text_csv(path), columns=tuple(COPY_COLUMNS), where=path.name)
    rows = copy[list(COPY_COLUMNS)].rename(columns=COPY_COLUMNS)
    counts = rows.columns.difference(["year", "force"])
    rows[counts] = rows[counts].apply(lambda cells: cells.str.replace(r"(?<=\d),(?=\d{3})", "", regex=True))
    return one_each(rows.assign(year=rows["year"].str.replace("-", "/")), key=("year", "force"), file=path.name)


def read_racist(path: Path) -> pd.DataFrame:
    """Return the table of racist incidents: a row for each force, region and whole, a column for each year."""
    cells = table(
        path,
        wanted=named("3_01"),
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
    kept, codes = _places(rows)
    return by_strand(kept, measure=MEASURE, area_code=codes)


def tidy_racist(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `racist_incidents` of every force, Wales and England and Wales by financial year."""
    kept, codes = _places(rows)
    long = kept.assign(area_code=codes).melt("area_code", list(RACIST_YEARS), var_name="year", value_name="text")
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
    kept = sure[places.isin(list(QUOTED))]
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": places[kept.index].map(QUOTED),
            "period_start": [financial_year_start(year).isoformat() for year in kept["period"]],
            "period_months": 12,
            "category": kept["category"].map(dict(TEXT_STRANDS)),
            "value": whole_numbers(kept["value"], where="figures from texts"),
        }
    )


def _places(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the rows of forces, Wales and England and Wales, with their codes; regions are left out."""
    wholes = rows["force"].str.casefold().map(WHOLES)
    forces = of_forces(rows)
    codes = pd.concat([match_force(forces["force"]), wholes.dropna()]).sort_index()
    return rows.loc[codes.index], codes


def forces_add_to_the_wholes(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when the forces do not add to England and Wales, or the Welsh ones to Wales, where the table has them."""
    number = made.assign(number=pd.to_numeric(made["value"]))
    by = ["period_start", "category"]
    for code in set(WHOLES.values()) & set(made["area_code"]):
        whole = number[number["area_code"] == code].set_index(by)["number"]
        parts = number[~number["area_code"].isin(WHOLES.values())]
        if code == WHOLES["wales"]:
            parts = parts[parts["area_code"].str.startswith("W15")]
        off = (parts.groupby(by)["number"].sum() - whole).loc[lambda d: d != 0].to_dict()
        if off != PRINTED_LOWER.get((made["measure"].iloc[0], code), {}):
            raise ContractError(f"expected the forces to add to {code}; off by {listed(off)}")


def factors_are_the_sum_of_strands(rows: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when a row's strands do not add to its printed number of motivating factors."""
    counts = rows[[*STRANDS, "factors"]].apply(pd.to_numeric)
    off = rows.loc[counts[list(STRANDS)].sum(axis=1) != counts["factors"], ["year", "force"]]
    if not off.empty:
        raise ContractError(
            f"expected strands that add to the motivating factors; not so for {listed(off.to_numpy().tolist())}"
        )


def the_quoted_are_all_there(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a place and year of the list came without a figure, or one came twice."""
    came = set(zip(made["area_code"], made["period_start"], strict=True))
    wanted = {(code, financial_year_start(year).isoformat()) for (_, year), code in QUOTED.items()}
    twice = made.duplicated(["area_code", "period_start", "category"]).any()
    if came != wanted or twice or made["category"].isna().any():
        raise ContractError(f"expected each of {listed(sorted(wanted))}, each strand once; came {listed(sorted(came))}")


_HOME_OFFICE = {"publisher_en": "Home Office", "publisher_cy": "Y Swyddfa Gartref", "licence": OGL}
_COUNTS = {
    "counts_en": "Crimes recorded by a police force in a financial year and flagged with a hate strand, as first printed.",
    "counts_cy": "Troseddau a gofnodwyd gan heddlu mewn blwyddyn ariannol ac a nodwyd â ffactor casineb, fel y'u hargraffwyd gyntaf.",
}
_CAUTION = {
    "caution_en": FIRST_PUBLISHED_CAUTION[0],
    "caution_cy": FIRST_PUBLISHED_CAUTION[1],
}

DATASETS = (
    Dataset(
        name="hate_crimes_first_published_2015_16",
        material=APPENDIX,
        read=hate_crime_appendix.read,
        tidy=tidy,
        checks=(welsh_forces_every_year, strands_are_within_offences, forces_add_to_the_wholes),
        origin=Origin(
            **_HOME_OFFICE,
            **_COUNTS,
            title_en="Hate crime, England and Wales, 2015/16: appendix tables, table 2.01",
            title_cy="Troseddau casineb, Cymru a Lloegr, 2015/16: tablau atodol, tabl 2.01",
            edition="October 2016",
            edition_cy="Hydref 2016",
            released="2016-10",
            url="https://www.gov.uk/government/statistics/hate-crime-england-and-wales-2015-to-2016",
            grade="A",
            status="official",
            coverage_en="43 forces, British Transport Police, Wales and England and Wales, April 2015 to March 2016.",
            coverage_cy="43 heddlu, Heddlu Trafnidiaeth Prydain, Cymru, a Chymru a Lloegr, Ebrill 2015 i Fawrth 2016.",
            **_CAUTION,
            checked_en="Read from the publisher's own file; the forces add to Wales and to England and Wales in every strand.",
            checked_cy="Darllenwyd o ffeil y cyhoeddwr ei hun; mae'r heddluoedd yn adio i Gymru ac i Gymru a Lloegr ym mhob ffactor.",
        ),
    ),
    Dataset(
        name="hate_crimes_first_published_2017_2019",
        material=COPY,
        read=read_copy,
        tidy=tidy,
        checks=(welsh_forces_every_year, strands_are_within_offences, factors_are_the_sum_of_strands),
        origin=Origin(
            **_HOME_OFFICE,
            **_COUNTS,
            title_en="Hate crime, England and Wales, 2017/18 and 2018/19: appendix tables by police force and strand",
            title_cy="Troseddau casineb, Cymru a Lloegr, 2017/18 a 2018/19: tablau atodol yn ôl heddlu a ffactor ysgogol",
            edition="October 2018 and October 2019",
            edition_cy="Hydref 2018 a Hydref 2019",
            released="2019-10-15",
            url="https://www.gov.uk/government/collections/hate-crime-statistics",
            grade="B",
            status="official",
            coverage_en="43 forces, April 2017 to March 2019, without British Transport Police.",
            coverage_cy="43 heddlu, Ebrill 2017 i Fawrth 2019, heb Heddlu Trafnidiaeth Prydain.",
            **_CAUTION,
            checked_en=(
                "Strands add to the printed motivating factors in all 86 rows; the Welsh forces add to the 3,932 that "
                "the Welsh Government gave for 2018/19, and to its figures by strand."
            ),
            checked_cy=(
                "Mae'r ffactorau'n adio i'r nifer a argraffwyd ym mhob un o'r 86 rhes; mae heddluoedd Cymru'n adio i'r "
                "3,932 a roddodd Llywodraeth Cymru ar gyfer 2018/19, ac i'w ffigurau yn ôl ffactor."
            ),
        ),
    ),
    Dataset(
        name="hate_crimes_first_published_quoted",
        material=later_texts.MATERIAL,
        read=later_texts.read,
        tidy=tidy_quoted,
        checks=(the_quoted_are_all_there, strands_are_within_total),
        origin=Origin(
            **_HOME_OFFICE,
            **_COUNTS,
            title_en="Hate crime, England and Wales: past editions, as quoted at the time",
            title_cy="Troseddau casineb, Cymru a Lloegr: hen argraffiadau, fel y'u dyfynnwyd ar y pryd",
            edition="Editions of 2012 to 2019, as quoted by the Welsh Government, the Senedd and the press",
            edition_cy="Argraffiadau 2012 i 2019, fel y'u dyfynnwyd gan Lywodraeth Cymru, y Senedd a'r wasg",
            released="2019-10-15",
            url="https://www.gov.uk/government/collections/hate-crime-statistics",
            grade="T",
            status="published_text",
            coverage_en="Wales in 2011/12, 2012/13 and (by strand) 2018/19; North Wales and Gwent in 2016/17.",
            coverage_cy="Cymru yn 2011/12, 2012/13 ac (yn ôl ffactor) 2018/19; Gogledd Cymru a Gwent yn 2016/17.",
            **_CAUTION,
            checked_en="Typed from the texts, only rows marked sure; the strands of Wales in 2018/19 are the sums of its four forces.",
            checked_cy="Teipiwyd o'r testunau, dim ond rhesi a nodwyd yn sicr; mae ffactorau Cymru yn 2018/19 yn gyfansymiau ei phedwar heddlu.",
        ),
    ),
    Dataset(
        name="racist_incidents",
        material=APPENDIX,
        read=read_racist,
        tidy=tidy_racist,
        checks=(forces_add_to_the_wholes,),
        origin=Origin(
            **_HOME_OFFICE,
            title_en="Hate crime, England and Wales, 2015/16: appendix tables, table 3.01 (racist incidents)",
            title_cy="Troseddau casineb, Cymru a Lloegr, 2015/16: tablau atodol, tabl 3.01 (digwyddiadau hiliol)",
            edition="October 2016",
            edition_cy="Hydref 2016",
            released="2016-10",
            url="https://www.gov.uk/government/statistics/hate-crime-england-and-wales-2015-to-2016",
            grade="A",
            status="official",
            counts_en="Incidents, crimes among them, that the victim or anybody else perceived as racist, recorded by the police in a financial year.",
            counts_cy="Digwyddiadau, gan gynnwys troseddau, yr oedd y dioddefwr neu unrhyw un arall yn eu hystyried yn hiliol, a gofnodwyd gan yr heddlu mewn blwyddyn ariannol.",
            coverage_en="43 forces, Wales and England and Wales, April 2009 to March 2016, when the collection ended.",
            coverage_cy="43 heddlu, Cymru, a Chymru a Lloegr, Ebrill 2009 i Fawrth 2016, pan ddaeth y casgliad i ben.",
            caution_en="Wider than race hate crime, since incidents that are no crime count too: the two are never compared or added.",
            caution_cy="Ehangach na throseddau casineb hil, gan fod digwyddiadau nad ydynt yn droseddau yn cyfrif hefyd: ni chaiff y ddau eu cymharu na'u hadio byth.",
            checked_en="Read from the publisher's own file; the forces add to Wales in all seven years and to England and Wales in six: for 2014/15 the printed whole is 327 lower than its printed parts, and stands as printed.",
            checked_cy="Darllenwyd o ffeil y cyhoeddwr ei hun; mae'r heddluoedd yn adio i Gymru ym mhob un o'r saith mlynedd ac i Gymru a Lloegr mewn chwech: ar gyfer 2014/15 mae'r cyfanswm a argraffwyd 327 yn is na'i rannau, ac mae'n sefyll fel y'i hargraffwyd.",
        ),
    ),
)
