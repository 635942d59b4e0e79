"""Charts go to Streamlit unchecked, so Plotly's own checks are made here, for every block there is."""

from __future__ import annotations

import json

import pytest
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import queries
from dashboard.blocks import migration
from dashboard.figure import Figure, View
from dashboard.widgets.plot import Drawn
from tests.every_block import every_block


@pytest.mark.parametrize("name", every_block())
def test_plotly_knows_every_word_of_every_chart(build, name):
    view = View(place=queries.area("XCAV", build=build), lang="cy", build=build)
    block = every_block()[name](view)
    if isinstance(block, Figure):
        graph_objects.Figure(block.plot)  # raises and names a word that it does not know
        assert "automargin" not in json.dumps(block.plot)  # with it Plotly draws a chart twice


def test_plotly_would_have_refused_a_misspelt_one():
    with pytest.raises(ValueError, match="hieght"):
        graph_objects.Figure({"data": [], "layout": {"hieght": 300}})


def test_what_reaches_the_browser_is_the_dictionary_and_no_theme_of_plotlys(build):
    view = View(place=queries.area("XCAV", build=build), lang="en", build=build)
    figure = migration.population(view)
    session = AppTest.from_function(_one_chart, kwargs={"plot": Drawn(figure.plot)}).run()
    assert not session.exception
    assert json.loads(session.get("plotly_chart")[0].proto.spec) == json.loads(json.dumps(figure.plot))


def _one_chart(plot) -> None:
    import streamlit as st

    st.plotly_chart(plot, theme=None)
