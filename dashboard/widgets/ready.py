"""HTML handed to Streamlit as it is.

The awkward fact: `st.html` takes a string for a text that somebody wrote into a script, and takes the indent out of
every line of it on every rerun. What says itself that it is HTML is sent on unread.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Ready:
    """A finished piece of HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def kept_with(owner: object, key: Hashable, make: Callable[[], Markup]) -> Markup:
    """Return HTML made once for `key` and kept with what it shows: a frozen value, remembered between clicks."""
    written: dict[Hashable, Markup] = vars(owner).setdefault("written", {})
    if key not in written:
        written[key] = make()
    return written[key]
