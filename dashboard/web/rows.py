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
from threading import BoundedSemaphore
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard.engine import environment, fill
from dashboard.figure import Column, Figure, Table
from dashboard.figures.catalogue import BY_CODE
from dashboard.figures.request import Request
from dashboard.files import AT_ONCE, NoFileError, answered, figure_of, keeping, no_figure, request_of
from dashboard.i18n import LANGUAGES, Language
from dashboard.i18n.text import say
from dashboard.tables import as_read, marker_key

FOLDER = "rows"
PATH = f"/{FOLDER}/{{codes}}"
APART, MOST = ",", 20  # figures that are asked for at once; static/folded.js asks for no more
TEMPLATES = Path(__file__).parent / "templates"
BETWEEN = "\0"
_TURNS = BoundedSemaphore(AT_ONCE)  # apart from those of files: somebody waits for a table, and a deck may take long
IN_TIME = {"period": "order"}  # a period is no word and no number: rows come in the order of time, and are sorted by it


def address_of(code: str, request: Request) -> str:
    """Return where the rows of a figure are, of the build that its page shows."""
    return f"./{FOLDER}/{code}?{request.address(pinned=True)}"


def respond(http: HttpRequest) -> Response:
    """Answer with the rows of each figure asked for, as HTML by its code, or with why they cannot be had.

    The awkward fact: a page asks for twenty tables at once, and one that is not there must not cost the others. Where
    some cannot be had the status is 207, which nothing on the way keeps; where none can, it is that of the first.
    """

    def make() -> Response:
        codes = tuple(dict.fromkeys(http.path_params["codes"].split(APART)))
        if len(codes) > MOST:
            raise NoFileError(400, say("files.too_many_tables", most=MOST, came=len(codes)))
        tables: dict[str, Markup] = {}
        refusals: dict[str, NoFileError] = {}
        for code in codes:
            try:
                tables[code] = _rows_of(code, http)
            except NoFileError as refusal:
                refusals[code] = refusal
        if not tables:
            raise refusals[codes[0]]
        body = json.dumps(tables | _reasons(refusals, http), ensure_ascii=False).encode()
        caching = "no-store" if refusals else keeping(http)
        status = 207 if refusals else 200
        return Response(body, status, media_type="application/json", headers={"cache-control": caching})

    return answered(http, none=say("files.none"), make=make, turns=_TURNS)


def _reasons(refusals: dict[str, NoFileError], http: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return by the code of each table that cannot be had its status, and why in the language of the page."""
    lang = next((one for one in LANGUAGES if one == http.query_params.get("lang")), LANGUAGES[0])
    return {code: {"status": one.status, "why": one.why.text(lang)} for code, one in refusals.items()}


def _rows_of(code: str, http: HttpRequest) -> Markup:
    if code not in BY_CODE:
        raise no_figure(code, allowed=tuple(BY_CODE))
    request = request_of(BY_CODE[code].options, http)
    return of_figure(figure_of(code, request), lang=request.lang)


def of_figure(figure: Figure, *, lang: Language, folds: bool = False) -> Markup:
    """Return the table behind a figure, and what its markers mean; one that `folds` is cards on a telephone."""
    return with_markers(figure.table, caption=f"{figure.title}. {figure.subtitle}", lang=lang, folds=folds)


def with_markers(table: Table, *, caption: str, lang: Language, folds: bool = False) -> Markup:
    """Return a table as HTML, and below it what the markers in it mean."""
    rows = table_html(table, caption=caption, lang=lang, folds=folds)
    return rows + fill(_environment(), "markers", lines=marker_key(table, lang=lang))


def table_html(table: Table, *, caption: str, lang: Language, folds: bool = False) -> Markup:
    """Return the shown columns as an HTML table with header cells, numbers to the right.

    Where it `folds`, each cell names its column, which is not seen on a telephone, and its part in the table.
    """
    read = as_read(table, lang=lang)
    others = "".join(_cell(column, folds=folds) for column in read.columns[1:])
    row, header = (" role='row'", " role='rowheader'") if folds else ("", "")
    cells = str(escape(BETWEEN.join(chain.from_iterable(read.rows)))).split(BETWEEN)  # at once: a page has thousands
    body = f"<tr{row}><th scope='row'{header}>%s</th>{others}</tr>" * len(read.rows) % tuple(cells if read.rows else ())
    rows = Markup(body)  # noqa: S704 - escaped above
    return fill(_environment(), "table", columns=read.columns, rows=rows, caption=caption, kinds=IN_TIME, folds=folds)


def _cell(column: Column, *, folds: bool) -> str:
    """Return a cell of a column for a text that is filled in by "%"; where its row folds into a card, with its name."""
    name = f" role='cell' data-head='{escape(column.label)}'".replace("%", "%%") if folds else ""
    return f"<td class=ct-{column.kind}{name}>%s</td>"


@cache
def _environment() -> Environment:
    return environment(TEMPLATES)
