"""What is said of sanctuary: asylum support, the Afghan programme, resettlement, Homes for Ukraine.

The awkward fact: each is another kind of number, so each has its own wording. Support is the number on one day,
resettlement the number of a quarter, Homes for Ukraine a running total ("had arrived by") that has no rate.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from dashboard import queries
from dashboard.additivity import add_up
from dashboard.comparability import comparable
from dashboard.findings.figures import against, at, effects, newest_count, per, per_people, refused, years_before
from dashboard.findings.message import Asked, Draft, Moment, Quantity, Value, Whole, note, phrase_in, published
from dashboard.i18n.people import FEWEST, people_key
from dashboard.model import Observation, Period, Series, Words

WALES = "W92000004"
ASYLUM = "asylum_supported"
AFGHAN = "afghan_programme_population"
BASE = 10_000  # for forces too: per 1,000, as for their crime, these rates would be hundredths
FLAVOUR = "global"
FEWEST_SIMILAR = 10  # of 20: under half, the middle one is that of the places held, not of those alike
WALES_KEYS = {
    "higher": "finding.asylum_wales_higher",
    "similar": "finding.asylum_wales_similar",
    "lower": "finding.asylum_wales_lower",
}


def asylum_level(asked: Asked) -> Draft | None:
    """Say how many people received asylum support on the newest day, per so many people, and a year before."""
    series = queries.series(ASYLUM, asked.place.code, build=asked.build)
    newest = newest_count(series)
    if newest is None:
        return None
    values = _stock_values(newest, asked, ASYLUM)
    keys: tuple[str, ...] = (people_key("finding.asylum_level", newest.value),)
    rate = per_people(newest, base=BASE, asked=asked)
    if rate is not None and _is_told(newest):
        keys += ("finding.asylum_per",)
        values |= {"rate": rate, "base": Whole(value=BASE)}
    before = at(series, years_before(newest.period))
    notes = (note("kind.stock.explained"), note("asylum.not_everyone"))
    return _stock_draft(series, newest, before, keys=keys, key="finding.asylum_before", values=values, notes=notes)


def _is_told(figure: Observation) -> bool:
    """Return whether a count is large enough for its rate to be told: one of 1 to 4 people would give them away."""
    return (figure.value or 0) >= FEWEST


def _stock_values(newest: Observation, asked: Asked, measure: str) -> dict[str, Value]:
    values: dict[str, Value] = {"in_place": phrase_in(asked.place), "n": published(newest)}
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
    notes: tuple[Words, ...],
) -> Draft:
    """Return a stock with that of an earlier day in the sentence `key`, or with why it may not stand beside it."""
    if before is None or (not newest.value and not before.value):
        return Draft(keys=keys, values=values, notes=notes)  # nobody then and nobody now is told once
    found = comparable(newest, before, series=series)
    if not found.allowed:
        values = {**values, "why": refused(found)}
        return Draft(keys=(*keys, "finding.change_refused"), values=values, notes=notes, also_used=(before,))
    values |= {"before": published(before), "when_before": Moment(period=before.period, measure=series.measure.code)}
    return Draft(keys=(*keys, people_key(key, before.value)), values=values, notes=(*notes, *effects(found)))


def asylum_wales(asked: Asked) -> Draft | None:
    """Say the place's rate of asylum support beside that of Wales, on the newest day both have a figure."""
    wales = queries.area(WALES, build=asked.build)
    if asked.place.code == wales.code:
        return None
    ours, theirs = (queries.series(ASYLUM, code, build=asked.build) for code in (asked.place.code, WALES))
    pair = _newest_pair(ours, theirs)
    if pair is None or not _is_told(pair[0]) or not comparable(*pair, series=ours, other=theirs).allowed:
        return None
    mine, wide = (per_people(figure, base=BASE, asked=asked) for figure in pair)
    verdict = against(mine, wide).verdict if mine and wide else None
    if mine is None or wide is None or verdict is None:
        return None
    values = _stock_values(pair[0], asked, ASYLUM)
    values |= {"rate": mine, "wales_rate": wide, "base": Whole(value=BASE), "in_wales": phrase_in(wales)}
    return Draft(keys=("finding.asylum_wales", WALES_KEYS[verdict]), values=values, notes=_placed_notes())


def _newest_pair(ours: Series, theirs: Series) -> tuple[Observation, Observation] | None:
    """Return the figures of two series on the newest day both have one."""
    for mine in reversed(ours.observations):
        other = at(theirs, mine.period)
        if mine.value is not None and other is not None:
            return mine, other
    return None


def asylum_similar(asked: Asked) -> Draft | None:
    """Say a council's rate of asylum support beside the middle one of its similar areas; nothing for other places."""
    alike = queries.similar_areas(asked.place.code, flavour=FLAVOUR, build=asked.build)
    day = queries.latest_period(ASYLUM, kind="local_authority", build=asked.build)
    ours = queries.series(ASYLUM, asked.place.code, build=asked.build)
    newest = at(ours, day) if day and alike else None
    mine = per_people(newest, base=BASE, asked=asked) if newest else None
    if newest is None or mine is None or not _is_told(newest):
        return None
    rates = _rates_of(alike, mine, ours, asked)
    if len(rates) < FEWEST_SIMILAR:
        return None
    used = tuple(figure for rate in rates for figure in rate.of)
    middle = median(rate.value for rate in rates)
    values = _stock_values(newest, asked, ASYLUM)
    values |= {"rate": mine, "base": Whole(value=BASE), "areas": Whole(value=len(rates))}
    values["median"] = Quantity(value=middle, how="median_per_people", of=used, per=BASE)
    return Draft(keys=("finding.asylum_similar", "finding.similar_flavour"), values=values, notes=_placed_notes())


def _placed_notes() -> tuple[Words, ...]:
    return (note("kind.stock.explained"), note("asylum_map.placed"))


def _rates_of(codes: tuple[str, ...], mine: Quantity, ours: Series, asked: Asked) -> list[Quantity]:
    """Return the rates of the authorities that may be compared with `mine`, of the same day and the same mid-year."""
    figure, people = mine.of
    held, populations = (
        {o.area: o for o in queries.snapshot(measure, kind="local_authority", period=period, build=asked.build)}
        for measure, period in ((ASYLUM, figure.period), ("population", people.period))
    )
    both = ((held[code], populations[code]) for code in codes if code in held and code in populations)
    fair = (
        pair for pair in both if comparable(figure, pair[0], series=ours, other=_alone(pair[0], ours, asked)).allowed
    )
    return [rate for rate in (per(*pair, base=BASE) for pair in fair) if rate is not None]


def _alone(figure: Observation, like: Series, asked: Asked) -> Series:
    """Return one figure of another place as a series, which brings its place and its source."""
    place, sources = queries.area(figure.area, build=asked.build), queries.sources_of((figure,), build=asked.build)
    return replace(like, area=place, observations=(figure,), sources=sources, breaks=())


def afghan(asked: Asked) -> Draft | None:
    """Say how many people of the Afghan programme lived in the place on the newest day, and on the day before that."""
    series = queries.series(AFGHAN, asked.place.code, build=asked.build)
    newest = newest_count(series)
    if newest is None:
        return None
    earlier = [o for o in series.observations if o.period < newest.period and o.value is not None]
    values = _stock_values(newest, asked, AFGHAN)
    return _stock_draft(
        series,
        newest,
        earlier[-1] if earlier else None,
        keys=(people_key("finding.afghan", newest.value),),
        key="finding.afghan_before",
        values=values,
        notes=(note("kind.stock.explained"),),
    )


def resettlement(asked: Asked) -> Draft | None:
    """Say how many people were resettled in the newest quarter, and over all quarters held without a gap."""
    series = queries.series("resettled_people", asked.place.code, build=asked.build)
    newest = newest_count(series)
    total = add_up(series.observations, measure=series.measure, over="time") if newest else None
    if newest is None or total is None:
        return None
    first, last = series.observations[0].period, series.observations[-1].period
    months = sum(o.period.months for o in series.observations)
    over = Period(start=first.start, months=months)
    if over.end != last.end:
        return None  # a quarter is missing, so the sum would not be of the time it names
    values = _stock_values(newest, asked, "resettled_people")
    values["total"] = Quantity(value=total, how="sum", of=series.observations)
    values["over"] = Moment(period=over, measure="resettled_people")
    notes = (note("kind.flow.explained"), note("resettlement.schemes"))
    keys = (people_key("finding.resettled", newest.value), people_key("finding.resettled_total", total))
    return Draft(keys=keys, values=values, notes=notes)


def ukraine(asked: Asked) -> Draft | None:
    """Say how many people had arrived under Homes for Ukraine with a household sponsor there: a running total, no rate.

    Guests of the Welsh Government are in no authority's count, so no number here is of everyone who came.
    """
    series = queries.series("homes_for_ukraine_arrivals", asked.place.code, build=asked.build)
    newest = newest_count(series)
    if newest is None:
        return None
    values: dict[str, Value] = {"n": published(newest), "in_place": phrase_in(asked.place)}
    values["day"] = Moment(period=newest.period, measure=series.measure.code, named=True)
    notes = (note("kind.cumulative.explained"), note("ukraine.counted"))
    keys = (people_key("finding.ukraine", newest.value), "finding.ukraine_state")
    return Draft(keys=keys, values=values, notes=notes)
