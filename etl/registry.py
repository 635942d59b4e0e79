"""Open this first: everything we pull, one line per publication module."""

from __future__ import annotations

from etl.datasets import (
    asylum_support,
    asylum_support_by_type,
    components_of_change,
    hate_crime_england_wales,
    police_recorded_crime_pfa,
    population_mid_year,
)

_MODULES = (
    asylum_support,
    asylum_support_by_type,
    components_of_change,
    hate_crime_england_wales,
    police_recorded_crime_pfa,
    population_mid_year,
)

DATASETS = {dataset.name: dataset for module in _MODULES for dataset in module.DATASETS}
