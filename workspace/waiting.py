"""What is said while something takes its time: what it is, in the reader's language, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import streamlit as st

from dashboard.i18n import Language, t


class Progress(Protocol):
    """What is told how far the work is, and the key of what is done now where that is another than before."""

    def __call__(self, share: float, /, *, key: str = "") -> None:
        """Show it."""


@contextmanager
def working(key: str, lang: Language, **values: object) -> Iterator[Progress]:
    """Say what is waited for and give what says how far it is; both are gone at the end."""

    def text(share: float, key: str) -> str:
        return t(key, lang=lang, percent=int(100 * share), **values)

    bar = st.progress(0.0, text=text(0.0, key))
    first = key

    def so_far(share: float, /, *, key: str = "") -> None:
        within = min(max(share, 0.0), 1.0)
        bar.progress(within, text=text(within, key or first))

    try:
        yield so_far
    finally:
        bar.empty()
