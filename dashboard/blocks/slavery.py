"""Modern slavery referrals by all who refer: the United Kingdom's, and those of the county.

The awkward fact: three counts carry the same name. These count every first responder, by where the publication puts
the referral; the block beside them counts one police force's own. None may be set beside another.
"""

from __future__ import annotations

from cohesion.vocabulary import CARDIFF_AND_VALE, UNITED_KINGDOM
from dashboard import queries
from dashboard.blocks import beside, build, common
from dashboard.blocks.build import BlockWords
from dashboard.blocks.remembering import remembered
from dashboard.caveats import caveat
from dashboard.figure import Block, Subject
from dashboard.i18n.text import Wording, joined, say
from dashboard.model import Series
from dashboard.tables import series_table_later


@remembered
def referrals_kingdom(view: Subject) -> Block[Wording]:
    """Return the quarterly referrals of the whole United Kingdom, of which no Welsh part is given."""
    referrals = common.series_of(view, "nrm_referrals", UNITED_KINGDOM)
    if referrals.latest is None:
        return common.not_held("referrals_kingdom", page=common.NRM_PAGE)
    words = BlockWords(
        title=_titled("referrals_kingdom.title", referrals),
        sentence=say("modern_slavery.sentence"),
        caveats=tuple(caveat(key) for key in ("referrals_kingdom.no_wales", "modern_slavery.not_victims")),
    )
    return build.line(view, code="referrals_kingdom", series=referrals, words=words, of=beside.nobody)


@remembered
def referrals_county(view: Subject) -> Block[Wording]:
    """Return the referrals of South Glamorgan, which is Cardiff and the Vale; a card for every other place."""
    inside = {CARDIFF_AND_VALE, *queries.area(CARDIFF_AND_VALE, build=view.build).members}
    every = queries.series("nrm_referrals_by_county", CARDIFF_AND_VALE, build=view.build)
    is_one = len(every.observations) == 1  # which no choice of years takes away
    referrals = every if is_one else common.series_of(view, every.measure.code, CARDIFF_AND_VALE)
    newest = referrals.latest
    if view.place.code not in inside or newest is None:
        return common.not_held("referrals_county", page=common.NRM_PAGE)
    keys = ("referrals_county.whole", *(("referrals_county.one",) if is_one else ()), "modern_slavery.not_victims")
    words = BlockWords(
        title=_titled("referrals_county.title", referrals),
        subtitle=common.subtitle(referrals.measure, area=referrals.area, period=common.span(referrals)),
        sentence=say("modern_slavery.sentence"),
        caveats=tuple(caveat(key) for key in keys),
    )
    if not is_one:
        return build.line(view, code="referrals_county", series=referrals, words=words, dots=True, of=beside.nobody)
    name = referrals.area.name
    hover = joined(name, "<br>", common.counted(newest.value, referrals.measure))
    label = common.on_chart(newest.value, referrals.measure)
    row = build.Dot(name=name, value=newest.value, label=label, hover=hover, code=CARDIFF_AND_VALE)
    return build.dots(
        view,
        code="referrals_county",
        rows=[row],
        words=words,
        table=series_table_later([referrals], build=view.build),
        sources=referrals.sources,
        chosen=[CARDIFF_AND_VALE],
        counted=[newest],
        series=[referrals],
        of=beside.nobody,
    )


def _titled(key: str, series: Series) -> Wording:
    newest = series.latest
    value, when = (newest.value, common.when(newest.period)) if newest else (None, "")
    return say(key, n=common.in_prose(value, series.measure), in_period=when)
