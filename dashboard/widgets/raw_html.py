"""HTML handed to Streamlit as it is.

The awkward fact: `st.html` takes a string for a text that somebody wrote into a script, and takes the indent out of
every line of it on every rerun. What says itself that it is HTML is sent on unread.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """A finished piece of HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html
