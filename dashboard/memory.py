"""What is remembered of a build is let go when another one is on show.

The awkward fact: every answer is keyed by its build, so no old one is ever asked for again; but a cache lets go of it
only when it is full. After ten refreshes a server held the figures of ten builds.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
_FORGET: list[Callable[[], None]] = []


def remembered(*, most: int) -> Callable[[F], F]:
    """Remember the answers of a function, `most` of them, for as long as the build they may be of is on show."""

    def remember(answer: F) -> F:
        remembering = lru_cache(maxsize=most)(answer)
        _FORGET.append(remembering.cache_clear)
        return remembering  # type: ignore[return-value]

    return remember


def kept_with(owner: object, key: Hashable, make: Callable[[], T]) -> T:
    """Return what is made once for `key` and kept with a frozen value that it is made of, as long as that is there."""
    values: dict[Hashable, T] = vars(owner).setdefault("made_of_it", {})
    if key not in values:
        values[key] = make()
    return values[key]


class Same(Generic[T]):
    """A thing as a key by what it is, not by what is in it: two figures are never compared row by row."""

    def __init__(self, thing: T) -> None:
        """Hold the thing, so that no other can take its place in memory."""
        self.thing = thing

    def __hash__(self) -> int:
        """Tell it apart by where it is."""
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        """Whether it is the very thing."""
        return isinstance(other, Same) and self.thing is other.thing


class Cache(Generic[K, T]):
    """What several questions at once are answered with: `most` things by their keys, the oldest let go first."""

    def __init__(self, *, most: int) -> None:
        """Keep nothing yet; another build on show empties it."""
        self.most = most
        self._values: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()
        _FORGET.append(self.clear)

    def get(self, key: K) -> T | None:
        """Return what is kept by a key, which makes it the newest."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def lacking(self, keys: Iterable[K]) -> list[K]:
        """Return the keys by which nothing is kept; what is kept by the others becomes the newest."""
        with self._lock:
            missing = []
            for key in keys:
                if key in self._values:
                    self._values.move_to_end(key)
                else:
                    missing.append(key)
            return missing

    def keep(self, things: Mapping[K, T]) -> None:
        """Keep some things."""
        with self._lock:
            self._values.update(things)
            while len(self._values) > self.most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Let everything go."""
        with self._lock:
            self._values.clear()


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
