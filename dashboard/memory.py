"""What is remembered of a build is let go when another one is on show.

The awkward fact: every answer is keyed by its build, so no old one is ever asked for again; but a cache lets go of it
only when it is full. After ten refreshes a server held the figures of ten builds.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_FORGET: list[Callable[[], None]] = []


def remembered(*, most: int) -> Callable[[F], F]:
    """Remember the answers of a function, `most` of them, for as long as the build they may be of is on show."""

    def remember(answer: F) -> F:
        remembering = lru_cache(maxsize=most)(answer)
        _FORGET.append(remembering.cache_clear)
        return remembering  # type: ignore[return-value]

    return remember


def forget() -> None:
    """Let go of every remembered answer, and give its room back to the machine."""
    for one in _FORGET:
        one()
    gc.collect()
    _give_back()


def _give_back() -> None:
    """Hand freed memory back where the C library is one that keeps it for later (glibc)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
