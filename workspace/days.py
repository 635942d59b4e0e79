"""How a day is written in a workspace: in words, as it is read, in boxes to type in too.

The awkward fact: 03/04/2026 is two days to two people, and a calendar of Streamlit's speaks English alone. So days are
shown and shown by example in one way; typed they may be in any form that a file may have.
"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.age import today
from dashboard.i18n import Language
from dashboard.i18n.periods import release_label
from local_figures.checking.cells import day_of

NO_DAY = "own.days.no_day"  # the key of what is said of a day that cannot be read
LONGEST = 40  # letters in a box for a day


class NoDayError(ValueError):
    """What was typed is no day."""


def in_words(day: str | date, lang: Language) -> str:
    """Return a day, or one of a row, as it is read; what is no such day as it was typed."""
    return release_label(str(day), lang=lang)


def example(lang: Language) -> str:
    """Return a day to show how one may be typed: yesterday."""
    return in_words(today() - timedelta(days=1), lang)


def box(label: str, *, lang: Language, key: str, width: int, usual: date | None = None) -> str:
    """Show a box for a day, with the usual one in words in it, and return what is typed there."""
    return st.text_input(
        label,
        value=in_words(usual, lang) if usual else "",
        placeholder=example(lang),
        max_chars=LONGEST,
        key=key,
        width=width,
    )


def typed(text: str) -> date | None:
    """Return the day that was typed, None for an empty box; `NoDayError` for what is no day."""
    day = day_of(" ".join(text.split()))
    if day is None and text.strip():
        raise NoDayError
    return day
