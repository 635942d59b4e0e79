"""An HTML file as a strict reader meets it: what its parts are, and what it would fetch."""

from __future__ import annotations

import re

from lxml import etree, html

FETCHES = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")


def read(file: bytes) -> html.HtmlElement:
    """Parse a file, which says itself that it is UTF-8."""
    assert file.startswith(b"<!doctype html>")
    return html.document_fromstring(file, parser=html.HTMLParser(encoding="utf-8"))


def text_of(part: html.HtmlElement) -> str:
    """Return the words of a part, its white space made plain."""
    return " ".join(part.text_content().split())


def heading_levels(part: html.HtmlElement) -> list[int]:
    return [int(h.tag[1]) for h in part.iter("h1", "h2", "h3", "h4", "h5", "h6")]


def skipped_levels(levels: list[int]) -> list[tuple[int, int]]:
    """Return where a heading is more than one level below the one before it."""
    return [(a, b) for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]


def repeated_ids(page: html.HtmlElement) -> set[str]:
    ids = page.xpath("//@id")
    return {one for one in ids if ids.count(one) > 1}


def broken_references(page: html.HtmlElement) -> set[str]:
    """Return the ids that labels and links of the page point to and that are not there."""
    named = {one for value in page.xpath("//@aria-labelledby | //@aria-describedby") for one in value.split()}
    named |= {link[1:] for link in page.xpath("//a/@href[starts-with(., '#')]")}
    return named - set(page.xpath("//@id"))


def fetched(page: html.HtmlElement) -> list[str]:
    """Return every address from which a browser would fetch something to show the page."""
    found = [element.get(name) for element in page.iter(etree.Element) for name in FETCHES if element.get(name)]
    found += page.xpath("//link/@href") + page.xpath("//image/@href | //use/@href")
    styles = " ".join([*page.xpath("//style/text()"), *page.xpath("//@style")])
    found += re.findall(r"url\(\s*[\"']?([^\"')]+)", styles) + re.findall(r"@import\s+(\S+)", styles)
    return [address for address in found if not address.startswith("data:")]


def bare_tables(page: html.HtmlElement) -> list[str]:
    """Return the tables without a caption or with a header cell that does not say what it heads."""
    return [
        text_of(table)[:80]
        for table in page.iter("table")
        if not table.xpath("caption[normalize-space()]")
        or not table.xpath("thead//th")
        or table.xpath(".//th[not(@scope)] | .//th[not(normalize-space())] | thead//td")
    ]


def unnamed_pictures(page: html.HtmlElement) -> list[str]:
    """Return the drawings that neither have a name nor stand inside a picture that has one."""
    return page.xpath("//*[@role='img'][not(normalize-space(@aria-label))] | //svg[not(ancestor::*[@role='img'])]")
