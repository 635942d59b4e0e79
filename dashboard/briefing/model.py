"""What a briefing is before it is a PDF, a deck or a workbook: sections of messages, figures, tables and texts.

The awkward fact: the same briefing is read in two languages, so it belongs to neither. Every text in it is a pair,
every figure is held in both, and a renderer asks for one language at the very end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeAlias, TypeVar

from dashboard.figure import Figure, NotHeld, Table
from dashboard.findings import Message
from dashboard.i18n import Language, t
from dashboard.model import Area, Source, Words

T = TypeVar("T")
Kind = Literal["one_page", "four_pages", "deck", "data"]
KINDS: tuple[Kind, ...] = ("one_page", "four_pages", "deck", "data")
NO_LINKS = Words(en="", cy="")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_CONTACT = 500, 2_000, 200


@dataclass(frozen=True, kw_only=True)
class Bilingual(Generic[T]):
    """One thing made in both languages, from the same figures."""

    en: T
    cy: T

    def of(self, lang: Language) -> T:
        """Return the one in `lang`."""
        return self.cy if lang == "cy" else self.en


@dataclass(frozen=True, kw_only=True)
class Officer:
    """An officer's own words, shown as typed and never run: plain text, each "" where none was given.

    Each introduction stands in the file of its own language alone.
    """

    title: str = ""
    introduction: str = ""
    introduction_cy: str = ""
    contact: str = ""

    def introduced(self, lang: Language) -> str:
        """Return the introduction in a language, "" where it was not written in it."""
        return self.introduction_cy if lang == "cy" else self.introduction


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A paragraph."""

    text: Words


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list of short texts."""

    texts: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class KeyMessages:
    """Key messages, most important first; `with_notes` prints beside each the first thing to be said with it."""

    messages: tuple[Message, ...]
    with_notes: bool = False

    def notes(self, lang: Language) -> tuple[tuple[str, ...], ...]:
        """Return what is printed beside each message: its heaviest note, said beside none before it."""
        told: set[str] = set()
        found: list[tuple[str, ...]] = []
        for message in self.messages:
            new = [text for text in message.note_texts(lang) if text not in told]
            found.append(tuple(new[:1]) if self.with_notes else ())
            told |= set(found[-1])
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure as a page shows it: title, subtitle, drawing, sentence, caveats, sources.

    `brief` leaves the chips and all but the first two caveats to the notes of the file.
    """

    figure: Bilingual[Figure]
    brief: bool = False


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A table of its own, with its caption, its sources and what it does not tell."""

    code: str
    caption: Words
    table: Bilingual[Table]
    sources: tuple[Source, ...]
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A figure that is not held: the page's own card."""

    card: Bilingual[NotHeld]


@dataclass(frozen=True, kw_only=True)
class Term:
    """A name with its text: a glossary entry, a gap, somewhere to report to; `url` "" where there is none."""

    name: Words
    text: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A list of names with their texts."""

    entries: tuple[Term, ...]


Item: TypeAlias = Prose | Bullets | KeyMessages | Picture | Rows | Absent | Terms


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what stands under it; in a deck it is one slide, and `script` is what the presenter may say.

    `backup` slides come after the end of the talk.
    """

    code: str
    heading: Words
    items: tuple[Item, ...]
    script: tuple[Words, ...] = ()
    backup: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of everything in the section, each once, in their order."""
        return tuple({source.code: source for item in self.items for source in _sources(item)}.values())


def _sources(item: Item) -> tuple[Source, ...]:
    if isinstance(item, Picture):
        return item.figure.en.sources
    if isinstance(item, Rows):
        return item.sources
    if isinstance(item, KeyMessages):
        return tuple(source for message in item.messages for source in message.sources)
    return ()


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """Everything a briefing says, in both languages, with the build it was made from; renderers only draw it.

    `first` and `last` are the days its figures cover; `edition` names the newest release among its sources.
    `warnings` are a publisher's own words on its figures, where no section says them.
    `links` are the addresses of the dashboard's own page for it in each language, "" where no address is known.
    """

    kind: Kind
    place: Area
    build: str
    made: date
    first: date
    last: date
    edition: Words
    title: Words
    subtitle: Words
    sections: tuple[Section, ...]
    warnings: tuple[Words, ...] = ()
    officer: Officer = Officer()
    links: Words = NO_LINKS

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the whole briefing, each once, in the order they are first used."""
        return tuple({source.code: source for section in self.sections for source in section.sources}.values())

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every key message, each once."""
        found = (m for item in self.items() if isinstance(item, KeyMessages) for m in item.messages)
        return tuple({message.rule: message for message in found}.values())

    @property
    def figures(self) -> tuple[Bilingual[Figure], ...]:
        """Every figure, each once by its code."""
        found = (item.figure for item in self.items() if isinstance(item, Picture))
        return tuple({figure.en.code: figure for figure in found}.values())

    @property
    def tables(self) -> tuple[Rows, ...]:
        """Every table that stands on its own, each once by its code."""
        return tuple({item.code: item for item in self.items() if isinstance(item, Rows)}.values())

    def items(self) -> Iterator[Item]:
        """Yield what stands in the sections, in order."""
        return (item for section in self.sections for item in section.items)


def file_stem(briefing: Briefing, *, lang: Language) -> str:
    """Return a file name that a person can read: "ynys-mon_un-dudalen_2026-11-25_cy"."""
    place, kind = briefing.place.name.text(lang), t(f"briefing.file.{briefing.kind}", lang=lang)
    plain = unicodedata.normalize("NFD", place).encode("ascii", "ignore").decode("ascii").lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', plain)}_{kind}_{briefing.made.isoformat()}_{lang}"
