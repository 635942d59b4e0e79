"""Choices inside a page; each keeps a code in the address, never a translated label."""

from __future__ import annotations

import streamlit as st

from dashboard.figure import View
from dashboard.i18n import t
from dashboard.queries import Components
from dashboard.tables import period_text
from dashboard.widgets import address


def year(years: tuple[Components, ...], view: View) -> Components | None:
    """Let the reader choose one of `years` (newest first) and return it; None when there is none to choose."""
    if not years:
        return None
    by_code = {str(c.period.end.year): c for c in years}
    code = address.chosen("year", options=tuple(by_code), default=next(iter(by_code)))
    key = f"year_picker_{view.lang}"
    st.session_state[key] = code
    st.selectbox(
        t("frame.year_label", lang=view.lang),
        options=tuple(by_code),
        format_func=lambda c: period_text(by_code[c].period, lang=view.lang),
        key=key,
        on_change=address.on_choice("year", key=key),
        width=320,
    )
    return by_code[code]
