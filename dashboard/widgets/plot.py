"""A chart handed to Streamlit as the dictionary it is.

The awkward fact: `st.plotly_chart` builds a Plotly object out of every dictionary on every rerun, only to turn it back
into one. That took two thirds of a page's time and laid Plotly's own theme, seven kilobytes, over each chart. A figure
that is a Plotly object already is only asked for its dictionary; tests hold our charts to Plotly's schema.
"""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from dashboard.charts import Plot


class Drawn(BaseFigure):  # type: ignore[misc]
    """A finished chart that answers with its dictionary, and has nothing else of a Plotly figure."""

    def __init__(self, plot: Plot) -> None:
        """Hold `plot`; none of Plotly's own preparation is wanted."""
        self._plot = plot

    def to_dict(self) -> dict[str, Any]:
        """Return the chart as it was made."""
        return self._plot
