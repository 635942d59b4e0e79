"""The reader's briefing with own figures in it: what lies there, what is not on show, and the files.

The awkward fact: what the page of briefings makes is public, and handed out by Streamlit without asking who takes it.
So a briefing with own figures is made by a route that asks, and this page only links to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import streamlit as st

from dashboard.briefing.extra import is_own
from dashboard.briefing.forms import BOTH, drawn_as, forms_of, is_bilingual
from dashboard.briefing.parts import Asked
from dashboard.briefing.pieces import name
from dashboard.briefing.tray import Tray
from dashboard.figure import View
from dashboard.figures.request import in_address
from dashboard.i18n import LANGUAGES, t
from dashboard.widgets import address, words
from dashboard.widgets.html import part
from workspace import frame, reading
from workspace.figures import catalogue
from workspace.figures.given import Given
from workspace.figures.pieces import OwnPieces
from workspace.files import of_page
from workspace.html import filled
from workspace.session import Session

FOLDER = "./own/briefing"
MINE = "mine"  # the kind of an officer's own briefing
SAFE = ",*"  # signs of a tray that need no other spelling


def show(own: Session, view: View) -> None:
    """Show what lies in the reader's briefing, and the files that hold it."""
    tray = address.tray()
    if not tray.pieces:
        st.html(part("parts", "paragraph", text=t("own.briefing.empty", lang=view.lang)))
        return
    extra = _extra(tray, own, view)
    words.heading("own.briefing.inside", view, code="inside")
    st.html(part("parts", "listed", texts=list(_listed(tray, extra, view))))
    mark = extra.mark(tray.pieces).text(view.lang)
    target = f"./briefings{address.link(kind='mine')}"
    change = t("own.briefing.change", lang=view.lang)
    words.heading("own.briefing.files", view, code="files")
    st.html(filled("own_files", mark=mark, files=_files(tray, view), target=target, change=change, lang=view.lang))


def _extra(tray: Tray, own: Session, view: View) -> OwnPieces:
    names = [catalogue.entry(one.code).template for one in tray.pieces if one.code in catalogue.BY_CODE]
    with frame.told(own.lang):
        given = reading.given(own.store, own.act(), names, place=view.place, years=view.years)
        return OwnPieces(given=given)
    return OwnPieces(given=Given(place=view.place, editions={}))


def _listed(tray: Tray, extra: OwnPieces, view: View) -> Iterator[str]:
    """Yield what each piece is called; of an own one that is not on show, that it is not."""
    asked = Asked(place=view.place, build=view.build, beside=view.beside, years=view.years, extra=extra)
    for piece in tray.pieces:
        called = name(piece, asked).text(view.lang)
        is_gone = is_own(piece) and not (extra.knows(piece) and extra.block(piece))
        yield f"{called} ({t('own.briefing.not_on_show', lang=view.lang)})" if is_gone else called


def _files(tray: Tray, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each form with its addresses, by language; slides in both languages at once too."""
    days = {name: day.isoformat() for name, day in (("since", view.since),) if day}
    asked = {"place": view.place.code, **in_address(view.beside, view.years), **days, "tray": tray.short(), **of_page()}
    found = []
    for form in forms_of(MINE):
        both = "both_slides" if is_bilingual(drawn_as(MINE, form.code), form=form.code, languages=BOTH) else BOTH
        labels = [*((one, one) for one in LANGUAGES), (BOTH, both)]
        links = [
            (
                t(f"briefings.file.{label}", lang=view.lang),
                f"{FOLDER}/{form.code}?{urlencode({**asked, 'lang': one}, safe=SAFE)}",
            )
            for one, label in labels
        ]
        found.append((t(f"briefings.form.{form.code}", lang=view.lang), links))
    return found
