"""Rows that are typed on a page: held against the same rules as a file, and kept beside those that are there.

The awkward fact: between the moment a form is drawn and the moment it is sent somebody else may have typed. So a
change is told as what to do to the newest rows, whichever these are; a row is changed only if it is as it was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from local_figures.checking.cells import Place
from local_figures.checking.check import Checked, Line, Lines, check
from local_figures.checking.problems import Problem
from local_figures.checking.reading import Sheet, tidy
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import Store
from local_figures.templates import Template, named

Change = Callable[[Lines], Lines]
FIRST = 2  # as in a file, where the names of the columns are in row 1


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was kept: the edition's number, and the change that undoes it unless somebody touched those rows since.

    `answered` is what had been answered of the words that the undoing brings back.
    """

    number: int
    undo: Change
    answered: frozenset[str]


class NotKeptError(Exception):
    """Rows that were not kept: what is wrong with them, or what must be answered first; each names its column.

    `to_answer` is what `keep` is given as `answered` once somebody has said that nothing points at a person.
    """

    def __init__(
        self, *, errors: tuple[Problem, ...], warnings: tuple[Problem, ...], to_answer: frozenset[str]
    ) -> None:
        super().__init__(", ".join(problem.key for problem in (*errors, *warnings)))
        self.errors, self.warnings, self.to_answer = errors, warnings, to_answer


def adding(*rows: Line) -> Change:
    """Return the change that adds rows after those that are there."""

    def change(lines: Lines) -> Lines:
        return {**lines, **dict(zip(count(max(lines, default=FIRST - 1) + 1), rows, strict=False))}

    return change


def replacing(at: int, *, was: Line, now: Line) -> Change:
    """Return the change that puts one row in the place of another; refused unless that is still as it was."""

    def change(lines: Lines) -> Lines:
        _still(lines, at, was)
        return {**lines, at: now}

    return change


def without(at: int, *, was: Line) -> Change:
    """Return the change that takes a row out; refused unless it is still as it was."""

    def change(lines: Lines) -> Lines:
        _still(lines, at, was)
        return {number: line for number, line in lines.items() if number != at}

    return change


def keep(
    store: Store,
    act: Act,
    *,
    template: str,
    change: Change,
    place: Place,
    place_words: frozenset[str] = frozenset(),
    answered: frozenset[str] = frozenset(),
) -> Step:
    """Keep the newest rows as `change` leaves them and return the step; raise `NotKeptError` otherwise.

    `place_words` are words of no person. An answer holds for the very words that were warned of, and for no others.
    """
    steps: list[tuple[Lines, Lines]] = []

    def checked(before: Lines) -> Lines:
        after = change(before)
        touched = {at for at, line in after.items() if before.get(at) != line}
        result = _checked(after, named(template), place, place_words)
        errors = result.errors
        if {problem.row for problem in errors} - touched:  # rows of before may be wrong by what holds today
            old = _checked(before, named(template), place, place_words).errors
            errors = tuple(problem for problem in errors if problem.row in touched or problem not in old)
        to_answer = [(problem, _about(problem, result.lines)) for problem in result.warnings if problem.row in touched]
        before_too = {_about(problem, before) for problem, _ in to_answer if problem.row in before}
        to_answer = [(problem, text) for problem, text in to_answer if text not in answered | before_too]
        if errors or to_answer:
            raise NotKeptError(
                errors=errors,
                warnings=tuple(problem for problem, _ in to_answer),
                to_answer=answered.union(text for _, text in to_answer),
            )
        steps.append((before, {**after, **{at: result.lines[at] for at in touched}}))
        return steps[-1][1]

    number = editions.amend(store, act, template=template, change=checked)
    before, after = steps[-1]
    gone = {at for at, line in before.items() if after.get(at) != line}
    old = _checked({at: before[at] for at in gone}, named(template), place, place_words)
    was_answered = frozenset(_about(problem, old.lines) for problem in old.warnings if problem.row in gone)
    return Step(number=number, undo=_undoing(before, after), answered=was_answered)


def _undoing(before: Lines, after: Lines) -> Change:
    """Return the change that makes rows what they were before a step; refused where one is not as the step left it."""
    touched = [at for at in {**before, **after} if before.get(at) != after.get(at)]

    def change(lines: Lines) -> Lines:
        if any(lines.get(at) != after.get(at) for at in touched):
            raise RefusedError("local.refused.row_changed")
        back = {at: before[at] for at in touched if at in before}
        return {**{at: line for at, line in lines.items() if at not in touched}, **back}

    return change


def _about(problem: Problem, lines: Lines) -> str:
    """Return what a warning is about: its kind, and the very words of the cell."""
    return f"{problem.key} {lines[problem.row or 0].get(problem.column or '', '')}"


def _still(lines: Lines, at: int, was: Line) -> None:
    if lines.get(at) != was:
        raise RefusedError("local.refused.row_changed")


def _checked(lines: Mapping[int, Line], template: Template, place: Place, place_words: frozenset[str]) -> Checked:
    """Return what a file with these rows would come to; no rows at all are what is left when the last was taken out."""
    rows = {at: tuple(tidy(line.get(name, "")) for name in template.names) for at, line in lines.items()}
    result = check(Sheet(rows={1: template.names, **rows}), template, place, place_words=place_words)
    errors = tuple(problem for problem in result.errors if problem.key != "no_rows")
    return replace(result, errors=errors)
