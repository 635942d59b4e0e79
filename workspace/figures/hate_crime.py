"""Hate crime in our area: what the force gave the council, what third parties took, and what came of it.

The awkward fact: many third-party reports reach the police too, and the force publishes its own figures by other rules.
So the three stand one under the other, and no number is made of two of them.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.caveats import Caveat, caveat
from dashboard.figure import Figure
from dashboard.i18n.text import Wording, say, sentences
from dashboard.model import TOTAL, Years
from local_figures.door import Figure as OwnFigure
from workspace.figures import extract_days, make
from workspace.figures.expected import expected_of
from workspace.figures.inputs import Count, Inputs, Line, line, lines_by, period
from workspace.figures.make import Texts, heavy

POLICE, THIRD_PARTY, OUTCOMES = "police_figures", "third_party_reports", "outcomes"
QUARTER, YEAR = 3, 12
BY_POLICE = "police"  # the route that is kept apart
STRANDS = ("crime_or_incident", "strand")
KINDS = {  # of what the force tells: what is counted, and the finding of one strand or of none
    "crime": (
        "own.police.crime.what",
        {"key": "own.police.crime.strands.title", "none": "own.police.crime.strands.none_shown"},
    ),
    "incident": (
        "own.police.incident.what",
        {"key": "own.police.incident.strands.title", "none": "own.police.incident.strands.none_shown"},
    ),
}


def recorded(inputs: Inputs) -> Figure[Wording] | None:
    """Return the hate crimes that the force recorded in the place, quarter by quarter, with what was expected."""
    total = _police(inputs, months=QUARTER, strand=TOTAL)
    if total is None:
        return None
    every = _police(replace(inputs, years=Years(last=inputs.years.last)), months=QUARTER, strand=TOTAL)
    expected = expected_of(every or total, since=total.counts[0].period.start)
    cells = [one for one in _police_cells(inputs, "crime", QUARTER) if ("strand", TOTAL) in one.cell.category]
    table = make.table_of(inputs, POLICE, cells, by=STRANDS)
    return make.over_time(
        inputs,
        POLICE,
        code="own_police_figures_recorded",
        lines=(total,),
        texts=Texts(
            title=_finding("own.police.recorded", total.newest, inputs),
            what=say("own.police.what"),
            sentence=expected.sentence,
            caveats=_police_caveats(),
        ),
        table=make.with_range(table, expected) if expected.with_limits else table,
        expected=expected,
    )


def strands(inputs: Inputs) -> Figure[Wording] | None:
    """Return the hate crimes of each strand by quarter; strands overlap and are never added."""
    lines = lines_by(inputs, POLICE, by="strand", months=QUARTER, crime_or_incident="crime")
    return _by_strand(inputs, "own_police_figures_strands", lines, kind="crime", months=QUARTER)


def strands_of_a_year(inputs: Inputs) -> Figure[Wording] | None:
    """Return the hate crimes of each strand in whole financial years."""
    lines = lines_by(inputs, POLICE, by="strand", months=YEAR, crime_or_incident="crime")
    return _by_strand(inputs, "own_police_figures_years", lines, kind="crime", months=YEAR)


def incidents(inputs: Inputs) -> Figure[Wording] | None:
    """Return incidents that are no crimes, by strand and quarter; all of them where no strand is held."""
    code = "own_police_figures_incidents"
    lines = lines_by(inputs, POLICE, by="strand", months=QUARTER, crime_or_incident="incident")
    total = _police(inputs, months=QUARTER, strand=TOTAL, kind="incident")
    if lines or total is None:
        return _by_strand(inputs, code, lines, kind="incident", months=QUARTER)
    return make.over_time(
        inputs,
        POLICE,
        code=code,
        lines=(total,),
        texts=Texts(
            title=_finding("own.police.incident.recorded", total.newest, inputs),
            what=say("own.police.incident.all"),
            sentence=make.newest_of((total,)),
            caveats=_police_caveats(),
        ),
        table=make.table_of(inputs, POLICE, _police_cells(inputs, "incident", QUARTER), by=STRANDS),
    )


def reports(inputs: Inputs) -> Figure[Wording] | None:
    """Return the reports that third parties took, by strand and quarter."""
    lines = lines_by(inputs, THIRD_PARTY, by="strand", months=QUARTER)
    total = line(inputs, THIRD_PARTY, code=TOTAL, name=say("own.all"), months=QUARTER, strand=TOTAL)
    lines_drawn = lines or ((total,) if total else ())
    if not lines_drawn:
        return None
    cells = [one for one in inputs.cells(THIRD_PARTY) if _dims(one) == {"strand"} and one.cell.months == QUARTER]
    title = (
        _finding("own.third_party.reports", total.newest, inputs)
        if total
        else make.newest_title(
            lines_drawn, inputs, key="own.third_party.strands.title", none="own.third_party.strands.none_shown"
        )
    )
    return make.over_time(
        inputs,
        THIRD_PARTY,
        code="own_third_party_reports_strands",
        lines=lines_drawn,
        texts=Texts(
            title=title,
            what=say("own.third_party.what"),
            sentence=make.newest_of(lines_drawn),
            caveats=(*_third_party_caveats(), heavy("own.third_party.no_sum")),
        ),
        table=make.table_of(inputs, THIRD_PARTY, cells, by=("strand",)),
    )


def routes(inputs: Inputs) -> Figure[Wording] | None:
    """Return the reports by the way they came; what came through the police stands apart."""
    every = lines_by(inputs, THIRD_PARTY, by="route", months=QUARTER, strand=TOTAL)
    apart = [_apart(one) for one in every if one.code == BY_POLICE]
    lines = (*(one for one in every if one.code != BY_POLICE), *apart)
    if not lines:
        return None
    cells = [
        one for one in inputs.cells(THIRD_PARTY) if _dims(one) == {"strand", "route"} and one.cell.months == QUARTER
    ]
    return make.over_time(
        inputs,
        THIRD_PARTY,
        code="own_third_party_reports_routes",
        lines=lines,
        texts=Texts(
            title=say("own.third_party.routes.title", in_place=make.place(inputs)),
            what=say("own.third_party.routes.what"),
            sentence=make.newest_of(lines),
            caveats=(heavy("own.third_party.police_apart"), *_third_party_caveats()),
        ),
        table=make.table_of(inputs, THIRD_PARTY, cells, by=("strand", "route")),
    )


def outcomes(inputs: Inputs) -> Figure[Wording] | None:
    """Return what came of the offences recorded in the newest year, those not yet decided among them."""
    cells = inputs.cells(OUTCOMES)
    if not cells:
        return None
    newest = max(cells, key=lambda one: (period(one), dict(one.cell.category)["cohort_year"]))
    cohort = dict(newest.cell.category)["cohort_year"]
    lines = [
        one
        for one in lines_by(inputs, OUTCOMES, by="outcome_group", months=YEAR, cohort_year=cohort)
        if one.newest.period == period(newest)
    ]
    total = line(
        inputs,
        OUTCOMES,
        code=TOTAL,
        name=say("own.all"),
        months=YEAR,
        cohort_year=cohort,
        outcome_group=TOTAL,
    )
    every = (*lines, *((total,) if total else ()))
    values = {"cohort": cohort, "in_place": make.place(inputs), "in_period": make.when(period(newest))}
    return make.figure(
        inputs,
        OUTCOMES,
        code="own_outcomes_groups",
        periods=[period(newest)],
        texts=Texts(
            title=make.counted("own.outcomes.title", total.newest.count if total else None, **values),
            what=say("own.outcomes.what"),
            sentence=make.listed(lines) if lines else say("own.outcomes.no_parts"),
            caveats=(heavy("own.outcomes.open"), caveat("own.outcomes.groups")),
        ),
        drawing=make.side_by_side(lines or every),
        table=make.table_of(
            inputs, OUTCOMES, cells, by=("cohort_year", "outcome_group"), shares=inputs.shares(OUTCOMES)
        ),
    )


def beside_police(inputs: Inputs) -> tuple[Wording, ...]:
    """Say what the police recorded and what third parties took in the newest quarter of both, and what lies between.

    The one is never taken from the other: many reports are in both numbers, and nobody knows how many.
    """
    police = _police(inputs, months=QUARTER, strand=TOTAL)
    third = line(inputs, THIRD_PARTY, code=TOTAL, name=say("own.all"), months=QUARTER, strand=TOTAL)
    if police is None or third is None:
        return (say("own.beside.one_missing"),)
    pairs = {one.period: one for one in police.counts}
    shared = [(pairs[one.period], one) for one in third.counts if one.period in pairs]
    if not shared:
        return (say("own.beside.no_quarter"),)
    recorded_, reported = shared[-1]
    snapshot = recorded_.days_taken
    of_day = (say("own.beside.taken", taken=snapshot.named),) if snapshot else ()
    early = extract_days.fresh(recorded_.period, snapshot)
    return (
        sentences(
            make.sentence(_finding("own.police.recorded", recorded_, inputs)),
            make.sentence(_finding("own.third_party.reports", reported, inputs)),
        ),
        *((early,) if early else of_day),
        say("own.beside.between"),
        say("own.few_is_not_calm"),
    )


def _police(inputs: Inputs, *, months: int, strand: str, kind: str = "crime") -> Line | None:
    return line(inputs, POLICE, code=strand, name=say("own.all"), months=months, crime_or_incident=kind, strand=strand)


def _police_cells(inputs: Inputs, kind: str, months: int) -> list[OwnFigure]:
    return [
        one
        for one in inputs.cells(POLICE)
        if one.cell.months == months and dict(one.cell.category).get("crime_or_incident") == kind
    ]


def _by_strand(inputs: Inputs, code: str, lines: tuple[Line, ...], *, kind: str, months: int) -> Figure[Wording] | None:
    if not lines:
        return None
    what, titles = KINDS[kind]
    return make.over_time(
        inputs,
        POLICE,
        code=code,
        lines=lines,
        texts=Texts(
            title=make.newest_title(lines, inputs, **titles),
            what=say(what),
            sentence=make.newest_of(lines),
            caveats=(*_police_caveats(), caveat("strand.no_sum")),
        ),
        table=make.table_of(inputs, POLICE, _police_cells(inputs, kind, months), by=STRANDS),
    )


def _finding(key: str, newest: Count, inputs: Inputs) -> Wording:
    return make.counted(key, newest.count, in_place=make.place(inputs), in_period=make.when(newest.period))


def _police_caveats() -> tuple[Caveat[Wording], ...]:
    return (
        heavy("own.police.not_the_published"),
        heavy("hate_crime.publisher_short"),
        caveat("caveat.recorded_changes"),
    )


def _third_party_caveats() -> tuple[Caveat[Wording], ...]:
    return (heavy("own.third_party.never_added"),)


def _apart(one: Line) -> Line:
    return Line(code=one.code, name=say("own.third_party.route_police"), counts=one.counts)


def _dims(figure: OwnFigure) -> set[str]:
    return {name for name, _ in figure.cell.category}
