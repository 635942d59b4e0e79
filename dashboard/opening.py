"""What a page says first, in the document itself: its heading and its first key message, before any script has come.

The awkward fact: Streamlit's own scripts are 700 kB, and on a line of 400 kbit/s a page was blank for a quarter of a
minute; behind a proxy that breaks websockets, or without JavaScript, for good. So the document carries the first words,
and static/opening.js takes them away when the page itself stands, or says why it does not come.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import findings, links, queries, store
from dashboard.figure import Subject
from dashboard.figures.request import DEFAULT_PLACE
from dashboard.findings.message import phrase_in
from dashboard.i18n import Language, t
from dashboard.model import Area
from dashboard.navigation import PAGES, TITLES, every_page

COPY = "COHESION_COPY"  # the address of the static copy, for whom the live pages do not reach
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]{1,300}")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The first words of a page: its heading, a key message or "", and the mark of a typed figure or ""."""

    title: str
    message: str = ""
    typed: str = ""


def opening(path: str, parts: list[tuple[str, str]], *, lang: Language) -> Opening:
    """Return the first words of the page that an address means; no number where it is not sure whose it would be."""
    name = path.strip("/") or "home"
    place, build = _place(parts)
    if name not in PAGES or place is None:
        return Opening(title=t(f"nav.{name}", lang=lang) if name in every_page() else t("app.title", lang=lang))
    title = t(TITLES[name], lang=lang, in_place=phrase_in(place).text(lang), place=place.name.text(lang))
    subject = Subject(place=place, build=build)
    first = next(iter(findings.messages_for(subject, name) or findings.key_messages(subject, most=1)), None)
    if first is None:
        return Opening(title=title)
    return Opening(title=title, message=first.text(lang), typed=t("grade.T", lang=lang) if first.typed else "")


def _place(parts: list[tuple[str, str]]) -> tuple[Area | None, str]:
    """Return the one place that an address names by its code or name, and the build; None for anything else."""
    named = links.every_value(parts).get("place", (DEFAULT_PLACE,))
    try:
        build = store.build_id()
        code = links.place_meant(named[0], build=build) if len(named) == 1 else None
        codes = queries.places(build=build)
    except store.NoBuildError:
        return None, ""
    return (queries.area(code, build=build) if code in codes else None), build


def address_of_copy(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the static copy that whoever runs the server has set; "" for none, and for what is none."""
    address = environment.get(COPY, "").strip()
    return address if _ADDRESS.fullmatch(address) else ""
