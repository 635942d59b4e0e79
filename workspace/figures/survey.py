"""The resident survey: shares of those who answered, with their intervals and how many answered.

The awkward fact: a share of forty people looks like a share of four thousand. So how many answered stands beside every
share, and fewer than a hundred are to be read with care. What may not be told the door has left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.caveats import caveat
from dashboard.charts.spec import Interval, IntervalDots
from dashboard.figure import Column, Figure, Table
from dashboard.i18n.numbers import Numeral, PerCent
from dashboard.i18n.text import FirstLetter, Wording, joined, list_of, say
from dashboard.tables import common_columns, day_columns, named_days
from local_figures.shares import HIDDEN_MARK, Share
from local_figures.templates import templates
from workspace.figures import make
from workspace.figures.inputs import Inputs, period
from workspace.figures.make import Texts, heavy

SURVEY = "resident_survey"
EVERYBODY = ("all", "pawb", "total")  # what a group of all who answered may be called
NUMBERS = {"n": 0, "percent": 1, "lower": 1, "upper": 1}  # and how many decimals each is written with


def survey(inputs: Inputs) -> Figure[Wording] | None:
    """Return what share of residents said what in the newest year, each with its interval."""
    every = inputs.shares(SURVEY)
    with_percent = [one for one in every if one.percent is not None]
    if not with_percent:
        return None
    newest = max(period(one) for one in with_percent)
    rows = [one for one in with_percent if period(one) == newest]
    first = [one for one in rows if _group(one).casefold() in EVERYBODY] or rows
    few = [one for one in rows if one.care]
    care = [heavy("own.survey.care", listed=list_of(_name(one) for one in few))] if few else []
    values = {"in_place": make.place(inputs), "in_period": make.when(newest)}
    title = (
        say("own.survey.title", which=_name(first[0]), share=PerCent(first[0].percent), n=Numeral(first[0].n), **values)
        if len(first) == 1
        else say("own.survey.title_parts", **values)
    )
    return make.figure(
        inputs,
        SURVEY,
        code="own_resident_survey_answers",
        periods=[newest],
        texts=Texts(
            title=title,
            what=say("own.survey.what"),
            sentence=joined(list_of(joined(_name(one), ": ", _with_n(one)) for one in rows), "."),
            caveats=(*care, heavy("own.survey.interval"), caveat("own.survey.least")),
        ),
        drawing=IntervalDots(
            rows=tuple(_interval(one) for one in rows),
            chosen=tuple(_code(one) for one in rows),
            benchmark=None,
            benchmark_label="",
            ranked=False,
        ),
        table=_table(inputs, every),
    )


def _question(one: Share) -> str:
    return dict(one.cell.category)["question_code"]


def _group(one: Share) -> str:
    return dict(one.cell.category)["group"]


def _code(one: Share) -> str:
    return f"{_question(one)}_{_group(one)}"


def _name(one: Share) -> Wording:
    return FirstLetter(f"{_question(one).replace('_', ' ')}: {_group(one)}")


def _end(percent: float | None) -> Wording:
    """Return an end of an interval of shares, which may well be none."""
    return Numeral(percent, places=1, percent=True)


def _with_n(one: Share) -> Wording:
    lower, upper = one.interval or (None, None)
    return say("own.survey.row", share=PerCent(one.percent), n=Numeral(one.n), lower=_end(lower), upper=_end(upper))


def _interval(one: Share) -> Interval[Wording]:
    lower, upper = one.interval or (None, None)
    return Interval(
        at=_name(one),
        code=_code(one),
        value=one.percent or 0.0,
        lower=lower,
        upper=upper,
        verdict="",
        label=PerCent(one.percent),
        hover=joined(_name(one), "<br>", _with_n(one)),
    )


def _table(inputs: Inputs, every: Sequence[Share]) -> Table[Wording]:
    own = templates()[SURVEY]
    labels = {name: make.heading(own.column(name)) for name in ("question_code", "group", *NUMBERS)}
    columns = (
        *common_columns("period"),
        *day_columns(),
        *common_columns("area", "area_code", is_shown=False),
        *(Column[Wording](key=name, label=labels[name]) for name in ("question_code", "group")),
        *(Column[Wording](key=name, label=labels[name], kind="number", decimals=d) for name, d in NUMBERS.items()),
    )
    return Table.of(
        columns,
        (
            {
                "period": make.named(period(one)),
                **named_days(period(one)),
                "area": inputs.place.name,
                "area_code": inputs.place.code,
                **dict(one.cell.category),
                **dict(zip(NUMBERS, (one.n, one.percent, *(one.interval or (None, None))), strict=True)),
                **({} if one.percent is not None else dict.fromkeys(NUMBERS, HIDDEN_MARK)),
            }
            for one in sorted(every, key=period, reverse=True)
        ),
    )
