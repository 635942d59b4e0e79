"""What the looks for new releases found, as a feed in each language, for whoever follows rather than is written to.

The awkward fact: each look knows what it found alone, and a feed holds what was found before as well. So the feed that
stands is read again, and one that cannot be read begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cohesion import atom

FEED = "new-releases.{lang}.atom"
MOST = 40  # entries
AUTHOR = {"en": "Cohesion Trends", "cy": "Tueddiadau Cydlyniant"}
TITLE = {
    "en": "Cohesion Trends: what looks for new figures found",
    "cy": "Tueddiadau Cydlyniant: beth a gafwyd wrth chwilio am ffigurau newydd",
}


@dataclass(frozen=True, kw_only=True)
class News:
    """What one look found, in a language: what tells it from others, its day, its title and its lists."""

    mark: str
    day: date
    title: str
    parts: Sequence[atom.Part]


def is_whole(feed: bytes) -> bool:
    """Tell whether a feed that was written before can be read."""
    return atom.entries_of(feed) is not None


def feed(before: bytes, news: News | None, *, lang: str) -> bytes:
    """Return the feed of a language with what a look found put first, or as it stands where that was told already."""
    entries = atom.entries_of(before) or []
    if news:
        name = f"new-releases:{news.day}:{news.mark[:12]}:{lang}"
        entries.insert(0, atom.entry(name, title=news.title, updated=f"{news.day}T00:00:00Z", content=news.parts))
    whole = atom.head(
        f"new-releases:{lang}",
        title=TITLE[lang],
        updated=atom.moment_of(entries[0]) if entries else atom.NEVER,
        author=AUTHOR[lang],
        own=FEED.format(lang=lang),
        lang=lang,
    )
    whole.extend(entries[:MOST])
    return atom.serialised(whole)
