"""What the own figures of a place are made from: what the door gives of each template, and nothing beside it.

The awkward fact: a cell that is hidden and one that was never collected are both no number. So a hidden one stands here
as a count of None, and one that was not collected does not stand here at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Wording, joined, say
from dashboard.model import ALL_YEARS, TOTAL, Area, Period, Source, Words, Years
from local_figures.door import Disclosure, Level
from local_figures.door import Figure as OwnFigure
from local_figures.shares import HIDDEN_MARK, Share
from local_figures.templates import templates
from workspace.figures.extract_days import ExtractDays, days_of


@dataclass(frozen=True, kw_only=True)
class Event:
    """A local event of an area: a day, its kind and its title."""

    day: date
    kind: str
    title: Words


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything own that may be told of a place to whoever looks, in no language; `is_member` tells who that is."""

    place: Area
    editions: Mapping[str, Disclosure]
    events: tuple[Event, ...] = ()
    years: Years = ALL_YEARS
    is_member: bool = True

    def of(self, template: str) -> Disclosure | None:
        """Return the edition of a template that is on show, None where there is none."""
        return self.editions.get(template)

    def cells(self, template: str) -> tuple[OwnFigure, ...]:
        """Return what is told of the place in the years wanted, oldest first; what is left of a whole is no figure."""
        on_show = self.of(template)
        names = {f"{template}.{number}" for number in templates()[template].numbers}
        every = on_show.figures if on_show else ()
        cells_of_place = (
            one
            for one in every
            if one.cell.measure in names and one.cell.area in ("", self.place.code) and self.years.hold(period(one))
        )
        return tuple(sorted(cells_of_place, key=lambda one: one.cell))

    def shares(self, template: str) -> tuple[Share, ...]:
        """Return the shares that are told of the place in the years wanted, oldest first."""
        on_show = self.of(template)
        every = on_show.shares if on_show else ()
        of_place = (one for one in every if one.cell.area in ("", self.place.code) and self.years.hold(period(one)))
        return tuple(sorted(of_place, key=lambda one: one.cell))


def period(figure: OwnFigure | Share) -> Period:
    """Return the period of a figure."""
    return Period(start=date.fromisoformat(figure.cell.start), months=figure.cell.months)


@dataclass(frozen=True, kw_only=True, order=True)
class Count:
    """One cell: its period and its count, None where that is hidden."""

    period: Period
    count: int | None
    days_taken: ExtractDays | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The counts of one category over time, oldest first."""

    code: str
    name: Wording
    counts: tuple[Count, ...]

    @property
    def newest(self) -> Count:
        """The newest of them, hidden or not."""
        return self.counts[-1]

    @property
    def as_read(self) -> Wording:
        """Its newest count, for a sentence: "Race: 100", "Disability: [c]"."""
        return joined(self.name, ": ", count_or_mark(self.newest.count))


def line(
    inputs: Inputs, template: str, *, code: str, name: Wording, months: int, measure: str = "count", **category: str
) -> Line | None:
    """Return the counts of a measure in a category and a length of time; None where the place has none."""
    named = f"{template}.{measure}"
    counts = tuple(
        Count(period=period(one), count=one.count, days_taken=days_of(one))
        for one in inputs.cells(template)
        if one.cell.measure == named and one.cell.months == months and dict(one.cell.category) == category
    )
    return Line(code=code, name=name, counts=counts) if counts else None


def lines_by(
    inputs: Inputs, template: str, *, by: str, months: int, measure: str = "count", **fixed: str
) -> tuple[Line, ...]:
    """Return a line for each code of a column but the whole, in the order of its list, where the place has any."""
    choices = templates()[template].column(by).choices
    every = (
        line(inputs, template, code=code, name=named_in(words), months=months, measure=measure, **{**fixed, by: code})
        for code, words in choices.items()
        if code != TOTAL
    )
    return tuple(one for one in every if one)


def named_in(words: Mapping[Language, str]) -> Words:
    """Return words that are held by language."""
    return Words(en=words["en"], cy=words["cy"])


def count_or_mark(count: int | None) -> Wording:
    """Return a number, or the mark that stands in its place."""
    return HIDDEN_MARK if count is None else Numeral(count)


def in_words(key: str, /, **values: Wording) -> Words:
    """Return a text of the catalogue in both languages at once."""
    read = {lang: {n: v if isinstance(v, str) else v.text(lang) for n, v in values.items()} for lang in LANGUAGES}
    return Words(**{lang: t(key, lang=lang, **read[lang]) for lang in LANGUAGES})


def mark(level: Level) -> Wording:
    """Say who may see what was approved for a level."""
    return say(f"own.mark.{level}")


def _without_stop(words: Words) -> Words:
    return Words(en=words.en.rstrip("."), cy=words.cy.rstrip("."))


def day(edition: Disclosure) -> date:
    """Return the day since when an edition has been on show as it is."""
    return date.fromisoformat((edition.settled_at or "")[:10])


def source(on_show: Disclosure) -> Source:
    """Return the council's own edition as the source of a figure: its template, number, day, and who may see it."""
    edition = in_words("own.edition", n=str(on_show.number))
    return source_of(on_show.template, edition=edition, since=day(on_show), level=on_show.level)


def source_of(template: str, *, edition: Words, since: date, level: Level) -> Source:
    """Return the council as the source of what stands in a template since a day."""
    nothing = Words(en="", cy="")
    return Source(
        code=f"own_{template}",
        publisher=in_words("own.publisher"),
        title=named_in(templates()[template].name),
        edition=edition,
        released=since.isoformat(),
        url="",
        licence=_without_stop(in_words(f"own.mark.{level}")),
        grade="O",
        status="own",
        counts=nothing,
        coverage=nothing,
        caution=nothing,
        checked=nothing,
        vintage="current",
        line="own",
        file="",
        sha256="",
        retrieved=since,
    )
