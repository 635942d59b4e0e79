"""Pictures opened in other programs, maps without their outlines, a dashboard below a path, and a larger font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Route, expect

from dashboard import queries
from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PATIENCE, link, serving, settle, visit
from tests.browser.proxying import SOCKETS, proxied

NEWPORT = "W06000022"
FORBIDDEN = re.compile(
    r"rgba\(|transparent|draglayer|hoverlayer|zoomlayer|url\(&quot;(?!#)|url\((?!#|&quot;)|<script|foreignObject"
    r'|class="line" dy="[1-9]'
)

# A browser saves ten files of a page that nobody pressed for, and no more: what would be saved is caught before.
CAUGHT = """() => {
  URL.createObjectURL = (blob) => { window.caught = blob; return '#'; };
  HTMLAnchorElement.prototype.click = () => {};
}"""


@pytest.mark.parametrize("page", ["home", "hate_crime", "migration", "sanctuary", "profile", "compare"])
def test_every_picture_is_painted_as_other_programs_understand(tab, site, page):
    visit(tab, site, page, lang="cy", place=NEWPORT)
    tab.evaluate(CAUGHT)
    buttons = tab.locator("[data-kind=svg]")
    expect(buttons.first).to_be_attached()
    for button in buttons.all():
        button.evaluate("(b) => b.click()")
        text = tab.evaluate("window.caught.text()")
        fonts = re.findall(r"font-family: ?([^;]+);", text.replace("&quot;", "'"))
        assert FORBIDDEN.findall(text) == []
        assert "Arial" in text
        assert [font for font in fonts if "sans-serif" not in font] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_whose_outlines_do_not_come_says_so_on_screen_and_on_paper(tab, site, lang):
    tab.route("**/boundaries/*.geojson", lambda route: route.abort())
    tab.goto(link(site, "compare", lang=lang, place=NEWPORT))
    chart = tab.locator(".ct-undrawn").first
    expect(chart).to_have_text(t("figure.undrawn", lang=lang))
    expect(tab.locator("section:has(.ct-undrawn) details.ct-rows[open] td").first).to_be_visible()
    tab.emulate_media(media="print")
    expect(chart).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_map_whose_outlines_are_slow_says_so_on_paper_and_is_drawn_when_they_come(tab, site, lang):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tab.route("**/boundaries/*.geojson", hold)
    tab.goto(link(site, "compare", lang=lang, place=NEWPORT))
    waiting = tab.locator(".ct-chart[data-coming]")
    expect(waiting.first).to_be_visible()
    tab.emulate_media(media="print")
    said = "(e) => getComputedStyle(e, '::before').content"
    assert t("figure.undrawn", lang=lang) in waiting.first.evaluate(said)
    tab.emulate_media(media="screen")
    for route in held:
        route.continue_()
    expect(waiting).to_have_count(0)
    settle(tab)


@pytest.mark.parametrize(("asked", "shown", "along"), [(16, "17px", "14px"), (24, "25.5px", "21px")])
def test_the_font_size_that_a_reader_asked_of_the_browser_counts_in_charts_too(chrome, site, asked, shown, along):
    context = chrome.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": asked}})
    visit(tab, site, "hate_crime", lang="cy", place=NEWPORT)
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == shown
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    chart = tab.locator(".ct-chart").first
    letters, box, drawn = chart.evaluate("""(chart) => [getComputedStyle(chart.querySelector('.ytick text')).fontSize,
      chart.clientHeight, chart.querySelector('.main-svg').clientHeight]""")
    assert letters == along
    assert abs(box - drawn) <= 1
    context.close()


@pytest.fixture(scope="module")
def below(build: str) -> Iterator[str]:
    """Return the address of a dashboard that is told of the path it stands below."""
    with serving(below="/cohesion") as address:
        yield address


@pytest.fixture(scope="module")
def behind(site: str, tmp_path_factory) -> Iterator[str]:
    """Return the address of a dashboard below a path that a proxy takes off and the server does not know."""
    with proxied(site, tmp_path_factory.mktemp("nginx"), more=SOCKETS) as address:
        yield address


@pytest.fixture(scope="module")
def without_sockets(site: str, tmp_path_factory) -> Iterator[str]:
    """Return the address of a dashboard behind a proxy that knows no websockets."""
    with proxied(site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


class Quiet(SimpleHTTPRequestHandler):
    """A page of an intranet, on another port: another origin to a browser."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_figure_stands_in_a_page_of_an_intranet_and_a_page_of_ours_does_not(tab, site, tmp_path):
    figure, whole = f"{site}/embed/population?place={NEWPORT}&lang=cy", f"{site}/migration?place={NEWPORT}&lang=cy"
    frames = f"<iframe id='figure' src='{figure}'></iframe><iframe src='{whole}'></iframe>".replace("&", "&amp;")
    (tmp_path / "index.html").write_text(frames, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as intranet:
        Thread(target=intranet.serve_forever, daemon=True).start()
        with tab.expect_event("requestfailed", lambda request: request.url == whole) as refused:
            tab.goto(f"http://127.0.0.1:{intranet.server_port}/")
        assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
        expect(tab.frame_locator("#figure").get_by_role("heading").first).to_be_visible()
        intranet.shutdown()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_behind_a_proxy_without_websockets_a_page_keeps_its_first_words_and_says_what_is_held_back(
    tab, without_sockets, lang
):
    tab.goto(link(without_sockets, "migration", lang=lang, place=NEWPORT))
    expect(tab.get_by_text(t("opening.broken", lang=lang))).to_be_visible(timeout=PATIENCE)
    expect(tab.get_by_text(t("opening.waiting", lang=lang))).to_be_hidden()
    expect(tab.locator("#ct-opening p").nth(1)).to_contain_text(re.compile(r"\d"))


@pytest.mark.parametrize("way", ["below", "behind"])
def test_a_dashboard_below_a_path_of_its_host_works_as_at_the_root(tab, request, build, way):
    base = request.getfixturevalue(way)
    place = queries.area(NEWPORT, build=build)
    failed: list[str] = []
    tab.on(
        "response", lambda a: failed.append(f"{a.status} {a.url}") if a.status >= 400 and "_stcore" not in a.url else 0
    )
    visit(tab, base, "compare", lang="cy", place=NEWPORT)
    expect(tab.locator(".choroplethlocation").nth(10)).to_be_attached()
    tab.get_by_role("link", name=t("nav.migration", lang="cy"), exact=True).click()
    expected = t("migration.title", lang="cy", in_place=place.in_.text("cy"), place=place.name.text("cy"))
    expect(tab.locator("h1#content")).to_have_text(expected)
    settle(tab)
    tab.wait_for_url(f"{base}/migration?*")
    with tab.expect_download() as download:
        tab.locator("#block_population a.ct-file").first.click()
    assert download.value.failure() is None
    tab.locator(".ct-footer a").click()
    tab.wait_for_url(f"{base}/data_and_methods?*")
    settle(tab).go_back()
    expect(tab.locator("h1#content")).to_have_text(expected)
    assert tab.goto(f"{base}/no_such_page?lang=cy").status == 404
    tab.get_by_role("link", name=t("presenter.first_page", lang="cy")).click()
    tab.wait_for_url(f"{base}/?*")
    settle(tab)
    visit(tab, base, "Hate_Crime", lang="cy", place=NEWPORT)
    tab.wait_for_url(f"{base}/hate_crime?*")
    assert [one for one in failed if "no_such_page" not in one] == []
    assert tab.goto(f"{base}/health").text() == build
    assert tab.goto(f"{base}/present?lang=cy&place=newport").status == 200
