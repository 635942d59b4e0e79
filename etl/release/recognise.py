"""Telling which publication a file is by what is in it; its name may be anything.

The awkward fact: the newest partnership table unpacks to more than a gigabyte, so a workbook is read only until
one of its sheets has given it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from etl.contract import ContractError, Problem
from etl.live import census, components, hate_crime, hate_crime_appendix, immigration, nrm, police, statswales
from etl.live.publication import Edition, Live, live_dataset
from etl.pipeline.dataset import Dataset
from etl.reading.ods import Row
from etl.reading.sheets import HEADER_WITHIN, rows
from etl.reading.wording import listed, plain
from etl.reading.zip_safety import opened
from etl.registry import ALL

LIVE: dict[str, Live] = {
    live.dataset: live
    for module in (police, hate_crime, hate_crime_appendix, immigration, components, nrm, census, statswales)
    for live in module.LIVE
}
# The same datasets as the registry's, with what reads the publisher's own file; and the poorer tables they end.
RELEASES: dict[str, Dataset] = {name: live_dataset(ALL[name], live) for name, live in LIVE.items()}
REPLACED: dict[str, tuple[str, ...]] = {name: live.replaces for name, live in LIVE.items() if live.replaces}
GROWING = frozenset(name for name, live in LIVE.items() if live.grows)
SHEETS_TOLD = 8  # in a refusal
_ASY = ("asylum_support", "asylum_support_2014_2021", "asylum_support_by_type", "asylum_support_by_accommodation")
_REG_02_DAYS = {"2026-06-30": "immigration_groups_jun_2026", "2025-12-31": "immigration_groups_dec_2025"}
LOOKED_FOR = (
    "sheets named after financial years with 'Force Name' or 'CSP Name'; a sheet '2' with 'Hate crime strand'; "
    "Data_Asy_D11 with 'LAD Code' and 'People'; Data_Res_D01 with 'Resettlement Scheme'; "
    "a sheet with 'Police force' and the five strands; "
    "Reg_02 with 'LTLA (ONS code)'; MYEB3 with 'births_…'; Table_12 with 'UK County' or 'First responder'; "
    "a Nomis archive of a census table that we hold; or StatsWales rows with an area, a year and data values"
)


def recognise(path: Path) -> tuple[str, ...]:
    """Return the names of the datasets that a file gives, by its content alone; raise when it is none we know."""
    if path.is_file() and statswales.is_rows(path):
        return statswales.recognised(path)
    with opened(path) as archive:
        names = archive.namelist()
    if "content.xml" not in names and "xl/workbook.xml" not in names:
        return _census(path)
    likeliest: dict[str, Row] = {}  # row of each sheet to be its header: the first of the fullest
    for row in rows(path):
        if row.number <= HEADER_WITHIN and (found := _datasets(row, path=path)):
            return found
        if row.number <= HEADER_WITHIN and _filled(row) > _filled(likeliest.get(row.sheet)):
            likeliest[row.sheet] = row
    raise ContractError([Problem(file=path.name, expected=LOOKED_FOR, came=_sheets_in_words(likeliest.values()))])


def _filled(row: Row | None) -> int:
    return sum(map(bool, row.cells)) if row else 0


def _sheets_in_words(likeliest: Iterable[Row]) -> str:
    """Return which sheets came, each with the row that is likeliest to be its header."""
    shown = [
        f"a sheet {row.sheet!r} with {listed((cell[:40] for cell in row.cells if cell), most=6)} in row {row.number}"
        for row in likeliest
    ]
    more = f"; and {len(shown) - SHEETS_TOLD} more sheets" if len(shown) > SHEETS_TOLD else ""
    return f"none of these: {'; '.join(shown[:SHEETS_TOLD]) or 'no sheet with words'}{more}"


def edition_of(path: Path) -> Edition | None:
    """Return which edition a file says it is, or None where its layout has no such words."""
    read = LIVE[recognise(path)[0]].edition
    return None if read is None else read(path)


def loader_of(name: str) -> str:
    """Return the file of the code that reads a publisher's own file of a dataset ("etl/live/nrm.py"), or ""."""
    read = LIVE[name].read if name in LIVE else None
    function = read.func if isinstance(read, partial) else read
    return f"{function.__module__.replace('.', '/')}.py" if function else ""


def caution_of(name: str, path: Path) -> tuple[str, str] | None:
    """Return what a file itself warns of in one of its tables, in English and Welsh, or None where it is not asked."""
    live = LIVE.get(name)
    return live.caution(path) if live and live.caution else None


def _datasets(row: Row, *, path: Path) -> tuple[str, ...]:
    """Return the datasets that a row gives away, as the header of one of our tables."""
    words = {plain(cell) for cell in row.cells}
    for is_sheet, needed, datasets in _SIGNS:
        if is_sheet(row.sheet) and needed <= words:
            return datasets(path, row)
    if components.myeb3_sheet(row.sheet) and any(word.startswith("births_") for word in words):
        return ("components_of_change_rebased", "population_mid_year_rebased")
    if hate_crime_appendix.is_header(row) and hate_crime_appendix.tables(path):
        return ("hate_crime_strands_by_force",)
    return ()


def _csp(path: Path, _row: Row) -> tuple[str, ...]:
    """Return which of the three partnership tables a file has years of."""
    return police.csp_tables(path)


def _reg_02(path: Path, _row: Row) -> tuple[str, ...]:
    day = immigration.reg02_day(path).isoformat()
    return (_REG_02_DAYS.get(day, "immigration_groups"),)


def _always(*names: str) -> Callable[[Path, Row], tuple[str, ...]]:
    return lambda _path, _row: names


_SIGNS: tuple[tuple[Callable[[str], bool], set[str], Callable[[Path, Row], tuple[str, ...]]], ...] = (
    (police.is_year, {"csp name", "offence code"}, _csp),
    (police.is_year, {"force name", "offence code"}, _always("police_recorded_crime_pfa", "modern_slavery_offences")),
    (lambda s: s == "2", {"hate crime strand"}, _always("hate_crime_england_wales", "hate_crime_religion_targeted")),
    (immigration.d11_sheet, {"lad code", "people", "support type"}, _always(*_ASY)),
    (immigration.d01_sheet, {"lad code", "resettlement scheme"}, _always("resettlement")),
    (immigration.reg02_sheet, {"ltla (ons code)"}, _reg_02),
    (nrm.table_12, {"uk county"}, _always("nrm_county")),
    (nrm.table_12, {"county"}, _always("nrm_county")),
    (nrm.table_12, {"first responder", "exploitation type"}, _always("nrm_first_responders")),
)


def _census(path: Path) -> tuple[str, ...]:
    """Return the dataset of a Nomis archive."""
    variables = {census.variable_of(header) for _, header, _ in census.heads(path)}
    found = tuple(name for variable, name in census.VARIABLES.items() if variable in variables)
    if not found:
        parts = [f"{part!r} with {listed(header, most=6)}" for part, header, _ in census.heads(path)]
        came = f"an archive without such tables: {'; '.join(parts[:SHEETS_TOLD]) or 'no CSV in it'}"
        raise ContractError([Problem(file=path.name, expected=LOOKED_FOR, came=came)])
    return found
