"""The place on one screen: a table of every measure, in groups, whose rows sort by a header."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st
from markupsafe import Markup

from dashboard.charts.svg.spark import HEIGHT, WIDTH, spark
from dashboard.figure import View, in_language
from dashboard.figures.overview import Group, Line, columns, overview
from dashboard.i18n import t
from dashboard.nations import HOME
from dashboard.widgets import address, words
from dashboard.widgets.html import filled, part

COLUMNS = {
    "measure": "overview.column.measure",
    "trend": "overview.column.trend",
    "newest": "overview.column.newest",
    "here": "overview.column.here",
    "beside": "overview.column.beside",
    "when": "overview.column.when",
}
OTHER = "other"  # and a number: the places beside ours
KINDS = {"newest": "number", "here": "number", "beside": "number"}
SORTED = {"measure": "text", "when": "number"}  # the others are of many units, and no rank


def show(view: View) -> None:
    """Show every measure that is held for a place, by subject."""
    words.heading("overview.title", view, code="overview")
    words.paragraph("overview.about", view)
    groups: tuple[Group, ...] = in_language(overview(view.subject), view.lang)
    heads = _heads(view)
    beside = [name for name in heads if name.startswith(OTHER)]
    caption = words.say("overview.caption", view)
    page = filled(
        "glance",
        caption=f"{caption} {t('overview.others', lang=view.lang)}" if beside else caption,
        columns=heads,
        kinds=KINDS | dict.fromkeys(beside, "number"),
        beside=beside,
        sorted=SORTED,
        groups=groups,
        target=lambda line: f"./{line.page}{address.link()}#{line.block}",
        spark=_picture,
        lang=view.lang,
    )
    st.html(page)


def _heads(view: View) -> dict[str, str]:
    """Return what each column is called: those beside ours by their places, before the date."""
    heads = {name: t(key, lang=view.lang) for name, key in COLUMNS.items()}
    if view.place.code == HOME.benchmark:
        del heads["beside"]
    when = heads.pop("when")
    places = {f"{OTHER}{at}": place.name.text(view.lang) for at, place in enumerate(columns(view.subject))}
    return {**heads, **places, "when": when}


def _picture(line: Line) -> Markup:
    """Return the trend of a line as a picture that says nothing of its own; "" where there is none."""
    drawn = spark(line.trend)
    if not drawn:
        return Markup("")
    data = b64encode(drawn.encode()).decode()
    return part("parts", "picture", width=WIDTH, height=HEIGHT, data=data)
