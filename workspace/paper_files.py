"""The papers of a workspace for whoever may see them: the scorecard, minutes, and the slides of the next meeting.

The awkward fact: the address of a paper outlives the role of whoever was sent it. So what may be seen is asked of the
door when it is followed, and an address tells an outcome or a meeting by its number, never a word or a count.
"""

from __future__ import annotations

import re
from typing import cast

from dashboard import queries, store
from dashboard.briefing import forms
from dashboard.briefing.model import Briefing
from dashboard.figure import Subject
from dashboard.i18n import LANGUAGES, Language
from dashboard.model import Area
from local_figures import door, meetings, scorecard
from local_figures.door import Level
from local_figures.scorecard import Measure
from local_figures.store import editions
from local_figures.store.editions import PARTNER
from local_figures.store.schema import PARTNERS
from workspace import minutes, papers, scorecards
from workspace.files import File, Options, offer
from workspace.session import Session

EVERY = "all"  # outcomes
SCORECARD_FORMS, MINUTES_FORMS, SLIDES_FORMS = ("pdf", "docx", "xlsx"), ("docx", "pdf"), ("pptx", "presenter", "pdf")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@offer("scorecard")
def scorecard_paper(own: Session, options: Options) -> File | None:
    """Return an outcome, or all of them, as a paper; None where there is none, or none for who asks."""
    code = options.get("outcome", EVERY)
    outcomes = scorecard.outcomes() if code == EVERY else (code,)
    scores = _measures(own, options)
    if scores is None or not {*outcomes} <= {*scorecard.outcomes()}:
        return None
    number, measures, level = scores
    place = _place(own, options)
    subject = Subject(place=place, build=store.build_id())
    every = tuple(scorecards.sheet_of(outcome, measures, subject, level=level) for outcome in outcomes)
    whole = scorecards.paper(every, place=place, build=subject.build, level=level)
    return _file(whole, options, SCORECARD_FORMS, template=scorecard.TEMPLATE, number=number)


def _measures(own: Session, options: Options) -> tuple[int | None, tuple[Measure, ...], Level] | None:
    """Return the edition and the measures as who asks may see them, or as partners do where that is wanted."""
    if own.role != PARTNER and options.get("level") != PARTNERS:
        rows, measures = door.typed_scorecard(own.store, own.act())
        return rows.number, measures, "private"
    edition = door.scorecard(own.store, own.act(), level="partners")
    return (edition.number, edition.measures, edition.level) if edition else None


@offer("minutes")
def minutes_paper(own: Session, options: Options) -> File | None:
    """Return the minutes of a meeting as a paper, the first that is logged being 1; None where there is none."""
    rows = door.lines(own.store, own.act(), meetings.TEMPLATE)
    log, meeting = meetings.log(rows.lines), options.get("meeting", "")
    days = dict(enumerate(reversed(log.meetings), start=1))
    number = int(meeting) if _NUMBER.fullmatch(meeting) else 0
    if number not in days:
        return None
    place, build = _place(own, options), store.build_id()
    before, every = days.get(number - 1), editions.editions(own.store, own.act())
    happened = minutes.since(before, log, every, place=place, build=build) if before else None
    whole = minutes.paper(log, days[number], happened, place=place, build=build)
    return _file(whole, options, MINUTES_FORMS, template=meetings.TEMPLATE, number=rows.number)


@offer("slides")
def slides(own: Session, options: Options) -> File | None:
    """Return the slides of the next meeting, also in both languages at once."""
    rows = door.lines(own.store, own.act(), meetings.TEMPLATE)
    whole = minutes.slides(meetings.log(rows.lines), place=_place(own, options), build=store.build_id())
    return _file(whole, options, SLIDES_FORMS, template=meetings.TEMPLATE, number=rows.number, together=True)


def _file(
    whole: Briefing,
    options: Options,
    offered: tuple[str, ...],
    *,
    template: str,
    number: int | None,
    together: bool = False,
) -> File | None:
    """Return a paper in the form and the language that are asked for; None where it has no such form."""
    form, lang = options.get("form", ""), options.get("lang", LANGUAGES[0])
    if form not in offered or lang not in (*LANGUAGES, *((forms.BOTH,) if together else ())):
        return None
    file = papers.file(whole, form=form, lang=None if lang == forms.BOTH else cast(Language, lang))
    return File(content=file.content, name=file.name, mime=file.mime, template=template, number=number)


def _place(own: Session, options: Options) -> Area:
    build = store.build_id()
    return place_told_of(
        own.areas, queries.area(options.get("place", min(own.areas, default="")), build=build), build=build
    )


def place_told_of(areas: frozenset[str], place: Area, *, build: str) -> Area:
    """Return the place that is looked at where the workspace tells of it, or of all it is made of; else its own."""
    if place.code in areas or (place.members and {*place.members} <= areas) or not areas:
        return place
    return queries.area(min(areas), build=build)
