"""How long a gap lasts where an edition says it: a break's last day and months follow the table that speaks of it.

The awkward fact: the publisher moves the end of such a gap with an edition, in a label of the file. Its reader keeps
that label as the table's caution; a day typed into breaks.csv would go on saying what the edition before said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

import pandas as pd

from etl.reading.periods import month_words

_SPAN = re.compile(r"\bfrom (?:[A-Z][a-z]+ \d{4}) to ([A-Z][a-z]+ \d{4})\b")


def with_ends(breaks: pd.DataFrame, *, origins: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Return the breaks, those that end with a table as its caution says; one whose table says nothing stays."""
    if "ends_with" not in breaks:
        return breaks
    cautions = {origin["source"]: origin.get("caution_en", "") for origin in origins}
    moved = breaks.copy()
    for at, row in breaks[breaks["ends_with"] != ""].iterrows():
        span = _SPAN.search(cautions.get(row["ends_with"], ""))
        end = _last_day(span[1]) if span else None
        until = pd.to_datetime(row["until"], format="%Y-%m-%d", errors="coerce")
        if end is not None and not pd.isna(until):
            before, after = (month_words(day.date()) for day in (until, end))
            moved.loc[at, "until"] = end.date().isoformat()
            for lang, old, new in zip(("en", "cy"), before, after, strict=True):
                moved.loc[at, f"effect_{lang}"] = row[f"effect_{lang}"].replace(old, new)
    return moved


def _last_day(month: str) -> pd.Timestamp | None:
    """Return the last day of a month in words; None for words that are none."""
    try:
        return pd.Timestamp(datetime.strptime(month, "%B %Y")) + pd.offsets.MonthEnd(0)
    except ValueError:
        return None
