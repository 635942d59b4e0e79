"""An own figure from what the door gives: its drawing, its rows, and everything that must always stand beside them.

The awkward fact: a hidden count is no 0 and no gap in the collecting. So it is a gap in the chart with its mark on
the axis, stands in the table as that mark, and nothing is worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, TypeAlias

from cohesion.vocabulary import TOTAL
from dashboard.caveats import Caveat, Range, Weight, caveat
from dashboard.charts import Band, IntervalDots, Mark, Panel, Point, RankedDots, SmallMultiples, TimeLine
from dashboard.charts.spec import Drawing
from dashboard.figure import Cell, Column, Figure, Table
from dashboard.i18n.numbers import Numeral
from dashboard.i18n.periods import PeriodName, day_name
from dashboard.i18n.text import FirstLetter, Text, Wording, joined, list_of, say
from dashboard.model import Period
from dashboard.tables import common_columns, day_columns, named_days
from local_figures.door import Disclosure, Level
from local_figures.door import Figure as OwnFigure
from local_figures.shares import HIDDEN_MARK, Share
from local_figures.templates import Column as TemplateColumn
from local_figures.templates import Template, templates
from workspace.figures import extract_days
from workspace.figures.expected import Expected
from workspace.figures.extract_days import ExtractDays
from workspace.figures.inputs import Count, Inputs, Line, count_or_mark, mark, named_in, period, source

Row: TypeAlias = tuple[Period, tuple[tuple[str, str], ...]]
SHARE, BEFORE = "_share", "_before"  # how the names of columns end for what is told beside a number
NONE, HIDDEN = "_none", "_hidden"  # how the keys of a text end for a count of 0, and for one that is hidden
NO_SHARE = "[z]"  # where a share is not made: of too few, or of the whole itself
HALF_YEAR = 6  # months: how often what is counted on one day is counted
FEWEST_OF_A_LINE = 3  # periods; fewer are no line over time


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The words that are a figure's own: its finding, what is counted, one sentence, and what it does not tell."""

    title: Wording
    what: Wording
    sentence: Wording
    caveats: tuple[Caveat[Wording], ...] = ()


def heavy(key: str, /, **values: Wording) -> Caveat[Wording]:
    """Return a caveat without which the figure would mislead."""
    return Caveat(text=say(key, **values), weight=Weight.MISLEADS)


def counted(key: str, count: int | None, /, **values: Wording) -> Text:
    """Return the form of a text that suits a count: with its number, `_none` for 0, or `_hidden`."""
    ending = HIDDEN if count is None else "" if count else NONE
    return Text(f"{key}{ending}", (("n", count_or_mark(count)), *values.items()))


def when(period: Period) -> Wording:
    """Say a period inside a sentence."""
    return PeriodName(start=period.start, months=period.months, inside=True)


def named(period: Period) -> Wording:
    """Name a period in a table or on a chart."""
    return PeriodName(start=period.start, months=period.months)


def place(inputs: Inputs) -> Wording:
    """Say the place inside a sentence."""
    return inputs.place.in_ or inputs.place.name


def listed(lines: Iterable[Line]) -> Wording:
    """List the newest count of each line, a hidden one as its mark."""
    return joined(list_of(one.as_read for one in lines), ".")


def newest_of(lines: Sequence[Line]) -> Wording:
    """Say the newest count of each line and of when it is; those that have none of the newest period are left out."""
    newest = max(one.newest.period for one in lines)
    return joined(FirstLetter(named(newest)), ": ", listed(one for one in lines if one.newest.period == newest))


def sentence(finding: Wording) -> Wording:
    """Return a finding as a sentence."""
    return joined(finding, ".")


def over_time(
    inputs: Inputs,
    template: str,
    *,
    code: str,
    lines: Sequence[Line],
    texts: Texts,
    table: Table[Wording],
    expected: Expected | None = None,
) -> Figure[Wording]:
    """Return counts over time, one small chart for each line, one alone with its expected range and local events.

    Of few periods there are no lines: the counts of the newest stand side by side.
    """
    periods = sorted({count.period for one in lines for count in one.counts})
    drawn = periods
    bands: tuple[Band, ...] = ()
    drawing: Drawing[Wording]
    if len(periods) < FEWEST_OF_A_LINE:
        drawing = side_by_side([one for one in lines if one.newest.period == periods[-1]])
        drawn = periods[-1:]
    elif len(lines) == 1:
        bands = expected.bands if expected else ()
        drawing = TimeLine(
            points=_points(lines[0]),
            latest=_latest(lines[0]),
            bands=bands,
            expected=expected.middles if expected else (),
            events=_events(inputs, periods),
        )
    else:
        drawing = SmallMultiples(
            panels=tuple(Panel(title=one.name, points=_points(one), latest=_latest(one)) for one in lines)
        )
    more = [caveat("own.expected.band", Range())] if bands else []
    if isinstance(drawing, TimeLine) and drawing.events:
        names = list_of(joined(event.letter, ": ", event.label) for event in drawing.events)
        more.append(caveat("own.events.note", listed=names))
    texts = Texts(title=texts.title, what=texts.what, sentence=texts.sentence, caveats=(*texts.caveats, *more))
    return figure(inputs, template, code=code, periods=drawn, texts=texts, drawing=drawing, table=table)


def side_by_side(lines: Sequence[Line]) -> RankedDots[Wording]:
    """Return the newest counts of some lines as dots, in the order given; a hidden one is its mark."""
    return RankedDots(
        points=tuple(
            Point(
                at=one.name,
                value=one.newest.count,
                hover=joined(one.name, "<br><b>", count_or_mark(one.newest.count), "</b>"),
                code=one.code,
                marker=_marker(one.newest),
            )
            for one in lines
        ),
        chosen=tuple(one.code for one in lines),
        labels=tuple(count_or_mark(one.newest.count) for one in lines),
        ranked=False,
    )


def figure(
    inputs: Inputs,
    template: str,
    *,
    code: str,
    periods: Sequence[Period],
    texts: Texts,
    drawing: Drawing[Wording],
    table: Table[Wording],
) -> Figure[Wording]:
    """Return an own figure: what it says, with who may see it, whose figures they are and what hidden ones mean.

    `periods` are those that are drawn; the table may hold more.
    """
    on_show = on_show_of(inputs, template)
    key = "alt.line" if isinstance(drawing, TimeLine) else "alt.small_multiples"
    key = "alt.dots" if isinstance(drawing, RankedDots | IntervalDots) else key
    span = list_of(dict.fromkeys(named(one) for one in (periods[0], periods[-1])), between=" – ")
    marked = mark(_level(on_show, drawing))
    return Figure(
        code=code,
        title=texts.title,
        subtitle=_subtitle(inputs, template, what=texts.what, span=span, snapshot=extract_days.of_rows(table, periods)),
        chips=(marked, say("chip.own")),
        drawing=drawing,
        alt=say(key, title=texts.title, sentence=texts.sentence),
        sentence=texts.sentence,
        caveats=(
            *_few_note(template),  # first of all, so that no page folds it and no short form leaves it out
            *_hidden_note(template, table),
            *_whole_note(inputs, template),
            *extract_days.notes(table, periods),
            *texts.caveats,
            *_no_share_note(table),
        ),
        table=_cited(table, on_show, marked),
        sources=(source(on_show),),
        mark=marked,
    )


def _subtitle(inputs: Inputs, template: str, *, what: Wording, span: Wording, snapshot: ExtractDays | None) -> Wording:
    """Say what is counted, where and when, and when it was taken from a system; some templates are of no area."""
    if "area_code" not in templates()[template].names:
        return say("own.subtitle_of_no_area", what=what, period=span)
    subtitle = say("own.subtitle", what=what, area=inputs.place.name, period=span)
    return say("own.subtitle_taken", subtitle=subtitle, taken=snapshot.named) if snapshot else subtitle


def _level(on_show: Disclosure, drawing: Drawing[Wording]) -> Level:
    """Return for whom a figure is: as its edition, but local events are for the workspace alone."""
    return "private" if isinstance(drawing, TimeLine) and drawing.events else on_show.level


def on_show_of(inputs: Inputs, template: str) -> Disclosure:
    """Return the edition that a figure is made of; LookupError where there is none."""
    on_show = inputs.of(template)
    if on_show is None:
        raise LookupError(f"expected an edition of {template} on show; there is none")
    return on_show


def newest_title(lines: tuple[Line, ...], inputs: Inputs, *, key: str, none: str) -> Wording:
    """Say of one line that is shown what its newest count is; that none is shown where none is."""
    newest = max(one.newest.period for one in lines)
    counted_lines = [one for one in lines if one.newest.period == newest and one.newest.count]
    values = {"in_place": place(inputs), "in_period": when(newest)}
    if not counted_lines:
        return say(none, **values)
    top = max(counted_lines, key=lambda one: one.newest.count or 0)
    return most_of_shown(say(key, which=top.name, n=count_or_mark(top.newest.count), **values), lines)


def most_of_shown(title: Wording, lines: Sequence[Line]) -> Wording:
    """Return a title that names the largest; that it is of those shown alone, where another has no number beside it."""
    newest = max(one.newest.period for one in lines)
    if all(one.newest.period == newest and one.newest.count is not None for one in lines):
        return title
    return say("own.title.of_shown", title=title)


def _points(line: Line) -> tuple[Point[Wording], ...]:
    """Return a point for each count, and one without a number for each period between them that has no count."""
    points = [_point(line.counts[0])]
    for before, after in pairwise(line.counts):
        points += [_absent(one) for one in _between(before.period, after.period)]
        points.append(_point(after))
    return tuple(points)


def _between(before: Period, after: Period) -> Iterator[Period]:
    """Yield the periods that should lie between two; days are counted each half year, a little early or late."""
    step = before.months or HALF_YEAR
    apart = 12 * (after.start.year - before.start.year) + after.start.month - before.start.month
    for number in range(1, round(apart / step)):
        years, month = divmod(before.start.month - 1 + number * step, 12)
        start = before.start.replace(year=before.start.year + years, month=month + 1, day=1)
        yield Period(start=start, months=step)


def _absent(period: Period) -> Point[Wording]:
    hover = joined(named(period), "<br><b>", say("own.point.not_collected"), "</b>")
    return Point(at=period.middle.isoformat(), value=None, hover=hover)


def _point(count: Count) -> Point[Wording]:
    return Point(
        at=count.period.middle.isoformat(),
        value=count.count,
        hover=joined(named(count.period), "<br><b>", count_or_mark(count.count), "</b>"),
        marker=_marker(count),
    )


def _marker(count: Count) -> str:
    return HIDDEN_MARK if count.count is None else ""


def _latest(line: Line) -> Wording:
    """Return what is written at the newest number shown: itself, and nothing where the newest is hidden."""
    return count_or_mark(line.newest.count) if line.newest.count is not None else ""


def _events(inputs: Inputs, periods: Sequence[Period]) -> tuple[Mark[Wording], ...]:
    """Return the numbered local events inside the time drawn: they coincide with figures, and explain none."""
    inside = [one for one in inputs.events if periods[0].start <= one.day <= periods[-1].end]
    return tuple(
        Mark(
            at=one.day.isoformat(),
            label=say("own.events.dated", title=one.title, day=day_name(one.day)),
            cuts=False,
            letter=str(number),
        )
        for number, one in enumerate(sorted(inside, key=lambda one: one.day), start=1)
    )


def _hidden_note(template: str, table: Table[Wording]) -> tuple[Caveat[Wording], ...]:
    if not any(cell == HIDDEN_MARK for row in table.rows for cell in row):
        return ()
    return (heavy("own.hidden" if templates()[template].counts else "own.survey.hidden"),)


def _no_share_note(table: Table[Wording]) -> tuple[Caveat[Wording], ...]:
    return (caveat("own.no_share"),) if any(NO_SHARE in row for row in table.rows) else ()


def _whole_note(inputs: Inputs, template: str) -> tuple[Caveat[Wording], ...]:
    return (caveat("own.hidden_whole"),) if any(one.whole for one in inputs.cells(template)) else ()


def _few_note(template: str) -> tuple[Caveat[Wording], ...]:
    return (heavy("own.few_is_not_calm"),) if templates()[template].few_is_not_calm else ()


# ---- Rows


def table_of(
    inputs: Inputs,
    template: str,
    cells: Iterable[OwnFigure],
    *,
    by: Sequence[str],
    measures: Sequence[str] = ("count",),
    shares: Iterable[Share] = (),
) -> Table[Wording]:
    """Return a row for each period and category, newest first, with a column for each number; hidden ones as a mark.

    A number that `shares` tells a share of has that in a column after it, one for each whole that it is a share of.
    """
    rows: dict[Row, dict[str, Cell[Wording]]] = {}
    for one in cells:
        row = rows.setdefault((period(one), one.cell.category), {})
        if (snapshot := extract_days.days_of(one)) is not None:
            row |= snapshot.cells
        measure = one.cell.measure.removeprefix(f"{template}.")
        row[measure] = HIDDEN_MARK if one.count is None else one.count
        if one.before:
            count, number = one.before
            row[f"{measure}{BEFORE}"] = say("own.before", n=Numeral(count), number=Numeral(number))
    parts = [(s.cell.measure.removeprefix(f"{template}."), s.of.removeprefix(f"{template}."), s) for s in shares]
    with_share = list(dict.fromkeys((name, of) for name in measures for measure, of, _ in parts if measure == name))
    with_before = [name for name in measures if any(f"{name}{BEFORE}" in row for row in rows.values())]
    for measure, of, share in parts:
        at = period(share), share.cell.category
        if at in rows:
            rows[at][_share_key(measure, of)] = HIDDEN_MARK if share.percent is None else share.percent
    _mark_absent_shares(rows, with_share)
    orders = {name: list(templates()[template].column(name).choices) for name in by}

    def place_in_list(category: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
        return tuple(orders[n].index(code) if code in orders.get(n, ()) else 0 for n, code in category)

    ordered = sorted(sorted(rows.items(), key=lambda pair: place_in_list(pair[0][1])), key=_first_day, reverse=True)
    columns = tuple(_columns(template, by=by, measures=measures, shares=with_share, before=with_before))
    when_taken = _taken_columns(template, rows.values())
    names = [
        *measures,
        *(_share_key(*one) for one in with_share),
        *(f"{n}{BEFORE}" for n in with_before),
        *(column.key for column in when_taken),
    ]
    return Table.of(
        (*columns, *when_taken),
        (
            {
                "period": named(when_),
                **named_days(when_),
                "area": inputs.place.name,
                "area_code": inputs.place.code,
                **{name: called(template, name, dict(category).get(name, "")) for name in by},
                **{name: numbers.get(name) for name in names},
            }
            for (when_, category), numbers in ordered
        ),
    )


def _mark_absent_shares(rows: Mapping[Row, dict[str, Cell[Wording]]], shares: Iterable[tuple[str, str]]) -> None:
    """Write beside each number that has no share why: it, or its whole, is hidden, or no share is made of it."""
    totals = {
        (when, name)
        for (when, category), row in rows.items()
        if TOTAL in dict(category).values()
        for name in row
        if row[name] == HIDDEN_MARK
    }
    for ((when, _), row), (measure, of) in product(rows.items(), shares):
        if row.get(measure) is not None:
            hidden = HIDDEN_MARK in (row[measure], row.get(of)) or (of == TOTAL and (when, measure) in totals)
            row.setdefault(_share_key(measure, of), HIDDEN_MARK if hidden else NO_SHARE)


def _taken_columns(template: str, rows: Iterable[Mapping[str, Cell[Wording]]]) -> tuple[Column[Wording], ...]:
    own = templates()[template]
    return tuple(extract_days.columns(rows, label=heading(own.column(own.taken_on)))) if own.taken_on else ()


def _first_day(row: tuple[tuple[Period, Any], Any]) -> Period:
    return row[0][0]


def heading(column: TemplateColumn) -> Wording:
    """Return what stands over a column of a template."""
    return named_in(column.heading)


def called(template: str, column: str, code: str) -> Wording:
    """Return what a code of a column is called; what was typed as it is."""
    choices = templates()[template].column(column).choices
    return named_in(choices[code]) if code in choices else code


def _columns(
    template: str,
    *,
    by: Sequence[str],
    measures: Sequence[str],
    shares: Sequence[tuple[str, str]],
    before: Sequence[str],
) -> Iterator[Column[Wording]]:
    own = templates()[template]
    yield from common_columns("period")
    yield from day_columns()
    yield from common_columns("area", "area_code", is_shown=False)
    yield from (Column(key=name, label=heading(own.column(name))) for name in by)
    for name in measures:
        what = heading(own.column(name))
        yield Column(key=name, label=what, kind="number")
        for of in (of for measure, of in shares if measure == name):
            label = say("own.column.share", what=what, whole=_whole(own, of))
            yield Column(key=_share_key(name, of), label=label, kind="number", decimals=1)
        if name in before:
            yield Column(key=f"{name}{BEFORE}", label=say("own.column.before", what=what))


def _share_key(measure: str, of: str) -> str:
    return f"{measure}{SHARE}_{of}"


def _whole(own: Template, of: str) -> Wording:
    """Name what a share is of: another number of the row, or the row of the whole."""
    return heading(own.column(of)) if of in own.numbers else called(own.key, own.total or "", of)


def _cited(table: Table[Wording], on_show: Disclosure, marked: Wording) -> Table[Wording]:
    """Return rows that say whose they are and who may see them: rows are copied alone."""
    one = source(on_show)
    cells = (joined(one.publisher, ": ", one.title), one.edition, marked)
    columns = (
        *common_columns("source", "edition", is_shown=False),
        Column[Wording](key="mark", label=say("own.column.mark"), is_shown=False),
    )
    return table.beside(columns, [cells] * len(table.rows))


def with_range(table: Table[Wording], expected: Expected) -> Table[Wording]:
    """Return rows with what was expected of each period, for files."""
    columns = tuple(
        Column[Wording](key=key, label=say(f"column.{key}"), kind="number", decimals=places, is_shown=False)
        for key, places in (("expected_lower", 0), ("expected_middle", 1), ("expected_upper", 0))
    )
    starts = table.cells("period_start")
    return table.beside(columns, [expected.limits.get(str(start), (None, None, None)) for start in starts])
