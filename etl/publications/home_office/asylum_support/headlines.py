"""Home Office asylum support (Asy_00a): how many people the UK supported on two days, as the summary tables state.

The awkward fact: of 30 June 2026 no table by authority is held, so this is the only figure for the UK then.
"""

from __future__ import annotations

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import Origin
from etl.publications.home_office.asylum_support.by_authority import ACCREDITED, HOME_OFFICE, MEASURE, days
from etl.publications.typed_from_texts import migration as migration_text
from etl.reading.numbers import whole_numbers
from etl.reading.wording import listed

UNITED_KINGDOM = "K02000001"
FIGURES = 2


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the people whom the UK supported on each day of the text."""
    kept = migration_text.chosen(rows, pattern="people in receipt of asylum support", expected=FIGURES)
    if (strange := sorted(set(kept["area"]) - {"UK"})) != []:
        raise ContractError(f"expected figures of the UK; came {listed(strange)}")
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": UNITED_KINGDOM,
            "period_start": days(kept["reference_date_or_period"]),
            "period_months": 0,
            "category": TOTAL,
            "value": whole_numbers(kept["value"], where="figures-from-text"),
        }
    )


DATASETS = (
    Dataset(
        name="asylum_support_uk",
        material=migration_text.MATERIAL,
        read=migration_text.read,
        tidy=tidy,
        origin=Origin(
            **(HOME_OFFICE | ACCREDITED),
            line="asy_d11",
            title_en="Immigration system statistics: asylum summary tables (Asy_00a)",
            title_cy="Ystadegau'r system fewnfudo: tablau crynodeb lloches (Asy_00a)",
            edition="June 2026",
            edition_cy="Mehefin 2026",
            released="2026-08",
            url="https://assets.publishing.service.gov.uk/media/6a85c315b0504df9f2c89800/asylum-summary-jun-2026-tables.ods",
            grade="T",
            counts_en="People receiving asylum support in the UK on one day.",
            counts_cy="Pobl sy'n derbyn cymorth lloches yn y DU ar un diwrnod.",
            coverage_en="United Kingdom, 31 March and 30 June 2026.",
            coverage_cy="Y Deyrnas Unedig, 31 Mawrth a 30 Mehefin 2026.",
            caution_en="Typed from the summary table; the figure of 31 March comes from a text that quotes it.",
            caution_cy="Teipiwyd o'r tabl crynodeb; daw ffigur 31 Mawrth o destun sy'n ei ddyfynnu.",
            checked_en="The figure of 31 March 2026 equals the sum of all authorities in Asy_D11.",
            checked_cy="Mae ffigur 31 Mawrth 2026 yr un fath â swm yr holl awdurdodau yn Asy_D11.",
        ),
    ),
)
