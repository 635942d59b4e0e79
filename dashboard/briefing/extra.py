"""What may stand in a briefing beside the catalogue: figures of somebody's own, for those who may see them.

The awkward fact: a tray is an address, and everybody may read and send one. So it holds the codes of own figures alone;
who composes without an `Extra` leaves them out, and what one gives is remembered by nobody.
"""

from __future__ import annotations

from typing import Protocol

from dashboard.briefing.tray import Piece
from dashboard.figure import Block
from dashboard.i18n.text import Translatable, Wording

START = "own_"  # how the codes of own figures begin, and no other
SECTION = "own"  # of a tray, where nobody has said another


class Extra(Protocol):
    """Own figures for one reader, asked for while one file is made."""

    def knows(self, piece: Piece, /) -> bool:
        """Tell whether there is such a figure."""

    def block(self, piece: Piece, /) -> Block[Wording] | None:
        """Return the figure; None where it is not on show for this reader."""

    def name(self, piece: Piece, /) -> Translatable:
        """Return the question that it answers."""

    def mark(self, pieces: tuple[Piece, ...], /) -> Translatable:
        """Say who may see a file with some pieces: as the strictest of those that it holds."""


def is_own(piece: Piece) -> bool:
    """Tell whether a piece is a figure of somebody's own, by its code alone."""
    return piece.code.startswith(START)
