"""Home Office hate crime figures: England and Wales by strand and religion, forces in total, Wales by strand.

The awkward fact: one crime can carry several strands, so strands add to more than the total and are never
summed; and the England and Wales series leaves out the Metropolitan Police in every year, because that
force changed its recording system in February 2024. Two of the four tables were typed from published text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.vocabulary import TOTAL, WALES, WITHOUT_LONDON
from etl.contract import ContractError
from etl.geo.geography import match_force
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import every_edition, origins
from etl.publications.typed_from_texts.hate_crime import TEXT_FIGURES, certain, read_text_figures
from etl.reading.markers import marker_of
from etl.reading.periods import financial_year_start
from etl.reading.text_files import read_json, read_text_csv
from etl.reading.wording import listed

FORCES_EXPECTED = 34
WELSH_FORCES = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
WALES_2023_24 = 5929  # Welsh Government written statement, October 2024

# The copy's names for strands and religions -> our categories.
STRANDS: Mapping[str, str] = MappingProxyType(
    {
        "totalOffences": TOTAL,
        "race": "race",
        "religion": "religion",
        "sexualOrientation": "sexual_orientation",
        "disability": "disability",
        "transgender": "transgender",
    }
)
RELIGIONS: Mapping[str, str] = MappingProxyType(
    {
        "Buddhist": "buddhist",
        "Christian": "christian",
        "Hindu": "hindu",
        "Jewish": "jewish",
        "Muslim": "muslim",
        "Sikh": "sikh",
        "Other": "other",
        "No religion": "no_religion",
        "Unknown": "unknown",
    }
)
TEXT_STRANDS: Mapping[str, str] = MappingProxyType(
    {
        "all": TOTAL,
        "race": "race",
        "religion": "religion",
        "sexual orientation": "sexual_orientation",
        "disability": "disability",
        "transgender": "transgender",
    }
)

# Greater Manchester supplied nothing for 2019/20, and the table gives no total of offences for 2011/12.
KNOWN_BLANKS = frozenset({*(("2019-04-01", category) for category in STRANDS.values()), ("2011-04-01", TOTAL)})
# What the bulletin and the press of the day print, read apart from the table.
HEADLINES: Mapping[tuple[str, str], int] = MappingProxyType(
    {
        ("2023-04-01", TOTAL): 113166,
        ("2024-04-01", TOTAL): 115990,
        ("2024-04-01", "race"): 82490,
        ("2024-04-01", "religion"): 7164,
    }
)
HEADLINE_CHANGES: Mapping[str, int] = MappingProxyType({"muslim": 19, "jewish": -18})  # %, 2023/24 to 2024/25
FORCE_COLUMNS = ("force", "hate_crimes_2024_25", "hate_crimes_2023_24", "printed_change")


def read(path: Path) -> pd.DataFrame:
    """Return the cells of both data tables as text: `table`, `year`, `name`, `value` ("" where there is none)."""
    content = read_json(path)
    try:
        strands = [
            ("strand", row["year"], name, _text(value))
            for row in content["series"]["byStrand"]["data"]
            for name, value in row.items()
            if name != "year"
        ]
        religions = [
            ("religion", year, row["religion"], _text(value))
            for row in content["series"]["byReligion"]["data"]
            for year, value in row.items()
            if year != "religion"
        ]
    except (KeyError, TypeError) as error:
        raise ContractError(f"{path.name}: expected series, byStrand and byReligion with data; no {error}") from error
    return pd.DataFrame([*strands, *religions], columns=["table", "year", "name", "value"])


def _text(value: float | str | None) -> str:
    return "" if value is None else str(value)


def tidy_strands(cells: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes` of England and Wales without the Met, by strand and financial year."""
    return _tidy_cells(cells[cells["table"] == "strand"], measure="hate_crimes", categories=STRANDS)


def tidy_religions(cells: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes_by_religion_targeted`; the publisher gives no total, so neither do we."""
    religious = cells[cells["table"] == "religion"]
    return _tidy_cells(religious, measure="hate_crimes_by_religion_targeted", categories=RELIGIONS)


def _tidy_cells(cells: pd.DataFrame, *, measure: str, categories: Mapping[str, str]) -> pd.DataFrame:
    markers = [
        _marker(text, where=f"{measure} {year}") for text, year in zip(cells["value"], cells["year"], strict=True)
    ]
    return _table(
        measure=measure,
        area_code=WITHOUT_LONDON,
        years=cells["year"],
        category=_categories(cells["name"], categories=categories),
        value=pd.to_numeric(cells["value"], errors="coerce"),
    ).assign(marker=markers)


def _marker(text: str, *, where: str) -> str:
    """Return "" beside a number, "[x]" for an empty cell, and our marker for the publisher's own."""
    if text == "":
        return "[x]"
    return "" if text.isdecimal() else marker_of(text, where=where)


def _categories(names: pd.Series, *, categories: Mapping[str, str]) -> pd.Series:
    unknown = sorted(set(names) - set(categories))
    if unknown:
        raise ContractError(f"expected the categories {', '.join(categories)}; came {', '.join(unknown)}")
    return names.map(dict(categories))


def _table(
    *, measure: str, area_code: str | pd.Series, years: pd.Series, category: str | pd.Series, value: pd.Series
) -> pd.DataFrame:
    """Return tidy rows of whole financial years written "2024/25"."""
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": area_code,
            "period_start": [financial_year_start(year).isoformat() for year in years],
            "period_months": 12,
            "category": category,
            "value": value,
        }
    )


def read_forces(path: Path) -> pd.DataFrame:
    """Return the press list of the force table, one row per force."""
    return read_text_csv(path, columns=FORCE_COLUMNS)


def tidy_forces(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes` in total for each force in 2023/24 and 2024/25."""
    years = {"hate_crimes_2023_24": "2023/24", "hate_crimes_2024_25": "2024/25"}
    long = rows.assign(area_code=match_force(rows["force"])).melt(
        id_vars="area_code", value_vars=list(years), var_name="column"
    )
    return _table(
        measure="hate_crimes",
        area_code=long["area_code"],
        years=long["column"].map(years),
        category=TOTAL,
        value=pd.to_numeric(long["value"]),
    )


def tidy_wales(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes` of Wales in 2023/24 by strand; no other text figure belongs to this series."""
    sure = certain(rows)
    stated = sure[
        (sure["measure"] == "police recorded hate crime")
        & (sure["area"] == "Wales (4 forces)")
        & (sure["period"] == "2023/24")
        & (sure["basis"] == "Welsh Government written statement")
    ]
    return _table(
        measure="hate_crimes",
        area_code=WALES,
        years=stated["period"],
        category=_categories(stated["strand"], categories=TEXT_STRANDS),
        value=pd.to_numeric(stated["value"]),
    )


def every_category_every_year(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a year between the first and the last is missing, or a year lacks a category or has it twice."""
    categories = STRANDS if (figures["measure"] == "hate_crimes").all() else RELIGIONS
    first, last = figures["period_start"].min(), figures["period_start"].max()
    years = [f"{year}-04-01" for year in range(int(first[:4]), int(last[:4]) + 1)]
    expected = sorted((year, category) for year in years for category in categories.values())
    came = sorted(zip(figures["period_start"], figures["category"], strict=True))
    if came != expected:
        off = sorted(set(expected) ^ set(came)) or "a category twice in one year"
        raise ContractError(
            f"expected {len(categories)} categories in each of {len(years)} years; not so for {listed(off)}"
        )


def only_known_blanks(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a figure is missing that the publisher gives, or the reverse."""
    blank = figures[figures["value"].isna()]
    came = set(zip(blank["period_start"], blank["category"], strict=True))
    if came != KNOWN_BLANKS:
        raise ContractError(
            f"expected no figure only for 2019/20 and the total of 2011/12; off {listed(sorted(came ^ KNOWN_BLANKS))}"
        )


def no_blanks(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when any figure is missing."""
    if figures["value"].isna().any():
        raise ContractError(f"expected a figure in every cell; {int(figures['value'].isna().sum())} came empty")


def every_year_has_a_figure(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise for a year in which no category has a figure, but for 2019/20, when Greater Manchester supplied none."""
    numbers_of_year = figures.groupby("period_start")["value"].count()
    empty = sorted(
        set(numbers_of_year.index[numbers_of_year == 0])
        - {year for year, category in KNOWN_BLANKS if category != TOTAL}
    )
    if empty:
        raise ContractError(f"expected a figure in every year but 2019/20; came none in {', '.join(empty)}")


def strands_overlap(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise unless each strand is at most the total, and the total at most the sum of the strands."""
    wide = figures.pivot_table(index="period_start", columns="category", values="value").dropna()
    if TOTAL not in wide.columns:
        raise ContractError("expected a total beside the strands; came no year with one")
    strands = wide.drop(columns=TOTAL)
    bad = wide.index[(strands.max(axis=1) > wide[TOTAL]) | (wide[TOTAL] > strands.sum(axis=1))]
    if wide.empty or len(bad):
        years = ", ".join(map(str, bad)) or "no year with a total and all strands"
        raise ContractError(f"expected strand <= total <= sum of strands; not so for {years}")


def headlines_hold(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the table differs from the figures that the bulletin prints in its text."""
    values = figures.set_index(["period_start", "category"])["value"].to_dict()
    off = {key: values.get(key) for key, figure in HEADLINES.items() if values.get(key) != figure}
    if off:
        raise ContractError(f"expected the bulletin's figures {listed(dict(HEADLINES))}; came {listed(off)}")


def headline_changes_hold(_cells: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the latest change differs from the percentage that the bulletin prints."""
    wide = figures.pivot_table(index="category", columns="period_start", values="value")
    change = (wide["2024-04-01"] / wide["2023-04-01"] - 1).mul(100).round()
    off = {
        religion: change.get(religion)
        for religion, printed in HEADLINE_CHANGES.items()
        if change.get(religion) != printed
    }
    if off:
        raise ContractError(
            f"expected the bulletin's changes {listed(dict(HEADLINE_CHANGES))} per cent; came {listed(off)}"
        )


def printed_change_holds(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a force's two figures do not differ by the change printed beside them."""
    number = rows[list(FORCE_COLUMNS[1:])].apply(pd.to_numeric)
    change = number["hate_crimes_2024_25"] - number["hate_crimes_2023_24"]
    off = rows.loc[change != number["printed_change"], "force"]
    if len(off):
        raise ContractError(f"expected each change as printed; not so for {', '.join(off)}")


def every_force_twice(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a force of the list is lost or repeated."""
    per_force = figures.groupby("area_code")["period_start"].nunique()
    if len(figures) != 2 * FORCES_EXPECTED or (per_force != 2).any():
        came = f"{len(per_force)} forces and {len(figures)} figures"
        raise ContractError(f"expected {FORCES_EXPECTED} forces with two years each; came {came}")


def welsh_forces_add_to_stated_total(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when the four Welsh forces do not add to what the Welsh Government states for 2023/24."""
    welsh = pd.to_numeric(rows.loc[rows["force"].isin(WELSH_FORCES), "hate_crimes_2023_24"]).sum()
    if welsh != WALES_2023_24:
        raise ContractError(f"expected the Welsh forces to add to {WALES_2023_24:,} in 2023/24; came {welsh:,}")


def every_strand_once(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the statement's total or one of its five strands is missing or repeated."""
    if sorted(figures["category"]) != sorted(TEXT_STRANDS.values()):
        raise ContractError(
            f"expected {', '.join(TEXT_STRANDS.values())} once each; came {', '.join(figures['category'])}"
        )


def total_is_the_sum_of_forces(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the stated total differs from the four forces of the later press list in the same file."""
    forces = rows[
        rows["area"].isin(WELSH_FORCES)
        & (rows["period"] == "2023/24")
        & (rows["strand"] == "all")
        & (rows["basis"] == "PA list of Home Office appendix table")
    ]
    added = pd.to_numeric(forces["value"]).sum()
    stated = figures.loc[figures["category"] == TOTAL, "value"].sum()
    if len(forces) != len(WELSH_FORCES) or added != stated:
        raise ContractError(f"expected four forces that add to {stated:,}; came {len(forces)} that add to {added:,}")


_DATA_TABLES = "hate-crime/hate-crime-data-tables-2024-25-strands-and-religion.json"

ORIGINS = origins(__file__)
EVERY_EDITION = every_edition(__file__)
DATASETS = (
    Dataset(
        name="hate_crime_england_wales",
        material=_DATA_TABLES,
        read=read,
        tidy=tidy_strands,
        checks=(every_category_every_year, only_known_blanks, strands_overlap, headlines_hold),
        origin=ORIGINS["hate_crime_england_wales"],
        every_edition=EVERY_EDITION["hate_crime_england_wales"],
    ),
    Dataset(
        name="hate_crime_religion_targeted",
        material=_DATA_TABLES,
        read=read,
        tidy=tidy_religions,
        checks=(every_category_every_year, no_blanks, headline_changes_hold),
        origin=ORIGINS["hate_crime_religion_targeted"],
        every_edition=EVERY_EDITION["hate_crime_religion_targeted"],
    ),
    Dataset(
        name="hate_crime_force_totals",
        material="hate-crime/hate-crime-total-by-force-2023-24-2024-25.csv",
        read=read_forces,
        tidy=tidy_forces,
        checks=(printed_change_holds, every_force_twice, welsh_forces_add_to_stated_total),
        origin=ORIGINS["hate_crime_force_totals"],
    ),
    Dataset(
        name="hate_crime_wales_strands",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_wales,
        checks=(every_strand_once, strands_overlap, total_is_the_sum_of_forces),
        origin=ORIGINS["hate_crime_wales_strands"],
    ),
)
