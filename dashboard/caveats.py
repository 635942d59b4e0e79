"""What a figure does not tell, as values: the words, what they explain, and how much is lost without them.

The awkward fact: every form has less room than the last, and what stands last is cut first. So a caveat says by itself
how heavy it is, and the heaviest of a figure is cut in no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeAlias

from dashboard.i18n.text import W, Wording, say
from dashboard.model import Break, Source


class Weight(IntEnum):
    """How much is lost where a caveat is not read."""

    COMPLETES = 1  # how a number was worked out, whose boundaries are drawn
    TELLS = 2  # what is counted and what is left out
    MISLEADS = 3  # the figure alone would be taken for something that it is not


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter that small charts give to a break."""

    letter: str


@dataclass(frozen=True, kw_only=True)
class Range:
    """The shaded range of what was expected."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """The numbers on an axis that stand for events."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the reader chose for the figure: a day, what its numbers are, ranges that are not drawn."""


Explained: TypeAlias = Letter | Range | Events | Choice | Break | Source | None


@dataclass(frozen=True, kw_only=True)
class Caveat(Generic[W]):
    """One thing a figure does not tell; `explains` is the mark, break or source it is about, None of the whole."""

    text: W | str
    explains: Explained = None
    weight: Weight = Weight.TELLS


# A text weighs the same wherever it is said; those that stand in neither list tell what is counted.
MISLEADING = frozenset(
    {
        *(
            "abroad.ended",
            "afghan_schemes.kingdom",
            "afghan_schemes.placed",
            "all_crime.no_share",
            "asylum_map.placed",
            "by_group.bases",
        ),
        *("at.since", "beside.of_few", "beside.rates_within", "ranges.hidden", "unit.least", "unit.rates_within"),
        *("caravans.not_people", "caveat.force_not_place", "caveat.less_recorded", "caveat.more_recorded"),
        *("caveat.recorded_changes", "census.gypsy_roma_caveat", "charged.not_compared", "children.not_in_care"),
        *("cohesion.wales_only", "compare.count_only", "compare.not_worse"),
        *("components.older_series", "deprivation.places", "forces.not_a_ranking", "guests.no_trend"),
        *("kind.cumulative.explained", "kind.stock.explained", "migration.inflows_no_sum"),
        *("modern_slavery.not_victims", "population.estimate", "population_map.unclear", "projected.not_all"),
        *("projected_line.not_joined", "proxies.not_migrants", "referrals_county.whole", "referrals_kingdom.no_wales"),
        *("rra_place.left_out", "rra_place.shared", "rra_place.unusable", "rra_unassigned.never_shared"),
        *("schemes.not_leaving", "settlement.few", "settlement.not_people", "small_areas.areas_not_people"),
        *("strand.no_sum", "yearly.uncertain"),
    }
)
COMPLETING = frozenset(
    {
        *("caveat.sum_of_members", "compare.map.hex_licence", "compare.no_sites", "deprivation.our_count"),
        *("forces.city_of_london", "map.attribution", "yearly.derived"),
    }
)


def caveat(key: str, explains: Explained = None, /, **values: Wording | int) -> Caveat[Wording]:
    """Return a caveat of the catalogue by its key, as heavy as that is everywhere."""
    weight = Weight.MISLEADS if key in MISLEADING else Weight.COMPLETES if key in COMPLETING else Weight.TELLS
    return Caveat(text=say(key, **values), explains=explains, weight=weight)


def each_once(caveats: Iterable[Caveat[W]]) -> tuple[Caveat[W], ...]:
    """Return caveats with each text once, where it comes first."""
    by_text: dict[Any, Caveat[W]] = {}
    for one in caveats:
        by_text.setdefault(one.text, one)
    return tuple(by_text.values())


def heaviest(caveats: Sequence[Caveat[W]], *, most: int) -> tuple[Caveat[W], ...]:
    """Return the `most` heaviest caveats in their order, among equals the first, and beside them what a choice asks.

    What is said of a reader's choice takes no room from what the figure itself does not tell.
    """
    own = [number for number, one in enumerate(caveats) if not isinstance(one.explains, Choice)]
    heavy_ones = sorted(own, key=lambda number: -caveats[number].weight)[:most]
    return tuple(one for number, one in enumerate(caveats) if number in heavy_ones or number not in own)


def at_once(caveats: Sequence[Caveat[W]], *, most: int) -> tuple[Caveat[W], ...]:
    """Return what stands with a figure at first sight: the `most` heaviest, and what is drawn on it without words.

    Letters are explained everywhere; a range and events are where there is room for more than the heaviest alone.
    """
    heavy_ones = heaviest(caveats, most=most)
    drawn = Letter | Range | Events if most > 1 else Letter
    return tuple(one for one in caveats if one in heavy_ones or isinstance(one.explains, drawn))
