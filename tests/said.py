"""What a page of ours says in its HTML, folded or not, and the charts it carries."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard.routes import ROUTES

ROUTED = TestClient(Starlette(routes=ROUTES))
_FOLDED = re.compile(r'<details([^>]*?) data-inside="([^"]*)">(.*?)</details>', re.DOTALL)
_ROWS = re.compile(r"<details([^>]*?) data-table='([^']*)'>(.*?)</details>", re.DOTALL)
_CHART = re.compile(r"<div class='ct-chart' role='img' aria-label='([^']*)' [^>]*?data-plot='([^']*)'")


def html(session: AppTest) -> str:
    """Return the HTML of a page as a browser has it once everything folded is filled in (static/folded.js)."""
    return unfolded("\n".join(element.proto.body for element in session.get("html")))


def said(session: AppTest) -> str:
    """Return what a page that did not fail says, as its reader sees its signs."""
    assert not session.exception
    return unescape(html(session))


def button(session: AppTest, label: str) -> Any:
    """Return the first button of a page with a label."""
    return next(one for one in session.button if one.label == label)


def box(session: AppTest, kind: str, label: str, at: int = 0) -> Any:
    """Return a box of a page by its kind and its label, of several the one `at` a number."""
    return [one for one in getattr(session, kind) if one.label == label][at]


def unfolded(text: str) -> str:
    text = _ROWS.sub(lambda found: f"<details{found[1]}>{found[3]}{_rows(unescape(found[2]))}</details>", text)
    return _FOLDED.sub(lambda found: f"<details{found[1]}>{found[3]}{unescape(found[2])}</details>", text)


def _rows(address: str) -> str:
    """Return what the server answers to a figure's table (web/rows.py)."""
    answer = ROUTED.get(address.removeprefix("."))
    assert answer.status_code == 200, answer.text
    (table,) = answer.json().values()
    return str(table)


def charts(session: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page as Plotly is given them (static/chart.js), each with its words as "alt"."""
    found = _CHART.findall(html(session))
    return [{**json.loads(unescape(plot)), "alt": unescape(alt)} for alt, plot in found]
