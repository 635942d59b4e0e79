"""What a briefing is before it is a PDF, a deck or a workbook: sections of messages, figures, tables and texts.

The awkward fact: the same briefing is read in several languages, so it belongs to none. Every text and every figure in
it keeps its keys and values, and a renderer asks for one language at the very end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from dashboard.briefing.kinds import BY_CODE, READY_MADE, ROWS, Kind
from dashboard.figure import Figure, NotHeld, Table
from dashboard.findings import Message, Quantity
from dashboard.i18n import Language
from dashboard.i18n.periods import release_label
from dashboard.i18n.text import Translatable, Wording
from dashboard.model import Area, Observation, Source, Words

KINDS = tuple(row.code for row in READY_MADE)
EVERY_KIND = tuple(row.code for row in ROWS)  # and what an officer puts together
NO_LINKS = NO_MARK = Words(en="", cy="")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_CONTACT = 500, 10_000, 200
LONGEST_NAME = 60  # letters of each part of a file name


@dataclass(frozen=True, kw_only=True)
class Officer:
    """An officer's own words, shown as typed and never run: plain text, each "" where none was given.

    Each stands in the file of its own language alone, but for a contact that was given in one. `headings` and
    `comments` are of sections, by their codes; `actions` are rows of what, who and by when, `questions`
    of what, who will answer, and what was answered.
    """

    title: str = ""
    title_cy: str = ""
    introduction: str = ""
    introduction_cy: str = ""
    contact: str = ""
    contact_cy: str = ""
    headings: tuple[tuple[str, Words], ...] = ()
    comments: tuple[tuple[str, Words], ...] = ()
    actions: tuple[tuple[str, ...], ...] = ()
    questions: tuple[tuple[str, ...], ...] = ()

    def of_the_whole(self, *, logged: bool) -> Officer:
        """Return what is said of the whole briefing: of its sections an officer speaks in one of their own alone.

        What a meeting `logged` is said where there are tables for it.
        """
        whole = replace(self, headings=(), comments=())
        return whole if logged else replace(whole, actions=(), questions=())

    def introduced(self, lang: Language) -> str:
        """Return the introduction in a language, "" where it was not written in it."""
        return self.introduction_cy if lang == "cy" else self.introduction

    def titled(self, lang: Language) -> str:
        """Return the title in a language, "" where it was not written in it."""
        return self.title_cy if lang == "cy" else self.title

    def reached(self, lang: Language) -> str:
        """Return whom to ask: as it was written in a language, or else in the other, for names have none."""
        both = (self.contact_cy, self.contact) if lang == "cy" else (self.contact, self.contact_cy)
        return both[0] or both[1]


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A paragraph."""

    text: Translatable


@dataclass(frozen=True, kw_only=True)
class Remark(Prose):
    """A paragraph of an officer's own; it says nothing in a language that it was not written in."""


@dataclass(frozen=True, kw_only=True)
class Contact(Prose):
    """A paragraph that tells whom to ask where no officer named anybody."""


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list of short texts, on paper as `small` as notes where they explain and do not tell."""

    texts: tuple[Translatable, ...]
    small: bool = False


@dataclass(frozen=True, kw_only=True)
class KeyMessages:
    """Key messages, most important first; `with_notes` prints beside each the first thing to be said with it.

    `brief` says of each its first sentence, what qualifies that, and its age; `cited` ends with its sources.
    """

    messages: tuple[Message, ...]
    with_notes: bool = False
    brief: bool = False
    cited: bool = False

    def texts(self, lang: Language) -> tuple[str, ...]:
        """Return what is said of each message."""
        texts = (message.brief(lang) if self.brief else message.text(lang) for message in self.messages)
        if not self.cited:
            return tuple(texts)
        return tuple(
            f"{text} {_sources_in_brackets(one, lang)}" for text, one in zip(texts, self.messages, strict=True)
        )

    def notes(self, lang: Language) -> tuple[tuple[str, ...], ...]:
        """Return what is printed beside each message: its heaviest note, said beside none before it."""
        earlier_notes: set[str] = set()
        notes: list[tuple[str, ...]] = []
        for message in self.messages:
            new = [text for text in message.note_texts(lang) if text not in earlier_notes]
            notes.append(tuple(new[:1]) if self.with_notes else ())
            earlier_notes |= set(notes[-1])
        return tuple(notes)


def _sources_in_brackets(message: Message, lang: Language) -> str:
    """Say from where the figures of its first sentence are and of when: "(Home Office, 21 August 2026)"."""
    counted = {
        o.source for name, value in message.values if name == "n" and isinstance(value, Quantity) for o in value.of
    }
    sources = [source for source in message.sources if source.code in counted or not counted]
    days = ((source.publisher_inside(lang), release_label(source.released, lang=lang)) for source in sources)
    return f"({'; '.join(dict.fromkeys(f'{publisher}, {day}' for publisher, day in days))})"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure as a page shows it: title, subtitle, drawing, sentence, caveats, sources.

    `brief` leaves the chips and all but the first two caveats to the notes of the file; one that is not
    `with_sentence` has none under it, where its title and a message say enough.
    """

    figure: Figure[Wording]
    brief: bool = False
    with_sentence: bool = True


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A table of its own, with its caption, its sources, what it does not tell, and the figures it says the days of.

    One that is `to_keep` is read or written in on paper: a slide has no room for it.
    """

    code: str
    caption: Translatable
    table: Table[Wording]
    sources: tuple[Source, ...]
    notes: tuple[Translatable, ...] = ()
    newest: tuple[Observation, ...] = ()
    to_keep: bool = False


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A figure that is not held: the page's own card."""

    card: NotHeld[Wording]


@dataclass(frozen=True, kw_only=True)
class Term:
    """A name with its text: a glossary entry, a gap, somewhere to report to; `url` "" where there is none."""

    name: Translatable
    text: Translatable
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A list of names with their texts."""

    entries: tuple[Term, ...]


Item: TypeAlias = Prose | Bullets | KeyMessages | Picture | Rows | Absent | Terms


@dataclass(frozen=True, kw_only=True)
class Talk:
    """How a slide is spoken: its minutes, how the talk comes to it, and a hard question with its answer.

    `bridge` is what leads on from it to the next, which the next one's `opening` says.
    """

    minutes: float
    opening: Translatable
    question: Translatable | None = None
    answer: Translatable | None = None
    bridge: Translatable | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what stands under it; in a deck it is one slide, and `script` is what the presenter says.

    `backup` slides come after the end of the talk and have no `talk`. A slide's code is that of its piece, and its
    `part` the section of the tray that the piece lies in.
    """

    code: str
    heading: Translatable
    items: tuple[Item, ...]
    part: str = ""
    script: tuple[Translatable, ...] = ()
    backup: bool = False
    talk: Talk | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of everything in the section, each once, in their order."""
        return tuple({source.code: source for item in self.items for source in _sources(item)}.values())


def _sources(item: Item) -> tuple[Source, ...]:
    if isinstance(item, Picture):
        return item.figure.sources
    if isinstance(item, Rows):
        return item.sources
    if isinstance(item, KeyMessages):
        return tuple(source for message in item.messages for source in message.sources)
    return ()


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """Everything a briefing says, in no language yet, with the build it was made from; renderers only draw it.

    `first` and `last` are the days its figures cover; `edition` names the newest release among its sources.
    `warnings` are a publisher's own words on its figures, where no section says them.
    `links` are the addresses of the dashboard's own page for it in each language, "" where no address is known.
    `mark` says on every page, slide and sheet who may see it, "" where anybody may.
    `names` are its places, and `called` and `told_since` are what the names of its files say of it after them. An
    officer's own has kind "mine" on paper, and on slides and in tables the kind of the forms that draw them.
    """

    kind: str
    place: Area
    build: str
    made_on: date
    first: date
    last: date
    edition: Translatable
    title: Translatable
    subtitle: Translatable
    sections: tuple[Section, ...]
    warnings: tuple[Translatable, ...] = ()
    officer: Officer = Officer()
    links: Translatable = NO_LINKS
    mark: Translatable = NO_MARK
    names: Translatable
    called: Translatable
    told_since: Translatable = NO_LINKS

    @property
    def look(self) -> Kind:
        """How its kind is set."""
        return BY_CODE[self.kind]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the whole briefing, each once, in the order they are first used."""
        return tuple({source.code: source for section in self.sections for source in section.sources}.values())

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every key message, each once."""
        every_message = (m for item in self.items() if isinstance(item, KeyMessages) for m in item.messages)
        return tuple({(message.rule, message.observations): message for message in every_message}.values())

    def message_texts(self, lang: Language) -> tuple[str, ...]:
        """Return what its key messages say in a language, each as it stands."""
        return tuple(text for item in self.items() if isinstance(item, KeyMessages) for text in item.texts(lang))

    @property
    def figures(self) -> tuple[Figure[Wording], ...]:
        """Every figure, each once by its code."""
        every_figure = (item.figure for item in self.items() if isinstance(item, Picture))
        return tuple({figure.code: figure for figure in every_figure}.values())

    @property
    def tables(self) -> tuple[Rows, ...]:
        """Every table that stands on its own, each once by its code."""
        return tuple({item.code: item for item in self.items() if isinstance(item, Rows)}.values())

    def read_in(self, lang: Language) -> Briefing:
        """Return the briefing without the remarks that say nothing in a language, and without what then is empty."""
        sections = (
            replace(one, items=tuple(i for i in one.items if not isinstance(i, Remark) or i.text.text(lang)))
            for one in self.sections
        )
        return replace(self, sections=tuple(section for section in sections if section.items))

    def items(self) -> Iterator[Item]:
        """Yield what stands in the sections, in order."""
        return (item for section in self.sections for item in section.items)


def file_stem(briefing: Briefing, *, lang: Language) -> str:
    """Return a file name that a person can read: "ynys-mon_un-dudalen_2026-11-25_cy"."""
    named = (in_file_name(name.text(lang)) for name in (briefing.names, briefing.called, briefing.told_since))
    return "_".join((*filter(None, named), briefing.made_on.isoformat(), lang))


def in_file_name(text: str) -> str:
    """Return a text in small letters without accents and with hyphens, cut between words to what a name can hold."""
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii").lower()
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return whole if len(whole) <= LONGEST_NAME else whole[:LONGEST_NAME].rpartition("-")[0] or whole[:LONGEST_NAME]
