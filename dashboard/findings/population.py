"""What is said of population: how many people, the change over ten years, and which component was largest.

The awkward fact: the components held may be from the series before the rebasing of 2023. They explain a year of that
older series and never the growth of today's, so the two are different messages.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.comparability import comparable
from dashboard.findings.figures import at, effects, newest_count, refused, years_before
from dashboard.findings.message import Asked, Draft, Moment, Quantity, Value, note, phrase_in, published
from dashboard.model import Observation

YEARS = 10
PARTS = ("births", "deaths", "internal_net", "international_net", "other_change")
UNEXPLAINED = "unattributable_change"
LARGEST_KEYS = {
    "international": ("finding.components_international", "finding.components_not_international"),
    "internal": ("finding.components_internal", "finding.components_not_internal"),
    "natural": ("finding.components_natural", "finding.components_not_natural"),
}


def population_growth(asked: Asked) -> Draft | None:
    """Say the newest population, and how it differs from ten years before where that may be said."""
    people = queries.series("population", asked.place.code, build=asked.build)
    newest = newest_count(people)
    if newest is None or not newest.value:
        return None
    values: dict[str, Value] = {"n": published(newest), "in_place": phrase_in(asked.place)}
    values["when"] = Moment(period=newest.period, measure="population")
    estimate = note("population.estimate")
    before = at(people, years_before(newest.period, years=YEARS))
    if before is None or before.value is None or before.value <= 0:
        return Draft(keys=("finding.population",), values=values, notes=(estimate,))
    found = comparable(newest, before, series=people)
    if not found.allowed:
        keys = ("finding.population", "finding.change_refused")
        return Draft(keys=keys, values={**values, "why": refused(found)}, notes=(estimate,), also_used=(before,))
    key, more = _growth(newest, before)
    return Draft(
        keys=("finding.population", key),
        values=values | more,
        notes=(estimate, *effects(found)),
        also_used=(before,),
    )


def _growth(newest: Observation, before: Observation) -> tuple[str, dict[str, Value]]:
    """Return the sentence on the change between two populations above 0, with its numbers."""
    now, then = newest.value or 0, before.value or 0
    if now == then:
        return "finding.population_same", {}
    pair = (newest, before)
    return "finding.population_grew" if now > then else "finding.population_fell", {
        "change": Quantity(value=abs(now - then), how="size_of_difference", of=pair),
        "percent": Quantity(value=(now / then - 1) * 100, how="percent_change", of=pair),
    }


def components_driver(asked: Asked) -> Draft | None:
    """Say which component was the largest part of the newest whole year of change, with the other two.

    Nothing where no component stands out: all 0, two equally large, or a part that nobody can name larger than any.
    """
    held = {code: queries.series(code, asked.place.code, months=12, build=asked.build) for code in PARTS}
    whole = set.intersection(*({o.period for o in s.observations if o.value is not None} for s in held.values()))
    if not whole:
        return None
    year = max(whole)
    found = {code: figure for code, series in held.items() if (figure := at(series, year))}
    births, deaths = found["births"], found["deaths"]
    natural = (births.value or 0) - (deaths.value or 0)
    parts = {
        "natural": Quantity(value=natural, how="difference", of=(births, deaths), signed=True),
        "internal": published(found["internal_net"], with_sign=True),
        "international": published(found["international_net"], with_sign=True),
    }
    unexplained = at(queries.series(UNEXPLAINED, asked.place.code, build=asked.build), year)
    rest = [found["other_change"], *([unexplained] if unexplained else [])]
    largest = _largest(parts, other=max(abs(figure.value or 0) for figure in rest))
    if largest is None:
        return None
    values: dict[str, Value] = {"in_place": phrase_in(asked.place), **parts}
    values["when"] = Moment(period=year, measure="births")
    known = queries.sources(build=asked.build)
    closed_by = "components.unattributable" if unexplained else "migration.identity"
    older = any(known[figure.source].vintage == "superseded" for figure in found.values())
    notes = (*((note("components.older_series"),) if older else ()), note(closed_by))
    return Draft(keys=LARGEST_KEYS[largest], values=values, notes=notes, also_used=tuple(rest))


def _largest(parts: dict[str, Quantity], *, other: float) -> str | None:
    """Return the one part that is larger than every other, whatever its sign, or None."""
    ranked = sorted(parts, key=lambda name: abs(parts[name].value), reverse=True)
    first, second = (abs(parts[name].value) for name in ranked[:2])
    return ranked[0] if first > max(second, abs(other)) else None
