"""One form for the letters of a cell: what looks alike is alike, and what takes no room is not there.

The awkward fact: a file may write ŵ as w and an accent, put a sign of no width into the middle of a name, or a tab for
a space; what is counted, compared and searched must be what is seen.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

_UNSEEN = ("Cf", "Cc", "Cs")  # signs of format, of control, and halves of signs
_NO_SIGN = frozenset({*range(0xFDD0, 0xFDF0), *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF))})


def one_form(text: str, *, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """Return a text with composed letters and single spaces, without what cannot be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    letters = (" " if one.isspace() else one for one in unicodedata.normalize(form, text))
    return " ".join("".join(one for one in letters if _is_seen(one)).split())


def _is_seen(one: str) -> bool:
    """Return whether this is a sign: Unicode says of some numbers that no text has them, and files break at them."""
    return unicodedata.category(one) not in _UNSEEN and ord(one) not in _NO_SIGN
