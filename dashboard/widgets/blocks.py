"""A block on the page, in the one order every block has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.downloads import csv_bytes, file_stem, source_lines, xlsx_bytes
from dashboard.figure import Block, Figure, NotHeld, Table, View
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.model import Source
from dashboard.tables import as_read, marker_key
from dashboard.widgets import address
from dashboard.widgets.plot import Drawn
from dashboard.widgets.ready import Ready

PLOT_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def question(block: Block, text: str) -> None:
    """Show the question a block answers, as the heading that links land on."""
    st.html(_question_html(block, text))


def show(block: Block, view: View, *, above: str = "") -> None:
    """Show a figure, or the card that says it is not held, with HTML `above` its title."""
    with st.container(key=f"block_{block.code}"):
        if isinstance(block, Figure):
            show_figure(block, view, above=above)
        else:
            show_not_held(block, view, above=above)


def answer(text: str, block: Block, view: View) -> None:
    """Show a question and the block that answers it."""
    show(block, view, above=_question_html(block, text))


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
    st.html(f"{above}<section class='ct-not-held'>{''.join(lines)}</section>")


@dataclass(frozen=True, kw_only=True)
class Written:
    """The HTML of a figure, above its chart and below."""

    head: str
    body: str
    source: str


def show_figure(figure: Figure, view: View, *, above: str = "") -> None:
    """Show title, subtitle, chips, chart, sentence, caveats, table, downloads, link and source."""
    written = _written(figure, view)
    st.html(Ready(above + written.head))
    config = PLOT_CONFIG | figure.config
    st.plotly_chart(Drawn(figure.plot), theme=None, key=f"plot_{figure.code}", config=config, alt=figure.alt)
    st.html(Ready(written.body))
    _downloads(figure, view)
    st.html(Ready(written.source))


def _written(figure: Figure, view: View) -> Written:
    """Return a figure's HTML, made once and kept with it: figures are remembered from click to click."""
    kept: dict[str, Written] = vars(figure).setdefault("written", {})
    if view.lang not in kept:
        kept[view.lang] = Written(
            head=f"<h3 class='ct-title'>{escape(figure.title)}</h3><p class='ct-subtitle'>{escape(figure.subtitle)}</p>"
            f"<ul class='ct-chips'>{''.join(f'<li>{escape(chip)}</li>' for chip in figure.chips)}</ul>",
            body=f"<p class='ct-sentence'>{escape(figure.sentence)}</p>{_caveats(figure, view)}{_rows(figure, view)}",
            source=_source_html(figure, view),
        )
    return kept[view.lang]


def _rows(figure: Figure, view: View) -> str:
    """Return the table behind a figure, folded: HTML `details` open without a rerun, print, and can be searched."""
    table = table_html(figure.table, caption=f"{figure.title}. {figure.subtitle}", lang=view.lang)
    summary = escape(t("figure.show_table", lang=view.lang))
    return f"<details class='ct-rows'><summary>{summary}</summary>{table}{_marker_key(figure.table, view)}</details>"


def _caveats(figure: Figure, view: View) -> str:
    items = "".join(f"<li>{escape(c)}</li>" for c in figure.caveats)
    heading = escape(t("figure.does_not_tell", lang=view.lang))
    return f"<section class='ct-caveats'><h4>{heading}</h4><ul>{items}</ul></section>"


def table_html(table: Table, *, caption: str, lang: Language) -> str:
    """Return the shown columns as an HTML table with header cells, numbers to the right."""
    read = as_read(table, lang=lang)
    head = "".join(f"<th scope='col' class='ct-{c.kind}'>{escape(c.label)}</th>" for c in read.columns)
    body = []
    for first, *others in read.rows:
        cells = zip(others, read.columns[1:], strict=True)
        rest = "".join(f"<td class=ct-{c.kind}>{escape(text)}</td>" for text, c in cells)
        body.append(f"<tr><th scope='row'>{escape(first)}</th>{rest}</tr>")
    return (
        f"<div class='ct-scroll' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
        f"<table class='ct-table'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _marker_key(table: Table, view: View) -> str:
    """Return what each marker in a table means; nothing when there is none."""
    lines = marker_key(table, lang=view.lang)
    return f"<p class='ct-muted'>{escape(' · '.join(lines))}</p>" if lines else ""


def _downloads(figure: Figure, view: View) -> None:
    stem = file_stem(figure, place=view.place.code, lang=view.lang, build=view.build)
    makers: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "csv": ("figure.download_csv", "text/csv", lambda: csv_bytes(figure)),
        "xlsx": (
            "figure.download_excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda: xlsx_bytes(figure, lang=view.lang, build=view.build),
        ),
    }
    with st.container(horizontal=True, key=f"downloads_{figure.code}"):
        for kind, (label, mime, make) in makers.items():
            st.download_button(
                t(label, lang=view.lang),
                data=make,
                file_name=f"{stem}.{kind}",
                mime=mime,
                key=f"{kind}_{figure.code}",
                on_click="ignore",
            )
        st.html(_images(figure, stem=stem, view=view))


def _images(figure: Figure, *, stem: str, view: View) -> str:
    """Return the buttons that save the chart as an image (static/figure.js), and the link to this view."""
    said = {
        "figure": figure.code,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "source": " ".join(line for source in figure.sources for line in source_lines(source, lang=view.lang)[:2]),
    }
    data = " ".join(f"data-{name}='{escape(value, quote=True)}'" for name, value in said.items())
    buttons = "".join(
        f"<button type='button' class='ct-image' data-kind='{kind}' data-name='{stem}.{kind}' {data}>"
        f"{escape(t(f'figure.download_{kind}', lang=view.lang))}</button>"
        for kind in ("svg", "png")
    )
    target = f"{escape(address.link(), quote=True)}#{figure.code}"
    link = f"<a class='ct-link' href='{target}'>{escape(t('figure.link', lang=view.lang))}</a>"
    return f"<div class='ct-actions'>{buttons}{link}</div>"


def _source_html(figure: Figure, view: View) -> str:
    return f"<footer class='ct-source'>{''.join(dict.fromkeys(source_line(s, view) for s in figure.sources))}</footer>"


def source_line(source: Source, view: View) -> str:
    """Return one source as a paragraph, its title a link to the publication."""
    words = {
        "publisher": escape(source.publisher.text(view.lang)),
        "title": f"<a href='{escape(source.url, quote=True)}'>{escape(source.title.text(view.lang))}</a>",
        "edition": escape(source.edition.text(view.lang)),
        "released": escape(release_label(source.released, lang=view.lang)),
        "licence": escape(source.licence),
    }
    return f"<p>{t('figure.source_line', lang=view.lang, **words)}</p>"
