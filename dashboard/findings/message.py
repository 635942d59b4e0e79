"""A message: sentences about figures, in either language from one object, with the figures it rests on.

The awkward fact: a sentence with a number in it travels further than any table. So a message keeps raw numbers,
periods and places, how each number came about, and the published figures it came from; the words are put
in last, from the catalogue of the language asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from dashboard import denominators, queries
from dashboard.age import NEW, Age, of, oldest
from dashboard.denominators import PER_PEOPLE
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal, percent, share, signed
from dashboard.i18n.people import FEWEST
from dashboard.i18n.periods import in_period
from dashboard.i18n.text import Translatable, say
from dashboard.model import Area, Observation, Period, Source
from dashboard.statistics import round_for_prose
from dashboard.tables import is_mid_year, period_text

How: TypeAlias = Literal[
    "published",  # the figure itself
    "sum",  # of figures that may be added
    "difference",  # the first less the second
    "size_of_difference",  # the same without its sign
    "size",  # the figure itself without its sign
    "percent_change",  # from the second to the first
    "change_lower",  # the lower end of that change, by the spread of the further figures, which are quarters
    "change_upper",
    "per_people",  # the first divided by the population that is the second, times `per`
    "share",  # the first as a percentage of the second
    "rest_per_people",  # as per_people of a whole (the first two) less a place inside it (the last two)
    "median_per_people",  # the middle one of several such rates; figures and populations in turn
    "expected_lower",  # the least count that the figures, quarters before it, lead to expect of the newest
    "expected_upper",
]
# Sentences without which the first one would mislead; what else a message says, a form for two minutes leaves out.
REVISED = "finding.change_revised"  # stands straight after the change that it is said of
QUALIFYING = re.compile(r"finding\.(change_|not_worse|recorded_rate_|strands_overlap)|range\.")
MILLION = 1_000_000
TEN = 10  # per cent: smaller percentages have a decimal in prose
AROUND_FROM = 1_000  # smaller counts have three figures at most, and are said exactly


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number of a sentence, unrounded, with how it came about and from which figures, in their order.

    `to_nearest` is 10 where a source behind it gives tens: the digit below is not in it, so it is always "around".
    """

    value: float
    how: How
    of: tuple[Observation, ...]
    per: int = 1
    signed: bool = False
    to_nearest: int = 1

    def text(self, lang: Language) -> str:
        """Write the number for prose: three significant figures at most, "around" where that changed a count.

        The limits of what was expected are written as they are: a figure between them and the rounded ones would be
        called unusual inside its own range.
        """
        if self.how in ("percent_change", "share"):
            write = share if self.how == "share" else partial(percent, with_sign=True)
            return write(self.value, lang=lang, places=1 if abs(self.value) < TEN else 0)
        if self.how in ("change_lower", "change_upper"):
            size = abs(self.value)
            return percent(size, lang=lang, places=0 if size >= 1 else 1, with_sign=False)
        if self.how in ("per_people", "rest_per_people", "median_per_people"):
            places = 0 if abs(self.value) >= 100 else 2 if self.per < PER_PEOPLE else 1
            return decimal(self.value, places=places, lang=lang)
        if self.how in ("expected_lower", "expected_upper"):
            return decimal(self.value, places=0, lang=lang)  # what a figure is judged by is never rounded
        if self.how == "published" and 0 < self.value < FEWEST:  # of people, or of what happened to them
            return t("people.few", lang=lang)
        value = round(self.value / self.to_nearest) * self.to_nearest
        rounded = round_for_prose(value=value)
        around = (rounded.around and abs(value) >= AROUND_FROM) or self.to_nearest > 1
        number = count_in_words((rounded.value if abs(value) >= AROUND_FROM else value) or 0, self.signed, lang)
        return t("finding.around", lang=lang, n=number) if around and value else number


def count_in_words(value: float, with_sign: bool, lang: Language) -> str:
    """Write a count that is already rounded: "1,300", "+470", and from a million up "3.19 million"."""
    write = signed if with_sign else decimal
    if abs(value) < MILLION:
        return write(value, places=0, lang=lang)
    places = next((n for n in (0, 1) if round(value / MILLION, n) * MILLION == value), 2)
    return t("number.million", lang=lang, n=write(value / MILLION, places=places, lang=lang))


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When: a phrase for the inside of a sentence ("in mid-2024"), or the period's name ("30 June 2026")."""

    period: Period
    measure: str
    named: bool = False

    def text(self, lang: Language) -> str:
        """Say when."""
        if self.named:
            return period_text(self.period, lang=lang, measure=self.measure)
        mid_year = is_mid_year(self.period, measure=self.measure)
        return in_period(start=self.period.start, months=self.period.months, lang=lang, mid_year=mid_year)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A whole number that is no figure: the people a rate is per, or how many areas were looked at."""

    value: int

    def text(self, lang: Language) -> str:
        """Write the number exactly."""
        return decimal(self.value, places=0, lang=lang)


Value: TypeAlias = Translatable


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a rule writes when it holds: its sentences, their values, and what must be said beside them.

    `notable` is true for a large change, sure or not, which ranks higher: verdicts in the rank would bring what chance
    singled out to the top. `also_used` are figures behind the verdict that no number of the sentences names.
    """

    keys: tuple[str, ...]
    values: dict[str, Value]
    notes: tuple[Translatable, ...] = ()
    also_used: tuple[Observation, ...] = ()
    notable: bool = False


@dataclass(frozen=True, kw_only=True)
class Message:
    """One finding: whole sentences by their keys, with values in no language yet, and where it all came from."""

    rule: str
    importance: int
    keys: tuple[str, ...]
    values: tuple[tuple[str, Value], ...]
    notes: tuple[Translatable, ...]
    observations: tuple[Observation, ...]
    sources: tuple[Source, ...]
    page: str
    block: str
    build: str
    age: Age = NEW

    @property
    def typed(self) -> bool:
        """True when what it counts was typed from a published text: it then carries a mark."""
        counting = {o.source for o in self.observations if o.measure != "population"}
        return any(source.grade == "T" for source in self.sources if source.code in counting)

    @property
    def key(self) -> str:
        """The key of the first sentence."""
        return self.keys[0]

    def text(self, lang: Language) -> str:
        """Return the sentences in `lang`, and last how old the newest figure is where its publication has moved on."""
        return self._in_sentences(self.keys, lang)

    def brief(self, lang: Language) -> str:
        """Return the first sentence with those that qualify it, and the age: what is said where room is short.

        That estimates were revised says that newer ones are out.
        """
        keys = (self.key, *(key for key in self.keys[1:] if QUALIFYING.match(key)))
        return self._in_sentences(keys, lang, with_age=REVISED not in keys)

    def _in_sentences(self, keys: Iterable[str], lang: Language, *, with_age: bool = True) -> str:
        values = {name: value.text(lang) for name, value in self.values}
        sentences = [t(key, lang=lang, **values) for key in keys]
        if with_age and self.age.older:
            sentences.append(t("age.sentence", lang=lang, age=self.age.text(lang)))
        return " ".join(sentences)

    def note_texts(self, lang: Language) -> tuple[str, ...]:
        """Return what must be said beside the message: breaks between its figures, what it does not tell, if typed."""
        typed = (t("grade.T", lang=lang),) if self.typed else ()
        return tuple(dict.fromkeys((*(note.text(lang) for note in self.notes), *typed)))


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For what a rule is asked: a place, the area whose police figures it is shown, and the build."""

    place: Area
    police: Area
    build: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its id, how much its message matters (100 is most), where its figure is shown, and what writes it."""

    id: str
    importance: int
    page: str
    block: str
    write: Callable[[Scope], Draft | None]


NOTABLE = 5  # how much further up a notable message moves: past its neighbours, not past everything


def message_of(rule: Rule, scope: Scope) -> Message | None:
    """Return the message of a rule, or None where it does not hold."""
    draft = rule.write(scope)
    if draft is None:
        return None
    for value in draft.values.values():
        if isinstance(value, Quantity) and value.how in ("per_people", "median_per_people"):
            _well_divided(value, build=scope.build)
    named = [figure for value in draft.values.values() if isinstance(value, Quantity) for figure in value.of]
    observations = tuple(dict.fromkeys((*named, *draft.also_used)))
    age = age_of(observations, build=scope.build)
    return Message(
        rule=rule.id,
        importance=rule.importance + (NOTABLE if draft.notable else 0) - age.lowers_rank_by,
        keys=draft.keys,
        values=tuple(draft.values.items()),
        notes=draft.notes,
        observations=observations,
        sources=queries.sources_of(observations, build=scope.build),
        page=rule.page,
        block=rule.block,
        build=scope.build,
        age=age,
    )


def age_of(figures: Iterable[Observation], *, build: str) -> Age:
    """Return the age of what a message counts: of its newest figure, of the measure whose publication moved on most.

    A population that only a rate is per does not make the rate's count old.
    """
    every = sorted(figures, key=lambda o: o.period.end)
    counted = [o for o in every if o.measure != "population"] or every
    newest = {o.measure: o for o in counted}
    sources = queries.sources(build=build)
    return oldest(
        of(sources[o.source], o.period, held_until=queries.held_until(sources[o.source], build=build))
        for o in newest.values()
    )


def _well_divided(quantity: Quantity, *, build: str) -> None:
    """Raise `DenominatorError` where a rate mixes vintages: a count with its population, or populations with others."""
    for figure, people in zip(quantity.of[::2], quantity.of[1::2], strict=True):
        denominators.suits(figure, people, build=build)
    denominators.one_vintage(quantity.of[1::2], build=build)


def published(figure: Observation, *, with_sign: bool = False) -> Quantity:
    """Return a published figure as a number of a sentence; ValueError when it has no value."""
    if figure.value is None:
        raise ValueError(f"expected a figure with a value; came {figure}")
    return Quantity(value=figure.value, how="published", of=(figure,), signed=with_sign)


def phrase_in(place: Area) -> Translatable:
    """Return "in Cardiff" / "yng Nghaerdydd", or the bare name where no phrase is held."""
    return place.in_ or place.name


def by_words(police: Area) -> Translatable:
    """Return who recorded a police figure: the force itself, or "the four police forces of Wales"."""
    return police.name if police.kind == "police_force" else say("force.wales")
