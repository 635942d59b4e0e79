"""The ten slides of the Community Cohesion Group, and the backup behind them.

The awkward fact: a room remembers headlines. So the heading of a slide with a chart is the chart's own finding, and
what must be said with it stands in the presenter's script, in whole sentences that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard.briefing.model import Item, KeyMessages, Picture, Prose, Rows, Section
from dashboard.briefing.parts import Asked, blank_actions, bullets, picture, rows, said, support, unknown
from dashboard.briefing.pieces import METHODS, aggravated, changed, the, welsh_forces, what_changed
from dashboard.caveats import heaviest
from dashboard.figure import Block, Figure, Subject
from dashboard.figures.catalogue import TABLES
from dashboard.findings import Message, key_messages
from dashboard.i18n.text import Translatable, Wording, say, translatable

RULES = ("sources", "places", "recorded", "respect")
ASKS = ("share", "tell", "offer")
NEWEST = ("rra_same_quarter", "hate_crime_year", "population_year", "population_growth", "asylum_level")
OTHER_ROUTES = ("afghan", "ukraine", "resettlement")
MOST_CAVEATS = 3
OF_HATE_CRIME = ("expected", "strands", "forces")


def deck(asked: Asked) -> tuple[Section, ...]:
    """Return ten slides, then the backup slides."""
    return (
        _title(asked),
        _three_things(asked),
        _since(asked),
        _chart("expected", aggravated, asked),
        _chart("strands", the("strands_wales"), asked),
        _table("reported", rows(TABLES["accounts"], asked)),
        _chart("population", what_changed, asked),
        _sanctuary(asked),
        _unseen(asked),
        _actions(),
        *_backup(asked),
    )


def _slide(
    code: str,
    *items: Item,
    heading: Translatable | None = None,
    script: Iterable[Translatable] = (),
    backup: bool = False,
) -> Section:
    return Section(
        code=code,
        heading=heading or say(f"briefing.slide.{code}"),
        items=items,
        script=tuple(script),
        backup=backup,
    )


def _title(asked: Asked) -> Section:
    rules = bullets(*(say(f"briefing.rule.{name}") for name in RULES))
    return _slide("rules", rules, script=(say("briefing.script.welcome", in_place=asked.place_in),))


def _three_things(asked: Asked) -> Section:
    found = key_messages(asked.subject, most=3)
    return _slide("three_things", KeyMessages(messages=found), script=_notes_of(found))


def _since(asked: Asked) -> Section:
    """Return what a refresh changed; without one, the newest change in each figure that the slide before leaves out."""
    news = tuple(Prose(text=text) for text in changed(asked))
    told = {message.rule for message in key_messages(asked.subject, most=3)}
    rules = ("new_data",) if news else tuple(rule for rule in NEWEST if rule not in told)
    items = said(asked, *rules)
    found = tuple(message for item in items for message in item.messages)
    return _slide("since" if news else "newest", *items, *news, script=_notes_of(found))


def _notes_of(found: Iterable[Message]) -> tuple[Translatable, ...]:
    """Return what must be said beside some messages, each text once."""
    return tuple(dict.fromkeys(text for message in found for text in message.notes))


def _chart(
    code: str, make: Callable[[Subject], Block[Wording] | None], asked: Asked, *more: Item, backup: bool = False
) -> Section:
    """Return a slide that a figure heads with its finding; the caveats go into the script."""
    items = picture(make, asked, brief=True)
    warning = (say("hate_crime.publisher"),) if code in OF_HATE_CRIME else ()
    figures = [item.figure for item in items if isinstance(item, Picture)]
    if not figures:
        return _slide(code, *items, *more, backup=backup)
    script = (*spoken(figures[0]), *warning)
    return _slide(code, *items, *more, heading=translatable(figures[0].title), script=script, backup=backup)


def spoken(figure: Figure[Wording]) -> tuple[Translatable, ...]:
    """Return a figure's sentence and its heaviest caveats, to be read aloud."""
    told = (one.text for one in heaviest(figure.caveats, most=MOST_CAVEATS))
    return tuple(translatable(one) for one in (figure.sentence, *told))


def _table(code: str, items: tuple[Rows, ...], *, backup: bool = False) -> Section:
    return _slide(code, *items, script=tuple(text for item in items for text in item.notes), backup=backup)


def _sanctuary(asked: Asked) -> Section:
    chart = _chart("sanctuary", the("asylum_support"), asked, *said(asked, *OTHER_ROUTES, up_to_date=True))
    return Section(
        code=chart.code,
        heading=chart.heading,
        items=chart.items,
        script=(*chart.script, say("migration.routes_no_sum_short")),
    )


def _unseen(asked: Asked) -> Section:
    asks = (say(f"briefing.ask.{name}") for name in ASKS)
    return _slide(
        "unseen",
        Prose(text=say("briefing.slide.cannot_see")),
        bullets(*unknown(asked)),
        Prose(text=say("briefing.slide.we_ask")),
        bullets(*asks),
        script=(say("caveat.more_recorded"), say("link_note.title"), say("link_note.text")),
    )


def _actions() -> Section:
    return _slide("actions", blank_actions(), support(), script=(say("briefing.script.actions"),))


def _backup(asked: Asked) -> tuple[Section, ...]:
    methods = bullets(*(say(f"briefing.method.{name}") for name in METHODS))
    return (
        _table("offences", rows(TABLES["offences_year"], asked), backup=True),
        _chart("forces", welsh_forces, asked, backup=True),
        _table("routes", rows(TABLES["routes"], asked), backup=True),
        _table("context", rows(TABLES["context"], asked), backup=True),
        _slide("methods", methods, backup=True),
    )
