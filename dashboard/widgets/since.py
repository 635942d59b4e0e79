"""What was released after a day that the reader names, such as the last meeting: marked on figures, listed on Home.

The awkward fact: some publishers say no more of a release than its month or its year. One that may have been after the
day is listed too, under the very words that its publisher gives.
"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import age, links, queries
from dashboard.beside import SIMILAR
from dashboard.figure import Figure, View
from dashboard.figures.releases import Release, releases
from dashboard.i18n import t
from dashboard.i18n.periods import period_label, release_label
from dashboard.widgets import address, words
from dashboard.widgets.html import part

BETWEEN_MEETINGS = timedelta(weeks=12)  # about how far the days lie that boxes show by example
LONGEST = 40  # letters in a box for a day


def chip(figure: Figure, view: View) -> str:
    """Return what is said of a figure whose newest numbers were released after the reader's day; "" of any other."""
    if view.since is None:
        return ""
    newest = {o.source for o in figure.newest}
    new = [s for s in figure.sources if (s.code in newest or not newest) and s.is_news(view.since)]
    if not new:
        return ""
    released = release_label(max(new, key=lambda s: s.last_day).released, lang=view.lang)
    return t("since.chip", lang=view.lang, day=_named(view.since, view), released=released)


def notice(view: View) -> None:
    """Say at the top of a page which releases are marked, and where they are listed."""
    if view.since is None:
        return
    sentence = t("since.marked", lang=view.lang, day=_named(view.since, view))
    where = t("since.where", lang=view.lang)
    st.html(part("since", "notice", text=sentence, address=address.link(), where=where))


def listing(view: View) -> None:
    """Let the reader name a day, and list what was released for the place after it, newest first."""
    words.heading("since.question", view, code="since")
    label, example = t("since.label", lang=view.lang), age.today() - BETWEEN_MEETINGS
    ask("since", view.since, label=label, view=view, example=example, key="since_text")
    if view.since is None:
        return
    day = _named(view.since, view)
    places = (*(one for one in view.beside if one.code != SIMILAR), view.place)  # of several, ours says where it stands
    by_source = {one.source.code: one for place in places for one in releases(place, build=view.build)}
    new = [one for one in by_source.values() if one.source.is_news(view.since)]
    if not new:
        last = max((one.source for one in by_source.values()), key=lambda one: one.last_day, default=None)
        newest = release_label(last.released, lang=view.lang) if last else ""
        st.html(part("parts", "paragraph", text=t("since.nothing", lang=view.lang, day=day, newest=newest)))
        return
    new.sort(key=lambda one: one.source.last_day, reverse=True)
    heading = t("since.listed", lang=view.lang, n=len(new), day=day)
    st.html(part("since", "listing", heading=heading, releases=[_item(one, view) for one in new]))


def _item(release: Release, view: View) -> dict[str, str]:
    source = release.source
    return {
        "target": f"./{release.page}{address.link()}#{release.block}",
        "title": source.title.text(view.lang),
        "edition": f"{source.edition.text(view.lang)} · {release_label(source.released, lang=view.lang)}",
        "measures": "; ".join(
            queries.measure(code, build=view.build).name.text(view.lang) for code in release.measures
        ),
    }


def ask(name: str, now: date | None, *, label: str, view: View, example: date, key: str) -> None:
    """Let the reader name a day, which goes into the address under `name`; what is no day stays, and is told of there.

    The day stands in the box in words, as it was understood: 10/9/26 is one of two days to two people.
    """
    key, words_of_day = f"{key}_{view.lang}", _named(now, view) if now else ""
    lost = not address.was_drawn(key)
    refused = st.session_state.get(_refused(key), "")
    refused = "" if now else refused
    if not lost:
        st.session_state[key] = refused or words_of_day
    with st.container(width=300):
        typed = st.text_input(
            label,
            value=words_of_day if lost else "",
            key=key,
            placeholder=t("since.example", lang=view.lang, day=_named(example, view)),
            max_chars=LONGEST,
            width=260,
            on_change=lambda: _take(name, key),
        )
        if refused:
            sentence = t("since.no_day", lang=view.lang, typed=refused, day=_named(example, view))
            st.html(part("since", "refused", text=sentence))
    if lost and typed != words_of_day:
        _take(name, key)
        st.rerun()


def _take(name: str, key: str) -> None:
    """Take what was typed in a box into the address as a day; where it is none, none is chosen and the box says so."""
    typed = st.session_state[key]
    day = links.day_meant(typed)
    st.session_state[_refused(key)] = "" if day else typed.strip()
    address.keep(name, day.isoformat() if day else "")


def _refused(key: str) -> str:
    """Return under which key the session keeps what was typed in a box and is no day."""
    return f"{key}_refused"


def _named(day: date, view: View) -> str:
    return period_label(start=day, months=0, lang=view.lang, style="long")
