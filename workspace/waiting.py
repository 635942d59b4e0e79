"""What is said while something takes its time: what it is, in the reader's language, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.i18n import Language, t

Progress = Callable[[float], None]


@contextmanager
def working(key: str, lang: Language, **values: object) -> Iterator[Progress]:
    """Say what is waited for and give what says how far it is; both are gone at the end."""

    def text(percent: int) -> str:
        return t(key, lang=lang, percent=percent, **values)

    bar = st.progress(0.0, text=text(0))

    def so_far(done: float) -> None:
        share = min(max(done, 0.0), 1.0)
        bar.progress(share, text=text(int(100 * share)))

    try:
        yield so_far
    finally:
        bar.empty()
