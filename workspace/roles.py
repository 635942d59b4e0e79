"""Who may do what in a workspace: each role in a sentence, who has which, and how an approver gives and takes them."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import t
from dashboard.widgets.html import part
from dashboard.widgets.stacked_table import stacked_table
from local_figures.store import editions, people
from local_figures.store.people import Member
from local_figures.store.schema import GROUP, PERSON
from workspace import buttons, frame, settings
from workspace.session import Session, may
from workspace.words import show_heading

ROLES = (editions.READER, editions.EDITOR, editions.APPROVER, editions.PARTNER)


def own_role(own: Session) -> None:
    """Say which role somebody has here, and what every role may do."""
    texts = [t(f"own.role.{role}.may", lang=own.lang) for role in ROLES]
    mine = t("own.role.yours", lang=own.lang, role=t(f"own.role.{own.role}", lang=own.lang))
    st.html(part("parts", "paragraph", text=mine) + part("parts", "listed", texts=texts))


def listed(own: Session) -> None:
    """Show who has which role, to members alone."""
    with frame.in_words(own.lang):
        every = people.members(own.store, own.act())
        rows = [
            (one.person, t(f"own.kind.{one.kind}", lang=own.lang), t(f"own.role.{one.role}", lang=own.lang))
            for one in every
        ]
        columns = [t(f"own.people.{column}", lang=own.lang) for column in ("name", "kind", "role")]
        show_heading("own.people.who", lang=own.lang, code="who")
        st.html(stacked_table(columns, rows, label=t("own.people.who", lang=own.lang)))
        if may(own, editions.APPROVER):
            _give(own)
            _take(every, own)


def _give(own: Session) -> None:
    """Let an approver give a role to a person; to a group too, where a provider says who is of which."""
    show_heading("own.people.give", lang=own.lang, code="give")
    kinds = (PERSON, GROUP) if settings.signs_in() else (PERSON,)
    with st.form(buttons.key("give_role")):
        name = st.text_input(t("own.people.name", lang=own.lang), max_chars=254)
        kind = st.selectbox(
            t("own.people.kind", lang=own.lang), kinds, format_func=lambda one: t(f"own.kind.{one}", lang=own.lang)
        )
        role = st.radio(
            t("own.people.role", lang=own.lang),
            ROLES,
            format_func=lambda one: t(f"own.role.{one}", lang=own.lang),
            captions=[t(f"own.role.{one}.may", lang=own.lang) for one in ROLES],
        )
        if st.form_submit_button(t("own.people.give_it", lang=own.lang)):
            with frame.in_words(own.lang):
                buttons.once(
                    lambda: editions.set_role(own.store, own.act(), person=name, role=role, kind=kind),
                    lambda _: t("local.say.role", lang=own.lang),
                )


def _take(every: tuple[Member, ...], own: Session) -> None:
    """Let an approver take a role away; the last approver keeps theirs."""
    show_heading("own.people.take", lang=own.lang, code="take")
    with st.form(buttons.key("take_role")):
        names = [one.person for one in every]
        name = st.selectbox(
            t("own.people.name", lang=own.lang), names, index=None, placeholder=t("own.people.choose", lang=own.lang)
        )
        if st.form_submit_button(t("own.people.take_it", lang=own.lang)):
            if name is None:
                st.html(part("parts", "status", text=t("own.people.nobody", lang=own.lang)))
                return
            with frame.in_words(own.lang):
                buttons.once(
                    lambda: editions.take_role(own.store, own.act(), person=name),
                    lambda _: t("local.say.role_taken", lang=own.lang),
                )
