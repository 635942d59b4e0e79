"""The API: resources as JSON and as CSV, its description, and every refusal in words of both languages.

The awkward fact: a framework's own pages of documentation fetch their scripts from elsewhere, and its errors are for
those who wrote it. So there are none of the first, and the second are ours: what was expected, in both languages.
"""

# Without `from __future__ import annotations`: FastAPI reads the filters of a resource from the annotation itself.
import json
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response

from cohesion.vocabulary import MARKERS
from dashboard import store, trouble
from dashboard.api.resources import (
    MOST_ROWS,
    RESOURCES,
    Answer,
    Filter,
    Resource,
    TurnedRoundError,
    UnknownFilterValueError,
    ask,
)
from dashboard.downloads import csv_of
from dashboard.i18n import LANGUAGES, t

PATH = "/api/v1"
LISTED = 60  # codes that a refusal names; where there are more it says where they are all
CSV = "text/csv; charset=utf-8"
HEADERS = {
    "cache-control": "public, no-cache",  # kept, but asked about each time: tomorrow there may be newer figures
    "access-control-allow-origin": "*",  # public figures, and no cookie is read
}
DESCRIPTION = (
    "Hate crime and migration statistics for Wales: rows as published, each with its source, grade and caution. "
    "Every list answers as JSON, and as CSV under its name with .csv. Names are in English (`_en`) and Welsh (`_cy`). "
    "An empty value has a marker that says why; it is never nought. Read breaks before figures are compared over time."
)
ONE_VALUE = frozenset({"from", "limit", "offset", "place", "to"})


class Rows(JSONResponse):
    """JSON of rows: days as they are written, letters as they are."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Write the content; what JSON has no form for is a day, and is written as one."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, default=str).encode()


def problem(status: int, key: str, **values: str) -> Response:
    """Return a refusal as RFC 9457 has it, with the sentence in both languages."""
    details = {f"detail_{lang}": t(key, lang=lang, **values) for lang in LANGUAGES}
    body = {"type": "about:blank", "status": status, **details}
    return Rows(
        body,
        status_code=status,
        media_type="application/problem+json",
        headers={**HEADERS, "cache-control": "no-store"},
    )


def _index() -> Response:
    """Return what there is: the build on show, the lists, the letters in place of a value, the licence."""
    rows = {one.name: {"summary": one.summary, "json": one.name, "csv": f"{one.name}.csv"} for one in RESOURCES}
    letters = {mark: {lang: t(f"marker.{mark[1:-1]}", lang=lang) for lang in LANGUAGES} for mark in MARKERS}
    licence = {lang: t("footer.licence", lang=lang) for lang in LANGUAGES}
    whole = {"build": store.build_id(), "description": DESCRIPTION, "lists": rows, "markers": letters}
    return Rows({**whole, "licence": licence, "openapi": "openapi.json"}, headers=HEADERS)


class TwiceError(ValueError):
    """A filter that takes one value has several."""


def _once(request: Request) -> None:
    """Refuse two values of a filter that takes one; lists of codes may be named as often as one likes."""
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in ONE_VALUE and values.setdefault(name, value) != value:
            raise TwiceError


def to_index(_: HttpRequest) -> Response:
    """Lead to the index, whose own addresses are seen from there."""
    return RedirectResponse(f"{PATH.rpartition('/')[2]}/")


def _answering(
    resource: Resource, write: Callable[[Resource, Answer, Filter, str], Response]
) -> Callable[..., Response]:
    """Return the function that answers for a resource in a form; not a coroutine, so that it runs in a thread."""

    def answer(choice: Annotated[resource.filters, Query()]) -> Response:  # type: ignore[name-defined]
        build = store.build_id()
        return write(resource, ask(resource, choice, build=build), choice, build)

    answer.__doc__ = resource.summary
    return answer


def _json(resource: Resource, answer: Answer, choice: Filter, build: str) -> Response:
    after = _next(resource.name, answer, choice)
    whole = {"build": build, "count": answer.count, "limit": choice.limit, "offset": choice.offset, "next": after}
    if not answer.rows:
        whole["note"] = {lang: t("api.nothing", lang=lang) for lang in LANGUAGES}
    return Rows({**whole, "rows": answer.rows}, headers=HEADERS | _link(after))


def _csv(resource: Resource, answer: Answer, choice: Filter, build: str) -> Response:
    after = _next(f"{resource.name}.csv", answer, choice)
    content = csv_of([answer.columns, *(row.values() for row in answer.rows)])
    named = {"content-disposition": f'attachment; filename="cohesion-trends_{resource.name}_{build[:6]}.csv"'}
    counted = {"x-total-count": str(answer.count)}
    return Response(content, media_type=CSV, headers=HEADERS | _link(after) | named | counted)


def _next(name: str, answer: Answer, choice: Filter) -> str | None:
    """Return the address of the rows that follow, seen from this one; None where there are none."""
    after = choice.offset + len(answer.rows)
    if after >= answer.count or not answer.rows:
        return None
    filters = {k: v for k, v in choice.model_dump(by_alias=True).items() if v not in ([], None)}
    parts = {k: ",".join(v) if isinstance(v, list) else v for k, v in filters.items()}
    return f"{name}?{urlencode(parts | {'offset': after}, safe=',')}"


def _link(after: str | None) -> dict[str, str]:
    return {"link": f'<{after}>; rel="next"'} if after else {}


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI gives this handler nothing else
    first = error.errors()[0]
    name = str(first["loc"][-1])
    if first["type"] == "extra_forbidden":
        return problem(400, "api.unknown_name")
    expected = {"limit": f"1–{MOST_ROWS:,}", "offset": "0, 1, 2, …"}.get(name, "2018, 2018-04-01")
    return problem(400, "api.bad_value", name=name, expected=expected)


async def _unknown(_: Request, error: Exception) -> Response:
    assert isinstance(error, UnknownFilterValueError)  # noqa: S101
    if len(error.allowed) > LISTED:
        return problem(400, "api.unknown_code", name=error.name, where=f"{PATH}/{_LISTS[error.name]}")
    return problem(400, "api.unknown_value", name=error.name, allowed=", ".join(error.allowed))


_LISTS = {"measure": "measures", "area": "areas", "source": "sources", "category": "categories"}


async def _turned_round(_: Request, __: Exception) -> Response:
    return problem(400, "api.turned_round")


async def _twice(_: Request, __: Exception) -> Response:
    return problem(400, "api.twice")


async def _no_build(_: Request, __: Exception) -> Response:
    return problem(503, trouble.ABSENCES[store.absence()][1])


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == 405:
        return problem(405, "api.only_read")
    return problem(404, "api.unknown_list", allowed=", ".join(one.name for one in RESOURCES))


def service() -> FastAPI:
    """Return the API as an application that is mounted at `PATH`."""
    api = FastAPI(
        title="Cohesion Trends",
        version="1",
        description=DESCRIPTION,
        redirect_slashes=False,
        dependencies=[Depends(_once)],
        docs_url=None,
        redoc_url=None,
        exception_handlers={
            RequestValidationError: _invalid,
            UnknownFilterValueError: _unknown,
            TurnedRoundError: _turned_round,
            TwiceError: _twice,
            store.NoBuildError: _no_build,
            HTTPException: _http,
        },
    )
    api.add_api_route("/", _index, name="index", summary="What there is")
    for one in RESOURCES:
        for name, write, mime in ((one.name, _json, "application/json"), (f"{one.name}.csv", _csv, "text/csv")):
            api.add_api_route(
                f"/{name}",
                _answering(one, write),
                name=name,
                summary=one.summary,
                response_class=Response,
                responses={200: {"content": {mime: {}}}, 400: {"content": {"application/problem+json": {}}}},
            )
    return api
