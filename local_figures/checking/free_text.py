"""Looks through words for what could point at a person: it warns, and the one who uploads answers.

The awkward fact: no rule knows every name. It knows titles, Welsh patronymics and two capitalised words that are no
place, month or day, and would rather warn once too often.
"""

from __future__ import annotations

import re

_SIGNS = {
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "insurance": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE),
    "telephone": re.compile(r"(?<!\d)(?:\+44 ?|0)(?:\(0\) ?)?\d(?:[ -]?\d){8,9}(?!\d)"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE),
}
# words that open a sentence, so that "In May" is no name; "In May Smith's shop" still has "May Smith" in it
_OPENING = frozenset(
    {
        "in",
        "on",
        "at",
        "by",
        "from",
        "since",
        "until",
        "during",
        "after",
        "before",
        "last",
        "next",
        "the",
        "this",
        "each",
        "every",
        "yn",
        "ym",
        "ar",
        "ers",
        "o",
        "erbyn",
        "wedi",
        "cyn",
        "bob",
    }
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Cyng|PC|PCSO|Imam|Rev|Parch)\.? [A-ZÂÊÎÔÛŴŶ]\w+")
_PATRONYMIC = re.compile(r"\b[A-ZÂÊÎÔÛŴŶ]\w+ (?:ap|ab|ferch|verch) [A-ZÂÊÎÔÛŴŶ]\w+")
_PAIR = re.compile(r"(?=\b([A-ZÂÊÎÔÛŴŶ][\w'’-]+) ([A-ZÂÊÎÔÛŴŶ][\w'’-]+)\b)")


def signs(text: str, *, known: frozenset[str]) -> tuple[str, ...]:
    """Return what a text seems to hold: email, insurance, telephone, postcode, name. `known` are words of no person."""
    found = [sign for sign, pattern in _SIGNS.items() if pattern.search(text)]
    pairs = (pair.groups() for pair in _PAIR.finditer(text))
    named = any(not {first.casefold(), second.casefold()} & (known | _OPENING) for first, second in pairs)
    if named or _TITLE.search(text) or _PATRONYMIC.search(text):
        found.append("name")
    return tuple(found)
