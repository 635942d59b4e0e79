"""The log of a group's meetings: what was asked, agreed and decided, what is missing, and what of it is still open.

The awkward fact: a question that is asked in March is remembered in June by whoever asked it, and by nobody else. So
what is open stays before every meeting until somebody closes it and says what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

TEMPLATE = "meeting_log"
MEETING, QUESTION, ACTION, DECISION, GAP = "meeting", "question", "action", "decision", "gap"
KINDS = (QUESTION, ACTION, DECISION, GAP)  # what is logged at a meeting
CARRIED = (QUESTION, ACTION)  # what stays before every meeting while it is open
OWNED = (QUESTION, ACTION)  # what somebody has to answer or do
OPEN, DONE, DROPPED = "open", "done", "dropped"
Line = Mapping[str, str]


class NotAMeetingError(Exception):
    """Days or an entry that cannot be: `key` names its sentence, `field` where it stands on the form."""

    def __init__(self, key: str, *, field: str) -> None:
        super().__init__(key)
        self.key, self.field = key, field


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the log, at its place in the edition."""

    at: int
    meeting: date
    number: int
    kind: str
    words: str
    owner: str
    due: date | None
    status: str
    closed: date | None
    came_of_it: str

    @property
    def is_open(self) -> bool:
        """Whether it stays before the next meeting."""
        return self.kind in CARRIED and self.status == OPEN

    def is_overdue(self, today: date) -> bool:
        """Tell whether it is open and its day has passed."""
        return self.is_open and self.due is not None and self.due < today


@dataclass(frozen=True, kw_only=True)
class Log:
    """Every entry, by meeting and number."""

    entries: tuple[Entry, ...]

    @property
    def meetings(self) -> tuple[date, ...]:
        """The days of the meetings that have any entry, the newest first."""
        return tuple(sorted({one.meeting for one in self.entries}, reverse=True))

    @property
    def last(self) -> date | None:
        """The day of the last meeting; None where none is known."""
        return next(iter(self.meetings), None)

    @property
    def next(self) -> date | None:
        """The day of the next meeting, as it was set at the last; None where it was not."""
        return next((one.due for one in self.entries if one.kind == MEETING and one.meeting == self.last), None)

    def head(self, meeting: date) -> Entry | None:
        """Return the row that tells of a meeting itself: what it is called, and the day of the one after it."""
        return next((one for one in self.entries if one.kind == MEETING and one.meeting == meeting), None)

    def of(self, meeting: date) -> tuple[Entry, ...]:
        """Return what was logged at a meeting, by number."""
        return tuple(one for one in self.entries if one.meeting == meeting and one.kind != MEETING)

    def open(self, *kinds: str) -> tuple[Entry, ...]:
        """Return what is open of some kinds, the oldest first."""
        return tuple(one for one in self.entries if one.is_open and one.kind in kinds)

    def carried(self, meeting: date) -> tuple[Entry, ...]:
        """Return what was brought to a meeting from those before it, what was closed that day or since among it."""
        before = (one for one in self.entries if one.kind in CARRIED and one.meeting < meeting)
        return tuple(one for one in before if one.is_open or (one.closed is not None and one.closed >= meeting))

    def closed_since(self, day: date) -> tuple[Entry, ...]:
        """Return the questions and actions that were closed on a day or after it."""
        return tuple(
            one for one in self.entries if one.kind in CARRIED and one.closed is not None and one.closed >= day
        )

    def answered_since_last(self) -> tuple[Entry, ...]:
        """Return the questions that were answered after the last meeting: what was said there, those there heard."""
        return tuple(
            one
            for one in self.entries
            if one.kind == QUESTION and one.status == DONE and one.closed and self.last and one.closed > self.last
        )


def log(lines: Mapping[int, Line]) -> Log:
    """Return the log that the rows of an edition make."""
    return Log(entries=tuple(sorted((_entry(at, line) for at, line in lines.items()), key=_order)))


def _order(entry: Entry) -> tuple[date, int]:
    return entry.meeting, entry.number


def _entry(at: int, line: Line) -> Entry:
    return Entry(
        at=at,
        meeting=date.fromisoformat(line["meeting_date"]),
        number=int(line["number"]),
        kind=line["meeting_kind"],
        words=line["words"],
        owner=line.get("owner_role", ""),
        due=_day(line.get("due", "")),
        status=line["status"],
        closed=_day(line.get("closed_on", "")),
        came_of_it=line.get("came_of_it", ""),
    )


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def heading(*, last: date, following: date | None, name: str, today: date) -> Line:
    """Return the row that tells of a meeting and of the day of the one after it; refused for days that cannot be."""
    if last > today:
        raise NotAMeetingError("local.meeting.last_to_come", field="last")
    if following is not None and following < today:
        raise NotAMeetingError("local.meeting.next_is_past", field="next")
    if following is not None and following <= last:
        raise NotAMeetingError("local.meeting.next_not_after", field="next")
    return _row(meeting=last, number=0, kind=MEETING, words=name, due=following)


def entry(
    log: Log, *, meeting: date, kind: str, words: str, owner: str = "", due: date | None = None, today: date
) -> Line:
    """Return the row of something new at a meeting, under the next free number; refused where nobody is to do it."""
    if not words.strip():
        raise NotAMeetingError("local.meeting.no_words", field="words")
    if kind in OWNED and not owner.strip():
        raise NotAMeetingError("local.meeting.no_owner", field="owner")
    if due is not None and due < max(meeting, today):
        raise NotAMeetingError("local.meeting.due_is_past", field="due")
    number = max((one.number for one in log.of(meeting)), default=0) + 1
    status = OPEN if kind in CARRIED or kind == GAP else DONE
    return _row(meeting=meeting, number=number, kind=kind, words=words, owner=owner, due=due, status=status)


def _row(
    *, meeting: date, number: int, kind: str, words: str, owner: str = "", due: date | None = None, status: str = DONE
) -> Line:
    return {
        "meeting_date": meeting.isoformat(),
        "number": str(number),
        "meeting_kind": kind,
        "words": words,
        "owner_role": owner,
        "due": due.isoformat() if due else "",
        "status": status,
        "closed_on": "",
        "came_of_it": "",
    }


def closed(line: Line, *, status: str, on: date, came_of_it: str = "") -> Line:
    """Return a row as it is once it was done or dropped on a day, or opened again."""
    day = "" if status == OPEN else on.isoformat()
    return {**line, "status": status, "closed_on": day, "came_of_it": came_of_it}


def rows(entries: Iterable[Entry], *, of: str) -> tuple[tuple[str, str, str], ...]:
    """Return entries of a kind as a deck's table has them: what, who, and by when, or what came of a question."""
    return tuple((one.words, one.owner, _third(one)) for one in entries if one.kind == of)


def _third(one: Entry) -> str:
    if one.kind == QUESTION:
        return one.came_of_it
    return f"{one.due:%d/%m/%Y}" if one.due else ""
