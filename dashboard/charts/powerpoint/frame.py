"""A rectangle on a slide, in points, and the size of the letters of what is drawn in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

CHART_SIZE = 18
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

    def put(self, shape: Any) -> None:
        """Move an element of a slide here."""
        shape.x, shape.y, shape.cx, shape.cy = self.emu()

    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height as PowerPoint counts them."""
        left, top, width, height = (round(x * EMU) for x in (self.left, self.top, self.width, self.height))
        return left, top, width, height
