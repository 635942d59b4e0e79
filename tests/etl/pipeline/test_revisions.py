"""What an edition held before gave otherwise: kept with both editions' names, and true of the table on hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from etl.__main__ import main
from etl.contract import ContractError
from etl.pipeline.revisions import revisions, write_revisions
from etl.publications.home_office.police_recorded_crime.force_areas import DATASETS
from etl.registry import ALL

KEY = ["measure", "area_code", "period_start", "period_months", "category"]
OLDER = ("October 2023", "Hydref 2023")


def table(*rows: tuple[str, str, str]) -> pd.DataFrame:
    cells = [("rra_offences", area, start, "3", "9B", value) for area, start, value in rows]
    return pd.DataFrame(cells, columns=[*KEY, "value"]).assign(lower="", upper="", marker="")


def test_only_figures_of_wales_that_both_editions_hold_and_give_differently_are_listed() -> None:
    before = table(("W15000003", "2023-04-01", "243"), ("W15000003", "2023-01-01", "210"), ("E23000007", "a", "852"))
    now = table(("W15000003", "2023-04-01", "257"), ("W15000003", "2023-01-01", "210"), ("E23000007", "a", "27"))
    new = table(("W15000003", "2025-10-01", "289"))
    found = revisions(DATASETS[0], before=before, now=pd.concat([now, new]), named=OLDER)
    assert found[["area_code", "period_start", "category", "before", "now"]].to_numpy().tolist() == [
        ["W15000003", "2023-04-01", "9B", "243", "257"]
    ]
    assert found[["edition_before", "edition_before_cy"]].to_numpy().tolist() == [list(OLDER)]


def test_another_tables_revisions_stay_when_one_is_written_anew(tmp_path: Path) -> None:
    older = tmp_path / "older.csv"
    older.write_text("x\n", encoding="utf-8")
    for name, value in (("one", "1"), ("two", "2"), ("one", "3")):
        held = table(("W15000003", "2023-04-01", value))
        held.to_csv(tmp_path / f"{name}.csv", index=False)
        dataset = replace(
            DATASETS[0],
            name=name,
            read=lambda _: pd.DataFrame(),
            tidy=lambda _: table(("W15000003", "2023-04-01", "9")),
            checks=(),
        )
        path = write_revisions(dataset, older=older, named=OLDER, tidy=tmp_path, target=tmp_path)
    written = pd.read_csv(path, dtype=str)
    assert written[["source", "before", "now"]].to_numpy().tolist() == [["one", "9", "3"], ["two", "9", "2"]]
    with pytest.raises(ContractError, match=r"three\.csv: expected a table to compare with; came no file"):
        write_revisions(replace(dataset, name="three"), older=older, named=OLDER, tidy=tmp_path, target=tmp_path)


def test_what_is_written_is_what_the_table_on_hand_holds_now(data_folder: Path) -> None:
    written = pd.read_csv(data_folder / "reference" / "revisions.csv", dtype=str)
    assert (written["before"] != written["now"]).all()
    for name, rows in written.groupby("source"):
        if set(rows["edition"]) != {ALL[str(name)].origin.edition}:
            continue  # a newer edition came since
        held = pd.read_csv(data_folder / "tidy" / f"{name}.csv", dtype=str)
        assert len(rows.merge(held.rename(columns={"value": "now"}), on=[*KEY, "now"])) == len(rows)


def test_south_wales_spring_2023_was_243_and_is_257(data_folder: Path) -> None:
    written = pd.read_csv(data_folder / "reference" / "revisions.csv", dtype=str).set_index(KEY)
    row = written.loc[("rra_offences", "W15000003", "2023-04-01", "3", "9B")]
    assert (row["before"], row["now"]) == ("243", "257")
    assert "October 2023" in row["edition_before"]


@pytest.mark.shared
@pytest.mark.parametrize("name", [dataset.name for dataset in DATASETS])
def test_the_list_is_what_the_older_edition_gives(
    tmp_path: Path, shared_sources: Path, data_folder: Path, name: str
) -> None:
    shutil.copytree(data_folder / "reference", tmp_path / "reference")
    (tmp_path / "reference" / "revisions.csv").unlink()
    (tmp_path / "tidy").symlink_to(data_folder / "tidy")
    older = shared_sources / "hate-crime" / "prc-pfa-mar2013-onwards-tables-191023.csv.gz"
    committed = pd.read_csv(data_folder / "reference" / "revisions.csv", dtype=str)
    committed = committed[committed["source"] == name].reset_index(drop=True)
    named = [committed["edition_before"][0], "--edition-cy", committed["edition_before_cy"][0]]
    arguments = ["--data", str(tmp_path), "revisions", name, "--older", str(older), "--edition", *named]
    assert main(arguments) == 0
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "reference" / "revisions.csv", dtype=str), committed)
