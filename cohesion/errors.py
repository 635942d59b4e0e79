"""What is told of an error of somebody else's program: its first line, for addresses and values stand below it."""

from __future__ import annotations


def first_line(error: Exception, *, most: int = 160) -> str:
    """Return why in one line of `most` letters; the kind of an error that says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0][:most]
