"""The addresses of bringing in: templates for whoever may bring figures, and a file that was marked for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from dashboard.i18n import LANGUAGES
from local_figures.store import editions
from local_figures.store.editions import MEMBERS, Act, RefusedError
from local_figures.store.engine import Store, StoreError
from local_figures.templates import files, templates
from workspace.bringing import personal_files
from workspace.sending import attached, nothing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Mapping[str, tuple[str, Callable[..., bytes]]] = {  # by how the name of the file ends
    "csv": ("text/csv; charset=utf-8", files.csv_bytes),
    "example.csv": ("text/csv; charset=utf-8", files.example_bytes),
    "csv-metadata.json": ("application/csvm+json", files.csvw_bytes),
    **{f"{lang}.xlsx": (XLSX, partial(files.xlsx_bytes, lang=lang)) for lang in LANGUAGES},
}


class Asker(Protocol):
    """Who asks, in which workspace."""

    @property
    def store(self) -> Store:
        """Return the store that is asked."""

    @property
    def act(self) -> Act:
        """Return who does it."""


Finder = Callable[[Request], Asker | None]


def template(http: Request, find: Finder) -> Response:
    """Answer with a template: `/own/templates/police_figures.en.xlsx`."""
    key, _, form = http.path_params["name"].partition(".")
    asker = find(http)
    if key not in templates() or form not in FORMS or asker is None or not _is_member(asker):
        return nothing(http)
    mime, make = FORMS[form]
    ours = {"areas": editions.areas(asker.store, asker.act)} if mime == XLSX else {}
    return attached(make(templates()[key], **ours), name=f"{key}.{form}", mime=mime)


def marked(http: Request, find: Finder) -> Response:
    """Answer with the file that waits for who asks: `/own/handed/…`."""
    asker = find(http)
    waiting = personal_files.waiting_for(http.path_params["token"], asker.act) if asker else None
    if waiting is None or not _is_member(asker):
        return nothing(http)
    return attached(waiting.make(), name=waiting.name, mime=waiting.mime)


def _is_member(asker: Asker | None) -> bool:
    """Tell whether somebody has a role at this moment; a partner brings nothing in."""
    try:
        return asker is not None and editions.role(asker.store, asker.act) in MEMBERS
    except (RefusedError, StoreError):
        return False
