"""Zipped Office files that come out the same, byte for byte, for the same briefing.

The awkward fact: a zip remembers when each part was written, and the workbook inside a chart remembers it again.
Two files that say the same must be the same, or nobody can tell by looking whether anything has changed.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from dashboard.briefing.archive import packed, unpacked

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_PROPERTIES = "docProps/core.xml"
_WORKBOOK = ".xlsx"


def noon(made_on: date) -> datetime:
    """Return the moment that stands in a file as when it was made: noon, since a briefing knows only the day."""
    return datetime(made_on.year, made_on.month, made_on.day, 12)


def settled(content: bytes, *, made_on: date) -> bytes:
    """Return a zipped file with every time in it set to the day it was made, workbooks inside it too."""
    return packed(
        {name: _part(name, part, made_on=made_on) for name, part in unpacked(content).items()}, made_on=made_on
    )


def _part(name: str, content: bytes, *, made_on: date) -> bytes:
    if name.endswith(_WORKBOOK):
        return settled(content, made_on=made_on)
    if name == _PROPERTIES:
        return _STAMP.sub(rb"\g<1>%s\3" % noon(made_on).strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
    return content
