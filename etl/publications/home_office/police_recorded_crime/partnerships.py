"""Home Office police recorded crime open data by Community Safety Partnership: aggravated offences by quarter.

Written from a description of the layout: no file of this publication is held, and its reader
(`etl.publications.home_office.police_recorded_crime.published_file`) has not met one. The awkward facts: Cwm Taf is two authorities together, so neither
Rhondda Cynon Taf nor Merthyr Tydfil has figures of its own; and some offences stand under "Unassigned", with
a force but no place. Those are never shared out: they are a measure of their own, by force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from cohesion.folding import folded
from cohesion.vocabulary import TOTAL
from etl.contract import ContractError, Problem
from etl.geo.geography import (
    is_new_force,
    is_no_welsh_force,
    is_welsh,
    load_areas,
    load_members,
    match_force,
    whole_of_wales,
)
from etl.pipeline import checks
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin_files import origins
from etl.publications.home_office.police_recorded_crime.force_areas import RRA_CODES, WELSH_FORCES
from etl.publications.home_office.police_recorded_crime.unassigned_notes import PARTNERSHIPS_OF, Unusable
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_quarter_start
from etl.reading.text_files import read_text_csv
from etl.reading.wording import listed

PARTNERSHIP = "community_safety_partnership"
MEASURE, UNASSIGNED = "rra_offences", "rra_offences_unassigned"
COLUMNS = ("Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Code", "Number of Offences")
UNUSABLE = "unusable"  # beside the columns: "yes" where a note says that the offences stand under "Unassigned"
MARKER = "[u]"
_COUNT = "Number of Offences"
_UNASSIGNED = re.compile(r"un-?\s?assigned[\s:,-]*", re.IGNORECASE)


def read(path: Path) -> pd.DataFrame:
    """Return a copy saved as CSV in the table's own columns; the publisher's ODS is read by `etl.publications.home_office.police_recorded_crime.published_file`."""
    rows = read_text_csv(path, columns=COLUMNS)
    return rows[rows["Offence Code"].isin(RRA_CODES)].assign(**{UNUSABLE: ""})


def with_unusable(rows: pd.DataFrame, declared: Iterable[Unusable]) -> pd.DataFrame:
    """Return the rows with those marked that a note makes unusable; such a partnership's absent rows are put in."""
    marked = rows.assign(**{UNUSABLE: ""})
    quarters = rows[["Financial Year", "Financial Quarter", "sheet"]].drop_duplicates()
    forces = {_force_name(name): name for name in rows["Police Force"].unique()}
    absent = []
    for year, quarter, sheet in quarters.itertuples(index=False, name=None):
        first = financial_quarter_start(year, quarter)
        months = set(range(first.year * 12 + first.month - 1, first.year * 12 + first.month + 2))
        here = (marked["Financial Year"] == year) & (marked["Financial Quarter"] == quarter)
        for name in sorted({name for one in declared if one.months & months for name in one.partnerships}):
            own = here & (marked["CSP Name"].map(_key) == _key(name))
            marked.loc[own, UNUSABLE] = "yes"
            force = forces.get(next(f for f, names in PARTNERSHIPS_OF.items() if name in names), "")
            lacking = [code for code in RRA_CODES if force and code not in set(marked.loc[own, "Offence Code"])]
            absent += [(year, quarter, force, name, code, "0", sheet, "yes") for code in lacking]
    rest = pd.DataFrame(absent, columns=[*COLUMNS[:5], _COUNT, "sheet", UNUSABLE], dtype=str)
    return pd.concat([marked, rest], ignore_index=True) if absent else marked


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the offences of each Welsh partnership, of the authority that is its whole, and the unassigned by force."""
    cells = _welsh_cells(rows)
    unassigned = is_unassigned(cells["csp"])
    placed = cells[~unassigned]
    placed = placed.assign(area_code=match_partnership(placed["csp"]))
    alone = whole_authorities()
    authorities = placed[placed["area_code"].isin(alone)]
    authorities = authorities.assign(area_code=authorities["area_code"].map(alone))
    loose = cells[unassigned].assign(area_code=match_force(cells.loc[unassigned, "force"]))
    parts = [
        *(_summed(part, measure=MEASURE) for part in (placed, authorities)),
        _summed(loose, measure=UNASSIGNED),
        _new_forces(rows),
    ]
    return pd.concat([part for part in parts if not part.empty], ignore_index=True)


def _new_forces(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each force that we do not know, for `etl.pipeline.unknown_places` to tell of; raise for one with a Welsh place."""
    codes = match_force(rows["Police Force"], new_are_apart=True)
    new = is_new_force(codes)
    places = rows.loc[new, "CSP Name"]
    english = places.map(lambda name: is_no_welsh_force(_UNASSIGNED.sub("", name))).astype(bool)
    if (welsh := ~english | is_welsh_partnership(places)).any():
        came = ", ".join(sorted(map(repr, rows.loc[new, "Police Force"][welsh].unique())))
        expected = "a Welsh partnership under a force that etl/geo/geography.py knows"
        raise ContractError([Problem(file="recorded crime by partnership", expected=expected, came=came)])
    first = rows.loc[new].assign(area_code=codes[new]).drop_duplicates("area_code")
    return pd.DataFrame(
        {
            "area_code": first["area_code"],
            "period_start": _quarter_starts(first),
            "category": first["Offence Code"],
            "value": whole_numbers(first[_COUNT], where="recorded crime by partnership").astype(float),
            "marker": "",
            "measure": MEASURE,
            "period_months": 3,
        }
    )


def _welsh_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return force, partnership, quarter, code and count of the Welsh forces' rows."""
    codes = match_force(rows["Police Force"], new_are_apart=True)
    offences = rows[is_welsh(codes, "police_force")]
    return pd.DataFrame(
        {
            "force": offences["Police Force"],
            "csp": offences["CSP Name"],
            "period_start": _quarter_starts(offences),
            "code": offences["Offence Code"],
            "value": whole_numbers(offences[_COUNT], where="recorded crime by partnership"),
            UNUSABLE: offences[UNUSABLE] != "",
        }
    )


def _quarter_starts(rows: pd.DataFrame) -> pd.Series:
    pairs = zip(rows["Financial Year"], rows["Financial Quarter"], strict=True)
    starts = [financial_quarter_start(year, quarter).isoformat() for year, quarter in pairs]
    return pd.Series(starts, index=rows.index, dtype=str)


def _force_name(name: str) -> str:
    """Return a force's name without its rank ("South Wales Police" -> "South Wales")."""
    return name.removesuffix(" Police")


def is_unassigned(names: pd.Series) -> pd.Series:
    """Say of each partnership's name whether it stands for no place ("Unassigned South Wales")."""
    return names.map(lambda name: _UNASSIGNED.match(name) is not None)


def is_welsh_partnership(names: pd.Series) -> pd.Series:
    """Say of each partnership's name whether it is a Welsh one's."""
    return names.map(_key).isin(_known_partnerships())


def _known_partnerships() -> dict[str, str]:
    areas = load_areas()
    partnerships = areas[areas["kind"] == "community_safety_partnership"]
    return dict(zip(partnerships["name_en"].map(_key), partnerships["code"], strict=True))


def match_partnership(names: pd.Series) -> pd.Series:
    """Return the W14 code of each Welsh partnership's name; raise naming all unknown."""
    code_of_name = _known_partnerships()
    codes = names.map(lambda name: code_of_name.get(_key(name)))
    strange = sorted({repr(name) for name in names[codes.isna()]})
    if strange:
        expected = "a Welsh Community Safety Partnership of areas.csv"
        raise ContractError([Problem(file="recorded crime by partnership", expected=expected, came=", ".join(strange))])
    return codes


def _key(name: str) -> str:
    return folded(name).removeprefix("the ")


def whole_authorities() -> dict[str, str]:
    """Return the partnerships that are one whole authority, with its code (all but Cwm Taf)."""
    members = load_members()
    own = members[is_welsh(members["area_code"], "community_safety_partnership")]
    alone = own[~own.duplicated("area_code", keep=False)]
    return dict(zip(alone["area_code"], alone["member_code"], strict=True))


def _summed(cells: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Return the offences by code and all five together."""
    cells_and_total = pd.concat([cells.assign(category=cells["code"]), cells.assign(category=TOTAL)])
    sums = cells_and_total.groupby(["area_code", "period_start", "category"], as_index=False).agg(
        value=("value", "sum"), unusable=(UNUSABLE, "max")
    )
    out = sums.pop(UNUSABLE).astype(bool)
    return sums.assign(
        value=sums["value"].astype(float).mask(out),
        marker=out.map({True: MARKER, False: ""}),
        measure=measure,
        period_months=3,
    )


def every_offence_is_kept(rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the Welsh offences as read and as made, authorities left out, do not add to the same number."""
    once = figures[is_welsh(figures["area_code"], "community_safety_partnership", "police_force")]
    welsh = rows[rows["Police Force"].map(_force_name).isin(WELSH_FORCES) & (rows[UNUSABLE] == "")]
    checks.nothing_dropped(welsh, once, column=_COUNT, measures=(MEASURE, UNASSIGNED))


def every_partnership_every_quarter(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when a quarter between the first and the last is missing, or one lacks a partnership."""
    totals = figures[
        (figures["measure"] == MEASURE)
        & (figures["category"] == TOTAL)
        & is_welsh(figures["area_code"], "community_safety_partnership")
    ]
    codes_of = totals.groupby("period_start")["area_code"].agg(set)
    quarters = [day.date().isoformat() for day in pd.date_range(codes_of.index.min(), codes_of.index.max(), freq="QS")]
    there = {quarter: codes_of.get(quarter, set()) for quarter in quarters}
    whole = {quarter: whole_of_wales(codes, kind=PARTNERSHIP, day=quarter) for quarter, codes in there.items()}
    short = {quarter: len(codes) for quarter, codes in there.items() if codes != whole[quarter]}
    if short:
        many = " or ".join(sorted({str(len(whole[quarter])) for quarter in short}))
        raise ContractError(f"expected {many} Welsh partnerships in every quarter; came {listed(short)}")


def offence_codes_add_to_total(_rows: pd.DataFrame, figures: pd.DataFrame) -> None:
    """Raise when the five offences do not add to the total."""
    for measure in (MEASURE, UNASSIGNED):
        checks.reconciles_with_total(figures, measure=measure)


def each_place_once_under_its_own_force(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise for a Welsh count that stands twice under two spellings, and for a place under another's force."""
    forces = rows["Police Force"].map(_force_name)
    welsh = rows.assign(force=forces, place=rows["CSP Name"].map(_key))[forces.isin(WELSH_FORCES)]
    own = {_key(name): force for force, names in PARTNERSHIPS_OF.items() for name in names}
    loose = is_unassigned(welsh["CSP Name"])
    named = welsh["CSP Name"].map(lambda name: _force_name(_UNASSIGNED.sub("", name)).strip())
    of_place = welsh["place"].map(own).where(~loose, named.where(named.isin(WELSH_FORCES)))
    strange = welsh[of_place.notna() & (of_place != welsh["force"])]
    if not strange.empty:
        pairs = strange[["CSP Name", "Police Force"]].drop_duplicates().itertuples(index=False, name=None)
        raise ContractError(f"expected each Welsh place under its own force; came {listed(list(pairs), most=5)}")
    once = welsh.assign(place=welsh["place"].where(~loose, "unassigned"))
    key = ["Financial Year", "Financial Quarter", "force", "place", "Offence Code"]
    twice = once.loc[once.duplicated(key), key]
    if not twice.empty:
        places = list(twice.itertuples(index=False, name=None))
        raise ContractError(f"expected each place, quarter and code once; came twice {listed(places, most=5)}")


def every_force_of_both_countries(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh force has no row at all: its places would be missing, not without offences."""
    missing = sorted(set(WELSH_FORCES) - set(rows["Police Force"].map(_force_name)))
    if missing:
        raise ContractError(f"expected the forces {', '.join(WELSH_FORCES)}; no row of {', '.join(missing)}")


def all_five_offences_every_year(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh partnership, or a force, has no row of one of the five in a year: it would drop out in silence.

    Only a partnership can be told so: a force need not have offences without a place.
    """
    welsh = rows.assign(force=rows["Police Force"].map(_force_name), place=rows["CSP Name"].map(_key))
    welsh = welsh[welsh["force"].isin(WELSH_FORCES)]
    placed = welsh[~is_unassigned(welsh["place"])]
    codes_of = {
        **welsh.groupby(["Financial Year", "force"])["Offence Code"].agg(set).to_dict(),
        **placed.groupby(["Financial Year", "place"])["Offence Code"].agg(set).to_dict(),
    }
    short = {key: sorted(set(RRA_CODES) - codes) for key, codes in codes_of.items() if set(RRA_CODES) - codes}
    if short:
        lacking = {key: ", ".join(codes) for key, codes in short.items()}
        raise ContractError(
            f"expected rows of {', '.join(RRA_CODES)} of every Welsh force and year; lacking {listed(lacking, most=5)}"
        )


def no_row_lost_where_noughts_are_written(rows: pd.DataFrame, _figures: pd.DataFrame) -> None:
    """Raise when a Welsh partnership lacks one of the five in a quarter, in a file that writes a row for nought.

    The force tables of the same publisher do so for every force, quarter and code; a file that leaves noughts out
    cannot be told so, and a row lost from it only makes a count smaller.
    """
    welsh = rows[is_welsh_partnership(rows["CSP Name"])].assign(place=lambda f: f["CSP Name"].map(_key))
    if not (welsh[_COUNT].astype(str).str.strip() == "0").any():
        return
    codes_of = welsh.groupby(["Financial Year", "Financial Quarter", "place"])["Offence Code"].agg(set)
    lacking = {key: ", ".join(sorted(set(RRA_CODES) - codes)) for key, codes in codes_of.items()}
    if short := {key: codes for key, codes in lacking.items() if codes}:
        raise ContractError(
            f"expected a row of each of the five in every quarter, as of noughts; lacking {listed(short, most=5)}"
        )


ORIGINS = origins(__file__)


def _dataset(name: str) -> Dataset:
    return Dataset(
        name=name,
        material="",
        read=read,
        tidy=tidy,
        checks=(
            every_offence_is_kept,
            every_partnership_every_quarter,
            offence_codes_add_to_total,
            each_place_once_under_its_own_force,
            every_force_of_both_countries,
            all_five_offences_every_year,
            no_row_lost_where_noughts_are_written,
        ),
        origin=ORIGINS[name],
    )


DATASETS = (
    _dataset("police_recorded_crime_csp"),
    _dataset("police_recorded_crime_csp_2016_2020"),
    _dataset("police_recorded_crime_csp_2012_2015"),
)
