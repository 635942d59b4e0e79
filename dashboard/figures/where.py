"""In which block a measure is shown, so that a measure or a category that is found leads to it.

The awkward fact: a figure knows what it counts only once it is made, and making all of them takes seconds. So it is
written down, and a test makes them all and compares.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.blocks.census import SECTIONS
from dashboard.figures.catalogue import BY_CODE
from dashboard.model import TOTAL

SOURCES, ACCOUNTS = "sources", "accounts"  # lists: of publications, and of the ways in which hate crime is counted
METHODS = "data_and_methods"
_PAGES = {SOURCES: METHODS, ACCOUNTS: "hate_crime"}
_SHOWS: Mapping[str, tuple[str, ...]] = {
    "rra_quarterly": ("rra_offences",),
    "rra_unassigned": ("rra_offences_unassigned",),
    "all_crime": ("recorded_crime",),
    "forces_compared": ("hate_crimes",),
    "strands_first_published": ("hate_crimes_as_first_published",),
    "religion_targeted": ("hate_crimes_by_religion_targeted",),
    "local_report": ("hate_crimes_in_local_report", "hate_incidents_in_local_report"),
    "charged": ("hate_crime_charged_share",),
    "racist_incidents": ("racist_incidents",),
    ACCOUNTS: ("survey_hate_crime_incidents", "hate_support_centre_referrals"),
    "population": ("population",),
    "population_change": ("population_change",),
    "components_of_change": ("births", "deaths", "other_change", "unattributable_change"),
    "flows": (
        "internal_net",
        "internal_inflow",
        "internal_outflow",
        "international_net",
        "international_inflow",
        "international_outflow",
    ),
    "proxies": (
        "short_term_inflow",
        "nino_registrations",
        "gp_registrations_flag4",
        "births_all_mothers",
        "births_non_uk_born_mothers",
    ),
    "born_abroad": ("non_uk_born_population",),
    "not_british": ("non_british_population",),
    "settlement_scheme": ("euss_applications", "euss_concluded"),
    "projected_change": ("projected_population_change",),
    "projected_population": ("projected_population",),
    "asylum_support": ("asylum_supported",),
    "asylum_accommodation": ("asylum_supported_accommodation",),
    "afghan_programme": ("afghan_programme_population",),
    "ukraine": ("homes_for_ukraine_arrivals",),
    "guests_funded": ("homes_for_ukraine_guests_funded",),
    "resettlement_schemes": ("resettled_people", "resettled_since_2014", "resettled_in_year"),
    "children_transferred": ("children_transferred",),
    "small_areas": ("wimd_decile", "wimd_rank"),
    "deprivation": ("wimd_most_deprived_share",),
    "living_standards": (
        "children_in_relative_poverty_share",
        "claimant_count_share",
        "modelled_unemployment_rate",
        "household_income_per_head",
    ),
    "wellbeing": ("personal_wellbeing",),
    "modern_slavery": ("nrm_referrals_police_first_responder",),
    "modern_slavery_offences": ("modern_slavery_offences",),
    "referrals_county": ("nrm_referrals_by_county",),
    "referrals_kingdom": ("nrm_referrals",),
    "caravans": ("gypsy_traveller_caravans",),
    "cohesion_wales": ("community_cohesion_agree_share",),
}
_PARTS: Mapping[str, str] = {"hate_crimes": "strands_wales", "rra_offences": "rra_by_offence"}
_BLOCKS = {
    **{measure: f"census_{section.name}" for section in reversed(SECTIONS) for measure in section.also},
    **{section.measure: f"census_{section.name}" for section in reversed(SECTIONS)},
    **{measure: block for block, measures in _SHOWS.items() for measure in measures},
}


def block_of(measure: str, category: str = TOTAL) -> str:
    """Return the block that shows a measure, or what was made from it: a figure, the accounts, or the publications.

    The parts of some measures are shown elsewhere than their whole.
    """
    of_parts = _PARTS.get(measure) if category != TOTAL else None
    return of_parts or _BLOCKS.get(measure, SOURCES)


def page_of(block: str) -> str:
    """Return the page on which a block stands."""
    return _PAGES[block] if block in _PAGES else BY_CODE[block].page
