"""Hate crime figures that stand only in published texts: older totals, outcomes, the survey, third-party referrals.

The awkward fact: an older figure stands as its text printed it, and the Home Office has revised most of them
since. So they are a measure of their own, never joined to `hate_crimes`, and each year is read alone.
Counts that a force gave out itself (Freedom of Information answers, debates) stay out: they count otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from etl.contract import TOTAL, ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.publications.typed_from_texts.hate_crime import TEXT_FIGURES, certain, read_text_figures
from etl.reading.numbers import whole_numbers
from etl.reading.periods import financial_year_start
from etl.reading.wording import listed

ENGLAND_AND_WALES = "K04000001"
WALES = "W92000004"
FILE = "figures-from-text.csv"
AREAS: Mapping[str, str] = MappingProxyType(
    {"Wales (4 forces)": WALES, "Dyfed-Powys": "W15000004", "North Wales": "W15000001", "Gwent": "W15000002"}
)
STRANDS: Mapping[str, str] = MappingProxyType(
    {
        "all": TOTAL,
        "race": "race",
        "religion": "religion",
        "sexual orientation": "sexual_orientation",
        "disability": "disability",
        "transgender": "transgender",
    }
)
# Texts that quote the Home Office's own tables of their year; a press list of today's tables is in `hate_crimes`.
OLDER_TEXTS = ("local press from Home Office tables", "quoted by press/Senedd/Welsh Government")
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"all hate crime": "all_hate_crime", "RRA offences, all forces": "rra_offences"}
)
SURVEY_PERIOD, SURVEY_START, SURVEY_MONTHS = "avg/yr, 2022/23-2024/25", "2022-04-01", 36
# Figures that the publisher's own table or a copy of it gives: they stand there (`hate_crime_past_editions`).
IN_A_TABLE = (("Wales (4 forces)", "2015/16"), ("Gwent", "2018/19"))
# Areas and financial years whose figures we expect; a total stands in each.
FIRST_PUBLISHED: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        WALES: (2013, 2014, 2016, 2018, 2021),
        "W15000004": (2021, 2022),
        "W15000001": (2021, 2022),
        "W15000002": (2012, 2014, 2019),
    }
)


def tidy_first_published(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crimes_as_first_published` for Wales and three forces, by strand where the text gives it."""
    sure = certain(rows)
    kept = sure[
        (sure["measure"] == "police recorded hate crime") & sure["area"].isin(AREAS) & sure["basis"].isin(OLDER_TEXTS)
    ]
    in_a_table = pd.Series(list(zip(kept["area"], kept["period"], strict=True)), index=kept.index).isin(IN_A_TABLE)
    kept = kept[~in_a_table]
    return _table(
        kept,
        measure="hate_crimes_as_first_published",
        area_code=kept["area"].map(dict(AREAS)),
        category=_named(kept["strand"], names=STRANDS),
    )


def tidy_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_crime_charged_share` of England and Wales: per cent of offences charged or summonsed."""
    sure = certain(rows)
    kept = sure[sure["measure"] == "outcome charged/summonsed"]
    plain = kept.assign(value=kept["value"].str.replace(r"%$", "", regex=True))
    return _table(
        plain,
        measure="hate_crime_charged_share",
        area_code=ENGLAND_AND_WALES,
        category=_named(kept["strand"], names=OUTCOMES),
    )


def tidy_survey(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `survey_hate_crime_incidents`: incidents a year, on average over the three years of the estimate."""
    sure = certain(rows)
    kept = sure[(sure["measure"] == "CSEW hate crime incidents") & (sure["period"] == SURVEY_PERIOD)]
    return pd.DataFrame(
        {
            "measure": "survey_hate_crime_incidents",
            "area_code": ENGLAND_AND_WALES,
            "period_start": SURVEY_START,
            "period_months": SURVEY_MONTHS,
            "category": _named(kept["strand"], names={"all": TOTAL}),
            "value": whole_numbers(kept["value"], where=FILE),
        }
    )


def tidy_support_centre(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `hate_support_centre_referrals` of Wales; the year before is known only from a change, so not held."""
    sure = certain(rows)
    kept = sure[(sure["measure"] == "third-party referrals") & (sure["area"] == "Wales")]
    named = _named(kept["strand"], names={"all": TOTAL})
    return _table(kept, measure="hate_support_centre_referrals", area_code=WALES, category=named)


def _named(words: pd.Series, *, names: Mapping[str, str]) -> pd.Series:
    unknown = sorted(set(words) - set(names))
    if unknown:
        raise ContractError(f"{FILE}: expected a strand of {', '.join(names)}; came {', '.join(map(repr, unknown))}")
    return words.map(dict(names))


def _table(rows: pd.DataFrame, *, measure: str, area_code: str | pd.Series, category: pd.Series) -> pd.DataFrame:
    """Return tidy rows of financial years; a value that is no whole number is refused with its row."""
    return pd.DataFrame(
        {
            "measure": measure,
            "area_code": area_code,
            "period_start": [financial_year_start(year).isoformat() for year in rows["period"]],
            "period_months": 12,
            "category": category,
            "value": whole_numbers(rows["value"], where=FILE),
        }
    )


def every_listed_year_once(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a listed year of an area lacks its total, another came, or a text gives one figure twice."""
    wanted = sorted((area, f"{year}-04-01") for area, years in FIRST_PUBLISHED.items() for year in years)
    totals = made[made["category"] == TOTAL]
    came = sorted(zip(totals["area_code"], totals["period_start"], strict=True))
    twice = made[made.duplicated(["area_code", "period_start", "category"])]
    if came != wanted or not twice.empty:
        off = sorted(set(wanted) ^ set(came)) or twice[["area_code", "period_start", "category"]].to_numpy().tolist()
        raise ContractError(f"expected {len(wanted)} totals, each figure once; not so for {listed(off)}")


def strands_are_within_total(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a strand is larger than the total of its area and year."""
    key = ["area_code", "period_start"]
    totals = made[made["category"] == TOTAL].set_index(key)["value"].rename("whole")
    off = made.join(totals, on=key).query("value > whole")
    if not off.empty:
        raise ContractError(
            f"expected each strand within its total; came {listed(off[[*key, 'category']].to_numpy().tolist())}"
        )


def five_shares_within_a_hundred(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless the five shares came, each once and from 0 to 100."""
    once = not made.duplicated(["period_start", "category"]).any()
    if len(made) != 5 or not once or not made["value"].between(0, 100).all():
        raise ContractError(f"expected five shares from 0 to 100, each once; came {listed(made['value'].tolist())}")


def one_figure(_rows: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise unless exactly one figure came."""
    if len(made) != 1:
        raise ContractError(f"expected one figure; came {len(made)}")


FIRST_PUBLISHED_CAUTION = (
    "Each figure stands as it was printed and may have been revised since, so read each year alone: points, not a line. "
    "Do not set them beside today's figures.",
    "Mae pob ffigur fel y'i hargraffwyd a gall fod wedi'i ddiwygio ers hynny, felly darllenwch bob blwyddyn ar ei phen ei "
    "hun: pwyntiau, nid llinell. Peidiwch â'u gosod wrth ochr ffigurau heddiw.",
)
_BULLETINS = "https://www.gov.uk/government/collections/hate-crime-statistics"
_YEAR_ENDING_MARCH_2025 = "https://www.gov.uk/government/statistics/hate-crime-england-and-wales-year-ending-march-2025"
_HOME_OFFICE = {
    "publisher_en": "Home Office",
    "publisher_cy": "Y Swyddfa Gartref",
    "licence": OGL,
    "grade": "T",
    "status": "published_text",
}

DATASETS = (
    Dataset(
        name="hate_crimes_first_published",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_first_published,
        checks=(every_listed_year_once, strands_are_within_total),
        origin=Origin(
            **_HOME_OFFICE,
            title_en="Hate crime, England and Wales: older editions, as quoted at the time",
            title_cy="Troseddau casineb, Cymru a Lloegr: argraffiadau hŷn, fel y'u dyfynnwyd ar y pryd",
            edition="Editions of 2015 to 2023, each as quoted by the press, the Senedd or the Welsh Government",
            edition_cy="Argraffiadau 2015 i 2023, pob un fel y'i dyfynnwyd gan y wasg, y Senedd neu Lywodraeth Cymru",
            released="2023-10",
            url=_BULLETINS,
            counts_en="Hate crimes recorded by the police in a financial year, as a text of the time printed them.",
            counts_cy="Troseddau casineb a gofnodwyd gan yr heddlu mewn blwyddyn ariannol, fel y'u hargraffwyd mewn testun o'r cyfnod.",
            coverage_en="Wales, Dyfed-Powys, Gwent and North Wales in some of the years from April 2012 to March 2023.",
            coverage_cy="Cymru, Dyfed-Powys, Gwent a Gogledd Cymru mewn rhai o'r blynyddoedd o Ebrill 2012 i Fawrth 2023.",
            caution_en=FIRST_PUBLISHED_CAUTION[0],
            caution_cy=FIRST_PUBLISHED_CAUTION[1],
            checked_en="Typed from the texts; no strand is larger than its total. A strand inferred from a cut-off sentence was left out.",
            checked_cy="Teipiwyd o'r testunau; nid oes ffactor yn fwy na'i gyfanswm. Gadawyd allan ffactor a gasglwyd o frawddeg anghyflawn.",
        ),
    ),
    Dataset(
        name="hate_crime_outcomes",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_outcomes,
        checks=(five_shares_within_a_hundred,),
        origin=Origin(
            **_HOME_OFFICE,
            title_en="Hate crime, England and Wales: outcomes, as quoted at the time",
            title_cy="Troseddau casineb, Cymru a Lloegr: canlyniadau, fel y'u dyfynnwyd ar y pryd",
            edition="Editions of 2016 and 2022, as quoted in the bulletin's text and the press",
            edition_cy="Argraffiadau 2016 a 2022, fel y'u dyfynnwyd yn nhestun y bwletin a'r wasg",
            released="2022-10",
            url=_BULLETINS,
            counts_en="The share of offences of a financial year in which someone was charged or summonsed.",
            counts_cy="Cyfran troseddau blwyddyn ariannol lle cafodd rhywun ei gyhuddo neu ei wysio.",
            coverage_en="England and Wales, 2015/16, 2020/21 and 2021/22. All hate crime: 24 forces in 2015/16 and 26 in the other years.",
            coverage_cy="Cymru a Lloegr, 2015/16, 2020/21 a 2021/22. Pob trosedd casineb: 24 heddlu yn 2015/16 a 26 yn y blynyddoedd eraill.",
            caution_en=(
                "All hate crime covers only the 24 to 26 forces whose data were used, and no Welsh share is given. "
                "Cases still open at the time could be charged later."
            ),
            caution_cy=(
                "Dim ond y 24 i 26 o heddluoedd y defnyddiwyd eu data sydd yn ffigur pob trosedd casineb, ac ni roddir "
                "cyfran i Gymru. Gallai achosion agored ar y pryd arwain at gyhuddiad yn ddiweddarach."
            ),
            checked_en="Typed from the texts, whole per cent as printed.",
            checked_cy="Teipiwyd o'r testunau, yn ganrannau cyfan fel y'u hargraffwyd.",
        ),
    ),
    Dataset(
        name="crime_survey_hate_crime",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_survey,
        checks=(one_figure,),
        origin=Origin(
            **_HOME_OFFICE,
            title_en="Hate crime, England and Wales, year ending March 2025: Crime Survey for England and Wales",
            title_cy="Troseddau casineb, Cymru a Lloegr, y flwyddyn hyd at fis Mawrth 2025: Arolwg Troseddu Cymru a Lloegr",
            edition="October 2025 (key results)",
            edition_cy="Hydref 2025 (prif ganlyniadau)",
            released="2025-10-09",
            url=_YEAR_ENDING_MARCH_2025,
            counts_en="Incidents of hate crime that people told the survey about, whether or not the police knew: an average a year.",
            counts_cy="Digwyddiadau troseddau casineb y soniodd pobl amdanynt wrth yr arolwg, p'un a wyddai'r heddlu ai peidio: cyfartaledd blynyddol.",
            coverage_en="England and Wales, April 2022 to March 2025.",
            coverage_cy="Cymru a Lloegr, Ebrill 2022 i Fawrth 2025.",
            caution_en="A survey estimate, whose margin of error is not held; there is no Welsh figure.",
            caution_cy="Amcangyfrif o arolwg, nad yw ei gyfwng hyder gennym; nid oes ffigur i Gymru.",
            checked_en="Typed from the bulletin's key results.",
            checked_cy="Teipiwyd o brif ganlyniadau'r bwletin.",
        ),
    ),
    Dataset(
        name="hate_support_centre",
        material=TEXT_FIGURES,
        read=read_text_figures,
        tidy=tidy_support_centre,
        checks=(one_figure,),
        origin=Origin(
            publisher_en="Victim Support",
            publisher_cy="Cymorth i Ddioddefwyr",
            title_en="Wales Hate Support Centre: press release",
            title_cy="Canolfan Cymorth Casineb Cymru: datganiad i'r wasg",
            edition="October 2025",
            edition_cy="Hydref 2025",
            released="2025-10",
            url="https://www.victimsupport.org.uk/more-us/press/press-releases",
            licence="Copyright Victim Support; one figure, quoted with its source",
            grade="T",
            status="published_text",
            counts_en="Referrals to the centre that supports victims of hate in Wales, in a financial year.",
            counts_cy="Atgyfeiriadau i'r ganolfan sy'n cefnogi dioddefwyr casineb yng Nghymru, mewn blwyddyn ariannol.",
            coverage_en="Wales, April 2024 to March 2025 only.",
            coverage_cy="Cymru, Ebrill 2024 i Fawrth 2025 yn unig.",
            caution_en=(
                "A referral is not a recorded crime: it may or may not be in the police figures too, so the two are never "
                "added."
            ),
            caution_cy=(
                "Nid trosedd a gofnodwyd yw atgyfeiriad: gall fod yn ffigurau'r heddlu hefyd neu beidio, felly ni chaiff "
                "y ddau eu hadio at ei gilydd byth."
            ),
            checked_en="Typed from the press release. The year before is given only as a change, so it is not held.",
            checked_cy="Teipiwyd o'r datganiad i'r wasg. Dim ond fel newid y rhoddir y flwyddyn flaenorol, felly nid yw'r ffigur gennym.",
        ),
    ),
)
