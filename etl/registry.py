"""Open this first: everything we pull, one line per publication module."""

from __future__ import annotations

from etl.datasets import (
    asylum_support,
    asylum_support_by_type,
    asylum_support_headlines,
    census_2021,
    census_answers,
    census_small_areas,
    census_topics,
    children_transferred,
    components_of_change,
    components_of_change_rebased,
    eu_settlement_scheme,
    explore_local_statistics,
    hate_crime_england_wales,
    hate_crime_from_text,
    hate_crime_strands_by_force,
    homes_for_ukraine_funding,
    immigration_groups,
    immigration_groups_earlier,
    lamis_indicators,
    national_survey,
    nrm_referrals,
    police_recorded_crime_csp,
    police_recorded_crime_pfa,
    population_mid_2025,
    population_mid_year,
    population_projections,
    resettlement,
    resettlement_since_2014,
    wimd,
)

_MODULES = (
    asylum_support,
    asylum_support_by_type,
    asylum_support_headlines,
    census_2021,
    census_answers,
    census_small_areas,
    census_topics,
    children_transferred,
    components_of_change,
    components_of_change_rebased,
    eu_settlement_scheme,
    explore_local_statistics,
    hate_crime_england_wales,
    hate_crime_from_text,
    hate_crime_strands_by_force,
    homes_for_ukraine_funding,
    immigration_groups,
    immigration_groups_earlier,
    lamis_indicators,
    national_survey,
    nrm_referrals,
    police_recorded_crime_csp,
    police_recorded_crime_pfa,
    population_mid_2025,
    population_mid_year,
    population_projections,
    resettlement,
    resettlement_since_2014,
    wimd,
)

# Publications of which no file was ever at hand: there is no table of theirs, and `extract all` leaves them out.
AWAITED = (
    "components_of_change_rebased",
    "hate_crime_strands_by_force",
    "immigration_groups",
    "police_recorded_crime_csp",
    "police_recorded_crime_csp_2012_2015",
    "police_recorded_crime_csp_2016_2020",
)
ALL = {dataset.name: dataset for module in _MODULES for dataset in module.DATASETS}
DATASETS = {name: dataset for name, dataset in ALL.items() if name not in AWAITED}
