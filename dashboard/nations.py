"""The nation whose places are shown, as one value: what they stand beside, what they are drawn on, what is theirs.

The awkward fact: the data know every authority of the United Kingdom, and only our texts know Wales alone. So whatever
asks which nation is meant asks here; how many places of a kind it has is in areas.csv, by date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cohesion.vocabulary import ENGLAND_AND_WALES, UNITED_KINGDOM, WALES, nation_of

BOUNDARIES = "app/static/boundaries/{name}.geojson"


@dataclass(frozen=True, kw_only=True)
class Nation:
    """A nation by its code: `benchmark` is what its places stand beside.

    `outlines` are the addresses of its boundaries by kind of area, and "hex" for its hexagons; `scopes` are the areas
    whose events touched it.
    """

    code: str
    benchmark: str
    outlines: Mapping[str, str]
    scopes: tuple[str, ...]

    def has(self, code: str) -> bool:
        """Tell whether a place lies in the nation, by its code."""
        return nation_of(code) == self.code


HOME = Nation(
    code=WALES,
    benchmark=WALES,
    outlines=MappingProxyType(
        {
            "local_authority": BOUNDARIES.format(name="wales_la"),
            "police_force": BOUNDARIES.format(name="wales_pfa"),
            "hex": BOUNDARIES.format(name="wales_hex"),
        }
    ),
    scopes=(UNITED_KINGDOM, ENGLAND_AND_WALES, WALES),
)
KINGDOM_OUTLINES = BOUNDARIES.format(name="uk_la")  # for places like ours elsewhere
