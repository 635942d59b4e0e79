"""What travels without the dashboard: embedded figures, cards, the feed, the list of pages, and "not found"."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngImageFile
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from cohesion import atom
from dashboard import files, queries, store
from dashboard.figure import Figure
from dashboard.figures.carded import refusal
from dashboard.figures.catalogue import BY_CODE
from dashboard.figures.releases import releases
from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import PAGES
from dashboard.routes import ROUTES
from dashboard.server import OTHER_ROUTES, SecurityHeaders
from dashboard.web import cards, embed, feed, site
from tests.atom import valid
from tests.every_block import usual_block
from tests.markup import read, text_of

HERE = "place=W06000015"
ATOM = {"a": atom.ATOM}


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    routes = [
        Route(embed.PATH, embed.respond),
        Route(cards.PATH, cards.respond),
        Route(feed.PATH, feed.respond),
        Route(site.ROBOTS, site.robots),
        Route(site.SITEMAP, site.sitemap),
        Route("/{path:path}", site.not_found),
    ]
    around = [Middleware(SecurityHeaders)]
    return TestClient(Starlette(routes=routes, middleware=around), base_url="https://trends.example.wales")


# ---- Embedded figures


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_embedded_figure_comes_whole_with_caveats_and_source(client, view, lang):
    figure = usual_block(view("W06000015", lang), code="strands_wales")
    page = read(client.get(f"/embed/strands_wales?{HERE}&lang={lang}").content)
    assert page.get("lang") == lang
    words = text_of(page)
    for part in (figure.title, figure.subtitle, figure.sentence, *figure.caveat_texts, *figure.chips):
        assert " ".join(part.split()) in words
    assert not page.xpath("//script | //img | //form")
    (way,) = page.xpath("//p[@class='open']/a/@href")
    assert way == f"../hate_crime?{HERE}&lang={lang}#strands_wales"


def test_every_figure_of_a_place_can_be_embedded(client, view):
    for code in BY_CODE:
        held = isinstance(usual_block(view("W06000015"), code=code), Figure)
        assert client.get(f"/embed/{code}?{HERE}").status_code == (200 if held else 404), code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_embedded_and_on_a_card_follows_every_choice(client, view, lang):
    for code, chosen in (("asylum_map", {"at": "2020-03-31"}), ("asylum_support", {"unit": "rate"})):
        figure = usual_block(view("W06000015", lang), code=code, **chosen)
        query = "&".join((HERE, f"lang={lang}", *(f"{name}={value}" for name, value in chosen.items())))
        page = read(client.get(f"/embed/{code}?{query}").content)
        assert figure.title in text_of(page)
        assert figure.title in client.get(f"/cards/{code}.txt?{query}").text
        assert client.get(f"/embed/{code}?{HERE}&{'&'.join(f'{n}=x' for n in chosen)}").status_code == 400
        (way,) = page.xpath("//p[@class='open']/a/@href")
        assert all(f"{name}={value}" in way for name, value in chosen.items())


def test_any_page_may_frame_it_until_the_keeper_names_those_that_may(client, monkeypatch):
    answer = client.get(f"/embed/population?{HERE}")
    assert answer.headers["content-security-policy"].endswith("frame-ancestors *")
    assert "x-frame-options" not in answer.headers
    assert "set-cookie" not in answer.headers
    monkeypatch.setenv(embed.FRAMERS, "https://intranet.example.wales https://*.gov.wales")
    policy = client.get(f"/embed/population?{HERE}").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://intranet.example.wales https://*.gov.wales")


@pytest.mark.parametrize("named", ["intranet", "https://a; script-src *", "*", "javascript:alert(1)"])
def test_a_host_that_is_none_is_refused_by_name(monkeypatch, named):
    monkeypatch.setenv(embed.FRAMERS, named)
    with pytest.raises(embed.BadFramersError, match="COHESION_FRAMED_BY: expected hosts such as https://"):
        embed.framers()


def test_no_other_page_may_be_framed(client):
    for address in ("/robots.txt", "/feed.atom", f"/cards/population.png?{HERE}", "/nothing"):
        assert client.get(address).headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "address", ["/embed/nope", "/embed/population?place=x", f"/embed/population?{HERE}&a=b", "/embed/"]
)
def test_an_embed_that_cannot_be_says_so_inside_the_frame(client, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert t("embed.none", lang="cy") in text_of(read(answer.content))


def test_a_build_that_todays_code_cannot_read_is_gone_for_embeds_and_cards_too(client, build, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise KeyError("no such column")

    monkeypatch.setattr(files, "read", broken)
    monkeypatch.setattr(store, "build_id", lambda: "0" * 12)
    for address in ("/embed/population", "/cards/population.txt"):
        assert client.get(f"{address}?build={build}").status_code == 410


# ---- Cards


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["population", "forces_compared", "asylum_map", "strands_wales", "rra_quarterly"])
def test_a_card_says_the_finding_what_it_is_of_its_caveat_and_its_source(client, view, code, lang):
    figure = usual_block(view("W06000015", lang), code=code)
    drawn = etree.fromstring(client.get(f"/cards/{code}.svg?{HERE}&lang={lang}").content)
    written = " ".join(" ".join(drawn.itertext()).split())
    for words in (figure.title, figure.subtitle, figure.told_at_once(1)[0]):
        assert " ".join(words.split()) in written
    assert t("figure.source", lang=lang) in written
    assert drawn.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


def test_every_card_stays_within_its_edges(client, view):
    for code in BY_CODE:
        figure = usual_block(view("W06000015"), code=code)
        if not isinstance(figure, Figure) or refusal(figure, view("W06000015")):
            continue
        drawn = etree.fromstring(client.get(f"/cards/{code}.svg?{HERE}").content)
        own = drawn.xpath("./*[local-name()='text']")
        assert all(float(line.get("y")) <= cards.WIDE.height for line in own), code


def test_the_picture_has_its_size_and_carries_its_text(client, view):
    answer = client.get(f"/cards/population.png?{HERE}")
    picture = Image.open(BytesIO(answer.content))
    assert (picture.size, answer.headers["content-type"]) == ((1200, 630), "image/png")
    picture.load()
    assert isinstance(picture, PngImageFile)
    assert picture.text["Description"] == cards.alt_of(usual_block(view("W06000015"), code="population"), lang="en")


def test_the_text_beside_a_card_can_be_pasted(client, view):
    figure = usual_block(view("W06000015", "cy"), code="population")
    told = client.get(f"/cards/population.txt?{HERE}&lang=cy").text
    assert told.startswith(figure.title)
    assert figure.told_at_once(1)[0] in told
    assert figure.sources[0].url in told


@pytest.mark.parametrize(
    "address", ["/cards/nope.png", "/cards/population.gif", "/cards/population", "/cards/population.png?lang=fr"]
)
def test_a_card_there_is_not_is_told(client, address):
    assert client.get(address).status_code in (400, 404)


# ---- The feed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_tells_the_releases_of_a_place_newest_first_each_under_a_name_of_its_own(client, build, lang):
    answer = client.get(f"/feed.atom?{HERE}&lang={lang}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    whole = valid(answer.content)
    place = queries.area("W06000015", build=build).name.text(lang)
    assert place in whole.findtext("a:title", namespaces=ATOM)
    moments = [one.text for one in whole.findall("a:entry/a:updated", ATOM)]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == whole.findtext("a:updated", namespaces=ATOM)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", one) for one in moments)
    names = [one.text for one in whole.findall("a:entry/a:id", ATOM)]
    assert (
        len(names)
        == len(set(names))
        == min(feed.MOST, len(releases(queries.area("W06000015", build=build), build=build)))
    )
    links = [one.get("href") for one in whole.findall("a:entry/a:link", ATOM)]
    assert {link.partition("?")[0].rpartition("/")[2] for link in links} <= set(PAGES)
    assert all(link.startswith("https://trends.example.wales/") for link in links)


def test_a_superseded_release_is_no_news(client, build):
    for one in releases(queries.area("XCAV", build=build), build=build):
        assert one.source.vintage == "current"


@pytest.mark.parametrize(
    "query", ["place=nope", "lang=fr", "since=2026", "place=<b>", "place=W06000015&place=W06000014"]
)
def test_a_feed_of_nothing_is_refused(client, query):
    answer = client.get(f"/feed.atom?{query}")
    assert answer.status_code == 400
    assert "<b>" not in answer.text


# ---- The site


@pytest.mark.parametrize("address", ["/feed.atom", "/robots.txt", "/sitemap.xml"])
def test_an_answer_that_names_the_host_is_kept_for_that_host_alone(client, address):
    assert client.get(address).headers["vary"] == "Host"


@pytest.mark.parametrize("folder", sorted(OTHER_ROUTES - {"health"}))
@pytest.mark.parametrize("more", ["/no/such/thing", "/x"])
def test_in_our_own_folders_there_is_nothing_but_ours(folder, more):
    answer = TestClient(Starlette(routes=list(ROUTES))).get(f"/{folder}{more}")
    assert answer.status_code in (404, 410)


def test_robots_are_told_what_may_be_read_and_where_the_pages_are(client):
    told = client.get("/robots.txt").text
    assert "Disallow: /api/" in told
    assert "Sitemap: https://trends.example.wales/sitemap.xml" in told


def test_the_list_of_pages_holds_every_page_of_every_place_and_its_twin(client, build):
    whole = etree.fromstring(client.get("/sitemap.xml").content)
    listed = whole.xpath("//*[local-name()='loc']/text()")
    assert len(listed) == len(set(listed)) == len(PAGES) * len(queries.places(build=build)) * len(LANGUAGES)
    twins = whole.xpath("//*[local-name()='url'][1]/*[local-name()='link']/@hreflang")
    assert twins == list(LANGUAGES)


@pytest.mark.parametrize(
    ("address", "home"), [("/nothing", "./"), ("/a/b", "../"), ("/figures/no/such.csv", "../../"), ("/a%2Fb", "./")]
)
def test_the_way_to_the_first_page_is_seen_from_where_the_reader_stands(client, address, home):
    ways = read(client.get(address).content).xpath("//section//a/@href")
    assert ways == [f"{home}?lang={lang}" for lang in LANGUAGES]


def test_not_found_is_said_in_both_languages_and_nothing_of_the_address_with_it(client):
    answer = client.get("/<b>nothing</b>")
    assert answer.status_code == 404
    page = read(answer.content)
    assert [part.get("lang") for part in page.iter("section")] == list(LANGUAGES)
    assert "nothing</b>" not in answer.text
