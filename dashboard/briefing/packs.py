"""The pieces of the packs of evidence: how to use one, its tables with boxes to fill in, what can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.briefing import evidence
from dashboard.briefing.kinds import Choice
from dashboard.briefing.model import Bullets, Item, Prose, Rows, Term, Terms
from dashboard.briefing.parts import Scope, bullets, rows
from dashboard.figure import Column, Table
from dashboard.figures import equality, goals
from dashboard.figures.equality import DUTIES, Characteristic, Unheld
from dashboard.findings.gaps import moved_on, not_held
from dashboard.i18n.text import Wording, joined, list_of, say, sentences, translatable

USES = {
    "equality": ("evidence", "shares", "census", "recorded", "involve"),
    "wellbeing": ("evidence", "change", "rest", "recorded", "others"),
}
TOLD_APART = (*DUTIES, "marriage")  # characteristics of which the law asks something of its own
TOPICS = ("hate_crime", "population", "migration", "sanctuary", "people")
CHARACTERISTIC = Choice(
    name=evidence.CHARACTERISTIC,
    label="equality.column.characteristic",
    codes=evidence.CHARACTERISTICS,
    called=lambda code: evidence.HEADINGS[f"{evidence.CHARACTERISTIC}_{code}"],
)
GOAL = Choice(
    name=evidence.GOAL,
    label="directory.column.goals",
    codes=evidence.GOALS,
    called=lambda code: evidence.HEADINGS[f"{evidence.GOAL}_{code}"],
)


def use(pack: str) -> tuple[Bullets]:
    """Return how a pack is to be used, and what is true of all its figures."""
    texts = (say(f"pack.use.{pack}.{what}") for what in USES[pack])
    return (bullets(*texts, say("hate_crime.publisher_short")),)


def at_a_glance(scope: Scope) -> Iterator[Rows]:
    """Yield the one table of all characteristics, with an empty cell in each row for what it means."""
    meaning = Column(key="meaning", label=say("pack.equality.meaning"))
    for overview in rows(equality.at_a_glance, scope):
        table = overview.table.beside((meaning,), (("",) for _ in overview.table.rows))
        yield replace(overview, table=table, to_keep=True)


def characteristic(code: str, scope: Scope) -> Iterator[Item]:
    """Yield what is held about a characteristic, what that does not tell, what is not held, and the box to fill in."""
    one = equality.BY_CODE[code]
    if code in TOLD_APART:
        yield Prose(text=say(f"pack.law.{code}"))
    tables = _to_keep(rows(lambda subject: equality.figures_of(code, subject), scope))
    yield from tables or (Prose(text=say("equality.nothing_held")),)
    limits = Term(name=say("figure.does_not_tell"), text=say(f"pack.limits.{code}"))
    yield Terms(entries=(limits, *_unheld(one, scope)))
    yield _box(f"{code}_box", "equality", about=equality.name(one))


def _unheld(one: Characteristic, scope: Scope) -> Iterator[Term]:
    """Yield what is not held about a characteristic, each with its number at the end of the pack, which tells more."""
    numbers = {gap.code: str(number) for number, gap in _numbered_gaps(scope)}
    numbered_gaps = [joined(gap.what, " (", numbers[gap.code], ")") for gap in equality.unheld(one, scope.subject)]
    if numbered_gaps:
        yield Term(name=say("pack.unheld"), text=list_of(numbered_gaps))


def _numbered_gaps(scope: Scope) -> Iterable[tuple[int, Unheld]]:
    return enumerate(equality.gaps(scope.subject), start=1)


def requests(scope: Scope) -> Iterator[Item]:
    """Yield all that is not held: why, who publishes it, or who can be asked and in which words."""
    yield Prose(text=say("pack.requests"))
    yield Terms(entries=tuple(_request(number, gap, scope) for number, gap in _numbered_gaps(scope)))


def _request(number: int, gap: Unheld, scope: Scope) -> Term:
    words = equality.request(gap, scope.subject)
    ask = say("pack.ask", who=equality.holder(gap, scope.subject), words=words) if words else ""
    name = joined(str(number), ". ", gap.what)
    return Term(name=name, text=sentences(gap.why, ask), url="" if words else gap.url)


def goal(code: str, scope: Scope) -> Iterator[Item]:
    """Yield what bears on a well-being goal, and the box to fill in."""
    tables = _to_keep(rows(lambda subject: goals.of_goal(code, subject), scope))
    yield from tables or (Prose(text=say("equality.nothing_held")), Prose(text=translatable(goals.unheld(code))))
    yield _box(f"{code}_box", "wellbeing", about=goals.name(code))


def directory(scope: Scope) -> tuple[Rows, ...]:
    """Return every measure held with its publication."""
    return _to_keep(rows(goals.directory, scope))


def _to_keep(tables: tuple[Rows, ...]) -> tuple[Rows, ...]:
    return tuple(replace(one, to_keep=True) for one in tables)


def ledger(scope: Scope) -> tuple[Terms]:
    """Return all that is not held of any topic, and the publications whose newer figures are out."""
    missing = (*not_held(scope.place, topics=TOPICS, build=scope.build), *moved_on(build=scope.build))
    return (Terms(entries=tuple(Term(name=one.heading, text=translatable(one.text), url=one.url) for one in missing)),)


def _box(code: str, pack: str, *, about: Wording) -> Rows:
    """Return a table of one empty row for an officer to write in."""
    columns = (
        Column[Wording](key="meaning", label=say(f"pack.{pack}.meaning")),
        Column[Wording](key="others", label=say("pack.others")),
    )
    return Rows(
        code=code,
        caption=say("pack.box", about=about),
        table=Table(columns=columns, rows=(("",) * len(columns),)),
        sources=(),
        to_keep=True,
    )
