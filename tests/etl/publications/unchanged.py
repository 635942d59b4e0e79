"""What each made-up publication gives as it stands: made once, for every test that changes something and compares."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from etl.pipeline.extract import tidy_table
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.synthetic import write_nomis, write_ods, write_xlsx

BOOKS: dict[str, tuple[Callable[..., Path], Callable[..., made.Book]]] = {
    "police_recorded_crime_pfa": (write_ods, made.pfa),
    "modern_slavery_offences": (write_ods, made.pfa),
    "police_recorded_crime_csp": (write_ods, made.csp),
    "hate_crime_england_wales": (write_ods, made.hate_crime),
    "hate_crime_religion_targeted": (write_ods, made.hate_crime),
    "asylum_support": (write_xlsx, made.asy_d11),
    "asylum_support_2014_2021": (write_xlsx, made.asy_d11),
    "asylum_support_by_type": (write_xlsx, made.asy_d11),
    "asylum_support_by_accommodation": (write_xlsx, made.asy_d11),
    "resettlement": (write_xlsx, made.res_d01),
    "immigration_groups_jun_2026": (write_ods, made.reg_02),
    "components_of_change_rebased": (write_xlsx, made.myeb3),
    "population_mid_year_rebased": (write_xlsx, made.myeb3),
    "hate_crime_strands_by_force": (write_ods, made.appendix),
    "nrm_county": (write_ods, made.table_12),
    "nrm_first_responders": (write_ods, made.responders),
    "census_country_of_birth": (write_nomis, made.ts012),
    "census_ethnic_group": (write_nomis, made.ts021),
    "census_english_proficiency": (write_nomis, made.ts029),
    "census_migrant_indicator": (write_nomis, made.ts019),
}


def unchanged(name: str) -> pd.DataFrame:
    """Return the tidy table of a dataset's made-up publication; a change to it is nobody else's."""
    return _table(name).copy()


@cache
def _table(name: str) -> pd.DataFrame:
    write, book = BOOKS[name]
    with TemporaryDirectory() as folder:
        return tidy_table(RELEASES[name], file=write(Path(folder) / "any", book()))
