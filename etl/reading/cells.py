"""Questions about the cells of a column, asked of each distinct text once.

The awkward fact: tables give the same few texts thousands of times, and pandas asks of every row.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd


def of_each(cells: pd.Series, say: Callable[[object], bool]) -> pd.Series:
    """Return what is said of each cell."""
    places, distinct = pd.factorize(cells, use_na_sentinel=False)
    answers = np.array([say(cell) for cell in distinct], dtype=bool)
    return pd.Series(answers[places], index=cells.index, name=cells.name)
