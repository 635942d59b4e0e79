"""A chart as HTML: a box of its height that carries its dictionary, for `static/chart.js` to draw with Plotly.

The awkward fact: `st.plotly_chart` takes every chart of a page down and draws it anew when its words change, before the
page answers. A box costs nothing until it is seen (docs/decisions/0012-charts-drawn-on-sight.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from dashboard.figure import Figure
from dashboard.i18n import Language
from dashboard.widgets.html import filled

# In a JSON text these stand in strings only, where they may be written as numbers: no attribute ends early.
_APART = {character: f"\\u{ord(character):04x}" for character in "<>&'"}


ROOT = 17  # pixels, the letters of a page for a reader who asked for no others: a chart grows with them (chart.js)


def chart_html(figure: Figure, *, lang: Language, areas: Mapping[str, Mapping[str, str]] | None = None) -> Markup:
    """Return the box of a figure's chart; what it says when Plotly does not come stands in `data-undrawn`.

    `areas` are the places a click on it leads to (widgets/explore.py, static/explore.js).

    `data-wide` is what of the layout is otherwise where there is a page's width: titles on one line, more numbers.
    """
    plot, wide = figure.plots
    narrow_height, wide_height = plot["layout"]["height"], wide.get("height", plot["layout"]["height"])
    return filled(
        "chart",
        alt=figure.alt,
        narrow=f"{narrow_height / ROOT:.4f}",
        wide=f"{wide_height / ROOT:.4f}",
        plot=_written({**plot, "config": figure.config}),
        wider=_written(wide),
        areas=_written({**(areas or {})}),
        lang=lang,
    )


def _written(plot: Mapping[str, object]) -> Markup:
    text = json.dumps(plot, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, number in _APART.items():  # a few searches take less time than a look at every letter
        text = text.replace(character, number)
    return Markup(text)  # noqa: S704 - no sign is left in it that ends an attribute
