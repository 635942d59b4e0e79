"""The frame of every page: language, place, navigation, footer. `app.py` serves it."""

from __future__ import annotations

import gc

import streamlit as st

from dashboard import store
from dashboard.charts.letters import text_width
from dashboard.i18n import Language, t
from dashboard.navigation import FOLDER, PAGES, UNLISTED, joined
from dashboard.turns import turn
from dashboard.widgets import address, frame, html

SELDOM = (50_000, 20, 20)  # new things before the collector looks at the young, and rounds before the older


@st.cache_resource
def _settle_memory() -> None:
    """Move everything imported out of the garbage collector's way once; it halves the wait under load.

    Nor does it look again after every 700 new things: a page makes a hundred times as many, and keeps most of them.
    """
    for bold in (False, True):
        text_width("", size=1, bold=bold)  # reads the letters that every chart is measured with
    html.read_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def main() -> None:
    """Draw the page the address names inside the frame."""
    lang = address.language()
    page = st.navigation(_pages(lang), position="top")
    title = t("frame.document_title", lang=lang, page=page.title)
    st.set_page_config(page_title=title, layout="centered")
    frame.document_language(lang)
    try:
        view = frame.current_view()
    except store.NoBuildError:
        frame.no_build(lang)
        return
    slot = frame.top(view, page=page.url_path or PAGES[0])
    page.run()
    frame.notices(slot, view)
    frame.bottom(view)
    _settle_memory()


def _pages(lang: Language) -> dict[str, list[st.Page]]:
    """Return every page by the heading it stands under: ours under none."""
    own = joined()
    every = {"": (FOLDER, PAGES)} | ({t(own.title, lang=lang): (own.folder, own.pages)} if own.pages else {})
    return {
        heading: [
            st.Page(
                f"{folder}/{name}.py",
                title=t(f"nav.{name}", lang=lang),
                url_path=name,
                default=name == "home",
                visibility="hidden" if name in UNLISTED else "visible",
            )
            for name in names
        ]
        for heading, (folder, names) in every.items()
    }


with turn():
    main()
