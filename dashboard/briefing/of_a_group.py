"""The by-group sheet: what the page By group holds for one group and one place, on paper and as data.

The awkward fact: of some groups nothing is held. The sheet then says so, and what is missing is what it has to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.briefing.kinds import GROUP
from dashboard.briefing.model import Absent, Item, Prose, Term, Terms
from dashboard.briefing.parts import Context, picture, rows
from dashboard.figures import by_group
from dashboard.figures.catalogue import first_shown
from dashboard.i18n.text import say, translatable


def chart(context: Context) -> Iterator[Item]:
    """Yield the chart of the page, or the card that nothing is held, without what stands under it as missing."""
    group = context.chosen(GROUP)
    for item in picture(lambda view: first_shown(view, "by_group", group=group), context.scope, brief=True):
        yield _in_short(item) if isinstance(item, Absent) else item


def _in_short(absent: Absent) -> Absent:
    return Absent(card=replace(absent.card, reason=say("equality.nothing_held")))


def evidence(context: Context) -> Iterator[Item]:
    """Yield the main figures held with their share here and in Wales, their source and their date."""
    group = context.chosen(GROUP)
    yield from rows(lambda view: by_group.evidence(group, view), context.scope)


def gaps(context: Context) -> tuple[Item, ...]:
    """Return what is not held about the group, and why."""
    missing = by_group.unheld(context.chosen(GROUP), context.scope.subject)
    entries = tuple(Term(name=translatable(what), text=translatable(why)) for what, why in missing)
    return (Terms(entries=entries) if entries else Prose(text=say("group_evidence.no_gap")),)
