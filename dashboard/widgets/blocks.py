"""A block on the page, in the one order every block has."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.briefing.tray import Piece
from dashboard.downloads import file_stem, source_lines
from dashboard.figure import Block, Figure, NotHeld, Table, View
from dashboard.figures import catalogue
from dashboard.figures.request import Request
from dashboard.files import ROWS, address_of
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.model import Source
from dashboard.tables import as_read, marker_key
from dashboard.widgets import since
from dashboard.widgets.explore import ways
from dashboard.widgets.folded import folded
from dashboard.widgets.plot import chart_html
from dashboard.widgets.ready import Ready, kept_with

IMAGES = ("svg", "png")
BETWEEN = "\0"
IN_TIME = {"period": "order"}
TABLES = frozenset({"by_group"})  # figures whose table is what people come for
FEW_ROWS = 12  # a table that stands for a chart is open where it is no longer than this


def question(block: Block, text: str) -> None:
    """Show the question a block answers, as the heading that links land on."""
    st.html(_question_html(block, text))


def show(block: Block, request: Request, *, above: str = "") -> None:
    """Show a figure, or the card that says it is not held, with HTML `above` its title."""
    if isinstance(block, Figure):
        show_figure(block, request, above=above)
    else:
        show_not_held(block, request, above=above)


def answer(text: str, block: Block, request: Request) -> None:
    """Show a question and the block that answers it."""
    show(block, request, above=_question_html(block, text))


def _question_html(block: Block, text: str) -> str:
    return f'<h2 id="{block.code}">{escape(text)}</h2>'


def show_not_held(card: NotHeld, view: View, *, above: str = "") -> None:
    """Show why a figure is not held and where it can be had."""
    lines = [
        f"<h3>{escape(card.title)}</h3>",
        f"<p>{escape(card.reason)}</p>",
        f"<p>{escape(card.how)} <a href='{escape(card.url)}'>{escape(card.url_label)}</a></p>",
        f"<p class='ct-muted'>{escape(t('not_held.never_estimated', lang=view.lang))}</p>",
    ]
    st.html(f"{above}<section class='ct-block ct-not-held' id='block_{card.code}'>{''.join(lines)}</section>")


def show_figure(figure: Figure, request: Request, *, above: str = "") -> None:
    """Show title, subtitle, chips, chart, sentence, caveats, table, files, link and source."""
    st.html(Ready(kept_with(figure, (request, above), lambda: _written(figure, request, above=above))))


def _written(figure: Figure, view: Request, *, above: str) -> str:
    chips = "".join(f"<li>{escape(chip)}</li>" for chip in figure.chips)
    parts = (
        "<div class='ct-together'>",  # on paper
        above,
        f"<h3 class='ct-title'>{escape(figure.title)}</h3><p class='ct-subtitle'>{escape(figure.subtitle)}</p>",
        f"<ul class='ct-chips'>{since.chip(figure, view)}{chips}</ul>",
        f"{chart_html(figure, lang=view.lang, areas=ways(figure, view)) if figure.has_chart else ''}</div>",
        f"<p class='ct-sentence'>{escape(figure.sentence)}</p>",
        _caveats(figure, view),
        _rows(figure, view),
        _files(figure, view),
        _source_html(figure, view),
    )
    return f"<section class='ct-block' id='block_{figure.code}'>{''.join(parts)}</section>"


def _rows(figure: Figure, view: View) -> str:
    """Return the table behind a figure: folded, or open where it stands for the chart."""
    table = table_html(figure.table, caption=f"{figure.title}. {figure.subtitle}", lang=view.lang)
    if not figure.has_chart and len(figure.table.rows) <= FEW_ROWS:
        return f"{table}{_marker_key(figure.table, view)}"
    summary = escape(t("figure.show_table", lang=view.lang))
    inside = f"{table}{_marker_key(figure.table, view)}"
    if figure.code in TABLES:
        return f"<details class='ct-rows' open><summary>{summary}</summary>{inside}</details>"
    return folded(summary, inside, kind="ct-rows")


def _caveats(figure: Figure, view: View) -> str:
    items = "".join(f"<li>{escape(c)}</li>" for c in figure.caveat_texts)
    heading = escape(t("figure.does_not_tell", lang=view.lang))
    return f"<section class='ct-caveats'><h4>{heading}</h4><ul>{items}</ul></section>"


def table_html(table: Table, *, caption: str, lang: Language) -> str:
    """Return the shown columns as an HTML table with header cells, numbers to the right."""
    read = as_read(table, lang=lang)
    head = "".join(header(c.label, kind=IN_TIME.get(c.key, c.kind)) for c in read.columns)
    opening = ["<tr><th scope='row'>", *(f"<td class=ct-{column.kind}>" for column in read.columns[1:])]
    closing = ["</th>", *("</td>" for _ in read.columns[1:])]
    body = []
    for row in read.rows:
        texts = escape(BETWEEN.join(row)).split(BETWEEN)  # once for a row: a page has thousands of cells
        body += [part for cell in zip(opening, texts, closing, strict=True) for part in cell]
        body.append("</tr>")
    return (
        f"<div class='ct-scroll' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
        f"<table class='ct-table'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def header(label: str, *, kind: str, side: str = "", folds: bool = False) -> str:
    """Return a header cell whose button sorts the table (static/sort.js): by "number", "text", or as it came ("order").

    A period is no word and no number: rows come in the order of time, and are sorted by that.
    """
    side = side or ("number" if kind == "number" else "text")
    button = f"<button type='button' class='ct-sort'>{escape(label)}</button>"
    said = f"<span class='ct-said'>{escape(label)}</span>" if folds else ""  # where the table is a list on a telephone
    return f"<th scope='col' role='columnheader' class='ct-{side}' data-sort='{kind}'>{button}{said}</th>"


def _marker_key(table: Table, view: View) -> str:
    """Return what each marker in a table means; nothing when there is none."""
    lines = marker_key(table, lang=view.lang)
    return f"<p class='ct-muted'>{escape(' · '.join(lines))}</p>" if lines else ""


def _files(figure: Figure, view: Request) -> str:
    """Return the links to a figure's files, the buttons that save its chart (static/figure.js), its link and its card.

    Its own link leads to the block within the address there is: where the reader stands, whatever was chosen since.
    """
    stem = file_stem(figure.code, place=view.place.code, lang=view.lang, build=view.build)
    said = {
        "figure": figure.code,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "source": " ".join(line for source in figure.sources for line in source_lines(source, lang=view.lang)[:2]),
    }
    data = " ".join(f"data-{name}='{escape(value, quote=True)}'" for name, value in said.items())
    say = {one: escape(t(f"figure.download_{one}", lang=view.lang)) for one in (*ROWS, *IMAGES)}
    addresses = {one: escape(address_of(figure.code, view, form=one), quote=True) for one in ROWS}
    files = "".join(f"<a class='ct-file' href='{addresses[one]}' download>{say[one]}</a>" for one in ROWS)
    images = "".join(
        f"<button type='button' class='ct-image' data-kind='{one}' data-name='{stem}.{one}' {data}>{say[one]}</button>"
        for one in (IMAGES if figure.has_chart else ())
    )
    link = f"<a class='ct-link' href='#{figure.code}'>{escape(t('figure.link', lang=view.lang))}</a>"
    travelling = {
        f"./cards/{figure.code}.png": t("figure.card", lang=view.lang),
        f"./embed/{figure.code}": t("figure.embed", lang=view.lang),
    }
    away = "".join(
        f"<a class='ct-away' href='{escape(f'{where}?{view.address()}', quote=True)}' target='_blank' rel='noopener'>"
        f"{escape(words)}</a>"
        for where, words in travelling.items()
    )
    return f"<div class='ct-actions'>{_add(figure, view)}{files}{images}{link}{away}</div>"


def _add(figure: Figure, view: Request) -> str:
    """Return the way to put a figure into my briefing (static/tray.js), with the choices it is shown by."""
    usual = dict(catalogue.with_usual(figure.code, view.view).options)
    piece = Piece(code=figure.code, options=tuple(one for one in view.options if usual.get(one[0]) != one[1]))
    target = escape(f"./briefings?{view.address()}&kind=mine&tray=-{piece.written}", quote=True)
    said = escape(t("tray.add", lang=view.lang))
    return f"<a class='ct-add' data-piece='{escape(piece.written, quote=True)}' href='{target}'>{said}</a>"


def _source_html(figure: Figure, view: View) -> str:
    return f"<footer class='ct-source'>{''.join(dict.fromkeys(source_line(s, view) for s in figure.sources))}</footer>"


def source_line(source: Source, view: View) -> str:
    """Return one source as a paragraph, its title a link to the publication."""
    words = {
        "publisher": escape(source.publisher_inside(view.lang)),
        "title": f"<a href='{escape(source.url, quote=True)}'>{escape(source.title.text(view.lang))}</a>",
        "edition": escape(source.edition.text(view.lang)),
        "released": escape(release_label(source.released, lang=view.lang)),
        "licence": escape(source.licence.text(view.lang)),
    }
    return f"<p>{t('figure.source_line', lang=view.lang, **words)}</p>"
