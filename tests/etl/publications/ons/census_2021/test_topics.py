"""Census 2021 topics: headings in any form are told apart, and a table that is not the one meant is refused."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.census_2021 import topics as census_topics
from etl.publications.ons.census_2021.country_of_birth import parents
from etl.reading.text_files import read_text_csv
from etl.release.recognise import RELEASES
from tests.scratch import DATA
from tests.synthetic import topic, write_nomis

CARDIFF, VALE = "W06000015", "W06000014"
BY_NAME = {dataset.name: dataset for dataset in census_topics.DATASETS}
# Real rows of TS008 as Nomis serves them.
VALUE = "; measures: Value"
SEX = [
    ["date", "geography", "geography code", f"Sex: All persons{VALUE}", f"Sex: Female{VALUE}", f"Sex: Male{VALUE}"],
    ["2021", "Cardiff", CARDIFF, "362310", "185460", "176850"],
    ["2021", "Vale of Glamorgan", VALE, "131939", "68345", "63594"],
]  # fmt: skip


def sex(*rows: list[str], header: list[str] | None = None) -> pd.DataFrame:
    cells = pd.DataFrame(rows or SEX[1:], columns=header or SEX[0])
    return census_topics.with_plain_headings(cells, table="ts008", where="ts008.csv")


def tidy_sex(rows: pd.DataFrame) -> pd.DataFrame:
    return census_topics.tidy_topic(rows, measure="census_sex", table="ts008")


def test_rows_become_a_figure_for_each_authority_and_category():
    made = tidy_sex(sex()).pivot(index="area_code", columns="category", values="value")
    assert made.loc[CARDIFF].to_dict() == {"total": 362_310, "female": 185_460, "male": 176_850}


@pytest.mark.parametrize("end", ["", "; measures: Value"])
def test_headings_are_read_with_and_without_their_last_words(end):
    headings = [f"Religion: {text}{end}" for text in ("Total: All  residents", "Muslim ", "A:B: C", "Other", "Other ")]
    plain = ["Total: All residents", "Muslim", "A: B: C", "Other", "Other (2)"]
    assert census_topics.plain_headings(headings) == plain


@pytest.mark.parametrize("variable", ["Sex", "Rhyw"])
def test_a_heading_that_is_new_or_gone_is_refused_by_name(variable):
    header = [*SEX[0][:5], f"{variable}: Men; measures: Value"]
    with pytest.raises(ContractError, match="headings of TS008; came no column 'Male'; unknown 'Men'"):
        sex(header=header)


def test_columns_that_name_no_place_are_refused():
    with pytest.raises(ContractError, match="row 1: expected date, geography, geography code; came date, area, code"):
        sex(header=["date", "area", "code", *SEX[0][3:]])


def test_a_code_beside_another_authoritys_name_is_refused():
    with pytest.raises(ContractError, match=f"TS008, row 2: .*came 'Swansea' beside {CARDIFF}, the code of Cardiff"):
        tidy_sex(sex(["2021", "Swansea", CARDIFF, "362310", "185460", "176850"], SEX[2]))


def test_a_table_without_welsh_authorities_is_refused():
    with pytest.raises(ContractError, match="Welsh local authorities; came none"):
        tidy_sex(sex(["2021", "Wales", "W92000004", "3", "2", "1"]))


@pytest.mark.parametrize("bad", ["", "[c]", "1,850", "12.5", "-1"])
def test_a_cell_that_is_no_number_of_people_is_refused_with_its_row(bad):
    with pytest.raises(ContractError, match=r"row 3: expected a number of people in 'Male'"):
        tidy_sex(sex(SEX[1], ["2021", "Vale of Glamorgan", VALE, "131939", "68345", bad]))


def broken(tmp_path, change, name="census_religion"):
    parts = topic(name)
    change(parts["b-ltla.csv"])
    with pytest.raises(ContractError) as caught:
        tidy_table(RELEASES[name], file=write_nomis(tmp_path / "any.zip", parts))
    return str(caught.value)


def test_an_authority_that_is_missing_is_noticed(tmp_path):
    def without_cardiff(rows):
        rows[:] = [row for row in rows if row[2] != CARDIFF]

    assert "expected 22 authorities x 10 categories" in broken(tmp_path, without_cardiff)


def test_a_total_that_its_parts_do_not_reach_is_noticed(tmp_path):
    def one_more(rows):
        (cardiff,) = (row for row in rows if row[2] == CARDIFF)
        cardiff[3] = int(cardiff[3]) + 1

    assert "children that add to 'total'; came W06000015 -1" in broken(tmp_path, one_more)


def test_a_parent_that_no_heading_prints_is_the_sum_of_its_parts():
    for name, parent in (
        ("census_sexual_orientation", "lgb_plus"),
        ("census_gender_identity", "different"),
        ("census_national_identity", "uk_only"),
        ("census_year_of_arrival", "arrived"),
        ("census_main_language", "chinese"),
        ("census_main_language", "other_than_english_or_welsh"),
    ):
        read = BY_NAME[name].read
        assert isinstance(read, partial)
        assert parent not in census_topics.headings_of(read.keywords["table"]).values()
        made = held(name)
        parts = [child for child, above in parents(measure=name).items() if above == parent]
        assert (made[parent] == made[parts].sum(axis=1)).all(), parent


def held(name: str) -> pd.DataFrame:
    rows = read_text_csv(DATA / "tidy" / f"{name}.csv")
    return rows.assign(value=pd.to_numeric(rows["value"])).pivot(index="area_code", columns="category", values="value")


@pytest.mark.parametrize("name", BY_NAME)
def test_each_category_stands_once_and_every_part_adds_to_its_whole(name):
    made = held(name)
    assert len(made) == 22
    assert not made.isna().to_numpy().any()
    assert "total" in made.columns
    assert (made >= 0).to_numpy().all()


def test_a_gender_identity_table_without_non_binary_people_is_not_taken_for_the_detailed_one(tmp_path):
    def folded(rows):
        at = next(i for i, heading in enumerate(rows[0]) if heading.endswith("Non-binary"))
        for row in rows:
            del row[at]

    assert "no column 'Non-binary'" in broken(tmp_path, folded, name="census_gender_identity")


@pytest.mark.shared
@pytest.mark.parametrize("level", ["ltla", "utla"])
def test_age_reads_alike_in_two_copies_of_the_publishers_file(shared_sources, level):
    file = shared_sources / "real" / f"census2021-ts007-{level}.csv"
    made = tidy_table(BY_NAME["census_age"], file=file)
    values = made.assign(value=pd.to_numeric(made["value"])).pivot(
        index="area_code", columns="category", values="value"
    )
    pd.testing.assert_frame_equal(values, held("census_age"), check_dtype=False)


@pytest.mark.shared
@pytest.mark.parametrize("level", ["ctry", "rgn"])
def test_countries_and_regions_are_read_but_give_no_authority(shared_sources, level):
    rows = census_topics.read_topic(shared_sources / "real" / f"census2021-ts007-{level}.csv", table="ts007")
    assert "Aged 85 years and over" in rows.columns
    with pytest.raises(ContractError, match="Welsh local authorities; came none"):
        census_topics.tidy_topic(rows, measure="census_age", table="ts007")


@pytest.mark.shared
def test_ethnic_groups_equal_another_copy_cell_by_cell(shared_sources):
    other = read_text_csv(shared_sources / "census-2021" / "ts021-ethnic-group-ltla21.csv")
    other = other[other["ltla21_code"].str.startswith("W06")]
    names = census_topics.headings_of("ts021")
    made = held("census_ethnic_group")
    own = [made.at[code, names[group]] for code, group in zip(other["ltla21_code"], other["ethnic_group"], strict=True)]
    assert len(own) == 418
    assert own == pd.to_numeric(other["value"]).tolist()


@pytest.mark.shared
def test_answers_equal_the_published_figures_of_another_file(shared_sources):
    quiz = read_text_csv(shared_sources / "census-2021" / "census-quiz-data-2021-v9.csv").set_index("code")
    pairs = {
        "nationality_Welsh_total": ("census_national_identity", "welsh_only"),
        "nationality_AnyUK_total": ("census_national_identity", "uk_only"),
        "nationality_Polish_total": ("census_national_identity_detailed", "polish"),
        "language_Arabic_total": ("census_main_language", "arabic"),
        "language_Chinese_total": ("census_main_language", "chinese"),
        "passport_country_Poland_total": ("census_passports", "poland"),
        "no_passport_total": ("census_passports", "none"),
    }
    for column, (name, category) in pairs.items():
        own = held(name)[category]
        assert pd.to_numeric(quiz.loc[own.index, column]).tolist() == own.tolist(), column
