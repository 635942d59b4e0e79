"""Gypsy and Traveller caravans: the one count of Wales that is held, by kind of site.

The awkward fact: a count of caravans is easily taken for a count of people, and a small one could point at a site. So
it is told for Wales alone, in every place, with what it does not count.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.i18n.text import Wording, say
from dashboard.nations import HOME
from dashboard.tables import period_name, series_table_later

MEASURE = "gypsy_traveller_caravans"


@remembered
def caravans(view: Subject) -> Block[Wording]:
    """Return the caravans of Wales by kind of site on the newest day held."""
    total = queries.series(MEASURE, HOME.benchmark, build=view.build)
    newest = total.latest
    if newest is None:
        return common.not_held("caravans", page=common.CARAVANS_PAGE)
    kinds = [common.only(s, newest.period) for s in queries.breakdown(MEASURE, HOME.benchmark, build=view.build)]
    rows = [build.category_dot(s) for s in kinds]
    words = BlockWords(
        title=say("caravans.title", n=common.amount(newest.value, total.measure), when=common.when(newest.period)),
        subtitle=common.subtitle(total.measure, area=total.area, period=period_name(newest.period)),
        sentence=say("figure.parts", listed=common.listed(kinds)),
        caveats=tuple(caveat(key) for key in ("caravans.not_people", "caravans.no_authorities")),
    )
    return build.dots(
        view,
        code="caravans",
        rows=rows,
        words=words,
        table=series_table_later([common.only(total, newest.period), *kinds], build=view.build),
        sources=total.sources,
        chosen=[row.code for row in rows],
        counted=[newest],
        series=kinds,
        of=beside.nobody,
    )
