"""The address of the presenter view: `/present?place=W06000015&lang=cy`, answered without Streamlit.

The awkward fact: the address is typed, shortened and mailed around, and the host in it comes from whoever asks. So
nothing of it is written back unless it is a place, a language or a host that has the shape of one.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard import beside, links, store, trouble
from dashboard.age import today
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.extra import is_own
from dashboard.briefing.kinds import CHOICES
from dashboard.briefing.pieces import home
from dashboard.briefing.presenter import BOTH, presenter_html, talk_script
from dashboard.briefing.templating import policy, render, style
from dashboard.briefing.tray import MOST, fault
from dashboard.briefing.tray import read as tray_of
from dashboard.figures.request import BESIDE, DEFAULT_PLACE, FROM, POSSIBLE_YEARS, TO, Notice, read
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import day_name
from dashboard.i18n.text import Translatable, say

PATH = "/present"
IN_BOTH = (BOTH, "cyen", "ency")  # as a link may ask for both languages at once, its signs taken away
# The slides run their own script, which stands in them, and no other; a file says as much itself, but for the frames.
_POLICY = f"{policy(script=talk_script())}; frame-ancestors 'none'"
_HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*|\[[0-9a-fA-F:]{2,39}\])(?::\d{1,5})?")
_YEARS, _DAYS = (FROM, TO), ("since", "next")
_ONCE = (BESIDE, *_YEARS, *_DAYS, "tray")
SHOWN = ("deck", "mine")  # the kinds there are slides of
_PROBLEMS = {
    "place": (404, "presenter.unknown_place.title", "presenter.unknown_place.text"),
    "language": (400, "presenter.unknown_language.title", "presenter.unknown_language.text"),
}


class NotFollowedError(Exception):
    """An address that asks for what cannot be shown; slides without it would not be what was asked for."""

    def __init__(self, why: Translatable) -> None:
        """Keep the sentence for the page that says it."""
        super().__init__(why.text(LANGUAGES[0]))
        self.why = why


def present(request: Request) -> Response:
    """Answer with the slides of a place, or with a plain page in both languages that says why not.

    Not a coroutine, so that Starlette composes and draws in a thread and everybody else's pages go on.
    """
    parts = request.query_params.multi_items()
    query, _ = links.understood(parts)
    together = links.letters_of(query.get("lang", "")) in IN_BOTH
    lang = None if together else links.language_meant(query.get("lang", LANGUAGES[0]))
    if lang is None and not together:
        return _sorry(request, "language")
    try:
        build = store.build_id()
        every = links.every_value(parts).get("place", (query.get("place", DEFAULT_PLACE),))
        places = {links.place_meant(one, build=build) for one in every}
        place = places.pop()
        if place is None or places:
            return _sorry(request, "place")
        _check_once(parts)
        _check_kind(query)
        own = _own({**query, "place": place}, build=build)
    except NotFollowedError as reason:
        return sorry(request, status=400, title=say("presenter.not_followed"), text=reason.why)
    except store.NoBuildError:
        return without_figures(request)
    deck = compose(kind="deck", place=place, build=build, made_on=today(), address=address_of(request), own=own)
    return _fresh(presenter_html(deck, lang=lang), request, name=f"{build}-{place}-{lang or BOTH}")


def _check_once(parts: list[tuple[str, str]]) -> None:
    """Raise `NotFollowedError` where an address gives one choice several values."""
    if links.means_twice(parts, of=("lang", *_ONCE)):
        raise NotFollowedError(say("presenter.twice"))


def _check_kind(query: dict[str, str]) -> None:
    """Raise `NotFollowedError` where an address asks for another kind than slides, or what such a kind is about."""
    kind = links.letters_of(query.get("kind", ""))
    if kind and kind not in SHOWN:
        raise NotFollowedError(say("files.unknown_value", name="kind", allowed=", ".join(SHOWN)))
    if any(query.get(choice.name, "").strip() for choice in CHOICES):
        raise NotFollowedError(say("files.unknown_name", allowed=", ".join(("place", "lang", *_ONCE))))


def _own(query: dict[str, str], *, build: str) -> Own | None:
    """Return what an address says that an officer put together, None where it names neither tray nor day.

    An officer's words are in no address, so the talk that is shown from one has none. Raises `NotFollowedError`.
    """
    text = query.get("tray", "")
    if why := fault(text):
        raise NotFollowedError(say(f"presenter.tray_{why}", n=str(MOST)))
    years = {name: links.value_meant(query[name], POSSIBLE_YEARS) or query[name] for name in _YEARS if query.get(name)}
    others = {BESIDE: beside.APART.join(beside.meant(query[BESIDE]))} if beside.meant(query.get(BESIDE, "")) else {}
    figure_request, notices = read({"place": query["place"], "build": build, **others, **years}, options=())
    if notices:
        raise NotFollowedError(_why(notices[0]))
    days = {name: _day(name, query.get(name, "")) for name in _DAYS}
    if links.meetings_turned(days):
        named = {name: day_name(day) for name, day in days.items() if day}
        raise NotFollowedError(say("presenter.turned", **named))
    tray = tray_of(text, home=home)
    if any(map(is_own, tray.pieces)):
        raise NotFollowedError(say("files.own"))
    if not tray.pieces:  # the ready-made talk, of these days
        if others or years:
            raise NotFollowedError(say("presenter.no_tray"))
        return Own(since=days["since"], next=days["next"]) if any(days.values()) else None
    return Own(
        tray=tray, beside=figure_request.beside, years=figure_request.years, since=days["since"], next=days["next"]
    )


def _why(notice: Notice) -> Translatable:
    """Say why a value cannot be followed, and what there is."""
    allowed = ", ".join(notice.allowed)
    if not notice.refusal:
        return say("files.unknown_value", name=notice.name, allowed=allowed)
    return say("files.refused", why=say(f"compare.refused.{notice.refusal}"), name=notice.name, allowed=allowed)


def _day(name: str, text: str) -> date | None:
    day = links.day_meant(text)
    if day is None and text.strip():
        raise NotFollowedError(say("presenter.no_day", name=name))
    return day


def address_of(request: Request) -> str:
    """Return where the dashboard answers, from the request: "https://trends.example.wales", "" for a doubtful host."""
    host = request.headers.get("host", "")
    if request.url.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    return f"{request.url.scheme}://{host}"


def _fresh(body: bytes, request: Request, *, name: str) -> Response:
    """Return a page that a browser may keep but must ask about each time: what it shows changes with the build."""
    tag = f'"{name}-{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "content-security-policy": _POLICY}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


def _sorry(request: Request, problem: str) -> Response:
    status, title, text = _PROBLEMS[problem]
    return sorry(request, status=status, title=say(title), text=say(text))


def without_figures(request: Request) -> Response:
    """Return the page for an address that was asked while there are no figures at all, and why there are none."""
    title, text = map(say, trouble.ABSENCES[store.absence()])
    return sorry(request, status=503, title=title, text=text)


def sorry(request: Request, *, status: int, title: Translatable, text: Translatable) -> Response:
    """Return the page for an address that has nothing to show, in both languages, with nothing of the address in it."""
    texts = {
        lang: {
            "app": t("app.title", lang=lang),
            "title": title.text(lang),
            "text": text.text(lang),
            "first_page": t("presenter.first_page", lang=lang),
        }
        for lang in LANGUAGES
    }
    raw = request.scope.get("raw_path", request.scope["path"].encode()).partition(b"?")[0].decode("latin-1")
    home = links.way_up(raw_path=raw, below=request.scope.get("below", ""))
    body = render("sorry", texts=texts, home=home, style=style("base", "document"), policy=policy())
    return HTMLResponse(body, status_code=status, headers={"cache-control": "no-store"})
