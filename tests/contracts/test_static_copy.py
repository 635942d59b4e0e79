"""The static copy shows what the live pages show: every page, every figure, every value, in both languages."""

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

import pytest
from lxml import etree, html

from cohesion.atom import ATOM
from dashboard import queries
from dashboard.figure import Figure, View
from dashboard.figures import catalogue
from dashboard.files import FORMS
from dashboard.i18n import LANGUAGES
from dashboard.navigation import PAGES
from dashboard.static_copy import briefings, site
from dashboard.static_copy.extent import Spot, every_spot
from dashboard.static_copy.plain import WIDTHS
from dashboard.tables import as_read
from dashboard.web.feed import feed
from dashboard.widgets.pickers import SUBJECTS
from tests.atom import valid


@pytest.fixture(scope="session")
def documents(copied):
    folder, _ = copied
    return {path: html.document_fromstring(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def words(element):
    return " ".join(element.text_content().split())


def test_every_public_page_stands_there_in_both_languages(copied, documents):
    folder, extent = copied
    for lang in extent.languages:
        for page in extent.pages:
            document = documents[folder / Spot(lang=lang, place="W06000015", page=page).path]
            assert document.get("lang") == lang
            assert len(document.xpath("//h1[@id='content']")) == 1
            assert not document.xpath("//*[@data-inside or @data-plot]")
    assert extent.pages == PAGES
    for kind in briefings.KINDS:
        for lang in extent.languages:
            document = documents[folder / briefings.path(kind, place="W06000015", lang=lang)]
            assert document.get("lang") == lang


def test_a_page_that_is_about_one_of_several_has_one_page_for_each(copied, documents):
    folder, extent = copied
    view = View(place=queries.area("W06000015", build=extent.build), lang="cy", build=extent.build)
    for page, code, figure in (("by_group", "religion", "by_group"), ("compare", "hate_crimes", "compare_dots")):
        spot = Spot(lang="cy", place="W06000015", page=page, choice=code)
        request = catalogue.with_usual(figure, view, **{SUBJECTS[page].name: code})
        shown = documents[folder / spot.path].xpath(f"//section[@id='block_{figure}']")
        same_figure(catalogue.answer(figure, request), request, shown[0], folder / spot.path, stem=f"{figure}-{code}")
        assert set(SUBJECTS[page].codes[1:]) == {
            path.stem.partition("-")[2] for path in (folder / spot.folder).glob(f"{page}-*.html")
        }


def test_every_figure_of_every_page_says_the_same_as_the_live_one(copied, documents):
    folder, extent = copied
    compared = 0
    for lang in extent.languages:
        view = View(place=queries.area("W06000015", build=extent.build), lang=lang, build=extent.build)
        for page in extent.pages:
            spot = Spot(lang=lang, place="W06000015", page=page)
            for entry in catalogue.on_page(page):
                request = catalogue.with_usual(entry.code, view)
                block = catalogue.answer(entry.code, request)
                shown = documents[folder / spot.path].xpath(f"//section[@id='block_{entry.code}']")
                assert len(shown) == (block is not None), (spot.path, entry.code)
                if block is None:
                    continue
                text = words(shown[0])
                assert " ".join(block.title.split()) in text
                if isinstance(block, Figure):
                    compared += 1
                    same_figure(block, request, shown[0], folder / spot.path)
    assert compared > 100


def same_figure(figure, request, shown, document, *, stem=""):
    told, page, files = words(shown), document.read_text(encoding="utf-8"), document.parent / "figures"
    for text in (figure.subtitle, figure.own_sentence or figure.sentence, *figure.told_at_once(1)):
        assert " ".join(text.split()) in told
    rows = [[words(cell) for cell in row] for row in shown.xpath(".//table//tbody/tr")]
    assert rows == [[" ".join(cell.split()) for cell in row] for row in as_read(figure.table, lang=request.lang).rows]
    for source in figure.sources:
        assert source.url in shown.xpath(".//footer//a/@href")
    assert (
        page.count(f"<title>{escape(figure.title)}</title><desc>{escape(figure.alt)}</desc>")
        == len(WIDTHS) * figure.has_chart
    )
    for form in ("csv", "xlsx", *(("svg",) if figure.has_chart else ())):
        assert (files / f"{stem or figure.code}.{form}").read_bytes() == FORMS[form].make(figure, request)


def test_every_way_inside_leads_somewhere_and_none_begins_at_a_host(documents):
    named = {path: document.xpath("//@id") for path, document in documents.items()}
    for path, ids in named.items():
        assert len(ids) == len(set(ids)), path
    for path, document in documents.items():
        for address in document.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "data") or address == "./":
                continue
            assert not address.startswith("/"), (path, address)
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert there.is_file(), (path, address)
            assert not parts.fragment or parts.fragment in named[there], (path, address)


def test_nothing_is_fetched_from_anywhere_else(copied, documents):
    folder, _ = copied
    for document in documents.values():
        fetched = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
        assert not [one for one in fetched if urlsplit(one).scheme in ("http", "https")]
    for sheet in (folder / "assets").glob("*.css"):
        assert not re.findall(r"url\(['\"]?(?:https?:|//)|@import", sheet.read_text(encoding="utf-8"))


def test_headings_stand_in_order(documents):
    for path, document in documents.items():
        levels = [int(one.tag[1]) for one in document.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_the_copy_says_once_on_each_page_what_it_is(copied, documents):
    _, extent = copied
    for path, document in documents.items():
        if path.parts[-3] in LANGUAGES:
            assert len(document.xpath("//header/p[@class='ct-notice'][contains(., '29 ')]")) == 1
            assert extent.build in unescape(words(document.xpath("//footer[@class='ct-footer']")[0]))


def test_machines_are_told_of_every_page_where_its_address_is_known(copied):
    _, extent = copied
    assert b"Sitemap" not in site.files(extent)["robots.txt"]
    told = site.files(replace(extent, address="https://copy.example/cohesion"))
    assert b"Sitemap: https://copy.example/cohesion/sitemap.xml" in told["robots.txt"]
    places = re.findall(rb"<loc>(.*?)</loc>", told["sitemap.xml"])
    assert len(places) == len(list(every_spot(extent)))
    assert b"https://copy.example/cohesion/cy/W06000015/by_group-race.html" in places


def test_the_feed_tells_what_the_live_one_does_and_leads_to_pages_of_the_copy(copied):
    folder, extent = copied
    place = queries.area("W06000015", build=extent.build)
    entries = etree.fromstring(feed(place, lang="cy", build=extent.build, root=".")).findall(f"{{{ATOM}}}entry")
    told = valid((folder / "cy/W06000015/feed.atom").read_bytes())
    assert [one.findtext(f"{{{ATOM}}}title") for one in told.findall(f"{{{ATOM}}}entry")] == [
        one.findtext(f"{{{ATOM}}}title") for one in entries
    ]
    for link in told.iter(f"{{{ATOM}}}link"):
        assert (folder / "cy/W06000015" / link.get("href").partition("#")[0]).is_file()
