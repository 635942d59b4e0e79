"""The parts that briefings are put together from: a page's block in both languages, a text by its key.

The awkward fact: a place has not everything. A part that has nothing to show is left out, or says that it is not held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dashboard import queries
from dashboard.briefing.model import Absent, Bilingual, Bullets, KeyMessages, Picture, Rows, Term, Terms
from dashboard.charts import TimeLine
from dashboard.figure import Block, Figure, NotHeld, View
from dashboard.findings import Message, messages
from dashboard.findings.evidence import evidence
from dashboard.findings.gaps import not_held
from dashboard.findings.message import note
from dashboard.i18n import LANGUAGES
from dashboard.model import Area, Words

T = TypeVar("T")
SUPPORT_PAGE = "https://www.reporthate.victimsupport.org.uk"
SUPPORT = ("emergency", "police", "centre")
NEWEST_ROWS, BRIEF_ROWS = 4, 2  # of a figure without a chart
QUESTIONS = ("reporting", "services", "difference")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For what a briefing is composed: a place and a build."""

    place: Area
    build: str

    @property
    def police(self) -> Area:
        """The area whose police figures the place is shown."""
        return queries.police_area(self.place.code, build=self.build)

    @property
    def view(self) -> Bilingual[View]:
        """The place as a page sees it, in each language."""
        return Bilingual(
            en=View(place=self.place, lang="en", build=self.build),
            cy=View(place=self.place, lang="cy", build=self.build),
        )

    @property
    def place_in(self) -> Words:
        """The place inside a sentence: "in Cardiff" / "yng Nghaerdydd"."""
        return self.place.in_ or self.place.name


def both(make: Callable[[View], T], asked: Asked) -> Bilingual[T]:
    """Make one thing in both languages."""
    return Bilingual(en=make(asked.view.en), cy=make(asked.view.cy))


def picture(
    make: Callable[[View], Block | None],
    asked: Asked,
    *,
    brief: bool = False,
    every_row: bool = False,
) -> tuple[Picture | Rows | Absent, ...]:
    """Return a page's block as one item: the figure, or the card that says it is not held; nothing for no block.

    A figure whose numbers never pass five has no chart: its finding stands over its newest rows, or over `every_row`
    where tables are what is handed over.
    """
    made = both(make, asked)
    if isinstance(made.en, Figure) and isinstance(made.cy, Figure):
        if not made.en.has_chart:
            most = None if every_row else BRIEF_ROWS if brief else NEWEST_ROWS
            return (_finding_over_rows(made.en, made.cy, most=most),)
        english, welsh = (without_events(one) if brief else one for one in (made.en, made.cy))
        return (Picture(figure=Bilingual(en=english, cy=welsh), brief=brief),)
    if isinstance(made.en, NotHeld) and isinstance(made.cy, NotHeld):
        return (Absent(card=Bilingual(en=made.en, cy=made.cy)),)
    return ()


def _finding_over_rows(english: Figure, welsh: Figure, *, most: int | None) -> Rows:
    """Return a figure's finding over its `most` newest rows, or all, with one note fewer than there are rows."""
    pairs = zip((english.sentence, *english.caveats), (welsh.sentence, *welsh.caveats), strict=True)
    first, second = (replace(one.table, rows=one.table.rows[:most]) for one in (english, welsh))
    return Rows(
        code=english.code,
        caption=Words(en=english.title, cy=welsh.title),
        table=Bilingual(en=first, cy=second),
        sources=english.sources,
        notes=tuple(Words(en=en, cy=cy) for en, cy in pairs)[: None if most is None else most - 1],
    )


def without_events(figure: Figure) -> Figure:
    """Return a figure without numbered events: where it stands small there is no room to name them."""
    drawing = figure.drawing
    if not isinstance(drawing, TimeLine) or not drawing.events:
        return figure
    caveats = tuple(text for text in figure.caveats if not all(event.label in text for event in drawing.events))
    return replace(figure, drawing=replace(drawing, events=()), caveats=caveats)


def rows(make: Callable[[View], Any], asked: Asked) -> tuple[Rows, ...]:
    """Return a small table as one item; nothing where the place has no figures for it."""
    made = both(make, asked)
    if made.en is None or made.cy is None:
        return ()
    return (
        Rows(
            code=made.en.code,
            caption=Words(en=made.en.caption, cy=made.cy.caption),
            table=Bilingual(en=made.en.table, cy=made.cy.table),
            sources=made.en.sources,
            notes=tuple(Words(en=en, cy=cy) for en, cy in zip(made.en.notes, made.cy.notes, strict=True)),
        ),
    )


def evidence_of(found: tuple[Message, ...], asked: Asked) -> tuple[Rows, ...]:
    """Return the figures that messages rest on as one table, each with what it counts; nothing where there are none."""
    made = Bilingual(**{lang: evidence(found, lang=lang, build=asked.build) for lang in LANGUAGES})
    if made.en is None or made.cy is None:
        return ()
    sources = {source.code: source for message in found for source in message.sources}
    caption = note("messages.evidence", in_place=asked.place_in)
    table = Bilingual(en=made.en, cy=made.cy)
    return (Rows(code="evidence", caption=caption, table=table, sources=tuple(sources.values())),)


def said(asked: Asked, *rules: str, up_to_date: bool = False) -> tuple[KeyMessages, ...]:
    """Return the messages of some rules that hold for the place, in the order asked for, as one item.

    `up_to_date` leaves out those whose publication has moved on: a slide has room for few.
    """
    held = {m.rule: m for m in messages(asked.view.en) if not (up_to_date and m.age.older)}
    found = tuple(held[rule] for rule in rules if rule in held)
    return (KeyMessages(messages=found),) if found else ()


def bullets(*texts: Words) -> Bullets:
    """Return a list of texts."""
    return Bullets(texts=texts)


def unknown(asked: Asked) -> tuple[Words, ...]:
    """Return the two things a reader most often asks that no figure held can tell."""
    is_local = asked.place.kind in ("local_authority", "composite")
    first = (
        note("briefing.unknown.place", in_place=asked.place_in, force=asked.police.name)
        if is_local
        else note("briefing.unknown.wide", in_place=asked.place_in)
    )
    return first, note("briefing.unknown.why")


def questions() -> tuple[Words, ...]:
    """Return three questions for the people around the table."""
    return tuple(note(f"briefing.question.{name}") for name in QUESTIONS)


def may_be_linked() -> Terms:
    """Return the question that is always asked of the two subjects, with its answer."""
    return Terms(entries=(Term(name=note("link_note.title"), text=note("link_note.text")),))


def support() -> Terms:
    """Return where to report a hate crime and get support."""
    entries = ((name, SUPPORT_PAGE if name == "centre" else "") for name in SUPPORT)
    return Terms(
        entries=tuple(
            Term(name=note(f"briefing.support.{name}.name"), text=note(f"briefing.support.{name}.text"), url=url)
            for name, url in entries
        )
    )


def gaps(asked: Asked, *topics: str, most: int) -> Terms:
    """Return what is not held of the topics of a document, with why and the official page: a few, in turns."""
    held = not_held(asked.place, topics=topics, build=asked.build)[:most]
    return Terms(entries=tuple(Term(name=gap.heading, text=gap.text, url=gap.url) for gap in held))
