"""What is coming for a place: weeks and days that officers plan by with what is held for each, and releases expected.

The awkward fact: neither is a promise. A week whose days are set each year has its month alone, and a release has the
months in which its publication usually comes out. So both say so wherever they are told, in a calendar as on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cohesion.periods import last_day
from dashboard import queries
from dashboard.campaigns import Occasion, ahead
from dashboard.figure import Figure, Subject
from dashboard.figures.carded import refusal
from dashboard.figures.catalogue import BY_CODE, first_shown
from dashboard.figures.releases import releases
from dashboard.findings.facts import cards
from dashboard.i18n.text import Text, say, say_count
from dashboard.model import Area, Words

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week, month or day ahead, with the figures of the place, those that make a card, and the facts for it."""

    occasion: Occasion
    figures: tuple[str, ...]
    cards: tuple[str, ...]
    facts: int

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return self.occasion.campaign.code


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A month in which a publication that holds figures of the place usually comes out."""

    publication: Words
    publisher: Words
    usual: Words
    first: date
    last: date


def weeks(view: Subject, *, day: date) -> tuple[Week, ...]:
    """Return what is ahead within a year, the next first, each with what is held of the place for it."""
    communities = [card.fact.community for card in cards(build=view.build, place=view.place)]
    coming = ahead(queries.campaigns(build=view.build), day)
    return tuple(
        _week(one, view, facts=sum(community in one.campaign.facts for community in communities)) for one in coming
    )


def _week(occasion: Occasion, view: Subject, *, facts: int) -> Week:
    blocks = {code: first_shown(view, code) for code in occasion.campaign.figures if code in BY_CODE}
    figures = {code: block for code, block in blocks.items() if isinstance(block, Figure)}
    carded = tuple(code for code, figure in figures.items() if refusal(figure, view) is None)
    return Week(occasion=occasion, figures=tuple(figures), cards=carded, facts=facts)


def held_words(week: Week, place: Area) -> Text:
    """Say how many figures and facts are held of a place for a week."""
    figures = say_count("ahead.figures", count=len(week.figures))
    return say("ahead.held", figures=figures, facts=say_count("ahead.facts", count=week.facts), place=place.name)


def expected(place: Area, *, build: str, day: date) -> tuple[Expected, ...]:
    """Return the releases that usually come out within a year after a day, each publication once, the next first."""
    expected_of: dict[Words, Expected] = {}
    for source in (release.source for release in releases(place, build=build)):
        rhythm = source.rhythm
        if rhythm is not None and rhythm.kind == "regular":
            first, last = _next(rhythm.release_months, day)
            expected_of.setdefault(
                rhythm.publication,
                Expected(
                    publication=rhythm.publication,
                    publisher=source.publisher,
                    usual=rhythm.next,
                    first=first,
                    last=last,
                ),
            )
    return tuple(sorted(expected_of.values(), key=lambda one: (one.first, one.publication.en)))


def release_words(release: Expected) -> Text:
    """Say who publishes what is expected, and when it usually comes out."""
    return say("ahead.release_words", publisher=release.publisher, when=release.usual)


def _next(months: tuple[int, ...], day: date) -> tuple[date, date]:
    """Return the first and last day of the next month in which a publication usually comes out: this one counts."""
    later = min((month - day.month) % MONTHS for month in months)
    year, month = divmod(day.year * MONTHS + day.month - 1 + later, MONTHS)
    first = date(year, month + 1, 1)
    return first, last_day(first, months=1)
