"""What a page of ours says in its HTML, folded or not, and the charts it carries."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

_FOLDED = re.compile(r'<details([^>]*?) data-inside="([^"]*)">(.*?)</details>', re.DOTALL)
_CHART = re.compile(r"<div class='ct-chart' role='img' aria-label='([^']*)' [^>]*?data-plot='([^']*)'")


def html(session: AppTest) -> str:
    """Return the HTML of a page as a browser has it once everything folded is filled in (static/folded.js)."""
    return unfolded("\n".join(element.proto.body for element in session.get("html")))


def unfolded(text: str) -> str:
    return _FOLDED.sub(lambda found: f"<details{found[1]}>{found[3]}{unescape(found[2])}</details>", text)


def charts(session: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page as Plotly is given them (static/chart.js), each with its words as "alt"."""
    found = _CHART.findall(html(session))
    return [{**json.loads(unescape(plot)), "alt": unescape(alt)} for alt, plot in found]
