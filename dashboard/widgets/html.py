"""The HTML of the pages from templates: everything that is put into one is escaped by the engine, not by hand.

The awkward fact: the pages and the HTML briefings say the same things in other dress. So both are filled by engines of
one make, and a page's templates may use the briefings' macros.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.environment import TemplateModule
from markupsafe import Markup

from dashboard.briefing import templating
from dashboard.engine import environment, fill
from dashboard.i18n import t
from dashboard.web import rows

TEMPLATES = Path(__file__).parent / "templates"


def filled(template: str, **values: Any) -> Markup:
    """Fill `templates/<template>.html`."""
    return fill(_environment(), template, **values)


def read_all() -> None:
    """Read every template, so that no reader waits for one."""
    for path in TEMPLATES.glob("*.html"):
        _environment().get_template(path.name)


def part(template: str, name: str, /, **values: Any) -> Markup:
    """Fill the macro `name` of `templates/<template>.html`: one of several pieces that belong together."""
    macro = getattr(_macros(template), name)
    return Markup(str(macro(**values)))  # noqa: S704 - escaped there


@cache
def _macros(template: str) -> TemplateModule:
    return _environment().get_template(f"{template}.html").module


@cache
def _environment() -> Environment:
    templates = environment(TEMPLATES, rows.TEMPLATES, templating.TEMPLATES)
    templates.globals["t"] = t
    return templates
