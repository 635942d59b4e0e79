"""The pages, in the order of the navigation: read by it, by the server and by the search."""

from __future__ import annotations

PAGES = (
    "home",
    "hate_crime",
    "migration",
    "sanctuary",
    "profile",
    "by_group",
    "facts",
    "compare",
    "briefings",
    "data_and_methods",
    "search",
)
UNLISTED = ("search",)  # its box stands on every page
