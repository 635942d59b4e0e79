"""Why the figures on show are not made of the tables that lie there: noted at the start, told on Data and methods.

The awkward fact: who reads the log is not who reads the page. An officer must learn that newer tables could not be
read, without the paths and the inner words of the machine they lie on.
"""

from __future__ import annotations

from dashboard import store

MOST_LINES = 5
# What readers are told where there are no figures at all: a title, and why and what can be done.
ABSENCES: dict[store.Absence, tuple[str, str]] = {
    "away": ("no_build.at_present", "no_build.away"),
    "newer": ("no_build.at_present", "no_build.newer"),
    "older": ("no_build.at_present", "no_build.older"),
    "not_whole": ("no_build.at_present", "no_build.not_whole"),
    "none": ("no_build.title", "no_build.explanation"),
}
_noted: list[str] = []


def note(text: str) -> None:
    """Keep the first lines of what went wrong in place of what was noted before; "" when nothing did."""
    _noted[:] = text.splitlines()[:MOST_LINES]


def noted() -> tuple[str, ...]:
    """Return the lines noted; none when the figures on show are those of the tables."""
    return tuple(_noted)
