"""Every own figure, once: its code, its page, the template that it is made of, its question and what makes it.

The awkward fact: a figure that cannot be shown is asked for all the same. So where there is none, a card says which
template brings it in, and it says the same whether nothing was brought in or nothing was approved for who asks.

A code has no point in it, for points divide the sections of a tray; every code begins `own_`, as no public one does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.figure import Block, Figure, NotHeld
from dashboard.i18n.text import Wording, say
from local_figures.templates import templates
from workspace.figures import hate_crime, other, survey
from workspace.figures.inputs import Inputs, named_in

AREA, MORE = "own_area", "own_more"  # pages
BRING_IN, ABOUT = "./own_bring_in", "./own_about"


class UnknownOwnFigureError(LookupError):
    """A code that no own figure has."""


@dataclass(frozen=True)
class Entry:
    """One own figure: its code, its page, its template, the text of its question, and what makes it."""

    code: str
    page: str
    template: str
    question: str
    make: Callable[[Inputs], Figure[Wording] | None]

    def asks(self, inputs: Inputs) -> Wording:
        """Return the question of a place."""
        return say(self.question, in_place=inputs.place.in_ or inputs.place.name)


ENTRIES = (
    Entry("own_police_figures_recorded", AREA, hate_crime.POLICE, "own.ask.recorded", hate_crime.recorded),
    Entry("own_police_figures_strands", AREA, hate_crime.POLICE, "own.ask.strands", hate_crime.strands),
    Entry("own_police_figures_years", AREA, hate_crime.POLICE, "own.ask.years", hate_crime.strands_of_a_year),
    Entry("own_police_figures_incidents", AREA, hate_crime.POLICE, "own.ask.incidents", hate_crime.incidents),
    Entry("own_third_party_reports_strands", AREA, hate_crime.THIRD_PARTY, "own.ask.reports", hate_crime.reports),
    Entry("own_third_party_reports_routes", AREA, hate_crime.THIRD_PARTY, "own.ask.routes", hate_crime.routes),
    Entry("own_outcomes_groups", AREA, hate_crime.OUTCOMES, "own.ask.outcomes", hate_crime.outcomes),
    Entry("own_school_bullying_characteristics", MORE, other.BULLYING, "own.ask.bullying", other.bullying),
    Entry("own_training_courses", MORE, other.TRAINING, "own.ask.training", other.training),
    Entry("own_support_services", MORE, other.SUPPORT, "own.ask.support", other.support),
    Entry("own_resident_survey_answers", MORE, survey.SURVEY, "own.ask.survey", survey.survey),
    Entry("own_caravans_status", MORE, other.CARAVANS, "own.ask.caravans", other.caravans),
    Entry("own_nrm_referrals_responders", MORE, other.NRM, "own.ask.referrals", other.referrals),
)
BY_CODE = {one.code: one for one in ENTRIES}


def entry(code: str) -> Entry:
    """Return an own figure's entry; raise `UnknownOwnFigureError` with the codes there are for any other."""
    if code not in BY_CODE:
        raise UnknownOwnFigureError(f"expected one of {', '.join(BY_CODE)}; came another code")
    return BY_CODE[code]


def unread(code: str, inputs: Inputs) -> Block[Wording]:
    """Return an own figure in no language, or the card that says which template brings it in."""
    row = entry(code)
    figure = row.make(inputs) if inputs.of(row.template) else None
    if figure is not None and figure.code != code:
        raise ValueError(f"expected the figure {code}; came one that calls itself {figure.code}")
    return figure or _empty(row, inputs)


def on_page(page: str) -> tuple[Entry, ...]:
    """Return the own figures of a page, in their order."""
    return tuple(one for one in ENTRIES if one.page == page)


def _empty(row: Entry, inputs: Inputs) -> NotHeld[Wording]:
    name, on_show = named_in(templates()[row.template].name), inputs.of(row.template)
    withheld = on_show is not None and on_show.withheld
    key = "own.empty.withheld" if withheld else "own.empty.not_of_it" if on_show else "own.empty.none"
    return NotHeld(
        code=row.code,
        title=name,  # the question stands above it
        reason=say(key, in_place=inputs.place.in_ or inputs.place.name, template=name),
        how=say("own.empty.how", template=name) if inputs.is_member else say("own.empty.how_partner"),
        url=BRING_IN if inputs.is_member else ABOUT,
        url_label=say("nav.own_bring_in") if inputs.is_member else say("nav.own_about"),
    )
