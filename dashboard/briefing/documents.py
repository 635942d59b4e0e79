"""What stands on one page, on four pages, and in the workbook of tables.

The awkward fact: one page is read, four are kept. So one page holds what may be said aloud in two minutes with the
two things it cannot tell, and everything that a careful reader would ask next stands on the four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dashboard import revisions
from dashboard.briefing.model import Item, KeyMessages, Prose, Section
from dashboard.briefing.parts import (
    Asked,
    bullets,
    evidence_of,
    gaps,
    may_be_linked,
    picture,
    questions,
    rows,
    said,
    support,
    unknown,
)
from dashboard.figure import Block, Figure, Subject
from dashboard.figures.catalogue import TABLES, first_shown, in_data
from dashboard.findings import Message, key_messages
from dashboard.i18n.periods import PeriodName
from dashboard.i18n.text import Translatable, Wording, say

METHODS = ("range", "chance", "rates", "breaks", "grades")
GAP_TOPICS = ("hate_crime", "population", "migration", "sanctuary")
MOST_GAPS, MOST_MESSAGES = 3, 5
HATE_CRIME_MESSAGES = ("hate_crime_year", "hate_crime_rate", "rra_level", "rra_same_quarter")
MIGRATION_MESSAGES = ("population_year", "population_growth", "components_driver")


def the(code: str) -> Callable[[Subject], Block[Wording] | None]:
    """Return a figure of the catalogue as a function of a view: as a page first shows it."""
    return partial(first_shown, code=code)


def what_changed(view: Subject) -> Block[Wording] | None:
    """Return the components of today's estimates where they are held, else the yearly change from their totals."""
    newest = first_shown(view, code="components_of_change")
    older = not isinstance(newest, Figure) or any(source.vintage == "superseded" for source in newest.sources)
    return first_shown(view, code="population_change") if older else newest


def aggravated(view: Subject) -> Block[Wording] | None:
    """Return the quarterly aggravated offences of the place itself where they are held, else of its force."""
    own = first_shown(view, code="rra_authority")
    return own if isinstance(own, Figure) else first_shown(view, code="rra_quarterly")


def welsh_forces(view: Subject) -> Block[Wording] | None:
    """Return the recorded rates of the four Welsh forces with their intervals, beside Wales."""
    return first_shown(view, code="compare_dots", measure="hate_crimes")


def section(code: str, *items: Item) -> Section:
    """Return a section headed by the text `briefing.section.<code>`; hate crime opens with its publisher's warning."""
    warning = (Prose(text=say("hate_crime.publisher_short")),) if code == "hate_crime" else ()
    return Section(code=code, heading=say(f"briefing.section.{code}"), items=(*warning, *items))


def one_page(asked: Asked) -> tuple[Section, ...]:
    """Return the one-page briefing."""
    first = key_messages(asked.subject, most=3)
    more = [rule for rule in ("asylum_level",) if rule not in {message.rule for message in first}]
    return (
        section("messages", KeyMessages(messages=first)),
        section("hate_crime", *picture(aggravated, asked, brief=True)),
        section("unknown", bullets(*unknown(asked))),
        section("migration", *picture(what_changed, asked, brief=True), *said(asked, *more)),
        section("questions", bullets(*questions())),
        section("support", support()),
    )


def four_pages(asked: Asked) -> tuple[Section, ...]:
    """Return the four-page briefing: summary, hate crime, population and migration, context and methods."""
    return (*_summary(asked), _hate_crime(asked), _methods(), _migration(asked), *_not_held(asked), *_context(asked))


def _summary(asked: Asked) -> tuple[Section, ...]:
    return (
        section("summary", KeyMessages(messages=_summed_up(asked), with_notes=True)),
        section("unknown", bullets(*unknown(asked)), may_be_linked()),
        section("questions", bullets(*questions())),
        section("support", support()),
        *((section("accounts", *ways),) if (ways := rows(TABLES["accounts"], asked)) else ()),
    )


def _summed_up(asked: Asked) -> tuple[Message, ...]:
    return key_messages(asked.subject, most=MOST_MESSAGES)


def _not_yet_said(asked: Asked, rules: Iterable[str]) -> tuple[str, ...]:
    """Return the rules whose messages do not stand in the summary: a reader is told a number once."""
    told = {message.rule for message in _summed_up(asked)}
    return tuple(rule for rule in rules if rule not in told)


def _hate_crime(asked: Asked) -> Section:
    return section(
        "hate_crime",
        *said(asked, *_not_yet_said(asked, HATE_CRIME_MESSAGES)),
        *picture(aggravated, asked, brief=True),
        *rows(TABLES["offences_year"], asked),
        *picture(the("strands_wales"), asked, brief=True),
        *picture(welsh_forces, asked, brief=True),
    )


def _migration(asked: Asked) -> Section:
    return section(
        "migration",
        *said(asked, *_not_yet_said(asked, MIGRATION_MESSAGES)),
        *picture(what_changed, asked, brief=True),
        *picture(the("asylum_support"), asked, brief=True),
        *rows(TABLES["routes"], asked),
        *said(asked, *_not_yet_said(asked, ("asylum_level",))),
    )


def _methods() -> Section:
    return section("methods", bullets(*(say(f"briefing.method.{name}") for name in METHODS)))


def _not_held(asked: Asked) -> tuple[Section, ...]:
    news = tuple(Prose(text=text) for text in changed(asked))
    return (
        section("gaps", gaps(asked, *GAP_TOPICS, most=MOST_GAPS)),
        *((section("changes", *news),) if news else ()),
    )


def _context(asked: Asked) -> tuple[Section, ...]:
    return (section("context", *rows(TABLES["context"], asked)),)


def changed(asked: Asked) -> tuple[Translatable, ...]:
    """Say what the last refresh changed; nothing where this build was not made by one."""
    try:
        last = revisions.last_refresh()
    except revisions.NoRefreshError:
        return ()
    if last.build != asked.build:
        return ()
    day = PeriodName(start=last.day, months=0)
    counts = {kind: str(sum(t.counts.get(kind, 0) for t in last.tables)) for kind in ("revised", "new_periods")}
    return (say("briefing.changes.refresh", day=day, **counts),)


def data(asked: Asked) -> tuple[Section, ...]:
    """Return the tables behind the pages, each figure once: hate crime, migration, sanctuary, and who lives there."""
    found = key_messages(asked.subject, most=5)
    return (
        section("messages", KeyMessages(messages=found), *evidence_of(found, asked)),
        section(
            "hate_crime",
            *_tables_of("hate_crime", asked),
            *rows(TABLES["offences_year"], asked),
            *rows(TABLES["accounts"], asked),
        ),
        section("migration", *_tables_of("migration", asked)),
        section("sanctuary", *_tables_of("sanctuary", asked), *rows(TABLES["routes"], asked)),
        section("people", *_tables_of("people", asked), *rows(TABLES["context"], asked)),
    )


def _tables_of(topic: str, asked: Asked) -> Iterator[Item]:
    for entry in in_data(topic):
        yield from picture(the(entry.code), asked, every_row=True)
