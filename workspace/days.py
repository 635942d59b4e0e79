"""How a day is written in a workspace: in words, as it is read, in boxes to type in too.

The awkward fact: 03/04/2026 is two days to two people, and a calendar of Streamlit's speaks English alone. So days are
shown and shown by example in one way; typed they may be in any form that a file may have.
"""

from __future__ import annotations

from datetime import timedelta

from dashboard.age import today
from dashboard.i18n import Language
from dashboard.i18n.periods import release_label


def in_words(day: str, lang: Language) -> str:
    """Return a day of a row as it is read; what is no such day as it was typed."""
    return release_label(day, lang=lang)


def example(lang: Language) -> str:
    """Return a day to show how one may be typed: yesterday."""
    return in_words((today() - timedelta(days=1)).isoformat(), lang)
