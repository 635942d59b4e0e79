"""The engine of every template: pages, briefings and the document that a browser opens first.

The awkward fact: one text that is not escaped opens a page to whoever wrote it. So HTML is made by an engine that
escapes whatever is put in, and nowhere else (tests/contracts/test_templates.py).
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


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
