"""Choices inside a page; each keeps a code in the address, never a translated label."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.blocks import comparison as places
from dashboard.blocks.compare_places import Asked, among_name, measure_name
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
    address.select(
        "year",
        now=_code(now),
        label=t("frame.year_label", lang=view.lang),
        options=tuple(by_code),
        words=lambda code: period_text(by_code[code].period, lang=view.lang),
        lang=view.lang,
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
    address.select(
        "layer",
        now=now.code,
        label=t("frame.layer_label", lang=view.lang),
        options=tuple(by_code),
        words=lambda code: layer_name(by_code[code], build_id=view.build).text(view.lang),
        lang=view.lang,
        width=520,
    )


# What a page says when a link asks for a set of places or a map that does not go with the measure and the place.
_NOT_HERE = {
    **dict.fromkeys(places.SIMILAR, "compare.notice.similar"),
    places.FORCES: "compare.notice.forces",
    "hex": "compare.notice.hex",
}


def chosen_comparison(view: View) -> Asked:
    """Return what the address asks to compare; what does not go together gives the usual choice and a notice."""
    measure = address.chosen("measure", options=tuple(places.BY_CODE), default=places.CHOICES[0].code)
    choice = places.BY_CODE[measure]
    among = _applicable("set", places.sets(choice, view.place))
    return Asked(measure=measure, among=among, form=_applicable("form", places.forms(choice, among)))


def _applicable(name: str, options: Sequence[str]) -> str:
    """Return a choice whose first option always applies; a known one that does not is explained in its own words."""
    why = _NOT_HERE.get(st.query_params.get(name, ""), "notice.unknown_value")
    return address.chosen(name, options=options, default=options[0], unknown=why)


def comparison(now: Asked, view: View) -> None:
    """Let the reader choose a measure, a set of places to compare, and a form of map."""
    choice = places.BY_CODE[now.measure]
    sets, forms = places.sets(choice, view.place), places.forms(choice, now.among)
    with st.container(horizontal=True, key="comparison"):
        _codes("measure", now.measure, tuple(places.BY_CODE), lambda code: measure_name(code, view), view, width=400)
        _codes("set", now.among, sets, lambda code: among_name(choice.kind, code, view), view, width=340)
        _codes("form", now.form, forms, lambda code: t(f"compare.form.{code}", lang=view.lang), view, width=180)


def _codes(name: str, now: str, options: Sequence[str], label: Callable[[str], str], view: View, *, width: int) -> None:
    """Show one picker whose choice goes into the address as a code."""
    address.select(
        name,
        now=now,
        label=t(f"compare.picker.{name}", lang=view.lang),
        options=options,
        words=label,
        lang=view.lang,
        width=width,
    )
