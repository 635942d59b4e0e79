"""Compose a briefing: the one place that decides what it says; everything after this only draws.

The awkward fact: sections are remembered by build and place, so two people who ask at once share figures; an
officer's own words are laid over them afterwards and are remembered by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from dashboard import queries
from dashboard.age import today
from dashboard.briefing import talk
from dashboard.briefing.documents import LEFT_OUT, heading, left_out, ready, sections, with_officers_words
from dashboard.briefing.extra import Extra
from dashboard.briefing.kinds import BY_CODE
from dashboard.briefing.model import (
    LONGEST_CONTACT,
    LONGEST_TEXT,
    LONGEST_TITLE,
    NO_LINKS,
    NO_MARK,
    Briefing,
    Bullets,
    KeyMessages,
    Officer,
    Picture,
    Rows,
    Section,
)
from dashboard.briefing.parts import LOGS, Scope
from dashboard.briefing.tray import EMPTY, Tray
from dashboard.figures.request import in_address
from dashboard.i18n import LANGUAGES, Language
from dashboard.i18n.periods import day_name
from dashboard.i18n.text import (
    LanguageCode,
    PerLanguage,
    Text,
    Translatable,
    joined,
    list_of,
    say,
    translatable,
    written,
)
from dashboard.memory import remembered
from dashboard.model import ALL_YEARS, Area, Observation, Period, Words, Years
from dashboard.tables import period_name

UNINTRODUCED = ("slides", "tables")  # layouts where the publisher's warning stands among the cautions
# What a reader asks the age of first, one measure for each topic.
TOPICS = ("hate_crimes", "rra_offences", "population", "international_net", "asylum_supported")
OF_NEWS = ("since", "news")  # pieces that tell what is new since the last meeting
NAMED = 3  # sections that the name of a file names
SAFE = ",*"  # signs of an address that need no other spelling
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Signs of direction that overrule letters or shut them in would turn round what stands after them; marks (as in
# U+200F) and joiners belong to how Arabic, Hebrew and Persian are written.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, kw_only=True)
class Own:
    """What an officer chose: a tray, the places beside the first, some years, the last and the next meeting.

    Without a `tray` the briefing is a ready-made one, of those days.
    """

    tray: Tray | None = None
    beside: tuple[Area, ...] = ()
    years: Years = ALL_YEARS
    since: date | None = None
    next: date | None = None

    @property
    def in_address(self) -> dict[str, str]:
        """What an address says of it, but for the place and the language."""
        days = {name: day.isoformat() for name, day in (("since", self.since), ("next", self.next)) if day}
        tray = {} if self.tray is None else {"tray": self.tray.short()}
        return {**in_address(self.beside, self.years), **days, **tray}


def compose(
    *,
    kind: str,
    place: str,
    build: str,
    made_on: date,
    officer: Officer | None = None,
    address: str = "",
    own: Own | None = None,
    choice: str = "",
    extra: Extra | None = None,
) -> Briefing:
    """Return a briefing for a place (its code) from one build; `address` is where the dashboard answers, if known.

    With a tray of their `own` it is the officer's: `kind` is then "mine" on paper, "deck" on slides, "data" for the
    tables; without it the officer's words are those of the whole, for no box shows what was written of sections; what a
    meeting logged goes with a kind that has the tables for it.
    `choice` is what a kind is also about, such as one strand; "" is its usual. `extra` gives own figures to one reader:
    the file then says who may see it, and nothing of it is remembered.
    Raises `queries.UnknownCodeError` for a place there is not, ValueError for a choice that the kind has not.
    """
    where = queries.area(place, build=build)
    scope = _scope(where, own, build=build, extra=extra)
    tray = own.tray if own else None
    choice = BY_CODE[kind].chosen(choice) if tray is None else ""
    words = cleaned(officer or Officer())
    words = words if tray is not None else words.of_the_whole(logged=bool(ready(kind, choice).codes & set(LOGS)))
    piece_sections = (_remembered_sections if extra is None else _sections)(kind, tray, choice, scope, today())
    if kind == "deck":
        all_sections = talk.whole_talk(piece_sections, words, scope, tray=ready(kind) if tray is None else tray)
    else:
        all_sections = tuple(with_officers_words(piece_sections, words, tray=tray or EMPTY))
    names = list_of((one.place.name for one in scope.alone), between=", ")
    called = "mine" if tray is not None else kind
    about = BY_CODE[called].choice
    what = {"what": about.called(choice)} if about else {}
    spoken_of = [o.period for o in _observations(all_sections) or _newest_drawn(all_sections)] + list(
        _own_periods(all_sections)
    )
    title = _own_title(words, where, usual=say(f"briefing.title.{called}", place=names, **what))
    return Briefing(
        kind=kind,
        place=where,
        build=build,
        made_on=made_on,
        first=min((one.start for one in spoken_of), default=made_on),
        last=max((one.end for one in spoken_of), default=made_on),
        edition=_edition(all_sections),
        title=title,
        subtitle=_subtitle(own, called, scope, what),
        sections=all_sections,
        warnings=tuple(_warnings(kind, all_sections)),
        officer=words,
        links=_links(address, place=place, kind=called, choice=choice, own=own),
        names=names,
        called=_file_label(kind, tray, words, what),
        told_since=_told_since(ready(kind, choice) if tray is None else tray, scope),
        mark=extra.mark(tray.pieces) if extra and tray else NO_MARK,
    )


def _scope(where: Area, own: Own | None, *, build: str, extra: Extra | None) -> Scope:
    """Return for what a briefing is composed: a place, and what an officer chose."""
    chosen = own or Own()
    return Scope(place=where, build=build, beside=chosen.beside, years=chosen.years, since=chosen.since, extra=extra)


def _warnings(kind: str, sections: tuple[Section, ...]) -> Iterator[Translatable]:
    """Yield what a file says of itself where no section of it does: tables alone have no room for what was left out."""
    if BY_CODE[kind].layout in UNINTRODUCED:
        yield say("hate_crime.publisher")
    if kind == "data":
        lists = (item for section in sections if section.code == LEFT_OUT for item in section.items)
        yield from (text for item in lists if isinstance(item, Bullets) for text in item.texts)


def _subtitle(own: Own | None, called: str, scope: Scope, what: Mapping[str, Translatable]) -> Translatable:
    """Return what a briefing is for: an officer's own for the day of the next meeting, where it was named."""
    if own and own.next:
        return say("briefing.subtitle.meeting", day=day_name(own.next))
    return say(f"briefing.subtitle.{called}", in_place=scope.place_in, **what)


def _file_label(kind: str, tray: Tray | None, words: Officer, what: Mapping[str, Translatable]) -> Translatable:
    """Return what a file is called: an officer's own by their title or its sections, a ready-made one by its kind.

    A presentation is a web page, as is what is read, so slides are called slides.
    """
    if tray is None:
        ready_made = say(f"briefing.file.{kind}", **what)
        return Words(**{lang: f"{ready_made.text(lang)} {words.titled(lang)}".rstrip() for lang in LANGUAGES})
    every = [heading(part.code) for part in tray.parts]
    more = (f"+{len(every) - NAMED}",) if len(every) > NAMED else ()
    usual = list_of((*every[:NAMED], *more), between=" ") if every else say("briefing.file.mine")
    slides = say("briefing.file.deck") if kind == "deck" else ""
    return PerLanguage(lambda lang: f"{words.titled(lang) or usual.text(lang)} {written(slides, lang)}")


def _told_since(tray: Tray, scope: Scope) -> Translatable:
    """Return since when a briefing tells what is new, for the names of its files; "" where it does not tell that."""
    if scope.since is None or not any(piece.code in OF_NEWS for piece in tray.pieces):
        return translatable("")
    return say("briefing.file.since", day=scope.since.isoformat())


def _own_title(words: Officer, where: Area, *, usual: Translatable) -> Translatable:
    """Return an officer's title with the place before it, where it does not name it already; ours where there is none.

    A title stands in the files of its own language alone.
    """

    def title(lang: Language) -> str:
        own, name = words.titled(lang), where.name.text(lang)
        return (own if name in own else f"{name}: {own}") if own else usual.text(lang)

    return PerLanguage(title)


def cleaned(officer: Officer) -> Officer:
    """Return an officer's words without control characters and signs that turn text round, cut to what a page holds.

    Markup stays plain text.
    """
    title, contact = partial(_plain, most=LONGEST_TITLE), partial(_plain, most=LONGEST_CONTACT)
    text = partial(_plain, most=LONGEST_TEXT, lines=True)
    return Officer(
        title=title(officer.title),
        title_cy=title(officer.title_cy),
        introduction=text(officer.introduction),
        introduction_cy=text(officer.introduction_cy),
        contact=contact(officer.contact),
        contact_cy=contact(officer.contact_cy),
        headings=tuple((code, Words(en=title(own.en), cy=title(own.cy))) for code, own in officer.headings),
        comments=tuple((code, Words(en=text(own.en), cy=text(own.cy))) for code, own in officer.comments),
        actions=tuple(tuple(map(title, row)) for row in officer.actions if any(cell.strip() for cell in row)),
        questions=tuple(tuple(map(title, row)) for row in officer.questions if any(cell.strip() for cell in row)),
    )


def _plain(text: str, *, most: int, lines: bool = False) -> str:
    plain = _LINE_END.sub("\n", text) if lines else re.sub(r"\s+", " ", text)
    plain = _UNPRINTABLE.sub("", plain)
    return plain.strip()[:most]


def _sections(  # the day is for the ages that are said
    kind: str,
    tray: Tray | None,
    choice: str,
    scope: Scope,
    day: date,  # noqa: ARG001
) -> tuple[Section, ...]:
    """Return the sections that have something to say: of one publication alone some have nothing."""
    contents = ready(kind, choice) if tray is None else tray
    composed = talk.slides(contents, scope) if kind == "deck" else sections(contents, scope, tables=kind == "data")
    return tuple(composed) if tray is None else (*composed, *left_out(tray, scope))


_remembered_sections = remembered(most=128)(_sections)


def _observations(sections: tuple[Section, ...]) -> tuple[Observation, ...]:
    """Return the figures that the key messages rest on: what the briefing speaks of."""
    items = (item for section in sections for item in section.items if isinstance(item, KeyMessages))
    return tuple(o for item in items for message in item.messages for o in message.observations)


def _newest_drawn(sections: tuple[Section, ...]) -> tuple[Observation, ...]:
    """Return the newest figures of every picture, and those that tables say the days of."""
    items = (item for section in sections for item in section.items if isinstance(item, Picture | Rows))
    newest = (item.newest if isinstance(item, Rows) else item.figure.newest for item in items)
    return tuple(o for of_one in newest for o in of_one)


def _own_periods(sections: tuple[Section, ...]) -> Iterator[Period]:
    """Yield the newest day or period of each own figure: no publication has them."""
    for item in (one for section in sections for one in section.items if isinstance(one, Picture) and one.figure.mark):
        days = (item.figure.table.cells(key)[0] for key in ("period_start", "period_end"))
        yield from (Period(start=date.fromisoformat(str(day)), months=0) for day in days)


def _edition(sections: tuple[Section, ...]) -> Translatable:
    """Name the newest period held of each topic the messages and figures speak of: they are rarely equally new."""
    observations = (*_observations(sections), *_newest_drawn(sections))
    newest = {o.measure: o for o in sorted(observations, key=lambda o: o.period.end)}
    newest_by_topic = [newest[measure] for measure in TOPICS if measure in newest]
    if not newest_by_topic:
        return translatable("")
    return say("briefing.edition", listed=list_of(_held_to(o) for o in newest_by_topic))


def _held_to(figure: Observation) -> Text:
    period = period_name(figure.period, measure=figure.measure)
    return say(f"briefing.held.{figure.measure}", period=period)


def _links(address: str, *, place: str, kind: str, choice: str, own: Own | None) -> Translatable:
    """Return the addresses of the page that makes this briefing, "" where the dashboard's own is not known."""
    if not address:
        return NO_LINKS
    base = address.rstrip("/")
    about = BY_CODE[kind].choice
    parts = {"place": place, "kind": kind, **({about.name: choice} if about else {}), **(own.in_address if own else {})}
    return joined(f"{base}/briefings?lang=", LanguageCode(), f"&{urlencode(parts, safe=SAFE)}")
