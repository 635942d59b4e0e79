"""The files behind a figure at addresses of their own: `/download/1a2b3c4d5e6f7a8b.csv`, answered without Streamlit.

The awkward fact: a Streamlit download button measures the document when it is shown, and a page of thirteen figures had
26 of them: a quarter of the time of a click. A link costs nothing. Its address is made of what the figure says, and is
answered for as long as anybody has a page open that shows the figure: that visitor's session holds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response

from dashboard.briefing.web import sorry
from dashboard.downloads import csv_bytes, file_stem, xlsx_bytes
from dashboard.figure import Figure, View

FOLDER = "download"
PATH = f"/{FOLDER}/{{digest}}.{{form}}"


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of a figure's rows: its media type, and how it is made."""

    mime: str
    make: Callable[[Figure, View], bytes]


FORMS = {
    "csv": Form(mime="text/csv; charset=utf-8", make=lambda figure, view: csv_bytes(figure, lang=view.lang)),
    "xlsx": Form(
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        make=lambda figure, view: xlsx_bytes(figure, lang=view.lang, build=view.build),
    ),
}
_OFFERED: WeakValueDictionary[str, Figure] = WeakValueDictionary()


def offer(figure: Figure, view: View) -> str:
    """Return where a figure's files are answered, without the ending: "./download/1a2b3c4d5e6f7a8b"."""
    said = (figure.title, figure.subtitle, figure.sentence, figure.caveats, figure.sources, figure.table)
    named = (figure.code, view.place.code, view.lang, view.build)
    digest = hashlib.sha256(repr((named, said)).encode()).hexdigest()[:16]
    _views_of(figure)[digest] = view
    _OFFERED[digest] = figure
    return f"./{FOLDER}/{digest}"


def answer(request: Request) -> Response:
    """Answer with a file; with a plain page in both languages when nobody shows its figure any more.

    Not a coroutine, so that Starlette makes the file in a thread and everybody else's pages go on.
    """
    digest, form = request.path_params["digest"], FORMS.get(request.path_params["form"])
    figure = _OFFERED.get(digest)
    if figure is None or form is None:
        return sorry(status=404, title="offers.gone.title", text="offers.gone.text")
    view = _views_of(figure)[digest]
    name = f"{file_stem(figure, place=view.place.code, lang=view.lang, build=view.build)}.{request.path_params['form']}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(form.make(figure, view), media_type=form.mime, headers=headers)


def _views_of(figure: Figure) -> dict[str, View]:
    """Return the views that a figure was offered in; they go when it goes."""
    found: dict[str, View] = vars(figure).setdefault("offered", {})
    return found
