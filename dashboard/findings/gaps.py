"""What is not held: the ledger's entries by topic and place, and publications whose newer figures are not here.

The awkward fact: a list that always begins with the same four entries tells a reader of migration nothing. So topics
take turns, and what concerns council areas alone is not told of a police force.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest

from dashboard import age, queries
from dashboard.i18n.text import say
from dashboard.model import Area
from dashboard.queries import Entry, Gap
from dashboard.tables import period_name


def not_held(place: Area, *, topics: Iterable[str], build: str) -> tuple[Entry, ...]:
    """Return what a place's reader may look for and not find, topic by topic in turns: the most asked for first."""
    ledger = [gap for gap in queries.gaps(build=build) if place.is_council or not gap.councils_only]
    turns = [[gap.entry for gap in ledger if gap.topic == topic] for topic in topics]
    return tuple(entry for entry in chain.from_iterable(zip_longest(*turns)) if entry is not None)


def moved_on(*, build: str) -> tuple[Entry, ...]:
    """Return the publications whose newest figure held is over a cycle old, each with how old it is."""
    return tuple(gap.entry for gap in overtaken(build=build))


def overtaken(*, build: str) -> tuple[Gap, ...]:
    """Return the publications that have moved on as gaps, each with its topic."""
    newest: dict[str, Gap] = {}
    for publication in queries.newest_of_publications(build=build):
        last_day = queries.held_until(publication.source, build=build)
        old = age.of(publication.source, publication.period, held_until=last_day)
        if old.older and publication.source.vintage == "current":
            when = period_name(publication.period, measure=publication.measure)
            text = say("age.gap", when=when, age=old)
            entry = Entry(heading=publication.source.title, text=text, url=publication.source.url)
            topic = queries.measure(publication.measure, build=build).topic
            newest[publication.source.title.en] = Gap(
                code=publication.source.code, topic=topic, councils_only=False, entry=entry
            )
    return tuple(newest.values())
