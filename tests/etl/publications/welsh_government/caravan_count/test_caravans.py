"""Caravans of Wales by kind of site: only rows marked sure, only Wales, and the kinds add to all."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.contract import ContractError
from etl.pipeline.extract import tidy_table
from etl.publications.typed_from_texts import later_search as later_texts
from etl.publications.welsh_government.caravan_count import caravans as module

(DATASET,) = module.DATASETS
WALES, NEWPORT = "W92000004", "W06000022"
URL = "https://gov.wales/gypsy-and-traveller-caravan-count-july-2022-html"


def text() -> pd.DataFrame:
    """Return the rows of the list about caravans, as typed."""
    measure, day = "Gypsy and Traveller caravans", "2022-07-21"
    rows = [
        (measure, "Wales", WALES, day, "all caravans", "1166", URL, "sure"),
        (measure, "Wales", WALES, day, "sites", "168", URL, "sure"),
        (measure, "Wales", WALES, day, "authorised, socially rented", "598", URL, "sure"),
        (measure, "Wales", WALES, day, "authorised, private", "314", URL, "sure"),
        (measure, "Wales", WALES, day, "unauthorised", "254", URL, "sure"),
        (measure, "Newport", NEWPORT, day, "unauthorised", "66", URL, "sure"),
        (measure, "Newport", NEWPORT, "2021-07-22", "unauthorised", "49", URL, "sure"),
        (measure, "Wales", WALES, "2024-01", "all caravans", "1216", "http://www.noekaz.com/", "check"),
    ]
    return pd.DataFrame(rows, columns=list(later_texts.COLUMNS), dtype="str")


def test_only_wales_is_taken_and_neither_its_sites_nor_what_was_not_sure():
    made = module.tidy(text())
    assert made.set_index("category")["value"].to_dict() == {
        "total": 1166,
        "social": 598,
        "private": 314,
        "unauthorised": 254,
    }
    assert set(made["area_code"]) == {WALES}
    module.kinds_add_to_all(text(), made)


def test_a_kind_that_is_lost_or_does_not_add_and_a_doubt_that_came_are_noticed():
    made = module.tidy(text())
    with pytest.raises(ContractError, match="categories differ from the total"):
        module.kinds_add_to_all(text(), made.assign(value=made["value"].replace(254, 245)))
    with pytest.raises(ContractError, match=r"one figure of each kind of site; came 'private', 'social' and 'total'"):
        module.kinds_add_to_all(text(), made[made["category"] != "unauthorised"])
    with pytest.raises(ContractError, match=r"expected 7 sure figures .* came 6"):
        module.tidy(text().assign(confidence=["check", *["sure"] * 6, "check"]))


@pytest.mark.shared
def test_extraction_repeats_the_committed_table(shared_sources, data_folder):
    made = tidy_table(DATASET, file=shared_sources / DATASET.material)
    held = pd.read_csv(data_folder / "tidy" / f"{DATASET.name}.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(made, held)
