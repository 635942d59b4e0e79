"""The page on which each week's rule was read is one that readers can trust, and the months are months it can have."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.pipeline.campaigns import campaign_problems

FILE = Path(__file__).parents[2] / "data" / "reference" / "campaigns.csv"
CAMPAIGNS = pd.read_csv(FILE, dtype=str, keep_default_na=False)


def test_every_week_is_one_that_may_be_told():
    assert campaign_problems(CAMPAIGNS) == []


@pytest.mark.parametrize(
    ("column", "planted", "expected"),
    [
        ("source_url", "http://www.un.org/en/observances/refugee-day", "https://"),
        ("source_url", "https://ukdhm.org/?zoom=1.2", "without ?"),
        ("source_url", "https://somebody@ukdhm.org/", "https://"),
        ("source_url", "https://localhost/", "a host"),
        ("source_url", "", "https://"),
        ("source_url", "https://en.wikipedia.org/wiki/Refugee_Week", "those who set the date"),
        ("last_month", "2", "each_year"),
        ("last_month", "1", "another month"),
    ],
)
def test_what_may_not_be_told_is_refused_by_its_row(column, planted, expected):
    changed = CAMPAIGNS.copy()
    changed.loc[0, column] = planted  # Holocaust Memorial Day, in January
    told = [str(problem) for problem in campaign_problems(changed)]
    assert any(expected in one and "campaigns.csv" in one and repr(planted) in one for one in told)
