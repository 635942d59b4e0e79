"""Files made for one person to take: kept for a few minutes, and given to nobody else.

The awkward fact: the address of a file can be copied out of a browser. So it holds a number drawn by lot and nothing of
the file, and whoever asks must be the very person it was made for, at that moment.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from local_figures.store.editions import Act

KEPT_SECONDS = 900
MOST_FOR_ONE = 3  # the oldest of a person's files makes room


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A file that waits: for whom, what it is called, and what makes it once it is asked for."""

    workspace: str
    who: str
    name: str
    mime: str
    make: Callable[[], bytes]
    until: float


_WAITING: dict[str, Handed] = {}
_ONE_AT_A_TIME = Lock()


def hand(act: Act, *, name: str, mime: str, make: Callable[[], bytes]) -> str:
    """Let a file wait for a person, and return what it is asked for by."""
    with _ONE_AT_A_TIME:
        _sweep()
        theirs = [key for key, one in _WAITING.items() if (one.workspace, one.who) == (act.workspace, act.who)]
        for key in theirs[: len(theirs) - MOST_FOR_ONE + 1]:
            del _WAITING[key]
        token = secrets.token_urlsafe(24)
        until = time.monotonic() + KEPT_SECONDS
        _WAITING[token] = Handed(workspace=act.workspace, who=act.who, name=name, mime=mime, make=make, until=until)
        return token


def waits(token: str) -> bool:
    """Tell whether a file still waits, and let it wait on."""
    with _ONE_AT_A_TIME:
        _sweep()
        if token in _WAITING:
            _WAITING[token] = replace(_WAITING[token], until=time.monotonic() + KEPT_SECONDS)
        return token in _WAITING


def waiting_for(token: str, act: Act) -> Handed | None:
    """Return the file that waits for this very person under a token; it goes on waiting."""
    with _ONE_AT_A_TIME:
        _sweep()
        waiting = _WAITING.get(token)
    return waiting if waiting and (waiting.workspace, waiting.who) == (act.workspace, act.who) else None


def forget(token: str) -> None:
    """Let a file go."""
    with _ONE_AT_A_TIME:
        _WAITING.pop(token, None)


def forget_all_of(who: str) -> None:
    """Let everything go that waits for a person: they left."""
    with _ONE_AT_A_TIME:
        for token in [token for token, one in _WAITING.items() if one.who == who]:
            del _WAITING[token]


def _sweep() -> None:
    now = time.monotonic()
    for token in [token for token, one in _WAITING.items() if one.until < now]:
        del _WAITING[token]
