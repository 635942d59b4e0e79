"""Messages on one strand of hate crime: the newest year of the place's force and of Wales, in plain numbers.

The awkward fact: a strand's newest year is of an edition of its own, older than the total's. So each message says its
year and what kind of edition printed it, and none is written about a count of one to four.
"""

from __future__ import annotations

from functools import partial

from dashboard import queries
from dashboard.figure import Subject
from dashboard.findings.message import (
    Draft,
    Message,
    Moment,
    Quantity,
    Rule,
    Scope,
    Value,
    by_words,
    message_of,
    published,
)
from dashboard.i18n.people import FEWEST
from dashboard.i18n.text import Translatable, say
from dashboard.model import Observation
from dashboard.nations import HOME

RECORDED, FIRST_PUBLISHED = "hate_crimes", "hate_crimes_as_first_published"
KEYS = {RECORDED: "finding.strand", FIRST_PUBLISHED: "finding.strand_first"}
SHARES = {"police_force": "finding.strand_share"}  # of one force "its", of the four of Wales together "they"


def strand_name(strand: str) -> Translatable:
    """Return what a strand is called inside a sentence."""
    return say(f"briefing.strand.{strand}")


def whole_of(figure: Observation, *, build: str) -> Observation | None:
    """Return all hate crimes of the area and period of a strand's figure, where the same edition gives both."""
    every = queries.series(figure.measure, figure.area, build=build).observations
    return next((o for o in every if o.period == figure.period and o.source == figure.source), None)


def strand_messages(strand: str, view: Subject) -> tuple[Message, ...]:
    """Return what is said of a strand: of the force of a place, and of Wales."""
    force = queries.police_area(view.place.code, build=view.build)
    wales = queries.area(HOME.benchmark, build=view.build)
    messages = []
    for police in dict.fromkeys((force, wales)):
        write = partial(_newest, strand)
        rule = Rule(id=f"strand_{police.kind}", importance=0, page="hate_crime", block="strands_wales", write=write)
        messages.append(message_of(rule, Scope(place=view.place, police=police, build=view.build)))
    return tuple(message for message in messages if message)


def _newest(strand: str, scope: Scope) -> Draft | None:
    """Say the newest year of a strand in an area, of the edition that has it; nothing of one to four crimes."""
    for measure, key in KEYS.items():
        newest = queries.series(measure, scope.police.code, category=strand, build=scope.build).latest
        if newest is None or newest.value is None:
            continue
        if 0 < newest.value < FEWEST:
            return None
        every = whole_of(newest, build=scope.build)
        values: dict[str, Value] = {
            "force": by_words(scope.police),
            "strand": strand_name(strand),
            "n": published(newest),
            "when": Moment(period=newest.period, measure=measure),
        }
        keys: tuple[str, ...] = (key,)
        if every is not None and every.value:
            values["share"] = Quantity(value=newest.value / every.value * 100, how="share", of=(newest, every))
            keys = (key, SHARES.get(scope.police.kind, "finding.strand_share_wales"))
        return Draft(keys=keys, values=values, notes=_notes(scope))
    return None


def _notes(scope: Scope) -> tuple[Value, ...]:
    is_local = scope.place.is_council and scope.police.kind == "police_force"
    own = (say("caveat.force_not_place", force=scope.police.name, place=scope.place.called),) if is_local else ()
    return (*own, say("strand.no_sum"), say("caveat.more_recorded"))
