"""The gap log: what nobody publishes, who was asked for it, when, and what came back.

The awkward fact: the Act gives twenty working days, and no list of bank holidays is held here. So the
day that is told is the first on which an answer may be due, and after it the time is said to be likely over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from local_figures.checking.check import Line, Lines
from local_figures.checking.problems import Problem
from local_figures.templates import named

TEMPLATE = "gap_log"
NOT_ASKED, WAITING = "not_asked", "waiting"
WITHIN = timedelta(weeks=4)  # the twenty working days after a request, with no bank holiday among them
FRIDAY = 4  # as `date.weekday` counts


@dataclass(frozen=True, kw_only=True)
class Request:
    """One row of the log, by its place in the edition."""

    at: int
    line: Line

    @property
    def asked_on(self) -> date | None:
        """Return the day on which somebody was asked, if anybody was."""
        return date.fromisoformat(self.line["asked_on"]) if self.line["asked_on"] else None

    @property
    def is_waiting(self) -> bool:
        """Return whether an answer is still to come."""
        return self.line["answer"] == WAITING

    @property
    def is_answered(self) -> bool:
        """Return whether something came back."""
        return self.line["answer"] not in (NOT_ASKED, WAITING)

    @property
    def due_on(self) -> date | None:
        """Return the first day on which an answer may be due: each bank holiday in between makes it a day later."""
        if self.asked_on is None:
            return None
        days_of_weekend = max(0, self.asked_on.weekday() - FRIDAY)
        return self.asked_on - timedelta(days=days_of_weekend) + WITHIN

    def is_likely_over(self, today: date) -> bool:
        """Return whether the time for an answer is likely to be over."""
        return self.is_waiting and self.due_on is not None and today > self.due_on


def requests(lines: Lines) -> tuple[Request, ...]:
    """Return the log: what waits, the longest first, then what nobody was asked for, then the newest answers."""
    every = [Request(at=at, line=line) for at, line in lines.items()]
    waiting = sorted((one for one in every if one.is_waiting), key=lambda one: (one.line["asked_on"], one.at))
    not_asked = [one for one in every if one.line["answer"] == NOT_ASKED]
    answered = [one for one in every if one.is_answered]
    answered.sort(key=lambda one: (one.line["answered_on"], one.at), reverse=True)
    return (*waiting, *not_asked, *answered)


def not_logged(codes: Iterable[str], lines: Lines) -> tuple[str, ...]:
    """Return the codes of known gaps that the log does not have."""
    logged = {line["gap_code"] for line in lines.values()}
    return tuple(code for code in codes if code not in logged)


def row(**cells: str) -> Line:
    """Return a row of the log with the cells given, and nothing in the others."""
    return {**dict.fromkeys(named(TEMPLATE).names, ""), "answer": NOT_ASKED, **cells}


def missing_days(line: Line) -> tuple[Problem, ...]:
    """Return which days a row lacks for what it says: a request was made on a day, and so was an answer to it."""
    is_asked = line["answer"] != NOT_ASKED
    answered = is_asked and line["answer"] != WAITING
    columns = [name for name, is_wanted in (("asked_on", is_asked), ("answered_on", answered)) if is_wanted]
    too_many = [name for name in ("asked_on", "answered_on") if line[name] and name not in columns]
    return (
        *(Problem(key="missing", column=name) for name in columns if not line[name]),
        *(Problem(key="no_day_yet", column=name) for name in too_many),
    )
