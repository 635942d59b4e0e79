"""Blocks are made once for a build, a place and a reader's choices, whatever the language, and then remembered.

The awkward fact: a page asks for all its blocks on every click, and a click changes one of them at most. What a block
is follows from its arguments (the build among them) and from the day, which the age of its figures is counted to; the
oldest fall out when there are too many. Asked by somebody who reads a language, a block answers in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from dashboard import beside, memory
from dashboard.age import today
from dashboard.figure import Subject, View, in_language

P = ParamSpec("P")
T = TypeVar("T")
MOST = 1024  # about 30 views of the longest page; a census block with its table takes 15 KB, measured


def remembered(make: Callable[P, T]) -> Callable[P, T]:
    """Return `make` with its answers remembered; its arguments must be frozen values."""

    @wraps(make)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        lang = next((one.lang for one in (*args, *kwargs.values()) if isinstance(one, View)), None)
        named = sorted((name, _subject(one)) for name, one in kwargs.items())
        block: T = _value(make, tuple(_subject(one) for one in args), tuple(named), today())
        return block if lang is None else in_language(block, lang)

    return answer


def _subject(argument: Any) -> Any:
    return argument.subject if isinstance(argument, View) else argument


@memory.remembered(most=MOST)
def _value(make: Callable[..., Any], args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], day: date) -> Any:  # noqa: ARG001
    for one in (*args, *(value for _, value in kwargs)):
        if isinstance(one, Subject) and one.beside:
            beside.hold((one.place, *one.beside), build=one.build)  # one question instead of one for each
    return make(*args, **dict(kwargs))
