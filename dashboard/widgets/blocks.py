"""A block on the page, in the one order every block has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.briefing.tray import Piece
from dashboard.downloads import file_stem, source_lines
from dashboard.figure import Block, Figure, View
from dashboard.figures import catalogue
from dashboard.figures.request import Request
from dashboard.files import ROWS, address_of
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.memory import kept_with, remembered
from dashboard.model import Source
from dashboard.web import rows
from dashboard.widgets import choices, since
from dashboard.widgets.explore import ways
from dashboard.widgets.folded import folded
from dashboard.widgets.html import filled, part
from dashboard.widgets.once import Once, UnderFigure
from dashboard.widgets.plot import chart_html
from dashboard.widgets.raw_html import Ready

IMAGES = ("svg", "png")
TABLES = frozenset({"by_group"})  # figures whose table is what people come for
FEW_ROWS = 12  # a table that stands for a chart is open where it is no longer than this
NOTHING = Markup("")
ALONE = Once()  # a figure that stands on no page


def question(block: Block, text: str) -> None:
    """Show the question a block answers, as the heading that links land on."""
    st.html(_question_html(block, text))


def show(block: Block, request: Request, *, above: Markup = NOTHING, once: Once = ALONE) -> None:
    """Show a figure, or the card that says it is not held, with HTML `above` it; `once` is what its page says."""
    if isinstance(block, Figure):
        under = once.under(block)
        st.html(Ready(kept_with(block, (request, above, under), partial(_written, block, request, under, above=above))))
    else:
        st.html(filled("not_held", card=block, lang=request.lang, above=above))


def answer(text: str, block: Block, request: Request, *, once: Once = ALONE) -> None:
    """Show a question and the block that answers it."""
    show(block, request, above=_question_html(block, text), once=once)


def _question_html(block: Block, text: str) -> Markup:
    return part("parts", "heading", code=block.code, text=text)


def _written(figure: Figure, request: Request, under: UnderFigure, *, above: Markup) -> Markup:
    """Return title, subtitle, chips, chart, sentence, caveats, table, files, link and source."""
    lang = request.lang
    chart = chart_html(figure, lang=lang, areas=ways(figure, request)) if figure.has_chart else ""
    away = {f"./cards/{figure.code}.png": "figure.card", f"./embed/{figure.code}": "figure.embed"}
    return filled(
        "figure",
        figure=figure,
        under=under,
        lang=lang,
        above=above,
        news=since.chip(figure, request),
        controls=choices.controls(request, code=figure.code),
        copied=_copied(figure, request),
        copies=("words", *(("picture",) if figure.has_chart else ()), "rows"),
        chart=chart,
        rows=_rows(figure, request),
        piece=_piece(figure, request),
        stem=file_stem(figure.code, place=request.place.code, lang=lang, build=request.build),
        files={one: address_of(figure.code, request, form=one) for one in ROWS},
        images=IMAGES if figure.has_chart else (),
        saved=_saved(figure, request),
        briefing=f"./briefings?{request.address()}&kind=mine&tray=-",
        away={f"{where}?{request.address()}": key for where, key in away.items()},
        sources=sources_html(figure.sources, request),
    )


def _rows(figure: Figure, request: Request) -> Markup:
    """Return the table behind a figure: where it is had, folded; or itself, open, where it stands for the chart."""
    summary = t("figure.show_table", lang=request.lang)
    is_open = figure.code in TABLES
    if figure.has_chart and not is_open:
        return part("parts", "rows", address=rows.address_of(figure.code, request), summary=summary)
    inside = rows.of_figure(figure, lang=request.lang, folds=is_open)
    if not figure.has_chart and len(figure.table.rows) <= FEW_ROWS:
        return inside
    if is_open:
        return part("parts", "unfolded", kind="ct-rows", inside=inside, summary=summary)
    return folded(summary, inside, kind="ct-rows")


def _piece(figure: Figure, request: Request) -> str:
    """Return a figure as a piece of my briefing (static/tray.js), with the choices it is shown by."""
    usual = dict(catalogue.with_usual(figure.code, request.view).options)
    chosen = tuple(one for one in request.options if usual.get(one[0]) != one[1])
    return Piece(code=figure.code, options=chosen).written


def _saved(figure: Figure, view: View) -> dict[str, str]:
    """Return what a picture of the chart is saved with (static/figure.js)."""
    return {
        "figure": figure.code,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "source": " ".join(line for source in figure.sources for line in source_lines(source, lang=view.lang)[:2]),
    }


def _copied(figure: Figure, request: Request) -> dict[str, str]:
    """Return what the buttons that copy a figure carry (static/figure.js): its finding with the sources, its rows."""
    lang = request.lang
    sources = dict.fromkeys(" ".join(source_lines(source, lang=lang)) for source in figure.sources)
    return {
        "words": "\n".join((f"{figure.title}.", figure.subtitle, figure.sentence, *sources)),
        "figure": figure.code,
        "rows": address_of(figure.code, request, form="csv"),
        "done": t("copy.done", lang=lang),
        "failed": t("copy.failed", lang=lang),
    }


def sources_html(sources: Iterable[Source], view: View) -> Markup:
    """Return sources as paragraphs, each once, its title a link to the publication."""
    return Markup("").join(dict.fromkeys(_source_line(source, view.lang) for source in sources))


@remembered(most=512)
def _source_line(source: Source, lang: Language) -> Markup:
    words = {
        "publisher": source.publisher_inside(lang),
        "title": part("parts", "way_out", url=source.url, text=source.title.text(lang)),
        "edition": source.edition.text(lang),
        "released": release_label(source.released, lang=lang),
        "licence": source.licence.text(lang),
    }
    line = t("figure.source_line", lang=lang, **{name: f"{{{name}}}" for name in words})
    return part("parts", "paragraph", text=Markup(line).format(**words))  # noqa: S704 - the catalogue's own
