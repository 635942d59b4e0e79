"""The nouns of the product: places, measures, periods, figures and where they come from. All frozen.

The awkward fact: a number alone is never shown. An `Observation` therefore keeps its source and its
marker, and a `Series` keeps its measure and place, so that whatever draws it can always cite it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from cohesion import vocabulary
from cohesion.periods import last_day
from cohesion.vocabulary import Counted, Grade
from dashboard.i18n import ARTICLES, NAME_AFTER, Language
from dashboard.i18n.text import NoLanguageYet, Translatable

Day: TypeAlias = date  # for a class that calls a field `date`
AreaKind = Literal[
    "local_authority",
    "police_force",
    "police_other",
    "community_safety_partnership",
    "country",
    "composite",
    "msoa",
    "lsoa",
    "ward",
]
MeasureKind = Literal["stock", "flow", "cumulative", "share", "level"]
SMALL_AREAS: tuple[AreaKind, ...] = ("ward", "msoa", "lsoa")
TOTAL, MARKERS = vocabulary.TOTAL, vocabulary.MARKERS


@dataclass(frozen=True, kw_only=True)
class Words(NoLanguageYet):
    """One text in both languages."""

    en: str
    cy: str

    def text(self, lang: Language) -> str:
        """Return the text in `lang`."""
        return str(getattr(self, lang))

    def __bool__(self) -> bool:
        """Whether there are words at all."""
        return bool(self.en or self.cy)


@dataclass(frozen=True, kw_only=True)
class Called(NoLanguageYet):
    """A name inside a sentence: what follows "to" in its phrase, in languages that leave it whole there."""

    name: Translatable
    to: Words | None

    def text(self, lang: Language) -> str:
        """Return the name in `lang`."""
        if self.to is None or lang not in NAME_AFTER:
            return self.name.text(lang)
        return self.to.text(lang).removeprefix(NAME_AFTER[lang])


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place: `in_`, `to`, `from_` are whole phrases ("in Cardiff", "yng Nghaerdydd"), or None where none is held.

    `since` and `until` are the first and last day of one that followed others, or that others followed.
    `alphabet` sorts names as each language does: in Welsh ch, dd, ff, ng, ll, ph, rh and th are letters of their own.
    """

    code: str
    kind: AreaKind
    name: Translatable
    in_: Words | None = None
    to: Words | None = None
    from_: Words | None = None
    members: tuple[str, ...] = ()
    within: str | None = None
    nation: str | None = None
    since: date | None = None
    until: date | None = None
    alphabet: Words = Words(en="", cy="")

    def __hash__(self) -> int:
        """Tell it apart by its code: texts and the rest follow from that."""
        return hash(self.code)

    @property
    def called(self) -> Called:
        """The name inside a sentence: English gives some an article, "the Vale of Glamorgan", that labels lack."""
        return Called(name=self.name, to=None if self.kind == "police_force" else self.to)

    @property
    def is_council(self) -> bool:
        """Whether it is a council's area, or those of councils together."""
        return self.kind in ("local_authority", "composite")

    def existed(self, day: date) -> bool:
        """Say whether the place existed on a day."""
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """A first day and a length in months; 0 months is a point in time."""

    start: date
    months: int

    @cached_property
    def end(self) -> date:
        """The last day of the period (the day itself for a point in time)."""
        return last_day(self.start, months=self.months)

    @cached_property
    def middle(self) -> date:
        """The day half-way through, where a chart draws the period: a break on its first day then lies before it."""
        return self.start + (self.end - self.start) / 2

    @property
    def number(self) -> int:
        """The number of the period among all of its length: the next has one more; not for a point in time."""
        return (self.start.year * 12 + self.start.month - 1) // self.months


@dataclass(frozen=True, kw_only=True)
class Years:
    """The years a reader wants to see, both ends included; None where that end is open."""

    first: int | None = None
    last: int | None = None

    @property
    def are_chosen(self) -> bool:
        """Tell whether any end is closed."""
        return self.first is not None or self.last is not None

    @property
    def are_one(self) -> bool:
        """Tell whether a single year is chosen."""
        return self.first is not None and self.first == self.last

    @property
    def are_turned(self) -> bool:
        """Tell whether the first year stands after the last, so that no period is within them."""
        return self.first is not None and self.last is not None and self.first > self.last

    def hold(self, period: Period) -> bool:
        """Tell whether a period ends within these years: the year ending March 2018 belongs to 2018."""
        return (self.first is None or period.end.year >= self.first) and self.reach(period)

    def reach(self, period: Period) -> bool:
        """Tell whether a period ends before these years do, be it within them or earlier."""
        return self.last is None or period.end.year <= self.last


ALL_YEARS = Years()


@dataclass(frozen=True, kw_only=True)
class Category:
    """One line of a breakdown, such as a strand or an offence; `total` is the whole."""

    code: str
    name: Words
    parent: str | None = None

    def __hash__(self) -> int:
        """Tell it apart by its code: texts and the rest follow from that."""
        return hash(self.code)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is counted, and what may be done with it: a sum that is not allowed here is allowed nowhere.

    `counts` says what one of its unit is. A number of a `balance`, who came less who went, has a sign, and 0 is not
    nobody. `allocated` says who decides where these people live; such places are never tested against each other.
    """

    code: str
    topic: str
    name: Words
    unit: Words
    counts: Counted
    decimals: int
    kind: MeasureKind
    rate: bool
    sum_areas: bool
    sum_categories: bool
    sum_time: bool
    balance: bool = False
    allocated: Words | None = None
    base: Words | None = None  # "of people aged 16 and over"; None is of all residents

    def __hash__(self) -> int:
        """Tell it apart by its code: texts and the rest follow from that."""
        return hash(self.code)

    @property
    def is_percentage(self) -> bool:
        """Whether it is read with a per cent sign, also where its unit says of what ("per cent of offences")."""
        return self.counts == "percent"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a publication comes out: in which months, how far apart, and how long after the period it is about.

    "irregular" has a usual distance and nothing sure, "ended" has no more releases, "suspended" none until its
    publisher resumes it, "past" are old editions of one that goes on, "one_off" never had a second.
    """

    kind: Literal["regular", "irregular", "suspended", "past", "ended", "one_off"]
    release_months: tuple[int, ...] = ()
    cycle_months: int = 0
    lag_months: int = 0
    next: Words
    publication: Words = field(default=Words(en="", cy=""), compare=False)  # several come out together


@dataclass(frozen=True, kw_only=True)
class Source:
    """One edition of one publication, with its grade and cautions."""

    code: str
    publisher: Words
    title: Words
    edition: Words
    released: str
    url: str
    licence: Words
    grade: Grade | Literal["O"]  # O is an own figure of who looks, as they gave it
    status: str
    counts: Words
    coverage: Words
    caution: Words
    checked: Words
    vintage: str
    line: str
    file: str
    sha256: str
    retrieved: date
    table_code: str = ""
    rhythm: Rhythm | None = None

    def __hash__(self) -> int:
        """Tell it apart by its code: texts and the rest follow from that."""
        return hash(self.code)

    @property
    def first_day(self) -> date:
        """The first day that its release can have been: "2022" and "2022-02" are all that some publishers say."""
        year, *more = (int(part) for part in self.released.split("-"))
        return date(year, *(*more, 1, 1)[:2])

    @property
    def last_day(self) -> date:
        """The last day that its release can have been: of "2026-08" the 31st, of "2022" the end of the year."""
        return last_day(self.first_day, months=(12, 1, 0)[self.released.count("-")])

    def is_news(self, since: date | None) -> bool:
        """Tell whether this edition was, or may have been, released after a day."""
        return since is not None and self.last_day > since

    def publisher_inside(self, lang: Language) -> str:
        """Return the publisher's name as it stands inside a sentence: Welsh writes its article small there."""
        name = self.publisher.text(lang)
        return name[0].lower() + name[1:] if name.startswith(ARTICLES.get(lang, ())) else name


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One published figure; `value` is None only with a `marker` that says why; `derived` is our sum of members."""

    measure: str
    area: str
    period: Period
    category: str
    value: float | None
    source: str
    lower: float | None = None
    upper: float | None = None
    marker: str | None = None
    derived: bool = False


@dataclass(frozen=True, kw_only=True)
class Break:
    """A date across which figures may not be compared ("hard") or need a note ("soft").

    A gap has an end too, `until` its last day: figures on either side of it are of one kind, one inside is not. Where a
    newer edition begins, `revised_from` is the first day of those before it that the edition revised too.
    """

    measure: str
    area: str
    date: date
    kind: str
    severity: Literal["hard", "soft"]
    label: Words
    effect: Words
    origin: str
    until: Day | None = None
    revised_from: Day | None = None

    @property
    def edges(self) -> tuple[Day, ...]:
        """The first day of each change it makes: its own, and for a gap the day after its last."""
        return (self.date,) if self.until is None else (self.date, self.until + timedelta(days=1))

    def parts(self, one: Period, other: Period) -> bool:
        """Return whether it stands between two periods: on the way from one to the other, or around one alone."""
        if self.until is not None:
            return self._holds(one, self.until) != self._holds(other, self.until)
        first, last = sorted((one, other))
        return first != last and first.start < self.date <= last.end

    def _holds(self, period: Period, until: Day) -> bool:
        return period.start <= until and self.date <= period.end


@dataclass(frozen=True, kw_only=True)
class Series:
    """The figures of one measure for one place and category, in order of time; empty when none are held."""

    measure: Measure
    area: Area
    category: Category
    observations: tuple[Observation, ...]
    sources: tuple[Source, ...]
    breaks: tuple[Break, ...] = ()

    @cached_property
    def latest(self) -> Observation | None:
        """The newest figure that has a value, or None."""
        return next((o for o in reversed(self.observations) if o.value is not None), None)

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """The line of editions that each source belongs to, by its code."""
        return MappingProxyType({source.code: source.line for source in self.sources})

    @cached_property
    def newest_line(self) -> tuple[Observation, ...]:
        """The figures of the newest line of editions that holds several: a change may be given between no others."""
        lines = self.lines
        with_value = [o for o in self.observations if o.value is not None]
        several = {line for line, count in Counter(lines[o.source] for o in with_value).items() if count > 1}
        newest = next((lines[o.source] for o in reversed(with_value) if lines[o.source] in several), None)
        return tuple(o for o in with_value if lines[o.source] == newest)

    @property
    def is_empty(self) -> bool:
        """True when no figure with a value is held."""
        return self.latest is None
