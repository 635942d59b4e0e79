"""In which block a measure is shown, so that a measure or a category that is found leads to it.

The awkward fact: a figure knows what it counts only once it is made, and making all of them takes seconds. So the
catalogue says it of each, and a test makes them all and compares.
"""

from __future__ import annotations

from dashboard.figures.catalogue import BY_CODE, ENTRIES
from dashboard.model import TOTAL

SOURCES, ACCOUNTS = "sources", "accounts"  # lists: of publications, and of the ways in which hate crime is counted
METHODS = "data_and_methods"
_PAGES = {SOURCES: METHODS, ACCOUNTS: "hate_crime"}
_OF_LISTS = {"survey_hate_crime_incidents": ACCOUNTS, "hate_support_centre_referrals": ACCOUNTS}
_PARTS = {measure: entry.code for entry in reversed(ENTRIES) for measure in entry.shows_parts}
_BLOCKS = {measure: entry.code for entry in reversed(ENTRIES) for measure in entry.shows} | _OF_LISTS


def block_of(measure: str, category: str = TOTAL) -> str:
    """Return the block that shows a measure, or what was made from it: a figure, the accounts, or the publications.

    The parts of some measures are shown elsewhere than their whole.
    """
    of_parts = _PARTS.get(measure) if category != TOTAL else None
    return of_parts or _BLOCKS.get(measure, SOURCES)


def page_of(block: str) -> str:
    """Return the page on which a block stands."""
    return _PAGES[block] if block in _PAGES else BY_CODE[block].page
