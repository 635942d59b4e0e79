"""Who decides about an edition and for whom it is: each choice with its words beside it, on whatever page it is made.

The awkward fact: whoever brought rows in does not approve them where somebody else can, also where another person typed
further. A button that is then refused would teach people to press buttons: it is not offered, and the page says why.
"""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard.i18n import t
from dashboard.widgets.html import part
from local_figures.door import Level
from local_figures.store import people
from local_figures.store.editions import APPROVER, Edition
from local_figures.store.schema import levels_of
from workspace.session import Session, may


def may_decide(own: Session, one: Edition) -> bool:
    """Tell whether somebody may approve an edition or say for whom it is; say who can, where they may not."""
    approvers = [member.person for member in people.members(own.store, own.act()) if member.role == APPROVER]
    others = [person for person in approvers if person != own.who]
    if not may(own, APPROVER):
        _say(t("own.bring.who_approves", lang=own.lang, who=", ".join(approvers)))
        return False
    if one.has_rows_of(own.who) and others:
        _say(t("own.bring.others_approve", lang=own.lang, who=", ".join(others)))
        return False
    return True


def ask_level(own: Session, one: Edition, *, key: str) -> Level:
    """Ask for whom an edition is to be, of those its template may be for; what each answer means stands under it."""
    levels = levels_of(one.template)
    chosen: Level = st.radio(
        t("own.bring.for_whom", lang=own.lang),
        options=levels,
        index=levels.index(cast(Level, one.level)),
        format_func=lambda level: t(f"own.level.{level}", lang=own.lang),
        captions=[t(f"own.level.{level}.about", lang=own.lang) for level in levels],
        key=f"{key}_{own.lang}",
    )
    return chosen


def _say(text: str) -> None:
    st.html(part("frame", "notice", text=text))
