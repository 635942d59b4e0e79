"""Choices inside a page; each keeps a code in the address, never a translated label."""

from __future__ import annotations

import streamlit as st

from dashboard.blocks.small_areas import LAYERS, Layer, covered, layer_name
from dashboard.figure import View
from dashboard.i18n import t
from dashboard.queries import Components
from dashboard.tables import period_text
from dashboard.widgets import address


def chosen_year(years: tuple[Components, ...]) -> Components | None:
    """Return the year the address asks for among `years` (newest first), or None when there is none at all."""
    by_code = _by_code(years)
    return by_code[address.chosen("year", options=tuple(by_code), default=next(iter(by_code)))] if by_code else None


def year(years: tuple[Components, ...], now: Components | None, view: View) -> None:
    """Let the reader choose another of `years`."""
    if now is None:
        return
    by_code = _by_code(years)
    key = f"year_picker_{view.lang}"
    st.session_state[key] = _code(now)
    st.selectbox(
        t("frame.year_label", lang=view.lang),
        options=tuple(by_code),
        format_func=lambda code: period_text(by_code[code].period, lang=view.lang),
        key=key,
        on_change=address.on_choice("year", key=key),
        width=320,
    )


def _by_code(years: tuple[Components, ...]) -> dict[str, Components]:
    return {_code(one): one for one in years}


def _code(one: Components) -> str:
    return str(one.period.end.year)


def chosen_layer() -> Layer:
    """Return the small-area layer the address asks for."""
    by_code = {one.code: one for one in LAYERS}
    return by_code[address.chosen("layer", options=tuple(by_code), default=LAYERS[0].code)]


def layer(now: Layer, view: View) -> None:
    """Let the reader choose what the small areas are shaded by; nothing to choose where none are held."""
    if not covered(view.place):
        return
    by_code = {one.code: one for one in LAYERS}
    key = f"layer_picker_{view.lang}"
    st.session_state[key] = now.code
    st.selectbox(
        t("frame.layer_label", lang=view.lang),
        options=tuple(by_code),
        format_func=lambda code: layer_name(by_code[code], build_id=view.build).text(view.lang),
        key=key,
        on_change=address.on_choice("layer", key=key),
        width=520,
    )
