"""Every figure, once: its code, its page, the question it answers, the function that answers, and where else it stands.

The awkward fact: a figure stands on a page, among the newest figures, in briefings, in files and in tests, and five
lists of the same thing had begun to differ. So all of them read this one, whose order is the order on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields, replace
from functools import partial
from typing import Any, Literal

from cohesion.vocabulary import WITHOUT_LONDON
from dashboard import drill, places, queries
from dashboard.blocks import (
    abroad,
    accommodation,
    beside,
    census,
    compare_places,
    groups,
    hate_crime,
    hate_crime_history,
    hate_crime_places,
    looking_ahead,
    migration,
    police_crime,
    profile,
    sanctuary,
    schemes,
    slavery,
    small_area,
    small_areas,
    summary,
    travellers,
)
from dashboard.blocks.common import place_in, years_words
from dashboard.blocks.compare_places import Selection
from dashboard.figure import Block, Cell, Figure, NotHeld, Subject, Summary, View, in_language
from dashboard.figures import ranges
from dashboard.figures.request import AT, PART, RANGES, UNIT, Option, Request, usual
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import FirstLetter, Wording, say
from dashboard.model import TOTAL, Period, Years
from dashboard.nations import HOME
from dashboard.queries import Components
from dashboard.tables import period_name


class UnknownFigureError(LookupError):
    """A code that no figure has."""


def _nothing(_: Request) -> dict[str, Any]:
    return {}


DataSection = Literal["hate_crime", "migration", "sanctuary", "people", ""]


@dataclass(frozen=True)
class Entry:
    """One figure: its code in addresses and files, its page, the text of its question, and the block that answers.

    `question` may depend on the choices. `also` is a second page it stands on. `options` are the choices it admits and
    `arguments` what the block is given for them. `data` is the section of the tables that are handed over in which its
    rows stand, "" where another figure's rows there say the same. `shows` are the measures that lead to it wherever
    they are named (search, messages, Home, the feed), and `shows_parts` those whose parts do; of several figures the
    first is led to. The newest figure of its first measure stands on Home where it `opens_home`. `script` is how it is
    spoken of on a slide, and `strand` the one strand of hate crime it is about.
    """

    code: str
    page: str
    question: str | Callable[[Request], str]
    block: Callable[..., Block[Wording] | None]
    _: KW_ONLY
    data: DataSection
    also: str = ""
    options: tuple[Option, ...] = ()
    arguments: Callable[[Request], Mapping[str, Any]] = _nothing
    shows: tuple[str, ...] = ()
    shows_parts: tuple[str, ...] = ()
    opens_home: bool = False
    script: str = ""
    strand: str = ""

    def question_for(self, request: Request) -> str:
        """Return the key of the question as it is put for a request."""
        return self.question if isinstance(self.question, str) else self.question(request)

    def asks(self, request: Request) -> str:
        """Return the question in words, of the place and in the language of a request."""
        view = request.view
        question = say(self.question_for(request), in_place=place_in(view), place=view.place.name)
        return question.text(view.lang)


# ---- The choices that some figures admit


def years(view: View) -> dict[str, Components]:
    """Return the years whose components of change are held, by the code each has in an address, newest first."""
    return {str(one.period.end.year): one for one in migration.waterfall_years(view)}


def _year(request: Request) -> dict[str, Any]:
    accounts = years(request.view)
    return {"year": accounts[request.option("year")] if accounts else None}


def _layer(request: Request) -> dict[str, Any]:
    layer = next(one for one in small_areas.LAYERS if one.code == request.option("layer"))
    return {"layer": layer, **_small_area(request)}


def _small_area(request: Request) -> dict[str, Any]:
    code = dict(request.options).get(drill.NAME)
    return {"area": queries.area(code, build=request.build) if code else None}


def _group(request: Request) -> dict[str, Any]:
    return {"group": groups.BY_CODE[request.option("group")]}


def compared(request: Request) -> Selection:
    """Return what a request compares, as the blocks of that page take it."""
    return Selection(
        measure=request.option("measure"),
        among=request.option("set"),
        form=request.option("form"),
        part=request.unusual(PART),
        unit=request.unusual(UNIT),
    )


def _compared(request: Request) -> dict[str, Any]:
    return {"selection": compared(request)}


def _ranked_question(request: Request) -> str:
    return compare_places.ranked_question(compared(request))


def _sets(request: Request) -> tuple[str, ...]:
    return places.sets(places.BY_CODE[request.option("measure")], request.place)


def _small_areas(request: Request) -> tuple[str, ...]:
    """Return the small areas of the place, after "" for none of them; nothing to choose where none are held."""
    areas = drill.small_areas(request.place, build=request.build)
    return ("", *areas) if areas else ()


def _forms(request: Request) -> tuple[str, ...]:
    return places.forms(places.BY_CODE[request.option("measure")], request.option("set"))


def _compared_parts(request: Request) -> tuple[str, ...]:
    return places.BY_CODE[request.option("measure")].parts


def _compared_part_words(code: str, request: Request) -> Wording:
    if code == TOTAL:
        return say("choice.support_all")
    return queries.categories(places.BY_CODE[request.option("measure")].measure, build=request.build)[code].name


def _compared_units(request: Request) -> tuple[str, ...]:
    return places.units(request.option("measure"), part=request.unusual(PART))


SIMILAR = dict.fromkeys(places.SIMILAR, "similar")
YEAR = (Option(name="year", codes=lambda request: tuple(years(request.view))),)
SMALL_AREA = (Option(name=drill.NAME, codes=_small_areas),)
LAYER = (Option(name="layer", codes=lambda _: tuple(one.code for one in small_areas.LAYERS)), *SMALL_AREA)
GROUPS = tuple(groups.BY_CODE)
GROUP = (Option(name="group", codes=lambda _: GROUPS),)
COMPARED = (
    Option(name="measure", codes=lambda _: tuple(places.BY_CODE)),
    Option(name="set", codes=_sets, refusals={**SIMILAR, places.FORCES: "forces"}),
    Option(name="form", codes=_forms, refusals={"hex": "hex"}),
)


def _category(name: str, measure: str, area: Callable[[Request], str]) -> tuple[Option, ...]:
    """Return the choice of one category of a measure that is held of an area; of nested ones, the outer."""

    def codes(request: Request) -> tuple[str, ...]:
        parts_held = queries.breakdown(measure, area(request), build=request.build)
        outer = [s.category.code for s in parts_held if s.category.parent in (None, "", TOTAL) and s.latest]
        return (TOTAL, *outer) if outer else ()

    def words(code: str, request: Request) -> Wording:
        return (
            say(f"choice.{name}_all") if code == TOTAL else queries.categories(measure, build=request.build)[code].name
        )

    return (Option(name=name, codes=codes, words=words),)


def _given_category(name: str) -> Callable[[Request], Mapping[str, Any]]:
    """Return what the block of a figure with categories is given: nothing where it is asked about the whole."""

    def arguments(request: Request) -> Mapping[str, Any]:
        code = request.unusual(name)
        return {"category": code} if code else {}

    return arguments


def _unit_words(code: str, _: Request) -> Wording:
    return say(f"choice.unit_{code}")


def _count_or_rate_words(code: str, request: Request) -> Wording:
    """Return what a unit is called: places of unlike size stand side by side as rates, whatever is told of ours."""
    return say("choice.unit_count_beside") if code == places.COUNT and request.beside else _unit_words(code, request)


Parts = Callable[[Request], Sequence[str]]


def _unit(
    measure: str, area: Callable[[Request], str], category: str = "", *, parts: Parts = lambda _: (TOTAL,)
) -> tuple[Option, ...]:
    """Return the choice between counts and rates of all residents; none where every newest count is too small for one.

    The counts are that of the `category` chosen, or those of the `parts` that the figure shows.
    """

    def codes(request: Request) -> tuple[str, ...]:
        chosen = request.unusual(category) if category else ""
        categories = (chosen,) if chosen else parts(request)
        has_rate = any(beside.has_rate(measure, area(request), request.view, category=one) for one in categories)
        return (places.COUNT, beside.RATE) if has_rate else ()

    return (Option(name=UNIT, codes=codes, words=_count_or_rate_words),)


def _unit_of_measures(
    measures: Callable[[Request], Iterable[str]], area: Callable[[Request], str]
) -> tuple[Option, ...]:
    """Return the choice between counts and rates of a figure of several measures; none where none has a rate."""

    def codes(request: Request) -> tuple[str, ...]:
        where = area(request)
        has_rate = any(beside.has_rate(one, where, request.view, category=TOTAL) for one in measures(request))
        return (places.COUNT, beside.RATE) if has_rate else ()

    return (Option(name=UNIT, codes=codes, words=_count_or_rate_words),)


def _unit_of_map(choice: str, category: str) -> tuple[Option, ...]:
    """Return the choice between a map's rates and counts; none where one category has counts alone."""
    return (
        Option(
            name=UNIT,
            codes=lambda request: places.units(choice, part=request.unusual(category)),
            words=_unit_words,
        ),
    )


def _share(measure: str) -> tuple[Option, ...]:
    """Return the choice between counts and shares of parts that add up to their whole, where that is no small one."""

    def codes(request: Request) -> tuple[str, ...]:
        newest = queries.series(measure, request.place.code, build=request.build).latest
        adds_up = queries.measure(measure, build=request.build).sum_categories
        is_enough = newest is not None and (newest.value or 0) >= beside.LEAST_FOR_A_RATE
        return (places.COUNT, sanctuary.SHARE) if adds_up and is_enough else ()

    return (Option(name=UNIT, codes=codes, words=_unit_words),)


def _here(request: Request) -> str:
    return request.place.code


def _kinds_of_poverty(request: Request) -> tuple[str, ...]:
    """Return how child poverty is counted of a place: before housing costs, as is usual, or after them."""
    where = profile.own_or_members(request.view)[0]
    kinds = queries.breakdown(profile.CHILD_POVERTY, where, build=request.build)
    return tuple(one.category.code for one in kinds if one.latest)


def _poverty_words(code: str, request: Request) -> Wording:
    return queries.categories(profile.CHILD_POVERTY, build=request.build)[code].name


def _flows(request: Request) -> tuple[str, ...]:
    return tuple(one.measure.code for one in migration.drawn_flows(request.view))


def _offences(request: Request) -> tuple[str, ...]:
    offences = queries.breakdown("rra_offences", _police(request), build=request.build)
    return tuple(one.category.code for one in offences)


def _police(request: Request) -> str:
    return queries.police_area(request.place.code, build=request.build).code


def _own_police(request: Request) -> str:
    own = queries.own_police_area(request.place.code, build=request.build)
    return own.code if own else request.place.code


def _ranges(has: Callable[[Request], bool] = lambda _: True) -> tuple[Option, ...]:
    """Return the choice to hide the ranges of a figure, where it has any."""

    def codes(request: Request) -> tuple[str, ...]:
        return (ranges.SHOWN, ranges.HIDDEN) if has(request) else ()

    return (Option(name=RANGES, codes=codes, words=lambda code, _: say(f"choice.ranges_{code}")),)


def _compared_has_ranges(request: Request) -> bool:
    choice = places.narrowed(request.option("measure"), part=request.unusual(PART), unit=request.unusual(UNIT))
    return choice.has_interval and queries.measure(choice.measure, build=request.build).allocated is None


OFFENCE = _category("offence", "rra_offences", _police)
STRAND = _category("strand", "hate_crimes", lambda _: WITHOUT_LONDON)
SUPPORT = _category("support", "asylum_supported", _here)
SUPPORT_IN_WALES = _category("support", "asylum_supported", lambda _: HOME.benchmark)
SCHEME = _category("scheme", "resettled_people", _here)

POVERTY = (Option(name=PART, codes=_kinds_of_poverty, words=_poverty_words),)
SHARE_OR_COUNT = (Option(name=UNIT, codes=lambda _: (sanctuary.SHARE, places.COUNT), words=_unit_words),)
COMPARED_PART = (
    Option(name=PART, codes=_compared_parts, words=_compared_part_words),
    Option(name=UNIT, codes=_compared_units, words=_unit_words),
)

Periods = Callable[[Request], tuple[Period, ...]]


def _at(periods: Periods, measure: str = "") -> tuple[Option, ...]:
    """Return the choice of a day: the last of each period that a map or a rank is held of, newest first."""

    def named(code: str, request: Request) -> Wording:
        period = next(one for one in periods(request) if one.end.isoformat() == code)
        return FirstLetter(period_name(period, measure=measure), capital=True)

    def codes(request: Request) -> tuple[str, ...]:
        return tuple(one.end.isoformat() for one in periods(request))

    return (Option(name=AT, codes=codes, words=named),)


def _at_of(choice: str, among: str = "wales", category: str = "") -> tuple[Option, ...]:
    """Return the choice of a day for a measure of places, or for the `category` of it that is chosen."""

    def periods(request: Request) -> tuple[Period, ...]:
        part = request.unusual(category) if category else ""
        return places.periods(choice=choice, among=among, build=request.build, part=part)

    return _at(periods, places.BY_CODE[choice].measure)


def _compared_periods(request: Request) -> tuple[Period, ...]:
    return places.periods(
        choice=request.option("measure"),
        among=request.option("set"),
        build=request.build,
        part=request.unusual(PART),
    )


def _layer_periods(request: Request) -> tuple[Period, ...]:
    return small_areas.periods(_layer(request)["layer"], build_id=request.build)


def _strand_years(request: Request) -> tuple[Period, ...]:
    return hate_crime.strand_years(queries.area(HOME.benchmark, build=request.build), request)


def _force_years(request: Request) -> tuple[Period, ...]:
    force = queries.force_of(request.place.code, build=request.build)
    return hate_crime.strand_years(force, request) if force else ()


COMPARED_AT = (*COMPARED, *COMPARED_PART, *_at(_compared_periods), *_ranges(_compared_has_ranges))

# ---- The figures

CENSUS = tuple(
    Entry(
        f"census_{section.name}",
        "profile",
        f"census.{section.name}",
        partial(census.answer, section),
        options=SHARE_OR_COUNT if census.has_shares(section) else (),
        data="" if section.short_table else "people",
        shows=(section.measure, *section.also),
    )
    for section in census.SECTIONS
)
# fmt: off
ENTRIES: tuple[Entry, ...] = (
    Entry("population_change_map", "home", "home.map", migration.population_change_map,
          options=_at_of("population_change"), script="map", data=""),

    Entry("rra_quarterly", "hate_crime", "hate_crime.aggravated", hate_crime.aggravated_by_quarter,
          options=(*OFFENCE, *_unit("rra_offences", _police, "offence"),
                   *_ranges(lambda request: not request.unusual("offence"))), arguments=_given_category("offence"),
          data="hate_crime", opens_home=True, shows=("rra_offences",), script="expected"),
    Entry("rra_authority", "hate_crime", "hate_crime.authority", hate_crime_places.authority,
          options=(*_unit("rra_offences", _own_police), *_ranges()), data="hate_crime", script="expected"),
    Entry("rra_map", "hate_crime", "hate_crime.authorities_map", hate_crime_places.authorities_map,
          options=(*_at(hate_crime_places.map_years), *_ranges()), data=""),
    Entry("rra_unassigned", "hate_crime", "hate_crime.unassigned", hate_crime_places.unassigned, data="hate_crime",
          shows=("rra_offences_unassigned",)),
    Entry("local_report", "hate_crime", "hate_crime.local_report", hate_crime_history.local_report, data="hate_crime",
          shows=("hate_crimes_in_local_report", "hate_incidents_in_local_report")),
    Entry("rra_same_quarter", "hate_crime", "hate_crime.same_quarter", hate_crime.same_quarter, data=""),
    Entry("rra_by_offence", "hate_crime", "hate_crime.which_offences", hate_crime.aggravated_by_offence,
          options=_unit("rra_offences", _police, parts=_offences), data="hate_crime", shows_parts=("rra_offences",)),
    Entry("strands_england_wales", "hate_crime", "hate_crime.strands", hate_crime.strands,
          options=STRAND, arguments=_given_category("strand"), data="hate_crime"),
    Entry("strands_wales", "hate_crime", "hate_crime.strands_wales", hate_crime.strands_wales,
          options=_at(_strand_years), data="hate_crime", shows_parts=("hate_crimes",), script="strands"),
    Entry("strands_force", "hate_crime", "hate_crime.strands_force", hate_crime.strands_force,
          options=_at(_force_years), data="hate_crime"),
    Entry("strands_first_published", "hate_crime", "hate_crime.first_published",
          hate_crime_history.strands_first_published, options=_at(hate_crime_history.first_years), data="hate_crime",
          shows=("hate_crimes_as_first_published",)),
    Entry("forces_compared", "hate_crime", "hate_crime.forces", hate_crime.forces_compared,
          options=_at_of("hate_crimes", places.FORCES), data="hate_crime", opens_home=True,
          shows=("hate_crimes",)),
    Entry("religion_targeted", "hate_crime", "hate_crime.religion_targeted", hate_crime_history.religion_targeted,
          options=_at(hate_crime_history.religion_years), data="hate_crime",
          shows=("hate_crimes_by_religion_targeted",), strand="religion"),
    Entry("racist_incidents", "hate_crime", "hate_crime.racist_incidents", hate_crime_history.racist_incidents,
          data="hate_crime", shows=("racist_incidents",)),
    Entry("charged", "hate_crime", "hate_crime.charged", hate_crime_history.charged, data="hate_crime",
          shows=("hate_crime_charged_share",)),
    Entry("all_crime", "hate_crime", "hate_crime.all_crime", police_crime.all_crime,
          options=_unit("recorded_crime", _police, parts=lambda _: ("excluding_fraud",)), data="hate_crime",
          shows=("recorded_crime",)),

    Entry("population_change", "migration", "migration.change", migration.population_change, data="migration",
          shows=("population_change",), script="population"),
    Entry("population", "migration", "migration.population", migration.population,
          data="migration", opens_home=True, shows=("population",)),
    Entry("components_of_change", "migration", "migration.why_changed", migration.components,
          options=YEAR, arguments=_year, data="migration",
          shows=("births", "deaths", "other_change", "unattributable_change")),
    Entry("flows", "migration", "migration.flows", migration.flows,
          options=_unit_of_measures(_flows, _here), data="migration",
          shows=("internal_net", "internal_inflow", "internal_outflow", "international_net", "international_inflow",
                 "international_outflow")),
    Entry("proxies", "migration", "migration.who", migration.proxies,
          options=_unit_of_measures(lambda _: migration.PROXIES, _here), data="migration",
          shows=("short_term_inflow", "nino_registrations", "gp_registrations_flag4", "births_all_mothers",
                 "births_non_uk_born_mothers")),
    Entry("born_abroad", "migration", "migration.born_abroad", abroad.born_abroad,
          options=(*_at(lambda request: abroad.years(abroad.NOT_UK_BORN, request)), *_ranges()), data="migration",
          shows=("non_uk_born_population",)),
    Entry("not_british", "migration", "migration.not_british", abroad.not_british,
          options=(*_at(lambda request: abroad.years(abroad.NOT_BRITISH, request)), *_ranges()), data="migration",
          shows=("non_british_population",)),
    Entry("settlement_scheme", "migration", "migration.settlement", abroad.settlement_scheme, data="migration",
          shows=("euss_applications", "euss_concluded")),
    Entry("projected_change", "migration", "migration.ahead", looking_ahead.projected_change, data="migration",
          shows=("projected_population_change",)),
    Entry("projected_population", "migration", "migration.ahead_line", looking_ahead.projected_population,
          data="migration", shows=("projected_population",)),

    Entry("asylum_support", "sanctuary", "migration.asylum", sanctuary.asylum_support,
          options=(*SUPPORT, *_unit("asylum_supported", _here, "support")), arguments=_given_category("support"),
          also="migration", data="sanctuary", opens_home=True, shows=("asylum_supported",),
          script="sanctuary"),
    Entry("asylum_accommodation", "sanctuary", "sanctuary.accommodation", sanctuary.asylum_accommodation,
          options=(*_at(lambda request: sanctuary.days(sanctuary.ACCOMMODATION, request)),
                   *_share(sanctuary.ACCOMMODATION)), data="sanctuary", shows=("asylum_supported_accommodation",)),
    Entry("accommodation_over_time", "sanctuary", "sanctuary.accommodation_over_time",
          accommodation.accommodation_over_time,
          options=_unit(sanctuary.ACCOMMODATION, _here, parts=lambda _: accommodation.DRAWN), data="sanctuary"),
    Entry("asylum_map", "sanctuary", "sanctuary.map", sanctuary.asylum_map,
          options=(*SUPPORT_IN_WALES, *_unit_of_map("asylum_supported", "support"),
                   *_at_of("asylum_supported", category="support")),
          arguments=_given_category("support"), data="sanctuary"),
    Entry("afghan_programme", "sanctuary", "sanctuary.afghan", sanctuary.afghan_programme,
          options=(*_at(lambda request: sanctuary.days(sanctuary.AFGHAN_PROGRAMME, request)),
                   *_share(sanctuary.AFGHAN_PROGRAMME)), data="sanctuary", shows=("afghan_programme_population",)),
    Entry("ukraine", "sanctuary", "sanctuary.ukraine", sanctuary.ukraine,
          options=_at_of("homes_for_ukraine"), data="sanctuary", shows=("homes_for_ukraine_arrivals",)),
    Entry("guests_funded", "sanctuary", "sanctuary.guests", schemes.guests_funded, data="sanctuary",
          shows=("homes_for_ukraine_guests_funded",)),
    Entry("resettlement", "sanctuary", "sanctuary.resettlement", sanctuary.resettlement,
          options=(*SCHEME, *_unit("resettled_people", _here, "scheme")), arguments=_given_category("scheme"),
          data="sanctuary"),
    Entry("resettlement_schemes", "sanctuary", "sanctuary.schemes", schemes.resettlement_schemes, data="sanctuary",
          shows=("resettled_people", "resettled_since_2014", "resettled_in_year")),
    Entry("afghan_schemes", "sanctuary", "sanctuary.afghan_schemes", schemes.afghan_schemes, data="sanctuary"),
    Entry("children_transferred", "sanctuary", "sanctuary.children", schemes.children_transferred, data="sanctuary",
          shows=("children_transferred",)),

    *CENSUS,
    Entry("small_areas", "profile", "profile.small_areas", small_areas.local_map,
          options=(*LAYER, *_at(_layer_periods)), arguments=_layer, shows=("wimd_decile", "wimd_rank"), data=""),
    Entry("small_area", "profile", "profile.small_area", small_area.small_area, options=SMALL_AREA,
          arguments=_small_area, data="people"),
    Entry("deprivation", "profile", "profile.deprivation", profile.deprivation, options=_at(profile.indices),
          data="people", shows=("wimd_most_deprived_share",)),
    Entry("living_standards", "profile", "profile.living", profile.living_standards,
          options=POVERTY, arguments=_given_category(PART), data="people",
          shows=("children_in_relative_poverty_share", "claimant_count_share", "modelled_unemployment_rate",
                 "household_income_per_head")),
    Entry("wellbeing", "profile", "profile.wellbeing", profile.wellbeing, data="people",
          shows=("personal_wellbeing",)),
    Entry("modern_slavery", "profile", "profile.modern_slavery", profile.modern_slavery, data="hate_crime",
          shows=("nrm_referrals_police_first_responder",)),
    Entry("modern_slavery_offences", "profile", "profile.modern_slavery_offences", police_crime.modern_slavery_offences,
          options=_unit("modern_slavery_offences", _police), data="hate_crime", shows=("modern_slavery_offences",)),
    Entry("referrals_county", "profile", "profile.referrals_county", slavery.referrals_county, data="hate_crime",
          shows=("nrm_referrals_by_county",)),
    Entry("referrals_kingdom", "profile", "profile.referrals_kingdom", slavery.referrals_kingdom, data="hate_crime",
          shows=("nrm_referrals",)),
    Entry("caravans", "profile", "profile.caravans", travellers.caravans, data="people",
          shows=("gypsy_traveller_caravans",)),
    Entry("cohesion_wales", "profile", "profile.cohesion", profile.cohesion_wales, data="people",
          shows=("community_cohesion_agree_share",)),

    Entry("by_group", "by_group", "by_group.question", groups.by_group, options=GROUP, arguments=_group, data=""),

    Entry("compare_map", "compare", "compare.question.map", compare_places.area_map,
          options=COMPARED_AT, arguments=_compared, data=""),
    Entry("compare_dots", "compare", _ranked_question, compare_places.ranked,
          options=COMPARED_AT, arguments=_compared, data=""),
    Entry("compare_funnel", "compare", "compare.question.funnel", compare_places.funnel,
          options=COMPARED_AT, arguments=_compared, data=""),
)
# fmt: on
BY_CODE: Mapping[str, Entry] = {entry.code: entry for entry in ENTRIES}
# Small tables that are read on their own, without a chart: they stand in briefings.
TABLES: Mapping[str, Callable[[Subject], Summary[Wording] | None]] = {
    "offences_year": summary.offences,
    "routes": summary.routes,
    "accounts": summary.accounts,
    "context": summary.context,
}


def entry(code: str) -> Entry:
    """Return a figure's entry; raise `UnknownFigureError` with the codes there are for any other."""
    if code not in BY_CODE:
        raise UnknownFigureError(f"expected one of {', '.join(BY_CODE)}; came {code!r}")
    return BY_CODE[code]


def answer(code: str, request: Request) -> Block | None:
    """Return the figure, the card that says it is not held, or None where it is no question of the place.

    This is the one way to a figure: of a page, a file, a briefing, a test.
    """
    block = unread(code, request)
    return in_language(block, request.lang) if block else None


def unread(code: str, request: Request) -> Block[Wording] | None:
    """Return what `answer` does before anybody reads it: in no language, for those who read it in several."""
    row = entry(code)
    block = row.block(view=request.about, **row.arguments(request))
    if request.unusual(RANGES) and isinstance(block, Figure):
        block = ranges.without_ranges(block)
    if request.years.are_chosen and not isinstance(block, Figure):
        whole = unread(code, replace(request, years=Years()))
        return _not_in(request, whole) if isinstance(whole, Figure) else whole
    if request.years.are_chosen and isinstance(block, Figure):
        block = _beside_years(block, request)
    if block is not None and block.code != code:
        raise ValueError(f"expected the figure {code}; came one that calls itself {block.code}")
    return block


def _beside_years(figure: Figure[Wording], request: Request) -> Figure[Wording]:
    """Return a figure that says so where it is not of the years chosen: most that are of one day cannot follow them."""
    if figure.is_of_years or all(request.years.hold(one.period) for one in figure.newest):
        return figure
    key = "period.beside_one" if request.years.are_one else "period.beside"
    return replace(figure, subtitle=say(key, subtitle=figure.subtitle, years=years_words(request)))


def _not_in(request: Request, whole: Figure[Wording]) -> NotHeld[Wording]:
    """Return the card that says which years a figure is held for, where it has nothing in those that are wanted.

    Its table may hold more than it draws, such as a total of later years: those years are not its own.
    """
    drawn = {queries.measure(o.measure, build=request.build).name for o in whole.newest}
    cells = zip(*(whole.table.cells(key) for key in ("period_end", "period", "value", "measure")), strict=True)
    ends = {str(end): name for end, name, value, measure in cells if measure in drawn and value is not None}
    first, last = min(ends), max(ends)
    is_between = first < str(request.years.first or "") and str(request.years.last or last) < last
    source = whole.sources[-1]
    return NotHeld(
        code=whole.code,
        title=say("period.none_one" if request.years.are_one else "period.none", years=years_words(request)),
        reason=say(
            "period.held_but_not_between" if is_between else "period.held",
            first=_name(ends[first]),
            last=_name(ends[last]),
        ),
        how=say("period.choose"),
        url=source.url,
        url_label=source.title,
    )


def _name(cell: Cell[Wording]) -> Wording:
    return str(cell) if cell is None or isinstance(cell, int | float) else cell


def with_usual(code: str, view: View, /, **options: str) -> Request:
    """Return the request for a figure as a page first shows it, but for `options`, of any name."""
    return usual(Request.of(view), options, options=entry(code).options)[0]


def first_shown(subject: Subject, code: str, /, **options: str) -> Block[Wording] | None:
    """Return a figure as a page first shows it, in no language, but for the `options` given."""
    return unread(code, with_usual(code, view_of(subject), **options))


def view_of(subject: Subject) -> View:
    """Return a subject as somebody looks at it, for what is asked in no language."""
    return View(**{one.name: getattr(subject, one.name) for one in fields(Subject)}, lang=LANGUAGES[0])


def on_page(page: str) -> tuple[Entry, ...]:
    """Return the figures of a page, in their order."""
    return tuple(one for one in ENTRIES if page in (one.page, one.also))


def codes_of(*codes: str) -> tuple[str, ...]:
    """Return the codes of a list that is kept by hand; raise `UnknownFigureError` where one of them is none."""
    return tuple(entry(code).code for code in codes)


def of_strand(strand: str) -> tuple[Entry, ...]:
    """Return the figures that are about one strand of hate crime alone, in their order."""
    return tuple(one for one in ENTRIES if one.strand == strand)


def in_data(section: DataSection) -> tuple[str, ...]:
    """Return the codes of the figures whose rows stand in a section of the tables handed over, in their order."""
    return tuple(one.code for one in ENTRIES if one.data == section)
