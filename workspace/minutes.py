"""What a group takes from its log: the minutes of a meeting as a paper, and the slides of the next one.

The awkward fact: minutes name people and this log does not. So the paper has rows to write in who was there by hand,
and an action stands with a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.age import today
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.model import Briefing, Bullets, Item, Officer, Prose, Rows, Section
from dashboard.briefing.parts import AGREED, UNANSWERED, Context, Scope
from dashboard.briefing.pieces import items
from dashboard.briefing.tray import Piece
from dashboard.i18n.periods import day_name
from dashboard.i18n.text import Translatable, Wording, joined, say
from dashboard.model import Area, Words
from local_figures import meetings
from local_figures.door import Level
from local_figures.meetings import ACTION, CARRIED, DECISION, GAP, OPEN, QUESTION, Entry, Log
from local_figures.store.editions import Edition
from local_figures.templates import named
from workspace import papers

ROWS_FOR_PRESENT = 3
NEWEST = "newest"  # what a briefing tells where nothing is new: minutes need not
LEVEL: Level = "private"  # of a log: its rows are for the workspace alone
MARK = say(f"own.mark.{LEVEL}")
KIND_OF = {AGREED: ACTION, UNANSWERED: QUESTION}  # on the slides of the next meeting
OF_KIND = {
    QUESTION: ("number", "words", "owner", "due", "status", "came_of_it"),
    ACTION: ("number", "words", "owner", "due", "status", "came_of_it"),
    DECISION: ("number", "words"),
    GAP: ("number", "words", "owner", "status"),
}

OF_CLOSED = frozenset({"status", "came_of_it"})  # columns that tell nothing of what is open
OF_ANSWERED = ("number", "words", "came_of_it")


@dataclass(frozen=True, kw_only=True)
class Since:
    """What happened after a day: figures published for the place, editions brought in or approved, entries closed."""

    day: date
    published: tuple[Item, ...]
    editions: tuple[Edition, ...]
    closed: tuple[Entry, ...]


def since(day: date, log: Log, editions: Iterable[Edition], *, place: Area, build: str) -> Since:
    """Return what happened after a day."""
    pieces = items(Piece(code="since"), Context(scope=Scope(place=place, build=build, since=day)))
    return Since(
        day=day,
        published=tuple(one for one in pieces if not (isinstance(one, Rows) and one.code.startswith(NEWEST))),
        editions=tuple(
            one for one in editions if one.template != meetings.TEMPLATE and one.uploaded_at[:10] > day.isoformat()
        ),
        closed=tuple(one for one in log.closed_since(day) if one.closed and one.closed > day),
    )


def of_editions(editions: Iterable[Edition]) -> tuple[Translatable, ...]:
    """Say of editions what was brought in and when, and whether it is on show."""
    return tuple(
        say(f"own.meeting.edition.{one.status}", name=_template(one), number=str(one.number), day=_brought(one))
        for one in editions
    )


def _template(one: Edition) -> Translatable:
    words = named(one.template).name
    return Words(en=words["en"], cy=words["cy"])


def _brought(one: Edition) -> Wording:
    return day_name(date.fromisoformat(one.uploaded_at[:10]))


def table(kind: str, code: str, caption: Translatable, entries: Sequence[Entry], *, day: date) -> Rows:
    """Return entries of a kind as a table; an open one whose day has passed says so beside the day.

    Where all are open nothing came of any yet, and no column says so.
    """
    is_all_open = all(one.status == OPEN for one in entries)
    columns = tuple(key for key in OF_KIND[kind] if not (is_all_open and key in OF_CLOSED))
    return _table(columns, code, caption, entries, day=day)


def _table(columns: Sequence[str], code: str, caption: Translatable, entries: Sequence[Entry], *, day: date) -> Rows:
    heads = {key: say(f"own.meeting.column.{key}") for key in columns}
    rows = [[cells[key] for key in heads] for cells in (_cells(one, day) for one in entries)]
    return papers.table(code, caption, heads, rows)


def _cells(one: Entry, day: date) -> dict[str, Wording]:
    return {
        "number": numbered(one),
        "words": one.words,
        "owner": one.owner,
        "due": due(one, day),
        "status": status(one),
        "came_of_it": one.came_of_it,
    }


def numbered(one: Entry) -> Wording:
    """Return the number of an entry with the day of its meeting: "3 November 2026, 2"."""
    return joined(day_name(one.meeting), f", {one.number}")


def due(one: Entry, day: date) -> Wording:
    """Return by when something is due; where that day has passed and it is open, that it has, or that there is none."""
    if one.due is None:
        return say("own.meeting.no_due") if one.is_open else ""
    when = day_name(one.due)
    return say("own.meeting.has_passed", day=when) if one.is_overdue(day) else when


def status(one: Entry) -> Wording:
    """Return what became of an entry, with the day on which it was closed."""
    if one.closed is None:
        return say(f"own.meeting.status.{one.status}")
    return say("own.meeting.closed", status=say(f"own.meeting.status.{one.status}"), day=day_name(one.closed))


def paper(log: Log, meeting: date, happened: Since | None, *, place: Area, build: str) -> Briefing:
    """Return the minutes of a meeting, ready to be completed by hand."""
    head = log.head(meeting)
    return papers.paper(
        title=say("own.meeting.minutes", day=day_name(meeting)),
        subtitle=joined(head.words if head else say("own.meeting.group"), ", ", place.name),
        paper=say("own.meeting.paper"),
        called=say("own.meeting.minutes_file", day=meeting.isoformat()),
        sections=_sections(log, meeting, happened, following=head.due if head else None),
        level=LEVEL,
        place=place,
        build=build,
    )


def _sections(log: Log, meeting: date, happened: Since | None, *, following: date | None) -> Iterator[Section]:
    heads = {key: say(f"own.meeting.column.{key}") for key in ("organisation", "present")}
    sheet = papers.to_write_in("present", say("own.meeting.by_hand"), heads, rows=ROWS_FOR_PRESENT)
    yield Section(code="present", heading=say("own.meeting.present"), items=(sheet,))
    brought = log.carried(meeting)
    tables = (
        table(kind, f"carried_{kind}", say(f"own.meeting.carried.{kind}"), of_kind, day=meeting)
        for kind in CARRIED
        if (of_kind := [one for one in brought if one.kind == kind])
    )
    yield papers.section("carried", say("own.meeting.carried"), tables, otherwise=say("own.meeting.nothing_carried"))
    if happened:
        yield Section(
            code="since", heading=say("own.meeting.since", day=day_name(happened.day)), items=tuple(of_since(happened))
        )
    for kind in meetings.KINDS:
        logged = [one for one in log.of(meeting) if one.kind == kind]
        heading = say(f"own.meeting.logged.{kind}")
        caption = joined(heading, ", ", day_name(meeting))
        rows_of_kind = [table(kind, f"logged_{kind}", caption, logged, day=meeting)] if logged else []
        yield papers.section(f"logged_{kind}", heading, rows_of_kind, otherwise=say("own.meeting.none_logged"))
    then = say("own.meeting.next_is", day=day_name(following)) if following else say("own.meeting.next_not_set")
    yield papers.section("next", say("own.meeting.next"), (), otherwise=then)


def of_since(happened: Since) -> Iterator[Item]:
    """Yield what was published, brought in and closed since a day, each in words where there was none."""
    yield from happened.published
    yield Prose(text=say("own.meeting.brought"))
    editions = of_editions(happened.editions) or (say("own.meeting.none_brought"),)
    yield Bullets(texts=editions)
    closed = tuple(
        say("own.meeting.closed_entry", number=numbered(one), words=one.words, status=status(one))
        for one in happened.closed
    )
    yield Prose(text=say("own.meeting.done"))
    yield Bullets(texts=closed or (say("own.meeting.none_closed"),))


def slides(log: Log, *, place: Area, build: str) -> Briefing:
    """Return the slides of the next meeting: the usual talk, with the open actions and the questions of the log.

    What is carried over says of which meeting it is and by when it is due. A question that was answered since the last
    meeting is told once, with its answer; what is closed otherwise does not come back.
    """
    last, answered = log.last, log.answered_since_last()
    officer = Officer(
        actions=meetings.rows(log.open(ACTION), of=ACTION),
        questions=meetings.rows((*answered, *log.open(QUESTION)), of=QUESTION),
    )
    following = log.next if log.next and log.next >= today() else None
    own = Own(since=last, next=following)
    deck = compose(kind="deck", place=place.code, build=build, made_on=today(), officer=officer, own=own)
    items_of = {
        AGREED: tuple(_carried_over(AGREED, log.open(ACTION), ())),
        UNANSWERED: tuple(_carried_over(UNANSWERED, log.open(QUESTION), answered)),
    }
    sections = tuple(replace(one, items=items_of.get(one.code, one.items)) for one in deck.sections)
    return replace(deck, sections=sections, mark=say("own.marked_paper", paper=say("nav.own_meeting"), mark=MARK))


def _carried_over(code: str, is_open: Sequence[Entry], answered: Sequence[Entry]) -> Iterator[Rows]:
    """Yield what earlier meetings agreed or were asked as the log has it: what is open, and what was answered since."""
    if is_open:
        yield table(KIND_OF[code], code, say(f"briefing.{code}.caption"), is_open, day=today())
    if answered:
        yield _table(OF_ANSWERED, "answered", say("own.meeting.answered"), answered, day=today())
