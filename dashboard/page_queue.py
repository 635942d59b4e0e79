"""Pages are written one after another, first come first served.

The awkward fact: Python runs one thread at a time. Twenty pages written at once are all ready at the end, and what
answers the browsers has to fight twenty threads for its moment; in turns most are ready early, and nobody fights.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

PATIENCE = 10.0  # seconds; a page that hangs must not stop the others for good
_TURN = Semaphore(1)
_MINE = local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn of this page and hold it while the page is written."""
    _MINE.has_turn = _TURN.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        _give_up()


@contextmanager
def aside() -> Iterator[None]:
    """Let other pages be written during long work outside Python, such as setting a PDF."""
    had_turn = getattr(_MINE, "has_turn", False)
    _give_up()
    try:
        yield
    finally:
        _MINE.has_turn = had_turn and _TURN.acquire(timeout=PATIENCE)


def _give_up() -> None:
    if getattr(_MINE, "has_turn", False):
        _TURN.release()
    _MINE.has_turn = False
