"""Which sign-ins are still here: one ends when somebody signs out, does nothing for a while, or after a working day.

The awkward fact: a cookie that was copied outlives its owner's sign-out, for it is signed and nobody asks again. So who
left, and when somebody last did something, stands in the store, where every replica reads the same. A click is written
there only if the last that was is a while ago: a sign-in may end that much earlier, and no later.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from local_figures.store import sign_ins
from local_figures.store.engine import Store
from workspace import settings
from workspace.identity import Identity

WRITTEN_OF_IDLE = 1 / 30  # of the time after which somebody signs in anew: a minute of half an hour


class Presence:
    """What the store knows of sign-ins, by their names, and what is forgotten when one ends."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        """Know of no store yet, and so of nobody."""
        self.clock = clock
        self._forget: list[Callable[[str], None]] = []
        self._store: Callable[[], Store] | None = None

    def keep_in(self, store: Callable[[], Store] | None) -> None:
        """Write to a store who is here and who left, and believe what other replicas wrote there."""
        self._store = store

    def renew(self, identity: Identity) -> bool:
        """Tell whether somebody is still here, and note that they did something now."""
        if settings.on_this_computer():
            return True
        last = self._last(identity)
        if last is None or self._store is None:
            self.leave(identity)
            return False
        now = self.clock()
        if now - last >= WRITTEN_OF_IDLE * _idle():
            sign_ins.renew(self._store(), identity.sign_in, at=now, longest=_longest())
        return True

    def is_here(self, identity: Identity) -> bool:
        """Tell whether somebody is still here; to be asked is to do nothing."""
        return settings.on_this_computer() or self._last(identity) is not None

    def _last(self, identity: Identity) -> float | None:
        """Return when somebody last did something, 0 for one who has just come; None for whoever is not here."""
        now = self.clock()
        if self._store is None or now - identity.since > _longest():
            return None
        sign_in = sign_ins.find(self._store(), identity.sign_in)
        if sign_in is None:
            return 0.0 if now - identity.since <= _idle() else None
        return sign_in.at if not sign_in.ended and now - sign_in.at <= _idle() else None

    def leave(self, identity: Identity) -> None:
        """End a sign-in for every tab and file, until its cookie would have ended by itself."""
        for forget in self._forget:
            forget(identity.who)
        if self._store is not None and identity.sign_in:
            sign_ins.end(self._store(), identity.sign_in, at=self.clock(), longest=_longest())

    def when_left(self, forget: Callable[[str], None]) -> None:
        """Have what waits for somebody forgotten when they leave: `forget("ann@council.example")`."""
        self._forget = [*self._forget, forget] if forget not in self._forget else self._forget


def _idle() -> float:
    return 60.0 * float(settings.of_server("idle_minutes", settings.IDLE_MINUTES))


def _longest() -> float:
    return 3600.0 * float(settings.of_server("longest_hours", settings.LONGEST_HOURS))


PRESENCE = Presence()
