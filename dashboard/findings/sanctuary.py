"""What is said of sanctuary: asylum support, the Afghan programme, resettlement, Homes for Ukraine.

The awkward fact: each is another kind of number, so each has its own wording. Support is the number on one day,
resettlement the number of a quarter, Homes for Ukraine a running total ("had arrived by") that has no rate.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TypeAlias

from dashboard import queries
from dashboard.comparability import comparable
from dashboard.denominators import people_per
from dashboard.findings.figures import (
    across,
    at,
    beside,
    newest_count,
    per,
    per_people,
    refused,
    years_before,
)
from dashboard.findings.message import Draft, Moment, Quantity, Scope, Value, Whole, phrase_in, published
from dashboard.i18n.people import FEWEST, people_key
from dashboard.i18n.text import Translatable, say
from dashboard.model import Observation, Period, Series
from dashboard.nations import HOME

ASYLUM = "asylum_supported"
AFGHAN = "afghan_programme_population"
FLAVOUR = "global"
FEWEST_SIMILAR = 10  # of 20: under half, the middle one is that of the places held, not of those alike
Sentences: TypeAlias = tuple[tuple[str, ...], dict[str, Value]]
NOTHING: Sentences = ((), {})


def asylum_level(scope: Scope) -> Draft | None:
    """Say how many people received asylum support on the newest day, the rate beside others, and a year before.

    No verdict is given anywhere: the Home Office decides where people live, so nothing is there to be tested.
    """
    series = queries.series(ASYLUM, scope.place.code, build=scope.build)
    newest = newest_count(series)
    if newest is None:
        return None
    keys: tuple[str, ...] = (people_key("finding.asylum_level", newest.value),)
    values = _stock_values(newest, scope, ASYLUM)
    for more_keys, more_values in (_rate(newest, scope), _beside_rest(series, scope)):
        keys, values = (*keys, *more_keys), values | more_values
    before = at(series, years_before(newest.period))
    notes = (say("kind.stock.explained"), say("asylum.not_everyone"), *_allocated(series))
    return _stock_draft(series, newest, before, keys=keys, key="finding.asylum_before", values=values, notes=notes)


def _rate(newest: Observation, scope: Scope) -> Sentences:
    """Return the count as a rate with the mid-year it uses; nothing of nobody, nor of fewer than five people."""
    rate = per_people(newest, scope=scope) if _is_told(newest) else None
    if rate is None:
        return NOTHING
    people = Moment(period=rate.of[1].period, measure="population")
    return ("finding.asylum_per",), {"rate": rate, "base": Whole(value=rate.per), "population_when": people}


def _beside_rest(ours: Series, scope: Scope) -> Sentences:
    """Return the rate of the rest of Wales and of the middle authority, on the newest day held for all of Wales."""
    day = queries.latest_period(ASYLUM, kind="local_authority", nation=HOME.code, whole=True, build=scope.build)
    theirs = queries.series(ASYLUM, HOME.benchmark, build=scope.build)
    figure, whole = (at(series, day) if day else None for series in (ours, theirs))
    if figure is None or whole is None or not _is_told(figure):
        return NOTHING
    mine, wide = (per_people(each, scope=scope) for each in (figure, whole))
    middle = _middle(figure.period, scope)
    if mine is None or wide is None or middle is None:
        return NOTHING
    values: dict[str, Value] = {
        "median": middle,
        "areas": Whole(value=len(middle.of) // 2),
        "base": Whole(value=mine.per),
    }
    if scope.place.code == HOME.benchmark:
        return ("finding.asylum_middle",), values
    if not comparable(figure, whole, series=ours, other=theirs).allowed:
        return NOTHING
    rest = beside(mine, wide, of=theirs)
    values |= {"rest_rate": rest.rate, "in_rest": rest.in_}
    newest = newest_count(ours)
    if newest is not None and newest.period == figure.period:
        return ("finding.asylum_rest",), values
    day_of_all = Moment(period=figure.period, measure=ASYLUM, named=True)
    return ("finding.asylum_rest_then",), values | {"rate_then": mine, "day_of_all": day_of_all}


def _middle(day: Period, scope: Scope) -> Quantity | None:
    """Return the middle one of the rates of the Welsh authorities on a day, or None without all of them."""
    figures = queries.snapshot(ASYLUM, kind="local_authority", period=day, nation=HOME.code, build=scope.build)
    quantities = [per_people(figure, scope=scope) for figure in figures]
    rates = [rate for rate in quantities if rate is not None]
    if not rates or len(rates) < len(quantities):
        return None
    used = tuple(figure for rate in rates for figure in rate.of)
    return Quantity(
        value=median(rate.value for rate in rates), how="median_per_people", of=used, per=people_per(ASYLUM)
    )


def asylum_similar(scope: Scope) -> Draft | None:
    """Say a council's rate beside the middle one of its similar areas, on the newest day all have; else nothing."""
    ours = queries.series(ASYLUM, scope.place.code, build=scope.build)
    alike = queries.similar_areas(scope.place.code, flavour=FLAVOUR, build=scope.build)
    day = queries.latest_period(ASYLUM, kind="local_authority", build=scope.build)
    figure = at(ours, day) if day and alike else None
    mine = _per_common_people(figure, scope) if figure and _is_told(figure) else None
    rates = _rates_of(alike, mine, ours, scope) if mine else []
    if figure is None or mine is None or len(rates) < FEWEST_SIMILAR:
        return None
    used = tuple(each for rate in rates for each in rate.of)
    values: dict[str, Value] = {"in_place": phrase_in(scope.place), "rate": mine, "base": Whole(value=mine.per)}
    values |= {"similar": Whole(value=len(rates)), "day": Moment(period=figure.period, measure=ASYLUM, named=True)}
    middle = median(rate.value for rate in rates)
    values["median"] = Quantity(value=middle, how="median_per_people", of=used, per=people_per(ASYLUM))
    values["mid_year"] = Moment(period=mine.of[1].period, measure="population", named=True)
    notes = (say("finding.similar_flavour"), *_allocated(ours))
    return Draft(keys=("finding.asylum_similar",), values=values, notes=notes)


def _per_common_people(figure: Observation, scope: Scope) -> Quantity | None:
    """Return a rate by the newest mid-year held for every UK authority, as its similar areas' are."""
    mid_year = queries.latest_period("population", kind="local_authority", build=scope.build)
    population = queries.series("population", figure.area, build=scope.build)
    people = at(population, mid_year) if mid_year else None
    return None if people is None else per(figure, people)


def _allocated(series: Series) -> tuple[Translatable, ...]:
    """Return who decides where the people of a measure live, where somebody does."""
    return (series.measure.allocated,) if series.measure.allocated else ()


def _is_told(figure: Observation) -> bool:
    """Return whether a count is large enough for its rate to be told: one of 1 to 4 people would give them away."""
    return (figure.value or 0) >= FEWEST


def _stock_values(newest: Observation, scope: Scope, measure: str) -> dict[str, Value]:
    values: dict[str, Value] = {"in_place": phrase_in(scope.place), "n": published(newest)}
    values["when"] = Moment(period=newest.period, measure=measure)
    return values


def _stock_draft(
    series: Series,
    newest: Observation,
    before: Observation | None,
    *,
    keys: tuple[str, ...],
    key: str,
    values: dict[str, Value],
    notes: tuple[Translatable, ...],
) -> Draft:
    """Return a stock with that of an earlier day in the sentence `key`, or with why it may not stand beside it.

    What a soft break between the two did stands in the sentence that follows, in every form.
    """
    if before is None or (not newest.value and not before.value):
        return Draft(keys=keys, values=values, notes=notes)  # nobody then and nobody now is told once
    comparability = comparable(newest, before, series=series)
    if not comparability.allowed:
        values = {**values, "why": refused(comparability)}
        return Draft(keys=(*keys, "finding.change_refused"), values=values, notes=notes, also_used=(before,))
    across_keys, reason = across(comparability)
    values |= {"before": published(before), "when_before": Moment(period=before.period, measure=series.measure.code)}
    return Draft(keys=(*keys, people_key(key, before.value), *across_keys), values=values | reason, notes=notes)


def _rates_of(codes: tuple[str, ...], mine: Quantity, ours: Series, scope: Scope) -> list[Quantity]:
    """Return the rates of the authorities that may be compared with `mine`, of the same day and the same mid-year."""
    figure, people = mine.of
    figures, populations = (
        {o.area: o for o in queries.snapshot(measure, kind="local_authority", period=period, build=scope.build)}
        for measure, period in ((ASYLUM, figure.period), ("population", people.period))
    )
    pairs = ((figures[code], populations[code]) for code in codes if code in figures and code in populations)
    fair = (
        pair for pair in pairs if comparable(figure, pair[0], series=ours, other=_alone(pair[0], ours, scope)).allowed
    )
    return [rate for rate in (per(*pair) for pair in fair) if rate is not None]


def _alone(figure: Observation, like: Series, scope: Scope) -> Series:
    """Return one figure of another place as a series, which brings its place and its source."""
    place, sources = queries.area(figure.area, build=scope.build), queries.sources_of((figure,), build=scope.build)
    return replace(like, area=place, observations=(figure,), sources=sources, breaks=())


def afghan(scope: Scope) -> Draft | None:
    """Say how many people of the Afghan programme lived in the place on the newest day, and on the day before that."""
    series = queries.series(AFGHAN, scope.place.code, build=scope.build)
    newest = newest_count(series)
    if newest is None:
        return None
    earlier = [o for o in series.observations if o.period < newest.period and o.value is not None]
    values = _stock_values(newest, scope, AFGHAN)
    return _stock_draft(
        series,
        newest,
        earlier[-1] if earlier else None,
        keys=(people_key("finding.afghan", newest.value),),
        key="finding.afghan_before",
        values=values,
        notes=(say("kind.stock.explained"), *_allocated(series)),
    )


def resettlement(scope: Scope) -> Draft | None:
    """Say how many people had been resettled there since 2014 by the newest day: a running total, no rate."""
    series = queries.series("resettled_since_2014", scope.place.code, build=scope.build)
    newest = newest_count(series)
    if newest is None:
        return None
    values: dict[str, Value] = {"n": published(newest), "in_place": phrase_in(scope.place)}
    values["day"] = Moment(period=newest.period, measure=series.measure.code, named=True)
    notes = (say("kind.cumulative.explained"), say("resettlement.schemes"))
    return Draft(keys=(people_key("finding.resettled", newest.value),), values=values, notes=notes)


def ukraine(scope: Scope) -> Draft | None:
    """Say how many people had arrived under Homes for Ukraine with a household sponsor there: a running total, no rate.

    Guests of the Welsh Government are in no authority's count, so no number here is of everyone who came.
    """
    series = queries.series("homes_for_ukraine_arrivals", scope.place.code, build=scope.build)
    newest = newest_count(series)
    if newest is None:
        return None
    values: dict[str, Value] = {"n": published(newest), "in_place": phrase_in(scope.place)}
    values["day"] = Moment(period=newest.period, measure=series.measure.code, named=True)
    notes = (say("kind.cumulative.explained"), say("ukraine.counted"))
    keys = (people_key("finding.ukraine", newest.value), "finding.ukraine_state")
    return Draft(keys=keys, values=values, notes=notes)
