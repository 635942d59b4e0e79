"""What is said while something takes its time: what it is, in the reader's language, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import streamlit as st

from dashboard.i18n import Language, t


class Progress(Protocol):
    """What is told how far the work is, and what is done now where that is another thing than at first."""

    def __call__(self, share: float, /, *, text: str = "") -> None:
        """Show it."""


@contextmanager
def working(key: str, lang: Language, **values: object) -> Iterator[Progress]:
    """Say what is waited for and give what says how far it is; both are gone at the end."""

    def at_first(share: float) -> str:
        return t(key, lang=lang, percent=int(100 * share), **values)

    bar = st.progress(0.0, text=at_first(0.0))

    def so_far(share: float, /, *, text: str = "") -> None:
        within = min(max(share, 0.0), 1.0)
        bar.progress(within, text=text or at_first(within))

    try:
        yield so_far
    finally:
        bar.empty()
