"""Tables as councils have them, made up by a seed: quarters and years, strands and totals, Cardiff with the Vale."""

from __future__ import annotations

import random

from local_figures.control.model import Bound, Sum, Table

PLACES = ("cardiff", "vale", "bridgend", "newport")
WHOLES = {"cardiff_and_vale": ("cardiff", "vale"), "south": ("cardiff", "vale", "bridgend")}


def table(seed: int, *, most_places: int = 4, most_strands: int = 5, zeros: float = 0.25) -> Table:
    """Return a random table, the same for the same seed; `zeros` of its counts are none."""
    chance = random.Random(seed)
    places = PLACES[: chance.randint(1, most_places)]
    wholes = {whole: parts for whole, parts in WHOLES.items() if set(parts) <= set(places)}
    strands = tuple(f"s{n}" for n in range(chance.randint(1, most_strands)))
    quarters = tuple(f"q{n}" for n in range(chance.choice((1, 2, 4))))
    add_up = chance.random() < 0.6
    counts, sums, bounds = {}, [], []
    for place in places:
        level = chance.choice((0.5, 2, 4, 8, 20))
        for quarter in quarters:
            for strand in strands:
                counts[place, quarter, strand] = _count(chance, level, zeros)
            parts = tuple((place, quarter, strand) for strand in strands)
            whole = (place, quarter, "total")
            if add_up:
                counts[whole] = sum(counts[part] for part in parts)
                sums.append(Sum(total=whole, parts=parts))
            else:
                biggest, most = max(counts[p] for p in parts), sum(counts[p] for p in parts)
                counts[whole] = chance.randint(biggest, most)
                bounds.append(Bound(at_most=(whole,), of=parts))
                bounds.extend(Bound(at_most=(part,), of=(whole,)) for part in parts)
    categories = (*strands, "total")
    if len(quarters) > 1:
        _add(counts, sums, [((p, "year", c), tuple((p, q, c) for q in quarters)) for p in places for c in categories])
    periods = (*quarters, "year") if len(quarters) > 1 else quarters
    for whole, parts in wholes.items():
        _add(counts, sums, [((whole, q, c), tuple((p, q, c) for p in parts)) for q in periods for c in categories])
    for place in (*places, *wholes):
        for period in periods:
            if add_up and (place in wholes or period == "year"):
                parts = tuple((place, period, s) for s in strands)
                sums.append(Sum(total=(place, period, "total"), parts=parts))
    return Table(counts=counts, sums=tuple(sums), bounds=tuple(bounds))


def _count(chance: random.Random, level: float, zeros: float) -> int:
    return 0 if chance.random() < zeros else int(chance.expovariate(1 / level))


def _add(counts, sums, wholes):
    for whole, parts in wholes:
        counts[whole] = sum(counts[part] for part in parts)
        sums.append(Sum(total=whole, parts=parts))
