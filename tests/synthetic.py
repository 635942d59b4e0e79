"""Made-up publications in the documented layouts, for tests: never figures of any publisher.

Every table is small but whole: all forces or authorities that its loader's checks ask for, with counts from a
seed. A test changes one thing and expects the refusal.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
import xlsxwriter
from hypothesis import strategies as st

from etl.geo.geography import current_authorities, force_codes, load_areas, load_members
from etl.publications.home_office.immigration_groups.published_file import _HEADINGS as REG_02_FIGURES
from etl.publications.home_office.modern_slavery.referrals import AGES, POLICE_COLUMNS
from etl.publications.home_office.police_recorded_crime.force_areas import RRA_CODES
from etl.publications.ons.census_2021.country_of_birth import parents
from etl.publications.ons.census_2021.topics import headings_of, topics
from etl.publications.ons.components_of_change.before_rebasing import FLOWS, NETS

Cell = str | int | float | date | bool | None
Grid = list[list[Cell]]
Book = dict[str, Grid]

counts = st.integers(min_value=0, max_value=900)
texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=12).map(
    lambda text: " ".join(text.split())
)
cells = st.one_of(st.just(""), texts, counts, st.integers(-9999, -1), st.dates(), st.booleans())
grids = st.lists(st.lists(cells, max_size=6), max_size=8)

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
STYLES = (
    '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
    '<style:style style:name="out-of-sight" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)
BODY, END = "<office:body><office:spreadsheet>", "</office:spreadsheet></office:body></office:document-content>"


def write_ods(path: Path, book: Mapping[str, Sequence[Sequence[Cell]]], *, tail: str = "", hidden: str = "") -> Path:
    """Write an ODS as office programs do: runs of equal cells and rows once with a count, blank rows after the end."""
    style = {name: ' table:style-name="out-of-sight"' if name == hidden else "" for name in book}
    sheets = "".join(
        f"<table:table table:name={quoteattr(name)}{style[name]}>{_rows_xml(grid)}{tail}</table:table>"
        for name, grid in book.items()
    )
    return write_content(path, HEAD + (STYLES if hidden else "") + BODY + sheets + END)


def write_content(path: Path, content: str) -> Path:
    """Write an ODS around any content.xml."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr(
            zipfile.ZipInfo("mimetype"), kind, zipfile.ZIP_STORED
        )  # without the clock: the same bytes always
        archive.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
    return path


def _rows_xml(grid: Sequence[Sequence[Cell]]) -> str:
    made, last, times = [], None, 0
    for row in [*(_cells_xml(row) for row in grid), None]:
        if row == last:
            times += 1
            continue
        if last is not None:
            many = f' table:number-rows-repeated="{times}"' if times > 1 else ""
            made.append(f"<table:table-row{many}>{last}</table:table-row>")
        last, times = row, 1
    wide = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048000">{wide}</table:table-row>'
    return "".join(made) + blank


def _cells_xml(row: Sequence[Cell]) -> str:
    made, last, times = [], _cell_xml(row[0]) if row else "", 0
    for cell in [*map(_cell_xml, row), None]:
        if cell == last:
            times += 1
            continue
        many = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        if last:
            made.append(last.replace("<table:table-cell", f"<table:table-cell{many}", 1))
        last, times = cell, 1
    return "".join(made)


def _cell_xml(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    kind, value, shown = "string", "", escape(str(cell))
    if isinstance(cell, bool):
        kind, value, shown = "boolean", f' office:boolean-value="{str(cell).lower()}"', str(cell).upper()
    elif isinstance(cell, date):
        kind, value, shown = "date", f' office:date-value="{cell.isoformat()}"', f"{cell:%d/%m/%y}"
    elif isinstance(cell, int | float):
        kind, value, shown = "float", f' office:value="{cell}"', f"{cell:,}"
    return f'<table:table-cell office:value-type="{kind}"{value}><text:p>{shown}</text:p></table:table-cell>'


def as_text(cell: Cell) -> str:
    """Return what a reader must give for a cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_xlsx(path: Path, book: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: str = "") -> Path:
    """Write an XLSX."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})  # the same bytes always
        for name, grid in book.items():
            sheet = workbook.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            elif hidden:
                sheet.activate()
                sheet.set_first_sheet()
            for number, row in enumerate(grid):
                sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return path


def write_nomis(path: Path, parts: Mapping[str, Grid]) -> Path:
    """Write an archive of CSV files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, grid in parts.items():
            text = io.StringIO()
            csv.writer(text).writerows(grid)
            archive.writestr(name, text.getvalue())
    return path


# --- whole publications -------------------------------------------------------------------------------------------

FORCES = sorted({name.title().replace(" And ", " & ") for name in force_codes() if "isle of wight" not in name})
WELSH_CSPS = {
    "South Wales": ("Bridgend", "Cardiff", "Cwm Taf", "Neath Port Talbot", "Swansea", "Vale of Glamorgan"),
    "Gwent": ("Blaenau Gwent", "Caerphilly", "Monmouthshire", "Newport", "Torfaen"),
    "Dyfed-Powys": ("Carmarthenshire", "Ceredigion", "Pembrokeshire", "Powys"),
    "North Wales": ("Conwy", "Denbighshire", "Flintshire", "Gwynedd", "Isle of Anglesey", "Wrexham"),
}
PFA_HEADER: list[Cell] = [
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
    "Offence Subgroup", "Offence Code", "Number of Offences",
]  # fmt: skip
CSP_HEADER: list[Cell] = [
    "Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
    "Offence Subgroup", "Offence Code", "Offence Count",
]  # fmt: skip
NOTES: Grid = [["Notes"], [], ["Updated: 23 July 2026"], ["Force Notes"]]
VIOLENCE = ["an offence", "Violence against the person", "Violence without injury"]


def pfa(*, years: Sequence[str] = ("2015/16",), sheet: Callable[[str], str] = lambda y: y.replace("/", "_")) -> Book:
    """Return the force tables: every force, the aggravated offences, modern slavery and one other code."""
    codes = (*RRA_CODES, "106", "8K")
    return {
        "Notes": [list(row) for row in NOTES],
        **{
            sheet(year): [
                list(PFA_HEADER),
                *(
                    [year, quarter, force, *VIOLENCE, code, (n * 7 + k * 3 + quarter) % 50]
                    for quarter in (1, 2, 3, 4)
                    for n, force in enumerate(FORCES)
                    for k, code in enumerate(codes)
                ),
            ]
            for year in years
        },
    }


def csp(*, years: Sequence[str] = ("2024/25",), count: str = "Offence Count", seed: int = 0) -> Book:
    """Return the partnership tables: Welsh partnerships, the unassigned of each force, and one English place."""
    places = [(force, name) for force, names in WELSH_CSPS.items() for name in (*names, f"Unassigned {force}")]
    places += [("Avon & Somerset", "Bath and North East Somerset"), ("Avon & Somerset", "Unassigned Avon & Somerset")]
    return {
        **{
            year.replace("/", "_"): [
                [*CSP_HEADER[:-1], count],
                *(
                    [
                        year,
                        quarter,
                        force,
                        place,
                        *VIOLENCE,
                        code,
                        (seed + n * 11 + k * 5 + quarter + int(year[:4])) % 40,
                    ]
                    for quarter in (1, 2, 3, 4)
                    for n, (force, place) in enumerate(places)
                    for k, code in enumerate((*RRA_CODES, "8K"))
                ),
            ]
            for year in years
        },
        "Notes": [list(row) for row in NOTES],
    }


def authorities() -> list[tuple[str, str, str]]:
    """Return code, name and nation letter of every authority of today."""
    areas = current_authorities(areas=load_areas())
    return [(code, name, code[0]) for code, name in zip(areas["code"], areas["name_en"], strict=True)]


def asy_d11(*, last: str = "30 Jun 2026", seed: int = 0) -> Book:
    """Return Asy_D11: some authorities on every quarter end since 31 March 2014, and people placed nowhere."""
    header: list[Cell] = [
        "Date (as at…)", "Support Type", "UK Region / Nation", "Local Authority", "LAD Code", "Accommodation Type",
        "People",
    ]  # fmt: skip
    sections = {"Section 95": date(2014, 1, 1), "Section 4": date(2018, 3, 1), "Section 98": date(2022, 12, 1)}
    some = [a for a in authorities() if a[0] in ("W06000014", "W06000015", "E08000025", "S12000049")]
    rows: Grid = []
    for day in pd.date_range("2014-03-31", pd.to_datetime(last, format="%d %b %Y"), freq="QE"):
        for section, since in sections.items():
            if day.date() >= since:
                words = f"{day.day} {day:%b %Y}"
                rows += [
                    [words, section, "Wales", name, code, "Dispersal Accommodation", (seed + n + day.month) % 90 + 1]
                    for n, (code, name, _) in enumerate(some)
                ]
                rows.append([words, section, "N/A", "Unknown", "N/A", "Subsistence only", 3])
    return {"Data_Asy_D11": [["Asy_D11: made up for a test"], header, *rows, ["End of table"]], "Contents": [["Sheet"]]}


def res_d01() -> Book:
    """Return Res_D01 with an Afghan arrival placed in an authority, as newer editions do, and one placed nowhere."""
    header: list[Cell] = ["Year", "Quarter", "Region", "LAD Code", "Local Authority", "Resettlement Scheme", "Persons"]
    rows: Grid = [
        [2026, "2026 Q1", "Wales", "W06000015", "Cardiff", "UK Resettlement Scheme", 12],
        [2026, "2026 Q2", "Wales", "W06000014", "Vale of Glamorgan", "UK Resettlement Scheme", 5],
        [2026, "2026 Q2", "Wales", "W06000015", "Cardiff", "Relocation - ARAP", 7],
        [2026, "2026 Q2", "Unknown", "Unknown", "Unknown", "Relocation - ARAP", 20],
    ]
    return {"Data_Res_D01": [["Res_D01: made up for a test"], header, *rows, ["End of table"]]}


def reg_02(*, day: str = "30 June 2026") -> Book:
    """Return Reg_02 with every authority, parts that add up, and one suppressed cell."""
    header: list[Cell] = [
        "Local authority",
        "Region / Nation",
        "LTLA (ONS code)",
        *REG_02_FIGURES.values(),
        "Population",
    ]
    rows: Grid = [
        [name, "somewhere", code, 10 + n, 6, 1, 2, 3, 15, 1, 2, 3, 4, 5, 100_000 + n]
        for n, (code, name, _) in enumerate(authorities())
    ]
    rows[3][3] = "*"
    title: list[Cell] = [f"Reg_02: Immigration groups, by Local Authority, as at {day}"]
    return {"Reg_01": [["regions"]], "Reg_02": [title, header, *rows, ["End of table"]], "Notes": [["notes"]]}


def myeb3(*, years: Sequence[int] = (2012, 2013, 2014), unattributed: str = "") -> Book:
    """Return MYEB3 of England and Wales with accounts that close, and unattributable change under any name given."""
    stems = [*FLOWS, *NETS]
    header: list[Cell] = ["ladcode23", "laname23", "country", "population_2011"]
    for year in years:
        header += [f"{stem}_{year}" for stem in stems] + ([f"{unattributed}_{year}"] if unattributed else [])
        header.append(f"population_{year}")
    rows: Grid = []
    for n, (code, name, nation) in enumerate(a for a in authorities() if a[2] in "EW"):
        people = 100_000 + n
        row: list[Cell] = [code, name, nation, people]
        for year in years:
            flows = {stem: (n * 13 + k * k * 31 + year) % 300 for k, stem in enumerate(FLOWS)}
            nets = {net: flows[gain] - flows[loss] for net, (gain, loss) in NETS.items()}
            lost = -((n + year) % 9) if unattributed else 0
            people += flows["other_change"] + sum(nets.values()) + lost
            row += [*flows.values(), *nets.values(), *([lost] if unattributed else []), people]
        rows.append(row)
    return {"Cover sheet": [["cover"]], "MYEB1": [["x"]], "MYEB3": [["MYEB3: made up for a test"], header, *rows]}


def hate_crime(*, years: Sequence[str] | None = None) -> Book:
    """Return sheets 2 and 5 in the documented rows, with the blanks and the printed figures that the checks know."""
    years = years or [f"{y}/{(y + 1) % 100:02d}" for y in range(2011, 2025)]
    known = {"2023/24": (113_166, 80_000, 7_000), "2024/25": (115_990, 82_490, 7_164)}
    columns = []
    for year in years:
        total, race, religion = known.get(year, (60_000, 50_000, 5_000))
        strands: list[Cell] = [race, religion, 20_000, 11_000, 4_000]
        column = [*strands, race + religion + 35_000, total]
        columns.append(["[x]"] * 7 if year == "2019/20" else [*column[:6], "[x]"] if year == "2011/12" else column)
    labels = ["Race", "Religion", "Sexual orientation", "Disability", "Transgender [note 3]",
              "Total number of motivating factors", "Total number of offences"]  # fmt: skip
    two: Grid = [[""]] * 6
    two = [
        ["Table 2a"],
        ["made up"],
        ["for"],
        ["a"],
        ["test"],
        ["."],
        ["Hate crime strand", *years, "% change 2023/24 to 2024/25"],
    ]
    two += [[label, *(column[n] for column in columns), 3] for n, label in enumerate(labels)]
    religions = ["Buddhist", "Christian", "Hindu", "Jewish", "Muslim", "Sikh", "Other", "No religion", "Unknown"]
    late = [year for year in years if year >= "2021/22"]
    five: Grid = [["Table 5a"], *([["."]] * 6), ["Perceived religion [note 4]", *late]]
    change = {"Muslim": (3_000, 3_570), "Jewish": (3_000, 2_460)}
    five += [[r, *(change.get(r, (100, 100))[year == "2024/25"] for year in late)] for r in religions]
    return {"Cover": [["cover"]], "2": two, "5": five}


def table_12(*, quarter: str = "July to September 2025") -> Book:
    """Return Table_12 with five rows above its header."""
    above: Grid = [[f"Table 12: made up for a test, {quarter}"], ["a"], ["b"], ["c"], ["d"]]
    rows: Grid = [["Gwent", 5], ["South Glamorgan", 27], ["West Glamorgan", 13], ["Total", 45]]
    return {"Contents": [["x"]], "Table_12": [*above, ["UK County", "Total"], *rows]}


def responders(*, quarter: str = "January to March 2024") -> Book:
    """Return Table_12 by first responder: a cube with its totals inside, and a responder that is no police force."""
    header: list[Cell] = ["First responder type", *POLICE_COLUMNS[1:]]
    forces = ["Dyfed-Powys Police", "Gwent Police", "North Wales Police", "South Wales Police", "Cheshire Constabulary"]
    rows: Grid = []
    for n, force in enumerate(forces, start=1):
        cell: list[Cell] = ["Police", force, "Total", "Total", "Total", "Total", 3 * n]
        labour = [*cell[:2], "Labour", "Total", "Total", "Total", 3 * n]
        ages = [[*cell[:2], "Labour", age, "Total", "Total", n] for age in AGES]
        rows += [cell, labour, *ages, ["Police", force, "Total", "Total", "Total", "Albanian", n]]
    total = 3 * sum(range(1, len(forces) + 1))
    rows.append(["Police", "Police total", "Total", "Total", "Total", "Total", total])
    rows.append(["Local authority", "Some council", "Total", "Total", "Total", "Total", 4])
    above: Grid = [[f"Table 12: made up for a test, {quarter}"], ["a"], ["b"], ["c"], ["d"]]
    return {"Contents": [["x"]], "Table_12": [*above, header, *rows]}


def appendix(*, years: Sequence[str] = ("2023/24", "2024/25"), year_column: bool = False) -> Book:
    """Return appendix tables as they might be: a sheet for each year, forces by strand, wholes among the forces."""
    header: list[Cell] = ["Police force", "Race", "Religion", "Sexual orientation", "Disability",
                          "Transgender [note 2]", "Total number of offences"]  # fmt: skip
    sheets: Book = {"Cover": [["Hate crime, England and Wales: made up for a test"]]}
    for number, year in enumerate(years):
        rows: Grid = [
            [force, 50 + n + number, 10 + n, 8, 6, 4, 70 + n + number]
            for n, force in enumerate(["Dyfed-Powys", "Gwent", "North Wales", "South Wales", "Cheshire"])
        ]
        rows.append(["Devon and Cornwall", *["[x]"] * 6])
        rows.append(["England and Wales", 300, 80, 40, 30, 20, 400])
        title: Cell = f"Table A{number}: made up, year ending March {int(year[:4]) + 1}"
        sheets[f"Appendix_{number}"] = [[title], [], header, *rows, ["Source: nobody"]]
    if year_column:
        whole = [[*header, "Financial year"]]
        whole += [[*row, year] for n, year in enumerate(years) for row in sheets[f"Appendix_{n}"][3:-1]]
        return {"Cover": sheets["Cover"], "A1": [["made up"], *whole]}
    return sheets


def appendix_of_2015_16(*, commas: bool = True) -> Book:
    """Return force by strand and racist incidents as the tables of 2015/16 lay them out, with numbers made up here.

    Two header rows, blank rows between regions, footnote digits on names, and a region called like its largest force.
    """
    regions = {
        "West Midlands": ["Staffordshire", "Warwickshire", "West Mercia", "West Midlands"],
        "Wales": ["Dyfed-Powys", "Gwent2", "North Wales", "South Wales"],
    }
    years = [f"{year}/{year - 1999:02d}" for year in range(2009, 2016)]
    above: list[Cell] = ["Police force area", "Monitored hate crime strand", "", "", "", "",
                         "Total number of motivating factors", "Total number of offences3"]  # fmt: skip
    strands: list[Cell] = ["", "Race", "Religion", "Sexual orientation", "Disability", "Transgender1", "", ""]
    by_strand: Grid = [["Table 2.01: made up, 2015/16"], [], ["Numbers"], above, strands, []]
    racist: Grid = [["Table 3.01: made up"], [], ["", *years, "Change"], ["Police force area", *[""] * 7, "Number"], []]
    for grid, width in ((by_strand, 7), (racist, 7)):
        every = [_region(grid, name, forces, width=width) for name, forces in regions.items()]
        grid.append(["ENGLAND AND WALES", *map(sum, zip(*every, strict=True))])
        grid.append(["Source: nobody"])
        if commas:
            grid[:] = [[f"{c:,}" if isinstance(c, int) and c > 999 else c for c in row] for row in grid]
    return {"Notes": [["made up for a test"]], "2_01": by_strand, "3_01": racist}


def _region(grid: Grid, name: str, forces: Sequence[str], *, width: int) -> list[int]:
    """Add a region's forces, the region itself and a blank row to a table, and return the region's numbers."""
    numbers = [[9 * n + 2 * column + (1500 if column in (0, width - 1) else 0) for column in range(width)]
               for n in range(len(forces))]  # fmt: skip
    grid += [[force, *row] for force, row in zip(forces, numbers, strict=True)]
    whole = [sum(column) for column in zip(*numbers, strict=True)]
    grid += [[name, *whole], []]
    return whole


def _census(variable: str, columns: Mapping[str, Callable[[int], int]]) -> dict[str, Grid]:
    header: list[Cell] = ["date", "geography", "geography code", *(f"{variable}: {name}" for name in columns)]
    here = [a for a in authorities() if a[2] in "EW"]
    rows: Grid = [
        ["2021", name, code, *(make(n) for make in columns.values())] for n, (code, name, _) in enumerate(here)
    ]
    msoa: Grid = [header, ["2021", "Cardiff 001", "W02000367", *(make(1) for make in columns.values())]]
    return {"a-msoa.csv": msoa, "b-ltla.csv": [header, *rows]}


def topic(name: str) -> dict[str, Grid]:
    """Return a census topic's table: n + 1 people in each part that holds no other, sums above, 0 where left out."""
    (found,) = (one for one in topics() if one.name == name)
    up = parents(measure=name)
    inside = {parent: [child for child, above in up.items() if above == parent] for parent in set(up.values())}

    def leaves(category: str) -> int:
        return sum(map(leaves, inside[category])) if inside.get(category) else 1

    sizes = {heading: leaves(category) if category else 0 for heading, category in headings_of(found.table).items()}
    columns = {heading: partial(lambda size, n: size * (n + 1), size) for heading, size in sizes.items()}
    return _census(found.variable, columns)


ts019 = partial(topic, "census_migrant_indicator")
ts021 = partial(topic, "census_ethnic_group")
ts029 = partial(topic, "census_english_proficiency")


def ts012() -> dict[str, Grid]:
    """Return TS012: every place under its nested heading; one person in each that holds no other, sums above."""
    up = parents(measure="census_country_of_birth")
    leaves = set(up) - set(up.values())

    def people(place: str) -> int:
        return 1 if place in leaves else sum(people(child) for child, parent in up.items() if parent == place)

    columns: dict[str, Callable[[int], int]] = {"Total: All usual residents": lambda n: people("total")}
    columns |= {_nested(place, up): partial(lambda number, _: number, people(place)) for place in up}
    return _census("Country of birth", columns)


def _nested(place: str, up: Mapping[str, str]) -> str:
    """Return a heading whose words make the place's name ("europe_united_kingdom" -> "Europe: United kingdom")."""
    above = up[place]
    own = place.removeprefix(f"{above}_").replace("_", " ").capitalize()
    return own if above == "total" else f"{_nested(above, up)}: {own}"


def lookup() -> dict[str, Any]:
    """Return a lookup of authorities, partnerships and forces as ArcGIS gives it; of Wales as data/reference has it."""
    members = load_members()
    of = {
        kind: dict(zip(rows["member_code"], rows["area_code"], strict=True))
        for kind in ("W14", "W15")
        if (rows := members[members["area_code"].str.startswith(kind)]) is not None
    }
    welsh = [code for code, _, nation in authorities() if nation == "W"]
    rows = [{"LAD24CD": code, "CSP24CD": of["W14"][code], "PFA24CD": of["W15"][code]} for code in welsh]
    rows.append({"LAD24CD": "E06000001", "CSP24CD": "E22000104", "PFA24CD": "E23000013"})
    return {"type": "FeatureCollection", "features": [{"properties": row, "geometry": None} for row in rows]}


def outlines() -> dict[str, Any]:
    """Return boundaries of every authority as ArcGIS gives them: squares."""
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}
    features = [
        {"properties": {"LAD24CD": code, "LAD24NM": name}, "geometry": square} for code, name, _ in authorities()
    ]
    return {"type": "FeatureCollection", "features": features}


def statswales(*, years: Sequence[int] = range(2005, 2026)) -> list[dict[str, Any]]:
    """Return rows as the API describes them: objects, with a column that splits people and a row for everyone."""
    welsh = [(code, name) for code, name, nation in authorities() if nation == "W"]
    places = [*welsh, ("W92000004", "Wales")]
    return [
        {
            "Area code": code,
            "Area": name,
            "Year": str(year),
            "Sex": sex,
            "Notes": None,
            "Data values": people + n + year,
        }
        for n, (code, name) in enumerate(places)
        for year in years
        for sex, people in (("Persons", 60_000), ("Male", 29_000), ("Female", 31_000))
    ]


# --- publications drawn by hypothesis -----------------------------------------------------------------------------

_financial = st.integers(2015, 2024).flatmap(
    lambda first: st.integers(first, min(first + 1, 2025)).map(
        lambda last: [f"{year}/{(year + 1) % 100:02d}" for year in range(first, last + 1)]
    )
)
_of_todays_series = st.sampled_from([["2023/24"], ["2024/25"], ["2025/26"], ["2023/24", "2024/25"]])
_quarters = st.sampled_from(["January to March", "April to June", "July to September", "October to December"])
_years_after_2011 = st.integers(1, 4).map(lambda n: tuple(range(2012, 2012 + n)))


def _kinds_of_book() -> dict[str, st.SearchStrategy[Book]]:
    """Return for each dataset a strategy of whole publications that give it."""
    return {
        "police_recorded_crime_pfa": _financial.map(lambda years: pfa(years=years)),
        "police_recorded_crime_csp": st.builds(
            lambda seed, count: csp(seed=seed, count=count),
            st.integers(0, 5000),
            st.sampled_from(["Offence Count", "Number of Offences"]),
        ),
        "hate_crime_england_wales": st.just(hate_crime()),
        "hate_crime_strands_by_force": st.builds(
            lambda years, column: appendix(years=years, year_column=column), _of_todays_series, st.booleans()
        ),
        "resettlement": st.just(res_d01()),
        "immigration_groups": st.sampled_from(["30 September 2026", "31 March 2027"]).map(lambda day: reg_02(day=day)),
        "components_of_change_rebased": st.builds(
            lambda years, name: myeb3(years=years, unattributed=name),
            _years_after_2011,
            st.sampled_from(["", "unattrib", "unattributable"]),
        ),
        "nrm_county": st.builds(lambda q, y: table_12(quarter=f"{q} {y}"), _quarters, st.integers(2024, 2027)),
        "nrm_first_responders": st.builds(
            lambda q, y: responders(quarter=f"{q} {y}"), _quarters, st.integers(2024, 2027)
        ),
    }


@st.composite
def publications(draw: st.DrawFn) -> tuple[str, Book]:
    """Draw a dataset and a whole publication in its documented layout, its tables anywhere below the top."""
    name = draw(st.sampled_from(sorted(_kinds_of_book())))
    book = draw(_kinds_of_book()[name])
    above: Grid = [["moved"]] * draw(st.integers(0, 3))
    return name, {sheet: [*above, *map(list, grid)] for sheet, grid in book.items()}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, Book, str]:
    """Draw a publication and do one thing to it that publishers do; return it with the words for what was done."""
    name, book = draw(publications())
    sheet = draw(st.sampled_from(sorted(book)))
    how = draw(st.sampled_from(sorted(_DAMAGE)))
    row = draw(st.integers(0, max(len(book[sheet]) - 1, 0)))
    column = draw(st.integers(0, max((len(r) for r in book[sheet]), default=1) - 1))
    changed = {each: [list(r) for r in grid] for each, grid in book.items()}
    _DAMAGE[how](changed, sheet, row, column)
    return name, changed, f"{how} in {sheet!r}, row {row + 1}, column {column + 1}"


def _put(cell: Cell) -> Callable[[Book, str, int, int], None]:
    def change(book: Book, sheet: str, row: int, column: int) -> None:
        if book[sheet] and column < len(book[sheet][row]):
            book[sheet][row][column] = cell

    return change


def _column(change: Callable[[list[Cell], int], None]) -> Callable[[Book, str, int, int], None]:
    def every(book: Book, sheet: str, _row: int, column: int) -> None:
        for row in book[sheet]:
            if column < len(row):
                change(row, column)

    return every


_DAMAGE: dict[str, Callable[[Book, str, int, int], None]] = {
    "a new marker": _put("[q]"),
    "an emptied cell": _put(""),
    "a word": _put("Borsetshire"),
    "a note on a cell": lambda b, s, r, c: _put(f"{b[s][r][c]} [note 9]")(b, s, r, c) if c < len(b[s][r]) else None,
    "a negative number": _put(-7),
    "a dropped row": lambda b, s, r, _c: b[s].pop(r) if b[s] else None,
    "a doubled row": lambda b, s, r, _c: b[s].insert(r, list(b[s][r])) if b[s] else None,
    "a blank row": lambda b, s, r, _c: b[s].insert(r, []),
    "a cut table": lambda b, s, r, _c: b[s].__delitem__(slice(r, None)),
    "a renamed sheet": lambda b, s, _r, _c: b.__setitem__("Renamed", b.pop(s)),
    "a dropped column": _column(lambda row, c: row.pop(c)),
    "a new column": _column(lambda row, c: row.insert(c, "new")),
}
