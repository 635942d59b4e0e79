"""What is left of a text for comparing it: each function drops what two spellings of one thing may differ in.

The awkward fact: what counts as the same is not one thing. In a file "Children’s" and "CHILDREN'S" are one department,
while "dŵr" and "dwr" are two words; a search and a link also take "ynys mon" for Ynys Môn, and hyphens for spaces.
"""

from __future__ import annotations

import re
import unicodedata

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WORDS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text in small letters, single spaces and plain apostrophes: "Children’s  Team" is "children's team"."""
    return " ".join(text.replace("’", "'").casefold().split())


def without_accents(text: str) -> str:
    """Return a text in plain letters: "Ynys Môn" is "Ynys Mon"."""
    return _without_marks(unicodedata.normalize("NFD", text))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, small and without accents: "Ynys Môn." is ("ynys", "mon")."""
    plain = _without_marks(unicodedata.normalize("NFKD", text).casefold())
    return tuple(_WORDS.findall(_THOUSANDS.sub("", plain)))


def _without_marks(text: str) -> str:
    """Return a text whose letters stand apart from their accents without these."""
    return "".join(letter for letter in text if not unicodedata.combining(letter))
