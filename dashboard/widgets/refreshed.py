"""What the last refresh changed, on the Data and methods page: every kind of change, revised figures with old and new.

The awkward fact: a report may name a measure, area or category that today's tables no longer know, because somebody
edited them since. Such a code is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st
from markupsafe import Markup

from cohesion.releases import CHANGES, DERIVED
from dashboard import queries, revisions, store, trouble
from dashboard.figure import Cell, Column, Table, View
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.i18n.periods import period_label
from dashboard.memory import remembered
from dashboard.model import Period
from dashboard.revisions import Brought, Key, TableChange
from dashboard.tables import period_text
from dashboard.web.rows import table_html
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from dashboard.widgets.raw_html import Ready

SHOWN = 30  # of each kind; the line above the list counts them all


def not_rebuilt(view: View) -> None:
    """Say that the figures on show are not made of the newest tables, and what was wrong with those; else nothing."""
    troubles = {"data.gone": store.is_gone, "data.behind": store.is_behind, "data.torn": store.is_torn}
    for key, is_so in troubles.items():
        if is_so():
            st.html(part("parts", "trouble", heading=t(key, lang=view.lang, build=view.build), lines=()))
            break
    lines = trouble.noted()
    if lines:
        heading = t("data.not_rebuilt", lang=view.lang, build=view.build)
        st.html(part("parts", "trouble", heading=heading, lines=lines))


def last_refresh(view: View) -> None:
    """Show what the last refresh on this computer changed, table by table; or that none was made."""
    try:
        refresh = revisions.last_refresh()
    except revisions.NoRefreshError:
        st.html(part("parts", "paragraph", text=t("data.no_refresh", lang=view.lang)))
        return
    day = period_label(start=refresh.day, months=0, lang=view.lang, style="long")
    sentence = t("data.refreshed", lang=view.lang, day=day, build=refresh.build)
    st.html(part("parts", "paragraph", text=sentence))
    st.html(Markup("").join(changed(one, view) for one in refresh.tables))


def history(view: View) -> None:
    """Show every publication brought in since the tables were delivered, table by table; nothing if none was."""
    every = revisions.history(build=view.build)
    if every:
        line = t("data.history", lang=view.lang, n=decimal(len(every), places=0, lang=view.lang))
        st.html(folded(line, _history(every, caption=line, view=view), kind="ct-details"))


def _history(every: tuple[Brought, ...], *, caption: str, view: View) -> Markup:
    kinds = {kind: t(f"data.history.{kind}", lang=view.lang) for kind in CHANGES}
    columns = (
        Column(key="title", label=t("column.source", lang=view.lang)),
        Column(key="day", label=t("data.history.day", lang=view.lang)),
        Column(key="before", label=t("data.history.before", lang=view.lang)),
        Column(key="edition", label=t("data.history.edition", lang=view.lang)),
        *(Column(key=kind, label=label, kind="number") for kind, label in kinds.items()),
        Column(key="accepted", label=t("data.history.accepted", lang=view.lang)),
    )
    none = t("data.history.none", lang=view.lang)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.title.text(view.lang),
            period_label(start=one.day, months=0, lang=view.lang, style="long"),
            one.edition_before.text(view.lang) or none,
            one.edition.text(view.lang) or none,
            *one.counts.values(),
            _accepted(one, view) or none,
        )
        for one in every
    )
    return table_html(Table(columns=columns, rows=rows), caption=caption, lang=view.lang)


def _accepted(one: Brought, view: View) -> str:
    """Say what a person took for right in a publication, and why."""
    listed = "; ".join(
        t(f"data.accepted.{kind}", lang=view.lang, n=decimal(count, places=0, lang=view.lang))
        for kind, count in one.accepted.items()
    )
    return t("data.accepted.why", lang=view.lang, listed=listed, why=one.why) if listed and one.why else listed


def editions(view: View) -> None:
    """Show, table by table, the figures for Wales that an edition held before gave otherwise."""
    st.html(Ready(_editions(view)))


@remembered(most=8)  # a view of each language and build: three hundred rows need be written once
def _editions(view: View) -> Markup:
    every = queries.revisions(build=view.build)
    tables = dict.fromkeys(one.source for one in every)
    return Markup("").join(_edition([one for one in every if one.source == table], view) for table in tables)


def _edition(revised: list[queries.Revised], view: View) -> Markup:
    """Return one table's revisions between two editions, folded under a line that counts them."""
    first, source = revised[0], queries.sources(build=view.build).get(revised[0].source)
    title = source.title.text(view.lang) if source else first.source
    names = {"title": title, "now": first.edition.text(view.lang), "before": first.edition_before.text(view.lang)}
    measures = ", ".join(dict.fromkeys(_measure(one.key[0], view) for one in revised))
    count = decimal(len(revised), places=0, lang=view.lang)
    line = t("data.editions_table", lang=view.lang, n=count, measures=measures, **names)
    table = _before_and_now([(one.key, one.before, one.now) for one in revised], caption=line, view=view)
    return folded(line, table, kind="ct-details")


def changed(one: TableChange, view: View) -> Markup:
    """Return one table's changes, folded under a line that counts them."""
    kinds = {"new": "rows_come", "revised": "revised", "replaced": "replaced", "lost": "rows_gone"}
    counted = {word: decimal(one.counts.get(kind, 0), places=0, lang=view.lang) for word, kind in kinds.items()}
    line = t("data.refreshed_table", lang=view.lang, table=_title(one.table, view), **counted)
    lists = {
        "data.refreshed.replaced": _named(one.replaced, _row, view),
        "data.refreshed.new_periods": _named(one.new_periods, _period, view),
        "data.refreshed.lost_periods": _named(one.lost_periods, _period, view),
        "data.refreshed.lost_rows": _named(one.lost_rows, _row, view),
        "data.refreshed.new_rows": _named(one.new_rows, _row, view),
        "data.refreshed.new_categories": _named(one.new_categories, _category, view),
        "data.refreshed.lost_categories": _named(one.lost_categories, _category, view),
        "data.refreshed.new_areas": [_area(code, view) for code in one.new_areas[:SHOWN]],
        "data.refreshed.lost_areas": [_area(code, view) for code in one.lost_areas[:SHOWN]],
        "data.refreshed.silent_areas": [_area(code, view) for code in one.silent_areas[:SHOWN]],
    }
    lists_html = Markup("").join(_list(key, items, view) for key, items in lists.items() if items)
    return folded(line, _revised(one, view) + lists_html, kind="ct-details")


def _title(table: str, view: View) -> str:
    """Return what a table is called; of one that is gone, what it was called when a refresh took its figures."""
    if table == DERIVED:
        return t("data.refreshed.derived", lang=view.lang)
    source = queries.sources(build=view.build).get(table)
    if source:
        return f"{source.title.text(view.lang)} ({source.edition.text(view.lang)})"
    return next((b.title.text(view.lang) for b in revisions.history(build=view.build) if b.source == table), table)


def _list(key: str, items: Iterable[str], view: View) -> Markup:
    return part("parts", "headed_list", heading=t(key, lang=view.lang), items=items)


def _named(keys: tuple[Key, ...], name: Callable[[Key, View], str], view: View) -> list[str]:
    return [name(key, view) for key in keys[:SHOWN]]


def _revised(one: TableChange, view: View) -> Markup:
    """Return the revised figures as a table: what each was, and what it is now."""
    if not one.revised:
        return Markup("")
    caption = t("data.refreshed.revised", lang=view.lang, table=_title(one.table, view))
    return _before_and_now([(r.key, r.before, r.now) for r in one.revised[:SHOWN]], caption=caption, view=view)


def _before_and_now(revised: list[tuple[Key, str, str]], *, caption: str, view: View) -> Markup:
    columns = (
        Column(key="figure", label=t("column.measure", lang=view.lang)),
        Column(key="before", label=t("data.refreshed.before", lang=view.lang)),
        Column(key="now", label=t("data.refreshed.now", lang=view.lang)),
    )
    rows = tuple((_row(key, view), before, now) for key, before, now in revised)
    return table_html(Table(columns=columns, rows=rows), caption=caption, lang=view.lang)


def _row(key: Key, view: View) -> str:
    measure, area, start, months, category = key
    return ", ".join((_category((measure, category), view), _area(area, view), _when(measure, start, months, view)))


def _period(key: Key, view: View) -> str:
    measure, start, months = key
    return f"{_measure(measure, view)}, {_when(measure, start, months, view)}"


def _when(measure: str, start: str, months: str, view: View) -> str:
    period = Period(start=date.fromisoformat(start), months=int(months))
    return period_text(period, lang=view.lang, measure=measure)


def _measure(code: str, view: View) -> str:
    measure = queries.measures(build=view.build).get(code)
    return measure.name.text(view.lang) if measure else code


def _category(key: Key, view: View) -> str:
    """Return a measure and, where it is not the total, its category."""
    measure, category = key
    row = queries.categories(measure, build=view.build).get(category)
    name = row.name.text(view.lang) if row else category
    return _measure(measure, view) if category == "total" else f"{_measure(measure, view)}: {name}"


def _area(code: str, view: View) -> str:
    area = queries.areas(build=view.build).get(code)
    return area.name.text(view.lang) if area else code
