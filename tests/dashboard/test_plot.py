"""Charts go to Streamlit unchecked, so Plotly's own checks are made here, for every block there is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml.html import fragment_fromstring
from plotly import graph_objects

from dashboard import queries
from dashboard.blocks import migration
from dashboard.figure import Figure, View
from dashboard.i18n import LANGUAGES, t
from dashboard.widgets.plot import chart_html
from tests.every_block import every_block

PART = {"scatter", "choropleth", "scattergeo"}  # what the part of Plotly draws that is sent (docs/decisions/0024)


@pytest.mark.parametrize("name", every_block())
def test_plotly_knows_every_word_of_every_chart(build, name):
    view = View(place=queries.area("XCAV", build=build), lang="cy", build=build)
    block = every_block()[name](view)
    if isinstance(block, Figure):
        graph_objects.Figure(block.plot)  # raises and names a word that it does not know
        assert {trace["type"] for trace in block.plot["data"]} <= PART
        assert "automargin" not in json.dumps(block.plot)  # with it Plotly draws a chart twice


def test_plotly_would_have_refused_a_misspelt_one():
    with pytest.raises(ValueError, match="hieght"):
        graph_objects.Figure({"data": [], "layout": {"hieght": 300}})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_reaches_the_browser_is_the_dictionary_whatever_its_words(build, lang):
    view = View(place=queries.area("XCAV", build=build), lang=lang, build=build)
    figure = migration.population_change_map(view)
    figure = replace(figure, alt="Pobl \"Ynys Môn\" & <b>'Môn'</b>", code="a_code")
    box = fragment_fromstring(chart_html(figure, lang=lang))
    assert json.loads(box.get("data-plot")) == json.loads(json.dumps({**figure.plot, "config": figure.config}))
    assert box.get("aria-label") == figure.alt
    assert json.loads(box.get("data-wide")) == json.loads(json.dumps(figure.plots[1]))
    assert box.get("style") == "--narrow:{0:.4f}rem;--wide:{0:.4f}rem".format(figure.plot["layout"]["height"] / 17)
    assert box.get("data-undrawn") == t("figure.undrawn", lang=lang)


def test_nothing_in_a_chart_can_end_its_attribute_or_look_like_a_comment(build):
    view = View(place=queries.area("XCAV", build=build), lang="en", build=build)
    figure = migration.population(view)
    drawing = replace(figure.drawing, latest="'><script>--></title>&#39; ]]>")
    text = chart_html(replace(figure, drawing=drawing), lang="en")
    assert text.count("<") == 2  # the box begins and ends
    assert "'><script>--></title>&#39; ]]>" in json.dumps(json.loads(fragment_fromstring(text).get("data-plot")))
