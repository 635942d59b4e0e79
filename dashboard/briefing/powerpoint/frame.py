"""Where things stand on a slide, in points of a 16:9 slide of 960 by 540.

The awkward fact: the last row of a full room is ten metres away. Nothing is made smaller than `LEAST` to gain space;
what does not fit at that size goes to a slide of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

SLIDE_WIDTH, SLIDE_HEIGHT = 960.0, 540.0
MARGIN = 44.0
TITLE_TOP, TITLE_SIZE, TITLE_LEAST = 26.0, 32, 28
FOOTER_TOP, FOOTER_HEIGHT, FOOTER_SIZE = 506.0, 22.0, 12
BODY_BOTTOM = 500.0
BODY_SIZE, BODY_LEAST = 24, 20
SMALL_SIZE, SMALL_LEAST = 18, 16
TABLE_SIZE, TABLE_LEAST = 18, 14
CHART_SIZE = 14
GAP = 14.0
EMU = 12_700  # English Metric Units in a point


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A rectangle on the slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def below(self, used: float) -> Frame:
        """Return what is left under the first `used` points."""
        return replace(self, top=self.top + used, height=self.height - used)

    def first(self, height: float) -> Frame:
        """Return the first `height` points."""
        return replace(self, height=height)

    def columns(self, share: float) -> tuple[Frame, Frame]:
        """Return two columns with a gap between them; `share` is the part of the width that the left one takes."""
        width = (self.width - 2 * GAP) * share
        right = self.left + width + 2 * GAP
        left = replace(self, width=width)
        return left, replace(self, left=right, width=self.left + self.width - right)

    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height as PowerPoint counts them."""
        left, top, width, height = (round(x * EMU) for x in (self.left, self.top, self.width, self.height))
        return left, top, width, height


WHOLE_WIDTH = SLIDE_WIDTH - 2 * MARGIN
