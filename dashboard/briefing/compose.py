"""Compose a briefing: the one place that decides what it says; everything after this only draws.

The awkward fact: sections are remembered by build and place, so two people who ask at once share figures; an
officer's own words are laid over them afterwards and are remembered by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from dashboard import queries
from dashboard.age import today
from dashboard.briefing.documents import data, four_pages, one_page
from dashboard.briefing.model import (
    LONGEST_CONTACT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    NO_LINKS,
    Briefing,
    KeyMessages,
    Kind,
    Officer,
    Picture,
    Section,
)
from dashboard.briefing.parts import Asked
from dashboard.briefing.slides import deck
from dashboard.i18n.text import LanguageCode, PerLanguage, Text, Translatable, joined, list_of, say
from dashboard.memory import remembered
from dashboard.model import Area, Observation
from dashboard.tables import period_name

_MAKERS: dict[Kind, Callable[[Asked], tuple[Section, ...]]] = {
    "one_page": one_page,
    "four_pages": four_pages,
    "deck": deck,
    "data": data,
}
UNINTRODUCED: tuple[Kind, ...] = ("deck", "data")  # files where the publisher's warning stands among the cautions
# What a reader asks the age of first, one measure for each topic.
TOPICS = ("hate_crimes", "rra_offences", "population", "international_net", "asylum_supported")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def compose(
    *, kind: Kind, place: str, build: str, made: date, officer: Officer | None = None, address: str = ""
) -> Briefing:
    """Return a briefing for a place (its code) from one build; `address` is where the dashboard answers, if known.

    Raises `queries.UnknownCodeError` for a place there is not.
    """
    where = queries.area(place, build=build)
    sections = _sections(kind, place, build, today())
    own = cleaned(officer or Officer())
    title = _own_title(own.title, where) if own.title else say(f"briefing.title.{kind}", place=where.name)
    return Briefing(
        kind=kind,
        place=where,
        build=build,
        made=made,
        first=min((o.period.start for o in _observations(sections)), default=made),
        last=max((o.period.end for o in _observations(sections)), default=made),
        edition=_edition(sections),
        title=title,
        subtitle=say(f"briefing.subtitle.{kind}", in_place=where.in_ or where.name),
        sections=sections,
        warnings=(say("hate_crime.publisher"),) if kind in UNINTRODUCED else (),
        officer=own,
        links=_links(address, place=place, kind=kind),
    )


def _own_title(title: str, where: Area) -> Translatable:
    """Return an officer's title with the place before it, where the title does not name it already."""
    return PerLanguage(lambda lang: title if (name := where.name.text(lang)) in title else f"{name}: {title}")


def cleaned(officer: Officer) -> Officer:
    """Return an officer's words without control characters and cut to what a page holds; markup stays plain text."""
    return Officer(
        title=_plain(officer.title, most=LONGEST_TITLE, lines=False),
        introduction=_plain(officer.introduction, most=LONGEST_TEXT, lines=True),
        introduction_cy=_plain(officer.introduction_cy, most=LONGEST_TEXT, lines=True),
        contact=_plain(officer.contact, most=LONGEST_CONTACT, lines=False),
    )


def _plain(text: str, *, most: int, lines: bool) -> str:
    kept = _UNPRINTABLE.sub("", text)
    kept = re.sub(r"\r\n?", "\n", kept) if lines else re.sub(r"\s+", " ", kept)
    return kept.strip()[:most]


@remembered(most=128)
def _sections(kind: Kind, place: str, build: str, day: date) -> tuple[Section, ...]:  # noqa: ARG001 - ages count to it
    """Return the sections that have something to say: of one publication alone some have nothing."""
    every = _MAKERS[kind](Asked(place=queries.area(place, build=build), build=build))
    return tuple(section for section in every if section.items)


def _observations(sections: tuple[Section, ...]) -> tuple[Observation, ...]:
    """Return the figures that the key messages rest on: what the briefing speaks of."""
    found = (item for section in sections for item in section.items if isinstance(item, KeyMessages))
    return tuple(o for item in found for message in item.messages for o in message.observations)


def _edition(sections: tuple[Section, ...]) -> Translatable:
    """Name the newest period held of each topic the messages and figures speak of: they are rarely equally new."""
    items = (item for section in sections for item in section.items)
    drawn = (o for item in items if isinstance(item, Picture) for o in item.figure.newest)
    newest = {o.measure: o for o in sorted((*_observations(sections), *drawn), key=lambda o: o.period.end)}
    held = [newest[measure] for measure in TOPICS if measure in newest]
    return say("briefing.edition", listed=list_of(_held_to(o) for o in held))


def _held_to(figure: Observation) -> Text:
    period = period_name(figure.period, measure=figure.measure)
    return say(f"briefing.held.{figure.measure}", period=period)


def _links(address: str, *, place: str, kind: Kind) -> Translatable:
    """Return the addresses of the page that makes this briefing, "" where the dashboard's own is not known."""
    if not address:
        return NO_LINKS
    base = address.rstrip("/")
    return joined(f"{base}/briefings?lang=", LanguageCode(), f"&{urlencode({'place': place, 'kind': kind})}")
