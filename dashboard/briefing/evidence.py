"""What the two packs of evidence hold, in order: a section for each protected characteristic, and for each goal.

The awkward fact: such a pack is put into a statutory paper by somebody who has to answer for it. So every section ends
with a box that is empty: what the figures mean for a proposal is no figure, and nobody else's to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.briefing.tray import Part, Piece, Tray
from dashboard.figures import equality, goals
from dashboard.i18n.text import Translatable, Wording, translatable

CHARACTERISTICS, GOALS = tuple(equality.BY_CODE), tuple(goals.GOALS)
CHARACTERISTIC, GOAL = "characteristic", "goal"


def _sections(piece: str, values: Iterable[str]) -> Iterator[Part]:
    """Yield a section for each value of the one choice of a piece, which is called as the piece is."""
    for value in values:
        yield Part(code=f"{piece}_{value}", pieces=(Piece(code=piece, options=((piece, value),)),))


def _alone(*codes: str) -> tuple[Part, ...]:
    return tuple(Part(code=code, pieces=(Piece(code=code),)) for code in codes)


EQUALITY = Tray(
    parts=(
        *_alone("equality_use", "equality"),
        *_sections(CHARACTERISTIC, CHARACTERISTICS),
        *_alone("equality_requests"),
    )
)
WELLBEING = Tray(parts=(*_alone("wellbeing_use"), *_sections(GOAL, GOALS), *_alone("directory", "ledger")))
_NAMES: dict[str, Wording] = {
    **{f"{CHARACTERISTIC}_{code}": equality.name(one) for code, one in equality.BY_CODE.items()},
    **{f"{GOAL}_{goal}": goals.name(goal) for goal in GOALS},
}
HEADINGS: dict[str, Translatable] = {code: translatable(name) for code, name in _NAMES.items()}
