"""What is coming for a place as a calendar and as a feed: `/coming.ics?place=W06000015&lang=cy`, `/coming.atom`.

The awkward fact: a calendar shows what stands in it as settled. So an entry of which the month alone is known lies over
the whole month, is marked as tentative, and says in its name that its days are to be checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vUri
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from cohesion import atom
from dashboard.age import today
from dashboard.figure import Subject
from dashboard.figures.coming import Expected, Week, expected, held_words, release_words, weeks
from dashboard.i18n import Language, t, tn
from dashboard.model import Area
from dashboard.web.feed import of_a_place
from dashboard.web.site import SEEN_BY_HOST, absolute

CALENDAR, FEED = "/coming.ics", "/coming.atom"
_SIGNS = re.compile(r"[^a-z0-9]+")
NOTICE = timedelta(days=42)  # before a week begins, when the feed tells of it
_NEXT_DAY = timedelta(days=1)  # an event of whole days ends before its end


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One thing that is coming, in a language: its name, its days, what is said of it and where more stands."""

    id: str
    first: date
    last: date
    is_dated: bool
    name: str
    words: str
    link: str


def respond(http: HttpRequest) -> Response:
    """Answer with the calendar of a place in a language, or with the feed, or a plain page that says why not."""

    def make(place: Area, lang: Language, build: str) -> Response:
        write, mime = FORMS[http.url.path.rpartition(".")[2]]
        body = write(place, lang=lang, build=build, root=absolute(http), day=today())
        return Response(body, media_type=mime, headers=SEEN_BY_HOST)

    return of_a_place(http, make)


def occasions(place: Area, *, lang: Language, build: str, root: str, day: date) -> tuple[Occasion, ...]:
    """Return what is coming for a place within a year of a day, the next first."""
    view = Subject(place=place, build=build)
    every = (
        *(_week(one, place, lang=lang, root=root) for one in weeks(view, day=day)),
        *(_release(one, place, lang=lang, root=root) for one in expected(place, build=build, day=day)),
    )
    return tuple(sorted(every, key=lambda one: (one.first, one.last, one.id)))


def _week(one: Week, place: Area, *, lang: Language, root: str) -> Occasion:
    campaign, occasion = one.occasion.campaign, one.occasion
    name = campaign.name.text(lang)
    query = f"?place={place.code}&lang={lang}"
    figures = held_words(one, place).text(lang)
    cards = f"{root}/cards/{one.code}.zip{query}" if one.cards else ""
    if cards:
        cards = f"{tn('ahead.cards', count=len(one.cards), lang=lang)}: {cards}"
    rule = t(f"ahead.rule.{campaign.rule}", lang=lang)
    over = t("ahead.may_be_over", lang=lang) if one.may_be_over else ""
    source = t("ahead.source", lang=lang, url=campaign.source_url)
    return Occasion(
        id=f"{one.code}-{occasion.first.year}",
        first=occasion.first,
        last=occasion.last,
        is_dated=occasion.is_dated,
        name=name if occasion.is_dated else t("ahead.to_check", lang=lang, name=name),
        words=" ".join(part for part in (rule, over, figures, cards, source) if part),
        link=f"{root}/briefings{query}#coming",
    )


def _release(one: Expected, place: Area, *, lang: Language, root: str) -> Occasion:
    return Occasion(
        id=f"release-{_SIGNS.sub('_', one.publication.en.lower())}-{one.first:%Y-%m}",
        first=one.first,
        last=one.last,
        is_dated=False,
        name=t("ahead.release", lang=lang, title=one.publication.text(lang)),
        words=release_words(one).text(lang),
        link=f"{root}/data_and_methods?place={place.code}&lang={lang}",
    )


def calendar(place: Area, *, lang: Language, build: str, root: str, day: date) -> bytes:
    """Return the calendar of a place as RFC 5545 has it: events of whole days that take nobody's time."""
    whole = Calendar()
    whole.add("prodid", f"-//Cohesion Trends//{lang.upper()}")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", t("ahead.title", lang=lang, place=place.name.text(lang)))
    for one in occasions(place, lang=lang, build=build, root=root, day=day):
        whole.add_component(_event(one, place, lang=lang, day=day))
    return bytes(whole.to_ical())


def _event(one: Occasion, place: Area, *, lang: Language, day: date) -> Event:
    event = Event()
    event.add("uid", f"{one.id}-{place.code}-{lang}@cohesion-trends")
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("dtstart", one.first)
    event.add("dtend", one.last + _NEXT_DAY)
    event.add("summary", one.name, parameters={"language": lang})
    event.add("description", one.words, parameters={"language": lang})
    event.add("status", "CONFIRMED" if one.is_dated else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if one.link.startswith("http"):
        event.add("url", vUri(one.link))
    return event


def feed(place: Area, *, lang: Language, build: str, root: str, day: date) -> bytes:
    """Return an Atom feed of what begins within six weeks; each is told once, on the day six weeks before it."""
    near = [one for one in occasions(place, lang=lang, build=build, root=root, day=day) if one.first - NOTICE <= day]
    query = f"?place={place.code}&lang={lang}"
    name = f"coming:{place.code}:{lang}"
    whole = atom.head(
        name,
        title=t("ahead.title", lang=lang, place=place.name.text(lang)),
        updated=max((_moment(one) for one in near), default=atom.NEVER),
        author=t("app.title", lang=lang),
        own=f"{root}{FEED}{query}",
        address=f"{root}/briefings{query}#coming",
        lang=lang,
    )
    for one in near:
        told_once = f"{name}:{one.id}"
        whole.append(atom.entry(told_once, title=one.name, updated=_moment(one), address=one.link, summary=one.words))
    return atom.serialised(whole)


def _moment(one: Occasion) -> str:
    return f"{one.first - NOTICE}T00:00:00Z"


FORMS = {"ics": (calendar, "text/calendar"), "atom": (feed, atom.MIME)}
