"""What is said of population: the change of the newest year and of ten, how many people, and the largest component.

The awkward fact: population comes in vintages. The components held may be from before the rebasing of 2023 and explain
no year of today's estimates; the newest count may be of a release that revised the years before it, which are not held.
So a change is said only within one line of editions, with the uncertainty of its ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from dashboard import queries
from dashboard.comparability import comparable, revised_since
from dashboard.findings.figures import across, at, newest_count, refused, years_before
from dashboard.findings.message import REVISED, Draft, Moment, Quantity, Scope, Value, phrase_in, published
from dashboard.i18n.text import say
from dashboard.model import Observation, Period
from dashboard.statistics.population import is_clear_change

YEARS = 10
YEAR_KEYS = {
    ("grew", True): "finding.year_grew",
    ("grew", False): "finding.year_grew_unclear",
    ("fell", True): "finding.year_fell",
    ("fell", False): "finding.year_fell_unclear",
    ("same", False): "finding.year_same",
    ("same", True): "finding.year_same",
}
OF_THE_YEAR = ("finding.year_grew", "finding.year_fell")  # the others are said of its last day
BEFORE_KEYS = {
    "grew": "finding.year_before_grew",
    "fell": "finding.year_before_fell",
    "same": "finding.year_before_same",
}
LARGEST_KEYS = {
    ("natural", "gain"): "finding.largest_natural_gain",
    ("natural", "loss"): "finding.largest_natural_loss",
    ("internal", "gain"): "finding.largest_internal_gain",
    ("internal", "loss"): "finding.largest_internal_loss",
    ("international", "gain"): "finding.largest_international_gain",
    ("international", "loss"): "finding.largest_international_loss",
}
PART_KEYS = {
    ("natural", "gain"): "finding.part_natural_gain",
    ("natural", "loss"): "finding.part_natural_loss",
    ("natural", "none"): "finding.part_natural_none",
    ("internal", "gain"): "finding.part_internal_gain",
    ("internal", "loss"): "finding.part_internal_loss",
    ("internal", "none"): "finding.part_internal_none",
    ("international", "gain"): "finding.part_international_gain",
    ("international", "loss"): "finding.part_international_loss",
    ("international", "none"): "finding.part_international_none",
}


def population_year(scope: Scope) -> Draft | None:
    """Say how the estimates changed in the newest year within one line of editions, and in the year before it."""
    people = queries.series("population", scope.place.code, build=scope.build)
    line = people.newest_line
    if len(line) < 3 or not _are_consecutive(line[-3:]):
        return None
    earliest, before, newest = line[-3:]
    if not all(comparable(newest, other, series=people).allowed for other in (before, earliest)):
        return None
    nearest = 10 if _gives_tens(line) else 1
    key, values = _year_key(newest, before, scope), dict[str, Value](in_place=phrase_in(scope.place))
    if key in OF_THE_YEAR:
        year = Period(start=date(before.period.start.year, 7, 1), months=12)
        values["when"] = Moment(period=year, measure="births")
    else:
        values["mid"] = Moment(period=newest.period, measure="population", named=True)
    for name, pair in (("n", (newest, before)), ("before", (before, earliest))):
        size = abs((pair[0].value or 0) - (pair[1].value or 0))
        values[name] = Quantity(value=size, how="size_of_difference", of=pair, to_nearest=nearest)
    revised = (REVISED,) if revised_since(newest, series=people) else ()
    keys = (key, *revised, BEFORE_KEYS[_direction(before, earliest)])
    return Draft(keys=keys, values=values, notes=(say("population.estimate"),))


def _are_consecutive(figures: Sequence[Observation]) -> bool:
    days = [figure.period.start for figure in figures]
    return all(later == earlier.replace(year=earlier.year + 1) for earlier, later in pairwise(days))


def _gives_tens(figures: Sequence[Observation]) -> bool:
    """Return whether a source behind some figures gives tens of people, so that no change between them is closer."""
    by_source = {o.source: [f.value or 0 for f in figures if f.source == o.source] for o in figures}
    return any(len(values) > 1 and not any(v % 10 for v in values) for values in by_source.values())


def _direction(after: Observation, before: Observation) -> str:
    change = (after.value or 0) - (before.value or 0)
    return "grew" if change > 0 else "fell" if change < 0 else "same"


def _year_key(newest: Observation, before: Observation, scope: Scope) -> str:
    """Return the sentence on a year's change: one within the uncertainty of its ends never "grew" or "fell".

    The range is published for authorities; none is for a country, whose change is said as the estimates give it.
    """
    direction = _direction(newest, before)
    clear = scope.place.kind == "country" or is_clear_change(before=before.value, after=newest.value)
    return YEAR_KEYS[direction, clear]


def population_growth(scope: Scope) -> Draft | None:
    """Say the newest population, and how the newest that joins on to it differs from ten years before."""
    people = queries.series("population", scope.place.code, build=scope.build)
    newest = newest_count(people)
    if newest is None or not newest.value:
        return None
    values: dict[str, Value] = {"n": published(newest), "in_place": phrase_in(scope.place)}
    values["when"] = Moment(period=newest.period, measure="population")
    keys, notes = ["finding.population"], [say("population.estimate")]
    last = people.newest_line[-1] if people.newest_line else newest
    if last != newest:
        keys.append("finding.population_newer")
        values["newest"] = Moment(period=newest.period, measure="population", named=True)
    before = at(people, years_before(last.period, years=YEARS))
    if before is None or before.value is None or before.value <= 0:
        return Draft(keys=tuple(keys), values=values, notes=tuple(notes))
    comparability = comparable(last, before, series=people)
    if not comparability.allowed:
        keys.append("finding.change_refused")
        values["why"] = refused(comparability)
        return Draft(keys=tuple(keys), values=values, notes=tuple(notes), also_used=(before,))
    key, more = _growth(last, before, nearest=10 if _gives_tens(people.newest_line) else 1)
    across_keys, reason = across(comparability)
    return Draft(
        keys=(*keys, key, *across_keys), values=values | more | reason, notes=tuple(notes), also_used=(last, before)
    )


def _growth(last: Observation, before: Observation, *, nearest: int) -> tuple[str, dict[str, Value]]:
    """Return the sentence on the difference of two estimates above 0, with its numbers."""
    now, then = last.value or 0, before.value or 0
    pair = (last, before)
    values: dict[str, Value] = {
        "last": Moment(period=last.period, measure="population", named=True),
        "first": Moment(period=before.period, measure="population", named=True),
    }
    if now == then:
        return "finding.population_same", values
    values["change"] = Quantity(value=abs(now - then), how="size_of_difference", of=pair, to_nearest=nearest)
    values["percent"] = Quantity(value=(now / then - 1) * 100, how="percent_change", of=pair)
    if not is_clear_change(before=then, after=now):
        return "finding.population_unclear", values
    return "finding.population_grew" if now > then else "finding.population_fell", values


def components_driver(scope: Scope) -> Draft | None:
    """Say which component was the largest part of the newest year, where the components are of today's estimates."""
    draft = largest_component(scope)
    sources = queries.sources(build=scope.build)
    parts = [value for value in (draft.values.values() if draft else ()) if isinstance(value, Quantity)]
    return None if any(sources[o.source].vintage == "superseded" for part in parts for o in part.of) else draft


def largest_component(scope: Scope) -> Draft | None:
    """Say which component was the largest part of the newest whole year of change, with the other two.

    Nothing where no component stands out: all 0, two equally large, or a part that nobody can name larger than any.
    """
    series_of = {
        code: queries.series(code, scope.place.code, months=12, build=scope.build) for code in queries.NET_PARTS
    }
    whole = set.intersection(*({o.period for o in s.observations if o.value is not None} for s in series_of.values()))
    if not whole:
        return None
    year = max(whole)
    figures = {code: figure for code, series in series_of.items() if (figure := at(series, year))}
    pair = (figures["births"], figures["deaths"])
    change = {"natural": (pair[0].value or 0) - (pair[1].value or 0)}
    change |= {part: figures[f"{part}_net"].value or 0 for part in ("internal", "international")}
    unexplained = at(queries.series(queries.UNEXPLAINED, scope.place.code, build=scope.build), year)
    rest = [figures["other_change"], *([unexplained] if unexplained else [])]
    largest = _largest(change, other=max(abs(figure.value or 0) for figure in rest))
    if largest is None:
        return None
    values: dict[str, Value] = {"in_place": phrase_in(scope.place), "when": Moment(period=year, measure="births")}
    values["natural"] = Quantity(value=abs(change["natural"]), how="size_of_difference", of=pair)
    for part in ("internal", "international"):
        values[part] = Quantity(value=abs(change[part]), how="size", of=(figures[f"{part}_net"],))
    others = (PART_KEYS[part, _gain(n)] for part, n in change.items() if part != largest)
    return Draft(
        keys=(LARGEST_KEYS[largest, _gain(change[largest])], *others),
        values=values,
        notes=(say("components.unattributable" if unexplained else "migration.identity"),),
        also_used=tuple(rest),
    )


def _gain(change: float) -> str:
    return "gain" if change > 0 else "loss" if change < 0 else "none"


def _largest(change: Mapping[str, float], *, other: float) -> str | None:
    """Return the one part that is larger than every other, whatever its sign, or None."""
    ranked = sorted(change, key=lambda name: abs(change[name]), reverse=True)
    first, second = (abs(change[name]) for name in ranked[:2])
    return ranked[0] if first > max(second, abs(other)) else None
