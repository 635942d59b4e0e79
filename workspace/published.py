"""The published figures of the force as the dashboard answers them, which stand over the council's own.

The awkward fact: a force's figures are of a larger area, and counted by other rules. They are shown as they are, under
their own heading, and no number is made of them and of the council's.
"""

from __future__ import annotations

from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.widgets import blocks, words

CODES = catalogue.codes_of("rra_quarterly", "strands_force", "forces_compared")
HEADING = "published"


def headings(view: View) -> dict[str, str]:
    """Return the heading of the published figures, by the code that links land on."""
    return {HEADING: words.say("own.published.title", view)}


def show(view: View) -> None:
    """Show the published figures of the place's force, those that there are."""
    words.heading("own.published.title", view, code=HEADING)
    words.paragraph("own.published.apart", view)
    for code in CODES:
        request = catalogue.with_usual(code, view)
        block = catalogue.answer(code, request)
        if block is not None:
            blocks.answer(catalogue.entry(code).asks(request), block, request)
