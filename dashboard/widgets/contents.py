"""What a long page holds, as links that say where the reader is: beside the text where there is room, else folded.

The awkward fact: Streamlit draws a page from above, and a list that came to stand beside the text later would push
everything aside. So its room is in the style that is sent before anything is drawn (`static/contents.css`), and the
list takes none in the text of a wide page. `static/contents.js` opens it there and marks the section in view.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.i18n import t
from dashboard.navigation import joined
from dashboard.widgets import pickers, words
from dashboard.widgets.html import filled

FEW = 4  # figures that a page shows without a list
LISTS = frozenset({"data_and_methods"})  # pages of long lists
Heading = tuple[str, str]  # the code that links land on, and the text's key
MESSAGES: Heading = ("messages", "home.key_messages")
OF_DATA = ("sources", "breaks", "gaps", "not_shown", "glossary", "revisions", "accessibility")


def has(page: str) -> bool:
    """Tell whether a page is long enough for a list of what it holds."""
    return page in LISTS | joined().long or len(catalogue.on_page(page)) > FEW


def show(page: str, view: View, *, before: Iterable[Heading] = (), after: Iterable[Heading] = ()) -> None:
    """Show the list: headings before the figures, each figure that the place has, and headings after them."""
    headings = [*before, *_figures(page, view), *after]
    links = [(code, words.say(key, view)) for code, key in headings]
    st.html(filled("contents", links=links, title=t("page.contents", lang=view.lang)))


def _figures(page: str, view: View) -> Iterable[Heading]:
    for entry in catalogue.on_page(page):
        request = pickers.chosen(entry.options, view)
        if catalogue.answer(entry.code, request) is not None:
            yield entry.code, entry.question_for(request)
