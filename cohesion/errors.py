"""Errors of somebody else's programs: which ones a damaged archive raises, and what is told of one.

The awkward fact: Python's reader of archives has an error of its own, and raises seven others of damaged bytes too.
"""

from __future__ import annotations

import struct
import zipfile
import zlib

# Of an archive whose bytes are not as they were written. Whoever reads what is inside adds what that reader raises.
OF_DAMAGED_ARCHIVES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a method of packing that no damage should have named
    OverflowError,
    RuntimeError,  # a password, or one that damage says there is
)


def first_line(error: Exception, *, most: int = 160) -> str:
    """Return why in one line of `most` letters; the kind of an error that says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0][:most]
