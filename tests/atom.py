"""Whether a feed is one: what RFC 4287 asks of a feed and of each of its entries."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from cohesion.atom import ATOM, XHTML

ONCE = ("id", "title", "updated")


def valid(feed: bytes) -> etree._Element:
    """Return the root of a feed that is valid; fail with what it lacks."""
    root = etree.fromstring(feed)
    assert root.tag == f"{{{ATOM}}}feed"
    entries = root.findall(f"{{{ATOM}}}entry")
    for one in (root, *entries):
        for name in ONCE:
            (element,) = one.findall(f"{{{ATOM}}}{name}")
            assert (element.text or "").strip(), name
        assert urlsplit(one.findtext(f"{{{ATOM}}}id")).scheme
        assert datetime.fromisoformat(one.findtext(f"{{{ATOM}}}updated")).tzinfo
        links = [(link.get("rel"), link.get("href")) for link in one.findall(f"{{{ATOM}}}link")]
        assert len(links) == len({rel for rel, _ in links})
        assert all(href for _, href in links)
    assert root.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    assert len({one.findtext(f"{{{ATOM}}}id") for one in (root, *entries)}) == 1 + len(entries)
    for one in entries:
        content, leads = one.find(f"{{{ATOM}}}content"), one.find(f"{{{ATOM}}}link[@rel='alternate']")
        assert content is not None or leads is not None  # 4.1.2: without content it leads to where it is told
        if content is not None:
            assert [content.get("type"), *(child.tag for child in content)] == ["xhtml", f"{{{XHTML}}}div"]
    return root
