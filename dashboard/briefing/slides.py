"""The ten slides of the Community Cohesion Group, and the backup behind them.

The awkward fact: a room remembers headlines. So the heading of a slide with a chart is the chart's own finding, and
what must be said with it stands in the presenter's script, in whole sentences that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from dashboard.briefing.model import Absent, Item, KeyMessages, Picture, Prose, Rows, Section, Talk
from dashboard.briefing.parts import Asked, blank_actions, bullets, picture, rows, said, support, unknown
from dashboard.briefing.pieces import METHODS, aggravated, changed, the, welsh_forces, what_changed
from dashboard.caveats import heaviest
from dashboard.charts import TimeLine
from dashboard.figure import Block, Figure, Subject
from dashboard.figures.catalogue import TABLES
from dashboard.findings import key_messages
from dashboard.i18n import Language
from dashboard.i18n.text import PerLanguage, Translatable, Wording, say, translatable

RULES = ("sources", "places", "recorded", "respect")
ASKS = ("share", "tell", "offer")
NEWEST = ("rra_same_quarter", "hate_crime_year", "population_year", "population_growth", "asylum_level")
SANCTUARY = ("asylum_level", "ukraine", "afghan", "resettlement")
MOST_CAVEATS = 3
MOST_NEWEST = 3
# The ten slides and the minutes of each: fifteen in all.
MINUTES = {
    "rules": 1.0,
    "three_things": 2.0,
    "newest": 1.5,
    "expected": 1.5,
    "forces": 1.5,
    "strands": 1.5,
    "population": 1.5,
    "map": 1.5,
    "sanctuary": 1.5,
    "actions": 1.5,
}


def deck(asked: Asked) -> tuple[Section, ...]:
    """Return ten slides, then the appendix."""
    return (
        _title(asked),
        _three_things(asked),
        _since(asked),
        _chart("expected", aggravated, asked),
        _chart("forces", welsh_forces, asked),
        _chart("strands", the("strands_wales"), asked),
        _chart("population", what_changed, asked),
        _chart("map", the("population_change_map"), asked),
        _sanctuary(asked),
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
        talk=None if backup else _talk("newest" if code == "since" else code),
    )


def _talk(code: str) -> Talk:
    """Return how one of the ten slides is spoken."""
    return Talk(
        minutes=MINUTES[code],
        bridge=say(f"briefing.bridge.{code}"),
        question=say(f"briefing.hard.{code}"),
        answer=say(f"briefing.reply.{code}"),
    )


def _title(asked: Asked) -> Section:
    rules = bullets(*(say(f"briefing.rule.{name}") for name in RULES))
    script = (say("briefing.script.welcome", in_place=asked.place_in), say("briefing.script.rules"))
    return _slide("rules", rules, script=script)


def _three_things(asked: Asked) -> Section:
    found = KeyMessages(messages=key_messages(asked.subject, most=3), brief=True)
    return _slide("three_things", found, script=(say("briefing.script.three_things"), *_read_aloud(found)))


def _since(asked: Asked) -> Section:
    """Return what a refresh changed; without one, the newest change in each figure that the slide before leaves out."""
    news = tuple(Prose(text=text) for text in changed(asked))
    told = {message.rule for message in key_messages(asked.subject, most=3)}
    rules = ("new_data",) if news else tuple(rule for rule in NEWEST if rule not in told)
    items = tuple(replace(one, messages=one.messages[:MOST_NEWEST], brief=True) for one in said(asked, *rules))
    script = (say("briefing.script.newest"), *(text for one in items for text in _read_aloud(one)))
    return _slide("since" if news else "newest", *items, *news, script=script)


def _read_aloud(found: KeyMessages) -> tuple[Translatable, ...]:
    """Return messages as the slide has them."""
    return tuple(PerLanguage(partial(_message, found, n)) for n in range(len(found.messages)))


def _message(found: KeyMessages, number: int, lang: Language) -> str:
    return found.texts(lang)[number]


def _chart(
    code: str, make: Callable[[Subject], Block[Wording] | None], asked: Asked, *, backup: bool = False
) -> Section:
    """Return a slide that a figure heads with its finding: the picture, and in the script how it is read."""
    items = tuple(_of_slide(item) for item in picture(make, asked, brief=True))
    figures = [item.figure for item in items if isinstance(item, Picture)]
    lead = (say(f"briefing.script.{code}"),)
    if not figures:
        return _slide(code, *items, script=lead, backup=backup)
    script = (*lead, *spoken(figures[0], most=1))
    return _slide(code, *items, heading=translatable(figures[0].title), script=script, backup=backup)


def _of_slide(item: Picture | Rows | Absent) -> Picture | Rows | Absent:
    """Return a picture as a slide has room for it: of its breaks those that cut the line; the notes tell the others."""
    if not isinstance(item, Picture) or not isinstance(item.figure.drawing, TimeLine):
        return item
    cuts = tuple(mark for mark in item.figure.drawing.marks if mark.cuts)
    return replace(item, figure=replace(item.figure, drawing=replace(item.figure.drawing, marks=cuts)))


def spoken(figure: Figure[Wording], *, most: int = MOST_CAVEATS) -> tuple[Translatable, ...]:
    """Return a figure's sentence and its heaviest caveats, to be read aloud."""
    told = (one.text for one in heaviest(figure.caveats, most=most))
    return tuple(translatable(one) for one in (figure.sentence, *told))


def _table(code: str, items: tuple[Rows, ...]) -> Section:
    return _slide(code, *items, script=tuple(text for item in items for text in item.notes), backup=True)


def _sanctuary(asked: Asked) -> Section:
    """Return people on asylum support over time; where too few are to be drawn, each route in words."""
    chart = _chart("sanctuary", the("asylum_support"), asked)
    if any(isinstance(item, Picture) for item in chart.items):
        return replace(chart, script=(*chart.script, say("migration.routes_no_sum_short")))
    told = tuple(replace(one, brief=True) for one in said(asked, *SANCTUARY, up_to_date=True))
    script = (say("briefing.script.routes"), *(text for one in told for text in _read_aloud(one)))
    return _slide("sanctuary", *(told or chart.items), script=script)


def _unseen(asked: Asked) -> Section:
    asks = (say(f"briefing.ask.{name}") for name in ASKS)
    return _slide(
        "unseen",
        Prose(text=say("briefing.slide.cannot_see")),
        bullets(*unknown(asked)),
        Prose(text=say("briefing.slide.we_ask")),
        bullets(*asks),
        script=(say("caveat.more_recorded"), say("link_note.title"), say("link_note.text")),
        backup=True,
    )


def _actions() -> Section:
    asks = (say(f"briefing.ask.{name}") for name in ASKS)
    return _slide("actions", blank_actions(), support(), script=(say("briefing.script.actions"), *asks))


def _backup(asked: Asked) -> tuple[Section, ...]:
    methods = bullets(*(say(f"briefing.method.{name}") for name in METHODS))
    return (
        _unseen(asked),
        _table("reported", rows(TABLES["accounts"], asked)),
        _table("offences", rows(TABLES["offences_year"], asked)),
        _table("routes", rows(TABLES["routes"], asked)),
        _table("context", rows(TABLES["context"], asked)),
        _slide("methods", methods, backup=True),
    )
