"""How long a workspace keeps what it has, and how it is taken out and closed: an approver's matters.

The awkward fact: what is deleted here is deleted. So a workspace is closed only by whoever writes its name.
"""

from __future__ import annotations

import streamlit as st

from dashboard.age import today
from dashboard.i18n import t
from dashboard.widgets.html import part
from local_figures.store import backup, editions, people
from local_figures.store.editions import APPROVER, LEAST_DAYS, MOST_DAYS
from workspace import buttons, frame
from workspace.files import File, Options, link, offer
from workspace.html import filled
from workspace.session import Session, may
from workspace.words import show_heading, show_paragraph


def show(own: Session) -> None:
    """Show how long editions are kept, to members; to approvers what they may do about it."""
    if not may(own, editions.READER):
        return
    show_heading("own.people.keep", lang=own.lang, code="keep")
    with frame.in_words(own.lang):
        days = people.keep_days(own.store, own.act())
        show_paragraph("own.people.kept", lang=own.lang, days=f"{days:,}")
        if may(own, APPROVER):
            _keep(days, own)
            _take_out(own)
            _close(own)


def _keep(days: int, own: Session) -> None:
    with st.form(buttons.key("keep_days")):
        days_to_keep = st.number_input(
            t("own.people.days", lang=own.lang), min_value=LEAST_DAYS, max_value=MOST_DAYS, value=days, step=1
        )
        if st.form_submit_button(t("own.people.keep_it", lang=own.lang)):
            with frame.in_words(own.lang):
                buttons.once(
                    lambda: people.set_keep_days(own.store, own.act(), days=int(days_to_keep)),
                    lambda _: t("own.people.kept", lang=own.lang, days=f"{int(days_to_keep):,}"),
                )
    if st.button(t("own.people.forget_old", lang=own.lang), key="own_forget_old"):
        buttons.once(
            lambda: editions.forget_the_old(own.store, own.act()),
            lambda n: t("local.say.forgotten", lang=own.lang, n=n),
        )


def _take_out(own: Session) -> None:
    show_heading("own.people.backup", lang=own.lang, code="backup")
    show_paragraph("own.people.backup_text", lang=own.lang)
    st.html(filled("own_file", target=link(own, "backup"), text=t("own.people.backup_file", lang=own.lang)))


@offer("backup")
def file(own: Session, _: Options) -> File:
    """Make the backup of a workspace as a file; refused for whoever is no approver, and kept nowhere."""
    content = backup.content(own.store, own.act())
    return File(content=content, name=f"backup_{today().isoformat()}.zip", mime="application/zip")


def _close(own: Session) -> None:
    """Let an approver delete the workspace with everything in it: whoever writes its name means it."""
    show_heading("own.people.close", lang=own.lang, code="close")
    show_paragraph("own.people.close_text", lang=own.lang, name=own.workspace)
    with st.form(buttons.key("close")):
        typed_name = st.text_input(t("own.people.close_name", lang=own.lang), max_chars=64, autocomplete="off")
        if st.form_submit_button(t("own.people.close_it", lang=own.lang)):
            if typed_name.strip() != own.workspace:
                st.html(part("parts", "status", text=t("own.people.close_other", lang=own.lang)))
                return
            buttons.once(
                lambda: editions.close_workspace(own.store, own.act()), lambda _: t("local.say.closed", lang=own.lang)
            )
