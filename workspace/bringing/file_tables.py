"""What is said of a file as tables: its errors by row and column, what control does to it, and what it changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from dashboard import queries, store
from dashboard.i18n import Language, t
from dashboard.i18n.periods import PeriodName
from dashboard.widgets.stacked_table import stacked_table
from local_figures.checking.check import Checked
from local_figures.checking.problems import Problem
from local_figures.door import REST, Cell, Disclosure, Figure
from local_figures.shares import Share
from local_figures.templates import Template, templates
from workspace.bringing.brought_file import cell_of

MOST_ON_PAGE = 200  # of errors on the page: the marked file has them all
MOST_ROWS = 2_000  # of figures on the page
LONGEST_CELL = 60
PROBLEM_COLUMNS = ("row", "column", "cell", "said")
FIGURE_COLUMNS = ("period", "area", "what")
Change = tuple[Cell, Figure | None, Figure | None]


def problems_html(checked: Checked, problems: Sequence[Problem], *, label: str, lang: Language) -> Markup:
    """Return problems by row and column, each with what stands there; without columns of which there is nothing."""
    heads = [t(f"own.bring.column.{name}", lang=lang) for name in PROBLEM_COLUMNS]
    rows = [
        (_row(one, lang), one.column or "", cell_of(checked, one)[:LONGEST_CELL], one.sentence(lang=lang))
        for one in problems[:MOST_ON_PAGE]
    ]
    return _stacked(heads, rows, label=label, numbers=())


def _row(problem: Problem, lang: Language) -> str:
    if problem.row is None:
        return t("own.bring.whole_file", lang=lang)
    return t("own.bring.row", lang=lang, row=problem.row)


def _stacked(heads: Sequence[str], rows: Sequence[Sequence[str]], *, label: str, numbers: Collection[str]) -> Markup:
    """Return a table that folds into cards on a narrow screen, without the columns in which nothing stands."""
    filled = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    headings = [heads[at] for at in filled]
    return stacked_table(
        headings,
        [[row[at] for at in filled] for row in rows],
        label=label,
        numbers=[at for at, head in enumerate(headings) if head in numbers],
        as_they_come=(0,),
    )


def figures_html(edition: Disclosure, *, label: str, lang: Language) -> Markup:
    """Return every figure as it may be shown: its number, or the mark that stands in its place."""
    template, number = templates()[edition.template], t("own.bring.column.number", lang=lang)
    figures = sorted(edition.figures, key=lambda one: _place(one.cell, template))
    returns = t("own.tension.head.returns", lang=lang)
    rows = [(*_named(one.cell, template, lang), as_text(one, lang), weeks_of(one, lang)) for one in figures[:MOST_ROWS]]
    return _stacked([*_heads(template, lang), number, returns], rows, label=label, numbers=(number,))


def weeks_of(figure: Figure, lang: Language) -> str:
    """Return how many weeks of a figure's period were returned, "" of what no weekly returns come to."""
    if figure.returned is None:
        return ""
    returned, expected = figure.returned
    return t("own.tension.weeks_returned", lang=lang, returned=returned, wanted=expected)


def shares_html(edition: Disclosure, *, label: str, lang: Language) -> Markup:
    """Return every share as it may be shown, with out of how many it is."""
    template = templates()[edition.template]
    n, share = (t(f"own.bring.column.{name}", lang=lang) for name in ("n", "share"))
    shares = sorted(edition.shares, key=lambda one: (_place(one.cell, template), one.of))
    rows = [
        (*_named(one.cell, template, lang, what=_share_name(one, template, lang)), _out_of(one), _percent(one))
        for one in shares[:MOST_ROWS]
    ]
    return _stacked([*_heads(template, lang), n, share], rows, label=label, numbers=(n, share))


def _share_name(share: Share, template: Template, lang: Language) -> str:
    """Return what a share counts, and what it is a share of where that is another number."""
    part, whole = share.cell.measure.split(".")[1], share.of.partition(".")[2]
    named = template.column(part).heading[lang]
    if not whole:
        return named
    return t("own.bring.share", lang=lang, part=named, whole=template.column(whole).heading[lang])


def _out_of(share: Share) -> str:
    return "–" if share.n is None else f"{share.n:,}"


def _percent(share: Share) -> str:
    if share.percent is not None:
        return f"{share.percent:.1f}%"
    return f"{share.marker} ({share.between[0]:.0f}–{share.between[1]:.0f}%)" if share.between else share.marker


def changes_html(changes: Sequence[Change], template: Template, *, label: str, lang: Language) -> Markup:
    """Return each figure that is told otherwise than before, both as they may be shown."""
    before, now = (t(f"own.bring.column.{name}", lang=lang) for name in ("before", "now"))
    rows = [
        (*_named(cell, template, lang), as_text(old, lang), as_text(new, lang))
        for cell, old, new in changes[:MOST_ROWS]
    ]
    return _stacked([*_heads(template, lang), before, now], rows, label=label, numbers=(before, now))


def as_text(figure: Figure | None, lang: Language) -> str:
    """Return a figure as it may be shown, of a hidden one what was last told of it; a dash where there is none."""
    if figure is None:
        return "–"
    if figure.count is not None:
        return f"{figure.count:,}"
    if figure.before is None:
        return figure.marker
    count, number = figure.before
    return t("own.bring.told_before", lang=lang, mark=figure.marker, count=f"{count:,}", number=number)


def area_names(lang: Language) -> dict[str, str]:
    """Return what areas are called."""
    return {code: area.name.text(lang) for code, area in queries.areas(build=store.build_id()).items()}


def _heads(template: Template, lang: Language) -> list[str]:
    of_all = [t(f"own.bring.column.{name}", lang=lang) for name in FIGURE_COLUMNS]
    return [*of_all, *(template.column(name).heading[lang] for name in _dims(template))]


def _dims(template: Template) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for table in template.by for name in table))


def _place(cell: Cell, template: Template) -> tuple[object, ...]:
    """Return where a figure stands among others: the newest period first, then in the order of the lists."""
    category = dict(cell.category)
    listed = [
        list(template.column(name).choices).index(category[name]) if template.column(name).choices else 0
        for name in _dims(template)
        if name in category
    ]
    return -date.fromisoformat(cell.start).toordinal(), -cell.months, cell.area, cell.measure, len(listed), listed


def _named(cell: Cell, template: Template, lang: Language, *, what: str | None = None) -> list[str]:
    """Return what a figure is of: the number, the period, the area, and of each column what or all."""
    category = dict(cell.category)
    told_of = [
        template.column(name).choices.get(category[name], {}).get(lang, category[name])
        if name in category
        else t("own.all", lang=lang)
        for name in _dims(template)
    ]
    period = PeriodName(start=date.fromisoformat(cell.start), months=cell.months, style="short").text(lang)
    return [period, area_names(lang).get(cell.area, cell.area), what or _number(cell, template, lang), *told_of]


def _number(cell: Cell, template: Template, lang: Language) -> str:
    """Return which number a figure is, "" where its template has one alone."""
    _, name, *rest = cell.measure.split(".")
    if len(template.numbers) == 1 and not rest:
        return ""
    larger, *smaller = [template.column(one).heading[lang] for one in (name, *rest) if one != REST]
    if smaller:
        return t("own.bring.without", lang=lang, larger=larger, smaller=smaller[0])
    return t("own.bring.left", lang=lang, larger=larger) if rest else larger
