"""Every figure at an address of its own: `/figures/population.csv?place=W06000015&lang=cy`, answered without Streamlit.

The awkward fact: a link outlives the page it stood on, the session and the server. So nothing is held for a visitor:
a file is made from what its address asks for, by whichever replica is asked (`answers` remembers it for the next).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import BoundedSemaphore

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from dashboard import links, store
from dashboard.briefing import web
from dashboard.briefing.extra import START as OWN
from dashboard.briefing.figure_workbook import xlsx_bytes
from dashboard.briefing.raster import png
from dashboard.briefing.web import sorry, without_figures
from dashboard.downloads import csv_bytes, file_stem
from dashboard.figure import Figure, NotHeld, Summary, in_language
from dashboard.figures.catalogue import BY_CODE, TABLES, Entry, unread
from dashboard.figures.picture import WIDTH, svg_picture
from dashboard.figures.request import Notice, Option, Request, read
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import Translatable, joined, say

FOLDER = "figures"
PATH = f"/{FOLDER}/{{name:path}}"
OLD_PATH = "/download/{name:path}"
LETTERS, SHARPNESS = "Source Sans 3", 2  # of a PNG: our own font, two pixels for one
AT_ONCE, PATIENCE = 2, 20.0  # files that are made at the same time, and seconds to wait for a turn
PINNED = "public, max-age=3600"  # a build's own file: only the age that is told changes, from one day to the next
NEWEST = "public, no-cache"  # kept, but asked about each time: tomorrow there may be newer figures
_TURNS = BoundedSemaphore(AT_ONCE)


class NoFileError(Exception):
    """There is no such file: the status of the answer, and why in both languages."""

    def __init__(self, status: int, why: Translatable) -> None:
        """Keep both for the page that says so."""
        super().__init__(why.text(LANGUAGES[0]))
        self.status, self.why = status, why


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of a figure: its media type, and how it is made."""

    mime: str
    make: Callable[[Figure, Request], bytes]
    is_picture: bool = False


_IN_JSON = {name: name for name in ("title", "subtitle", "sentence", "alt", "age")}
_IN_JSON |= {"caveats": "caveat_texts", "chips": "chips"}


def json_bytes(figure: Figure | Summary, request: Request) -> bytes:
    """Return a figure as JSON: its words and sources in both languages, its rows in the language asked for."""
    find: Callable[[str, Request], Figure | Summary] = figure_of if isinstance(figure, Figure) else table_of
    both = {lang: find(figure.code, replace(request, lang=lang)) for lang in LANGUAGES}
    names = {name: field for name, field in _IN_JSON.items() if hasattr(figure, field)}
    words = {name: {lang: getattr(one, field) for lang, one in both.items()} for name, field in names.items()}
    columns = [
        {
            "key": column.key,
            "kind": column.kind,
            "label": {lang: one.table.columns[at].label for lang, one in both.items()},
        }
        for at, column in enumerate(figure.table.columns)
    ]
    sources = [
        {
            "code": source.code,
            **{
                name: {lang: getattr(source, name).text(lang) for lang in LANGUAGES}
                for name in ("publisher", "title", "edition", "licence", "caution")
            },
            "released": str(source.released),
            "grade": source.grade,
            "url": source.url,
        }
        for source in figure.sources
    ]
    others: dict[str, object] = {"with": [one.code for one in request.beside]} if request.beside else {}
    others |= {"from": request.years.first, "to": request.years.last} if request.years.are_chosen else {}
    parts = {
        "place": request.place.code,
        **others,
        "lang": request.lang,
        **dict(request.options),
        "build": request.build,
    }
    whole = {"code": figure.code, "request": parts, **words, "columns": columns, "rows": figure.table.rows}
    return json.dumps({**whole, "sources": sources}, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _svg(figure: Figure, request: Request) -> bytes:
    return svg_picture(figure, lang=request.lang).encode()


def _png(figure: Figure, request: Request) -> bytes:
    return png(svg_picture(figure, lang=request.lang, font=LETTERS), WIDTH * SHARPNESS)


FORMS = {
    "csv": Form(mime="text/csv; charset=utf-8", make=lambda figure, request: csv_bytes(figure, lang=request.lang)),
    "xlsx": Form(
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        make=lambda figure, request: xlsx_bytes(figure, lang=request.lang, build=request.build),
    ),
    "json": Form(mime="application/json", make=json_bytes),
    "svg": Form(mime="image/svg+xml", make=_svg, is_picture=True),
    "png": Form(mime="image/png", make=_png, is_picture=True),
}
ROWS = ("csv", "xlsx")  # those a page links to
OF_TABLES: dict[str, Callable[[Summary, Request], bytes]] = {
    "csv": lambda table, request: csv_bytes(table, lang=request.lang),
    "xlsx": lambda table, request: xlsx_bytes(table, lang=request.lang, build=request.build),
    "json": json_bytes,
}


def address_of(code: str, request: Request, *, form: str) -> str:
    """Return where a figure's file is answered, seen from a page: "./figures/population.csv?place=…&lang=en"."""
    return f"./{FOLDER}/{code}.{form}?{request.address()}"


def respond(http: HttpRequest) -> Response:
    """Answer with a file, or with a plain page in both languages that says what was expected.

    Not a coroutine, so that Starlette makes the file in a thread and everybody else's pages go on.
    """

    def make() -> Response:
        code, _, form = http.path_params["name"].rpartition(".")
        if code in TABLES:
            request = _asked_of_table(form, http)
            content = OF_TABLES[form](table_of(code, request), request)
        else:
            entry, form = file_named(http.path_params["name"], forms=tuple(FORMS))
            code, request = entry.code, request_of(entry.options, http)
            content = _content(code, request, form)
        stem = file_stem(code, place=request.place.code, lang=request.lang, build=request.build)
        named = {"content-disposition": f'attachment; filename="{stem}.{form}"'}
        return Response(content, media_type=FORMS[form].mime, headers={"cache-control": keeping(http), **named})

    return answered(http, none=say("files.none"), make=make)


def present(http: HttpRequest) -> Response:
    """Answer with slides when it is their turn: they are as much work as a file."""
    return answered(http, none=say("presenter.not_now"), make=partial(web.present, http))


def answered(
    http: HttpRequest, *, none: Translatable, make: Callable[[], Response], turns: BoundedSemaphore | None = None
) -> Response:
    """Return what `make` answers when it is its turn, or a plain page titled `none` that says why it cannot.

    What is quick to make and waited for has `turns` of its own.
    """
    try:
        return _in_turn(http, make, turns=turns or _TURNS)
    except NoFileError as reason:
        return sorry(http, status=reason.status, title=none, text=reason.why)
    except store.NoBuildError:
        return without_figures(http)


def _in_turn(http: HttpRequest, make: Callable[[], Response], *, turns: BoundedSemaphore) -> Response:
    """Answer when few others are being answered; of a build that today's code cannot read all is gone."""
    if not turns.acquire(timeout=PATIENCE):
        raise NoFileError(503, say("files.busy"))
    try:
        return make()
    except (NoFileError, store.NoBuildError):
        raise
    except Exception as error:
        if http.query_params.get("build", store.build_id()) == store.build_id():
            raise
        raise NoFileError(410, say("files.unknown_build", name="build")) from error
    finally:
        turns.release()


def keeping(http: HttpRequest) -> str:
    """Return for how long an answer may be kept: longer where its address keeps to one build."""
    return PINNED if "build" in http.query_params else NEWEST


def moved(http: HttpRequest) -> Response:
    """Answer an old link, which was good for as long as a page was open, with a plain page that says so."""
    return sorry(http, status=410, title=say("files.moved.title"), text=say("files.moved.text"))


def file_named(name: str, *, forms: tuple[str, ...]) -> tuple[Entry, str]:
    """Return the figure and the form that a file name asks for; raise `NoFileError` with those there are."""
    code, _, form = name.rpartition(".")
    if code not in BY_CODE and form not in forms:
        code = name
    if code not in BY_CODE:
        raise no_figure(code, allowed=(*BY_CODE, *TABLES))
    if form not in forms:
        raise NoFileError(404, say("files.unknown_form", allowed=_listed(forms)))
    return BY_CODE[code], form


def no_figure(code: str, *, allowed: tuple[str, ...]) -> NoFileError:
    """Return why there is no public figure of a code: that there is none, or that it is somebody's own."""
    if code.startswith(OWN):
        return NoFileError(404, say("files.own"))
    return NoFileError(404, say("files.unknown_figure", allowed=_listed(allowed)))


def _asked_of_table(form: str, http: HttpRequest) -> Request:
    """Return what an address asks of a small table, which is of one place and its newest figures alone."""
    if form not in OF_TABLES:
        raise NoFileError(404, say("files.unknown_form", allowed=_listed(tuple(OF_TABLES))))
    if not set(http.query_params) <= {"place", "lang", "build"}:
        raise NoFileError(400, say("files.unknown_name", allowed=_listed(("place", "lang", "build"))))
    return request_of((), http)


def request_of(options: Sequence[Option], http: HttpRequest) -> Request:
    """Return what an address asks for; a file of the usual view is not given in place of another."""
    check_once(http)
    request, notices = read(http.query_params, options=options)
    if notices:
        raise refused(notices[0])
    return request


def check_once(http: HttpRequest) -> None:
    """Raise `NoFileError` where an address gives one choice several values."""
    if links.is_twice(http.query_params.multi_items()):
        raise NoFileError(400, say("files.twice"))


def refused(notice: Notice) -> NoFileError:
    """Return why a value of an address is not followed, with what there is."""
    allowed = _listed(notice.allowed)
    if notice.name == "build":
        return NoFileError(410, say("files.unknown_build", name="build"))
    if not notice.name:
        return NoFileError(400, say("files.unknown_name", allowed=allowed))
    name = notice.name
    if notice.refusal:
        why = say(f"compare.refused.{notice.refusal}")
        return NoFileError(400, say("files.refused", why=why, name=name, allowed=allowed))
    return NoFileError(400, say("files.unknown_value", name=name, allowed=allowed))


def _content(code: str, request: Request, form: str) -> bytes:
    figure = figure_of(code, request)
    if FORMS[form].is_picture and not figure.has_chart:
        raise NoFileError(404, say("files.no_chart", allowed=_listed(ROWS)))
    return FORMS[form].make(figure, request)


def figure_of(code: str, request: Request) -> Figure:
    """Return the figure; raise `NoFileError` in its card's own words where it is not held."""
    block = unread(code, request)
    if block is None:
        raise NoFileError(404, say("files.not_of_this_place"))
    if isinstance(block, NotHeld):
        raise NoFileError(404, joined(block.title, ": ", block.reason, " ", block.how))
    return in_language(block, request.lang)


def table_of(code: str, request: Request) -> Summary:
    """Return a small table; raise `NoFileError` where the place has no figures for it."""
    table = TABLES[code](request.subject)
    if table is None:
        raise NoFileError(404, say("files.not_of_this_place"))
    return in_language(table, request.lang)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)
