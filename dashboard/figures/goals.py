"""Which measures bear on which well-being goal of Wales, what each says of a place, and a directory of all evidence.

The awkward fact: no measure was made for a goal, and a goal that nothing bears on is still one of seven. So what bears
on what is written down once, here, a measure may bear on several, and a goal says what is not held of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from dashboard import queries
from dashboard.blocks import common, groups
from dashboard.blocks.remembering import remembered
from dashboard.denominators import people_of, per_of
from dashboard.figure import Column, Subject, Summary, Table
from dashboard.figures.overview import per_words
from dashboard.figures.where import block_of, page_of
from dashboard.findings.figures import at, years_before
from dashboard.i18n import Language
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.periods import release_name
from dashboard.i18n.text import PerLanguage, Wording, joined, list_of, say, written
from dashboard.model import TOTAL, Measure, Observation, Series, Source
from dashboard.nations import HOME
from dashboard.statistics import benchmark_of, rate
from dashboard.tables import Named, common_columns, period_name

NOT_APPLICABLE, NOT_AVAILABLE = "[z]", "[x]"
DIRECTORY = "directory"
PERIOD = (  # of a figure, for a machine
    Column[Wording](key="period_start", label=say("column.period_start"), is_shown=False),
    *common_columns("period_months", is_shown=False),
)
PER_CENT = 100
_FILE = re.compile(r" \([a-z0-9-]{16,}\)")  # "(prc-pfa-mar2013-onwards-tables-230426)"
Parts = tuple[str, ...]

# The goals in the order of the Act, each with what bears on it: measures, and the parts that stand for a breakdown.
GOALS: Mapping[str, Mapping[str, Parts]] = {
    "prosperous": {
        "household_income_per_head": (TOTAL,),
        "modelled_unemployment_rate": (TOTAL,),
        "claimant_count_share": (TOTAL,),
        "census_economic_activity": ("employed", "long_term_sick_or_disabled"),
        "census_qualifications": ("none", "level_4_and_above"),
        "wimd_most_deprived_share": ("education",),
    },
    "resilient": {"wimd_most_deprived_share": ("physical_environment",)},
    "healthier": {
        "personal_wellbeing": ("life_satisfaction", "worthwhile", "happiness", "anxiety"),
        "census_general_health": ("very_good", "good", "bad", "very_bad"),
        "census_disability": ("disabled",),
        "census_unpaid_care": ("19_or_less", "20_to_49", "50_or_more"),
        "wimd_most_deprived_share": ("health",),
    },
    "equal": {
        "children_in_relative_poverty_share": ("before_housing_costs", "after_housing_costs"),
        "wimd_most_deprived_share": (TOTAL, "income"),
        "census_household_deprivation": ("none", "three", "four"),
        "hate_crimes": (TOTAL,),
        "rra_offences": (TOTAL,),
        "nrm_referrals_police_first_responder": (TOTAL,),
        "modern_slavery_offences": (TOTAL,),
    },
    "cohesive": {
        "community_cohesion_agree_share": (TOTAL,),
        "population": (TOTAL,),
        "internal_net": (TOTAL,),
        "international_net": (TOTAL,),
        "hate_crimes": (TOTAL,),
        "rra_offences": (TOTAL,),
        "recorded_crime": (TOTAL,),
        "wimd_most_deprived_share": ("community_safety", "access_to_services"),
        "census_tenure": ("owned", "social_rented", "private_rented"),
        "census_migrant_indicator": ("within_uk", "outside_uk"),
        "census_household_ethnic_groups": ("within_partnerships", "between_generations"),
    },
    "culture": {
        "census_welsh_speaking": ("can",),
        "census_welsh_understanding": ("can",),
        "census_welsh_reading": ("can",),
        "census_welsh_writing": ("can",),
        "census_household_language": ("all_adults", "nobody"),
        "census_national_identity": ("welsh_only", "welsh_and_british", "british_only", "non_uk_only"),
    },
    "global": {
        "asylum_supported": (TOTAL,),
        "resettled_since_2014": (TOTAL,),
        "homes_for_ukraine_arrivals": (TOTAL,),
        "afghan_programme_population": (TOTAL,),
        "children_transferred": ("in",),
        "census_year_of_arrival": ("arrived",),
        "census_english_proficiency": ("main_other",),
    },
}
COLUMNS = ("what", "here", "beside", "change", "when", "area")
LISTED = ("what", "publisher", "edition", "next", "newest", "goals", "address")
KEPT_APART = ("code", "grade", "version", "gap")  # columns for data alone


def of_figure(code: str) -> tuple[str, ...]:
    """Return the goals that a figure of the catalogue bears on, in their order: those of any measure it shows."""
    return tuple(
        goal
        for goal, measures in GOALS.items()
        if any(block_of(measure, part) == code for measure, parts in measures.items() for part in parts)
    )


def of_measure(code: str) -> tuple[str, ...]:
    """Return the goals that a measure bears on, in their order."""
    return tuple(goal for goal, measures in GOALS.items() if code in measures)


def name(goal: str) -> Wording:
    """Return what a goal is called in the Act."""
    return say(f"wellbeing.goal.{goal}")


def unheld(goal: str) -> Wording:
    """Return what is not held of a goal, and who publishes it."""
    return say(f"wellbeing.unheld.{goal}")


# ---- What bears on a goal


@remembered
def of_goal(goal: str, view: Subject) -> Summary[Wording] | None:
    """Return the newest figure of each measure that bears on a goal, its change, Wales or the rest; None of none."""
    caption = say("wellbeing.caption", goal=name(goal), in_place=common.place_in(view))
    rows = of_measures(GOALS[goal], view, code=f"wellbeing_{goal}", caption=caption)
    return rows and replace(rows, notes=(*rows.notes, unheld(goal)))


def of_measures(
    measures: Mapping[str, Parts], view: Subject, *, code: str, caption: Wording
) -> Summary[Wording] | None:
    """Return the newest figure of each measure of the place or the nearest area that has one; None where none is held.

    Beside it stand its change and Wales or the rest of it. `measures` are codes with the parts that stand for them.
    """
    measured = tuple(_newest(measures, view))
    if not measured:
        return None
    headings = (Column[Wording](key=key, label=say(f"wellbeing.column.{key}")) for key in COLUMNS)
    columns = (
        *headings,
        Column(key="value", label=say("wellbeing.column.value"), kind="number", decimals=2, is_shown=False),
        Column(key="unit", label=say("by_group.unit"), is_shown=False),
        *PERIOD,
        *common_columns("area_code", "source", is_shown=False),
        Column(key="released", label=say("figure.released"), is_shown=False),
        *common_columns("grade", is_shown=False),
    )
    figures = tuple(figure for _, figure in measured)
    return Summary(
        code=code,
        caption=caption,
        table=_with_wales(Table.of(columns, (_row(series, figure, view) for series, figure in measured))),
        sources=queries.sources_of(figures, build=view.build),
        notes=_between(measured),
        newest=figures,
    )


def _with_wales(table: Table[Wording]) -> Table[Wording]:
    """Return a table without the column of Wales where nothing stands in it: of Wales itself."""
    is_told = any(cell != NOT_APPLICABLE for cell in table.cells("beside"))
    return replace(
        table, columns=tuple(replace(c, is_shown=c.is_shown and (is_told or c.key != "beside")) for c in table.columns)
    )


def _newest(measures: Mapping[str, Parts], view: Subject) -> Iterator[tuple[Series, Observation]]:
    for measure, parts in measures.items():
        for part in parts:
            yield from ((s, s.latest) for s in groups.nearest(measure, part, view) if s.latest)


def _row(series: Series, figure: Observation, view: Subject) -> Named:
    measure = series.measure
    source = queries.sources(build=view.build)[figure.source]
    return {
        "what": _what(series),
        "here": _here(figure, measure, view),
        "beside": _beside(figure, measure, view),
        "change": _change(series, figure),
        "when": common.dated(figure, build=view.build),
        "area": say("equality.this_place") if series.area.code == view.place.code else series.area.name,
        "value": figure.value,
        "unit": measure.unit,
        "period_start": figure.period.start.isoformat(),
        "period_months": figure.period.months,
        "area_code": series.area.code,
        "source": joined(source.publisher, ": ", source.title),
        "released": release_name(source.released),
        "grade": source.grade,
    }


def _what(series: Series) -> Wording:
    measure = series.measure.name
    return measure if series.category.code == TOTAL else joined(measure, ": ", series.category.name)


def _here(figure: Observation, measure: Measure, view: Subject) -> Wording:
    amount, share = common.with_symbol(figure.value, measure), _per_head(figure, measure, view)
    if common.is_told_in_words(figure.value, measure) or not figure.value:
        return amount
    return joined(amount, *((" (", share, ")") if share else ()))


def _base(figure: Observation, measure: Measure, *, build: str) -> tuple[Observation, int] | None:
    """Return what a figure is divided by, and per how many: the census's own total, or residents; None of neither."""
    if measure.topic == "census":
        whole = _of(figure, figure.area, TOTAL, build=build)
        return (whole, PER_CENT) if whole and figure.category != TOTAL else None
    per = per_of(measure)
    people = people_of(figure, build=build) if per else None
    return (people, per) if people else None


def _per_head(figure: Observation, measure: Measure, view: Subject) -> Wording:
    base = _base(figure, measure, build=view.build)
    if base is None:
        return ""
    whole, per = base
    return _rate(rate(count=figure.value, population=whole.value, per=per), per)


def _rate(value: float | None, per: int) -> Wording:
    if value is None:
        return ""
    return PerCent(value) if per == PER_CENT else per_words(value, per)


def _beside(figure: Observation, measure: Measure, view: Subject) -> Wording:
    """Return Wales in the same measure and period, or the rest of it where the place is over a tenth of it."""
    wide = _of(figure, HOME.benchmark, figure.category, build=view.build)
    if wide is None or figure.area == HOME.benchmark:
        return NOT_APPLICABLE
    own, theirs = _base(figure, measure, build=view.build), _base(wide, measure, build=view.build)
    if own and theirs and None not in (figure.value, own[0].value, theirs[0].value):
        return _of_rest(figure, own, wide, theirs[0])
    if measure.kind not in ("share", "level"):
        return NOT_APPLICABLE
    return say("wellbeing.beside_wales", n=common.with_symbol(wide.value, measure))


def _of_rest(figure: Observation, own: tuple[Observation, int], wide: Observation, whole: Observation) -> Wording:
    benchmark = benchmark_of(
        count=figure.value or 0.0,
        population=own[0].value or 0.0,
        whole_count=wide.value or 0.0,
        whole_population=whole.value or 0.0,
    )
    n = _rate(rate(count=benchmark.count, population=benchmark.population, per=own[1]), own[1])
    return say("wellbeing.beside_rest", n=n) if benchmark.is_rest else say("wellbeing.beside_wales", n=n)


def _of(figure: Observation, area: str, category: str, *, build: str) -> Observation | None:
    return at(queries.series(figure.measure, area, category=category, build=build), figure.period)


def earlier(series: Series) -> Observation | None:
    """Return the figure that the newest may be set beside: of a year before, or the last before that, of one kind.

    Of a count on a day held for less than a year, the first that is held. None across a hard break, between two lines
    of editions, or where there is none as long.
    """
    line, last = series.newest_line, series.latest
    if last is None or not line or line[-1] != last:
        return None
    year = years_before(last.period)
    alike = [one for one in line[:-1] if one.period.months == last.period.months]
    of_years = [one for one in alike if one.period <= year]
    shorter = alike[:1] if not last.period.months else []
    before = next(iter((*of_years[-1:], *shorter)), None)
    hard = [one for one in series.breaks if one.severity == "hard"]
    if before is None or any(one.parts(before.period, last.period) for one in hard):
        return None
    return before


def _change(series: Series, figure: Observation) -> Wording:
    """Return how a figure differs from the one before it, in its own unit; never as a percentage of a count."""
    measure, before = series.measure, earlier(series)
    if before is None or before.value is None or figure.value is None:
        earlier_values = [one for one in series.observations if one.value is not None and one.period < figure.period]
        return say("wellbeing.none_beside" if earlier_values else "wellbeing.no_earlier")
    if common.is_told_in_words(figure.value, measure) or common.is_told_in_words(before.value, measure):
        return say("wellbeing.too_few")
    places = measure.decimals
    return say(
        "wellbeing.change_points" if measure.is_percentage else "wellbeing.change",
        change=Numeral(
            _as_written(figure.value, places) - _as_written(before.value, places), places=places, signed=True
        ),
        before=common.amount(before.value, measure),
        period=period_name(before.period, measure=measure.code),
    )


def _as_written(value: float, places: int) -> Decimal:
    """Return a number as it stands on paper: a reader who takes one from the other gets the change that is given."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _between(figures: Iterable[tuple[Series, Observation]]) -> tuple[Wording, ...]:
    """Return what stands between a figure and the one before it without parting them, each under its measure."""
    pairs = ((series, before, figure) for series, figure in figures if (before := earlier(series)))
    effects = (
        joined(series.measure.name, ": ", one.effect)
        for series, before, figure in pairs
        for one in series.breaks
        if one.parts(before.period, figure.period)
    )
    return tuple(dict.fromkeys(effects))


# ---- The directory


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One measure as a directory lists it: its newest figure for the place, or the nearest area that has one."""

    measure: Measure
    figure: Observation | None
    source: Source | None


@remembered
def directory(view: Subject) -> Summary[Wording]:
    """Return every measure held: who publishes it, which edition, how it reached us, when the next is due, where."""
    columns = tuple(Column[Wording](key=key, label=say(f"directory.column.{key}")) for key in LISTED)
    every = (_evidence(measure, view) for measure in queries.measures(build=view.build).values())
    apart = tuple(Column[Wording](key=key, label=say(f"directory.column.{key}"), is_shown=False) for key in KEPT_APART)
    table = Table.of((*columns, *apart), (_listed(one, view) for one in every))
    return Summary(
        code=DIRECTORY,
        caption=say("directory.caption", in_place=common.place_in(view), n=len(table.rows)),
        table=table,
        sources=(),
        notes=(say("directory.address", code=view.place.code), say("directory.grades")),
    )


def _evidence(measure: Measure, view: Subject) -> Evidence:
    parts = (TOTAL, *queries.categories(measure.code, build=view.build))
    parts_held = (part for part in dict.fromkeys(parts) if part in queries.categories(measure.code, build=view.build))
    newest = (s.latest for part in parts_held for s in groups.nearest(measure.code, part, view)[:1])
    figure = next((one for one in newest if one), None)
    return Evidence(
        measure=measure,
        figure=figure,
        source=queries.sources(build=view.build)[figure.source] if figure else None,
    )


def _listed(one: Evidence, view: Subject) -> Named:
    block = block_of(one.measure.code)
    goals = tuple(name(goal) for goal in of_measure(one.measure.code))
    listed: Named = {
        "what": one.measure.name,
        "goals": list_of(goals) if goals else say("directory.no_goal"),
        "address": f"{page_of(block)}#{block}",
        "code": one.measure.code,
    }
    if one.figure is None or one.source is None:
        nowhere = dict.fromkeys(("publisher", "edition", "next", "grade", "version"), NOT_AVAILABLE)
        return {**listed, **nowhere, **dict.fromkeys(("newest", "gap"), say("directory.elsewhere"))}
    source, area = one.source, queries.area(one.figure.area, build=view.build)
    return {
        **listed,
        "publisher": joined(source.publisher, ": ", source.title),
        "edition": say("directory.edition", edition=_edition(source), grade=source.grade),
        "next": source.rhythm.next if source.rhythm else say("directory.no_calendar"),
        "newest": joined(area.name, ", ", common.dated(one.figure, build=view.build)),
        "grade": source.grade,
        "version": source.edition,
        "gap": NOT_APPLICABLE if groups.is_of(area, view) else say("by_group.larger", area=area.name),
    }


def _edition(source: Source) -> Wording:
    """Return an edition with its release, which some are named by, and without the name of its file."""

    def named(lang: Language) -> str:
        edition, released = _FILE.sub("", source.edition.text(lang)), written(release_name(source.released), lang)
        return edition if released in edition else f"{edition} ({released})"

    return PerLanguage(named)
