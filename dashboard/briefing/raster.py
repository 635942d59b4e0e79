"""A drawn chart as a picture of pixels, for programs that do not draw SVG.

The awkward fact: a picture of pixels is blurred when it is stretched, so it is made wide: three pixels for one of the
drawing is sharp on paper.
"""

from __future__ import annotations

import json

from dashboard.briefing import typesetting

_SOURCE = b"""
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1pt, height: auto, margin: 0pt)
#set text(font: ("Source Sans 3", "DejaVu Sans"))
#image(bytes(data.svg), format: "svg", width: 100%)
"""
MOST = 6_000


def png(svg_text: str, width: int) -> bytes:
    """Return a drawing as PNG, `width` pixels wide; ValueError for a width that is no picture's."""
    if not 1 <= width <= MOST:
        raise ValueError(f"expected a width from 1 to {MOST} pixels; came {width}")
    return typesetting.png(_SOURCE, data=json.dumps({"svg": svg_text, "width": width}))
