"""Zips that are the same, byte for byte, for the same parts.

The awkward fact: a zip remembers when each part was written and on which kind of computer, and an OpenDocument file
is told by its first part, `mimetype`, which may not be compressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_READABLE_FILE = 0o100644 << 16
_UNIX = 3


def packed(parts: Mapping[str, bytes], *, made_on: date) -> bytes:
    """Return a zip of named parts in their order, each dated noon of the day it was made."""
    target = BytesIO()
    with ZipFile(target, "w") as whole:
        for name, content in parts.items():
            entry = ZipInfo(name, date_time=(made_on.year, made_on.month, made_on.day, 12, 0, 0))
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            entry.external_attr, entry.create_system = _READABLE_FILE, _UNIX
            whole.writestr(entry, content)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by their names, in their order."""
    with ZipFile(BytesIO(content)) as whole:
        return {entry.filename: whole.read(entry) for entry in whole.infolist()}
