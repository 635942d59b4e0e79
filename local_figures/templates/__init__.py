"""The thirteen templates, as data: which columns each has, what a cell may hold, and what is done before it is shown.

The awkward fact: a template is filled by people who have the police's or a school's own spreadsheet before them. So the
names of columns are few and exact, and what they mean stands beside them in both languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dashboard.i18n import Language

_HERE = Path(__file__).parent
_LANGUAGES: tuple[Language, ...] = ("en", "cy")
Words = Mapping[Language, str]
Display = Literal["counts", "least", "survey", "private"]
Level = Literal["private", "partners", "public"]  # for whom figures are approved, the strictest first
NUMBERS = ("whole", "percent", "decimal")  # kinds of columns whose cells are numbers
DAYS = ("monday", "day", "day_to_come", "quarter", "year", "school_year")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: the name that stands in row 1, what a cell may hold, and what it means."""

    name: str
    kind: str
    heading: Words
    about: Words
    choices: Mapping[str, Words]
    optional: bool


@dataclass(frozen=True, kw_only=True)
class Template:
    """One template, and the rules across its columns and rows."""

    key: str
    name: Words
    columns: tuple[Column, ...]
    row_key: tuple[str, ...]
    numbers: tuple[str, ...]
    total: str | None
    adds: bool
    rules: tuple[tuple[str, str], ...]
    ordered: tuple[str, ...]
    taken_on: str | None
    of_one_force: bool
    nil: tuple[str, ...]
    few_is_not_calm: bool
    shows: Display
    widest: Level  # for whom it may be approved at most
    least_group: int
    least_of: tuple[str, int] | None
    share_least: int
    returned: tuple[str, str] | None
    authority_only: bool
    published_in: tuple[str, str] | None
    by: tuple[tuple[str, ...], ...]
    read_by_row: bool
    example: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of row 1, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def counts(self) -> bool:
        """Return whether its rows become counts that control can show."""
        return self.shows in ("counts", "least")

    @property
    def limits(self) -> tuple[tuple[str, str], ...]:
        """Return the rules and what follows from them: a part of a part is limited by the whole.

        A row may leave out what stands between the two, so each is held against every larger one.
        """
        limits = list(self.rules)
        for smaller, between in limits:  # grows while it is read: what follows is followed in its turn
            follows = ((smaller, larger) for part, larger in self.rules if part == between)
            limits.extend(pair for pair in follows if pair not in limits)
        return tuple(limits)

    @property
    def may_be_shown(self) -> bool:
        """Return whether anything of it may be shown, counts or shares; all else is for its workspace alone."""
        return self.shows != "private"

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)


@cache
def templates() -> Mapping[str, Template]:
    """Return every template by its key, in the order of the file."""
    declared, lists, columns = (_read(name) for name in ("templates", "lists", "columns"))
    return {key: _template(key, one, lists, columns) for key, one in declared.items()}


@cache
def lists_of_pages() -> Mapping[str, Template]:
    """Return what pages keep by row and nobody brings in a file: no templates, but held against the same rules."""
    declared, lists, columns = (_read(name) for name in ("pages", "lists", "columns"))
    return {key: _template(key, one, lists, columns) for key, one in declared.items()}


def named(key: str) -> Template:
    """Return a template, or a list that a page keeps, by its key."""
    return {**lists_of_pages(), **templates()}[key]


def _read(name: str) -> dict[str, Any]:
    with (_HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _template(key: str, one: dict[str, Any], lists: dict[str, Any], columns: dict[str, Any]) -> Template:
    names = [*one["key"], *one["columns"]]
    optional = set(one.get("optional", ()))
    least_of = one.get("least_of")
    return Template(
        key=key,
        name=_words(one["name"]),
        columns=tuple(_column(name, columns[name], lists, optional=name in optional) for name in names),
        row_key=tuple(one["key"]),
        numbers=tuple(one["numbers"]),
        total=one.get("total"),
        adds=one.get("adds", False),
        rules=tuple((smaller, larger) for smaller, larger in one.get("rules", ())),
        ordered=tuple(one.get("ordered", ())),
        taken_on=one.get("taken_on"),
        of_one_force=one.get("of_one_force", False),
        nil=tuple(one.get("nil", ())),
        few_is_not_calm=one.get("few_is_not_calm", False),
        shows=one["shown"],
        widest=one.get("widest", "private" if one["shown"] == "private" else "public"),
        least_group=one.get("least_group", 0),
        least_of=None if least_of is None else (least_of[0], least_of[1]),
        share_least=one.get("share_least", 0),
        returned=None if "returned" not in one else (one["returned"][0], one["returned"][1]),
        authority_only=one.get("authority_only", False),
        published_in=None if "known" not in one else (one["known"][0], one["known"][1]),
        by=tuple(tuple(dims) for dims in one["by"]),
        read_by_row=one.get("read_by_row", False),
        example=tuple(tuple(row) for row in one["example"]),
    )


def _column(name: str, fields: list[str], lists: dict[str, Any], *, optional: bool) -> Column:
    kind, heading_en, heading_cy, about_en, about_cy = fields
    choices = {code: _words(words) for code, words in lists.get(kind, {}).items()}
    return Column(
        name=name,
        kind="choice" if choices else kind,
        heading=_words([heading_en, heading_cy]),
        about=_words([about_en, about_cy]),
        choices=choices,
        optional=optional,
    )


def _words(pair: list[str]) -> Words:
    return dict(zip(_LANGUAGES, pair, strict=True))
