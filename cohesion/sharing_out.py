"""Sharing out in order: rows over slides, small charts over rows of a grid.

The awkward fact: eight rows where seven fit are seven and one, and the last slide looks like a mistake; so they are
four and four.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar

Item = TypeVar("Item")


def evenly(every: Sequence[Item], *, most: int) -> list[Sequence[Item]]:
    """Return things in their order in parts of no more than `most`, none smaller than the others by more than one."""
    number = ceil(len(every) / most) if every else 1
    edges = [round(n * len(every) / number) for n in range(number + 1)]
    return [every[start:end] for start, end in pairwise(edges)]
