"""What an origin says once a newer file came: nothing that was true of the older edition alone; and its day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline import load
from etl.pipeline.break_ends import with_ends
from etl.pipeline.published_files import Edition
from etl.publications.home_office.asylum_support import published_file as asylum_file
from etl.registry import ALL, PUBLISHED_FILES
from etl.release.editions import Arrival, latest_release, not_older, release_of, renewed
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.scratch import COMPONENTS, DATA, scratch_data
from tests.synthetic import write_ods

TODAY = date(2030, 11, 29)
# Years that every edition may name: an event, a revision or a first year that lies behind all of them.
OF_EVERY_EDITION = re.compile(
    r"February 2024|Chwefror 2024|before 2024|cyn 2024|Census 2021|Cyfrifiad 2021|from April 2015|Ebrill 2015|"
    r"31 March 2018|31 Mawrth 2018|31 December 2022|31 Rhagfyr 2022|mid-2023|ganol 2023|from 2014|o 2014|"
    r"March 2013 onwards|fis Mawrth 2013|April 2020 onwards|Ebrill 2020 ymlaen|"
    r"Gyfrifiad 2021|2012 (to|i) 2020|since 2022|ers 2022|2020/21|census/2021/"
)


def arrival(path: Path = Path("new.ods"), **other: str) -> Arrival:
    return Arrival(path=path, sha256="", released="2030-10-10", **other)


@pytest.mark.parametrize("name", sorted(set(PUBLISHED_FILES) - {n for n in PUBLISHED_FILES if n.startswith("census_")}))
def test_no_word_of_a_renewed_origin_is_of_the_edition_before(name):
    edition = Edition(english="Of 2030", welsh="O 2030", released="")
    tidy = pd.DataFrame({"period_start": ["2030-01-01"]})
    origin = RELEASES[name].origin
    new = renewed(
        origin, arrival=arrival(), edition=edition, tidy=tidy, today=TODAY, words=RELEASES[name].every_edition
    )
    old = ALL[name].origin
    fields = ("title", "counts", "coverage", "caution", "checked")
    words = [getattr(new, f"{field}_{lang}") for field in fields for lang in ("en", "cy")]
    said = " ".join([new.url, new.edition, new.edition_cy, *words])
    if PUBLISHED_FILES[name].caution:  # the file says it anew
        said = said.replace(origin.caution_en, "").replace(origin.caution_cy, "")
    years = set(re.findall(r"(?:19|20)\d{2}", OF_EVERY_EDITION.sub("", said))) - {"2030"}
    spans = set(re.findall(r"20\d{2}", old.coverage_en)) if name.startswith("police_recorded_crime_csp_") else set()
    assert years - spans == set()
    assert new.status != "published_text"
    assert not re.search(r"typed|rounded|nearest|public copy|emissions", said, re.IGNORECASE)


@pytest.mark.parametrize(
    ("label", "until", "until_cy"),
    [("Dec 2023 - Sep 2024", "September 2024", "Medi 2024"), ("Dec 2023 - Mar 2027", "March 2027", "Mawrth 2027")],
)
def test_the_months_without_places_are_those_of_the_label(tmp_path, label, until, until_cy):
    book = made.asy_d11()
    grid = [
        [str(c).replace("(Dec 2023 - Sep 2024)", f"({label})") if c else c for c in row] for row in book["Data_Asy_D11"]
    ]
    grid.insert(2, ["31 Mar 2024", "Section 95", "", f"N/A - Subsistence Only ({label})", "N/A", "Subsistence only", 5])
    file = made.write_xlsx(tmp_path / "d11.xlsx", {"Data_Asy_D11": grid})
    for caution in (asylum_file.caution_by_type, asylum_file.caution_by_accommodation):
        english, welsh = caution(file)
        assert f"from December 2023 to {until}." in english
        assert f"o fis Rhagfyr 2023 i fis {until_cy}." in welsh


def test_a_table_without_such_a_label_leaves_nobody_out(tmp_path):
    file = write_ods(tmp_path / "d11.ods", {"Data_Asy_D11": [["Date", "People"], ["31 Mar 2026", 1]]})
    assert asylum_file.subsistence_left_out(file) == ("", "")


def test_a_gap_lasts_as_long_as_the_edition_held_says():
    ledger = pd.read_csv(DATA / "reference" / "breaks.csv", dtype=str, keep_default_na=False)
    (before,) = ledger[ledger["ends_with"] != ""].to_dict("records")
    assert all(month in before["effect_en"] for month in ("December 2023", "December 2024"))
    caution = "Subsistence only is not split by authority from December 2023 to September 2027."
    moved = with_ends(ledger, origins=[{"source": before["ends_with"], "caution_en": caution}])
    (after,) = moved[moved["ends_with"] != ""].to_dict("records")
    assert after["until"] == "2027-09-30"
    assert "from December 2023 to September 2027" in after["effect_en"]
    assert "o fis Rhagfyr 2023 i fis Medi 2027" in after["effect_cy"]
    for silent in ("", "It is not split from December 2023.", "It is not split from December 2023 to Smarch 2027."):
        assert with_ends(ledger, origins=[{"source": before["ends_with"], "caution_en": silent}]).equals(ledger)


def test_a_break_that_speaks_of_one_table_goes_with_it(tmp_path):
    data = scratch_data(tmp_path)
    assert breaks(data, "internal_inflow") == [COMPONENTS]
    for kind in ("csv", "toml"):
        (data / "tidy" / f"{COMPONENTS}.{kind}").unlink()
    assert breaks(data, "internal_inflow") == []
    assert breaks(data, "hate_crimes")


def breaks(data: Path, measure: str) -> list[str | None]:
    file = load.build_file(load.build(data=data), data=data)
    with duckdb.connect(str(file), read_only=True) as con:
        found = con.execute("SELECT while_held FROM break WHERE measure = ?", [measure]).fetchall()
    return [held for (held,) in found]


def test_the_workbooks_own_day_goes_before_its_pages_and_a_persons_before_both(tmp_path):
    file = write_ods(tmp_path / "a.ods", {"Cover": [["Published: 26 November 2026"]]})
    habit = Edition(english="September 2026", welsh="Medi 2026", released="2026-11")
    page = Arrival(path=file, sha256="", released="2027-01-14")
    of = partial(release_of, today=TODAY)
    assert of(page, edition=habit) == "2026-11-26"
    assert of(replace(page, typed="2026-11-27"), edition=habit) == "2026-11-27"
    assert of(replace(page, path=write_ods(tmp_path / "b.ods", {"1": [["x"]]})), edition=habit) == "2027-01-14"
    exact = replace(habit, released="2026-11-25")
    assert of(page, edition=exact) == "2026-11-25"


def test_a_cover_that_states_a_day_to_come_is_refused_and_named(tmp_path):
    file = write_ods(tmp_path / "a.ods", {"Cover": [["A title"], ["Published: 22 January 2031"]], "1": [["x"]]})
    page = Arrival(path=file, sha256="", released="2030-11-26")
    with pytest.raises(ContractError, match=r"a.ods, sheet 'Cover', row 2: expected a day .* up to today, 2030-11-29"):
        release_of(page, edition=None, today=TODAY)
    assert release_of(replace(page, typed="2030-11-26"), edition=None, today=TODAY) == "2030-11-26"


def test_a_correction_that_says_an_earlier_day_moves_the_day_held_not_back():
    held = {"released": "2030-11-26", "edition": "September 2030"}
    same = Edition(english="September 2030", welsh="Medi 2030", released="")
    assert latest_release("2030-10-10", origin=held, edition=same) == "2030-11-26"
    assert latest_release("2030-12-02", origin=held, edition=same) == "2030-12-02"
    assert latest_release("2030-11", origin=held, edition=same) == "2030-11"
    assert latest_release("2030-12-02", origin={}, edition=same) == "2030-12-02"


def test_a_correction_of_the_edition_held_is_not_older():
    held = {"released": "2031-01-14", "edition": "September 2030"}
    corrected = Edition(english="September 2030", welsh="Medi 2030", released="")
    not_older("asylum_support", origin=held, arrival=arrival(), edition=corrected)
    with pytest.raises(ContractError, match="came an older one, of 2030-10-10"):
        not_older("asylum_support", origin=held, arrival=arrival(), edition=replace(corrected, english="June 2030"))
