"""Counts, how they add up, and what of them is hidden: the words of disclosure control.

The awkward fact: a hidden count is never alone. It stands in totals over categories, areas and time, in places that
overlap (Cardiff, and Cardiff with the Vale) and in earlier editions; each is an equation in a reader's hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Key = tuple[str, ...]  # what tells one count from every other: area, period, category, and which value of it
SMALLEST, LARGEST = 1, 4  # counts that are never shown
FREE = 5  # the first count that may be


class GivenAwayError(Exception):
    """A small count can be worked out whatever is hidden, or its safety was not proved: the table is withheld."""


class Hidden(Enum):
    """Why a count is hidden; each says what a reader who knew the reason would know of it."""

    SMALL = "small"  # it is 1 to 4
    SECOND = "second"  # it is 5 or more, and would give a small one away
    DETAIL = "detail"  # a part of a total of 1 to 4 whose parts, zeros too, are not given


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A total that is exactly the sum of its parts, each of them held."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Counts that together are at most what others are together: a strand and its total, a total and all strands."""

    at_most: tuple[Key, ...]
    of: tuple[Key, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Counts that are looked at together, and everything that is known of how they add up.

    `told` are counts that a reader has already, from an earlier edition; `past` are those that only stand in earlier
    editions and were hidden there, with the reason.
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    bounds: tuple[Bound, ...] = ()
    told: frozenset[Key] = frozenset()
    past: Mapping[Key, Hidden] | None = None

    def __post_init__(self) -> None:
        """Refuse counts that are not whole, and sums and bounds that the counts do not keep."""
        if any(isinstance(count, bool) or not isinstance(count, int) or count < 0 for count in self.counts.values()):
            raise ValueError("expected whole counts of 0 or more; at least one came otherwise")
        broken = [s for s in self.sums if self.counts[s.total] != sum(self.counts[part] for part in s.parts)]
        broken_bounds = [b for b in self.bounds if self.total(b.at_most) > self.total(b.of)]
        if broken or broken_bounds:
            raise ValueError(f"expected counts that add up; {len(broken) + len(broken_bounds)} relation(s) do not hold")

    def total(self, keys: tuple[Key, ...]) -> int:
        """Return what some counts are together."""
        return sum(self.counts[key] for key in keys)

    @cached_property
    def small(self) -> frozenset[Key]:
        """Return the counts of 1 to 4 that no reader has yet."""
        return frozenset(k for k, count in self.counts.items() if SMALLEST <= count <= LARGEST and k not in self.told)

    @cached_property
    def free(self) -> frozenset[Key]:
        """Return the counts of 5 or more that may be hidden for another's sake."""
        before = self.told | set(self.past or {})
        return frozenset(k for k, count in self.counts.items() if count >= FREE and k not in before)

    @cached_property
    def totals(self) -> frozenset[Key]:
        """Return the counts that are the sum of others."""
        return frozenset(one.total for one in self.sums)

    def relations(self) -> Iterator[tuple[tuple[Key, ...], tuple[Key, ...], bool]]:
        """Yield each relation as left side, right side, and whether they are equal (or left at most right)."""
        for one in self.sums:
            yield one.parts, (one.total,), True
        for bound in self.bounds:
            yield bound.at_most, bound.of, False

    def apart(self) -> Iterator[Table]:
        """Yield the table in pieces that share no relation: each is a puzzle of its own."""
        place = {key: number for number, key in enumerate(self.counts)}
        joined = [
            (place[left[0]], place[key]) for left, right, _ in self.relations() for key in (*left, *right) if left
        ]
        rows, columns = np.array(joined, dtype=np.int64).reshape(-1, 2).T
        links = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(place), len(place)))
        _, groups = connected_components(links, directed=False)
        pieces: dict[int, dict[Key, int]] = {}
        for (key, count), group in zip(self.counts.items(), groups.tolist(), strict=True):
            pieces.setdefault(group, {})[key] = count
        for group, counts in pieces.items():
            yield Table(
                counts=counts,
                sums=tuple(one for one in self.sums if groups[place[one.total]] == group),
                bounds=tuple(one for one in self.bounds if groups[place[one.of[0]]] == group),
                told=self.told & counts.keys(),
                past={key: why for key, why in (self.past or {}).items() if key in counts},
            )


Mask = Mapping[Key, Hidden]  # every hidden count with its reason; what is not in it is shown


def reach(reason: Hidden) -> tuple[int, float]:
    """Return the least and the most that a count hidden for this reason can be."""
    limits = {Hidden.SMALL: (SMALLEST, LARGEST), Hidden.SECOND: (FREE, float("inf")), Hidden.DETAIL: (0, float("inf"))}
    return limits[reason]
