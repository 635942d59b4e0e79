"""People receiving asylum support: a stock on one day, per authority, never a site.

The awkward fact: the count grew three times because more of it was published by authority (section 4 in
2018, section 98 in 2022). Those days are breaks of the series, not arrivals.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import common
from dashboard.blocks.migration import place_in
from dashboard.charts import time_line
from dashboard.figure import Block, Figure, NotHeld, View
from dashboard.i18n import t
from dashboard.i18n.numbers import decimal
from dashboard.model import Observation
from dashboard.statistics import rate, rate_base
from dashboard.tables import series_table

ASYLUM_PAGE = "https://www.gov.uk/government/statistical-data-sets/immigration-system-statistics-data-tables"


def asylum_support(view: View) -> Block:
    """Return the number of people receiving asylum support in the place at the end of each quarter."""
    people = queries.series("asylum_supported", view.place.code, build=view.build)
    newest = people.latest
    if newest is None:
        return _not_held(view)
    values = {
        "n": common.amount(newest.value, people.measure, lang=view.lang),
        "in_place": place_in(view),
        "when": common.when(newest.period, lang=view.lang),
    }
    title = t("asylum.title", lang=view.lang, **values)
    sentence = _per_people(newest, view)
    return Figure(
        code="asylum_support",
        title=title,
        subtitle=common.subtitle(people.measure, area=view.place, period=common.span(people, lang=view.lang), lang=view.lang),
        chips=common.chips(people.sources, lang=view.lang),
        plot=time_line(
            common.points(people, lang=view.lang),
            marks=common.series_marks(people, lang=view.lang),
            latest=values["n"],
            markers=False,
        ),
        alt=t("alt.line", lang=view.lang, title=title, sentence=sentence),
        sentence=sentence,
        caveats=(
            t("kind.stock.explained", lang=view.lang),
            t("asylum.not_everyone", lang=view.lang),
            *common.break_notes(people, lang=view.lang),
            *common.cautions(people.sources, lang=view.lang),
            *common.members_note(view, area=view.place, derived=newest.derived),
        ),
        table=series_table([people], lang=view.lang, build=view.build),
        sources=people.sources,
    )


def _per_people(newest: Observation, view: View) -> str:
    people = queries.population(view.place.code, period=newest.period, build=view.build)
    per = rate(count=newest.value, population=people.value if people else None, per=rate_base(kind=view.place.kind))
    if per is None or people is None:
        return t("asylum.sentence_no_rate", lang=view.lang, in_place=place_in(view))
    return t(
        "asylum.sentence",
        lang=view.lang,
        rate=decimal(per, places=1, lang=view.lang),
        base=decimal(rate_base(kind=view.place.kind), places=0, lang=view.lang),
        population_when=common.when(people.period, lang=view.lang, measure="population"),
    )


def _not_held(view: View) -> NotHeld:
    return NotHeld(
        code="asylum_support",
        title=t("not_held.title", lang=view.lang),
        reason=t("not_held.no_rows", lang=view.lang),
        how=t("not_held.official_page", lang=view.lang),
        url=ASYLUM_PAGE,
        url_label=t("not_held.immigration_page", lang=view.lang),
    )
