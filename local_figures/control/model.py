"""Counts, how they add up, and what of them is hidden: the words of disclosure control.

The awkward fact: a hidden count is never alone. It stands in totals over categories, areas and time, in places that
overlap (Cardiff, and Cardiff with the Vale) and in earlier editions; each is an equation in a reader's hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Key = tuple[str, ...]  # what tells one count from every other: area, period, category, and which value of it
SMALLEST, LARGEST = 1, 4  # counts that are never shown
FREE = 5  # the first count that may be


class GivenAwayError(Exception):
    """A small count can be worked out whatever is hidden, or its safety was not proved: nothing of it is shown."""


class Hidden(Enum):
    """Why a count is hidden; each says what a reader who knew the reason would know of it."""

    SMALL = "small"  # it is 1 to 4
    SECOND = "second"  # it is 5 or more, and would give a small one away
    DETAIL = "detail"  # a part of a total of 1 to 4 whose parts, zeros too, are not given
    WHOLE = "whole"  # it hangs together with what could not be shown safely, all of which is hidden, zeros too
    STEP = "step"  # it stands nowhere: what a count of one edition is more, or less, than in another


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A total that is exactly the sum of its parts, each of them held."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return every count that it relates."""
        return (self.total, *self.parts)


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Counts that together are at most what others are together: a strand and its total, a total and all strands."""

    at_most: tuple[Key, ...]
    of: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return every count that it relates."""
        return (*self.at_most, *self.of)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Counts that are looked at together, and everything that is known of how they add up.

    `told_before` are counts that a reader has already, from an earlier edition; `past` are those that only stand in
    earlier editions and were hidden there, with the reason. `steps` are differences between two counts, the larger
    one first: a reader of both knows them, so they are protected like any small count, though they stand nowhere.
    `kept_hidden` are counts of 5 and more that stay hidden, for they are near what a hidden one of an earlier edition
    may be.
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    bounds: tuple[Bound, ...] = ()
    told_before: frozenset[Key] = frozenset()
    past: Mapping[Key, Hidden] = field(default_factory=dict)
    steps: Mapping[Key, tuple[Key, Key]] = field(default_factory=dict)
    kept_hidden: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        """Refuse counts that are not whole, and sums and bounds that the counts do not keep."""
        if any(isinstance(count, bool) or not isinstance(count, int) or count < 0 for count in self.counts.values()):
            raise ValueError("expected whole counts of 0 or more; at least one came otherwise")
        broken = [s for s in self.sums if self.counts[s.total] != sum(self.counts[part] for part in s.parts)]
        broken_bounds = [b for b in self.bounds if self.total(b.at_most) > self.total(b.of)]
        counts = self.counts
        broken_steps = [s for s, (more, less) in self.steps.items() if counts[more] != counts[less] + counts[s]]
        if relations := len(broken) + len(broken_bounds) + len(broken_steps):
            raise ValueError(f"expected counts that add up; {relations} relation(s) do not hold")

    def total(self, keys: tuple[Key, ...]) -> int:
        """Return what some counts are together."""
        return sum(self.counts[key] for key in keys)

    @cached_property
    def small(self) -> frozenset[Key]:
        """Return the counts of 1 to 4 that no reader has yet."""
        public = self.told_before | set(self.steps)
        return frozenset(k for k, count in self.counts.items() if SMALLEST <= count <= LARGEST and k not in public)

    @cached_property
    def free(self) -> frozenset[Key]:
        """Return the counts of 5 or more that may be hidden for another's sake."""
        others = self.told_before | set(self.past) | self.kept_hidden | set(self.steps)
        return frozenset(k for k, count in self.counts.items() if count >= FREE and k not in others)

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
        for step, (more, less) in self.steps.items():
            yield (less, step), (more,), True

    def apart(self) -> Iterator[Table]:
        """Yield the table in pieces, each a puzzle of its own: a count that was told joins nothing, for it never moves.

        Such a count stands in every piece that has a relation with it.
        """
        place = {key: number for number, key in enumerate(key for key in self.counts if key not in self.told_before)}
        joined = []
        for left, right, _ in self.relations():
            moving = [place[key] for key in (*left, *right) if key in place]
            joined += [(moving[0], number) for number in moving]
        rows, columns = np.array(joined, dtype=np.int64).reshape(-1, 2).T
        links = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(place), len(place)))
        pieces_found, groups = connected_components(links, directed=False)
        group_of = {key: int(groups[at]) for key, at in place.items()}
        pieces = [_Piece() for _ in range(pieces_found)]
        for key, group in group_of.items():
            pieces[group].keys[key] = None
        relations: tuple[Sum | Bound, ...] = (*self.sums, *self.bounds)
        for relation in relations:
            of = {group_of[key] for key in relation.keys if key in group_of}  # one, or none where all were told
            for group in of:
                pieces[group].add(relation)
        for step, pair in self.steps.items():
            pieces[group_of[step]].keys.update(dict.fromkeys(pair))
        yield from (piece.table(self) for piece in pieces)


@dataclass(frozen=True)
class _Piece:
    """What hangs together, while it is gathered."""

    keys: dict[Key, None] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)

    def add(self, relation: Sum | Bound) -> None:
        self.keys.update(dict.fromkeys(relation.keys))
        if isinstance(relation, Sum):
            self.sums.append(relation)
        else:
            self.bounds.append(relation)

    def table(self, whole: Table) -> Table:
        return Table(
            counts={key: whole.counts[key] for key in self.keys},
            sums=tuple(self.sums),
            bounds=tuple(self.bounds),
            told_before=whole.told_before & self.keys.keys(),
            past={key: whole.past[key] for key in self.keys if key in whole.past},
            steps={key: whole.steps[key] for key in self.keys if key in whole.steps},
            kept_hidden=whole.kept_hidden & self.keys.keys(),
        )


Mask = Mapping[Key, Hidden]  # every hidden count with its reason; what is not in it is shown


_ANY = float("inf")
_REACH: Mapping[Hidden, tuple[float, float]] = {
    Hidden.SMALL: (SMALLEST, LARGEST),
    Hidden.SECOND: (FREE, _ANY),
    Hidden.DETAIL: (0, _ANY),
    Hidden.WHOLE: (0, _ANY),
    Hidden.STEP: (-_ANY, _ANY),
}


def reach(reason: Hidden) -> tuple[float, float]:
    """Return the least and the most that a count hidden for this reason can be."""
    return _REACH[reason]
