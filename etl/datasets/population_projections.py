"""Welsh Government population projections: the growth of three authorities, as a newsletter gives it.

The awkward fact: only the three largest increases are in the text, so the other nineteen are not held; they are not zero.
"""

from __future__ import annotations

import pandas as pd

from etl.contract import TOTAL, ContractError, Problem
from etl.dataset import Dataset
from etl.datasets import migration_text
from etl.geography import load_areas, match_authority_name
from etl.origin import OGL, Origin
from etl.periods import point_in_time

MEASURE = "projected_population_change"
PATTERN = "2022-based projection: population change %"
FIGURES = 3


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the projected change in per cent over the years of a period such as "2022-06-30/2032-06-30"."""
    kept = migration_text.chosen(rows, pattern=PATTERN, expected=FIGURES)
    ends = kept["reference_date_or_period"].str.extract(r"^([\d-]+)/([\d-]+)$").fillna("")
    starts, lasts = (ends[column].map(point_in_time) for column in (0, 1))
    return pd.DataFrame(
        {
            "measure": MEASURE,
            "area_code": match_authority_name(kept["area"], areas=load_areas()),
            "period_start": starts.map(lambda day: day.isoformat()),
            "period_months": [12 * (b.year - a.year) + b.month - a.month for a, b in zip(starts, lasts, strict=True)],
            "category": TOTAL,
            "value": _per_cent(kept["value"]),
        }
    )


def _per_cent(cells: pd.Series) -> pd.Series:
    bad = cells[~cells.str.fullmatch(r"-?\d+\.\d")]
    if not bad.empty:
        raise ContractError(
            Problem(
                file="figures-from-text", row=int(str(row)) + 2, expected="per cent with one decimal", came=repr(cell)
            )
            for row, cell in bad.items()
        )
    return pd.to_numeric(cells)


DATASETS = (
    Dataset(
        name="projections_headlines",
        material=migration_text.MATERIAL,
        read=migration_text.read,
        tidy=tidy,
        origin=Origin(
            publisher_en="Welsh Government",
            publisher_cy="Llywodraeth Cymru",
            title_en="2022-based local authority population projections, in the Statistics Wales demography newsletter",
            title_cy="Amcanestyniadau poblogaeth awdurdodau lleol sy'n seiliedig ar 2022, yng nghylchlythyr demograffeg Ystadegau Cymru",
            edition="Newsletter of December 2025 (projections of 20 November 2025)",
            edition_cy="Cylchlythyr Rhagfyr 2025 (amcanestyniadau 20 Tachwedd 2025)",
            released="2025-12",
            url="https://www.gov.wales/statistics-wales-demography-newsletter-december-2025-html",
            licence=OGL,
            grade="T",
            status="published_text",
            counts_en="The change in population from mid-2022 to mid-2032, in per cent, in the 2022-based principal projection.",
            counts_cy="Y newid yn y boblogaeth o ganol 2022 i ganol 2032, fel canran, yn y prif amcanestyniad sy'n seiliedig ar 2022.",
            coverage_en="Cardiff, Newport and the Vale of Glamorgan, the three largest increases. Other authorities are not held.",
            coverage_cy="Caerdydd, Casnewydd a Bro Morgannwg, y tri chynnydd mwyaf. Nid oes gennym ffigurau'r awdurdodau eraill.",
            caution_en="A projection carries recent trends forward: it is not a forecast and takes no account of future decisions.",
            caution_cy="Mae amcanestyniad yn parhau tueddiadau diweddar: nid rhagolwg ydyw ac nid yw'n ystyried penderfyniadau yn y dyfodol.",
            checked_en="Typed from the newsletter, then compared with its text once more.",
            checked_cy="Teipiwyd o'r cylchlythyr, yna ei gymharu â'i destun unwaith eto.",
        ),
    ),
)
