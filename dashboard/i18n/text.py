"""A text before anybody has asked for a language: a key of the catalogue with its values, or texts in a row.

The awkward fact: a figure is read in more languages than it is made in. Whatever says something therefore keeps what
it says, and `text(lang)` says it; a text that is put into a string by mistake raises instead of reading "Text(…)".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from math import inf
from operator import attrgetter, is_
from typing import Any, Generic, Protocol, TypeAlias

from typing_extensions import TypeVar

from dashboard.i18n import Language, t, tn


class Translatable(Protocol):
    """Anything that can say itself in a language: a text, a number, a period, a name of the data."""

    def text(self, lang: Language, /) -> str:
        """Return the words in `lang`."""


Wording: TypeAlias = str | Translatable  # a plain string reads the same in every language
# What a figure's words are: `str` as somebody reads it, `Wording` as it is made.
W = TypeVar("W", bound=Wording, default=str, covariant=True)  # noqa: PLC0105


def written(wording: Wording, lang: Language) -> str:
    """Return a wording as it is read in a language."""
    return wording if isinstance(wording, str) else wording.text(lang)


def translatable(wording: Wording) -> Translatable:
    """Return a wording that can say itself in any language, a plain string included."""
    return Joined((wording,)) if isinstance(wording, str) else wording


class NoLanguageYet:
    """Refuses to become a string without a language."""

    def __str__(self) -> str:
        raise TypeError(f"expected text(lang) of {self!r}; came str(), which has no language")

    def __format__(self, _: str) -> str:
        return str(self)


@dataclass(frozen=True)
class Text(NoLanguageYet):
    """A text of the catalogue by its key, with what is put into it; `count` chooses a plural and is its `{n}`."""

    key: str
    values: tuple[tuple[str, Wording | int], ...] = ()
    count: int | None = None

    def text(self, lang: Language) -> str:
        """Return the text in `lang`; KeyError as for `t`."""
        values = {name: one if isinstance(one, (int, str)) else one.text(lang) for name, one in self.values}
        if self.count is not None:
            return tn(self.key, count=self.count, lang=lang, **values)
        return t(self.key, lang=lang, **values)


def say(key: str, /, **values: Wording | int) -> Text:
    """Return the text of a key with its values, to be said in a language later."""
    return Text(key, tuple(values.items()))


def say_count(key: str, /, *, count: int, **values: Wording | int) -> Text:
    """Return the text of a key whose form depends on a count, as `tn` does, to be said in a language later."""
    return Text(key, tuple(values.items()), count)


@dataclass(frozen=True)
class Joined(NoLanguageYet):
    """Wordings one after the other, `between` them what stands in every language; in order of letters where `sort`."""

    parts: tuple[Wording, ...]
    between: str = ""
    sort: bool = False

    def text(self, lang: Language) -> str:
        """Return them as one text."""
        ordered = self.parts.ordered(lang) if isinstance(self.parts, ByName) else self.parts
        parts = [part if isinstance(part, str) else part.text(lang) for part in ordered]
        return self.between.join(sorted(parts) if self.sort else parts)


def joined(*parts: Wording) -> Joined:
    """Return wordings one after the other as one: names and numbers with the signs between them, never a sentence."""
    return Joined(parts)


def list_of(parts: Iterable[Wording], *, between: str = "; ") -> Joined:
    """Return a list as one wording."""
    return Joined(parts if isinstance(parts, ByName) else tuple(parts), between)


def sentences(*parts: Wording) -> Joined:
    """Return whole sentences in a row; those that are "" are left out."""
    return Joined(tuple(part for part in parts if part != ""), " ")


@dataclass(frozen=True)
class LanguageCode(NoLanguageYet):
    """The code of the language itself, for addresses."""

    def text(self, lang: Language) -> str:
        """Return "en" in English."""
        return lang


@dataclass(frozen=True)
class PerLanguage(NoLanguageYet):
    """A text that each language makes for itself: a title that names the place or not."""

    make: Callable[[Language], str]

    def text(self, lang: Language) -> str:
        """Return what is made for `lang`."""
        return self.make(lang)


@dataclass(frozen=True)
class FirstLetter(NoLanguageYet):
    """A wording that begins with a capital, or with a small letter, wherever it is put."""

    wording: Wording
    capital: bool = True

    def text(self, lang: Language) -> str:
        """Return the text with its first letter changed."""
        text = written(self.wording, lang)
        return (text[:1].upper() if self.capital else text[:1].lower()) + text[1:]


T = TypeVar("T")
U = TypeVar("U")


class ByName(tuple[T, ...], Generic[T]):
    """Things in an order that a language completes: by their rank, equal ones by the alphabet they are read in.

    A tuple in the order of the ranks, for whoever needs no language; `in_language` puts it into the whole order.
    """

    keys: tuple[tuple[float, Translatable], ...]

    def __new__(cls, things: Iterable[T], *, keys: Iterable[tuple[float, Translatable]]) -> ByName[T]:
        """Keep the things with the rank and the name (as it is sorted) of each."""
        pairs = sorted(zip(things, keys, strict=True), key=lambda pair: pair[1][0])
        ordered_things = super().__new__(cls, (thing for thing, _ in pairs))
        ordered_things.keys = tuple(key for _, key in pairs)
        return ordered_things

    def each(self, make: Callable[[T], U]) -> ByName[U]:
        """Return what is made of each thing, in the same order."""
        return ByName((make(thing) for thing in self), keys=self.keys)

    def where(self, holds: Callable[[T], bool]) -> ByName[T]:
        """Return the things of which something holds."""
        pairs = [(thing, key) for thing, key in zip(self, self.keys, strict=True) if holds(thing)]
        return ByName((thing for thing, _ in pairs), keys=(key for _, key in pairs))

    def followed_by(self, last: T) -> ByName[T]:
        """Return the things with another after all of them."""
        return ByName((*self, last), keys=(*self.keys, (inf, Joined(()))))

    def ordered(self, lang: Language) -> tuple[T, ...]:
        """Return the things in the order of a language."""
        pairs = zip(self, self.keys, strict=True)
        return tuple(thing for thing, _ in sorted(pairs, key=lambda pair: (pair[1][0], pair[1][1].text(lang))))


def each(things: Iterable[T], make: Callable[[T], U]) -> tuple[U, ...]:
    """Return what is made of each thing; in an order that a language completes where theirs is one."""
    return things.each(make) if isinstance(things, ByName) else tuple(make(thing) for thing in things)


def in_language(thing: Any, lang: Language) -> Any:
    """Return a thing as it is read in a language: the same shape, with a string for each wording in it.

    Walked are tuples and what says that it holds words (a dataclass of `W`): sources and figures of the data are in no
    language, or in all. What holds none comes back as it is.
    """
    return _reader(thing.__class__)(thing, lang, {})


# What reads the things of a class. What stands in a thing a hundred times over (the name of a place in each row) is
# known by then, by its id.
Reader: TypeAlias = Callable[[Any, Language, dict[int, Any]], Any]
_READ: set[type] = set()  # classes whose things are the same in every language, as they are met
FEW = 8  # rows that are not worth a look at their columns


@cache
def _reader(kind: Any) -> Reader:
    if kind is tuple:
        return _read_tuple
    if kind is ByName:
        return lambda thing, lang, before: _read_tuple(thing.ordered(lang), lang, before)
    if hasattr(kind, "text"):
        return _read_wording
    if hasattr(kind, "read_in"):  # reads itself, when somebody looks into it
        return lambda thing, lang, _before: thing.read_in(lang)
    names = _words_of(kind)
    if names:
        return partial(_read_fields, attrgetter(*names, names[0]), names)
    _READ.add(kind)
    return lambda thing, _lang, _before: thing


def _read_wording(thing: Any, lang: Language, before: dict[int, Any]) -> str:
    read: str = before.get(id(thing)) or thing.text(lang)
    before[id(thing)] = read
    return read


def _read_tuple(thing: tuple[Any, ...], lang: Language, before: dict[int, Any]) -> tuple[Any, ...]:
    if len(thing) > FEW and set(map(type, thing)) == {tuple} and len(set(map(len, thing))) == 1:
        columns = tuple(zip(*thing, strict=True))  # of a table most are names and days, the same in every language
        read = [_read_each(one, lang, before) for one in columns]
        return thing if all(map(is_, read, columns)) else tuple(zip(*read, strict=True))
    parts = _read_each(thing, lang, before)
    return parts if parts is thing else tuple(parts)


def _read_each(things: tuple[Any, ...], lang: Language, before: dict[int, Any]) -> Sequence[Any]:
    """Return the same things where there is nothing to read in them."""
    if _READ.issuperset(map(type, things)):
        return things
    parts = [
        one if one.__class__ in _READ else before.get(id(one)) or _reader(one.__class__)(one, lang, before)
        for one in things
    ]
    return things if all(map(is_, parts, things)) else parts


def _read_fields(
    get: Callable[[Any], tuple[Any, ...]], names: tuple[str, ...], thing: Any, lang: Language, before: dict[int, Any]
) -> Any:
    """Read a dataclass of words: `get` takes the values of its fields by their names, and the first once more.

    One that checks nothing is put together at once: its own making takes each field by itself, for thousands of points.
    """
    values = get(thing)[:-1]
    read = _read_each(values, lang, before)
    if read is values:
        return thing
    if hasattr(thing, "__post_init__"):
        return thing.__class__(**dict(zip(names, read, strict=True)))
    copy = object.__new__(thing.__class__)
    copy.__dict__.update(zip(names, read, strict=True))
    return copy


@cache
def _words_of(kind: Any) -> tuple[str, ...]:
    """Return the fields of a class that holds words; none of any other."""
    holds = W in getattr(kind, "__parameters__", ())
    return tuple(field.name for field in fields(kind)) if holds else ()
