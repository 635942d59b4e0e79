"""Which weeks and days may be told: those with a page on which readers can check their rule.

The awkward fact: a date that its organisers set is copied from page to page, and most copies are old. So the page is
the organisers' own or a law's, by https and without what somebody's browser added to its address.
"""

from __future__ import annotations

import re

import pandas as pd

from etl.contract import Problem

PAGE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+/[^\s?#@]*")
COPIES = ("wikipedia.org", "legalize.dev")  # of what stands elsewhere


def campaign_problems(campaigns: pd.DataFrame, *, file: str = "campaigns.csv") -> list[Problem]:
    """Return every reason to refuse a week or day, by its row: the address of its page, or months it cannot have."""
    problems: list[Problem] = []
    for number, one in enumerate(campaigns.to_dict("records"), start=2):
        address, month, last = one["source_url"], one["month"], one["last_month"]
        rules = (
            (PAGE.fullmatch(address), "source_url as https://, a host and a path, without ? and #", address),
            (not any(copy in address for copy in COPIES), "source_url as a page of those who set the date", address),
            (last == "" or one["rule"] == "each_year", "last_month only where the rule is each_year", last),
            (last == "" or last != month, "last_month as another month than month", last),
        )
        problems += [
            Problem(file=file, row=number, expected=expected, came=repr(came))
            for is_kept, expected, came in rules
            if not is_kept
        ]
    return problems
