"""Key messages: rules that each write a few true sentences about a place, or nothing; ranked, in both languages.

The awkward fact: a list of findings reads as a list of problems. So the ranking puts what is broad and recent first,
no topic may fill the top, and a sentence never says why something happened.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from dashboard import queries
from dashboard.age import today
from dashboard.figure import Subject
from dashboard.findings import hate_crime, news, population, sanctuary
from dashboard.findings.message import Message, Moment, Quantity, Rule, Scope, Value, Whole, message_of
from dashboard.memory import remembered
from dashboard.nations import HOME

__all__ = [
    "RULES",
    "Message",
    "Moment",
    "Quantity",
    "Value",
    "Whole",
    "forget",
    "key_messages",
    "messages",
    "messages_for",
]

RULES: tuple[Rule, ...] = (
    # the newest and widest count of hate crime: the question most people come with
    Rule(
        id="hate_crime_year",
        importance=90,
        page="hate_crime",
        block="forces_compared",
        write=hate_crime.hate_crime_year,
    ),
    # the newest change that today's estimates give; what people mean by "is the population growing?"
    Rule(
        id="population_year",
        importance=86,
        page="migration",
        block="population_change",
        write=population.population_year,
    ),
    # how many people live here sets the scale of everything else
    Rule(
        id="population_growth",
        importance=74,
        page="migration",
        block="population",
        write=population.population_growth,
    ),
    # the council area's own count, where partnership tables are held: nearer than its force's
    Rule(id="rra_place", importance=88, page="hate_crime", block="rra_authority", write=hate_crime.rra_place),
    # the only count with enough quarters to say what would be expected; older than the yearly one
    Rule(id="rra_level", importance=84, page="hate_crime", block="rra_quarterly", write=hate_crime.rra_level),
    # the newest figure of all, and often asked about; it follows national policy more than anything local
    Rule(id="asylum_level", importance=80, page="sanctuary", block="asylum_support", write=sanctuary.asylum_level),
    # the same question for police figures, where a rate says as much about recording as about crime
    Rule(
        id="hate_crime_rate",
        importance=68,
        page="hate_crime",
        block="forces_compared",
        write=hate_crime.hate_crime_rate,
    ),
    # the plainest way to allow for the season; the expected range allows for growth and spread as well
    Rule(
        id="rra_same_quarter",
        importance=66,
        page="hate_crime",
        block="rra_same_quarter",
        write=hate_crime.rra_same_quarter,
    ),
    # what made up a change; silent while the components held are of superseded estimates
    Rule(
        id="components_driver",
        importance=56,
        page="migration",
        block="components_of_change",
        write=population.components_driver,
    ),
    # of all Wales and one year: context, not news of the place
    Rule(id="strands_wales", importance=50, page="hate_crime", block="strands_wales", write=hate_crime.strands_wales),
    # fairer than Wales for a council, but of an older day, and it needs a word on what "similar" is
    Rule(id="asylum_similar", importance=48, page="sanctuary", block="asylum_map", write=sanctuary.asylum_similar),
    # smaller programmes, each a number of its own kind
    Rule(id="ukraine", importance=46, page="sanctuary", block="ukraine", write=sanctuary.ukraine),
    Rule(id="afghan", importance=44, page="sanctuary", block="afghan_programme", write=sanctuary.afghan),
    Rule(
        id="resettlement", importance=40, page="sanctuary", block="resettlement_schemes", write=sanctuary.resettlement
    ),
    # what is new is for those who come back; what is not held is for those who looked for it
    Rule(id="new_data", importance=30, page="data_and_methods", block="", write=news.new_data),
    Rule(id="not_held", importance=20, page="hate_crime", block="rra_authority", write=hate_crime.not_held),
)
MOST_OF_A_PAGE = 2


def messages(view: Subject) -> tuple[Message, ...]:
    """Return every message that holds for the view's place, most important first; the same in both languages."""
    return _messages(view.place.code, view.build, today())


def messages_for(view: Subject, page: str) -> tuple[Message, ...]:
    """Return the messages whose figures stand on a page, most important first."""
    return tuple(m for m in messages(view) if m.page == page)


def key_messages(view: Subject, *, most: int = 5) -> tuple[Message, ...]:
    """Return the few messages to open with: the most important, at most two from any page."""
    lines_of: Counter[str] = Counter()
    chosen = []
    for message in messages(view):
        lines_of[message.page] += 1
        if lines_of[message.page] <= MOST_OF_A_PAGE:
            chosen.append(message)
    return tuple(chosen[:most])


@remembered(most=256)
def _messages(code: str, build: str, day: date) -> tuple[Message, ...]:  # noqa: ARG001 - ages are counted to the day
    place = queries.area(code, build=build)
    police = queries.force_of(code, build=build) or queries.area(HOME.benchmark, build=build)
    scope = Scope(place=place, police=police, build=build)
    messages = (message_of(rule, scope) for rule in RULES)
    return tuple(sorted((m for m in messages if m is not None), key=lambda m: -m.importance))
