"""One figure to stand in a page of somebody else's: `/embed/population?place=W06000015&lang=cy`.

The awkward fact: whoever frames a figure decides what stands around it. So it comes whole, caveats and source too, runs
no script, reads no cookie, and the keeper of this server says which pages may frame it.
"""

from __future__ import annotations

import os
import re

from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response

from dashboard.briefing.templating import Room, fixed_texts, policy, render, style
from dashboard.figures import catalogue
from dashboard.files import answered, figure_of, keeping, no_figure, request_of
from dashboard.i18n.text import say

PATH = "/embed/{name:path}"
ROOMS = {"wide": Room(widths=(700,)), "middle": Room(widths=(450,)), "narrow": Room(widths=(300,))}
FRAMERS = "COHESION_FRAMED_BY"  # "https://intranet.example.wales https://*.gov.wales"; any page where it is not set
_FRAMER = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]{1,253}(:\d{1,5})?")


class BadFramersError(ValueError):
    """The environment names pages that may frame a figure in a form that a browser would not understand."""


def framers() -> str:
    """Return who may frame a figure, as a policy says it: "*", or 'self' and the hosts that `FRAMERS` names."""
    named = os.environ.get(FRAMERS, "").split()
    for one in named:
        if not _FRAMER.fullmatch(one):
            raise BadFramersError(f"{FRAMERS}: expected hosts such as https://intranet.example.wales; came {one!r}")
    return " ".join(["'self'", *named]) if named else "*"


def respond(http: HttpRequest) -> Response:
    """Answer with one figure as a page of its own, or with a plain page in both languages that says why not."""

    def make() -> Response:
        name = http.path_params["name"]
        if name not in catalogue.BY_CODE:
            raise no_figure(name, allowed=tuple(catalogue.BY_CODE))
        entry = catalogue.entry(name)
        request = request_of(entry.options, http)
        body = render(
            "embed",
            figure=figure_of(entry.code, request),
            lang=request.lang,
            page=f"../{'' if entry.page == 'home' else entry.page}?{request.address()}#{entry.code}",
            rooms=ROOMS,
            say=fixed_texts(request.lang, open="embed.open"),
            style=style("base", "embed"),
        )
        return HTMLResponse(body, headers={"cache-control": keeping(http)})

    answer = answered(http, none=say("embed.none"), make=make)
    answer.headers["content-security-policy"] = f"{policy()}; frame-ancestors {framers()}"
    return answer
