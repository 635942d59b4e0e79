"""The frame of every page: language, place, navigation, footer. `app.py` serves it."""

from __future__ import annotations

import gc
from contextlib import suppress

import streamlit as st

from dashboard import store
from dashboard.charts.letters import text_width
from dashboard.i18n import Language, t
from dashboard.navigation import FOLDER, PAGES, UNLISTED, PageEnded, joined
from dashboard.page_queue import turn
from dashboard.widgets import address, frame, html

SELDOM = (200_000, 20, 20)  # new things before the collector looks at the young, and rounds before the older


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
    name = page.url_path or PAGES[0]
    title = t("frame.document_title", lang=lang, page=t(f"nav.{name}", lang=lang))
    st.set_page_config(page_title=title, layout="centered")
    frame.document_language(lang)
    try:
        view = frame.current_view()
    except store.NoBuildError:
        frame.no_build(lang)
        return
    slot = frame.top(view, page=name)
    with suppress(PageEnded):
        page.run()
    frame.notices(slot, view)
    frame.bottom(view)
    _settle_memory()


def _pages(lang: Language) -> list[st.Page]:
    """Return every page: ours, and of those that joined the first, under the name of them all; it leads to the others.

    Streamlit's own headings of groups make lists that are none to a screen reader.
    """
    own = joined()
    scripts = dict.fromkeys(PAGES, FOLDER) | dict.fromkeys(own.pages, own.folder)
    hidden = {*UNLISTED, *own.pages[1:]}
    return [
        st.Page(
            f"{folder}/{name}.py",
            title=t(own.title if name in own.pages[:1] else f"nav.{name}", lang=lang),
            url_path=name,
            default=name == "home",
            visibility="hidden" if name in hidden else "visible",
        )
        for name, folder in scripts.items()
    ]


with turn():
    main()
