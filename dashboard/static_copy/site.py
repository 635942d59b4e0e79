"""What of a copy is of no place: its style, its scripts, its first page, and what machines ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.briefing.templating import FONT_FILE
from dashboard.scripts import STATIC
from dashboard.server import SKIP_STYLE
from dashboard.static_copy import documents, finding
from dashboard.static_copy.extent import SEARCH, Extent, every_spot
from dashboard.web.site import listed

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ("later", "contents", "sort")  # of the live pages, that need nothing of theirs


def files(extent: Extent) -> dict[str, bytes]:
    """Return the files by their paths."""
    return {
        "index.html": documents.first(extent),
        "404.html": documents.lost(extent),
        **_for_machines(extent),
        **{f"{documents.ASSETS}/{name}": content for name, content in (_assets() | _search(extent)).items()},
    }


def _for_machines(extent: Extent) -> dict[str, bytes]:
    """Return what may be read, and the list of pages where it is known at which addresses they will be."""
    if not extent.address:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    twins = (
        {lang: f"{extent.address}/{replace(spot, lang=lang).path}" for lang in extent.languages}
        for spot in every_spot(extent)
        if spot.lang == extent.languages[0]
    )
    allowed = f"User-agent: *\nAllow: /\nSitemap: {extent.address}/sitemap.xml\n"
    return {"robots.txt": allowed.encode(), "sitemap.xml": listed(twins)}


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


def _search(extent: Extent) -> dict[str, bytes]:
    """Return the script of the search and its index in each language."""
    if SEARCH not in extent.pages:
        return {}
    indexes = {f"search-{lang}.js": finding.script(extent, lang) for lang in extent.languages}
    return {"search.js": (ASSETS / "search.js").read_bytes(), **indexes}
