"""What of a copy is of no place: its style, its scripts, its first page, and what machines ask for."""

from __future__ import annotations

from pathlib import Path

from dashboard.briefing.templating import FONT_FILE
from dashboard.scripts import STATIC
from dashboard.server import SKIP_STYLE
from dashboard.static_copy import documents
from dashboard.static_copy.extent import Extent

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("later", "contents", "sort")  # of the live pages, that need nothing of theirs


def files(extent: Extent) -> dict[str, bytes]:
    """Return the files by their paths."""
    return {
        "index.html": documents.first(extent),
        "404.html": documents.lost(extent),
        "robots.txt": b"User-agent: *\nAllow: /\n",
        **{f"{documents.ASSETS}/{name}": content for name, content in _assets().items()},
    }


def _assets() -> dict[str, bytes]:
    style = (STATIC / "style.css").read_bytes() + SKIP_STYLE.encode() + (ASSETS / "copy.css").read_bytes()
    scripts = (*((STATIC / f"{name}.js") for name in SCRIPTS), ASSETS / "copy.js")
    return {
        "copy.css": style,
        "contents.css": (STATIC / "contents.css").read_bytes(),
        "copy.js": b"".join(path.read_bytes() for path in scripts),
        "CohesionSans.woff2": FONT_FILE.read_bytes(),
        "icon.png": (STATIC / "icon.png").read_bytes(),
    }
