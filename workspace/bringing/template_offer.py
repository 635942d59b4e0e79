"""The templates that may be taken: what each is for, who sees what of it, how often it is filled, and its files."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.i18n import LANGUAGES, Language, t
from local_figures.templates import DAYS, Template, templates
from workspace.files import of_page
from workspace.html import filled
from workspace.words import show_heading, show_paragraph

FOLDER = "./own/templates"
FORMS = {  # those that people open come first; by what each is called
    **{f"xlsx_{lang}": f"{lang}.xlsx" for lang in LANGUAGES},
    "csv": "csv",
    "example": "example.csv",
    "csvw": "csv-metadata.json",
}


def show(lang: Language) -> None:
    """Show every template, folded under its name."""
    show_heading("own.bring.templates", lang=lang, code="templates")
    show_paragraph("own.bring.templates_text", lang=lang)
    st.html(filled("bring_templates", templates=[_one(one, lang) for one in templates().values()], lang=lang))


def rhythm(template: Template) -> str:
    """Return the column that says when: how often a template is filled follows from it."""
    return next(column.name for column in template.columns if column.kind in DAYS)


def _one(template: Template, lang: Language) -> dict[str, object]:
    return {
        "name": template.name[lang],
        "what": t(f"own.bring.what.{template.key}", lang=lang),
        "seen": t(f"own.bring.seen.{template.shows}", lang=lang),
        "often": t(f"own.bring.often.{rhythm(template)}", lang=lang),
        "files": [(_address(template, form), t(f"own.bring.form.{name}", lang=lang)) for name, form in FORMS.items()],
    }


def _address(template: Template, form: str) -> str:
    return f"{FOLDER}/{template.key}.{form}?{urlencode(of_page())}"
