"""What was released for a place, newest first: what the feed tells, and Home lists since a day.

The awkward fact: a release is of a publication, and a reader looks for a figure. So each leads to the block that shows
the first of its measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from dashboard import queries, store
from dashboard.figures.where import block_of, page_of
from dashboard.model import Area, Source


@dataclass(frozen=True, kw_only=True)
class Release:
    """One edition of one publication that holds figures of a place: of which measures."""

    source: Source
    measures: tuple[str, ...]

    @property
    def block(self) -> str:
        """Where the first of its measures is shown."""
        return block_of(self.measures[0])

    @property
    def page(self) -> str:
        """The page that block stands on."""
        return page_of(self.block)


def releases(place: Area, *, build: str) -> tuple[Release, ...]:
    """Return the releases that hold figures shown for a place: its own and its police force's; newest first."""
    areas = {place.code, queries.police_area(place.code, build=build).code, *place.members}
    rows = store.tuples(store.question("sources_of_places"), {"areas": sorted(areas)}, build=build)
    sources = queries.sources(build=build)
    every = (
        Release(source=sources[source], measures=tuple(measure for _, measure in of_one))
        for source, of_one in groupby(rows, key=itemgetter(0))
    )
    return tuple(sorted(every, key=lambda one: (one.source.first_day, one.source.code), reverse=True))
