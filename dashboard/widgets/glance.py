"""The place on one screen: a table of every measure, in groups, whose rows sort by a header."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from dashboard.charts.svg.spark import HEIGHT, WIDTH, spark
from dashboard.figure import View
from dashboard.figures.overview import Group, Line, overview
from dashboard.i18n import t
from dashboard.nations import HOME
from dashboard.widgets import address, words
from dashboard.widgets.blocks import header

COLUMNS = {
    "measure": "overview.column.measure",
    "trend": "overview.column.trend",
    "newest": "overview.column.newest",
    "here": "overview.column.here",
    "beside": "overview.column.beside",
    "when": "overview.column.when",
}
KINDS = {"newest": "number", "here": "number", "beside": "number", "when": "order"}


def show(view: View) -> None:
    """Show every measure that is held for a place, by subject."""
    words.heading("overview.title", view, code="overview")
    words.paragraph("overview.about", view)
    shown = [name for name in COLUMNS if name != "beside" or view.place.code != HOME.benchmark]
    head = "".join(
        header(t(COLUMNS[name], lang=view.lang), kind=KINDS.get(name, "text"))
        if name != "trend"
        else f"<th scope='col' class='ct-trend'>{escape(t(COLUMNS[name], lang=view.lang))}</th>"
        for name in shown
    )
    body = "".join(_group(group, shown, view) for group in overview(view))
    caption = words.say("overview.caption", view)
    st.html(
        f"<div class='ct-scroll' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
        f"<table class='ct-table ct-glance'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead>{body}</table></div>"
    )


def _group(group: Group, shown: list[str], view: View) -> str:
    heading = escape(t(group.heading, lang=view.lang))
    rows = "".join(_row(line, shown) for line in group.lines)
    return f"<tbody><tr class='ct-group'><th scope='rowgroup' colspan='{len(shown)}'>{heading}</th></tr>{rows}</tbody>"


def _row(line: Line, shown: list[str]) -> str:
    target = escape(f"/{line.page}{address.link()}#{line.block}", quote=True)
    about = " · ".join(one for one in (line.unit, line.where) if one)
    old = f"<br>{_muted(line.age)}" if line.age else ""
    drawn = spark(line.trend)
    data = b64encode(drawn.encode()).decode()
    picture = f"<img alt='' width='{WIDTH}' height='{HEIGHT}' src='data:image/svg+xml;base64,{data}'>" if drawn else ""
    cells = {
        "trend": f"<td class='ct-trend'>{picture}</td>",
        "newest": f"<td class='ct-number'><strong>{escape(line.value)}</strong></td>",
        "here": f"<td class='ct-number'>{escape(line.here)}</td>",
        "beside": f"<td class='ct-number'>{escape(line.beside)}</td>",
        "when": f"<td>{escape(line.period)}{old}</td>",
    }
    name = f"<th scope='row'><a href='{target}' target='_self'>{escape(line.name)}</a><br>{_muted(about)}</th>"
    return f"<tr>{name}{''.join(cells[one] for one in shown if one in cells)}</tr>"


def _muted(text: str) -> str:
    return f"<span class='ct-muted'>{escape(text)}</span>"
