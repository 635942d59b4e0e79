"""A chart as HTML: a box of its height that carries its dictionary, for `static/chart.js` to draw with Plotly.

The awkward fact: `st.plotly_chart` takes every chart of a page down and draws it anew when its words change, before the
page answers. A box costs nothing until it is seen (docs/decisions/0012-charts-drawn-on-sight.md).
"""

from __future__ import annotations

import json
from html import escape

from dashboard.figure import Figure
from dashboard.i18n import Language, t

# In a JSON text these stand in strings only, where they may be written as numbers: no attribute ends early.
_APART = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&'"})


def chart_html(figure: Figure, *, lang: Language) -> str:
    """Return the box of a figure's chart; what it says when Plotly does not come stands in `data-undrawn`."""
    plot = figure.plot
    said = json.dumps({**plot, "config": figure.config}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (
        f"<div class='ct-chart' role='img' aria-label='{escape(figure.alt, quote=True)}' "
        f"style='height:{plot['layout']['height']}px' data-plot='{said.translate(_APART)}' "
        f"data-undrawn='{escape(t('figure.undrawn', lang=lang), quote=True)}'></div>"
    )
