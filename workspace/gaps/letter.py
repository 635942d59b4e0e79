"""A request as a Word file: plain paragraphs, in the language it is written in, to be signed and sent.

The awkward fact: a request is sent, so nothing in it may be the workspace's own: it holds what anybody may read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from dashboard.briefing.reproducible_zip import noon, settled
from dashboard.briefing.word.pieces import add_paragraph
from dashboard.briefing.word.styles import empty_document
from dashboard.i18n import LOCALE, Language

BODY = 11.0  # points
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_bytes(paragraphs: Sequence[str], *, lang: Language, day: date) -> bytes:
    """Return paragraphs as a Word file; the second is what the letter is about."""
    document = empty_document(lang=lang, body=BODY)
    for number, text in enumerate(paragraphs):
        add_paragraph(document, text, style="Heading 1" if number == 1 else "Normal")
    properties = document.core_properties
    properties.title, properties.language = paragraphs[1][:255], LOCALE[lang]
    properties.author = properties.last_modified_by = properties.subject = properties.comments = ""
    properties.created = properties.modified = noon(day)
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), made_on=day)
