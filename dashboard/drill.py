"""From Wales down to a small area and back: what lies inside a place, what around it, and what a small one is called.

The awkward fact: places do not nest in one way. A ward is a group of LSOAs by the ONS's best fit, an MSOA one exactly,
and neither holds the other; and all are held of Cardiff and the Vale alone. So a small area is a choice within an
authority (`small_area=` in addresses), never a place that every figure is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dashboard import links, queries
from dashboard.i18n import LANGUAGES, Language
from dashboard.memory import remembered
from dashboard.model import SMALL_AREAS, Area
from dashboard.nations import HOME

NAME = "small_area"  # in addresses
SHOWN_AT = ("profile", NAME)  # the page and the figure that tell what is held of one
LONGEST = 100  # letters of a name; more are none
_NUMBERED = re.compile(r"(.*?)\W*(\d{3}[a-z]?)\W*", re.IGNORECASE)  # "Cardiff 036A"


def authorities(place: Area) -> tuple[str, ...]:
    """Return the authorities that a place is or, a pair, is made of."""
    return place.members if place.kind == "composite" else (place.code,)


@remembered(most=64)
def small_areas(place: Area, *, build: str, lang: Language = "en") -> tuple[str, ...]:
    """Return the codes of a place's wards, then MSOAs, then LSOAs, each by the alphabet of a language."""
    around = authorities(place)
    return tuple(one.code for one in _every(build=build, lang=lang) if one.within in around)


@remembered(most=4)
def _every(*, build: str, lang: Language) -> tuple[Area, ...]:
    areas = (a for a in queries.areas(build=build).values() if a.kind in SMALL_AREAS and a.until is None)
    return tuple(
        sorted(areas, key=lambda a: (SMALL_AREAS.index(a.kind), a.within or "", a.alphabet.text(lang), a.code))
    )


@remembered(most=4)
def every_place(*, build: str, lang: Language) -> tuple[str, ...]:
    """Return the codes of all places, large to small: those of the picker, then every ward, MSOA and LSOA held."""
    return (*queries.places(build=build, lang=lang), *(one.code for one in _every(build=build, lang=lang)))


def is_small(code: str, *, build: str) -> bool:
    """Tell whether a code is that of a small area of today."""
    return code in _by_code(build)


@remembered(most=2)
def _by_code(build: str) -> Mapping[str, Area]:
    return {one.code: one for one in _every(build=build, lang="en")}


def parts(code: str, *, build: str) -> tuple[str, ...]:
    """Return the LSOAs that a ward (by best fit) or an MSOA is made of; none of an LSOA."""
    return queries.lsoas_within(build=build).get(code, ())


def ward_of(code: str, *, build: str) -> Area | None:
    """Return the ward that an LSOA mostly lies in; None of any other area."""
    return _around(code, "ward", build=build)


def msoa_of(code: str, *, build: str) -> Area | None:
    """Return the MSOA that an LSOA lies in; None of any other area."""
    return _around(code, "msoa", build=build)


def _around(code: str, kind: str, *, build: str) -> Area | None:
    areas, within = _by_code(build), queries.lsoas_within(build=build)
    wholes = (areas[one] for one, lsoas in within.items() if code in lsoas and areas[one].kind == kind)
    return next(wholes, None)


def trail(place: Area, small: Area | None, *, build: str) -> tuple[Area, ...]:
    """Return the places on the way from Wales down to a place, or to a small area of it, both ends included."""
    force = queries.force_of(place.code, build=build)
    ward = ward_of(small.code, build=build) if small else None
    steps = (queries.area(HOME.benchmark, build=build), force, place, ward, small)
    return tuple({one.code: one for one in steps if one}.values())


def inside(place: Area, small: Area | None, *, build: str, lang: Language) -> tuple[Area, ...]:
    """Return the places one step further down: forces of Wales, authorities of a force or a pair, LSOAs of a ward.

    None of an authority: its wards are many, and stand in a picker of their own.
    """
    areas = queries.areas(build=build)
    if small is not None:
        codes: Iterable[str] = parts(small.code, build=build)
    elif place.code == HOME.benchmark:
        codes = (one for one in queries.places(build=build) if areas[one].kind == "police_force")
    else:
        codes = place.members
    return tuple(sorted((areas[one] for one in codes), key=lambda one: one.alphabet.text(lang)))


def meant(text: str, *, build: str) -> str | None:
    """Return the code of the one small area that a link names: by its code, a ward's name or "Caerdydd 036A"."""
    text = text[:LONGEST]
    plain = links.letters_of(text)
    if plain.upper() in _by_code(build):
        return plain.upper()
    if numbered := _NUMBERED.fullmatch(text):
        around = links.place_meant(numbered[1], build=build)
        number = numbered[2].lower()
        inside_it = (a for a in _by_code(build).values() if a.within == around)
        return next((a.code for a in inside_it if a.name.text("en").lower().endswith(f" {number}")), None)
    named = [
        one.code
        for one in _by_code(build).values()
        if plain and plain in {links.letters_of(one.name.text(lang)) for lang in LANGUAGES}
    ]
    return named[0] if len(named) == 1 else None
