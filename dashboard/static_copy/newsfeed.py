"""What was released for a place, as the live feed tells it, with links to where the copy has it.

The awkward fact: a feed without an address of its own can only lead from where it stands, which some readers of feeds
cannot follow. So whoever says where the copy will stand (`--address`) gets whole addresses.
"""

from __future__ import annotations

from lxml import etree

from cohesion.atom import ATOM, serialised
from dashboard import queries
from dashboard.static_copy.extent import Extent, Spot
from dashboard.web.feed import feed as live_feed

FEED = "feed.atom"


def feed(here: Spot, extent: Extent) -> bytes:
    """Return the feed of the place and language of a page, which stands beside it."""
    place = queries.area(here.place, build=extent.build)
    whole = etree.fromstring(live_feed(place, lang=here.lang, build=extent.build, root="."))
    for link in whole.iter(f"{{{ATOM}}}link"):
        own = link.get("rel") == "self"
        target = FEED if own else extent.located(link.get("href", ""), here=here)
        if target is None:  # a page that is not part of the copy
            target = here.way_to(here.path)
        link.set("href", f"{extent.address}/{here.folder}/{target}" if extent.address else target)
    return serialised(whole)
