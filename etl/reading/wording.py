"""The one way in which a publisher's words are cleaned: a cell's spaces, dashes and signs, and the notes after names.

The awkward fact: two cells that look alike may differ by a space that does not break, a dash of another width, a letter
written as two, or a note ("Cardiff [note 3]", "North Wales2", "Swansea¹", "Powys (r)"). None of it is part of a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isnan

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u0060"
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_SIGNS = str.maketrans(
    {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_UNSEEN, "")}
)
_NOTE = re.compile(r"[\s,;]*\[note[^\]]*\]", re.IGNORECASE)  # anywhere in a text
_NOTES_AFTER = re.compile(
    r"""([\s,;]*(
        \[[^\[\]]*\]                                          # [3], [note 3], [r]
        | \((notes?\b[^()]*|[rpe]|\d{1,2}(\s*,\s*\d{1,2})*)\) # (note 3), (r), (1, 2)
        | [\u00b9\u00b2\u00b3\u2070-\u2079]                   # ¹
        | [*\u2020\u2021\u00a7#]                              # *, †
    ))+\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_STUCK = re.compile(r"(?<=[^\W\d_]{3})\d{1,2}(,\d{1,2})*$")  # "North Wales2", and not "2026 Q2" or "W06000015"


@lru_cache(maxsize=65_536)
def one_line(text: str) -> str:
    """Return a text in single spaces and plain dashes and apostrophes, without what no eye sees in it."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())


@lru_cache(maxsize=65_536)
def without_notes(text: str) -> str:
    """Return a text without its notes ("Race [note 3]" -> "Race"); one that is nothing but a marker stays ("[x]")."""
    line = " ".join(_NOTE.sub(" ", one_line(text)).split())
    return _NOTES_AFTER.sub("", line).strip() or line


@lru_cache(maxsize=65_536)
def without_stuck_digits(text: str) -> str:
    """Return a text without the digits of a note stuck to its last word ("North Wales2" -> "North Wales")."""
    return _STUCK.sub("", text)


def name(text: str) -> str:
    """Return the name that a cell holds, without any kind of note."""
    return without_stuck_digits(without_notes(text))


def plain(text: str) -> str:
    """Return a heading or name without notes and letter case ("People [note 3]" -> "people")."""
    return without_notes(text).casefold()


def listed(words: Iterable[object], *, most: int = 10) -> str:
    """Return things as a sentence lists them: texts "'a', 'b' and 'c'", rows "Cardiff 2026", sizes "Cardiff 3".

    "none" for none, and how many more there are; what is one text already stays as it is.
    """
    if isinstance(words, str):
        return words
    pairs = words.items() if isinstance(words, Mapping) else ((word,) for word in words)
    quoted = [repr(one[0]) if len(one) == 1 and isinstance(one[0], str) else _in_a_row(one) for one in pairs]
    if not quoted:
        return "none"
    if len(quoted) > most:
        return f"{', '.join(quoted[:most])} and {len(quoted) - most:,} more"
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _in_a_row(cell: object) -> str:
    if isinstance(cell, tuple | list):
        return " ".join(map(_in_a_row, cell))
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell.is_integer() else "none" if isnan(cell) else str(cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
