from dataclasses import replace
from datetime import date

import pytest
from markupsafe import escape

from dashboard.static_copy.extent import Extent, Spot
from dashboard.static_copy.plain import plain
from dashboard.widgets.recorded import Piece

HERE = Spot(lang="en", place="W06000015", page="facts")
TITLE = Piece(kind="html", text="<h1 id='content'>Facts</h1>")
FOOTER = Piece(kind="html", text="<footer><a href='data_and_methods?lang=en#accessibility'>How?</a></footer>")


@pytest.fixture
def extent(build):
    return Extent(build=build, day=date(2026, 11, 29), places=("W06000015", "W92000004"), pages=("facts", "compare"))


def made(extent, *inside, trail="<nav></nav>"):
    return plain((Piece(kind="html", text=trail), TITLE, *inside, FOOTER), here=HERE, extent=extent)


def test_a_link_leads_to_the_copy_to_the_live_page_or_nowhere(extent):
    said = Piece(
        kind="html",
        text="<p><a href='./compare?place=W92000004&amp;lang=cy&amp;measure=hate_crimes#compare_dots'>a</a>"
        "<a href='./migration?lang=en'>b</a><a href='https://ons.example/'>c</a></p>",
    )
    body = made(extent, said).body
    assert '<a href="../../cy/W92000004/compare-hate_crimes.html#compare_dots">a</a>b<a href="https://ons' in body
    live = replace(extent, live="https://trends.example/x")
    assert '<a href="https://trends.example/x/migration?lang=en">b</a>' in made(live, said).body


@pytest.mark.parametrize("asked", ["with=W06000014", "from=2015", "since=2026-01-01", "part=asian", "measure=none"])
def test_what_a_link_asks_for_and_the_copy_does_not_show_is_not_led_to_something_else(extent, asked):
    assert extent.located(f"./compare?place=W06000015&lang=en&{asked}", here=HERE) is None


def test_a_choice_that_a_page_only_remembers_is_no_other_page(extent):
    assert extent.located("./facts?place=W06000015&lang=en&year=2019&layer=x", here=HERE) == "facts.html"


def test_what_is_folded_is_put_in_its_place_also_within_what_is_folded(extent):
    deep = "<details data-inside='&lt;p&gt;deep &amp;amp; low&lt;/p&gt;'><summary>in</summary></details>"
    carried = escape(deep)
    folded = Piece(kind="html", text=f'<details data-inside="{carried}"><summary>out</summary></details>')
    body = made(extent, folded).body
    assert "data-inside" not in body
    assert "<summary>out</summary><details><summary>in</summary><p>deep &amp; low</p></details></details>" in body


def test_a_heading_goes_with_the_picker_that_alone_stood_under_it(extent):
    heading = Piece(kind="html", text='<h2 id="since">Since when?</h2>')
    contents = Piece(kind="html", text="<nav class='ct-contents'><ul><li><a href='#since'>Since</a></li></ul></nav>")
    other = Piece(kind="html", text="<section><h2 id='next'>Next</h2></section>")
    picker = Piece(kind="text_input")
    assert "since" not in made(extent, contents, heading, picker, other).body
    assert 'id="since"' in made(extent, heading, picker, Piece(kind="html", text="<p>List</p>"), other).body
    assert 'id="since"' in made(extent, heading, other).body


def test_a_trail_says_nothing_of_places_that_have_no_page(extent):
    below = "<p>Further in:</p><ul><li><a href='./home?place=E1'>x</a></li></ul>"
    nav = f"<nav class='ct-trail'><ol><li>Cardiff</li></ol>{below}</nav>"
    assert "Further" not in made(extent, trail=nav).trail


def test_a_text_to_copy_stays_as_it_was_written(extent):
    body = made(extent, Piece(kind="code", text="Dear <police>,\n  how many?")).body
    assert '<pre class="ct-text">Dear &lt;police&gt;,\n  how many?</pre>' in body
