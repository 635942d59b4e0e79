"""ONS Local Area Migration Indicators: short-term inflows, registrations, births, and who was born abroad.

The awkward fact: the seven sheets do not count the same year. Inflows and GP registrations run from July
to June; National Insurance numbers, births and the survey estimates run from January to December. And a
survey estimate rounded to zero, or an interval rounded to zero, is not a zero: neither gets one here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pandas as pd

from etl.contract import ContractError
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import OGL, Origin
from etl.publications.ons.migration_indicators import indicator_sheets as lamis
from etl.reading.wording import listed

SHORT_TERM_SHEET = "Short-Term Migration Inflows"
NINO_SHEET = "NINo Registrations"
GP_SHEET = "GP Registrations"
BIRTHS_SHEET = "Births to Non-UK Born Mothers"
NON_UK_BORN_SHEET = "Non-UK Born Population"
NON_BRITISH_SHEET = "Non-British Population"

SHORT_TERM = "Short-Term International Migration Inflow Estimates"
PROVISIONAL = f"{SHORT_TERM}p"
SHORT_TERM_MEASURES = MappingProxyType({SHORT_TERM: "short_term_inflow", PROVISIONAL: "short_term_inflow"})
NINO_MEASURES = MappingProxyType({"Migrant NINo Registrations": "nino_registrations"})
GP_MEASURES = MappingProxyType({"New Migrant GP Registrations": "gp_registrations_flag4"})
BIRTHS_MEASURES = MappingProxyType(
    {
        "Live births / All live births": "births_all_mothers",
        "Live births / Live births to mothers born outside of UK": "births_non_uk_born_mothers",
    }
)
NON_UK_BORN = ("Country of Birth / Non-UK Born Estimate", "Country of Birth / CI +/-")
NON_BRITISH = ("Nationality / Non-British Estimate", "Nationality / CI +/-")

# Headings that are known and not kept: denominators older than today's, and shares that follow from the counts.
LEFT_OUT = r"Mid-\d{4} Population Estimate( \(16 to 64\))?|.* / Resident Population|Live births / Percentage of .*"

# The one cell left blank where every other Scottish one says ":" (note 11: not available for Scotland).
BLANK_AREA, BLANK_PERIOD = "S12000045", "Mid-2019 to Mid-2020"

AUTHORITIES = 374
PLACES = AUTHORITIES + len(lamis.NATIONS)


def tidy_counts(cells: pd.DataFrame, *, sheet: str, measures: Mapping[str, str]) -> pd.DataFrame:
    """Return the counts of every authority and nation that stand under the headings of `measures`."""
    lamis.refuse_headings(cells, wanted=measures, others=LEFT_OUT, sheet=sheet)
    kept = lamis.places(cells[cells["heading"].isin(measures)])
    return lamis.observations(kept, measure=kept["heading"].map(dict(measures)), sheet=sheet)


def tidy_short_term(cells: pd.DataFrame) -> pd.DataFrame:
    """Return short-term inflows as published, fractions included; the year headed with a "p" is provisional."""
    made = tidy_counts(cells, sheet=SHORT_TERM_SHEET, measures=SHORT_TERM_MEASURES)
    provisional = (cells.loc[made.index, "heading"] == PROVISIONAL) & made["value"].notna()
    return made.assign(marker=made["marker"].mask(provisional, "[p]"))


def tidy_gp(cells: pd.DataFrame) -> pd.DataFrame:
    """Return new migrants' GP registrations; the one known blank in Scotland is not available, as its neighbours are."""
    known = (cells["area_code"] == BLANK_AREA) & (cells["period"] == BLANK_PERIOD) & (cells["text"].str.strip() == "")
    mended = cells.assign(text=cells["text"].mask(known, ":"))
    return tidy_counts(mended, sheet=GP_SHEET, measures=GP_MEASURES)


def tidy_estimates(cells: pd.DataFrame, *, sheet: str, headings: tuple[str, str], measure: str) -> pd.DataFrame:
    """Return survey estimates with their 95% intervals (estimate ± CI, not below 0: these are people).

    An estimate whose CI was rounded to zero or is missing has no interval, because it is not certain.
    """
    estimate, interval = headings
    lamis.refuse_headings(cells, wanted=headings, others=LEFT_OUT, sheet=sheet)
    kept = lamis.places(cells[cells["heading"] == estimate])
    made = lamis.observations(kept, measure=measure, sheet=sheet)
    half = _half_widths(cells[cells["heading"] == interval], like=made, sheet=sheet)
    return made.assign(lower=(made["value"] - half).clip(lower=0), upper=made["value"] + half)


def _half_widths(cells: pd.DataFrame, *, like: pd.DataFrame, sheet: str) -> pd.Series:
    """Return the CI beside each row of `like`, in its order; NaN where the sheet has a marker."""
    key = ["area_code", "period_start"]
    widths = lamis.observations(lamis.places(cells), measure="interval", sheet=sheet).set_index(key)["value"]
    return widths.reindex(pd.MultiIndex.from_frame(like[key])).set_axis(like.index)


def every_place_every_period(_cells: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when a measure and period lacks an authority or nation, or has one twice."""
    found = made.groupby(["measure", "period_start"])["area_code"].agg(["size", "nunique"])
    short = found[(found["size"] != PLACES) | (found["nunique"] != PLACES)]
    if not short.empty:
        raise ContractError(f"expected {PLACES} places in every period; came {listed(short['nunique'].to_dict())}")


def authorities_add_to_nations(_cells: pd.DataFrame, made: pd.DataFrame, *, within: float, wales: float) -> None:
    """Raise when a nation's authorities differ from it by more than `within` (in Wales `wales`)."""
    rows = made.assign(letter=made["area_code"].str[0], nation=made["area_code"].isin(lamis.NATIONS))
    key = ["measure", "period_start", "letter"]
    whole = rows[rows["nation"]].set_index(key)["value"].dropna()
    parts = rows[~rows["nation"]].groupby(key)["value"].sum().reindex(whole.index)
    allowed = pd.Series(whole.index.get_level_values("letter") == "W", index=whole.index).map(
        {True: wales, False: within}
    )
    gaps = (parts - whole)[(parts - whole).abs() > allowed]
    if not gaps.empty:
        raise ContractError(f"expected authorities to add to their nation; off by {listed(gaps.to_dict())}")


def mothers_are_among_all(_cells: pd.DataFrame, made: pd.DataFrame) -> None:
    """Raise when more births are to mothers born abroad than there are births."""
    both = made.pivot(index=["area_code", "period_start"], columns="measure", values="value")
    wrong = both[both["births_non_uk_born_mothers"] > both["births_all_mothers"]]
    if not wrong.empty:
        raise ContractError(
            f"expected no more births to some mothers than to all; came otherwise {listed(list(wrong.index))}"
        )


def only_the_known_blank(cells: pd.DataFrame, _made: pd.DataFrame) -> None:
    """Raise when the blank cell that is read as not available has been filled: the exception has had its day."""
    chosen = (cells["area_code"] == BLANK_AREA) & (cells["period"] == BLANK_PERIOD) & cells["heading"].isin(GP_MEASURES)
    text = cells.loc[chosen, "text"].str.strip().tolist()
    if text != [""]:
        raise ContractError(f"expected a blank for {BLANK_AREA} in {BLANK_PERIOD}; came {listed(text)}")


_WHOLE = (every_place_every_period, lamis.names_stand_beside_their_codes)


def _read(sheet: str) -> partial[pd.DataFrame]:
    return partial(lamis.read_sheet, sheet=sheet)


def _lamis(*, part_en: str, part_cy: str) -> dict[str, str]:
    """Return what the six citations share; a part names the sheet."""
    return {
        "publisher_en": "Office for National Statistics",
        "publisher_cy": "Y Swyddfa Ystadegau Gwladol",
        "title_en": f"Local area migration indicators, UK: {part_en}",
        "title_cy": f"Dangosyddion mudo ardaloedd lleol, y DU: {part_cy}",
        "edition": "2021",
        "edition_cy": "2021",
        "released": "2021-09-17",
        "url": "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/migrationwithintheuk/datasets/localareamigrationindicatorsunitedkingdom",
        "licence": OGL,
        "grade": "A",
        "status": "official",
    }


_SURVEY = {
    "coverage_en": "374 local authorities of the UK as in April 2021 and the four nations, 2011 to 2020. Not available by district in Northern Ireland.",
    "coverage_cy": "374 awdurdod lleol yn y DU fel yr oeddent ym mis Ebrill 2021 a'r pedair gwlad, 2011 i 2020. Nid yw ar gael fesul dosbarth yng Ngogledd Iwerddon.",
    "caution_en": "A survey estimate to the nearest 1,000: where the intervals are wide, a change from one year to the next may be chance. Most people in communal establishments are not counted, and from March 2020 interviews were by telephone.",
    "caution_cy": "Amcangyfrif arolwg i'r 1,000 agosaf: lle mae'r cyfyngau'n eang, gall newid o un flwyddyn i'r nesaf fod wedi digwydd ar hap. Nid yw'r rhan fwyaf o bobl mewn sefydliadau cymunedol yn cael eu cyfrif, ac o fis Mawrth 2020 cynhaliwyd cyfweliadau dros y ffôn.",
    "checked_en": "Each interval is the estimate plus and minus the published CI, not below 0; where the CI was rounded to zero, none is shown.",
    "checked_cy": "Mae pob cyfwng yn hafal i'r amcangyfrif plws a minws y CI a gyhoeddwyd, heb fynd o dan 0; lle talgrynnwyd y CI i sero, ni ddangosir cyfwng.",
}

DATASETS = (
    Dataset(
        name="lamis_short_term_inflow",
        material=lamis.MATERIAL,
        read=_read(SHORT_TERM_SHEET),
        tidy=tidy_short_term,
        checks=(*_WHOLE, partial(authorities_add_to_nations, within=1, wales=0.01)),
        origin=Origin(
            **_lamis(part_en="short-term migration inflows", part_cy="mewnlifau mudo tymor byr"),
            counts_en="People who are not British and come for 3 to 12 months to work or study, in the year to 30 June.",
            counts_cy="Pobl nad ydynt yn Brydeinwyr sy'n dod am 3 i 12 mis i weithio neu astudio, yn y flwyddyn hyd at 30 Mehefin.",
            coverage_en="374 local authorities of the UK as in April 2021 and the nations, mid-2008 to mid-2017; figures for England and Wales only.",
            coverage_cy="374 awdurdod lleol yn y DU fel yr oeddent ym mis Ebrill 2021 a'r gwledydd, canol 2008 i ganol 2017; ffigurau ar gyfer Cymru a Lloegr yn unig.",
            caution_en="One survey estimate for England and Wales, shared out among authorities by a model. The year to mid-2017 is provisional.",
            caution_cy="Un amcangyfrif arolwg ar gyfer Cymru a Lloegr, wedi'i rannu rhwng awdurdodau drwy fodel. Dros dro yw'r flwyddyn hyd at ganol 2017.",
            checked_en="Welsh authorities add to Wales, and English ones to England within one person.",
            checked_cy="Mae awdurdodau Cymru'n adio i Gymru, a rhai Lloegr i Loegr o fewn un person.",
        ),
    ),
    Dataset(
        name="lamis_nino_registrations",
        material=lamis.MATERIAL,
        read=_read(NINO_SHEET),
        tidy=partial(tidy_counts, sheet=NINO_SHEET, measures=NINO_MEASURES),
        checks=(*_WHOLE, partial(authorities_add_to_nations, within=60, wales=20)),
        origin=Origin(
            **_lamis(
                part_en="National Insurance number registrations (Department for Work and Pensions)",
                part_cy="cofrestriadau rhif Yswiriant Gwladol (yr Adran Gwaith a Phensiynau)",
            ),
            counts_en="National Insurance numbers given to adults from overseas, from January to December.",
            counts_cy="Rhifau Yswiriant Gwladol a roddwyd i oedolion o dramor, o fis Ionawr i fis Rhagfyr.",
            coverage_en="374 local authorities of the UK as in April 2021 and the four nations, 2011 to 2020.",
            coverage_cy="374 awdurdod lleol yn y DU fel yr oeddent ym mis Ebrill 2021 a'r pedair gwlad, 2011 i 2020.",
            caution_en="A registration can come long after an arrival, and people who leave are not taken off. Small random changes protect privacy, so authorities add only roughly to their nation.",
            caution_cy="Gall cofrestriad ddod ymhell ar ôl cyrraedd, ac ni thynnir y rhai sy'n gadael o'r cyfrif. Mae newidiadau bach ar hap yn diogelu preifatrwydd, felly dim ond yn fras y mae awdurdodau'n adio i'w gwlad.",
            checked_en="Authorities add to their nation within 60 registrations, and within 20 in Wales.",
            checked_cy="Mae awdurdodau'n adio i'w gwlad o fewn 60 o gofrestriadau, ac o fewn 20 yng Nghymru.",
        ),
    ),
    Dataset(
        name="lamis_gp_registrations",
        material=lamis.MATERIAL,
        read=_read(GP_SHEET),
        tidy=tidy_gp,
        checks=(*_WHOLE, only_the_known_blank, partial(authorities_add_to_nations, within=0, wales=0)),
        origin=Origin(
            **_lamis(part_en="new migrant GP registrations", part_cy="cofrestriadau mudwyr newydd gyda meddyg teulu"),
            counts_en="People who registered with a GP in the year to 30 June and lived overseas before (a 'Flag 4' record).",
            counts_cy="Pobl a gofrestrodd gyda meddyg teulu yn y flwyddyn hyd at 30 Mehefin ac a oedd yn byw dramor cyn hynny (cofnod 'Baner 4').",
            coverage_en="374 local authorities of the UK as in April 2021 and the nations, mid-2010 to mid-2020; not available for Scotland.",
            coverage_cy="374 awdurdod lleol yn y DU fel yr oeddent ym mis Ebrill 2021 a'r gwledydd, canol 2010 i ganol 2020; nid yw ar gael ar gyfer yr Alban.",
            caution_en="Not everyone registers, some register late, and people who move within the UK soon after are lost from the count.",
            caution_cy="Nid yw pawb yn cofrestru, mae rhai'n cofrestru'n hwyr, a chollir o'r cyfrif bobl sy'n symud o fewn y DU yn fuan wedyn.",
            checked_en="Authorities add exactly to England, Wales and Northern Ireland in every year.",
            checked_cy="Mae awdurdodau'n adio'n union i Gymru, Lloegr a Gogledd Iwerddon ym mhob blwyddyn.",
        ),
    ),
    Dataset(
        name="lamis_births",
        material=lamis.MATERIAL,
        read=_read(BIRTHS_SHEET),
        tidy=partial(tidy_counts, sheet=BIRTHS_SHEET, measures=BIRTHS_MEASURES),
        checks=(*_WHOLE, mothers_are_among_all, partial(authorities_add_to_nations, within=250, wales=0)),
        origin=Origin(
            **_lamis(
                part_en="births to mothers born outside the UK",
                part_cy="genedigaethau i famau a aned y tu allan i'r DU",
            ),
            counts_en="Live births from January to December, to all mothers and to mothers born outside the UK, by where the mother lives.",
            counts_cy="Genedigaethau byw o fis Ionawr i fis Rhagfyr, i bob mam ac i famau a aned y tu allan i'r DU, yn ôl lle mae'r fam yn byw.",
            coverage_en="374 local authorities of the UK as in April 2021 and the four nations, 2011 to 2019. The Isles of Scilly are counted with Cornwall.",
            coverage_cy="374 awdurdod lleol yn y DU fel yr oeddent ym mis Ebrill 2021 a'r pedair gwlad, 2011 i 2019. Cyfrifir Ynysoedd Scilly gyda Chernyw.",
            caution_en="A mother's country of birth does not tell her nationality, her ethnic group or how long she has lived here.",
            caution_cy="Nid yw gwlad enedigol mam yn dangos ei chenedligrwydd, ei grŵp ethnig na pha mor hir y mae wedi byw yma.",
            checked_en="Welsh, Scottish and Northern Irish authorities add exactly to their nation; English ones within 250 births.",
            checked_cy="Mae awdurdodau Cymru, yr Alban a Gogledd Iwerddon yn adio'n union i'w gwlad; rhai Lloegr o fewn 250 o enedigaethau.",
        ),
    ),
    Dataset(
        name="lamis_non_uk_born",
        material=lamis.MATERIAL,
        read=_read(NON_UK_BORN_SHEET),
        tidy=partial(tidy_estimates, sheet=NON_UK_BORN_SHEET, headings=NON_UK_BORN, measure="non_uk_born_population"),
        checks=_WHOLE,
        origin=Origin(
            **_lamis(
                part_en="non-UK-born population (Annual Population Survey)",
                part_cy="poblogaeth a aned y tu allan i'r DU (Arolwg Blynyddol o'r Boblogaeth)",
            ),
            **_SURVEY,
            counts_en="Residents born outside the UK, whatever their nationality, as a survey found them from January to December.",
            counts_cy="Preswylwyr a aned y tu allan i'r DU, beth bynnag eu cenedligrwydd, fel y'u cafwyd gan arolwg o fis Ionawr i fis Rhagfyr.",
        ),
    ),
    Dataset(
        name="lamis_non_british",
        material=lamis.MATERIAL,
        read=_read(NON_BRITISH_SHEET),
        tidy=partial(tidy_estimates, sheet=NON_BRITISH_SHEET, headings=NON_BRITISH, measure="non_british_population"),
        checks=_WHOLE,
        origin=Origin(
            **_lamis(
                part_en="non-British population (Annual Population Survey)",
                part_cy="poblogaeth heb genedligrwydd Prydeinig (Arolwg Blynyddol o'r Boblogaeth)",
            ),
            **_SURVEY,
            counts_en="Residents whose nationality is not British, wherever they were born, as a survey found them from January to December.",
            counts_cy="Preswylwyr nad Prydeinig yw eu cenedligrwydd, ble bynnag y'u ganed, fel y'u cafwyd gan arolwg o fis Ionawr i fis Rhagfyr.",
        ),
    ),
)
