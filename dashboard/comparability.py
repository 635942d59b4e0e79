"""May two figures be compared? The one answer that pages, messages, downloads and briefings all ask for.

The awkward fact: two numbers of one measure are often not two sizes of one thing. A definition changed between
them, one is from an edition that does not join the other, or one is a force's and the other a council's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dashboard.i18n import Language
from dashboard.i18n.text import Wording, say, sentences, written
from dashboard.model import SMALL_AREAS, Area, Break, Measure, Observation, Series, Source
from dashboard.statistics.changes import SMALL_COUNT
from dashboard.statistics.inputs import is_held

Refusal: TypeAlias = Literal[
    "stock_and_flow",
    "measure",
    "category",
    "length",
    "area_kind",
    "running_total",
    "period",
    "overlap",
    "season",
    "missing",
    "editions",
    "hard_break",
]
NoPercent: TypeAlias = Literal["refused", "recording", "small_count", "running_total", "share", "sizes", "not_positive"]
Difference: TypeAlias = Literal["change", "since", "between_places"]

_TEXTS: dict[Refusal, str] = {
    "stock_and_flow": "compare.refused_stock_and_flow",
    "measure": "compare.refused_measure",
    "category": "compare.refused_category",
    "length": "compare.refused_length",
    "area_kind": "compare.refused_area_kind",
    "running_total": "compare.refused_running_total",
    "period": "compare.refused_period",
    "overlap": "compare.refused_overlap",
    "season": "compare.refused_season",
    "missing": "compare.refused_missing",
    "editions": "compare.refused_editions",
    "hard_break": "compare.refused_hard_break",
}
_WHOLES = ("country", "composite")
_COUNCILS = ("local_authority", "community_safety_partnership")
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Comparability:
    """Whether two figures may be compared: `refusal` says why not, `hard` and `notes` are the breaks between them.

    `difference` is what the one less the other is: a change, what came since (a running total), or a gap between
    places.
    """

    refusal: Refusal | None
    hard: tuple[Break, ...] = ()
    notes: tuple[Break, ...] = ()
    difference: Difference = "change"
    no_percent: NoPercent | None = None

    @property
    def allowed(self) -> bool:
        """True when the two may be compared."""
        return self.refusal is None

    @property
    def percent_allowed(self) -> bool:
        """True when their difference may be given in per cent."""
        return self.no_percent is None

    @property
    def reason_key(self) -> str | None:
        """The key of the sentence that says why the two may not be compared, or None where they may."""
        return None if self.refusal is None else _TEXTS[self.refusal]

    def reason(self, lang: Language) -> str:
        """Say it in a language."""
        return written(self.wording, lang)

    @property
    def wording(self) -> Wording:
        """Why the two may not be compared, with what the breaks between them did; "" where they may."""
        if self.reason_key is None:
            return ""
        return sentences(say(self.reason_key), *dict.fromkeys(b.effect for b in self.hard))

    def note_texts(self, lang: Language) -> tuple[str, ...]:
        """Return what must be said beside an allowed comparison: the effect of each soft break between the two."""
        return tuple(dict.fromkeys(b.effect.text(lang) for b in self.notes))


def comparable(a: Observation, b: Observation, *, series: Series, other: Series | None = None) -> Comparability:
    """Return whether figure `a` of `series` may be compared with figure `b` of the same, or of `other`.

    The order of the two does not matter. A series that holds no more than the figure itself is enough, as long as
    it brings its measure, place, category, sources and breaks. ValueError when a figure is not of its series.
    """
    theirs = other or series
    _check(a, series)
    _check(b, theirs)
    between = _breaks_between(a, b, series, theirs)
    hard = tuple(one for one in between if one.severity == "hard")
    refusal = _refusal_of_series(series, theirs) or _refusal_of_figures(a, b, series, theirs)
    if refusal is None and hard:
        refusal = "hard_break"
    return Comparability(
        refusal=refusal,
        hard=hard if refusal == "hard_break" else (),
        notes=tuple(one for one in between if one.severity == "soft"),
        difference=_difference(series.measure, places_differ=a.area != b.area),
        no_percent="refused" if refusal else _no_percent(a, b, series.measure, between),
    )


def is_superseded(figure: Observation, sources: Iterable[Source]) -> bool:
    """Return whether a figure comes from an edition that its publisher has revised, of the sources it is among."""
    return any(source.code == figure.source and source.vintage == "superseded" for source in sources)


def revised_since(figure: Observation, *, series: Series) -> bool:
    """Return whether a newer release revised the years up to a figure, and their revision is not held.

    A change that ends in such a figure is one between superseded estimates, which must be said with it.
    """
    if is_superseded(figure, series.sources):
        return True
    newest = series.latest
    revisions = (one for one in series.breaks if one.kind == "revision" and one.severity == "hard")
    return newest is not None and any(
        one.parts(figure.period, newest.period) and (one.revised_from is None or one.revised_from <= figure.period.end)
        for one in revisions
    )


def _check(figure: Observation, series: Series) -> None:
    came = (figure.measure, figure.area, figure.category)
    expected = (series.measure.code, series.area.code, series.category.code)
    if came != expected:
        raise ValueError(f"{series.measure.code}: expected a figure of {expected}; came one of {came}")


def _refusal_of_series(one: Series, other: Series) -> Refusal | None:
    """Return why figures of two series can never be compared: not one measure, part, or kind of place."""
    if one.measure.code != other.measure.code:
        return "stock_and_flow" if one.measure.kind != other.measure.kind else "measure"
    if one.category.code != other.category.code:
        return "category"
    if not _areas_alike(one.area, other.area):
        return "area_kind"
    if one.area.code != other.area.code and one.measure.kind == "cumulative":
        return "running_total"  # only a rate would be fair between places, and a running total has none
    return None


def _refusal_of_figures(a: Observation, b: Observation, one: Series, other: Series) -> Refusal | None:
    if a.period.months != b.period.months:
        return "length"
    if a.area != b.area and a.period != b.period:
        return "period"
    if a.period != b.period and a.period.start <= b.period.end and b.period.start <= a.period.end:
        return "overlap"
    if a.period.months % MONTHS_OF_YEAR and a.period.start.month != b.period.start.month:
        return "season"  # a winter quarter is not a summer one
    if not (is_held(a.value) and is_held(b.value)):
        return "missing"
    lines = _line(a, one), _line(b, other)
    return "editions" if a.source != b.source and (lines[0] != lines[1] or not lines[0]) else None


def _line(figure: Observation, series: Series) -> str:
    """Return the line of a figure's edition; a source that is not among the series' own joins no other."""
    return next((source.line for source in series.sources if source.code == figure.source), "")


def _areas_alike(one: Area, other: Area) -> bool:
    """Return whether figures of two places are of one kind; a country or composite is a whole of what it is made of.

    Two councils together are not the whole of anything that a police force is.
    """
    if one.kind == other.kind:
        return True
    kinds = {one.kind, other.kind}
    if not kinds & set(_WHOLES) or kinds & set(SMALL_AREAS):
        return False
    whole, part = (one, other) if one.kind in _WHOLES else (other, one)
    if whole.kind == "country" or part.kind in ("country", *_COUNCILS):
        return True
    return bool(part.members) and set(part.members) <= set(whole.members)


def _breaks_between(a: Observation, b: Observation, one: Series, other: Series) -> tuple[Break, ...]:
    """Return the breaks that stand between two figures, oldest first."""
    every = dict.fromkeys((*one.breaks, *other.breaks))
    return tuple(sorted((each for each in every if each.parts(a.period, b.period)), key=lambda each: each.date))


def _difference(measure: Measure, *, places_differ: bool) -> Difference:
    if places_differ:
        return "between_places"
    return "since" if measure.kind == "cumulative" else "change"


def _no_percent(a: Observation, b: Observation, measure: Measure, between: tuple[Break, ...]) -> NoPercent | None:
    if measure.kind == "share":
        return "share"  # the difference of two percentages is in percentage points
    if measure.kind == "cumulative":
        return "running_total"
    if any(each.kind == "recording" for each in between):
        return "recording"  # it would be a percentage of the recording as much as of what is recorded
    least = min(a.value or 0, b.value or 0)
    if measure.kind == "level":
        return "not_positive" if least <= 0 else None
    if a.area != b.area:
        return "sizes"
    return "small_count" if least < SMALL_COUNT else None
