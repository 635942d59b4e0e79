"""What a link means after people, letters and newsletters have handled it.

The awkward fact: a link is typed, translated, ended with a full stop and sent through systems that write "&amp;" for
"&"; and the usual place is a real one, so a part that is lost shows another place's figures. What can only mean one
thing is read as that; whatever else is not known is told to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from cohesion.days import EARLIEST, day_written
from cohesion.folding import words
from dashboard import queries
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.text import Translatable
from dashboard.memory import remembered
from dashboard.model import SMALL_AREAS, Area

# Every part that an address of ours may have, and what else people call it.
PARTS = frozenset(
    {
        "lang",
        "place",
        "with",
        "from",
        "to",
        "since",
        "at",
        "unit",
        "ranges",
        "offence",
        "strand",
        "support",
        "scheme",
        "part",
        "year",
        "layer",
        "small_area",
        "measure",
        "set",
        "form",
        "kind",
        "tray",
        "next",
        "file",
        "group",
        "outcome",
        "q",
    }
)
_ALSO_CALLED = {
    "lang": ("language", "iaith"),
    "place": ("places", "area", "lle", "lleoliad", "ardal"),
    "with": ("beside", "gyda"),
    "year": ("years", "blwyddyn"),
    "small_area": (*SMALL_AREAS, "ardalfach"),
    "at": ("date", "day", "dyddiad", "diwrnod"),
}
_FREE_TEXT = frozenset({"q"})
# What mailing and advertising systems hang onto every link; it says nothing about what is to be shown.
_OF_OTHERS = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|mkt_tok|_hs\w+|embed(_options)?", re.IGNORECASE)
_LANGUAGE_NAMES: Mapping[Language, tuple[str, ...]] = {
    "en": ("en", "eng", "engb", "enuk", "english", "saesneg"),
    "cy": ("cy", "cym", "cygb", "cyuk", "wel", "welsh", "cymraeg", "gymraeg"),
}
_AND = r"(?:(?:amp|#38|#x26);)+"
_BEFORE_A_NAME = re.compile(rf"^(?:{_AND}|[?&;\s])+", re.IGNORECASE)
# Possessive, so that thousands of question marks take no longer than they are long.
_NEXT_PART = re.compile(r"(?<![&;?])[&;?]++(?:(?:(?:amp|#38|#x26);)++)?(?=[A-Za-z_]++=)", re.IGNORECASE)
LONGEST_TAKEN_APART = 2000  # letters: what is longer is no link that anybody sent, and is read as it stands
_SHORTEST = 4  # letters; fewer of a name are no name ("y", "sir", "de")
_NEXT_NAME = re.compile(r"[,;|/+&]|\s(?:and|ac?)\s|\s(?=[A-Za-z]\d{8}\b)", re.IGNORECASE)
_ASPIRATE = {"c": "Ch", "p": "Ph", "t": "Th"}  # after "a" and in other places where no form of ours has it
Parts = dict[str, str]


def understood(parts: Iterable[tuple[str, str]]) -> tuple[Parts, Parts]:
    """Return the parts of an address under their own names, and those whose names mean nothing here.

    A value that no eye sees is an empty one. Of a part named twice the last that says something is taken, but one that
    is named as it should be before one that is not.
    """
    ours: Parts = {}
    strange: Parts = {}
    for name, written in (part for one in parts for part in _taken_apart(*one)):
        meant, value = _part_named(name), written if is_seen(written) else ""
        if meant is None:
            strange |= {} if _OF_OTHERS.fullmatch(name) else {name: value}
        elif (name == meant or meant not in ours) and (value or not ours.get(meant)):
            ours[meant] = value
    return ours, strange


def is_seen(value: str) -> bool:
    """Return whether a value says anything: spaces and signs of no width do not."""
    return any(letter.isprintable() and not letter.isspace() for letter in value)


def is_twice(parts: Iterable[tuple[str, str]]) -> bool:
    """Return whether an address of a file gives one name several values: the last of them is not what was asked."""
    once: dict[str, str] = {}
    return any(once.setdefault(name, value) != value for name, value in parts)


def means_twice(parts: Iterable[tuple[str, str]], *, of: Collection[str] = PARTS) -> bool:
    """Return whether somebody's link gives one of our names several meanings, however it spells them."""
    every = every_value(parts)
    return any(len({*map(letters_of, every.get(name, ()))}) > 1 for name in of)


def every_value(parts: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return all that an address says under each name of ours, each value once; what is empty says nothing."""
    values: dict[str, dict[str, None]] = {}
    for name, value in (part for one in parts for part in _taken_apart(*one)):
        meant = _part_named(name)
        if meant and is_seen(value):
            values.setdefault(meant, {})[value] = None
    return {name: tuple(every) for name, every in values.items()}


def _taken_apart(name: str, value: str) -> list[tuple[str, str]]:
    """Return the parts that stand in one part: what divides them was spelt in another way."""
    name = _BEFORE_A_NAME.sub("", name[:LONGEST_TAKEN_APART])
    if name.casefold() in _FREE_TEXT or len(name) + len(value) > LONGEST_TAKEN_APART:
        return [(name, value)]
    whole = f"{name}={value}" if value or "=" not in name else name
    if not _NEXT_PART.search(whole) and value:
        return [(name, value)]
    divided = (piece.partition("=") for piece in _NEXT_PART.split(whole))
    return [(one, text) for one, _, text in divided if one]


@lru_cache(maxsize=256)
def _part_named(name: str) -> str | None:
    plain = letters_of(name)
    return next((part for part in PARTS if plain in (letters_of(part), *_ALSO_CALLED.get(part, ()))), None)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, small and without accents: "Ynys Môn." is "ynysmon"."""
    return "".join(words(unquote(text)))


def way_up(*, raw_path: str, below: str) -> str:
    """Return the address of the first page, seen from a path: "../", or "/cohesion/" where it is known to stand there.

    A proxy may take the first part of a path off and tell nobody, so that no address of ours may begin at the host.
    """
    return f"{below}/" if below else "../" * (raw_path.count("/") - 1) or "./"


def language_meant(text: str) -> Language | None:
    """Return the language that a link names: "CY", "cy-GB", "Welsh" and "Cymraeg" are one."""
    plain = letters_of(text)
    return next((lang for lang in LANGUAGES if plain in _LANGUAGE_NAMES[lang]), None)


def language_of(query: str) -> Language | None:
    """Return the language that a query string asks for, None where it asks for none or for one we do not have."""
    ours, _ = understood(parse_qsl(query[:LONGEST_TAKEN_APART], keep_blank_values=True))
    return language_meant(ours.get("lang", ""))


def place_meant(text: str, *, build: str) -> str | None:
    """Return the code of the one place that a link names: by its code or its name in either language, as people write.

    Words that only one place has are enough: "Cardiff & Vale", "Anglesey".
    """
    codes, names = _names(build)
    plain = letters_of(text)
    if plain in codes:
        return codes[plain]
    named = frozenset(words(unquote(text)))
    having = {code for code, name in names if named <= name} if len(plain) >= _SHORTEST else set()
    return having.pop() if len(having) == 1 else None


def places_named(text: str, *, build: str) -> tuple[str | None, ...]:
    """Return the places that a link names: one, or each of a list once, with None for words that name none."""
    one = place_meant(text, build=build)
    pieces = [piece for piece in _NEXT_NAME.split(text[:LONGEST_TAKEN_APART]) if piece.strip()]
    if one or len(pieces) < 2:
        return (one,)
    return tuple(dict.fromkeys(place_meant(piece, build=build) for piece in pieces))


@remembered(most=2)
def _names(build: str) -> tuple[Mapping[str, str], tuple[tuple[str, frozenset[str]], ...]]:
    """Return the places by everything they are called, and the words of each of their names."""
    places = [queries.area(code, build=build) for code in queries.places(build=build)]
    called = {letters_of(name): area.code for area in places for name in _forms(area) if letters_of(name)}
    exact = {letters_of(name): area.code for area in places for name in (*_in_each(area.name), area.code)}
    words_of_names = tuple((area.code, frozenset(words(name))) for area in places for name in _in_each(area.name))
    return called | exact, words_of_names


def called(area: Area, lang: Language) -> tuple[str, ...]:
    """Return a place's name in a language, and then whatever else it is called: for those who type it."""
    return tuple(dict.fromkeys((area.name.text(lang), *_in_each(area.name), *_mutated(area))))


def _in_each(name: Translatable) -> Iterable[str]:
    """Yield a name in every language."""
    return (name.text(lang) for lang in LANGUAGES)


def _mutated(area: Area) -> Iterable[str]:
    """Yield a place's Welsh name as sentences have it: "yng Nghaerdydd", "i Gaerdydd", "Chaerdydd"."""
    name = area.name.text("cy")
    if name[0].lower() in _ASPIRATE and not name.startswith(("Ch", "Ph", "Th")):
        yield f"{_ASPIRATE[name[0].lower()]}{name[1:]}"
    yield from (phrase.cy for phrase in (area.in_, area.to, area.from_) if phrase)


def _forms(area: Area) -> Iterable[str]:
    """Yield a place's name as in sentences: "yng Nghaerdydd", and "Nghaerdydd"; a police force has no such forms."""
    yield from _mutated(area)
    for phrase in (area.in_, area.to, area.from_):
        for text in _in_each(phrase) if phrase else ():
            yield text
            yield text.partition(" ")[2]


def value_meant(text: str, options: Sequence[str]) -> str | None:
    """Return the one option that a link means when its letters and digits are what counts."""
    having = [option for option in options if letters_of(option) == letters_of(text)]
    return having[0] if text and len(having) == 1 else None


def meetings_turned(days: Mapping[str, date | None]) -> bool:
    """Tell whether the next meeting (`next`) stands before the last one (`since`)."""
    last, following = days.get("since"), days.get("next")
    return last is not None and following is not None and following < last


def day_meant(text: str) -> date | None:
    """Return the day that somebody wrote: 2026-09-10, 10/9/26, 10 September 2026, 10 Medi 2026."""
    named = day_written(text, short_years=True)
    return named if named and named.year >= EARLIEST else None


def page_meant(path: str, pages: Iterable[str]) -> str | None:
    """Return the page that a path names: by its own name, or by the one in the navigation of either language."""
    plain = letters_of(path)
    return next(
        (
            page
            for page in pages
            if plain in {letters_of(page), *(letters_of(t(f"nav.{page}", lang=lang)) for lang in LANGUAGES)}
        ),
        None,
    )
