"""What is true of every edition of a publication, where its module speaks of the one edition that is held.

The awkward fact: a title with a year in it, a caution about rounding or a link to one year's page were true of the file
a module was written for, and stay on the page beside newer figures. So whoever reads a publisher's own file takes
these words instead; what changes with an edition (its name, days and periods) is read from the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

HATE_CRIME = "https://www.gov.uk/government/collections/hate-crime-statistics"


@dataclass(frozen=True, kw_only=True)
class Words:
    """Entries of an origin as every edition has them (`entries`), and what its coverage must say beside its periods."""

    entries: Mapping[str, str] = field(default_factory=dict)
    coverage_en: str = ""
    coverage_cy: str = ""


_NO_ROW = Words(coverage_en="No row means zero.", coverage_cy="Os nad oes rhes, sero yw'r nifer.")
_ZEROS = Words(
    coverage_en="Zeros are written for Wales only.", coverage_cy="Dim ond ar gyfer Cymru yr ysgrifennir seroau."
)
_HATE_CRIME_TABLES = {
    "title_en": "Hate crime, England and Wales: data tables",
    "title_cy": "Troseddau casineb, Cymru a Lloegr: tablau data",
    "url": HATE_CRIME,
}
_NO_MET_EN = (
    "The Metropolitan Police is left out of every year, because it changed its recording system in February 2024 and "
    "its figures before and after cannot be compared."
)
_NO_MET_CY = (
    "Mae'r Heddlu Metropolitanaidd wedi'i adael allan o bob blwyddyn, am iddo newid ei system gofnodi ym mis Chwefror "
    "2024 ac na ellir cymharu ei ffigurau cyn ac ar ôl hynny."
)
_RELIGION_EN = (
    "The religion is the one perceived to be the target, which need not be the victim's own. The religions add to "
    "slightly more than the number of religious hate crimes, so no total is shown."
)
_RELIGION_CY = (
    "Y grefydd y credid ei bod wedi'i thargedu yw hon, ac nid crefydd y dioddefwr ei hun yw hi o reidrwydd. Mae'r "
    "crefyddau yn adio i ychydig mwy na nifer y troseddau casineb crefyddol, felly ni ddangosir cyfanswm."
)
WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "hate_crime_england_wales": Words(
            entries=_HATE_CRIME_TABLES | {"caution_en": _NO_MET_EN, "caution_cy": _NO_MET_CY}
        ),
        "hate_crime_religion_targeted": Words(
            entries=_HATE_CRIME_TABLES
            | {"caution_en": f"{_RELIGION_EN} {_NO_MET_EN}", "caution_cy": f"{_RELIGION_CY} {_NO_MET_CY}"}
        ),
        "asylum_support": _NO_ROW,
        "asylum_support_2014_2021": _NO_ROW,
        "asylum_support_by_type": _ZEROS,
        "asylum_support_by_accommodation": _ZEROS,
        "resettlement": Words(
            entries={
                "caution_en": "An authority's total leaves out the Afghan schemes: a 0 does not mean that no Afghans "
                "arrived.",
                "caution_cy": "Nid yw cyfanswm awdurdod yn cynnwys cynlluniau Affganistan: nid yw 0 yn golygu na "
                "chyrhaeddodd neb o Affganistan.",
            },
            coverage_en="No row means nobody, but for the Afghan schemes, which were mostly not placed in authorities "
            "before 2024.",
            coverage_cy="Os nad oes rhes, ni dderbyniwyd neb, heblaw am gynlluniau Affganistan, nad oedd eu ffigurau'n "
            "cael eu rhannu fesul awdurdod gan amlaf cyn 2024.",
        ),
        "nrm_county": Words(entries={"status": "official"}),
        "population_mid_year_wales": Words(
            entries={
                "title_en": "Population estimates by local authority, from StatsWales",
                "title_cy": "Amcangyfrifon o'r boblogaeth yn ôl awdurdod lleol, o StatsCymru",
                "url": "https://stats.gov.wales",
                "caution_en": "The years 2012 to 2020 were revised after Census 2021 and cannot be used with the older "
                "components of change.",
                "caution_cy": "Diwygiwyd y blynyddoedd 2012 i 2020 ar ôl Cyfrifiad 2021 ac ni ellir eu defnyddio "
                "gyda'r cydrannau newid hŷn.",
            }
        ),
    }
)
EVERY = Words()  # of a publication whose module says nothing of one edition
