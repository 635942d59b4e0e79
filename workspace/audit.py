"""Who did what and when, for the approvers of a workspace: the newest on the page, everything in a file.

The awkward fact: the table is written in words of the store's own, for it outlives every catalogue. So each is told in
the reader's language as far as it is known, and as it stands where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard.age import today
from dashboard.downloads import csv_of
from dashboard.i18n import Language, t
from dashboard.widgets.html import part
from dashboard.widgets.stacked_table import stacked_table
from local_figures.store import editions, people, schema
from local_figures.store.editions import APPROVER
from local_figures.store.people import Entry
from local_figures.templates import named
from workspace import days, frame
from workspace.files import File, Options, link, offer
from workspace.html import filled
from workspace.session import Session, may
from workspace.words import show_heading

NEWEST = 50  # on the page
COLUMNS = ("when", "name", "what", "whom", "template", "edition")
# What the store writes, as which text it is told, and what the part in brackets is called there.
DONE = {
    r"uploaded": ("uploaded", ""),
    r"typed": ("typed", ""),
    r"typed further": ("typed_further", ""),
    r"approved": ("approved", ""),
    r"approved for (\w+)": ("approved_for", "level"),
    r"now for (\w+)": ("now_for", "level"),
    r"withdrawn": ("withdrawn", ""),
    r"put back": ("put_back", ""),
    r"forgotten": ("forgotten", ""),
    r"role taken": ("role_taken", ""),
    r"role (\w+)": ("role_given", "role"),
    r"terms (\w+) accepted": ("accepted", "version"),
    r"exported": ("exported", ""),
    r"backed up": ("backed_up", ""),
    r"restored": ("restored", ""),
    r"kept for (\d+) days": ("kept_for", "days"),
    r"release on show, (\w+)": ("release_shown", "build"),
    r"release back to (\w+)": ("release_back", "build"),
}


def show(own: Session) -> None:
    """Show an approver the newest entries, and the file with all of them."""
    if not may(own, APPROVER):
        return
    show_heading("own.people.done", lang=own.lang, code="done")
    with frame.in_words(own.lang):
        every = people.audit(own.store, own.act())
        rows = _rows(every[: -NEWEST - 1 : -1], own.lang, in_words=True)
        newest = t("own.people.newest", lang=own.lang, n=min(NEWEST, len(every)), all=len(every))
        st.html(part("parts", "paragraph", text=newest))
        cells = [tuple(cell or "–" for cell in row) for row in rows]
        st.html(stacked_table(_columns(own.lang), cells, label=t("own.people.done", lang=own.lang)))
        st.html(filled("own_file", target=link(own, "audit"), text=t("own.people.audit_file", lang=own.lang)))


@offer("audit")
def file(own: Session, _: Options) -> File:
    """Make the whole table as a file, oldest first; refused for whoever is no approver."""
    every = people.audit(own.store, own.act())
    rows = [_columns(own.lang), *_rows(every, own.lang, in_words=False), (frame.marked("private", lang=own.lang),)]
    return File(
        content=csv_of(rows), name=f"audit_{today().isoformat()}_{own.lang}.csv", mime="text/csv; charset=utf-8"
    )


def _columns(lang: Language) -> list[str]:
    return [t(f"own.people.{column}", lang=lang) for column in COLUMNS]


def at(moment: str, lang: Language) -> str:
    """Return a moment as it is read: "29 November 2026, 12:00 UTC"."""
    return f"{days.in_words(moment[:10], lang)}, {datetime.fromisoformat(moment):%H:%M} UTC"


def _rows(every: Sequence[Entry], lang: Language, *, in_words: bool) -> list[tuple[str, ...]]:
    return [
        (
            at(one.at, lang) if in_words else f"{datetime.fromisoformat(one.at):%Y-%m-%d %H:%M} UTC",
            one.who,
            act_in_words(one.what, lang),
            one.whom or "",
            _template(one.template, lang),
            "" if one.number is None else str(one.number),
        )
        for one in every
    ]


def act_in_words(what: str, lang: Language) -> str:
    """Return what was done, in the reader's language."""
    for pattern, (key, name) in DONE.items():
        if match := re.fullmatch(pattern, what):
            values = {name: _named_value(name, match[1], lang)} if name else {}
            return t(f"own.did.{key}", lang=lang, **values)
    return what


def _named_value(name: str, value: str, lang: Language) -> str:
    if name == "role" and value in editions.ROLES:
        return t(f"own.role.{value}", lang=lang)
    return t(f"own.level.{value}", lang=lang) if name == "level" and value in schema.LEVELS else value


def _template(name: str | None, lang: Language) -> str:
    """Return what a template is called; one that is no more by its key."""
    try:
        return named(name).name[lang] if name else ""
    except KeyError:
        return name or ""
