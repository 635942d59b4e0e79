"""The shorthand that official tables put where a number cannot stand.

The awkward fact: publishers write the same thing in many ways ("[x]", ":", "*"); ours are the
Analysis Function's markers, and a symbol that is not known is an error, never a silent blank.
"""

from __future__ import annotations

from cohesion.vocabulary import MARKERS
from etl.contract import ContractError

# What publishers write -> our marker. A "~" after a figure says it was rounded to zero.
MARKER_OF = {mark: mark for mark in MARKERS if mark != "[u]"} | {
    "c": "[c]",
    "*": "[c]",
    ":": "[x]",
    ".": "[z]",
    "0~": "[low]",
    "-": "[z]",
}


def marker_of(text: str, *, where: str) -> str:
    """Return our marker for a publisher's symbol; raise `ContractError` naming an unknown one and where it stood."""
    try:
        return MARKER_OF[text.strip()]
    except KeyError:
        shorthands = ", ".join(sorted(MARKER_OF))
        raise ContractError(f"{where}: expected a number or one of the markers {shorthands}; came {text!r}") from None
