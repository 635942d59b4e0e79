"""Steps that add to a total: where each begins and ends, and which way it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from dashboard.charts.look import MUTED, NAVY, SEQUENTIAL
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Waterfall

Side: TypeAlias = Literal["before", "after"]
TEXT_GAP = 6  # pixels between a bar and its number
Way: TypeAlias = Literal["increase", "decrease", "total"]
STEP_FILLS: dict[Way, str] = {"increase": NAVY, "decrease": SEQUENTIAL[2], "total": MUTED}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar: its name, where it begins and ends, which way it goes, and the signed number beside it."""

    name: str
    start: float
    end: float
    way: Way
    text: str


def steps_of(drawing: Waterfall) -> tuple[Step, ...]:
    """Return the steps, each from where the one before it ends, and last the total from zero."""
    ends = [0.0, *running_sums([step.value or 0.0 for step in drawing.steps])]
    steps = [
        Step(name=step.at, start=start, end=end, way="increase" if end >= start else "decrease", text=text)
        for step, (start, end), text in zip(drawing.steps, pairwise(ends), drawing.texts[:-1], strict=True)
    ]
    total = drawing.total
    return (*steps, Step(name=total.at, start=0.0, end=total.value or 0.0, way="total", text=drawing.texts[-1]))


def reach(steps: Sequence[Step]) -> tuple[float, float]:
    """Return the lowest and the highest end of some steps, always with zero among them."""
    ends = [step.end for step in steps]
    return min(0.0, *ends), max(0.0, *ends)


def text_place(step: Step, across: Scale, *, width: float, least: float) -> tuple[float, Side]:
    """Return where a step's number stands, `width` pixels wide: at which value, and on which side of it.

    Beyond its end; but after its bar where names (left of pixel `least`) or the line of zero stand in the way.
    """
    if step.end < step.start:
        end, zero = across.at(step.end) - TEXT_GAP, across.at(0)
        if end - width > (zero + 2 if end + TEXT_GAP >= zero else least):
            return step.end, "before"
    return max(step.start, step.end), "after"


def running_sums(changes: Sequence[float]) -> list[float]:
    """Return where each change ends, all starting from zero: [2, -1] is [2, 1]."""
    ends, at = [], 0.0
    for change in changes:
        at += change
        ends.append(at)
    return ends
