"""Tables of a page as its papers have them, and the way to its files, to addresses that ask who follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.briefing.forms import BOTH
from dashboard.briefing.model import Rows
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.tables import as_read, marker_key
from dashboard.widgets.stacked_table import stacked_table
from workspace.files import link
from workspace.html import filled
from workspace.session import Session


def links(
    own: Session, what: str, forms: Sequence[str], *, heading: str, values: Mapping[str, str], together: bool = False
) -> None:
    """Show under a heading the links to something in its forms and languages, slides also in both `together`."""
    languages: list[tuple[str, str]] = [(lang, lang) for lang in LANGUAGES]
    languages += [(BOTH, "both_slides")] if together else []

    names = {lang: t(f"briefings.file.{name}", lang=own.lang) for lang, name in languages}
    files = [
        (
            t(f"briefings.form.{form}", lang=own.lang),
            [(name, link(own, what, form=form, **values, lang=lang)) for lang, name in names.items()],
        )
        for form in forms
    ]
    st.html(filled("handed", heading=heading, files=files))


def captioned(rows: Rows, lang: Language) -> Markup:
    """Return a table under its caption; its rows fold into cards on a narrow screen."""
    caption = rows.caption.text(lang)
    table = in_language(rows.table, lang)
    read = as_read(table, lang=lang)
    return filled(
        "captioned",
        caption=caption,
        table=stacked_table([one.label for one in read.columns], read.rows, label=caption),
        notes=[*marker_key(table, lang=lang), *(note.text(lang) for note in rows.notes)],
    )
