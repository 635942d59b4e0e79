"""The return of a week: nothing to report in one click, or what was experienced, evidenced or may come.

The awkward fact: a week that nobody reported is not a quiet one. So the weeks without a return are named, and what is
said of a week stands beside it in the list to choose from.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.age import today
from dashboard.figure import View
from dashboard.i18n import t
from dashboard.widgets.html import part
from dashboard.widgets.stacked_table import stacked_table
from local_figures import door, tension, typed
from local_figures.checking.check import Line, Lines
from local_figures.tension import TEMPLATE, Entry
from workspace import days, keeping
from workspace.session import Session, may
from workspace.tension import boxes
from workspace.words import show_heading, show_paragraph

NAMED = 8  # weeks without a return that are named one by one
FORM, NIL_FORM, CHANGE, LEVELS = "tension", "tension_nil", "tension_change", "tension_levels"


def show(own: Session, view: View, lines: Lines) -> None:
    """Show the week's return to whoever may write one, what is missing, and what is to be followed up."""
    names = levels(own)
    of = boxes.area(own, key="return", usual=view.place.code)
    if may(own, "editor"):
        _return(own, lines, of, names)
    _missing(own, lines, of)
    show_heading("own.tension.follow", lang=own.lang, code="follow")
    _open(own, lines, names)
    if may(own, "editor"):
        _change(own, lines, names)


def levels(own: Session) -> dict[str, str]:
    """Return what each level is called here."""
    rows = door.lines(own.store, own.act(), tension.LEVELS).lines
    return dict(tension.levels(rows, lang=own.lang))


def _return(own: Session, lines: Lines, of: str, names: dict[str, str]) -> None:
    show_heading("own.tension.return", lang=own.lang, code="return")
    week = boxes.week(own, lines, of)
    week_lines = tension.of_week(lines, week=week, area=of)
    entries = tension.entries(week_lines, areas=[of])
    _nil(own, of, week, week_lines, named=bool(entries))
    if entries:
        label = t("own.tension.of_week", lang=own.lang, day=days.in_words(week, own.lang))
        st.html(_table(own, entries, names, label=label))
    with st.form(keeping.key(f"{FORM}_{of}_{week}"), border=True):
        show_paragraph("own.tension.form", lang=own.lang)
        row = boxes.boxes(own, {}, name=f"{FORM}_{of}_{week}", levels=names)
        answered = keeping.answer(FORM, own)
        sent = st.form_submit_button(t("own.tension.keep", lang=own.lang), type="primary")
    if sent:
        row = {"week_start": week.isoformat(), "area_code": of, **row}
        change = tension.returning(row)
        keeping.keep(
            own,
            FORM,
            template=TEMPLATE,
            change=change,
            sentence=t("own.tension.kept", lang=own.lang),
            answered=answered,
        )


def _nil(own: Session, of: str, week: date, week_lines: Lines, *, named: bool) -> None:
    """Offer the nil return of a week that has nothing yet, and to take one back."""
    day = days.in_words(week, own.lang)
    if week_lines and not named:
        show_paragraph("own.tension.is_nil", lang=own.lang, day=day)
        if st.button(t("own.tension.nil_back", lang=own.lang), key=keeping.key(f"nil_back_{of}_{week}")):
            change = tension.nil_taken_back(week=week, area=of)
            key = "own.tension.nil_taken_back"
            keeping.keep(own, NIL_FORM, template=TEMPLATE, change=change, sentence=t(key, lang=own.lang))
    elif not week_lines and st.button(
        t("own.tension.nil", lang=own.lang, day=day), key=keeping.key(f"nil_{of}_{week}")
    ):
        change = tension.nil_return(week=week, area=of)
        keeping.keep(own, NIL_FORM, template=TEMPLATE, change=change, sentence=t("own.tension.nil_kept", lang=own.lang))


def _missing(own: Session, lines: Lines, of: str) -> None:
    """Name the weeks without a return: nobody knows what they were like."""
    weeks = tension.missing_weeks(lines, area=of, today=today())
    if not weeks:
        return
    show_paragraph("own.tension.missing", lang=own.lang, n=len(weeks))
    named = [t("own.tension.no_return", lang=own.lang, day=days.in_words(week, own.lang)) for week in weeks[:NAMED]]
    more = [t("own.tension.more", lang=own.lang, n=len(weeks) - NAMED)] if len(weeks) > NAMED else []
    st.html(part("parts", "listed", texts=[*named, *more]))


def _open(own: Session, lines: Lines, names: dict[str, str]) -> None:
    entries = tension.open_entries(lines, areas=own.areas)
    if not entries:
        show_paragraph("own.tension.none_open", lang=own.lang)
        return
    show_paragraph("own.tension.open", lang=own.lang, n=len(entries))
    st.html(_table(own, entries, names, label=t("own.tension.follow", lang=own.lang), with_area=len(own.areas) > 1))


def _table(
    own: Session, entries: tuple[Entry, ...], names: dict[str, str], *, label: str, with_area: bool = False
) -> str:
    """Return a table of entries: what, how many, how grave, what was done, and since when."""
    lang, areas = own.lang, boxes.area_names(own)
    day_keys = ("first_action_on",) if all(one.is_open for one in entries) else ("first_action_on", "closed_on")
    heads = [
        boxes.heading("week_start", lang),
        *((t("own.tension.area", lang=lang),) if with_area else ()),
        *(boxes.heading(key, lang) for key in ("theme", "tension_kind", "count", "level", "action", *day_keys)),
    ]
    rows = []
    for one in entries:
        line = one.line
        area = (areas.get(line["area_code"], line["area_code"]),) if with_area else ()
        rows.append(
            (
                days.in_words(one.week, lang),
                *area,
                boxes.name_of("theme", line["theme"], lang),
                boxes.name_of("tension_kind", line["tension_kind"], lang),
                line["count"],
                names.get(line["level"], "–"),
                line["action"] or "–",
                *(_day_of(own, line[key]) for key in day_keys),
            )
        )
    return stacked_table(heads, rows, label=label, numbers=(heads.index(boxes.heading("count", lang)),))


def _day_of(own: Session, day: str) -> str:
    return days.in_words(day, own.lang) if day else "–"


def _change(own: Session, lines: Lines, names: dict[str, str]) -> None:
    """Let an editor write what was done about an entry, close it, put it right or take it out: the open ones first."""
    entries = {one.at: one for one in reversed(tension.entries(lines, areas=own.areas))}
    if not entries:
        return
    order = sorted(entries, key=lambda at: not entries[at].is_open)
    with st.expander(t("own.tension.change", lang=own.lang), expanded=keeping.is_open(CHANGE)):
        at = st.selectbox(
            t("own.tension.which", lang=own.lang),
            options=order,
            format_func=lambda at: _named(own, entries[at]),
            key=keeping.key(f"{CHANGE}_which_{own.lang}"),
            width=boxes.WIDE,
        )
        line = keeping.as_drawn(CHANGE, at, entries[at].line)
        with st.form(keeping.key(f"{CHANGE}_form_{at}"), border=False):
            boxed = boxes.boxes(own, line, name=f"{CHANGE}_{at}", levels=names)
            answered = keeping.answer(CHANGE, own)
            sent = st.form_submit_button(t("own.tension.keep_change", lang=own.lang), type="primary")
        if sent:
            row: Line = {**line, **boxed}
            change = typed.replacing(at, was=line, now=row)
            key = "own.tension.changed"
            keeping.keep(
                own, CHANGE, template=TEMPLATE, change=change, sentence=t(key, lang=own.lang), answered=answered
            )
        if st.button(t("own.tension.take_out", lang=own.lang), key=keeping.key(f"{CHANGE}_out_{at}")):
            out, sentence = typed.without(at, was=line), t("own.tension.taken_out", lang=own.lang)
            keeping.keep(own, CHANGE, template=TEMPLATE, change=out, sentence=sentence)


def _named(own: Session, one: Entry) -> str:
    """Return an entry in a few words."""
    lang, areas = own.lang, boxes.area_names(own)
    labels = [
        days.in_words(one.week, lang),
        *([areas[one.line["area_code"]]] if len(areas) > 1 and one.line["area_code"] in areas else []),
        boxes.name_of("theme", one.line["theme"], lang),
        one.line["count"],
        t("own.tension.is_open" if one.is_open else "own.tension.is_closed", lang=lang),
    ]
    return " · ".join(labels)


def name_levels(own: Session) -> None:
    """Let an editor say what the partnership calls its levels, in both languages."""
    row_of_level = {line["level"]: line for line in door.lines(own.store, own.act(), tension.LEVELS).lines.values()}
    with st.expander(t("own.tension.levels", lang=own.lang), expanded=keeping.is_open(LEVELS)):
        with st.form(keeping.key(f"{LEVELS}_form"), border=False):
            typed_names = {
                code: _level(own, code, row_of_level.get(code, {})) for code in tension.levels({}, lang=own.lang)
            }
            answered = keeping.answer(LEVELS, own)
            sent = st.form_submit_button(t("own.tension.keep_levels", lang=own.lang))
        if sent:
            change, key = tension.naming(typed_names), "own.tension.levels_kept"
            keeping.keep(
                own, LEVELS, template=tension.LEVELS, change=change, sentence=t(key, lang=own.lang), answered=answered
            )


def _level(own: Session, code: str, line: Line) -> tuple[str, str]:
    english, welsh = (
        st.text_input(
            t(f"own.tension.level.{lang}", lang=own.lang, n=code),
            value=line.get(f"label_{lang}", ""),
            max_chars=80,
            key=keeping.key(f"{LEVELS}_{code}_{lang}_{own.lang}"),
            width=boxes.HALF,
        )
        for lang in ("en", "cy")
    )
    return english, welsh
