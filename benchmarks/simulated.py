"""Made-up quarterly counts with a season, a growth and a spread: what the statistics are tried on, the same every run.

The awkward fact: real series never tell what was ordinary. Only where we made the counts ourselves do we know.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20261129
SEASONS = {
    "none": (1.0, 1.0, 1.0, 1.0),
    "South Wales": (0.83, 1.02, 1.15, 1.00),  # January to March first
    "steep": (0.80, 1.00, 1.22, 0.98),
}


@dataclass(frozen=True, kw_only=True)
class Process:
    """How counts are made: their mean in the year of the newest quarter, season, growth a year, and spread (φ)."""

    mean: float = 300.0
    season: str = "South Wales"
    growth: float = 0.045
    phi: float = 2.6
    quarters: int = 33

    def counts(self, rng: np.random.Generator, *, newest: int, rise: float = 1.0) -> NDArray[np.float64]:
        """Return counts whose newest is of the quarter `newest` (0 is January to March), its mean times `rise`."""
        number = np.arange(self.quarters)
        effects = np.array(SEASONS[self.season])
        quarter = (number - self.quarters + 1 + newest) % 4
        years = (number - self.quarters + 1) / 4
        means = self.mean * effects[quarter] / effects.mean() * (1 + self.growth) ** years
        means[-1] *= rise
        return self.spread_around(means, rng)

    def spread_around(self, means: float | NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
        """Return counts around their means, spread (as a variance) `phi` times as widely as chance."""
        if self.phi == 1:
            return np.asarray(rng.poisson(means), dtype=np.float64)
        return np.asarray(rng.poisson(rng.gamma(means / (self.phi - 1), self.phi - 1)), dtype=np.float64)


def series_per_number(description: str | None) -> int:
    """Return how many series each number is to be made from, as the command line says, and print it with the seed."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500, help="simulated series for each number")
    runs: int = parser.parse_args().runs
    print(f"{runs} series for each number, seed {SEED}")
    return runs


def share(hits: int, of: int) -> str:
    """Write a share in per cent."""
    return f"{hits / of * 100:.1f}%"
