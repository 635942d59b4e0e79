"""The expected range of a held series: where its limits start anew, and what the newest figure is beside them.

The awkward fact: limits describe one steady way of recording. They start anew at every hard break and at every
change of recording, so a better way of recording is never shown as an unusual quarter.
"""

from __future__ import annotations

from dashboard.model import Break, Series
from dashboard.statistics import ExpectedRange, Rebase, expected_range


def rebasing_breaks(series: Series) -> tuple[Break, ...]:
    """Return the breaks at which a series' limits start anew: hard ones, and changes of recording."""
    return tuple(b for b in series.breaks if b.severity == "hard" or b.kind == "recording")


def expected_of(series: Series) -> ExpectedRange:
    """Return the expected range of a series, judged from the figures before its newest one."""
    starts = [o.period.start for o in series.observations]
    rebases = {}
    for one in rebasing_breaks(series):
        index = next((n for n, start in enumerate(starts) if start >= one.date), None)
        if index:
            rebases[index] = Rebase(index=index, reason=one.label.en)
    return expected_range(
        values=[o.value for o in series.observations],
        rebases=[rebases[index] for index in sorted(rebases)],
        held_out=1,
    )
