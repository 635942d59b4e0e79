"""The scripts of a page: ours in one file, and the part of Plotly that draws our charts, for pages that have one.

The awkward fact: Streamlit draws each chart of a page anew, in sight or not, before it shows the answer to a click.
Ours draws what is in sight (`static/chart.js`), so Plotly has to reach the browser without Streamlit; whole it is the
most of what a first visit would wait for (docs/decisions/0024-a-part-of-plotly.md). Addresses change with the content,
and a browser asks for each once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
VENDOR = Path(__file__).parent / "vendor"
FOLDER = "scripts"
PATH = f"/{FOLDER}/{{name}}"
OURS = (
    "later",
    "opening",
    "steps",
    "language",
    "navigation",
    "search",
    "contents",
    "chart",
    "figure",
    "folded",
    "sort",
    "explore",
    "tray",
    "landing",
    "places",
    "framework",
    "announce",
)  # before printing, charts are drawn, then fitted
FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True, kw_only=True)
class Script:
    """A script and the name it is asked for by."""

    name: str
    content: bytes


@cache
def ours() -> Script:
    """Return our own scripts as one."""
    return _named("page", b"".join((STATIC / f"{name}.js").read_bytes() for name in OURS))


@cache
def plotly() -> Script:
    """Return the part of Plotly's script, of the version inside the package that `requirements.txt` names."""
    return _named("plotly", (VENDOR / "plotly-geo.min.js").read_bytes())


def _named(stem: str, content: bytes) -> Script:
    return Script(name=f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.js", content=content)


def in_document() -> dict[str, str]:
    """Return where a document finds our script and, under a `rel` that no browser fetches by itself, Plotly."""
    return {"ours": f"{FOLDER}/{ours().name}", "plotly": f"{FOLDER}/{plotly().name}"}


async def answer(request: Request) -> Response:
    """Answer with a script, or with 404 for a name that is not of today."""
    name = request.path_params["name"]
    script = next((one for one in (ours(), plotly()) if one.name == name), None)
    if script is None:
        return PlainTextResponse("no such script", status_code=404)
    return Response(script.content, media_type="text/javascript", headers=FOR_GOOD)
