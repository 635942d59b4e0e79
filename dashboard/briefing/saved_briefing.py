"""A briefing as a small file that an officer keeps and brings back, and from which a set is made at night.

The awkward fact: what an officer wrote stands in no address and on no server. So this file is all there is of it; it is
written by us or by hand, and whatever is wrong in it is said in one sentence, with what was expected and where.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dashboard.briefing.kinds import CHOICES
from dashboard.briefing.model import Officer
from dashboard.briefing.tray import is_code
from dashboard.i18n import LANGUAGES
from dashboard.model import Words

LONGEST = 2_000_000  # letters of a file
MOST_TOLD = 60  # letters of what came, in a refusal
NAME = "briefing"
ALL = "all"  # every place
TEXTS = ("title", "introduction", "contact")
OF_SECTIONS = ("headings", "comments")
LOGGED = ("actions", "questions")  # tables of a meeting
DATES = ("since", "next")
_ABOUT = tuple(choice.name for choice in CHOICES)  # one strand, one group
_CHOICES = ("kind", "form", "language", *_ABOUT, "tray")
_YEARS = ("from", "to")
ENDLESS = "a number, or names within names, without end"
KEYS = (*_CHOICES, "places", "beside", "letter_to", *_YEARS, *DATES, *TEXTS, *OF_SECTIONS, *LOGGED)


class SavedBriefingError(ValueError):
    """A file that is no briefing of ours; the message says what was expected, what came and where."""


@dataclass(frozen=True, kw_only=True)
class SavedBriefing:
    """One briefing of a file: codes as addresses have them, "" where nothing was chosen, and an officer's words.

    `about` is which strand or group it is about, by the name of the choice; `letter_to` are addresses of those for whom
    the command makes a letter.
    """

    kind: str = ""
    form: str = ""
    language: str = ""
    tray: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    years: tuple[tuple[str, int], ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    officer: Officer = field(default_factory=Officer)
    letter_to: tuple[str, ...] = ()

    @property
    def choices(self) -> dict[str, str]:
        """What an address would say of it, but for the places."""
        years = {name: str(year) for name, year in self.years}
        days = {name: day.isoformat() for name, day in self.dates}
        named = {"kind": self.kind, "form": self.form, "file": self.language, **self.about, "tray": self.tray}
        return {name: value for name, value in {**named, **years, **days}.items() if value}


def file_text(every: Iterable[SavedBriefing]) -> str:
    """Return briefings as one file."""
    return "\n".join(line for one in every for line in _lines(one)) + "\n"


def _lines(one: SavedBriefing) -> Iterator[str]:
    yield f"[[{NAME}]]"
    for name in _CHOICES:
        if value := one.about.get(name, "") if name in _ABOUT else getattr(one, name):
            yield f"{name} = {_text(value)}"
    for name, codes in (("places", one.places), ("beside", one.beside), ("letter_to", one.letter_to)):
        if codes:
            yield f"{name} = [{', '.join(map(_text, codes))}]"
    yield from (f"{name} = {year}" for name, year in one.years)
    yield from (f"{name} = {day.isoformat()}" for name, day in one.dates)
    own = one.officer
    pairs = {"title": (own.title, own.title_cy), "introduction": (own.introduction, own.introduction_cy)}
    for name, (en, cy) in {**pairs, "contact": (own.contact, own.contact_cy)}.items():
        yield from _pair(name, Words(en=en, cy=cy))
    for name in OF_SECTIONS:
        for code, words in getattr(own, name):
            yield from _pair(f"{name}.{code if is_code(code) else _text(code)}", words)
    for name in LOGGED:
        if logged := getattr(own, name):
            rows = ", ".join(f"[{', '.join(map(_text, row))}]" for row in logged)
            yield f"{name}.rows = [{rows}]"
    yield ""


def _pair(name: str, words: Words) -> Iterator[str]:
    yield from (f"{name}.{lang} = {_text(words.text(lang))}" for lang in LANGUAGES if words.text(lang))


def _text(value: str) -> str:
    """Return a text as TOML writes it: as JSON does, and what only TOML refuses by its number."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(text: str) -> tuple[SavedBriefing, ...]:
    """Return the briefings of a file, at least one; raise `SavedBriefingError` for what is none."""
    if len(text) > LONGEST:
        raise SavedBriefingError(f"expected a file of at most {LONGEST:,} letters; came {len(text):,}")
    try:
        content = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise SavedBriefingError(f"expected a file that was saved as a briefing (TOML); {error}") from error
    except RecursionError as error:
        raise SavedBriefingError(
            "expected a file that was saved as a briefing (TOML); came brackets without end"
        ) from error
    except ValueError as error:  # Python reads no number of some thousand digits
        raise SavedBriefingError(f"expected a file that was saved as a briefing (TOML); came {ENDLESS}") from error
    entries = content.get(NAME)
    strange = sorted(set(content) - {NAME})
    if strange or not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
        raise SavedBriefingError(f"expected [[{NAME}]] at the head of each briefing; came {_listed(strange) or 'none'}")
    return tuple(_entry(one, where=f"{NAME} {n}") for n, one in enumerate(entries, start=1))


def _entry(record: Mapping[str, Any], *, where: str) -> SavedBriefing:
    strange = sorted(set(record) - set(KEYS))
    if strange:
        raise SavedBriefingError(f"{where}: expected only {', '.join(KEYS)}; came {_listed(strange)}")
    texts = {name: _string(record.get(name, ""), where=f"{where}, {name}") for name in _CHOICES}
    pairs = {name: _words(record.get(name, {}), where=f"{where}, {name}") for name in TEXTS}
    of_sections = {name: _by_section(record.get(name, {}), where=f"{where}, {name}") for name in OF_SECTIONS}
    logged = {name: _rows(record.get(name, {}), where=f"{where}, {name}") for name in LOGGED}
    return SavedBriefing(
        about={name: text for name in _ABOUT if (text := texts.pop(name))},
        **texts,
        places=_texts(record.get("places", []), "codes of places", where=f"{where}, places"),
        beside=_texts(record.get("beside", []), "codes of places", where=f"{where}, beside"),
        letter_to=tuple(
            _mail(one, where=f"{where}, letter_to")
            for one in _texts(record.get("letter_to", []), "e-mail addresses", where=f"{where}, letter_to")
        ),
        years=tuple((name, _year(record[name], where=f"{where}, {name}")) for name in _YEARS if name in record),
        dates=tuple((name, _day(record[name], where=f"{where}, {name}")) for name in DATES if name in record),
        officer=Officer(
            title=pairs["title"].en,
            title_cy=pairs["title"].cy,
            introduction=pairs["introduction"].en,
            introduction_cy=pairs["introduction"].cy,
            contact=pairs["contact"].en,
            contact_cy=pairs["contact"].cy,
            headings=of_sections["headings"],
            comments=of_sections["comments"],
            **logged,
        ),
    )


def _refused(value: object, expected: str, *, where: str) -> SavedBriefingError:
    return SavedBriefingError(f"{where}: expected {expected}; came {quoted(value)}")


def quoted(value: object) -> str:
    """Return what came, in quotation marks and cut short, as a refusal says it: no sign of it acts on the reader."""
    try:
        return repr(str(value)[:MOST_TOLD])
    except (ValueError, RecursionError):  # neither can be written out
        return ENDLESS


def _listed(names: Iterable[str]) -> str:
    plain = "".join(letter if letter.isprintable() else "□" for letter in ", ".join(names))
    return plain[:MOST_TOLD]


def _string(value: object, *, where: str) -> str:
    if not isinstance(value, str):
        raise _refused(value, "a text in quotation marks", where=where)
    return value


def _table(value: object, *, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refused(value, "names with their values", where=where)
    return value


def _words(value: object, *, where: str) -> Words:
    """Return a text in each language; one that is given alone, without a language, is for both."""
    if isinstance(value, str):
        return Words(en=value, cy=value)
    by_language = _table(value, where=where)
    strange = sorted(set(by_language) - set(LANGUAGES))
    if strange:
        raise _refused(", ".join(strange), f"{' or '.join(LANGUAGES)}", where=where)
    return Words(**{lang: _string(by_language.get(lang, ""), where=f"{where}, {lang}") for lang in LANGUAGES})


def _by_section(value: object, *, where: str) -> tuple[tuple[str, Words], ...]:
    by_code = _table(value, where=where)
    for code in by_code:
        if not is_code(code):
            raise _refused(code, "the code of a section, such as hate_crime", where=where)
    return tuple((code, _words(one, where=f"{where}, {code}")) for code, one in by_code.items())


def _texts(value: object, what: str, *, where: str) -> tuple[str, ...]:
    """Return a list of texts of some kind; a single one may stand without its brackets."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise _refused(value, f"{what} in brackets", where=where)
    return tuple(_string(one, where=where) for one in value)


def _mail(value: str, *, where: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+", value):
        raise _refused(value, "an e-mail address", where=where)
    return value


def _year(value: object, *, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1900 <= value <= 2100:
        raise _refused(value, "a year such as 2019", where=where)
    return value


def _day(value: object, *, where: str) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _refused(value, "a day such as 2026-09-10", where=where) from error
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _refused(value, "a day such as 2026-09-10", where=where)
    return value


def _rows(value: object, *, where: str) -> tuple[tuple[str, ...], ...]:
    lists = _table(value, where=where).get("rows", [])
    if not isinstance(lists, list) or not all(isinstance(row, list) for row in lists):
        raise _refused(lists, "rows of three texts: what, who, by when or the answer", where=where)
    rows = [[_string(cell, where=where) for cell in row] for row in lists]
    return tuple((*row, "", "", "")[:3] for row in rows)
