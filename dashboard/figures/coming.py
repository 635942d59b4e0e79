"""What is coming for a place: weeks and days that officers plan by with what is held for each, and releases expected.

The awkward fact: neither is a promise. A week whose days are set each year has its month alone, and a release has the
months in which its publication usually comes out. So both say so wherever they are told, in a calendar as on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cohesion.periods import last_day
from dashboard import queries
from dashboard.campaigns import Occasion, ahead
from dashboard.figure import Figure, Subject
from dashboard.figures.carded import refusal
from dashboard.figures.catalogue import BY_CODE, first_shown
from dashboard.figures.releases import releases
from dashboard.findings.facts import cards
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import Text, say, say_count
from dashboard.model import Area, Words

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week, month or day ahead, with the figures of the place, those that make a card, and the facts for it.

    `may_be_over` is true of one whose month has begun and whose days are not known.
    """

    occasion: Occasion
    may_be_over: bool
    figures: tuple[str, ...]
    cards: tuple[str, ...]
    facts: int

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return self.occasion.campaign.code


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A month in which a publication that holds figures of the place usually comes out.

    `released` is when the newest that is held came out; `may_be_out` is true where the month has begun without one.
    """

    publication: Words
    publisher: Words
    usual: Words
    first: date
    last: date
    released: str
    may_be_out: bool


def weeks(view: Subject, *, day: date) -> tuple[Week, ...]:
    """Return what is ahead within a year, the next first, each with what is held of the place for it."""
    communities = [card.fact.community for card in cards(build=view.build, place=view.place)]
    coming = ahead(queries.campaigns(build=view.build), day)
    return tuple(
        _week(one, view, facts=sum(community in one.campaign.facts for community in communities), day=day)
        for one in coming
    )


def _week(occasion: Occasion, view: Subject, *, facts: int, day: date) -> Week:
    blocks = {code: first_shown(view, code) for code in occasion.campaign.figures if code in BY_CODE}
    figures = {code: block for code, block in blocks.items() if isinstance(block, Figure)}
    carded = tuple(code for code, figure in figures.items() if refusal(figure, view) is None)
    return Week(
        occasion=occasion,
        may_be_over=occasion.may_be_over(day),
        figures=tuple(figures),
        cards=carded,
        facts=facts,
    )


def held_words(week: Week, place: Area) -> Text:
    """Say how many figures and facts are held of a place for a week, of each what there is."""
    figures = say_count("ahead.figures", count=len(week.figures))
    facts = say_count("ahead.facts", count=week.facts)
    if week.figures and week.facts:
        return say("ahead.held", figures=figures, facts=facts, place=place.name)
    if not (week.figures or week.facts):
        return say("ahead.held_nothing", place=place.name)
    return say("ahead.held_one_kind", held=figures if week.figures else facts, place=place.name)


def expected(place: Area, *, build: str, day: date) -> tuple[Expected, ...]:
    """Return the releases that usually come out within a year after a day, each publication once, the next first."""
    expected_of: dict[Words, Expected] = {}
    for source in (release.source for release in releases(place, build=build)):
        rhythm = source.rhythm
        if rhythm is not None and rhythm.kind == "regular":
            first, last = _next(rhythm.release_months, day)
            if first <= source.first_day:  # this month's is held already
                first, last = _next(rhythm.release_months, last + timedelta(days=1))
            expected_of.setdefault(
                rhythm.publication,
                Expected(
                    publication=rhythm.publication,
                    publisher=source.publisher,
                    usual=rhythm.next,
                    first=first,
                    last=last,
                    released=source.released,
                    may_be_out=first < day,
                ),
            )
    return tuple(sorted(expected_of.values(), key=lambda one: (one.first, one.publication.en)))


def release_words(release: Expected) -> Text:
    """Say who publishes what is expected, when it usually comes out, and in its month that it may be out."""
    usual = say("ahead.release_words", publisher=release.publisher, when=release.usual)
    if not release.may_be_out:
        return usual
    return say("ahead.may_be_out", usual=usual, released=release_name(release.released))


def _next(months: tuple[int, ...], day: date) -> tuple[date, date]:
    """Return the first and last day of the next month in which a publication usually comes out: this one counts."""
    later = min((month - day.month) % MONTHS for month in months)
    year, month = divmod(day.year * MONTHS + day.month - 1 + later, MONTHS)
    first = date(year, month + 1, 1)
    return first, last_day(first, months=1)
