"""Asylum support by kind of accommodation over time, on the days of which the publication is held.

The awkward fact: the days are not evenly spaced, and of some only a part of the kinds is held: initial and other
accommodation stand apart on few of them, and subsistence only is not known in 2024. So the kinds are drawn side by
side, each with its own holes, and never as parts of a bar.
"""

from __future__ import annotations

from dashboard.blocks import build, common
from dashboard.blocks.build import BlockWords
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.i18n.people import number_of_people, say_people
from dashboard.i18n.text import Wording, joined, list_of, say
from dashboard.model import Observation, Series

MEASURE = "asylum_supported_accommodation"
DRAWN = ("dispersal", "contingency", "subsistence")  # the kinds held on most days


@remembered
def accommodation_over_time(view: Subject) -> Block[Wording]:
    """Return people in dispersal, in contingency accommodation and with subsistence only, day by day."""
    total = common.series_of(view, MEASURE, view.place.code)
    kinds = [common.series_of(view, MEASURE, view.place.code, category=kind) for kind in DRAWN]
    housing = [s for s in kinds if any(o.value for o in s.observations)]
    drawn = housing or [s for s in kinds if s.latest]
    if total.latest is None or not drawn:
        return common.not_held("accommodation_over_time", page=common.IMMIGRATION_PAGE)
    first = drawn[0]
    newest = first.latest
    words = BlockWords(
        title=say_people(
            "accommodation.title",
            people=newest.value if newest else None,
            kind=first.category.name,
            in_place=common.place_in(view),
            when=common.when(newest.period) if newest else "",
        ),
        subtitle=common.subtitle(total.measure, area=view.place, period=common.span(total)),
        sentence=say(
            "accommodation.sentence" if any(len(_with_value(s)) > 1 for s in housing) else "figure.parts",
            listed=list_of(_ends(s) for s in housing),
        )
        if housing
        else say("accommodation.no_one"),
        caveats=(
            *(caveat(key) for key in ("accommodation.days", "accommodation.kinds")),
            *common.members_note(first),
        ),
    )
    return build.panels(view, code="accommodation_over_time", series=drawn, words=words)


def _ends(series: Series) -> Wording:
    """Say a kind's first and last number: "Dispersal accommodation: 1,425, then 1,181"; one number of one day."""
    first, *later = _with_value(series)
    if not later:
        return joined(series.category.name, ": ", number_of_people(first.value))
    ends = {"first": number_of_people(first.value), "last": number_of_people(later[-1].value)}
    return say("accommodation.ends", kind=series.category.name, **ends)


def _with_value(series: Series) -> list[Observation]:
    """Return the figures of a series that have a value."""
    return [o for o in series.observations if o.value is not None]
