"""The place on one screen: a table of every measure, in groups, whose rows sort by a header."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from dashboard.charts.svg.spark import HEIGHT, WIDTH, spark
from dashboard.figure import View, in_language
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
KINDS = {"newest": "number", "here": "number", "beside": "number"}
SORTED = {"measure": "text", "when": "number"}  # the others are of many units, and no rank


def show(view: View) -> None:
    """Show every measure that is held for a place, by subject."""
    words.heading("overview.title", view, code="overview")
    words.paragraph("overview.about", view)
    shown = [name for name in COLUMNS if name != "beside" or view.place.code != HOME.benchmark]
    head = "".join(_head(t(COLUMNS[name], lang=view.lang), name) for name in shown)
    groups: tuple[Group, ...] = in_language(overview(view.subject), view.lang)
    body = "".join(_group(group, shown, view) for group in groups)
    caption = words.say("overview.caption", view)
    st.html(
        f"<table class='ct-table ct-stacked ct-glance' role='table'><caption>{escape(caption)}</caption>"
        f"<thead role='rowgroup'><tr role='row'>{head}</tr></thead>{body}</table>"
    )


def _head(label: str, name: str) -> str:
    if name in SORTED:
        return header(label, kind=SORTED[name], side="text", folds=True)
    side = KINDS.get(name, "trend" if name == "trend" else "text")
    return f"<th scope='col' role='columnheader' class='ct-{side}'>{escape(label)}</th>"


def _group(group: Group, shown: list[str], view: View) -> str:
    heading = escape(t(group.heading, lang=view.lang))
    rows = "".join(_row(line, shown, view) for line in group.lines)
    head = f"<th role='rowheader' scope='rowgroup' colspan='{len(shown)}'>{heading}</th>"
    return f"<tbody role='rowgroup'><tr role='row' class='ct-group'>{head}</tr>{rows}</tbody>"


def _row(line: Line, shown: list[str], view: View) -> str:
    target = escape(f"./{line.page}{address.link()}#{line.block}", quote=True)
    about = " · ".join(one for one in (line.unit, line.where) if one)
    old = f"<br>{_muted(line.age)}" if line.age else ""
    drawn = spark(line.trend)
    data = b64encode(drawn.encode()).decode()
    picture = f"<img alt='' width='{WIDTH}' height='{HEIGHT}' src='data:image/svg+xml;base64,{data}'>" if drawn else ""
    inside = {
        "trend": picture,
        "newest": f"<strong>{escape(line.value)}</strong>",
        "here": escape(line.here),
        "beside": escape(line.beside),
        "when": f"<span>{escape(line.period)}{old}</span>",
    }
    name = (
        f"<th scope='row' role='rowheader'><a href='{target}' target='_self'>{escape(line.name)}</a>"
        f"<br>{_muted(about)}</th>"
    )
    cells = "".join(_cell(one, inside[one], view, day=line.day) for one in shown if one in inside)
    return f"<tr role='row'>{name}{cells}</tr>"


def _cell(name: str, inside: str, view: View, *, day: int) -> str:
    kind = "ct-number" if KINDS.get(name) == "number" else f"ct-{name}"
    value = f" data-value='{day}'" if name == "when" else ""
    label = escape(t(COLUMNS[name], lang=view.lang), quote=True)
    empty = "" if inside else " ct-empty"  # folded into a list, a row has no room for nothing
    return f"<td role='cell' class='{kind}{empty}' data-head='{label}'{value}>{inside}</td>"


def _muted(text: str) -> str:
    return f"<span class='ct-muted'>{escape(text)}</span>"
