"""The parts that briefings are put together from: a page's block, a text by its key.

The awkward fact: a place has not everything. A part that has nothing to show is left out, or says that it is not held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dashboard import queries
from dashboard.beside import is_benchmark
from dashboard.briefing.extra import Extra
from dashboard.briefing.kinds import Choice
from dashboard.briefing.model import Absent, Bullets, KeyMessages, Picture, Rows, Term, Terms
from dashboard.caveats import Events, caveat, heaviest
from dashboard.charts import AreaMap, RankedDots, TimeLine
from dashboard.charts.fewer import groups, only
from dashboard.figure import Block, Column, Figure, NotHeld, Subject, Summary, Table
from dashboard.findings import RULES, Message, Moment, messages
from dashboard.findings.evidence import evidence
from dashboard.findings.gaps import not_held
from dashboard.findings.message import phrase_in
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Translatable, Wording, say, translatable
from dashboard.model import ALL_YEARS, Area, Years

# Who helps, with the page where each says so of itself or the Welsh Government does; read on 29 November 2026.
SUPPORT_PAGE = "https://www.reporthate.victimsupport.org.uk"
GALOP, CRIMESTOPPERS = "https://www.galop.org.uk", "https://crimestoppers-uk.org"
SUPPORT = ("emergency", "police", "centre")
NEWEST_ROWS, BRIEF_ROWS = 4, 2  # of a figure without a chart
SMALL_MAP = 250  # pixels of height
ACTIONS, AGREED, RAISED, UNANSWERED = "actions", "agreed", "raised", "unanswered"
LOGS = {ACTIONS: ("action", "owner", "by_when"), RAISED: ("question", "owner", "answer")}  # that a meeting fills in
BEFORE = {AGREED: ACTIONS, UNANSWERED: RAISED}  # what the next meeting is shown of each first
BLANK_ROWS = 3
QUESTIONS = ("reporting", "services", "difference")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For what a briefing is composed: a place, those drawn beside it, some years, a build, and the last meeting.

    `extra` gives own figures to whoever may see them; without it there are none.
    """

    place: Area
    build: str
    beside: tuple[Area, ...] = ()
    years: Years = ALL_YEARS
    since: date | None = None
    extra: Extra | None = None

    @property
    def police(self) -> Area:
        """The area whose police figures the place is shown."""
        return queries.police_area(self.place.code, build=self.build)

    @property
    def subject(self) -> Subject:
        """What its figures are asked about."""
        return Subject(place=self.place, build=self.build, beside=self.beside, years=self.years)

    @property
    def alone(self) -> tuple[Scope, ...]:
        """The same of each place that it is about, on its own; what is there to measure by is none of them."""
        places = (self.place, *(one for one in self.beside if not is_benchmark(one)))
        return tuple(replace(self, place=one, beside=()) for one in places)

    @property
    def place_in(self) -> Translatable:
        """The place inside a sentence: "in Cardiff" / "yng Nghaerdydd"."""
        return phrase_in(self.place)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a piece is made for: a place, what is told before it, and whether tables are handed over.

    Before it stand the messages of some rules, and `caveats` in their words. On paper and slides a figure stands small;
    tables are handed over with every row. `choices` are those of the piece.
    """

    scope: Scope
    rules: frozenset[str] = frozenset()
    caveats: frozenset[Wording] = frozenset()
    tables: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    def chosen(self, choice: Choice) -> str:
        """Return what was chosen for the piece, the usual value where nothing was."""
        return choice.meant(dict(self.choices).get(choice.name, ""))


def picture(
    make: Callable[[Subject], Block[Wording] | None],
    scope: Scope,
    *,
    brief: bool = False,
    with_sentence: bool = True,
    every_row: bool = False,
) -> tuple[Picture | Rows | Absent, ...]:
    """Return a page's block as one item: the figure, or the card that says it is not held; nothing for no block.

    A figure whose numbers never pass five has no chart: its finding stands over its newest rows, or over `every_row`
    where tables are what is handed over.
    """
    block = make(scope.subject)
    if isinstance(block, NotHeld):
        return (Absent(card=block),)
    if block is None:
        return ()
    if not block.has_chart:
        return (_finding_over_rows(block, most=None if every_row else BRIEF_ROWS if brief else NEWEST_ROWS),)
    labelled = isinstance(block.drawing, RankedDots)  # its rows are named and numbered, as its sentence would
    return (
        Picture(
            figure=_small(block) if brief else block,
            brief=brief,
            with_sentence=with_sentence and not (brief and labelled),
        ),
    )


def _finding_over_rows(figure: Figure[Wording], *, most: int | None) -> Rows:
    """Return a figure's finding over its `most` newest rows, or all, with its sentence and as many caveats as fit."""
    room = len(figure.caveats) if most is None else max(most - 2, 1)
    caveats = (one.text for one in heaviest(figure.caveats, most=room))
    return Rows(
        code=figure.code,
        caption=translatable(figure.title),
        table=replace(figure.table, rows=figure.table.rows[:most]),
        sources=figure.sources,
        notes=tuple(translatable(one) for one in (figure.sentence, *caveats)),
    )


def _small(figure: Figure[Wording]) -> Figure[Wording]:
    """Return a figure for where it stands small: without numbered events, and a map no higher than a chart."""
    if isinstance(figure.drawing, AreaMap):
        return replace(figure, drawing=replace(figure.drawing, height=SMALL_MAP))
    return without_events(figure)


def largest(figure: Figure[Wording], *, most: int) -> Figure[Wording]:
    """Return a chart of dots with its `most` largest alone, which it says; its table keeps every one.

    Of several places each group of rows is as large as its largest, and stays whole under its heading.
    """
    drawing = figure.drawing
    if not isinstance(drawing, RankedDots):
        return figure
    every = groups(drawing)
    if len(every) <= most:
        return figure
    by_size = sorted(every, key=lambda rows: -max(drawing.points[n].value or 0.0 for n in rows))[:most]
    less = only(drawing, sorted(n for rows in by_size for n in rows))
    largest_alone, said_by_it = caveat("briefing.largest", n=Numeral(most)), caveat("census.named_only").text
    others = (one for one in figure.caveats if one.text != said_by_it)
    return replace(figure, drawing=less, caveats=(*others, largest_alone))


def without_events(figure: Figure[Wording]) -> Figure[Wording]:
    """Return a figure without numbered events: where it stands small there is no room to name them."""
    drawing = figure.drawing
    if not isinstance(drawing, TimeLine) or not drawing.events:
        return figure
    caveats = tuple(one for one in figure.caveats if not isinstance(one.explains, Events))
    return replace(figure, drawing=replace(drawing, events=()), caveats=caveats)


def rows(
    make: Callable[[Subject], Summary[Wording] | None], scope: Scope, *, most: int | None = None
) -> tuple[Rows, ...]:
    """Return a small table, its first `most` rows or all, as one item; nothing where the place has none of it."""
    summary = make(scope.subject)
    if summary is None:
        return ()
    return (
        Rows(
            code=summary.code,
            caption=translatable(summary.caption),
            table=replace(summary.table, rows=summary.table.rows[:most]),
            sources=summary.sources,
            notes=tuple(translatable(note) for note in summary.notes),
            newest=summary.newest,
        ),
    )


def evidence_of(key_messages: tuple[Message, ...], scope: Scope) -> tuple[Rows, ...]:
    """Return the figures that messages rest on as one table, each with what it counts; nothing where there are none."""
    table = evidence(key_messages, build=scope.build)
    if table is None:
        return ()
    sources = {source.code: source for message in key_messages for source in message.sources}
    caption = say("messages.evidence", in_place=scope.place_in)
    return (Rows(code="evidence", caption=caption, table=table, sources=tuple(sources.values())),)


def messages_of_rules(scope: Scope, *rules: str, up_to_date: bool = False) -> tuple[KeyMessages, ...]:
    """Return the messages of some rules that hold for the place, in the order asked for, as one item.

    `up_to_date` leaves out those whose publication has moved on: a slide has room for few.
    """
    if gone := set(rules) - {rule.id for rule in RULES}:
        raise ValueError(f"expected rules of messages that there are; came {', '.join(sorted(gone))}")
    by_rule = {m.rule: m for m in messages(scope.subject) if not (up_to_date and m.age.older)}
    in_order = tuple(by_rule[rule] for rule in rules if rule in by_rule)
    return (KeyMessages(messages=in_order),) if in_order else ()


def inside(message: Message) -> dict[str, Translatable]:
    """Return the days that a message names, as they stand inside a sentence: "last_in" is "in mid-2024"."""
    named = {name: value for name, value in message.values if isinstance(value, Moment) and value.named}
    return {f"{name}_in": replace(value, named=False) for name, value in named.items()}


def bullets(*texts: Translatable) -> Bullets:
    """Return a list of texts."""
    return Bullets(texts=texts)


def unknown(scope: Scope) -> tuple[Translatable, ...]:
    """Return the two things a reader most often asks that no figure held can tell."""
    first = (
        say("briefing.unknown.place", in_place=scope.place_in, force=scope.police.name)
        if scope.place.is_council
        else say("briefing.unknown.wide", in_place=scope.place_in)
    )
    return first, say("briefing.unknown.why")


def questions() -> tuple[Translatable, ...]:
    """Return three questions for the people around the table."""
    return tuple(say(f"briefing.question.{name}") for name in QUESTIONS)


def may_be_linked() -> Terms:
    """Return the question that is always asked of the two subjects, with its answer."""
    return Terms(entries=(Term(name=say("link_note.title"), text=say("link_note.text")),))


def support() -> Terms:
    """Return where to report a hate crime and get support."""
    entries = ((name, SUPPORT_PAGE if name == "centre" else "") for name in SUPPORT)
    return Terms(
        entries=tuple(
            Term(name=say(f"briefing.support.{name}.name"), text=say(f"briefing.support.{name}.text"), url=url)
            for name, url in entries
        )
    )


def gaps(scope: Scope, *topics: str, most: int) -> Terms:
    """Return what is not held of the topics of a document, with why and the official page: a few, in turns."""
    missing = not_held(scope.place, topics=topics, build=scope.build)[:most]
    return Terms(entries=tuple(Term(name=gap.heading, text=gap.text, url=gap.url) for gap in missing))


def pieces_of(log: str) -> frozenset[str]:
    """Return the codes of the pieces that show what stands in a table of a meeting."""
    return frozenset({log, *(code for code, of in BEFORE.items() if of == log)})


def to_fill(log: str, rows: tuple[tuple[str, ...], ...] = ()) -> Rows:
    """Return a table that a meeting fills in; what is known already comes first, but for questions with an answer."""
    is_open = [row for row in rows if log != RAISED or not row[-1]]
    blank = (("",) * len(LOGS[log]),) * BLANK_ROWS
    caption = say(f"briefing.{log}.still_open") if is_open else say(f"briefing.{log}.caption")
    return _logged(log, log, (*is_open, *blank), caption)


def earlier_log(code: str, rows: tuple[tuple[str, ...], ...] = ()) -> Rows:
    """Return the table of what earlier meetings agreed, or were asked; without rows where nobody wrote any."""
    return _logged(code, BEFORE[code], rows, say(f"briefing.{code}.caption"))


def _logged(code: str, log: str, rows: tuple[tuple[str, ...], ...], caption: Translatable) -> Rows:
    columns = tuple(Column(key=name, label=say(f"briefing.{log}.{name}")) for name in LOGS[log])
    return Rows(code=code, caption=caption, table=Table(columns=columns, rows=rows), sources=())
