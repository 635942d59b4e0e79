"""The first visit on this computer: a workspace is opened for some authorities, and nothing else is asked."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard import queries, store
from dashboard.i18n import Language, t
from dashboard.navigation import PageEnded
from dashboard.widgets.html import part
from local_figures import places
from local_figures.store import backup, editions
from local_figures.store.editions import Act
from local_figures.store.engine import Store
from workspace import buttons, uploader
from workspace.uploader import MOST_MB
from workspace.words import show_heading, show_paragraph

USUAL = ("W06000015", "W06000014")


def show(own_store: Store, act: Act, lang: Language) -> NoReturn:
    """Ask which authorities the workspace is for, and open it for them with this person as its approver."""
    st.html(part("parts", "title", text=t("own.first.title", lang=lang)))
    if sentence := buttons.take_said():
        st.html(part("frame", "done", text=sentence))
    for key in ("own.first.what", "own.first.where"):
        show_paragraph(key, lang=lang)
    areas = queries.areas(build=store.build_id())
    names = {code: areas[code].name.text(lang) for code in places.authorities() if code in areas}
    chosen = st.multiselect(
        t("own.first.areas", lang=lang),
        options=sorted(names, key=names.__getitem__),
        default=[code for code in USUAL if code in names],
        format_func=names.__getitem__,
        placeholder=t("own.first.choose", lang=lang),
        key=f"own_first_areas_{lang}",
    )
    if st.button(t("own.first.open", lang=lang), type="primary", disabled=not chosen):
        editions.open_workspace(own_store, act, areas=chosen)
        st.rerun()
    _restored(own_store, act, lang)
    raise PageEnded


def _restored(own_store: Store, act: Act, lang: Language) -> None:
    """Take a workspace back from its backup; the file is written nowhere."""
    show_heading("own.first.restore", lang=lang, code="restore")
    sent = uploader.box(t("own.first.backup", lang=lang), key="own_restore", read_mb=MOST_MB, lang=lang, kind="zip")
    if sent is not None and st.button(t("own.first.restore_it", lang=lang)):
        backup.restore(own_store, act, sent)
        st.rerun()
