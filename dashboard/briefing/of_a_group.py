"""The by-group sheet: what the page By group holds for one group and one place, on paper and as data.

The awkward fact: of some groups nothing is held. The sheet then says so, and what is missing is what it has to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.briefing.kinds import GROUP
from dashboard.briefing.model import Item, Prose, Term, Terms
from dashboard.briefing.parts import Told, picture, rows
from dashboard.figures import by_group
from dashboard.figures.catalogue import first_shown
from dashboard.i18n.text import say, translatable


def drawn(told: Told) -> Iterator[Item]:
    """Yield the chart of the page, or the card that says that nothing is held."""
    group = told.chosen(GROUP)
    yield from picture(lambda view: first_shown(view, "by_group", group=group), told.asked, brief=True)


def evidence(told: Told) -> Iterator[Item]:
    """Yield every figure held with its share here and in Wales, its source and its date."""
    group = told.chosen(GROUP)
    yield from rows(lambda view: by_group.evidence(group, view), told.asked)


def gaps(told: Told) -> tuple[Item, ...]:
    """Return what is not held about the group, and why."""
    missing = by_group.unheld(told.chosen(GROUP), told.asked.subject)
    entries = tuple(Term(name=translatable(what), text=translatable(why)) for what, why in missing)
    return (Terms(entries=entries) if entries else Prose(text=say("group_evidence.no_gap")),)
