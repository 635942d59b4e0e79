"""Gypsy and Traveller caravans: the one count of Wales that is held, by kind of site.

The awkward fact: a count of caravans is easily taken for a count of people, and a small one could point at a site. So
it is told for Wales alone, in every place, with what it does not count.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import Said
from dashboard.blocks.remembering import remembered
from dashboard.figure import Block, View
from dashboard.i18n import t
from dashboard.nations import HOME
from dashboard.tables import period_text, series_table

MEASURE = "gypsy_traveller_caravans"


@remembered
def caravans(view: View) -> Block:
    """Return the caravans of Wales by kind of site on the newest day held."""
    total = queries.series(MEASURE, HOME.benchmark, build=view.build)
    newest = total.latest
    if newest is None:
        return common.not_held("caravans", view, page=common.CARAVANS_PAGE)
    kinds = [common.only(s, newest.period) for s in queries.breakdown(MEASURE, HOME.benchmark, build=view.build)]
    rows = [build.category_dot(s, lang=view.lang) for s in kinds]
    said = Said(
        title=t(
            "caravans.title",
            lang=view.lang,
            n=common.amount(newest.value, total.measure, lang=view.lang),
            when=common.when(newest.period, lang=view.lang),
        ),
        subtitle=common.subtitle(
            total.measure, area=total.area, period=period_text(newest.period, lang=view.lang), lang=view.lang
        ),
        sentence=t("figure.parts", lang=view.lang, listed=common.listed(kinds, lang=view.lang)),
        caveats=tuple(t(key, lang=view.lang) for key in ("caravans.not_people", "caravans.no_authorities")),
    )
    return build.dots(
        view,
        code="caravans",
        rows=rows,
        said=said,
        table=series_table([common.only(total, newest.period), *kinds], lang=view.lang, build=view.build),
        sources=total.sources,
        chosen=[row.code for row in rows],
        counted=[newest],
        series=kinds,
        of=beside.nobody,
    )
