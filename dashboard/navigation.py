"""The pages, in the order of the navigation: read by it, by the server and by the search.

The awkward fact: the council's own figures have pages too, and the dashboard must not know them. So whoever serves them
says so here before the first page is drawn (`join`); where nobody did, there is no page, no address and no upload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# The text of each page's first heading, which may name the place.
TITLES: Mapping[str, str] = {
    "home": "home.title",
    "hate_crime": "hate_crime.title",
    "migration": "migration.title",
    "sanctuary": "sanctuary.title",
    "profile": "profile.title",
    "by_group": "by_group.page_title",
    "facts": "facts.title",
    "compare": "compare.title",
    "briefings": "briefings.title",
    "data_and_methods": "data.title",
    "search": "search.title",
}
PAGES = tuple(TITLES)
UNLISTED = ("search",)  # its box stands on every page
FOLDER = "../pages"  # where a page's script stands, seen from `main.py`


@dataclass(frozen=True, kw_only=True)
class Group:
    """Pages of another room under a name of their own, with what the server lets through for them."""

    title: str  # the key of the name in the navigation
    folder: str  # where the pages' scripts stand, seen from `main.py`
    pages: tuple[str, ...] = ()
    long: frozenset[str] = frozenset()  # pages with a list of what they hold
    of_one_place: frozenset[str] = frozenset()  # pages on which places beside it, and years, would change nothing
    of_no_place: frozenset[str] = frozenset()  # pages on which a place would change nothing either
    routes: frozenset[str] = frozenset()  # how addresses begin that are answered without a page
    may_upload: Callable[[Mapping[str, Any]], bool] = lambda _: False


class PageEnded(Exception):  # noqa: N818
    """A page has said all that it has to say before its end; what stands around it is drawn all the same."""


NOBODY = Group(title="", folder=FOLDER)
_JOINED = [NOBODY]


def join(group: Group) -> None:
    """Show the pages of a room beside ours from now on; `NOBODY` takes them off again."""
    _JOINED[:] = [group]


def joined() -> Group:
    """Return the pages of another room, none of them where nobody joined."""
    return _JOINED[0]


def every_page() -> tuple[str, ...]:
    """Return every page there is: ours, and those that joined."""
    return (*PAGES, *joined().pages)
