"""The rows behind figures as their page shows them: `/rows/population,births?place=W06000015&lang=cy`.

The awkward fact: a page has thousands of rows, folded away, and a reader opens a few of its tables. So it says of each
figure where its rows are; static/folded.js asks for them when they are opened, and for all once the page has been read
for a while, so that the browser's search finds them.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard.engine import environment
from dashboard.figure import Figure, Table
from dashboard.figures.catalogue import BY_CODE
from dashboard.figures.request import Request
from dashboard.files import NoFileError, answered, asked, figure_of, keeping, no_figure
from dashboard.i18n import Language
from dashboard.i18n.text import say
from dashboard.tables import as_read, marker_key

FOLDER = "rows"
PATH = f"/{FOLDER}/{{codes}}"
APART, MOST = ",", 20  # figures that are asked for at once; static/folded.js asks for no more
TEMPLATES = Path(__file__).parent / "templates"
BETWEEN = "\0"
IN_TIME = {"period": "order"}  # a period is no word and no number: rows come in the order of time, and are sorted by it


def address_of(code: str, request: Request) -> str:
    """Return where the rows of a figure are, of the build that its page shows."""
    return f"./{FOLDER}/{code}?{request.address(pinned=True)}"


def respond(http: HttpRequest) -> Response:
    """Answer with the rows of each figure asked for, as HTML by its code; refuse all where one cannot be had."""

    def make() -> Response:
        codes = tuple(dict.fromkeys(http.path_params["codes"].split(APART)))
        if len(codes) > MOST:
            raise NoFileError(400, say("files.unknown_value", name=FOLDER, allowed=f"1–{MOST}"))
        body = json.dumps({code: _rows_of(code, http) for code in codes}, ensure_ascii=False).encode()
        return Response(body, media_type="application/json", headers={"cache-control": keeping(http)})

    return answered(http, none=say("files.none"), make=make)


def _rows_of(code: str, http: HttpRequest) -> Markup:
    if code not in BY_CODE:
        raise no_figure(code, allowed=tuple(BY_CODE))
    request = asked(BY_CODE[code].options, http)
    return of_figure(figure_of(code, request), lang=request.lang)


def of_figure(figure: Figure, *, lang: Language) -> Markup:
    """Return the table behind a figure, and what its markers mean."""
    return with_markers(figure.table, caption=f"{figure.title}. {figure.subtitle}", lang=lang)


def with_markers(table: Table, *, caption: str, lang: Language) -> Markup:
    """Return a table as HTML, and below it what the markers in it mean."""
    return table_html(table, caption=caption, lang=lang) + _filled("markers", lines=marker_key(table, lang=lang))


def table_html(table: Table, *, caption: str, lang: Language) -> Markup:
    """Return the shown columns as an HTML table with header cells, numbers to the right."""
    read = as_read(table, lang=lang)
    others = "".join(f"<td class=ct-{column.kind}>%s</td>" for column in read.columns[1:])
    cells = str(escape(BETWEEN.join(chain.from_iterable(read.rows)))).split(BETWEEN)  # at once: a page has thousands
    body = f"<tr><th scope='row'>%s</th>{others}</tr>" * len(read.rows) % tuple(cells if read.rows else ())
    rows = Markup(body)  # noqa: S704 - escaped above
    return _filled("table", columns=read.columns, rows=rows, caption=caption, kinds=IN_TIME)


def _filled(template: str, **values: Any) -> Markup:
    return Markup(_environment().get_template(f"{template}.html").render(**values).strip())  # noqa: S704 - escaped there


@cache
def _environment() -> Environment:
    return environment(TEMPLATES)
