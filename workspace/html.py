"""The HTML of a workspace's pages from templates of its own, which may use the dashboard's macros."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dashboard.briefing import templating
from dashboard.engine import environment, fill
from dashboard.i18n import t
from dashboard.tables import marker_key
from dashboard.widgets.html import TEMPLATES as OF_THE_DASHBOARD

TEMPLATES = Path(__file__).parent / "templates"


def filled(template: str, **values: Any) -> Markup:
    """Fill `templates/<template>.html`."""
    return fill(_environment(), template, **values)


@cache
def _environment() -> Environment:
    templates = environment(TEMPLATES, OF_THE_DASHBOARD, templating.TEMPLATES)
    templates.globals |= {"t": t, "marker_key": marker_key}
    return templates
