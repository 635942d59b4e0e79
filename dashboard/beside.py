"""Which places may stand beside one: up to three of any kind and part of the United Kingdom, and one to measure by.

The awkward fact: an address can name anything, any number of times. What may stand stays, in the order it is named,
and the first reason why something may not is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dashboard import queries
from dashboard.i18n import LANGUAGES, Language
from dashboard.i18n.text import say
from dashboard.memory import remembered
from dashboard.model import Area
from dashboard.nations import HOME

SIMILAR = "similar"  # the median of the authorities most like the place
FLAVOUR = "demographic"  # of the lists of similar areas
BENCHMARKS = (HOME.benchmark, SIMILAR)
MOST = 3  # places beside ours, and one benchmark more
KINDS = ("local_authority", "police_force", "country", "composite")
APART = ","  # what stands between codes in an address


def hold(places: Iterable[Area], *, build: str) -> None:
    """Have all that is held of places side by side, of the places a median is of and of their forces, read at once."""
    queries.hold(_held_with(tuple(places), build=build), build=build)


@lru_cache(maxsize=512)
def _held_with(places: tuple[Area, ...], *, build: str) -> tuple[str, ...]:
    own = [one for one in places if one.code != SIMILAR]
    forces = (queries.force_of(one.code, build=build) for one in own if one.kind != "country")
    similar = (code for one in places if one.code == SIMILAR for code in one.members)
    return tuple(dict.fromkeys((*(one.code for one in own), *similar, *(one.code for one in forces if one))))


@lru_cache(maxsize=512)
def choices(place: Area, *, build: str, lang: Language = LANGUAGES[0]) -> tuple[str, ...]:
    """Return the codes that may stand beside a place: benchmarks, the places of the picker, then the rest by name."""
    first = (HOME.benchmark, *((SIMILAR,) if similar_to(place, build=build) else ()))
    every = dict.fromkeys((*first, *queries.places(build=build, lang=lang), *_rest(build=build, lang=lang)))
    return tuple(code for code in every if code != place.code)


@remembered(most=4)
def _rest(*, build: str, lang: Language) -> tuple[str, ...]:
    """Return the codes of the places that are in no picker and exist today, by name."""
    own = {*queries.places(build=build, lang=lang), *BENCHMARKS}
    areas = queries.areas(build=build).values()
    others = (a for a in areas if a.kind in KINDS and a.until is None and a.code not in own)
    return tuple(a.code for a in sorted(others, key=lambda a: a.alphabet.text(lang)))


def similar_to(place: Area, *, build: str) -> tuple[str, ...]:
    """Return the authorities most like a place; none where it is no single authority of Wales."""
    return queries.similar_areas(place.code, flavour=FLAVOUR, build=build)


@lru_cache(maxsize=512)
def area(code: str, *, place: Area, build: str) -> Area:
    """Return what a code names: an area, or the median of the areas similar to a place as one."""
    if code != SIMILAR:
        return queries.area(code, build=build)
    return Area(
        code=SIMILAR, kind="local_authority", name=say("beside.similar"), members=similar_to(place, build=build)
    )


def is_benchmark(one: Area) -> bool:
    """Tell whether an area is there to measure by: Wales, or the median of similar areas."""
    return one.code in BENCHMARKS


def read(codes: Iterable[str], *, place: Area, build: str) -> tuple[tuple[Area, ...], str]:
    """Return the areas that may stand beside a place, in their order, and why another may not: "" where all may."""
    allowed = set(choices(place, build=build))
    areas: list[Area] = []
    why = ""
    for code in codes:
        refusal = _refusal(code, areas, place=place, allowed=allowed)
        why = why or refusal
        areas += [] if refusal else [area(code, place=place, build=build)]
    return tuple(areas), why


def _refusal(code: str, areas: list[Area], *, place: Area, allowed: set[str]) -> str:
    """Return the last part of the key of the sentence that says why a code may not stand there; "" where it may."""
    if code == place.code:
        return "beside_itself"
    if code == SIMILAR and code not in allowed:
        return "beside_similar"
    if code not in allowed:
        return "beside_unknown"
    if any(one.code == code for one in areas):
        return "beside_twice"
    measured_by = [one for one in areas if is_benchmark(one)]
    places = len(areas) - bool(measured_by)
    is_first_benchmark = code in BENCHMARKS and not measured_by
    return "beside_many" if places >= MOST and not is_first_benchmark else ""


def meant(text: str) -> tuple[str, ...]:
    """Return the codes of an address as we write them: people write in small letters and leave spaces."""
    plain = (part.strip() for part in text.split(APART))
    return tuple(part.lower() if part.lower() == SIMILAR else part.upper() for part in plain if part)


def written(areas: Iterable[Area]) -> str:
    """Return areas as an address names them; "" of none."""
    return APART.join(one.code for one in areas)
