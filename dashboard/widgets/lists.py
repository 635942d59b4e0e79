"""Lists to look things up in: the catalogue of sources, the ledger of breaks, glossary, gaps.

The awkward fact: a hundred expanders would be a hundred widgets. These are plain HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from dashboard import queries
from dashboard.blocks import hate_crime
from dashboard.blocks.hate_crime import Account
from dashboard.figure import View, in_language
from dashboard.figures.equality import to_police
from dashboard.findings import gaps
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.periods import period_label, release_label
from dashboard.i18n.text import written
from dashboard.memory import kept_with, remembered
from dashboard.model import Source
from dashboard.queries import Entry, Holding
from dashboard.search.index import Kind, anchor
from dashboard.widgets import address
from dashboard.widgets.blocks import sources_html
from dashboard.widgets.folded import folded
from dashboard.widgets.html import filled, part
from dashboard.widgets.raw_html import Ready
from dashboard.widgets.stacked_table import stacked_table

LONGEST_SEARCH = 60
_PAGE_OF = {
    "hate_crime": "hate_crime",
    "crime": "hate_crime",
    "population": "migration",
    "migration": "migration",
    "sanctuary": "sanctuary",
}
KNOWN_TO_FAIL = ("english", "charts", "script", "people")


def search(view: View) -> str:
    """Show a search box whose text lives in the address, and return what to look for, in lower case."""
    query = st.query_params.get("q", "")[:LONGEST_SEARCH]
    key = "catalogue_search"
    if key not in st.session_state:
        st.session_state[key] = query
    text = st.text_input(t("data.search", lang=view.lang), key=key, max_chars=LONGEST_SEARCH, width=420)
    address.keep_text("q", text)
    return text.strip().lower()


def sources(view: View, *, query: str) -> None:
    """Show every source that speaks of `query` under its publisher, each with all there is to know about it."""
    catalogue = queries.catalogue(build=view.build)
    entries_of = [entry for entry in catalogue if query in _searchable(entry)]
    tables = Counter(_published(entry.source) for entry in catalogue)
    st.html(part("parts", "status", text=t("data.found", lang=view.lang, n=len(entries_of))))
    listed = Markup("")
    for publisher, of_publisher in groupby(entries_of, key=lambda entry: entry.source.publisher):
        listed += part("parts", "subheading", text=publisher.text(view.lang))
        for entry in of_publisher:
            is_one_of_several = tables[_published(entry.source)] > 1
            listed += kept_with(entry, view.lang, partial(_source, entry, view, is_one_of_several=is_one_of_several))
    st.html(Ready(listed or part("parts", "paragraph", text=t("data.none_found", lang=view.lang))))


def _published(source: Source) -> tuple[str, str]:
    """Return what the publisher calls what a table was read from, which several tables may share."""
    return source.title.en, source.edition.en


def _searchable(entry: Holding) -> str:
    """Return everything about a source in both languages, so that either language finds it."""
    s = entry.source
    texts = [s.edition, s.publisher, s.title, s.counts, s.coverage, s.caution, *entry.measures]
    return " ".join([s.code, *(words.text(lang) for lang in LANGUAGES for words in texts)]).lower()


def _source(entry: Holding, view: View, *, is_one_of_several: bool) -> Markup:
    """Return a source folded under its title; one of several tables of an edition is told by measures and coverage."""
    s, lang = entry.source, view.lang
    measures = "; ".join(m.text(lang) for m in entry.measures)
    lines = (
        ("data.counts", s.counts.text(lang)),
        ("data.measures", measures),
        ("data.publisher", s.publisher.text(lang)),
        ("figure.edition", s.edition.text(lang)),
        ("figure.released", release_label(s.released, lang=lang)),
        (
            "data.next_release",
            _next_release(entry, lang=lang),
        ),
        ("grade.label", t(f"grade.{s.grade}", lang=lang)),
        ("data.checked", s.checked.text(lang)),
        ("data.status", _status(s, lang=lang)),
        ("figure.licence", s.licence.text(lang)),
        ("data.coverage", s.coverage.text(lang)),
        ("data.held", t("data.held_text", lang=lang, figures=f"{entry.figures:,}", areas=f"{entry.areas:,}")),
        ("data.cautions", s.caution.text(lang) or t("data.no_cautions", lang=lang)),
        ("data.page", part("parts", "way_out", url=s.url, text=s.url)),
        ("data.file", f"{s.file} (SHA-256 {s.sha256[:16]}…)"),
    )
    rows = ((t(key, lang=lang), text) for key, text in lines)
    title = f"{s.title.text(lang)}: {measures}" if is_one_of_several else s.title.text(lang)
    about = [s.coverage.text(lang).rstrip(".")] if is_one_of_several else []
    about += [s.edition.text(lang), t(f"grade.{s.grade}", lang=lang)]
    summary = part("parts", "beside", text=title, aside=" · ".join(about))
    return folded(summary, filled("terms", terms=rows), kind="ct-details", code=s.code)


def _status(source: Source, *, lang: Language) -> str:
    """Return how the publisher labels a source, and that a newer series replaced it where one did."""
    older = (t("chip.older_series", lang=lang),) if source.vintage == "superseded" else ()
    return " · ".join((t(f"chip.{source.status}", lang=lang), *older))


def _next_release(entry: Holding, *, lang: Language) -> str:
    return entry.next_release.text(lang) if entry.next_release else t("data.not_known", lang=lang)


def breaks(view: View) -> None:
    """Show the ledger of breaks: when, what and where, how serious, and what it does."""
    st.html(Ready(_breaks(lang=view.lang, build=view.build)))


@remembered(most=8)
def _breaks(*, lang: Language, build: str) -> Markup:
    names, areas = queries.measures(build=build), queries.areas(build=build)
    heads = ("column.date", "column.measure", "column.area", "data.severity", "data.effect")
    rows = (
        (
            " – ".join(period_label(start=day, months=0, lang=lang, style="short") for day in (b.date, b.until) if day),
            names[b.measure].name.text(lang),
            areas[b.area].name.text(lang),
            t(f"break.{b.severity}", lang=lang),
            b.effect.text(lang),
        )
        for b in queries.all_breaks(build=build)
    )
    return stacked_table(
        [t(key, lang=lang) for key in heads], rows, label=t("data.breaks", lang=lang), as_they_come=(0,)
    )


def entries(every: Iterable[Entry], view: View, *, kind: Kind | None = None, link_label: str = "") -> None:
    """Show entries as a definition list, in their order; those of a `kind` that can be found are landed on each."""
    listed = [(anchor(kind, one) if kind else "", one) for one in every]
    st.html(filled("entries", entries=listed, link_label=link_label, lang=view.lang))


def not_held(view: View) -> None:
    """Show the whole ledger of what is not held, and then the publications whose newer figures are not, as a table."""
    st.html(Ready(_not_held(lang=view.lang, build=view.build)))


@remembered(most=8)
def _not_held(*, lang: Language, build: str) -> Markup:
    ledger = (*queries.gaps(build=build), *gaps.overtaken(build=build))
    page = t("data.official_page", lang=lang)
    rows = [
        (
            gap.entry.heading.text(lang),
            t(f"nav.{_PAGE_OF.get(gap.topic, 'profile')}", lang=lang),
            part("parts", "with_link", text=gap.entry.text.text(lang), url=gap.entry.url, link=page),
        )
        for gap in ledger
    ]
    heads = ("data.not_held", "data.subject", "data.why_and_where")
    return stacked_table(
        [t(key, lang=lang) for key in heads],
        rows,
        label=t("data.gaps", lang=lang),
        codes=[anchor("gap", gap.entry) for gap in ledger],
    )


def request_wording(view: View) -> None:
    """Show a ready Freedom of Information request for the figures nobody publishes, to copy."""
    st.code(written(to_police(view.place), view.lang), language=None, wrap_lines=True)


def accounts(view: View) -> None:
    """Show the ways hate crime is counted side by side: what each can and cannot tell."""
    ways: tuple[Account, ...] = in_language(hate_crime.accounts(view.subject), view.lang)
    cited = [(one, sources_html([one.source], view)) for one in ways]
    st.html(filled("accounts", accounts=cited, lang=view.lang))


def accessibility(view: View) -> None:
    """Show the accessibility statement: the aim, how it is tested, and what is known to fail."""
    say = {key: t(f"accessibility.{key}", lang=view.lang) for key in ("aim", "tested", "fails", "help")}
    fails = [t(f"accessibility.fail.{one}", lang=view.lang) for one in KNOWN_TO_FAIL]
    st.html(filled("accessibility", say=say, fails=fails))
