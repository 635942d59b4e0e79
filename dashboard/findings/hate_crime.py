"""What is said of hate crime: the newest quarter, the same quarter before, the year, the rate, the strands.

The awkward fact: nearly all of it belongs to a police force area or to Wales. A council's message names the force, and
never says that the figure is the council's own; only partnership tables, where they are held, give it its own.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.comparability import comparable
from dashboard.expectations import expected_of
from dashboard.findings import verdicts
from dashboard.findings.figures import at, beside, newest_count, per_people
from dashboard.findings.message import Draft, Moment, Quantity, Scope, Value, Whole, by_words, phrase_in, published
from dashboard.i18n.text import Translatable, say
from dashboard.model import Break, Observation, Series
from dashboard.nations import HOME

STRANDS = ("race", "sexual_orientation", "disability", "religion", "transgender")
RATE_KEYS = {
    ("higher", False): "finding.recorded_rate_higher",
    ("similar", False): "finding.recorded_rate_similar",
    ("lower", False): "finding.recorded_rate_lower",
    ("higher", True): "finding.recorded_rate_higher_rest",
    ("similar", True): "finding.recorded_rate_similar_rest",
    ("lower", True): "finding.recorded_rate_lower_rest",
}


def rra_level(scope: Scope) -> Draft | None:
    """Say the newest quarter of aggravated offences, and whether it is what earlier years lead to expect."""
    series = queries.series("rra_offences", scope.police.code, build=scope.build)
    return _level(series, key="finding.rra_level", values={"force": by_words(scope.police)}, notes=_place_notes(scope))


def rra_place(scope: Scope) -> Draft | None:
    """Say the newest quarter of a council area's own aggravated offences; nothing where they are not held."""
    where = queries.own_police_area(scope.place.code, build=scope.build)
    if where is None:
        return None
    shared = where.code != scope.place.code
    names = {"place": scope.place.name, "partnership": where.name}
    notes = (*((say("rra_place.shared", **names),) if shared else ()), say("rra_place.left_out"))
    series = queries.series("rra_offences", where.code, build=scope.build)
    return _level(series, key="finding.rra_place", values={"in_place": phrase_in(where)}, notes=notes)


def _level(series: Series, *, key: str, values: dict[str, Value], notes: tuple[Translatable, ...]) -> Draft | None:
    """Return the newest quarter of a series and whether it is what earlier years lead to expect."""
    newest = newest_count(series)
    if newest is None:
        return None
    judged = verdicts.beside_expected(series)
    expected = expected_of(series)
    when = Moment(period=newest.period, measure=series.measure.code)
    return Draft(
        keys=(key, *judged.keys),
        values={**values, "when": when, "n": published(newest), **judged.values},
        notes=(*notes, say(verdicts.range_caveat(series)), *(b.effect for b in _inside(expected.used, series))),
        also_used=expected.used,
        notable=judged.large,
    )


def _inside(used: tuple[Observation, ...], series: Series) -> tuple[Break, ...]:
    """Return the breaks among the figures that a verdict rests on, up to the newest."""
    newest = series.latest
    if not used or newest is None:
        return ()
    return tuple(b for b in series.breaks if used[0].period.start < b.date <= newest.period.end)


def rra_same_quarter(scope: Scope) -> Draft | None:
    """Say the newest quarter of aggravated offences beside the same quarter a year before."""
    return _beside_year_before("rra_offences", "finding.rra_same_quarter", scope)


def hate_crime_year(scope: Scope) -> Draft | None:
    """Say the newest year of hate crimes beside the year before, or alone where that is not held."""
    draft = _beside_year_before("hate_crimes", "finding.hate_crime_year", scope)
    newest = newest_count(queries.series("hate_crimes", scope.police.code, build=scope.build))
    if draft is not None or newest is None:
        return draft
    return Draft(
        keys=("finding.hate_crime_level",),
        values={**_police_values(newest, scope, "hate_crimes"), "n": published(newest)},
        notes=(*_place_notes(scope), say("hate_crime.publisher_short"), say("caveat.recorded_changes")),
    )


def _beside_year_before(measure: str, key: str, scope: Scope) -> Draft | None:
    series = queries.series(measure, scope.police.code, build=scope.build)
    pair = verdicts.year_before(series, build=scope.build)
    judged = verdicts.change_sentences(pair) if pair else None
    if pair is None or pair.before is None or pair.comparability is None or judged is None:
        return None
    values = _police_values(pair.newest, scope, measure) | {"n": published(pair.newest), **judged.values}
    values |= {
        "before": published(pair.before),
        "when_before": Moment(period=pair.before.period, measure=measure),
    }
    borrowed = pair.verdict is not None and pair.usual.borrowed
    return Draft(
        keys=(key, *judged.keys),
        values=values,
        notes=(
            *_place_notes(scope),
            say("hate_crime.publisher_short"),
            say(verdicts.change_caveat(pair)),
            *((say("finding.spread_borrowed"),) if borrowed else ()),
        ),
        also_used=pair.usual.figures if pair.verdict is not None else (),
        notable=judged.large,
    )


def hate_crime_rate(scope: Scope) -> Draft | None:
    """Say the force's recorded rate of the newest year beside that of Wales; nothing for Wales itself."""
    wales = queries.area(HOME.benchmark, build=scope.build)
    if scope.police.code == wales.code:
        return None
    ours, theirs = (
        queries.series("hate_crimes", code, build=scope.build) for code in (scope.police.code, HOME.benchmark)
    )
    newest = newest_count(ours)
    benchmark = at(theirs, newest.period) if newest else None
    if newest is None or benchmark is None or not comparable(newest, benchmark, series=ours, other=theirs).allowed:
        return None
    mine, wide = (per_people(figure, scope=scope) for figure in (newest, benchmark))
    if mine is None or wide is None:
        return None
    rest = beside(mine, wide, of=theirs)
    verdict = verdicts.rates_compared(mine, rest.rate, usual=verdicts.usual(ours, build=scope.build))
    values = _police_values(newest, scope, "hate_crimes") | {"n": published(newest)}
    values |= {"rate": mine, "wales_rate": rest.rate, "base": Whole(value=mine.per)}
    values |= {"in_place": phrase_in(scope.police), "in_wales": rest.in_}
    judged = (RATE_KEYS[verdict, rest.is_rest],) if verdict else ()
    keys = ("finding.recorded_rate", *judged, "finding.not_worse")
    notes = (say("forces.not_a_ranking"), *_place_notes(scope), say("caveat.more_recorded"))
    return Draft(keys=keys, values=values, notes=notes)


def strands_wales(scope: Scope) -> Draft | None:
    """Say the share of Wales's hate crimes with each strand, in the newest year that holds all five; never a sum.

    Only for Wales: the same sentence under 27 other names would be read as theirs.
    """
    if scope.place.code != HOME.benchmark:
        return None
    whole = queries.series("hate_crimes", HOME.benchmark, build=scope.build)
    parts = {s.category.code: s for s in queries.breakdown("hate_crimes", HOME.benchmark, build=scope.build)}
    newest = parts["race"].latest if "race" in parts else None
    total = at(whole, newest.period) if newest else None
    if newest is None or total is None or not total.value or set(STRANDS) - set(parts):
        return None
    figures = {code: at(parts[code], newest.period) for code in STRANDS}
    shares = {code: _share(figure, total) for code, figure in figures.items()}
    known_shares = {code: share for code, share in shares.items() if share is not None}
    if len(known_shares) < len(STRANDS):
        return None
    values: dict[str, Value] = {"in_wales": phrase_in(whole.area), **known_shares}
    values["when"] = Moment(period=newest.period, measure="hate_crimes")
    overlap = sum(share.value for share in known_shares.values()) > 100
    keys = ("finding.strands_wales", *(("finding.strands_overlap",) if overlap else ()))
    return Draft(keys=keys, values=values, notes=(say("strand.no_sum"), say("caveat.more_recorded")))


def _share(part: Observation | None, whole: Observation) -> Quantity | None:
    """Return a strand's share of all offences in per cent; None unless both are of one edition and 0 ≤ part ≤ whole."""
    if part is None or part.value is None or not whole.value or part.source != whole.source:
        return None
    if not 0 <= part.value <= whole.value:
        return None
    return Quantity(value=part.value / whole.value * 100, how="share", of=(part, whole))


def _police_values(newest: Observation, scope: Scope, measure: str) -> dict[str, Value]:
    return {"force": by_words(scope.police), "when": Moment(period=newest.period, measure=measure)}


def _place_notes(scope: Scope) -> tuple[Translatable, ...]:
    """Return what stands beside a figure of the police when another place was asked for: a force is no council."""
    if scope.police.code == scope.place.code:
        return ()
    return (say("caveat.force_not_place", force=scope.police.name, place=scope.place.called),)


def not_held(scope: Scope) -> Draft | None:
    """Say that a council's own aggravated offences are not held; nothing where they are, nor for forces and Wales."""
    if not scope.place.is_council:
        return None
    if queries.own_police_area(scope.place.code, build=scope.build) is not None:
        return None
    return Draft(
        keys=("finding.not_held",), values={"in_place": phrase_in(scope.place), "force": by_words(scope.police)}
    )
