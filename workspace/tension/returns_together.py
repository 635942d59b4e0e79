"""What the returns say together: how many by theme or kind, beside what was expected, and how fast they were met.

The awkward fact: few returns may mean few that were reported, and with few a week even twice as many can be chance. So
both are said where the numbers stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from dashboard.age import today
from dashboard.blocks.expected import in_stretches
from dashboard.caveats import Caveat
from dashboard.charts import Band, Point, TimeLine
from dashboard.charts.plotly import Plot
from dashboard.figure import Column, Figure, Table, View
from dashboard.i18n import Language, t
from dashboard.i18n.numbers import decimal
from dashboard.i18n.periods import period_label
from dashboard.model import Period, Source, Words
from dashboard.statistics import ExpectedRange
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from dashboard.widgets.plot import chart_html
from dashboard.widgets.stacked_table import stacked_table
from local_figures import door, tension
from local_figures.checking.check import Lines
from local_figures.shares import HIDDEN_MARK
from local_figures.templates import templates
from local_figures.tension import By, Counts, Length, Pace, Span
from workspace import days, frame
from workspace.bringing.file_tables import weeks_of
from workspace.figures.inputs import source_of
from workspace.session import Session
from workspace.tension import boxes
from workspace.words import show_heading, show_paragraph

T = TypeVar("T", By, Length)
ALL = "all"
SHOWN = {"week": 13, "quarter": 8}  # rows of the table
DRAWN = {"week": 53, "quarter": 24}  # points of the chart
NAMED = 4  # days on the axis
A_YEAR = timedelta(days=364)
QUARTER = 3  # months
BY: tuple[By, ...] = ("theme", "tension_kind")
LENGTHS: tuple[Length, ...] = ("week", "quarter")


@dataclass(frozen=True, kw_only=True)
class OverMonths(Figure):
    """A figure whose axis names some of its own days: the house's axis of years has too few for a year of weeks."""

    days: tuple[tuple[str, str], ...]  # on the axis, each with its name

    @property
    def plot(self) -> Plot:
        """The drawing with the names of its days on its axis."""
        return self._with_days(super().plot)

    @property
    def plots(self) -> tuple[Plot, Plot]:
        """The same days are named however wide the page is."""
        narrow, wide = super().plots
        return self._with_days(narrow), {name: value for name, value in wide.items() if name != "xaxis"}

    def _with_days(self, plot: Plot) -> Plot:
        named = {"tickvals": [at for at, _ in self.days], "ticktext": [name for _, name in self.days]}
        axis = {**plot["layout"]["xaxis"], "tickmode": "array", **named}
        return {**plot, "layout": {**plot["layout"], "xaxis": axis}}


def show(own: Session, view: View, lines: Lines) -> None:
    """Show members what the rows come to."""
    show_heading("own.tension.told", lang=own.lang, code="told")
    areas = _areas(own, view)
    left, right = st.columns(2)
    with left:
        length = _radio(own, "own.tension.length", LENGTHS, lambda code: t(f"own.tension.length.{code}", lang=own.lang))
    with right:
        by = _radio(own, "own.tension.by", BY, lambda code: t(f"own.tension.by.{code}", lang=own.lang))
    counts = tension.counts(lines, areas=areas, by=by, length=length, today=today())
    if not any(number is not None for number in counts.total):
        show_paragraph(f"own.tension.nothing_told.{length}", lang=own.lang)
    else:
        expected = counts.expected()
        for sentence in (_newest(own, counts), _judged(own, counts, expected)):
            st.html(part("parts", "paragraph", text=sentence))
        newest = expected.points[-1]
        if newest.verdict == "within" and not newest.says_little and not newest.holds_double:
            show_paragraph(f"own.tension.small.{length}", lang=own.lang)
        chart, table = _figure(own, counts, expected), _table(own, counts, by)
        if chart.has_chart and len(counts.spans) > 1:
            st.html(part("parts", "muted", text=chart.title) + chart_html(chart, lang=own.lang))
            if any(point.expected is not None for point in expected.points):
                st.html(part("parts", "muted", text=t(f"own.tension.band.{length}", lang=own.lang)))
            table = folded(t("figure.show_table", lang=own.lang), table, kind="ct-rows")
        st.html(table)
        st.html(folded(t("own.tension.how.title", lang=own.lang), _how(own, length), kind="ct-how"))
    show_paragraph("own.tension.low", lang=own.lang)
    show_heading("own.tension.pace", lang=own.lang, code="pace")
    _pace(own, lines, areas)


def show_to_partners(own: Session, view: View) -> None:
    """Show what was approved for partners of the place: counts by quarter and theme, the small ones hidden."""
    show_paragraph("own.tension.partners", lang=own.lang)
    edition = door.show(own.store, own.act(), tension.TEMPLATE, level="partners")
    names = boxes.area_names(own)
    codes = {view.place.code, *view.place.members} & {*names} or {*names}
    figures = (
        [one for one in edition.figures if one.cell.months == QUARTER and one.cell.area in codes] if edition else []
    )
    if edition is None or not figures:
        show_paragraph("own.tension.partners_none", lang=own.lang)
        return
    frame.mark(edition.level, lang=own.lang)
    themes = list(templates()[tension.TEMPLATE].column("theme").choices)

    def place(one: door.Figure) -> tuple[int, str, int]:
        """Return where a figure stands: the newest quarter first, all themes together before each."""
        theme = dict(one.cell.category).get("theme")
        return (
            -Period(start=date.fromisoformat(one.cell.start), months=QUARTER).number,
            names[one.cell.area],
            (themes.index(theme) if theme else -1),
        )

    rows = [_row_for_partners(own, one, names[one.cell.area]) for one in sorted(figures, key=place)]
    heads = [
        t("own.tension.head.quarter", lang=own.lang),
        t("own.tension.area", lang=own.lang),
        *(boxes.heading(key, own.lang) for key in ("theme", "count")),
        t("own.tension.head.returns", lang=own.lang),
    ]
    st.html(stacked_table(heads, rows, label=t("own.tension.told", lang=own.lang), numbers=(3,), as_they_come=(0,)))
    if any(one.count is None for one in figures):
        show_paragraph("own.hidden", lang=own.lang)
    show_paragraph("own.tension.low", lang=own.lang)


def _row_for_partners(own: Session, one: door.Figure, area: str) -> tuple[str, ...]:
    theme = dict(one.cell.category).get("theme")
    return (
        period_label(start=date.fromisoformat(one.cell.start), months=QUARTER, lang=own.lang, style="long"),
        area,
        boxes.name_of("theme", theme, own.lang) if theme else _together(own.lang),
        HIDDEN_MARK if one.count is None else str(one.count),
        weeks_of(one, own.lang),
    )


def _areas(own: Session, view: View) -> tuple[str, ...]:
    """Return the areas that are told of: one, or all together where there are several."""
    names = boxes.area_names(own)
    if len(names) < 2:
        return tuple(names)
    chosen = st.radio(
        t("own.tension.area", lang=own.lang),
        options=[ALL, *names],
        index=[ALL, *names].index(view.place.code) if view.place.code in names else 0,
        format_func=lambda code: names.get(code, t("own.tension.all_areas", lang=own.lang)),
        horizontal=True,
        key=f"own_tension_told_area_{view.place.code}_{own.lang}",  # another place chosen above is chosen here as well
    )
    return tuple(names) if chosen == ALL else (chosen,)


def _radio(own: Session, label: str, options: Sequence[T], words: Callable[[T], str]) -> T:
    chosen: T = st.radio(
        t(label, lang=own.lang),
        options=options,
        format_func=words,
        horizontal=True,
        key=f"{label}_{own.lang}",
    )
    return chosen


def _span(span: Span, length: Length, lang: Language) -> str:
    if length == "week":
        return days.in_words(span.start, lang)
    return period_label(start=span.start, months=QUARTER, lang=lang, style="long")


def _newest(own: Session, counts: Counts) -> str:
    """Say the newest number, or that its span has none."""
    span, number = counts.spans[-1], counts.total[-1]
    values = {"when": _span(span, counts.length, own.lang), "n": number}
    if number is None:
        return t(f"own.tension.newest_missing.{counts.length}", lang=own.lang, **values)
    if number or not span.is_whole:  # that nothing was reported is said of every return alone
        newest = t(f"own.tension.newest.{counts.length}", lang=own.lang, **values)
    else:
        newest = t(f"own.tension.newest_none.{counts.length}", lang=own.lang, **values)
    if span.is_whole:
        return newest
    lacking = t("own.tension.not_whole", lang=own.lang, returned=span.returned, wanted=span.expected)
    return f"{newest} {lacking}"


def _judged(own: Session, counts: Counts, expected: ExpectedRange) -> str:
    """Say where the newest number stands beside what was expected, or why nothing can be."""
    if not counts.spans[-1].is_whole:
        return t("own.tension.expected.newest_not_whole", lang=own.lang)
    point = expected.points[-1]
    if point.lower is None or point.upper is None or point.verdict is None:
        if point.reason == "too_few_events":
            return t("own.tension.expected.few_events", lang=own.lang)
        return t(f"own.tension.expected.few_points.{counts.length}", lang=own.lang, n=len(expected.used))
    middle = decimal(point.expected, places=0, lang=own.lang)
    values = {"lower": int(point.lower), "upper": int(point.upper), "n": len(expected.used)}
    if point.says_little:
        return t(f"own.tension.expected.wide.{counts.length}", lang=own.lang, **values, middle=middle)
    verdict = t(f"own.tension.expected.{point.verdict}.{counts.length}", lang=own.lang, **values)
    if point.verdict == "within" and point.holds_double:
        return f"{verdict} {t('own.expected.double', lang=own.lang, middle=middle)}"
    return verdict


def _figure(own: Session, counts: Counts, expected: ExpectedRange) -> OverMonths:
    """Return the chart of all themes or kinds together, with the band of what was expected."""
    spans, numbers = counts.spans[-DRAWN[counts.length] :], counts.total[-DRAWN[counts.length] :]
    names = [_span(span, counts.length, own.lang) for span in spans]
    points = tuple(
        Point(
            at=span.start.isoformat(),
            value=number if span.is_whole else None,  # a part is no number of the whole: a gap
            hover=f"{name}: {_hover(own, span, number)}",
        )
        for span, number, name in zip(spans, numbers, names, strict=True)
    )
    label = t(f"own.tension.chart.{counts.length}", lang=own.lang)
    rows = tuple(
        (name, number, _returns(span, own.lang)) for name, number, span in zip(names, numbers, spans, strict=True)
    )
    returns = Column(key="returns", label=t("own.tension.head.returns", lang=own.lang))
    columns = (Column(key="when", label=label), Column(key="count", label=label, kind="number"), returns)
    latest = str(numbers[-1]) if spans[-1].is_whole else ""
    return OverMonths(
        code="own_tension_log_counts",
        title=label,
        subtitle=label,
        chips=(frame.marked(own.level, lang=own.lang),),
        drawing=TimeLine(points=points, bands=_bands(counts, expected), latest=latest),
        alt=f"{label}. {_newest(own, counts)} {_judged(own, counts, expected)}",
        sentence=_newest(own, counts),
        caveats=(Caveat(text=t("own.tension.low", lang=own.lang)),),
        table=Table(columns=columns, rows=rows),
        sources=(_source(own),),
        days=tuple((span.start.isoformat(), _short(span, own.lang)) for span in _some(spans)),
    )


def _hover(own: Session, span: Span, number: int | None) -> str:
    """Return the number of a span, with how many of its returns there are where one is missing."""
    if number is None:
        return t("own.tension.no_number", lang=own.lang)
    if span.is_whole:
        return str(number)
    return f"{number}. {t('own.tension.not_whole', lang=own.lang, returned=span.returned, wanted=span.expected)}"


def _returns(span: Span, lang: Language) -> str:
    return t("own.tension.returns", lang=lang, returned=span.returned, wanted=span.expected)


def _some(spans: Sequence[Span]) -> Sequence[Span]:
    """Return a few spans to name on an axis, evenly apart, the newest among them."""
    step = max(1, -(-len(spans) // NAMED))
    return spans[::-1][::step][::-1]


def _short(span: Span, lang: Language) -> str:
    """Return the month of a span in a few letters: an axis has room for few."""
    return period_label(start=span.start.replace(day=1), months=1, lang=lang, style="short")


def _bands(counts: Counts, expected: ExpectedRange) -> tuple[Band, ...]:
    """Return the limits of the spans that are drawn; one of which a return is missing has none."""
    first = max(0, len(counts.spans) - DRAWN[counts.length])
    judged = list(zip(counts.spans, expected.points, strict=True))[first:]
    return in_stretches(
        (at, span.start.isoformat(), point)
        for at, (span, point) in enumerate(judged)
        if span.is_whole and point.expected is not None
    )


def _source(own: Session) -> Source:
    """Return the workspace's own rows as a source: of today, and nobody else's."""
    return source_of(tension.TEMPLATE, edition=Words(en="", cy=""), since=today(), level=own.level)


def _table(own: Session, counts: Counts, by: By) -> Markup:
    """Return the newest weeks or quarters, the newest first: a week without a return has no numbers."""
    lang, choices = own.lang, templates()[tension.TEMPLATE].column(by).choices
    used = [code for code, numbers in counts.parts.items() if any(numbers)]
    heads = [t(f"own.tension.head.{counts.length}", lang=lang), _together(lang)]
    heads += [choices[code][lang] for code in used]
    heads += [t("own.tension.head.returns", lang=lang)]
    rows = []
    for at in reversed(range(max(0, len(counts.spans) - SHOWN[counts.length]), len(counts.spans))):
        span = counts.spans[at]
        numbers = [counts.total[at], *(counts.parts[code][at] for code in used)]
        cells = ["–" if number is None else str(number) for number in numbers]
        rows.append((_span(span, counts.length, lang), *cells, _returns(span, lang)))
    label = t(f"own.tension.chart.{counts.length}", lang=lang)
    return stacked_table(heads, rows, label=label, numbers=range(1, len(used) + 2), as_they_come=(0,))


def _together(lang: Language) -> str:
    return t("own.tension.head.total", lang=lang)


def _how(own: Session, length: Length) -> Markup:
    texts = (t(f"own.tension.how.{length}", lang=own.lang), t("own.tension.how.missing", lang=own.lang))
    return Markup("").join(part("parts", "paragraph", text=text) for text in texts)


def _pace(own: Session, lines: Lines, areas: Sequence[str]) -> None:
    """Show what was done and how fast: of the last year, and of all."""
    entries = tension.entries(lines, areas=areas)
    if not entries:
        show_paragraph("own.tension.no_entries", lang=own.lang)
        return
    year = tuple(one for one in entries if one.week > today() - A_YEAR)
    rows = [
        _pace_row(own, t(f"own.tension.pace.{name}", lang=own.lang), tension.pace(entries_then))
        for name, entries_then in (("year", year), ("all", entries))
    ]
    heads = [t(f"own.tension.pace.{key}", lang=own.lang) for key in ("when", "entries", "acted", "closed", "open")]
    st.html(stacked_table(heads, rows, label=t("own.tension.pace", lang=own.lang), numbers=(1,)))
    show_paragraph("own.tension.pace.note", lang=own.lang)


def _pace_row(own: Session, name: str, pace: Pace) -> tuple[str, ...]:
    return (
        name,
        str(pace.entries),
        _median(own, pace.days_to_action, pace.acted),
        _median(own, pace.days_to_closing, pace.closed),
        t("own.tension.pace.share", lang=own.lang, open=pace.open, n=pace.entries),
    )


def _median(own: Session, days: float | None, n: int) -> str:
    if days is None:
        few = t("own.tension.pace.few", lang=own.lang, n=n)
        return few if n else t("own.tension.pace.none", lang=own.lang)
    number = decimal(days, places=0 if days == int(days) else 1, lang=own.lang)
    return t("own.tension.pace.days", lang=own.lang, days=number, n=n)
