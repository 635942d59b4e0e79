"""What a workspace is, where its figures lie, who sees which of them and for how long: for whoever has a role in it."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import t
from dashboard.widgets.html import part
from workspace import settings
from workspace.roles import ROLES
from workspace.session import Session
from workspace.words import show_heading

IS = ("apart", "hidden", "marked")


def explained(own: Session) -> None:
    """Say what it is, who sees what of it, and how it ends."""
    where = "own.space.here" if settings.on_this_computer() else "own.space.server"
    _section("is", [*(t(f"own.space.{one}", lang=own.lang) for one in IS), t(where, lang=own.lang)], own)
    _section("sees", [t(f"own.role.{role}.may", lang=own.lang) for role in ROLES], own)
    _section("ends", [t(f"own.space.{one}", lang=own.lang) for one in ("kept", "undone", "closed")], own)


def _section(code: str, texts: list[str], own: Session) -> None:
    show_heading(f"own.space.{code}", lang=own.lang, code=code)
    st.html(part("parts", "listed", texts=texts))
