"""Blocks are made once for a build, a place, a language and a reader's choices, and then remembered.

The awkward fact: a page asks for all its blocks on every click, and a click changes one of them at most. What a block
is follows from its arguments (the build among them) and from the day, which the age of its figures is counted to; the
oldest fall out when there are too many.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from dashboard import memory
from dashboard.age import today

P = ParamSpec("P")
T = TypeVar("T")
MOST = 1024  # about 30 views of the longest page; a census block with its table takes 15 KB, measured


def remembered(make: Callable[P, T]) -> Callable[P, T]:
    """Return `make` with its answers remembered; its arguments must be frozen values."""

    @wraps(make)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        block: T = _made(make, args, tuple(sorted(kwargs.items())), today())
        return block

    return answer


@memory.remembered(most=MOST)
def _made(make: Callable[..., Any], args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], day: date) -> Any:  # noqa: ARG001
    return make(*args, **dict(kwargs))
