"""Choices inside a page; each keeps a code in the address, never a translated label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard import drill, places, queries
from dashboard.blocks import groups
from dashboard.blocks.compare_places import among_name, measure_name
from dashboard.blocks.small_areas import LAYERS, covered, layer_name
from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.figures.request import Option, Request
from dashboard.i18n import Language, t
from dashboard.i18n.text import written
from dashboard.tables import period_text
from dashboard.widgets import address


def chosen(options: Sequence[Option], view: View) -> Request:
    """Return the request that the address makes of a figure with these options.

    What does not go together gives the usual choice and a notice.
    """
    request = Request.of(view)
    for option in options:
        if option.is_quiet and not address.asks(option.name):
            continue
        codes = option.codes(request)
        if codes and option.is_quiet:
            value = address.quiet(option.name, options=codes)
            if value not in ("", codes[0]):
                request = replace(request, options=(*request.options, (option.name, value)))
        elif codes:
            refusal = option.refusals.get(st.query_params.get(option.name, ""))
            unknown = f"compare.notice.{refusal}" if refusal else "notice.unknown_value"
            meant = partial(address.small_area_meant, codes, build=view.build) if option.name == drill.NAME else None
            value = address.chosen(option.name, options=codes, default=codes[0], unknown=unknown, meant=meant)
            request = replace(request, options=(*request.options, (option.name, value)))
    return request


def note_unheld(chosen_options: Iterable[tuple[Sequence[Option], Request]]) -> None:
    """Tell of every choice in the address that some figures of a page admit and none of them has."""
    codes_by_name: dict[str, list[str]] = {}
    for options, request in chosen_options:
        for option in options:
            if option.is_quiet and address.asks(option.name):
                codes_by_name.setdefault(option.name, []).extend(option.codes(request))
    for name, codes in codes_by_name.items():
        address.note_unheld(name, options=codes)


def year(request: Request) -> None:
    """Let the reader choose another year of those held; nothing to choose where there is none."""
    by_code = catalogue.years(request.view)
    if not by_code:
        return
    address.select(
        "year",
        now=request.option("year"),
        label=t("frame.year_label", lang=request.lang),
        options=tuple(by_code),
        words=lambda code: period_text(by_code[code].period, lang=request.lang),
        lang=request.lang,
        width=320,
    )


def layer(request: Request) -> None:
    """Let the reader choose what the small areas are shaded by; nothing to choose where none are held."""
    if not covered(request.place, build=request.build):
        return
    by_code = {one.code: one for one in LAYERS}
    address.select(
        "layer",
        now=request.option("layer"),
        label=t("frame.layer_label", lang=request.lang),
        options=tuple(by_code),
        words=lambda code: layer_name(by_code[code], build_id=request.build).text(request.lang),
        lang=request.lang,
        width=520,
    )


def small_area(request: Request) -> None:
    """Let the reader choose a ward or a small area of the place; nothing to choose where none are held."""
    areas = drill.small_areas(request.place, build=request.build, lang=request.lang)
    if areas:
        address.select(
            drill.NAME,
            now=request.option(drill.NAME),
            label=t("frame.small_area_label", lang=request.lang),
            options=("", *areas),
            words=lambda code: (
                queries.area(code, build=request.build).name.text(request.lang)
                if code
                else t("frame.small_area_all", lang=request.lang)
            ),
            lang=request.lang,
            width=420,
        )


def group(request: Request) -> None:
    """Let the reader choose whom the figures are about."""
    address.select(
        "group",
        now=request.option("group"),
        label=t("by_group.picker", lang=request.lang),
        options=tuple(groups.BY_CODE),
        words=lambda code: group_name(code, request.lang),
        lang=request.lang,
        width=420,
    )


def group_name(code: str, lang: Language) -> str:
    """Return what those are called whom the page By group is about."""
    return written(groups.name(groups.BY_CODE[code]), lang)


INSIDE: dict[str, Callable[[Request], None]] = {
    "year": year,
    "layer": layer,
    drill.NAME: small_area,
    "group": group,
}  # stand under their figure's question


def comparison(view: View) -> None:
    """Let the reader choose a measure, a set of places to compare, and a form of map."""
    now = catalogue.compared(chosen(catalogue.COMPARED, view))
    choice = places.BY_CODE[now.measure]
    sets, forms = places.sets(choice, view.place), places.forms(choice, now.among)
    with st.container(horizontal=True, key="comparison"):
        _codes(
            "measure",
            now.measure,
            tuple(places.BY_CODE),
            lambda code: compared_name(code, view.lang),
            view,
            width=400,
        )
        _codes(
            "set", now.among, sets, lambda code: among_name(choice.kind, code, view).text(view.lang), view, width=340
        )
        _codes("form", now.form, forms, lambda code: t(f"compare.form.{code}", lang=view.lang), view, width=180)


def compared_name(code: str, lang: Language) -> str:
    """Return what a measure of places is called."""
    return measure_name(code).text(lang)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The choice that says what a page is about: its name in addresses, the key of its label, codes and their words."""

    name: str
    label: str
    codes: tuple[str, ...]
    words: Callable[[str, Language], str]


# The pages that are about something else with each code of a choice, for who shows each of them as a page of its own.
SUBJECTS: Mapping[str, Subject] = {
    "by_group": Subject(name="group", label="by_group.picker", codes=tuple(groups.BY_CODE), words=group_name),
    "compare": Subject(
        name="measure", label="compare.picker.measure", codes=tuple(places.BY_CODE), words=compared_name
    ),
}


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
