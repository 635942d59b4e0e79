"""Own figures, and briefings that hold some, as files for whoever may see them: each asked for with an identity.

The awkward fact: the address of a file is mailed around. It holds codes and a place, never a count; without somebody
who has a role at this moment it gives nothing, and says the same whatever it asks for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from dashboard import beside, links, store, trouble
from dashboard.age import today
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.forms import BOTH, FORMS, NotOfferedError, as_file, drawn_as
from dashboard.briefing.model import Officer
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import fault
from dashboard.briefing.tray import read as tray_of
from dashboard.briefing.web import sorry
from dashboard.figure import Figure
from dashboard.figures.request import BESIDE, FROM, TO, read
from dashboard.figures.request import Request as View
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import in_language, say
from local_figures.store import editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import Store, StoreError
from workspace import reading
from workspace.briefing import MINE, WORDS, words_of
from workspace.figures import catalogue, files
from workspace.figures.pieces import OwnPieces
from workspace.sending import PRIVATE, attached

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks for a file, in which workspace."""

    store: Store
    act: Act


Finder = Callable[[Request], Asker | None]


class _NoFileError(Exception):
    """There is no such file for who asks: the status of the answer, and the key of why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


def figure(http: Request, find: Finder) -> Response:
    """Answer with an own figure as a file: `/own/figures/own_outcomes_groups.csv?place=…&lang=…`."""

    def make(asker: Asker) -> Response:
        code, _, form = http.path_params["name"].rpartition(".")
        if code not in catalogue.BY_CODE or form not in files.FORMS:
            raise _NoFileError(404, "own.file.unknown")
        view = _view(http)
        template = catalogue.entry(code).template
        inputs = reading.inputs_of(asker.store, asker.act, (template,), place=view.place, years=view.years)
        block = in_language(catalogue.unread(code, inputs), view.lang)
        one = files.FORMS[form]
        if not isinstance(block, Figure) or (one.is_picture and not block.has_chart):
            raise _NoFileError(404, "own.file.not_on_show")
        edition = inputs.editions[template]
        name = files.named(code, place=view.place.code, lang=view.lang, day=today(), form=form)
        content = one.make(block, view.lang)
        editions.exported(asker.store, asker.act, template=template, number=edition.number)  # of a file that there is
        return attached(content, mime=one.mime, name=name)

    return _answered(http, find, make)


def briefing(http: Request, find: Finder) -> Response:
    """Answer with a briefing that may hold own figures: `/own/briefing/pdf?place=…&tray=…&lang=…`."""

    def make(asker: Asker) -> Response:
        form, view, languages = http.path_params["form"], _view(http), http.query_params.get("lang", LANGUAGES[0])
        own = _own(http, view)
        officer = _words(http, asker)
        if form not in FORMS or own.tray is None:
            raise _NoFileError(404, "own.file.unknown")
        codes = [piece.code for piece in own.tray.pieces if piece.code in catalogue.BY_CODE]
        names = [catalogue.entry(code).template for code in codes]
        inputs = reading.inputs_of(asker.store, asker.act, names, place=view.place, years=view.years)
        extra = OwnPieces(inputs=inputs)
        kind = drawn_as(MINE, form)
        whole = compose(
            kind=kind, place=view.place.code, build=view.build, made_on=today(), officer=officer, own=own, extra=extra
        )
        file = as_file(whole, form=form, languages=languages)
        for name in dict.fromkeys(names):
            if name in inputs.editions:
                editions.exported(asker.store, asker.act, template=name, number=inputs.editions[name].number)
        return attached(file.content, mime=file.mime, name=file.name)

    return _answered(http, find, make)


def _answered(http: Request, find: Finder, make: Callable[[Asker], Response]) -> Response:
    """Return what is made for who asks, or a plain page in both languages that tells nothing of what was asked."""
    try:
        asker = find(http)
        if asker is None:
            raise _NoFileError(404, "own.file.not_yours")
        if links.is_twice(http.query_params.multi_items()):
            raise _NoFileError(400, "files.twice")
        return make(asker)
    except _NoFileError as none:
        status, key = none.status, none.key
    except (RefusedError, StoreError):
        status, key = 404, "own.file.not_yours"
    except NotOfferedError:
        status, key = 404, "own.file.unknown"
    except store.NoBuildError:
        status, key = 503, trouble.ABSENCES[store.absence()][1]
    except Exception as error:
        _LOG.error("a file was not made: %s", type(error).__name__)  # what it says may hold a cell
        status, key = 500, "own.file.not_made"
    answer = sorry(http, status=status, title=say("own.file.none"), text=say(key))
    answer.headers.update(PRIVATE)
    return answer


def _view(http: Request) -> View:
    """Return the place, the years and the language that an address names; refused where one of them is none."""
    options = {name: http.query_params[name] for name in ("place", "lang", FROM, TO) if name in http.query_params}
    options |= {"lang": LANGUAGES[0]} if options.get("lang") == BOTH else {}
    request, notices = read(options, options=())
    if notices:
        raise _NoFileError(404, "own.file.unknown")
    return request


def _own(http: Request, view: View) -> Own:
    """Return the tray, the places beside and the days that an address names; refused where one cannot be read."""
    query = http.query_params
    text = query.get("tray", "")
    days = {name: _day(query.get(name, "")) for name in ("since", "next")}
    named = [code for code in query.get(BESIDE, "").split(beside.APART) if code]
    others, refusal = beside.read(named, place=view.place, build=view.build)
    if fault(text) or refusal or links.meetings_turned(days):
        raise _NoFileError(400, "own.file.unknown")
    tray = tray_of(text, home=home)
    return Own(
        tray=tray if tray.pieces else None, beside=others, years=view.years, since=days["since"], next=days["next"]
    )


def _words(http: Request, asker: Asker) -> Officer | None:
    """Return what who asks typed for this briefing; refused where it was let go, for the file would lack it."""
    token = http.query_params.get(WORDS, "")
    officer = words_of(token, asker.act) if token else None
    if token and officer is None:
        raise _NoFileError(404, "own.file.words_gone")
    return officer


def _day(text: str) -> date | None:
    day = links.day_meant(text)
    if day is None and text.strip():
        raise _NoFileError(400, "own.file.unknown")
    return day
