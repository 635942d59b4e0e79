"""The box that a file is put into, the same wherever one is taken, in the reader's language.

The awkward fact: a box that refuses a large file by itself says so in its own few words. So where a file of figures is
brought it lets more through than is read, and whoever reads the file says what was expected and what came.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.i18n import Language, t
from workspace.html import filled

MOST_MB = 50  # that are sent at all: a backup; the command takes larger ones


def box(
    label: str, *, key: str, read_mb: int, lang: Language, kind: str | None = None, most_mb: int = MOST_MB
) -> UploadedFile | None:
    """Show the box and return the file in it; `read_mb` is what it is said to take, `most_mb` what it lets through."""
    st.html(filled("uploader", drop=t("own.bring.drop", lang=lang, most=read_mb)))
    return st.file_uploader(label, type=kind, key=key, max_upload_size=most_mb)
