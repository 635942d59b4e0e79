"""The editions of a workspace: what each is, where it stands, by whom and when; and the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from dashboard.i18n import Language, t
from dashboard.i18n.periods import day_name
from dashboard.widgets.stacked_table import stacked_table
from local_figures.store.editions import Edition
from local_figures.store.schema import APPROVED
from local_figures.templates import named
from workspace.bringing.file import LOOK, memory
from workspace.words import show_heading, show_paragraph

COLUMNS = ("template", "edition", "status", "whom", "who", "when")


def show(every: Sequence[Edition], lang: Language) -> Edition | None:
    """Show the list of editions, and return the one that somebody wants to look at."""
    show_heading("own.bring.editions", lang=lang, code="editions")
    editions = {name_of(one): one for one in sorted(every, key=lambda one: one.uploaded_at, reverse=True)}
    if not editions:
        show_paragraph("own.bring.no_editions", lang=lang)
        return None
    st.html(_listed(list(editions.values()), lang))
    if look := memory().take_look():
        st.session_state[LOOK] = look
    if st.session_state.get(LOOK) not in editions:
        st.session_state[LOOK] = None
    chosen = st.selectbox(
        t("own.bring.look", lang=lang),
        options=list(editions),
        format_func=lambda name: called(editions[name], lang),
        placeholder=t("own.bring.look_choose", lang=lang),
        key=LOOK,
    )
    return editions.get(chosen) if chosen else None


def name_of(one: Edition) -> str:
    """Return what an edition is chosen by."""
    return f"{one.template}.{one.number}"


def called(one: Edition, lang: Language) -> str:
    """Return an edition by its template and its number."""
    return t("own.bring.called", lang=lang, template=named(one.template).name[lang], number=one.number)


def day(moment: str, lang: Language) -> str:
    """Return the day of a moment as it is kept."""
    return day_name(date.fromisoformat(moment[:10])).text(lang)


def _listed(every: Sequence[Edition], lang: Language) -> Markup:
    rows = [
        (
            named(one.template).name[lang],
            str(one.number),
            t(f"own.bring.status.{one.status}", lang=lang),
            t(f"own.level.{one.level}", lang=lang) if one.status == APPROVED else "–",
            one.uploaded_by,
            day(one.uploaded_at, lang),
        )
        for one in every
    ]
    heads = [t(f"own.bring.column.{name}", lang=lang) for name in COLUMNS]
    label = t("own.bring.editions_caption", lang=lang)
    return stacked_table(heads, rows, label=label, as_they_come=(len(COLUMNS) - 1,))
