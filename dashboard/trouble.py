"""Why the figures on show are not made of the tables that lie there: noted at the start, told on Data and methods.

The awkward fact: who reads the log is not who reads the page. An officer must learn that newer tables could not be
read, without the paths and the inner words of the machine they lie on.
"""

from __future__ import annotations

MOST_LINES = 5
_noted: list[str] = []


def note(text: str) -> None:
    """Keep the first lines of what went wrong in place of what was noted before; "" when nothing did."""
    _noted[:] = text.splitlines()[:MOST_LINES]


def noted() -> tuple[str, ...]:
    """Return the lines noted; none when the figures on show are those of the tables."""
    return tuple(_noted)
