"""The projection for Wales: the principal one of 2022, whole, and the growth that a text gives of it."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.ons.population_projections import national as module

(DATASET,) = module.DATASETS
ALL_YEARS = [str(year) for year in range(module.BASE, module.END + 1)]


def rows(*people: tuple[str, str, str, int]) -> pd.DataFrame:
    """Return rows of (sheet, sex, age, people in every year)."""
    cells = [(sex, age, *[str(n)] * len(ALL_YEARS), sheet) for sheet, sex, age, n in people]
    return pd.DataFrame(cells, columns=["Sex", "Age", *ALL_YEARS, "sheet"], dtype="str")


def whole(*, of_each: int = 10) -> pd.DataFrame:
    ages = [(module.BY_AGE, sex, str(age), of_each) for sex in module.SEXES for age in range(module.AGES)]
    return rows(*ages, (module.BY_GROUP, "Persons", "all", 2 * 10 * module.AGES))


def committed(data_folder) -> pd.DataFrame:
    return pd.read_csv(data_folder / "tidy" / f"{DATASET.name}.csv", dtype=str, keep_default_na=False)


def test_both_sexes_and_all_ages_make_one_figure_a_year():
    made = module.tidy(whole())
    assert set(made["value"]) == {2 * 10 * module.AGES}
    assert (made["period_start"].iloc[0], made["period_start"].iloc[-1]) == ("2022-06-30", "2047-06-30")
    module.every_age_of_both_sexes_once(whole(), made)
    module.single_ages_add_to_the_age_groups(whole(), made)


def test_a_row_of_both_sexes_or_a_missing_age_is_refused():
    for bad in (whole()[1:], pd.concat([whole(), rows((module.BY_AGE, "Persons", "0", 20))])):
        with pytest.raises(ContractError, match="expected 107 ages"):
            module.every_age_of_both_sexes_once(bad, module.tidy(bad))


def test_ages_that_do_not_add_to_the_publishers_groups_are_refused():
    bad = whole(of_each=11)
    with pytest.raises(ContractError, match="2022: expected age groups that add to 2,354; came 2,140"):
        module.single_ages_add_to_the_age_groups(bad, module.tidy(bad))


def test_a_cell_with_commas_is_named():
    bad = whole().replace("10", "1,000")
    with pytest.raises(ContractError, match="row 2: expected a whole number in '2022'; came '1,000'"):
        module.tidy(bad)


def test_a_second_header_row_is_refused():
    head = pd.DataFrame([["Sex", "Age", *ALL_YEARS, module.BY_AGE]], columns=whole().columns)
    bad = pd.concat([head, whole()], ignore_index=True)
    with pytest.raises(ContractError, match="expected 107 ages"):
        module.every_age_of_both_sexes_once(bad, module.tidy(bad))


def test_a_file_that_is_no_such_workbook_is_refused(tmp_path):
    path = tmp_path / "projection.xlsx"
    path.write_text("Sex,Age,2022", encoding="utf-8")
    with pytest.raises(ContractError, match=r"projection\.xlsx"):
        module.read(path)


def test_published_figures(data_folder):
    held = committed(data_folder).set_index("period_start")["value"].astype(int)
    assert len(held) == 26
    assert held["2022-06-30"] == 3_132_676
    assert held["2032-06-30"] == 3_316_059
    assert round((held["2032-06-30"] / held["2022-06-30"] - 1) * 100, 1) == 5.9  # as the newsletter gives it


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    pd.testing.assert_frame_equal(made, committed(data_folder))


@pytest.mark.shared
def test_the_cover_must_name_the_principal_projection(shared_sources, monkeypatch):
    monkeypatch.setattr(module, "COVER", (*module.COVER[:2], "Projection: High population variant"))
    with pytest.raises(ContractError, match="High population variant"):
        module.read(shared_sources / DATASET.material)
