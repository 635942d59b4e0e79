"""Names that people use and no table has: towns without figures of their own, and what else a place is called.

The awkward fact: figures stop at the authority, and most people live in a town. Whoever types "Barry" is led to the
Vale of Glamorgan and to the wards of Barry, and told that the figures are not of the town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cohesion.folding import words
from dashboard.model import Words
from dashboard.search.word_forms import radicals

HERE = Path(__file__).parent


def lines_of(name: str) -> list[str]:
    """Return the lines of a list of words beside this module, without its notes."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town: its name, the code of its authority, and the names of the wards of it that are held."""

    name: Words
    place: str
    wards: frozenset[str]


@cache
def towns() -> tuple[Town, ...]:
    """Return the towns, in the order of their list."""
    return tuple(_town(line) for line in lines_of("towns"))


def _town(line: str) -> Town:
    names, place, *wards = (part.strip() for part in line.split(":"))
    english, _, welsh = names.partition(" / ")
    inside = frozenset(ward.strip() for one in wards for ward in one.split(","))
    return Town(name=Words(en=english, cy=welsh or english), place=place, wards=inside)


def town_meant(text: str) -> Town | None:
    """Return the town that a link names, in either language and as sentences change it: "Y Barri", "ym Mhenarth".

    One that lies in two authorities is none: nobody knows which is meant.
    """
    typed = _telling(text)
    having = [one for one in towns() if any(_is_called(typed, name) for name in (one.name.en, one.name.cy))]
    return having[0] if len({one.place for one in having}) == 1 else None


def _telling(text: str) -> tuple[str, ...]:
    empty = {word for line in lines_of("empty") for word in line.split()}
    return tuple(word for word in words(text) if word not in empty and len(word) > 1)  # "o'r" is two words


def _is_called(typed: tuple[str, ...], name: str) -> bool:
    own_words = _telling(name)
    pairs = zip(typed, own_words, strict=False)
    return len(typed) == len(own_words) and all(word == own or own in radicals(word) for word, own in pairs)


def place_called(text: str) -> str | None:
    """Return the code of the place or the ward that goes by another name, such as "Sir Gâr"; None where none does."""
    typed = _telling(text)
    every = ((code, name) for code, names in other_names().items() for name in names)
    return next((code for code, name in every if _is_called(typed, name)), None)


@cache
def other_names() -> Mapping[str, tuple[str, ...]]:
    """Return what else places and wards are called, by their codes."""
    pairs = (line.split(":") for line in lines_of("names"))
    return {code.strip(): tuple(name.strip() for name in names.split(",")) for names, code in pairs}


@cache
def typed_for() -> Mapping[str, tuple[str, ...]]:
    """Return what people type for a place or a ward that is not its name: other names, and its towns."""
    names_of: dict[str, list[str]] = defaultdict(list)
    for code, names in other_names().items():
        names_of[code] += names
    for town in towns():
        names_of[town.place] += dict.fromkeys((town.name.en, town.name.cy))
    return {code: tuple(names) for code, names in names_of.items()}
