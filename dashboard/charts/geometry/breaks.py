"""Where the words of breaks stand over a chart: at their lines, which reach up to them, or under it by letter.

The awkward fact: four breaks near each other have words wider than the time between them. Words that stand above their
lines with nothing that leads there are read of the line that is next to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dashboard.charts.letters import nth_letter, text_width, wrapped
from dashboard.charts.scale import Scale, day
from dashboard.charts.spec import Mark

Side: TypeAlias = Literal["right", "left", "over"]
Width: TypeAlias = Callable[[str], float]
SIZE, GAP, APART = 13, 4, 6  # pixels: the letters, from a line to its words, and between two labels on one level


@dataclass(frozen=True, kw_only=True)
class Label:
    """What stands at the line of a break: its words beside it, or its letter over it, and on which level above."""

    mark: Mark
    text: str
    side: Side
    level: int


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The labels of breaks; where they are letters, `key` says under the chart what each means."""

    labels: tuple[Label, ...]
    key: tuple[str, ...] = ()

    @property
    def levels(self) -> int:
        """How many levels stand over the chart."""
        return max((label.level + 1 for label in self.labels), default=0)

    def reach(self, mark: Mark) -> int:
        """Return how many levels the line of a break goes up: beside its words, or to below its letter."""
        label = next((label for label in self.labels if label.mark is mark), None)
        return 0 if label is None else label.level + (label.side != "over")


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """A label on a side of its line, before it has a level."""

    mark: Mark
    text: str
    side: Side
    line: float
    left: float
    right: float


def key_lines(key: Sequence[str], *, most: float, size: float) -> tuple[str, ...]:
    """Return a key of letters in lines no wider than `most` pixels, as many whole labels on one as fit."""
    lines: list[str] = []
    for one in key:
        joined = f"{lines[-1]} · {one}" if lines else one
        if lines and text_width(joined, size=size) <= most:
            lines[-1] = joined
        else:
            lines += wrapped(one, size=size, most=most)
    return tuple(lines)


def label_width(text: str) -> float:
    """Return the width of a label in the letters of a page."""
    return text_width(text, size=SIZE)


def break_labels(
    marks: Sequence[Mark], across: Scale, *, left: float, right: float, width: Width = label_width
) -> Labels:
    """Return the labels of breaks between two pixels: all right of their lines, or all left, or each where it fits.

    No line runs through another's words. Where none of the three can be, letters stand over the lines.
    """
    named = [mark for mark in marks if mark.label]
    lines = [across.at(day(mark.at)) for mark in named]
    fit_right = [x + GAP + width(mark.label) <= right for mark, x in zip(named, lines, strict=True)]
    fit_left = [x - GAP - width(mark.label) >= left for mark, x in zip(named, lines, strict=True)]
    mixed: list[Side] = ["right" if fits else "left" for fits in fit_right]
    can_be_mixed = all(a or b for a, b in zip(fit_right, fit_left, strict=True))
    right_of: list[Side] = ["right" for _ in named]
    left_of: list[Side] = ["left" for _ in named]
    ways = [(all(fit_right), right_of), (all(fit_left), left_of), (can_be_mixed, mixed)]
    for sides in (way for fits, way in ways if fits):
        placed = [
            _beside(mark, x, side=side, wide=width(mark.label))
            for mark, x, side in zip(named, lines, sides, strict=True)
        ]
        if (levels := _levels(placed)) is not None:
            return Labels(labels=_on_levels(placed, levels))
    letters = [nth_letter(n) for n in range(len(named))]
    over = [_over(mark, x, letter, wide=width(letter)) for mark, x, letter in zip(named, lines, letters, strict=True)]
    return Labels(
        labels=_on_levels(over, _levels(over) or [*range(len(over))]),
        key=tuple(f"{letter}: {mark.label}" for letter, mark in zip(letters, named, strict=True)),
    )


def _on_levels(placed: Sequence[_Placed], levels: Sequence[int]) -> tuple[Label, ...]:
    return tuple(
        Label(mark=one.mark, text=one.text, side=one.side, level=level)
        for one, level in zip(placed, levels, strict=True)
    )


def _beside(mark: Mark, x: float, *, side: Side, wide: float) -> _Placed:
    left, right = (x + GAP, x + GAP + wide) if side == "right" else (x - GAP - wide, x - GAP)
    return _Placed(mark=mark, text=mark.label, side=side, line=x, left=left, right=right)


def _over(mark: Mark, x: float, letter: str, *, wide: float) -> _Placed:
    return _Placed(mark=mark, text=letter, side="over", line=x, left=x - wide / 2, right=x + wide / 2)


def _levels(placed: Sequence[_Placed]) -> list[int] | None:
    """Return the level of each label, 0 the lowest; None where lines would have to run through words.

    A label whose line runs up where another's words are stands below it.
    """
    levels: dict[int, int] = {}
    below = {
        n: [k for k, under in enumerate(placed) if k != n and one.left - GAP < under.line < one.right + GAP]
        for n, one in enumerate(placed)
    }
    while len(levels) < len(placed):
        ready = next((n for n in below if n not in levels and all(k in levels for k in below[n])), None)
        if ready is None:
            return None
        lowest = max((levels[k] + 1 for k in below[ready]), default=0)
        levels[ready] = next(
            level
            for level in range(lowest, lowest + len(placed) + 1)
            if not any(at == level and _touch(placed[ready], placed[k]) for k, at in levels.items())
        )
    return [levels[n] for n in range(len(placed))]


def _touch(one: _Placed, other: _Placed) -> bool:
    return one.left < other.right + APART and other.left < one.right + APART
