"""The community version: the same findings in words that a child of eleven can read, and where to get help.

The awkward fact: a plain sentence that leaves a condition out is a false one. So each stands on the very message of the
pages, with its numbers, its day and its age, and says again in plain words whatever qualifies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.briefing.model import Contact, Item, KeyMessages, Prose, Term, Terms
from dashboard.briefing.parts import CRIMESTOPPERS, GALOP, SUPPORT_PAGE, Context, bullets, inside, messages_of_rules
from dashboard.findings import Message
from dashboard.i18n.text import say

# Plain words for the sentences of a message; those that are not here say more than a plain paper has room for.
PLAIN = {
    "finding.population": "plain.people",
    "finding.population_grew": "plain.people_more",
    "finding.population_fell": "plain.people_fewer",
    "finding.population_same": "plain.people_same",
    "finding.population_unclear": "plain.people_same",
    "finding.hate_crime_level": "plain.hate_crime",
    "finding.hate_crime_year": "plain.hate_crime",
    "finding.change_higher": "plain.more",
    "finding.change_higher_small": "plain.more",
    "finding.change_lower": "plain.fewer",
    "finding.change_lower_small": "plain.fewer",
    "finding.change_none": "plain.not_sure",
    "finding.change_none_small": "plain.not_sure",
    "finding.change_unknown": "plain.not_known",
    "finding.change_refused": "plain.not_known",
    "finding.asylum_level": "plain.asylum",
    "finding.asylum_level_few": "plain.asylum_few",
    "finding.asylum_level_nobody": "plain.asylum_nobody",
    "finding.ukraine": "plain.ukraine",
    "finding.ukraine_few": "plain.ukraine_few",
    "finding.ukraine_nobody": "plain.ukraine_nobody",
}
REPORT = ("danger", "police", "centre", "other")
HELP = ("centre", "galop", "crimestoppers", "slavery", "sanctuary", "advice")
PAGES = {
    "galop": GALOP,
    "crimestoppers": CRIMESTOPPERS,
    "slavery": "https://www.gov.wales/live-fear-free/slavery",
    "centre": SUPPORT_PAGE,
    "sanctuary": "https://sanctuary.gov.wales",
    "advice": "https://www.citizensadvice.org.uk/wales",
}


def _plain(context: Context, *rules: str) -> Iterator[KeyMessages]:
    """Yield the messages of some rules in plain words, as one item; nothing where none holds for the place."""
    for item in messages_of_rules(context.scope, *rules):
        yield replace(item, messages=tuple(map(_in_plain_words, item.messages)))


def _in_plain_words(message: Message) -> Message:
    keys = dict.fromkeys(PLAIN[key] for key in message.keys if key in PLAIN)
    return replace(message, keys=tuple(keys), values=(*message.values, *inside(message).items()), notes=())


def people(context: Context) -> Iterator[Item]:
    """Yield how many people live here and how many came to be safe, each beside what the word for it means."""
    yield from _plain(context, "population_growth")
    yield Prose(text=say("plain.safe"))
    yield from _plain(context, "asylum_level", "ukraine")


def hate_crime(context: Context) -> Iterator[Item]:
    """Yield what hate crime is, what its publisher warns of, how much was written down and for which area."""
    place, police = context.scope.place, context.scope.police
    yield Prose(text=say("plain.what_it_is"))
    if counted := tuple(_plain(context, "hate_crime_year")):
        yield Prose(text=say("plain.publisher"))
        yield from counted
    if place.is_council:
        yield Prose(text=say("plain.whole_area", force=police.name, place=place.called))
    yield Prose(text=say("plain.what_it_means"))


def report(_: Context) -> tuple[Item, ...]:
    """Return how to report a hate crime."""
    return (bullets(*(say(f"plain.report.{way}") for way in REPORT)),)


def support(_: Context) -> tuple[Item, ...]:
    """Return who can help, and with what."""
    return (
        Terms(
            entries=tuple(
                Term(name=say(f"plain.help.{one}.name"), text=say(f"plain.help.{one}.text"), url=PAGES[one])
                for one in HELP
            )
        ),
    )


def ask(_: Context) -> tuple[Item, ...]:
    """Return whom to ask for more; an officer's contact takes its place when one was typed."""
    return (Contact(text=say("plain.ask")),)
