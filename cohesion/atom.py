"""A feed as RFC 4287 has it: what was released, what is coming, and what a look for new releases brought to light.

The awkward fact: whoever follows a feed is told of each entry once, by its name. So a name never changes and is never
given twice, and an entry has the moment of what it tells, not of when it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
MIME = "application/atom+xml"
NEVER = "2000-01-01T00:00:00Z"  # when a feed without entries was last new
Part = tuple[str, Sequence[str]]  # a sentence, and a list under it
_NAMES: dict[Any, str] = {None: ATOM}
_TAG = "tag:cohesion-trends,2026:"


def head(name: str, *, title: str, updated: str, author: str, own: str, address: str = "", lang: str) -> etree._Element:
    """Return a feed without entries: its name for ever, title, last moment, author, own address and that of a page."""
    whole = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    whole.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    _child(whole, "id", f"{_TAG}{name}")
    _child(whole, "title", title)
    _child(whole, "updated", updated)
    _child(_child(whole, "author"), "name", author)
    _link(whole, "self", own)
    _link(whole, "alternate", address)
    return whole


def entry(
    name: str, *, title: str, updated: str, address: str = "", summary: str = "", content: Sequence[Part] = ()
) -> etree._Element:
    """Return an entry: its name for ever, title and moment; the address that tells more, or the whole of it."""
    one = etree.Element(f"{{{ATOM}}}entry", nsmap=_NAMES)
    _child(one, "id", f"{_TAG}{name}")
    _child(one, "title", title)
    _child(one, "updated", updated)
    _link(one, "alternate", address)
    if summary:
        _child(one, "summary", summary)
    if content:
        _child(one, "content").append(_lists(content))
        one[-1].set("type", "xhtml")
    return one


def serialised(whole: etree._Element) -> bytes:
    """Return a feed as the bytes that are sent."""
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")


def entries_of(feed: bytes) -> list[etree._Element] | None:
    """Return the entries of a feed that was written before, None of one that cannot be read."""
    try:
        whole = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return whole.findall(f"{{{ATOM}}}entry")


def moment_of(entry: etree._Element) -> str:
    """Return the moment of an entry."""
    return entry.findtext(f"{{{ATOM}}}updated", NEVER)


def _child(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = text or None
    return child


def _link(parent: etree._Element, rel: str, address: str) -> None:
    if address:
        etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": address})


def _lists(parts: Sequence[Part]) -> etree._Element:
    whole = etree.Element(f"{{{XHTML}}}div", nsmap={None: XHTML})  # type: ignore[dict-item] # as lxml takes a default
    for sentence, items in parts:
        etree.SubElement(whole, f"{{{XHTML}}}p").text = sentence
        listed = etree.SubElement(whole, f"{{{XHTML}}}ul") if items else whole
        for item in items:
            etree.SubElement(listed, f"{{{XHTML}}}li").text = item
    return whole
