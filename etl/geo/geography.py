"""The one vocabulary by which every publication's places are matched to our area codes.

The awkward fact: one place comes under many spellings and codes. The Home Office alone writes
"London, City of", "City of London" and "City of London Police", and Barnsley and Sheffield got
new codes when a few houses changed sides in April 2025.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from cohesion.folding import folded, without_accents
from cohesion.vocabulary import CODES_BEGIN, ENGLAND, NATION_LETTERS, NORTHERN_IRELAND, SCOTLAND, WALES, nation_of
from etl.contract import ContractError, Problem
from etl.reading import wording
from etl.reading.cells import of_each
from etl.reading.numbers import whole_numbers

SHOWN_AT_MOST = 10  # rows in one refusal
_FOLDER: ContextVar[Path] = ContextVar("_FOLDER", default=Path(__file__).resolve().parents[2] / "data" / "reference")


def _declared(file: str, *, key: str, value: str, **only: str) -> Mapping[str, str]:
    """Return one column of a table beside this module by another, for the rows whose cells are as `only` says."""
    rows = pd.read_csv(Path(__file__).with_name(file), dtype="str", keep_default_na=False)
    for column, only_value in only.items():
        rows = rows[rows[column] == only_value]
    return MappingProxyType(dict(zip(rows[key], rows[value], strict=True)))


# Old code -> current code where the place stayed the same for every statistic we hold.
RECODED = _declared("successors.csv", key="code", value="successor", why="recoded everywhere")
# Authorities that became part of a larger one, or only got a new code, since 2014: their people add to today's.
SUCCESSORS = _declared("successors.csv", key="code", value="successor")

# Rows of the Home Office's force tables that are no police force: a dataset sets them aside by name.
FRAUD_REPORTING_BODIES = frozenset({"Action Fraud", "CIFAS", "Cifas", "Financial Fraud Action UK", "UK Finance"})


def code_pattern(kind: str, *, nations: Iterable[str]) -> re.Pattern[str]:
    """Return the form of the ONS's codes for a kind of area in some nations, known to us or not."""
    return re.compile(rf"(?:{'|'.join(start for nation in nations for start in CODES_BEGIN[nation, kind])})\d{{6}}")


ELSEWHERE = code_pattern("local_authority", nations=(ENGLAND, SCOTLAND, NORTHERN_IRELAND))
ENGLISH_FORCE = code_pattern("police_force", nations=(ENGLAND,))
WELSH_AUTHORITY = code_pattern("local_authority", nations=(WALES,))
NEW_FORCE = "E23 "  # before the name of a force that we do not know: no code of the ONS looks so

# Spellings of forces stand as `_force_key` leaves them: lower case, "and", without "Police" or "Constabulary".
_FORCES = _declared("spellings.csv", key="spelling", value="code", kind="police_force")

# Spellings met in publications that the rules of `_authority_key` do not reach.
_AUTHORITY_SPELLINGS = _declared("spellings.csv", key="spelling", value="code", kind="local_authority")


def in_nations(codes: pd.Series, nations: Collection[str]) -> pd.Series:
    """Say of each code whether its area, known to us or not, lies in one of some nations."""
    return of_each(codes, lambda code: NATION_LETTERS.get(str(code)[:1]) in nations)


def is_welsh(codes: pd.Series, *kinds: str) -> pd.Series:
    """Say of each code whether its area, known to us or not, is Welsh: of any kind, or of one of some."""
    starts = tuple(start for kind in kinds for start in CODES_BEGIN[WALES, kind])
    return codes.str.startswith(starts) if kinds else in_nations(codes, (WALES,))


@contextmanager
def reference_of(data: Path) -> Iterator[None]:
    """Read places and measures from the reference tables of a data folder, and not of the repository's own."""
    token = _FOLDER.set(data / "reference")
    try:
        yield
    finally:
        _FOLDER.reset(token)


def reference_folder() -> Path:
    """Return the folder of the reference tables of the data at hand."""
    return _FOLDER.get()


def load_reference(file: str, *, needs: tuple[str, ...]) -> pd.DataFrame:
    """Return a reference table of the data at hand as text cells; raise in words when it is not whole."""
    return _cells(_content(file), file=file, needs=needs).copy(deep=False)


def load_areas() -> pd.DataFrame:
    """Return `areas.csv` of the data at hand: text cells, `selectable` as bool, `sort` as int."""
    return _areas(_content("areas.csv")).copy(deep=False)


def _content(file: str) -> bytes:
    path = reference_folder() / file
    if not path.is_file():
        raise ContractError([Problem(file=f"data/reference/{file}", expected="a table", came="no file")])
    return path.read_bytes()


@lru_cache(maxsize=16)  # every check of a table asks for the same few; of the same bytes they are read once
def _cells(content: bytes, *, file: str, needs: tuple[str, ...]) -> pd.DataFrame:
    try:
        cells = pd.read_csv(BytesIO(content), dtype="str", keep_default_na=False)
    except ValueError as error:  # of pandas: no rows, ragged rows, no UTF-8
        raise ContractError([Problem(file=file, expected="a table in UTF-8", came=str(error).strip())]) from error
    missing = [name for name in needs if name not in cells.columns]
    if missing:
        expected = f"the columns {', '.join(needs)}"
        raise ContractError([Problem(file=file, row=1, expected=expected, came=f"none called {', '.join(missing)}")])
    return cells


@lru_cache(maxsize=4)
def _areas(content: bytes) -> pd.DataFrame:
    needs = ("code", "name_en", "name_cy", "kind", "nation_code", "selectable", "sort", "valid_from", "valid_to")
    areas = _cells(content, file="areas.csv", needs=needs)
    return areas.assign(selectable=areas["selectable"] == "true", sort=whole_numbers(areas["sort"], where="areas.csv"))


@lru_cache(maxsize=4)
def _codes(content: bytes) -> frozenset[str]:
    return frozenset(_areas(content)["code"])


def load_members() -> pd.DataFrame:
    """Return `area_members.csv`: which local authorities, past and present, make up each larger area."""
    return load_reference("area_members.csv", needs=("area_code", "member_code"))


def current(areas: pd.DataFrame, *, kind: str) -> pd.DataFrame:
    """Return the areas of a kind that exist today: those without a last day."""
    return areas[(areas["kind"] == kind) & (areas["valid_to"] == "")]


def current_authorities(*, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the local authorities that exist today (361 in the United Kingdom, 22 of them Welsh)."""
    return current(areas, kind="local_authority")


def existing(*, kind: str, day: str, areas: pd.DataFrame) -> pd.Series:
    """Return the codes of a kind of area that existed on a day, by the first and last days of areas.csv."""
    begun = areas["valid_from"] <= day  # no text, of those that always were, is before any day
    going = (areas["valid_to"] == "") | (areas["valid_to"] >= day)
    return areas.loc[(areas["kind"] == kind) & begun & going, "code"]


def whole_of(nations: Collection[str], codes: Iterable[str], *, kind: str, day: str) -> set[str]:
    """Return the areas of a kind in some nations that a table of a day must have.

    They are those of that day, or those of today where they are more like `codes`: a publisher may give past figures
    for today's areas.
    """
    areas, came = load_areas(), set(codes)
    then, now = existing(kind=kind, day=day, areas=areas), current(areas, kind=kind)["code"]
    wholes = [set(of_day[in_nations(of_day, nations)]) for of_day in (now, then)]
    return min(wholes, key=lambda whole: len(whole ^ came))


def whole_of_wales(codes: Iterable[str], *, kind: str, day: str) -> set[str]:
    """Return the Welsh areas of a kind that a table of a day must have."""
    return whole_of((WALES,), codes, kind=kind, day=day)


def force_codes() -> Mapping[str, str]:
    """Return the police force names we know, in their plainest spelling, with their codes ("gwent": "W15000002")."""
    return _FORCES


def match_force(names: pd.Series, *, new_are_apart: bool = False) -> pd.Series:
    """Return the code of each police force name ("Devon & Cornwall" -> "E23000035"); raise naming all unknown.

    Where `new_are_apart`, one that cannot be Welsh gets a code of no area ("E23 Kent and Sussex"), whose rows
    `unknown_places` keeps apart. Its publication must have checked that no Welsh force is missing.
    """
    codes = {name: _FORCES.get(_force_key(name)) for name in names.unique()}
    if new_are_apart:
        unknown = [name for name, code in codes.items() if code is None and is_no_welsh_force(name)]
        codes |= {name: f"{NEW_FORCE}{name}" for name in unknown}
    _refuse_unmatched(
        (name for name, code in codes.items() if code is None),
        expected="a police force that etl/geo/geography.py knows",
    )
    return names.map(codes)


def is_no_welsh_force(name: object) -> bool:
    """Say whether a name is far from every Welsh force's: not one misspelt, nor a new one in Wales."""
    key = _force_key(name)
    words = {"wales", "welsh", "cymru", "heddlu", "gwent", "dyfed", "powys"}
    welsh = [force for force, code in _FORCES.items() if nation_of(code) == WALES]
    return bool(key) and not words & set(re.findall(r"\w+", key)) and not get_close_matches(key, welsh, cutoff=0.75)


def match_authority_code(codes: pd.Series, *, areas: pd.DataFrame) -> pd.Series:
    """Return the codes unchanged if each is a local authority, past or present; raise naming all others.

    A code that may be a new authority's outside Wales passes: `unknown_places` tells of it and keeps its rows apart.
    """
    authorities = areas.loc[areas["kind"] == "local_authority", "code"]
    stripped = codes.map(lambda code: code.strip() if isinstance(code, str) else code)
    strange = stripped[~stripped.isin(authorities) & ~is_elsewhere(stripped)]
    welsh = strange[strange.map(str).str.fullmatch(WELSH_AUTHORITY)]
    _refuse_unmatched(
        welsh, expected="a Welsh authority of areas.csv (docs/reorganisation.md says what to change for a new one)"
    )
    _refuse_unmatched(strange, expected="a local authority code of areas.csv")
    return stripped


def is_elsewhere(codes: pd.Series) -> pd.Series:
    """Say of each code whether it has the form of an authority's outside Wales, known to us or not."""
    return of_each(codes, _is_elsewhere)


def _is_elsewhere(code: object) -> bool:
    return isinstance(code, str) and bool(ELSEWHERE.fullmatch(code))


def unknown_elsewhere(codes: pd.Series) -> pd.Series:
    """Say of each code whether it is an authority's outside Wales that areas.csv does not have."""
    our_codes = _codes(_content("areas.csv"))
    return of_each(codes, lambda code: _is_elsewhere(code) and code not in our_codes)


def is_new_force(codes: pd.Series) -> pd.Series:
    """Say of each code whether `match_force` gave it to a force that we do not know."""
    return codes.astype(str).str.startswith(NEW_FORCE)


def match_authority_name(names: pd.Series, *, areas: pd.DataFrame) -> pd.Series:
    """Return the code of each local authority named in English or Welsh; raise naming all unknown.

    A name that an old and a new code share ("Barnsley") gives the code of today.
    """
    code_of_name = _authority_names(areas=areas)
    codes = names.map(lambda name: _code_of(name, code_of_name=code_of_name))
    _refuse_unmatched(names[codes.isna()], expected="a local authority name of areas.csv")
    return codes


def refuse_codes_beside_other_names(
    *, codes: pd.Series, names: pd.Series, where: str = "areas", now: Mapping[str, str] = RECODED
) -> None:
    """Raise naming the rows whose name is another authority's than their code: the sign of a slipped or borrowed cell.

    `now` gives the codes of today for codes that ended. A place in England that we do not know yet, by name or by
    code, is for others to notice; beside a Welsh code or name everything must agree.
    """
    areas, pairs = load_areas(), pd.DataFrame({"code": codes, "name": names}).drop_duplicates()
    codes, names = pairs["code"], pairs["name"]
    by_code = codes.map(lambda code: now.get(str(code).strip(), str(code).strip()))
    by_name = known_authority_name(names, areas=areas).fillna("").map(lambda code: now.get(code, code))
    is_known = by_code.isin(set(areas["code"]))
    welsh_code, welsh_name = (is_welsh(one, "local_authority") for one in (by_code, by_name))
    wrong = (by_code != by_name) & (is_known & ((by_name != "") | welsh_code) | welsh_name)
    if wrong.any():
        raise ContractError(
            Problem(
                file=where,
                row=int(str(row)) + 2,
                expected="each code beside its own name",
                came=f"{names[row]!r} beside {codes[row] or 'no code'}, {_name_of(by_code[row], areas=areas)}",
            )
            for row in wrong.index[wrong][:SHOWN_AT_MOST]
        )


def _name_of(code: str, *, areas: pd.DataFrame) -> str:
    names = areas.loc[areas["code"] == code, "name_en"]
    return f"the code of {names.iloc[0]}" if len(names) else "a code we do not know"


def refuse_places_set_aside(*, codes: pd.Series, names: pd.Series, where: str) -> None:
    """Raise naming rows that stand for no place by their code or their name, and for an authority by the other.

    Such a row would be set aside unseen: in a table where no row means nobody, its authority would have nobody.
    """
    has_code = is_elsewhere(codes) | is_welsh(codes, "local_authority")
    has_name = known_authority_name(names, areas=load_areas()).notna()
    wrong = has_code | has_name
    if wrong.any():
        raise ContractError(
            Problem(
                file=where,
                row=int(str(row)) + 2,
                expected="an authority by its code and its name, or by neither",
                came=f"{names[row]!r} beside {codes[row] or 'no code'}",
            )
            for row in wrong.index[wrong][:SHOWN_AT_MOST]
        )


def known_authority_name(names: pd.Series, *, areas: pd.DataFrame) -> pd.Series:
    """Return the code of each local authority that is known by its name, and None for every other name."""
    code_of_name = _authority_names(areas=areas)
    return names.map(lambda name: _code_of(name, code_of_name=code_of_name))


def _code_of(name: object, *, code_of_name: Mapping[str, str]) -> str | None:
    """Return the code of an authority by its name, or by its names in both languages ("Cardiff / Caerdydd")."""
    codes = {code_of_name.get(_authority_key(part)) for part in str(name).split("/")}
    return code_of_name.get(_authority_key(name)) or (codes.pop() if len(codes) == 1 else None)


def fix_double_encoding(text: str) -> str:
    """Return text that was read as Latin-1 and saved as UTF-8 in its true letters ("Ynys MÃ´n" -> "Ynys Môn")."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text  # It was sound already: "Ynys Môn" cannot be undone once more.


def _authority_names(*, areas: pd.DataFrame) -> dict[str, str]:
    """Return key -> code for every name in both languages; today's authorities are put in last and so win."""
    authorities = areas[areas["kind"] == "local_authority"].sort_values("valid_to", ascending=False)
    by_name = {
        _authority_key(name): code
        for language in ("name_cy", "name_en")
        for name, code in zip(authorities[language], authorities["code"], strict=True)
    }
    return {**by_name, **_AUTHORITY_SPELLINGS}


def _force_key(name: object) -> str:
    """Return a force's name in its plainest spelling ("Devon & Cornwall Police" -> "devon and cornwall")."""
    plain = _put_in_order(_plain(name))
    return re.sub(r" (police|constabulary)( service)?$", "", plain)


def _authority_key(name: object) -> str:
    """Return an authority's name without its rank ("Bristol, City of" and "Bristol" -> "bristol")."""
    return _authority_key_of(name) if isinstance(name, str) else ""


@lru_cache(maxsize=4096)  # the same four hundred names stand in every table, on every day
def _authority_key_of(name: str) -> str:
    plain = _put_in_order(_plain(name)).replace(".", "").replace(",", "").replace("-", " ")
    # "City of London" keeps its rank: without it, it would be London.
    return plain if plain == "city of london" else re.sub(r"^(the )?((city|county) of )?", "", plain)


def _put_in_order(text: str) -> str:
    """Return "london, city of" as "city of london" and "vale, the" as "the vale"; other commas stay."""
    return re.sub(r"^(.+), ((?:city|county) of|the)$", r"\2 \1", text)


def _plain(name: object) -> str:
    """Return a name in plain lower case, "and" for "&", without accents and notes; an empty cell gives ""."""
    if not isinstance(name, str):
        return ""
    return folded(without_accents(wording.name(name)).replace("&", " and "))


def _refuse_unmatched(unmatched: Iterable[object], *, expected: str) -> None:
    """Raise one error that names every distinct value that found no area."""
    values = sorted({repr(value) for value in unmatched})
    if values:
        raise ContractError([Problem(file="areas", expected=expected, came=", ".join(values))])


def authority_of_today(codes: pd.Series) -> pd.Series:
    """Return the code of today's authority for each code of any year since 2014; raise naming all unknown.

    One that ended without a successor in `successors.csv` keeps its own code: its series ends with it.
    """
    return match_authority_code(codes.replace(dict(SUCCESSORS)), areas=load_areas())
