"""An outcome of the plan as it is told: what is published, what the council counts itself, and in words how that moved.

The awkward fact: a quadrant in which nothing is held looks like one in which nothing was done, so an empty one says
so. What is published is nothing that the council did, and stands before the quadrants as their background.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.briefing.model import Briefing, Item, Prose, Rows, Section
from dashboard.figure import Subject
from dashboard.figures import goals
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Translatable, Wording, joined, say, translatable
from dashboard.model import Area
from local_figures import scorecard
from local_figures.door import Level
from local_figures.scorecard import QUADRANTS, Measure, Value
from local_figures.shares import HIDDEN_MARK
from local_figures.withheld import PER_CENT, POUNDS
from workspace import papers

CODE = "scorecard"
BACKGROUND = "background"  # the published measures of an outcome: of no quadrant, for the council did none of it
COLUMNS = ("item", "value", "target", "change", "period", "note")
GOES_BEFORE = frozenset({POUNDS})


@dataclass(frozen=True, kw_only=True)
class OutcomeSheet:
    """What is told of an outcome: the published measures behind it, and by quadrant the council's own."""

    outcome: str
    published: Rows | None
    own: Mapping[str, tuple[Measure, ...]]
    level: Level

    @property
    def has_drafts(self) -> bool:
        """Whether anything of it is a draft."""
        return any(value.is_draft for every in self.own.values() for one in every for value in one.values)

    @property
    def is_noted(self) -> bool:
        """Whether notes are told with it: to nobody outside the workspace."""
        return self.level == "private"


def sheet_of(outcome: str, every: tuple[Measure, ...], subject: Subject, *, level: Level) -> OutcomeSheet:
    """Return what is told of an outcome of a place: `every` are the measures as the door gives them for a level."""
    return OutcomeSheet(
        outcome=outcome,
        published=_published(outcome, subject),
        own=scorecard.of_outcome(outcome, every),
        level=level,
    )


def name(outcome: str) -> Translatable:
    """Return what an outcome is about: "1. Hate crime is understood, reported and met with support"."""
    return say(f"own.scorecard.outcome.{outcome}")


def asks(quadrant: str) -> Translatable:
    """Return the question of a quadrant, or of the background."""
    return say(f"own.scorecard.{quadrant}")


def _published(outcome: str, subject: Subject) -> Rows | None:
    code, caption = f"{CODE}_{outcome}_published", say("own.scorecard.caption.published", outcome=outcome)
    rows = goals.of_measures(scorecard.public()[outcome], subject, code=code, caption=caption)
    if rows is None:
        return None
    notes = tuple(map(translatable, rows.notes))
    return Rows(code=code, caption=caption, table=rows.table, sources=rows.sources, notes=notes, newest=rows.newest)


def own_rows(one: OutcomeSheet, quadrant: str) -> Rows | None:
    """Return the council's own measures of a quadrant as a table; None where there are none."""
    measures = one.own[quadrant]
    if not measures:
        return None
    heads = {key: say(f"own.scorecard.column.{key}") for key in COLUMNS if key != "note" or one.is_noted}
    rows = [[cells[key] for key in heads] for cells in map(_cells, measures)]
    code = f"{CODE}_{one.outcome}_{quadrant}_own"
    caption = say("own.scorecard.caption.own", outcome=one.outcome, asks=asks(quadrant))
    return replace(papers.table(code, caption, heads, rows, level=one.level), notes=tuple(_explained(measures)))


def _cells(one: Measure) -> Mapping[str, Wording]:
    now = one.newest
    return {
        "item": one.item,
        "value": value(now),
        "target": target(now),
        "change": change(one),
        "period": now.period,
        "note": now.note,
    }


def value(one: Value) -> Wording:
    """Return a value with its unit, the mark of a hidden one, or that there is none; beside a draft, that it is one."""
    if one.hidden:
        return HIDDEN_MARK
    words = say("own.scorecard.no_value") if one.value is None else amount(one.value, one.unit)
    return say("own.scorecard.draft", value=words) if one.is_draft else words


def amount(number: Decimal, unit: str) -> Wording:
    """Return a number with its unit as both are written: "24 schools", "86%", "£1,200"."""
    places = max(0, -int(number.normalize().as_tuple().exponent))
    numeral = Numeral(number, places=places)
    if unit in GOES_BEFORE:
        return joined(unit, numeral)
    if not unit:
        return numeral
    return joined(numeral, unit if unit == PER_CENT else f" {unit}")


def target(one: Value) -> Wording:
    """Return the target, and how far the value is from it, in words without a judgement."""
    if one.target is None:
        return say("own.scorecard.no_target")
    aim, away = amount(one.target, one.unit), one.from_target
    if away is None:
        return aim
    if not away:
        return say("own.scorecard.at_target", target=aim)
    key = "own.scorecard.above_target" if away > 0 else "own.scorecard.below_target"
    return say(key, target=aim, away=_apart(away, one.unit))


def change(one: Measure) -> Wording:
    """Return how the newest value differs from the one before, without a judgement; from a draft, that it is one."""
    words = _change(one)
    return say("own.scorecard.draft", value=words) if one.before and one.before.is_draft else words


def _change(one: Measure) -> Wording:
    before, more = one.before, one.change
    if before is None:
        return say("own.scorecard.first")
    if more is None:
        return say("own.scorecard.not_beside", period=before.period)
    if not more:
        return say("own.scorecard.same", period=before.period)
    key = "own.scorecard.more" if more > 0 else "own.scorecard.less"
    return say(key, n=_apart(more, one.newest.unit), period=before.period)


def _apart(number: Decimal, unit: str) -> Wording:
    if unit == PER_CENT:
        places = max(0, -int(number.normalize().as_tuple().exponent))
        return say("own.scorecard.points", n=Numeral(abs(number), places=places))
    return amount(abs(number), unit if unit in GOES_BEFORE else "")


def items(one: OutcomeSheet, part: str) -> Iterator[Item]:
    """Yield what a quadrant or the background holds, and in words what it does not."""
    if part != BACKGROUND:
        yield own_rows(one, part) or Prose(text=say("own.scorecard.none_own"))
    elif one.published is None:
        yield Prose(text=say("own.scorecard.none_published"))
    else:
        yield Prose(text=say("own.scorecard.background_note"))
        yield one.published


def paper(every: tuple[OutcomeSheet, ...], *, place: Area, build: str, level: Level) -> Briefing:
    """Return one outcome, or all of them, as a paper."""
    alone = every[0] if len(every) == 1 else None
    return papers.paper(
        title=say("own.scorecard.title", place=place.name),
        subtitle=name(alone.outcome) if alone else say("own.scorecard.of_all"),
        paper=say("own.scorecard.with_drafts") if any(one.has_drafts for one in every) else say("nav.own_scorecard"),
        called=say("own.scorecard.file", outcome=alone.outcome) if alone else say("own.scorecard.file_all"),
        sections=(_section(one, part, alone=alone is not None) for one in every for part in (BACKGROUND, *QUADRANTS)),
        level=level,
        place=place,
        build=build,
    )


def _section(one: OutcomeSheet, part: str, *, alone: bool) -> Section:
    heading = asks(part) if alone else joined(name(one.outcome), ": ", asks(part))
    return Section(code=f"{one.outcome}_{part}", heading=heading, items=tuple(items(one, part)))


def _explained(measures: tuple[Measure, ...]) -> Iterator[Translatable]:
    """Yield what the marks beside values mean."""
    values = [value for measure in measures for value in measure.values]
    if any(value.hidden for value in values):
        yield say("own.scorecard.hidden")
    if any(value.is_draft for value in values):
        yield say("own.scorecard.draft_means")
