"""Which events may be named on a chart: only those whose day or month a source that we read confirms.

The awkward fact: an event beside a line looks like its cause. So the title is neutral, the place is an area
that a chart can match, and a row that still carries a doubt is refused instead of shown.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping

import pandas as pd

from etl.contract import Problem

PRECISIONS = {"day": r"\d{4}-\d{2}-\d{2}", "month": r"\d{4}-\d{2}-01"}
DOUBT = re.compile(r"\b(confirm|uncertain|unverified|not seen|not in retrieved|general knowledge)", re.IGNORECASE)


def event_problems(events: pd.DataFrame, *, areas: pd.Series, file: str = "events.csv") -> list[Problem]:
    """Return every reason to refuse an event, by its row: a doubt, a date it cannot have, an area or page unknown."""
    codes = {"", *areas}
    problems: list[Problem] = []
    for number, event in enumerate(events.to_dict("records"), start=2):
        rules = (
            (not DOUBT.search(" ".join(map(str, event.values()))), "only confirmed events", " / ".join(event.values())),
            (event["date_precision"] in PRECISIONS, "day or month", event["date_precision"]),
            (_date_fits(event), "a date as exact as it says (the 1st for a month)", event["date"]),
            (event["scope_area"] in codes, "an area of areas.csv, or nothing", event["scope_area"]),
            (event["source_url"].startswith("https://"), "the address of a page (https)", event["source_url"]),
        )
        problems += [
            Problem(file=file, row=number, expected=expected, came=repr(came))
            for is_kept, expected, came in rules
            if not is_kept
        ]
    return problems


def _date_fits(event: Mapping[Hashable, str]) -> bool:
    shape = PRECISIONS.get(event["date_precision"], "")
    return bool(re.fullmatch(shape, event["date"])) and not pd.isna(pd.to_datetime(event["date"], errors="coerce"))
