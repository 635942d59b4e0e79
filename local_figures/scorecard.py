"""A scorecard: of each outcome of the delivery plan how much was done, how well, and whether anyone is better off.

The awkward fact: a number above its target may be good, bad or neither, and nothing in a row says which. So a value
stands beside its target and beside the one before it, and how far apart they are is told without a judgement.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from local_figures.control.model import FREE
from local_figures.templates import templates

TEMPLATE = "scorecard"
QUADRANTS = ("how_much", "how_well", "better_off")
SHARES = frozenset({"%", "per cent", "percent", "y cant", "£"})  # units of what is no count of people
Line = Mapping[str, str]
Measures = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a measure was in one year; `hidden` where it is a small count that the reader may not see."""

    at: int
    period: str
    value: Decimal | None
    unit: str
    target: Decimal | None
    note: str
    hidden: bool = False

    @property
    def from_target(self) -> Decimal | None:
        """How far above its target it is, below it where negative; None where either is not told."""
        return None if self.value is None or self.target is None else self.value - self.target


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One item of a quadrant with its values, the oldest first."""

    outcome: str
    quadrant: str
    item: str
    values: tuple[Value, ...]

    @property
    def newest(self) -> Value:
        """Its value of the last year."""
        return self.values[-1]

    @property
    def before(self) -> Value | None:
        """Its value of the year before that for which there is a row."""
        return self.values[-2] if len(self.values) > 1 else None

    @property
    def change(self) -> Decimal | None:
        """How much more it is than before; None where either is not told, or counted in another unit."""
        now, before = self.newest, self.before
        if before is None or now.value is None or before.value is None or now.unit != before.unit:
            return None
        return now.value - before.value


def measures(lines: Mapping[int, Line]) -> tuple[Measure, ...]:
    """Return the measures of the rows in the order in which they first stand there."""
    rows: dict[tuple[str, str, str], list[Value]] = {}
    for at, line in lines.items():
        rows.setdefault((line["outcome"], line["quadrant"], line["item"]), []).append(_value(at, line))
    return tuple(
        Measure(outcome=outcome, quadrant=quadrant, item=item, values=tuple(sorted(values, key=lambda one: one.period)))
        for (outcome, quadrant, item), values in rows.items()
    )


def _value(at: int, line: Line) -> Value:
    return Value(
        at=at,
        period=line["period"],
        value=_number(line.get("value", "")),
        unit=line["unit"],
        target=_number(line.get("target", "")),
        note=line.get("note", ""),
    )


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def of_outcome(outcome: str, every: tuple[Measure, ...]) -> Mapping[str, tuple[Measure, ...]]:
    """Return the measures of an outcome by their quadrants; each of these is there, and some are empty."""
    return {
        quadrant: tuple(one for one in every if (one.outcome, one.quadrant) == (outcome, quadrant))
        for quadrant in QUADRANTS
    }


def outcomes() -> tuple[str, ...]:
    """Return the outcomes of the plan, in their order."""
    return tuple(templates()[TEMPLATE].column("outcome").choices)


def for_others(every: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Return measures as others than the workspace may see them: without small counts, and without notes."""
    return tuple(replace(one, values=tuple(map(_for_others, one.values))) for one in every)


def _for_others(value: Value) -> Value:
    few = value.value is not None and 0 < value.value < FREE and value.unit.casefold() not in SHARES
    return replace(value, value=None if few else value.value, note="", hidden=few or value.hidden)


@cache
def public() -> Mapping[str, Measures]:
    """Return the published measures that bear on each outcome, which are its background; of some there is none."""
    with Path(__file__).with_name("public_measures.toml").open("rb") as file:
        declared = tomllib.load(file)
    return {one: {measure: tuple(parts) for measure, parts in declared[one].items()} for one in outcomes()}
