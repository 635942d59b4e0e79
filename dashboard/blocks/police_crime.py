"""Other offences that the police record: all crime, for scale, and modern slavery offences.

The awkward fact: a share of aggravated offences in all crime looks exact and is not. Recording of common offences was
improved at other times and by other amounts than recording of hate, so the two stand beside each other undivided.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords
from dashboard.blocks.hate_crime import force_is_not_place, police_area
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.findings.message import by_words
from dashboard.i18n.text import Wording, say


@remembered
def all_crime(view: Subject) -> Block[Wording]:
    """Return all offences that the place's force recorded by quarter, fraud left out, with the aggravated in words."""
    where = police_area(view)
    crime = common.series_of(view, "recorded_crime", where.code, category="excluding_fraud")
    newest = crime.latest
    if newest is None:
        return common.not_held("all_crime", page=common.HATE_CRIME_PAGE)
    aggravated = common.only(queries.series("rra_offences", where.code, build=view.build), newest.period)
    figure = aggravated.latest
    values = {
        "force": by_words(where),
        "n": common.in_prose(newest.value, crime.measure),
        "in_period": common.when(newest.period),
        "aggravated": common.in_prose(figure.value if figure else None, aggravated.measure),
    }
    words = BlockWords(
        title=say("all_crime.title", **values),
        sentence=say("all_crime.sentence", **values),
        caveats=(
            *force_is_not_place(view, where),
            caveat("all_crime.no_share"),
            caveat("caveat.recorded_changes"),
        ),
    )
    return build.line(view, code="all_crime", series=crime, words=words, of=beside.force)


@remembered
def modern_slavery_offences(view: Subject) -> Block[Wording]:
    """Return the modern slavery offences that the place's force recorded, by quarter."""
    where = police_area(view)
    offences = common.series_of(view, "modern_slavery_offences", where.code)
    newest = offences.latest
    if newest is None:
        return common.not_held("modern_slavery_offences", page=common.HATE_CRIME_PAGE)
    values = {
        "force": by_words(where),
        "n": common.in_prose(newest.value, offences.measure),
        "in_period": common.when(newest.period),
    }
    words = BlockWords(
        title=say("modern_slavery_offences.title" if newest.value else "modern_slavery_offences.title_none", **values),
        sentence=say("modern_slavery_offences.sentence"),
        caveats=force_is_not_place(view, where),
    )
    return build.line(view, code="modern_slavery_offences", series=offences, words=words, of=beside.force)
