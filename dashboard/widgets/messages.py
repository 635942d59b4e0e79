"""Key messages on a page: true sentences, each with "How do we know?" beside it.

The awkward fact: a sentence is believed sooner than a table. So the figures it rests on, their source and edition,
and the rule that wrote it stand one click below it, without leaving the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.figure import Cell, View, in_language
from dashboard.findings import Message
from dashboard.findings.evidence import evidence
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.memory import kept_with
from dashboard.widgets import address
from dashboard.widgets.folded import folded
from dashboard.widgets.html import filled, part
from dashboard.widgets.raw_html import Ready
from dashboard.widgets.stacked_table import stacked_table

EXACT_PLACES = 6  # more than any publisher prints; trailing zeros are dropped


def show(every: Iterable[Message], view: View, *, heading: str) -> None:
    """Show messages under a heading; when no rule holds, say so."""
    items = [_message(m, view) for m in every]
    st.html(Ready(filled("messages", heading=heading, items=items, lang=view.lang)))


def how(message: Message, view: View) -> Markup:
    """Return "How do we know?" with everything a message rests on, folded."""
    inside = filled(
        "how",
        notes=message.note_texts(view.lang),
        figures=kept_with(message, view.lang, partial(_figures, message, view)),
        target=f"./{message.page}{address.link()}" + (f"#{message.block}" if message.block else ""),
        rule=t("messages.rule", lang=view.lang, rule=message.rule, build=message.build),
        lang=view.lang,
    )
    return folded(t("messages.how", lang=view.lang), inside, kind="ct-how")


def as_html(message: Message, view: View) -> Markup:
    """Return a message's sentences, with a mark where what it counts was typed from a published text."""
    typed = t("grade.T", lang=view.lang) if message.typed else ""
    return part("message", "finding", text=message.text(view.lang), typed=typed)


def _message(message: Message, view: View) -> Markup:
    return part("message", "line", finding=as_html(message, view), how=how(message, view))


def _figures(message: Message, view: View) -> Markup:
    """Return the published figures a message rests on, exactly as they are held, each with what it counts."""
    table = in_language(evidence([message], build=view.build), view.lang)
    if table is None:
        return Markup("")
    columns = [(at, column) for at, column in enumerate(table.columns) if column.is_shown]
    rows = (tuple(_cell(row[at], column.key, view) for at, column in columns) for row in table.rows)
    numbers = tuple(n for n, (_, column) in enumerate(columns) if column.kind == "number")
    heads = [column.label for _, column in columns]
    return stacked_table(heads, rows, label=t("messages.how", lang=view.lang), numbers=numbers)


def _cell(cell: Cell, key: str, view: View) -> str:
    if key == "value":
        return "" if cell is None else _exact(float(cell), view)
    return "" if cell is None else str(cell)


def _exact(value: float, view: View) -> str:
    written = decimal(value, places=0 if value.is_integer() else EXACT_PLACES, lang=view.lang)
    return written.rstrip("0").rstrip(".") if "." in written else written
