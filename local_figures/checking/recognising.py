"""Which template a file is meant to be, from the names in its first row.

The awkward fact: several templates share most of their columns (quarter, area, count), so a file with a column left out
may look like two of them. Then none is chosen, and the officer says which.
"""

from __future__ import annotations

from collections.abc import Sequence

from cohesion.folding import folded
from local_figures.templates import Template, templates

LEAST_LIKE = 0.65  # of all names that stand in the one or the other


def likeliest(header: Sequence[str]) -> str | None:
    """Return the key of the template whose names are most like these, None where none or several are."""
    names = {folded(name) for name in header if name.strip()}
    likeness = {key: _likeness(names, template) for key, template in templates().items()}
    most = max(likeness.values())
    likely = [key for key, like in likeness.items() if like == most]
    return likely[0] if most >= LEAST_LIKE and len(likely) == 1 else None


def _likeness(names: set[str], template: Template) -> float:
    """Return the part of all names that stand in both."""
    return len(names & set(template.names)) / len(names | set(template.names))
