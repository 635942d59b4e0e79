"""What a file of Office says of itself: who made what, when, of which build and in which language."""

from __future__ import annotations

from typing import Any

from dashboard.briefing.model import Briefing
from dashboard.briefing.reproducible_zip import noon
from dashboard.i18n import LOCALE, Language, t

LONGEST = 255  # letters of a property


def set_properties(properties: Any, briefing: Briefing, *, lang: Language) -> None:
    """Fill the core properties of a document or a presentation."""
    properties.title = briefing.title.text(lang)[:LONGEST]
    properties.subject = briefing.subtitle.text(lang)[:LONGEST]
    properties.author = properties.last_modified_by = t("app.title", lang=lang)
    properties.language = LOCALE[lang]
    properties.identifier = briefing.build
    properties.keywords = properties.comments = properties.category = ""
    properties.created = properties.modified = noon(briefing.made_on)
    properties.revision = 1
