"""The engine of every template: pages, briefings and the document that a browser opens first.

The awkward fact: one text that is not escaped opens a page to whoever wrote it. So HTML is made by an engine that
escapes whatever is put in, and nowhere else (tests/contracts/test_templates.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def environment(*folders: Path) -> Environment:
    """Return an engine that fills the templates of some folders, escapes whatever is put in and misses nothing."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def fill(templates: Environment, template: str, /, **values: Any) -> Markup:
    """Fill `<template>.html` of an engine; `jinja2.UndefinedError` names a value that is missing."""
    return Markup(templates.get_template(f"{template}.html").render(**values).strip())  # noqa: S704 - escaped there
