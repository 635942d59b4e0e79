"""The boxes of a return, in the order in which somebody tells of it, and the weeks and places that it may be of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import queries, store
from dashboard.age import today
from dashboard.i18n import Language, t
from dashboard.widgets.html import part
from local_figures import tension
from local_figures.checking.cells import LONGEST_FREE
from local_figures.checking.check import NIL, Line, Lines
from local_figures.templates import Column, templates
from local_figures.weeks import WEEK, monday
from workspace import days, keeping
from workspace.session import Session
from workspace.words import show_paragraph

WEEKS = 10  # that are offered, besides those that miss a return
MOST_MISSING = 26
HALF, WIDE = 520, 640  # pixels


def area_names(own: Session) -> Mapping[str, str]:
    """Return the areas of the workspace by code, in the order of their names."""
    areas = queries.areas(build=store.build_id())
    names = {code: areas[code].name.text(own.lang) for code in own.areas if code in areas}
    return dict(sorted(names.items(), key=lambda one: one[1]))


def area(own: Session, *, key: str, usual: str) -> str:
    """Return the area that is told of, which is asked for where there are several."""
    names = area_names(own)
    if len(names) < 2:
        for name in names.values():
            show_paragraph("own.tension.of_area", lang=own.lang, area=name)
        return next(iter(names), "")
    codes = list(names)
    chosen: str = st.selectbox(
        t("own.tension.area", lang=own.lang),
        options=codes,
        index=codes.index(usual) if usual in names else 0,
        format_func=names.__getitem__,
        key=f"own_tension_{key}_area_{usual}_{own.lang}",  # another place chosen above is chosen here as well
        width=HALF,
    )
    return chosen


def week(own: Session, lines: Lines, of: str) -> date:
    """Return the week that is told of: the one most likely meant is chosen already."""
    this = monday(today())
    missing = tension.missing_weeks(lines, area=of, today=today())[:MOST_MISSING]
    weeks = sorted({*(this - n * WEEK for n in range(WEEKS)), *missing}, reverse=True)
    proposed = tension.proposed_week(lines, area=of, today=today())
    chosen: date = st.selectbox(
        heading("week_start", own.lang),
        options=weeks,
        index=weeks.index(proposed),
        format_func=lambda one: days_of(one, own.lang),  # the browser tells a choice by its words: they stay the same
        key=f"own_tension_week_{of}_{own.lang}",
        width=HALF,
    )
    if chosen in (this, this - WEEK):
        key = "own.tension.week_running" if chosen == this else "own.tension.week_last"
        st.html(part("parts", "muted", text=t(key, lang=own.lang, days=days_of(chosen, own.lang))))
    return chosen


def days_of(week: date, lang: Language) -> str:
    """Return the days of a week from its Monday to its Sunday: "16 to 22 November 2026"."""
    first, last = (days.in_words(one, lang).split(" ") for one in (week, week + WEEK - timedelta(days=1)))
    alike = next((n for n in range(3) if first[n:] == last[n:]), 3)  # the month, the year, or neither
    return t("own.tension.days_of", lang=lang, first=" ".join(first[:alike]), last=" ".join(last))


def boxes(own: Session, line: Line, *, name: str, levels: Mapping[str, str]) -> Line:
    """Draw the boxes of a return with what they hold now, two beside each other, and return what they say."""
    kinds = [t(f"own.tension.kind.{code}", lang=own.lang) for code in tension.KINDS]
    values = {"tension_kind": _radio(own, "tension_kind", line, name, captions=kinds)}
    left, right = st.columns(2)
    with left:
        values["theme"] = _choice(own, "theme", line, name)
    with right:
        values["count"] = _text(own, "count", line, name)
    left, right = st.columns(2)
    with left:
        are_named = any(words != code for code, words in levels.items())
        help_ = t(f"own.tension.levels_{'named' if are_named else 'unnamed'}", lang=own.lang)
        values["level"] = _choice(own, "level", line, name, names={"": _unset(own), **levels}, about=help_)
    with right:
        values["source_type"] = _choice(own, "source_type", line, name, optional=True)
    if not are_named:
        st.html(part("parts", "muted", text=help_))
    values["online"] = _radio(own, "online", line, name, optional=True)
    values["action"] = _text(own, "action", line, name)
    left, right = st.columns(2)
    with left:
        values["first_action_on"] = _text(own, "first_action_on", line, name)
    with right:
        values["closed_on"] = _text(own, "closed_on", line, name)
    return values


def _column(key: str) -> Column:
    return templates()[tension.TEMPLATE].column(key)


def heading(key: str, lang: Language) -> str:
    """Return the name of a column of the return."""
    return _column(key).heading[lang]


def name_of(key: str, code: str, lang: Language) -> str:
    """Return what a code of a column is called."""
    return _column(key).choices[code][lang]


def _names(own: Session, key: str, *, optional: bool) -> dict[str, str]:
    names = {code: words[own.lang] for code, words in _column(key).choices.items() if code != NIL}
    return {"": _unset(own), **names} if optional else names


def _unset(own: Session) -> str:
    return t("own.tension.unset", lang=own.lang)


def _radio(
    own: Session, key: str, line: Line, name: str, *, optional: bool = False, captions: Sequence[str] | None = None
) -> str:
    names = _names(own, key, optional=optional)
    chosen: str = st.radio(
        heading(key, own.lang),
        options=list(names),
        index=list(names).index(line.get(key) or next(iter(names))),
        format_func=names.__getitem__,
        horizontal=True,
        captions=captions,
        key=keeping.key(f"{name}_{key}_{own.lang}"),
    )
    return chosen


def _choice(
    own: Session,
    key: str,
    line: Line,
    name: str,
    *,
    names: Mapping[str, str] | None = None,
    optional: bool = False,
    about: str | None = None,
) -> str:
    """Draw a list; where something must be chosen nothing is chosen at first."""
    names = names or _names(own, key, optional=optional)
    codes = list(names)
    now = line.get(key, "")
    chosen: str | None = st.selectbox(
        heading(key, own.lang),
        options=codes,
        index=codes.index(now) if now in names else None,
        format_func=names.__getitem__,
        placeholder=t("own.tension.choose", lang=own.lang),
        help=about,
        key=keeping.key(f"{name}_{key}_{own.lang}"),
    )
    return chosen or ""


def _text(own: Session, key: str, line: Line, name: str) -> str:
    column = _column(key)
    now = line.get(key, "1" if key == "count" else "")
    return st.text_input(
        column.heading[own.lang],
        value=days.in_words(now, own.lang) if column.kind == "day" else now,
        help=None if key == "count" else column.about[own.lang],
        max_chars=LONGEST_FREE if column.kind == "free" else None,
        placeholder=days.example(own.lang) if column.kind == "day" else None,
        key=keeping.key(f"{name}_{key}_{own.lang}"),
    )
