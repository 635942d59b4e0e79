"""Own figures as pieces of a briefing for one reader: what may be told to them now, and nothing of anything else.

The awkward fact: a tray is kept for months, and an edition is withdrawn in a second. So a code in a tray is a question
asked anew each time, and what is not on show for this reader is left out and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.briefing.model import NO_MARK
from dashboard.briefing.tray import Piece
from dashboard.figure import Block, Figure
from dashboard.i18n.text import Translatable, Wording, translatable
from local_figures.store.schema import LEVELS
from workspace.figures import catalogue
from workspace.figures.inputs import Inputs, mark


@dataclass(frozen=True, kw_only=True)
class OwnPieces:
    """The own figures that a briefing of a place may hold for one reader."""

    inputs: Inputs

    def knows(self, piece: Piece) -> bool:
        """Tell whether there is such a figure."""
        return piece.code in catalogue.BY_CODE

    def block(self, piece: Piece) -> Block[Wording] | None:
        """Return the figure; None where it is not on show for this reader."""
        block = catalogue.unread(piece.code, self.inputs)
        return block if isinstance(block, Figure) else None

    def name(self, piece: Piece) -> Translatable:
        """Return the question that it answers."""
        return translatable(catalogue.entry(piece.code).asks(self.inputs))

    def mark(self, pieces: tuple[Piece, ...]) -> Translatable:
        """Say who may see a file with some pieces: as the strictest of those that it holds; nothing without any."""
        blocks = [self.block(piece) for piece in pieces if self.knows(piece)]
        marks = {one.mark for one in blocks if isinstance(one, Figure)}
        return next((translatable(mark(level)) for level in LEVELS if mark(level) in marks), NO_MARK)
