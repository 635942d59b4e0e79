"""Which sign-ins are still here: one ends when somebody signs out, does nothing for a while, or after a working day.

The awkward fact: a cookie that was copied outlives its owner's sign-out, for it is signed and nobody asks again. So who
left is written to the store, where every replica reads it. When somebody last did something is remembered by one
process alone: after its restart, and at another replica, only a sign-in of the last half hour is still one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from local_figures.store import departures
from local_figures.store.engine import Store
from workspace import settings
from workspace.identity import Identity


class Presence:
    """What this process knows of sign-ins, by their names; that one has ended is in the store too."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        """Know of nobody yet."""
        self.clock = clock
        self._last: dict[str, float] = {}
        self._gone: dict[str, float] = {}
        self._senders: set[str] = set()
        self._forget: list[Callable[[str], None]] = []
        self._lock = Lock()
        self._store: Callable[[], Store] | None = None

    def keep_in(self, store: Callable[[], Store] | None) -> None:
        """Write who leaves to a store, and believe what other replicas wrote there."""
        self._store = store

    def renew(self, identity: Identity) -> bool:
        """Tell whether somebody is still here, and note that they did something now."""
        if not self.is_here(identity):
            self.leave(identity)
            return False
        with self._lock:
            self._last[identity.sign_in] = self.clock()
        return True

    def is_here(self, identity: Identity) -> bool:
        """Tell whether somebody is still here; to be asked is to do nothing."""
        if settings.on_this_computer():
            return True
        now = self.clock()
        with self._lock:
            last = self._last.get(identity.sign_in, identity.since)
            gone = identity.sign_in in self._gone
        idle = now - last > 60 * settings.of_server("idle_minutes", settings.IDLE_MINUTES)
        if gone or idle or now - identity.since > _longest():
            return False
        return self._store is None or not departures.has_left(self._store(), identity.sign_in)

    def leave(self, identity: Identity) -> None:
        """End a sign-in for every tab and file, until its cookie would have ended by itself."""
        now = self.clock()
        with self._lock:
            self._gone = {name: at for name, at in self._gone.items() if now - at <= _longest()} | {
                identity.sign_in: now
            }
            self._last = {name: at for name, at in self._last.items() if name not in self._gone}
            self._senders &= set(self._last)
        for forget in self._forget:
            forget(identity.who)
        if self._store is not None and identity.sign_in:
            departures.keep(self._store(), identity.sign_in, at=now, longest=_longest())

    def when_left(self, forget: Callable[[str], None]) -> None:
        """Have what waits for somebody forgotten when they leave: `forget("ann@council.example")`."""
        self._forget = [*self._forget, forget] if forget not in self._forget else self._forget

    def let_send(self, identity: Identity, *, may: bool) -> None:
        """Remember whether somebody may send files, as their role says now."""
        with self._lock:
            self._senders = self._senders | {identity.sign_in} if may else self._senders - {identity.sign_in}

    def may_send(self, identity: Identity) -> bool:
        """Tell whether somebody who is here may send files."""
        return identity.sign_in in self._senders and self.is_here(identity)


def _longest() -> float:
    return 3600.0 * float(settings.of_server("longest_hours", settings.LONGEST_HOURS))


PRESENCE = Presence()
