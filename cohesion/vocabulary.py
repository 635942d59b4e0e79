"""The words that stand in the data themselves, which the etl writes and the dashboard reads.

The awkward fact: the two rooms do not know each other, so each had its own list of markers, and the API's had lost one.
What is written by one and read by the other stands here, once; what a word is called in English and Welsh does not.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

# The Analysis Function's shorthand where a number cannot stand, or beside one; docs/names.md says what each means.
MARKERS = ("[c]", "[x]", "[z]", "[low]", "[p]", "[r]", "[e]", "[u]")
# A the official file; B an official table re-saved by others; C reshaped by others' code; T typed from a text.
Grade = Literal["A", "B", "C", "T"]
GRADES: tuple[Grade, ...] = get_args(Grade)
Status = Literal["accredited", "official", "in_development", "published_text"]
STATUSES: tuple[Status, ...] = get_args(Status)
# What one of a measure's unit is. Of what is "of_people" each one is about somebody: an offence, a referral,
# a household. Few of them are told in words, as few people are, but drawn where they stand (docs/methods.md).
Counted = Literal["people", "of_people", "percent", "pounds", "other"]
COUNTED: tuple[Counted, ...] = get_args(Counted)
# The units that say by themselves what one of them is; a share is always in per cent. Every other unit is a thing.
UNITS_COUNTED: Mapping[str, Counted] = {"%": "percent", "per cent": "percent", "£": "pounds", "people": "people"}
# Places of several authorities (docs/names.md says how codes begin); every other place is known by its kind alone.
WALES, ENGLAND, SCOTLAND, NORTHERN_IRELAND = "W92000004", "E92000001", "S92000003", "N92000002"
ENGLAND_AND_WALES, UNITED_KINGDOM = "K04000001", "K02000001"
WITHOUT_LONDON = "XEWEXMET"  # England and Wales without the Metropolitan Police
CARDIFF_AND_VALE = "XCAV"
# How a code of the ONS says in which nation its area lies and of what kind it is. That is read of what a publisher
# sends, where an area may be too new to be known; of areas that are known, areas.csv says both.
NATION_LETTERS: Mapping[str, str] = MappingProxyType({"E": ENGLAND, "W": WALES, "S": SCOTLAND, "N": NORTHERN_IRELAND})
CODES_BEGIN: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        (ENGLAND, "local_authority"): ("E06", "E07", "E08", "E09"),
        (WALES, "local_authority"): ("W06",),
        (SCOTLAND, "local_authority"): ("S12",),
        (NORTHERN_IRELAND, "local_authority"): ("N09",),
        (ENGLAND, "police_force"): ("E23",),
        (WALES, "police_force"): ("W15",),
        (WALES, "community_safety_partnership"): ("W14",),
    }
)
TOTAL = "total"  # the category that is the whole of every breakdown
MONTHS_EN = tuple(calendar.month_name)[1:]
MONTHS_CY = (
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
)


def nation_of(code: str) -> str:
    """Return the nation in which an area lies by its code of the ONS; "" where it lies in none alone."""
    return NATION_LETTERS.get(code[:1], "")
