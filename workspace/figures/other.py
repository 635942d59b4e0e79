"""More of the council's own: bullying in schools, support given, caravans, referrals of possible victims of slavery.

The awkward fact: each of these counts what somebody reported or was offered, and none of them people. What a low number
means therefore stands in the figure, and is cut in no form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.caveats import caveat
from dashboard.charts import Point, RankedDots
from dashboard.figure import Figure
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.text import Wording, joined, list_of, say, sentences
from dashboard.model import TOTAL
from local_figures.door import Figure as OwnFigure
from local_figures.shares import HIDDEN_MARK, Share
from local_figures.templates import templates
from workspace.figures import make
from workspace.figures.inputs import Count, Inputs, Line, line, lines_by, period
from workspace.figures.make import Texts, heavy

BULLYING, TRAINING, SUPPORT = "school_bullying", "training", "support"
CARAVANS, NRM = "caravans", "nrm_referrals"
QUARTER, YEAR, DAY = 3, 12, 0
ATTENDED = ("attended", "feedback_n", "more_confident_n")
MOVES = ("referred", "accepted", "asked_n", "satisfied_n")


def bullying(inputs: Inputs) -> Figure[Wording] | None:
    """Return the prejudice-related bullying that schools reported in the newest term, by sector and characteristic."""
    cells = inputs.cells(BULLYING)
    if not cells:
        return None
    terms = list(templates()[BULLYING].column("term").choices)
    newest = max(cells, key=lambda one: (period(one), terms.index(dict(one.cell.category)["term"])))
    term = dict(newest.cell.category)["term"]
    of_term = [one for one in cells if period(one) == period(newest) and dict(one.cell.category)["term"] == term]
    of_term.sort(key=_in_lists)
    wholes = [_sector_line(one) for one in of_term if dict(one.cell.category)["characteristic"] == TOTAL]
    parts = [_bullying_line(one) for one in of_term if dict(one.cell.category)["characteristic"] != TOTAL]
    year = period(newest)
    when = say(f"own.term.{term}", year=f"{year.start.year}/{year.end.year % 100:02d}")
    values = {"in_place": make.place(inputs), "in_term": when}
    alone = wholes[0] if len(wholes) == 1 else None
    title = (
        make.counted("own.bullying.title", alone.newest.count, sector=alone.name, **values)
        if alone
        else say("own.bullying.title_parts", **values)
    )
    return make.figure(
        inputs,
        BULLYING,
        code="own_school_bullying_characteristics",
        periods=[year],
        texts=Texts(
            title=title,
            what=say("own.bullying.what"),
            sentence=sentences(make.listed(wholes or parts), *_returned(inputs, newest)),
            caveats=(
                heavy("own.bullying.few"),
                caveat("own.bullying.overlap"),
                caveat("own.bullying.threshold"),
            ),
        ),
        drawing=make.side_by_side(parts or wholes),
        table=make.table_of(inputs, BULLYING, cells, by=("term", "sector", "characteristic")),
    )


def support(inputs: Inputs) -> Figure[Wording] | None:
    """Return how many were referred to each service, quarter by quarter; the table has what came of it."""
    cells = inputs.cells(SUPPORT)
    services = dict.fromkeys(dict(one.cell.category).get("service", "") for one in cells)
    every = (
        line(inputs, SUPPORT, code=name, name=name, months=QUARTER, measure="referred", service=name)
        for name in services
    )
    lines = tuple(one for one in every if one)
    if not lines:
        return None
    return make.over_time(
        inputs,
        SUPPORT,
        code="own_support_services",
        lines=lines,
        texts=Texts(
            title=make.newest_title(lines, inputs, key="own.support.title", none="own.support.title_none_shown"),
            what=say("own.support.what"),
            sentence=make.newest_of(lines),
            caveats=(heavy("own.support.referrals"),),
        ),
        table=make.table_of(inputs, SUPPORT, cells, by=("service",), measures=MOVES, shares=inputs.shares(SUPPORT)),
    )


def training(inputs: Inputs) -> Figure[Wording] | None:
    """Return what share of those who answered were more confident after each course of the newest quarter."""
    cells = inputs.cells(TRAINING)
    shares = [one for one in inputs.shares(TRAINING) if one.cell.measure == f"{TRAINING}.more_confident_n"]
    if not cells:
        return None
    newest = max(period(one) for one in cells)
    rows = [one for one in shares if period(one) == newest]
    with_percent = [one for one in rows if one.percent is not None]
    values = {"in_period": make.when(newest)}
    if not with_percent:
        title = say("own.training.title_none_shown", **values)
    elif len(rows) > 1:
        title = say("own.training.title_parts", **values)
    else:
        share = {"share": _percent(with_percent[0]), "n": Numeral(with_percent[0].n)}
        title = say("own.training.title", which=_course(with_percent[0]), **share, **values)
    return make.figure(
        inputs,
        TRAINING,
        code="own_training_courses",
        periods=[newest],
        texts=Texts(
            title=title,
            what=say("own.training.what"),
            sentence=joined(list_of(_confident(one) for one in rows), ".") if rows else say("own.training.least"),
            caveats=(heavy("own.training.answered"), caveat("own.training.least")),
        ),
        drawing=_share_dots(rows),
        table=make.table_of(
            inputs, TRAINING, cells, by=("department", "course"), measures=ATTENDED, shares=inputs.shares(TRAINING)
        ),
    )


def _share_dots(rows: Sequence[Share]) -> RankedDots[Wording]:
    """Return shares as dots; one that may not be told is its mark."""
    names = [_course(one) for one in rows]
    return RankedDots(
        points=tuple(
            Point(
                at=name,
                value=one.percent,
                hover=joined(name, "<br><b>", _percent(one), "</b>"),
                code=str(number),
                marker="" if one.percent is not None else HIDDEN_MARK,
            )
            for number, (name, one) in enumerate(zip(names, rows, strict=True))
        ),
        chosen=tuple(str(number) for number, _ in enumerate(rows)),
        labels=tuple(_percent(one) for one in rows),
        ranked=False,
    )


def _course(one: Share) -> Wording:
    category = dict(one.cell.category)
    return f"{category['department']}: {category['course']}"


def _percent(one: Share) -> Wording:
    """Return a share; of a hidden one between what it lies, where its mark says as much."""
    if one.percent is not None:
        return PerCent(one.percent, places=0)
    if one.between is None:
        return HIDDEN_MARK
    low, high = (Numeral(end, percent=True) for end in one.between)
    return say("own.share.between", low=low, high=high)


def _confident(one: Share) -> Wording:
    return say("own.training.row", which=_course(one), share=_percent(one), n=Numeral(one.n))


def caravans(inputs: Inputs) -> Figure[Wording] | None:
    """Return the Gypsy and Traveller caravans of the whole authority on the days they were counted, by status."""
    cells = inputs.cells(CARAVANS)
    total = line(inputs, CARAVANS, code=TOTAL, name=say("own.all"), months=DAY, measure=CARAVANS, caravan_status=TOTAL)
    parts = lines_by(inputs, CARAVANS, by="caravan_status", months=DAY, measure=CARAVANS)
    lines = parts or ((total,) if total else ())
    if not lines:
        return None
    title = (
        make.counted(
            "own.caravans.title",
            total.newest.count,
            in_place=make.place(inputs),
            in_period=make.when(total.newest.period),
        )
        if total
        else say("own.caravans.title_parts", in_place=make.place(inputs))
    )
    return make.over_time(
        inputs,
        CARAVANS,
        code="own_caravans_status",
        lines=lines,
        texts=Texts(
            title=title,
            what=say("own.caravans.what"),
            sentence=make.newest_of(lines),
            caveats=(heavy("caravans.not_people"), caveat("own.caravans.authority")),
        ),
        table=make.table_of(inputs, CARAVANS, cells, by=("caravan_status",), measures=(CARAVANS,)),
    )


def referrals(inputs: Inputs) -> Figure[Wording] | None:
    """Return the referrals of possible victims of modern slavery by first responder and quarter."""
    cells = inputs.cells(NRM)
    lines = lines_by(inputs, NRM, by="first_responder", months=QUARTER, age_group=TOTAL)
    if not lines:
        return None
    return make.over_time(
        inputs,
        NRM,
        code="own_nrm_referrals_responders",
        lines=lines,
        texts=Texts(
            title=make.newest_title(lines, inputs, key="own.nrm.title", none="own.nrm.title_none_shown"),
            what=say("own.nrm.what"),
            sentence=make.newest_of(lines),
            caveats=(heavy("own.nrm.not_victims"), caveat("own.nrm.responder")),
        ),
        table=make.table_of(
            inputs, NRM, [one for one in cells if one.cell.months == QUARTER], by=("first_responder", "age_group")
        ),
    )


def _returned(inputs: Inputs, newest: OwnFigure) -> Iterator[Wording]:
    """Say of each sector how many of its schools sent a return for the newest term, where that may be told."""
    term = dict(newest.cell.category)["term"]
    for one in inputs.shares(BULLYING):
        category = dict(one.cell.category)
        if period(one) == period(newest) and category["term"] == term and one.percent is not None:
            sector = make.called(BULLYING, "sector", category["sector"])
            schools = {"n": Numeral(round(one.percent * (one.n or 0) / 100)), "of": Numeral(one.n)}
            yield say("own.bullying.returned", sector=sector, **schools)


def _in_lists(one: OwnFigure) -> tuple[int, ...]:
    """Return where a figure stands by the lists of its template."""
    category = dict(one.cell.category)
    return tuple(list(templates()[BULLYING].column(n).choices).index(category[n]) for n in ("sector", "characteristic"))


def _sector_line(one: OwnFigure) -> Line:
    sector = dict(one.cell.category)["sector"]
    return _one(one, code=sector, name=make.called(BULLYING, "sector", sector))


def _bullying_line(one: OwnFigure) -> Line:
    category = dict(one.cell.category)
    names = (make.called(BULLYING, name, category[name]) for name in ("sector", "characteristic"))
    return _one(one, code=f"{category['sector']}_{category['characteristic']}", name=list_of(names, between=": "))


def _one(one: OwnFigure, *, code: str, name: Wording) -> Line:
    return Line(code=code, name=name, counts=(Count(period=period(one), count=one.count),))
