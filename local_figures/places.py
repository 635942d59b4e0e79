"""The areas that a workspace may tell of, and the larger ones that are made of them."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from cohesion.folding import folded
from cohesion.vocabulary import MONTHS_CY, MONTHS_EN, WALES

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
_DAYS = (*calendar.day_name, "Dydd", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul")
_ALSO_NAMES = frozenset(
    {"march", "april", "may", "june", "august", "mai", "ebrill", "medi"}
)  # Theresa May, April Jones
NATION = WALES  # whose authorities a workspace is for
PUBLISHED = ("police_force", "country")  # the kinds of areas of which the Home Office publishes hate crimes
WHOLES = (*PUBLISHED, "composite")  # and those that are told beside the authorities they are made of


@cache
def _kinds() -> Mapping[str, str]:
    """Return what kind of area each one of the nation is, and the nation itself, by their codes."""
    return {row["code"]: row["kind"] for row in _rows("areas") if NATION in (row["code"], row["nation_code"])}


@cache
def authorities() -> frozenset[str]:
    """Return the codes of the Welsh local authorities."""
    return frozenset(row["code"] for row in _rows("areas") if _is_authority(row["code"]) and not row["valid_to"])


def _is_authority(code: str) -> bool:
    return _kinds().get(code) == "local_authority"


@cache
def names() -> Mapping[str, tuple[str, str]]:
    """Return the name of each Welsh local authority in English and in Welsh, by its code."""
    return {row["code"]: (row["name_en"], row["name_cy"]) for row in _rows("areas") if row["code"] in authorities()}


def code_of(name: str) -> str | None:
    """Return the code of the Welsh local authority that is written as its code or its name, mutated or not."""
    return _codes().get(folded(name))


@cache
def _codes() -> Mapping[str, str]:
    """Return the codes of the authorities by all that they are called: "Cardiff", "yng Nghaerdydd", "Nghaerdydd"."""
    codes = {folded(code): code for code in authorities()}
    for row in (row for row in _rows("areas") if row["code"] in authorities()):
        for phrase in (row[f"{kind}_{lang}"] for kind in ("in", "to", "from") for lang in ("en", "cy")):
            codes |= {folded(words): row["code"] for words in (phrase, phrase.partition(" ")[2]) if words}
        codes |= {folded(row[name]): row["code"] for name in ("name_en", "name_cy")}
    return codes


@cache
def wholes() -> Mapping[str, frozenset[str]]:
    """Return each area that is made of Welsh authorities, with their codes."""
    members_of: dict[str, set[str]] = {}
    for row in _rows("area_members"):
        if _kinds().get(row["area_code"]) in WHOLES and _is_authority(row["member_code"]):
            members_of.setdefault(row["area_code"], set()).add(row["member_code"])
    return {whole: frozenset(members) for whole, members in members_of.items()}


def force_of(area: str) -> str | None:
    """Return the code of the Welsh police force in whose area an authority lies, None for any other area."""
    forces = (whole for whole, members in wholes().items() if area in members and _kinds()[whole] == "police_force")
    return next(forces, None)


def is_published(area: str) -> bool:
    """Return whether the Home Office publishes hate crimes of an area: of police forces and Wales, of no authority."""
    return _kinds().get(area) in PUBLISHED


@cache
def words_of_places() -> frozenset[str]:
    """Return every word of a place's name, a day or a month of no person's name: beside it a capital is no surname."""
    names = (row[name] for row in _rows("areas") if row["nation_code"] == NATION for name in ("name_en", "name_cy"))
    of_places = (word for name in names for word in re.findall(r"[\w'’-]+", name))
    return frozenset(word.casefold() for word in (*of_places, *_DAYS, *MONTHS_EN, *MONTHS_CY)) - _ALSO_NAMES


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
