"""The strand sheet: one strand of hate crime, what is held and not held of it here, and where to turn.

The awkward fact: a strand is held for a force in some years, for Wales in others, and for no council. So the sheet says
of each number whose it is, and leaves a number of one to four to the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.briefing.kinds import STRAND
from dashboard.briefing.model import Item, KeyMessages, Prose, Term, Terms
from dashboard.briefing.parts import CRIMESTOPPERS, GALOP, Context, bullets, picture, rows
from dashboard.briefing.parts import support as everybody
from dashboard.figure import Figure
from dashboard.figures import strands
from dashboard.figures.catalogue import first_shown, of_strand
from dashboard.findings.strands import strand_messages
from dashboard.i18n.text import say, translatable

HELP = {"galop": GALOP, "crimestoppers": CRIMESTOPPERS}  # beside those whom everybody is told of
OWN_HELP = ("sexual_orientation", "transgender")  # strands with a helpline of their own that is held


def messages(context: Context) -> tuple[Item, ...]:
    """Return the newest that is held for the force and for Wales, and what changed where years may be compared."""
    strand, subject = context.chosen(STRAND), context.scope.subject
    newest_held = strand_messages(strand, subject)
    newest = (
        KeyMessages(messages=newest_held, with_notes=True) if newest_held else Prose(text=say("strand_held.nothing"))
    )
    return newest, bullets(*map(translatable, strands.changes(strand, subject) or (say("strand_held.no_change"),)))


def every_year(context: Context) -> Iterator[Item]:
    """Yield every year held, an edition to a row."""
    strand = context.chosen(STRAND)
    yield from rows(lambda view: strands.every_year(strand, view), context.scope)


def charts(context: Context) -> Iterator[Item]:
    """Yield the strand over the years for England and Wales, and the figures that are about it alone."""
    strand = context.chosen(STRAND)
    yield from _figure(context, "strands_england_wales", strand=strand)
    for entry in of_strand(strand):
        yield from _figure(context, entry.code)


def outcomes(context: Context) -> Iterator[Item]:
    """Yield what is held of charges: of all strands together, for outcomes are printed for none alone."""
    yield Prose(text=say("strand_held.outcomes"))
    yield from _figure(context, "charged")


def _figure(context: Context, code: str, **options: str) -> Iterator[Item]:
    """Yield a figure of the catalogue where it is held: what is not stands with the rest of what is not."""
    block = first_shown(context.scope.subject, code, **options)
    if isinstance(block, Figure):
        yield from picture(lambda _: block, context.scope, brief=True)


def gaps(context: Context) -> tuple[Item, ...]:
    """Return what is not held, with why and where to ask."""
    missing = strands.unheld(context.chosen(STRAND), context.scope.subject)
    entries = (Term(name=translatable(gap.what), text=translatable(gap.why), url=gap.url) for gap in missing)
    return (Terms(entries=tuple(entries)),)


def ask(context: Context) -> tuple[Item, ...]:
    """Return the words by which the police can be asked for the strands of the place."""
    return (Prose(text=translatable(strands.question(context.scope.subject))),)


def support(context: Context) -> tuple[Item, ...]:
    """Return where to report and who helps, those of the strand first."""
    of_it = context.chosen(STRAND) in OWN_HELP
    others = (
        Term(name=say(f"briefing.support.{one}.name"), text=say(f"briefing.support.{one}.text"), url=url)
        for one, url in HELP.items()
        if of_it or one != "galop"
    )
    return (Terms(entries=(*everybody().entries, *others)),)
