"""The councillor's version: lines to say, questions that the figures give reason to ask, what not to say, whom to ring.

The awkward fact: a councillor says a line aloud in public with nobody beside them. So each line is a published figure
with its source and date, no line names an effect that no figure shows, and what services may need stands as a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.age import today
from dashboard.briefing.model import Contact, Item, Prose, Term, Terms
from dashboard.briefing.parts import Context, bullets, inside, messages_of_rules
from dashboard.figures.coming import expected
from dashboard.findings import Message, messages
from dashboard.findings.message import by_words
from dashboard.i18n.text import FirstLetter, Translatable, list_of, say

MOST_LINES = 3
LINES = ("hate_crime_year", "population_growth", "asylum_level", "ukraine", "resettlement", "afghan", "population_year")
NEWER = "finding.population_newer"  # the newest estimate joins on to none before it
MOST_COMING = 4  # publications whose newer figures are told of
# What the figures give reason to ask of services, by the sentences that hold for the place.
ASKED = {
    "finding.population_grew": "more_people",
    "finding.population_fell": "fewer_people",
    NEWER: "newest_people",
    "finding.asylum_level": "asylum",
    "finding.ukraine": "schemes",
    "finding.afghan": "schemes",
    "finding.resettled": "schemes",
    "finding.hate_crime_year": "reporting",
    "finding.hate_crime_level": "reporting",
}
COUNTED = ("finding.asylum_level", "finding.ukraine", "finding.afghan", "finding.resettled")


def lines(context: Context) -> Iterator[Item]:
    """Yield three lines that can be said as they stand, each with what qualifies it, its source and its date."""
    for item in messages_of_rules(context.scope, *LINES):
        yield Prose(text=say("briefing.lines.how"))
        yield replace(item, messages=item.messages[:MOST_LINES], brief=True, with_notes=True, cited=True)


def services(context: Context) -> tuple[Item, ...]:
    """Return a question for each thing that the figures of the place bear; nothing is said of what has an effect."""
    of_place = {"in_place": context.scope.place_in, "force": by_words(context.scope.police)}
    questions = {
        code: say(f"briefing.services.{code}", **{**_values(message), **of_place})
        for message in messages(context.scope.subject)
        for code in _asked_of(message)
    }
    return (Prose(text=say("briefing.services.how")), bullets(*questions.values())) if questions else ()


def _asked_of(message: Message) -> Iterator[str]:
    """Yield the questions that a message gives reason for; of people the newest estimate, joined on or not."""
    of_people = ("more_people", "fewer_people") if NEWER in message.keys else ()
    yield from (ASKED[key] for key in message.keys if key in ASKED and ASKED[key] not in of_people)


def _values(message: Message) -> dict[str, Translatable]:
    """Return what a question may name of its message: its numbers and its days."""
    return {**dict(message.values), **inside(message)}


def not_to_say(context: Context) -> tuple[Item, ...]:
    """Return what would be wrong to say of these figures, with why; only what somebody could say of this place."""
    return (Terms(entries=tuple(_not_said(context))),)


def _not_said(context: Context) -> Iterator[Term]:
    place, police = context.scope.place, context.scope.police
    keys = {key for message in messages(context.scope.subject) for key in message.keys}
    yield Term(name=say("briefing.not_say.rising"), text=say("caveat.more_recorded"))
    if place.is_council:
        values = {"force": police.name, "place": place.name}
        yield Term(name=say("briefing.not_say.local", **values), text=say("caveat.force_not_place", **values))
    yield Term(name=say("briefing.not_say.cause"), text=say("briefing.not_say.cause_why"))
    if len(keys & set(COUNTED)) > 1:
        yield Term(name=say("briefing.not_say.sum"), text=say("briefing.not_say.sum_why"))
    yield Term(name=say("briefing.not_say.people"), text=say("briefing.not_say.people_why"))


def coming(context: Context) -> tuple[Item, ...]:
    """Return when newer figures of the sheet are usually published, the next first; a month is no promise."""
    of_sheet = {
        source.rhythm.publication for one in messages(context.scope.subject) for source in one.sources if source.rhythm
    }
    every = expected(context.scope.place, build=context.scope.build, day=today())
    soonest = [one for one in every if one.publication in of_sheet][:MOST_COMING]
    by_time: dict[Translatable, list[Translatable]] = {}
    for one in soonest:
        by_time.setdefault(one.usual, []).append(one.publication)
    texts = (
        say("briefing.coming.one", titles=list_of(titles, between=", "), usual=FirstLetter(usual, capital=False))
        for usual, titles in by_time.items()
    )
    return (Prose(text=say("briefing.coming.how")), bullets(*texts)) if soonest else ()


def ring(_: Context) -> tuple[Item, ...]:
    """Return whom to ring about the figures; an officer's contact takes its place when one was typed."""
    return (Contact(text=say("briefing.ring.nobody")),)
