"""A scorecard: of each outcome of the delivery plan how much was done, how well, and whether anyone is better off.

The awkward fact: a number above its target may be good, bad or neither, and nothing in a row says which. So a value
stands beside its target and beside the one before it, and how far apart they are is told without a judgement.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from local_figures.templates import templates
from local_figures.withheld import Name, unit_of

TEMPLATE = "scorecard"
QUADRANTS = ("how_much", "how_well", "better_off")
Line = Mapping[str, str]
Measures = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a measure was in one year; `hidden` where the reader may not see it, a draft where nobody approved it."""

    at: int
    period: str
    value: Decimal | None
    unit: str
    target: Decimal | None
    note: str
    hidden: bool = False
    is_draft: bool = False

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

    def name_in(self, period: str) -> Name:
        """Return what tells its value of a year from all others."""
        return self.outcome, self.item, self.quadrant, period

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
        unit=unit_of(line["unit"]),
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


def for_others(every: tuple[Measure, ...], hidden: Collection[Name]) -> tuple[Measure, ...]:
    """Return measures as others than the workspace may see them: without what is hidden, and without notes."""
    return tuple(
        replace(one, values=tuple(_for_others(value, one.name_in(value.period) in hidden) for value in one.values))
        for one in every
    )


def _for_others(value: Value, is_hidden: bool) -> Value:
    is_gone = value.value is not None and is_hidden
    return replace(value, value=None if is_gone else value.value, note="", hidden=is_gone or value.hidden)


def with_drafts(every: tuple[Measure, ...], on_show: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Return measures with what is not on show as it stands marked as a draft."""
    on_show_already = {(one.name_in(value.period), _as_typed(value)) for one in on_show for value in one.values}
    return tuple(
        replace(
            one,
            values=tuple(
                replace(value, is_draft=(one.name_in(value.period), _as_typed(value)) not in on_show_already)
                for value in one.values
            ),
        )
        for one in every
    )


def _as_typed(value: Value) -> tuple[object, ...]:
    return value.value, value.unit, value.target, value.note


@cache
def public() -> Mapping[str, Measures]:
    """Return the published measures that bear on each outcome, which are its background; of some there is none."""
    with Path(__file__).with_name("public_measures.toml").open("rb") as file:
        declared = tomllib.load(file)
    return {one: {measure: tuple(parts) for measure, parts in declared[one].items()} for one in outcomes()}
