"""Census 2021: sexual orientation and gender identity of people aged 16 and over in the Welsh authorities.

The awkward fact: the simple tables are not held, so the answers are added over the other columns of ONS
tables with more than one topic. Each cell of those was perturbed by itself: two such sums for Cardiff give
2,097 and 2,100 people for one and the same answer. The table used is named, and neither is "right".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.dataset import Dataset
from etl.datasets.census_2021 import (
    CENSUS,
    WALES,
    added,
    children_add_to_their_parent,
    counted,
    every_welsh_authority_has_every_category,
    named,
    on_census_day,
    welsh,
)
from etl.geography import load_areas, match_authority_code
from etl.origin import Origin
from etl.readers import read_text_csv, require_columns

AREA = "Lower tier local authorities Code"
COUNT = "Observation"
NOT_ASKED = "Does not apply"
ORIENTATION_COLUMN = "Sexual orientation (6 categories)"
GENDER_COLUMN = "Gender identity (4 categories)"
ORIENTATION: Mapping[str, str] = {
    "Straight or Heterosexual": "straight",
    "Gay or Lesbian": "gay_or_lesbian",
    "Bisexual": "bisexual",
    "All other sexual orientations": "other",
    "Not answered": "not_answered",
}
LGB_PLUS = ("gay_or_lesbian", "bisexual", "other")
GENDER: Mapping[str, str] = {
    "Gender identity the same as sex registered at birth": "same",
    "Gender identity different from sex registered at birth": "different",
    "Not answered": "not_answered",
}


def read_answers(path: Path, *, column: str) -> pd.DataFrame:
    """Return a row for each authority of England and Wales, answer, and cell of the other topics."""
    return require_columns(read_text_csv(path), columns=(AREA, column, COUNT), where=path.name)


def tidy_answers(rows: pd.DataFrame, *, measure: str, column: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return people aged 16 and over by answer, added over the other topics; children under 16 were not asked."""
    kept = welsh(rows, column=AREA)
    people = counted(kept[COUNT], where=measure)
    asked = kept[column] != NOT_ASKED
    made = on_census_day(
        measure=measure,
        areas=match_authority_code(kept.loc[asked, AREA], areas=load_areas()),
        categories=named(kept.loc[asked, column], names=names, where=measure),
        values=people[asked],
    )
    answers = added(made, category="", of={c: c for c in names.values()})
    return pd.concat([answers, added(answers, category=TOTAL)], ignore_index=True)


def tidy_sexual_orientation(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the five answers, everyone, and LGB+ as the sum of its three answers."""
    made = tidy_answers(rows, measure="census_sexual_orientation", column=ORIENTATION_COLUMN, names=ORIENTATION)
    return pd.concat([made, added(made[made["category"].isin(LGB_PLUS)], category="lgb_plus")], ignore_index=True)


tidy_gender_identity = partial(tidy_answers, measure="census_gender_identity", column=GENDER_COLUMN, names=GENDER)


def nobody_counted_who_was_not_asked(rows: pd.DataFrame, made: pd.DataFrame, *, column: str) -> None:
    """Raise when "Does not apply" holds people: leaving it out would then drop them."""
    kept = welsh(rows, column=AREA)
    unasked = counted(kept.loc[kept[column] == NOT_ASKED, COUNT], where=column).sum()
    everyone = counted(kept[COUNT], where=column).sum()
    total = made.loc[made["category"] == TOTAL, "value"].sum()
    if unasked or everyone != total:
        raise ContractError(
            f"expected {everyone:,} people and none under {NOT_ASKED!r}; came {total:,} and {unasked:,}"
        )


_SIXTEEN = {
    "released": "2023",
    "grade": "B",
    "checked_en": 'Answers add to everyone aged 16 and over as read, and nobody stands under "Does not apply".',
    "checked_cy": "Mae'r atebion yn adio i bawb sy'n 16 oed a throsodd fel y'u darllenwyd, ac nid oes neb o dan \"Ddim yn gymwys\".",
}
_CHECKS = (every_welsh_authority_has_every_category, children_add_to_their_parent)

DATASETS = (
    Dataset(
        name="census_sexual_orientation",
        material="census-2021/rm-sexual_ethnic_group.csv",
        read=partial(read_answers, column=ORIENTATION_COLUMN),
        tidy=tidy_sexual_orientation,
        checks=(*_CHECKS, partial(nobody_counted_who_was_not_asked, column=ORIENTATION_COLUMN)),
        origin=Origin(
            **CENSUS,
            **WALES,
            **_SIXTEEN,
            status="accredited",
            title_en="Sexual orientation by ethnic group: Census 2021, added over ethnic groups",
            title_cy="Cyfeiriadedd rhywiol yn ôl grŵp ethnig: Cyfrifiad 2021, wedi'i gyfuno ar draws grwpiau ethnig",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/sexuality/bulletins/sexualorientationenglandandwales/census2021",
            counts_en="People aged 16 and over by the sexual orientation they gave; the question was voluntary.",
            counts_cy="Pobl sy'n 16 oed a throsodd yn ôl y cyfeiriadedd rhywiol a roddwyd ganddynt; roedd y cwestiwn yn wirfoddol.",
            caution_en="About one in thirteen people in Wales did not answer. Added from perturbed cells, so a few people away from the simple table.",
            caution_cy="Ni wnaeth tua un o bob tri ar ddeg o bobl yng Nghymru ateb. Wedi'i adio o gelloedd a newidiwyd ychydig, felly gall fod ychydig o bobl yn fwy neu'n llai na'r tabl syml.",
        ),
    ),
    Dataset(
        name="census_gender_identity",
        material="census-2021/rm-genmod_age_sex.csv",
        read=partial(read_answers, column=GENDER_COLUMN),
        tidy=tidy_gender_identity,
        checks=(*_CHECKS, partial(nobody_counted_who_was_not_asked, column=GENDER_COLUMN)),
        origin=Origin(
            **CENSUS,
            **WALES,
            **_SIXTEEN,
            status="in_development",
            title_en="Gender identity by age and sex: Census 2021, added over ages and sexes",
            title_cy="Hunaniaeth o ran rhywedd yn ôl oedran a rhyw: Cyfrifiad 2021, wedi'i gyfuno ar draws oedrannau a rhywiau",
            url="https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/genderidentity/bulletins/genderidentityenglandandwales/census2021",
            counts_en="People aged 16 and over by whether their gender identity is the same as their sex registered at birth; the question was voluntary.",
            counts_cy="Pobl sy'n 16 oed a throsodd yn ôl p'un a yw eu hunaniaeth o ran rhywedd yr un peth â'r rhyw a gofrestrwyd pan gawsant eu geni ai peidio; roedd y cwestiwn yn wirfoddol.",
            caution_en="Official statistics in development: some people may have misread the question, so compare places with care.",
            caution_cy="Ystadegau swyddogol sy'n cael eu datblygu: efallai i rai pobl gamddeall y cwestiwn, felly cymharwch leoedd yn ofalus.",
        ),
    ),
)
