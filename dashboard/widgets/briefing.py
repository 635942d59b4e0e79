"""The page that hands briefings over: choose, add your own words, look, download; and the way to the projector.

The awkward fact: an officer's own words are nobody else's. They live in this session's boxes and in the file that is
made, never in the address, a cache or a log.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.age import today
from dashboard.briefing.compose import Own, cleaned, compose
from dashboard.briefing.documents import ready
from dashboard.briefing.forms import BOTH, USUAL, as_file, drawn_as, forms_of, is_bilingual, name_and_type
from dashboard.briefing.kinds import BY_CODE, SHELVES, on_shelf
from dashboard.briefing.model import EVERY_KIND, Briefing, Officer, file_stem
from dashboard.briefing.pdf import page_pictures
from dashboard.briefing.saved_briefing import SavedBriefing
from dashboard.briefing.tabular import data_tables
from dashboard.briefing.tray import EMPTY
from dashboard.figure import View
from dashboard.figures.request import ends
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.text import FirstLetter, Translatable
from dashboard.memory import remembered
from dashboard.page_queue import aside
from dashboard.widgets import address, since, tray
from dashboard.widgets.html import part
from dashboard.widgets.own_words import boxes, keep_or_open, officer
from dashboard.widgets.raw_html import Ready

FILE_LANGUAGES = (*LANGUAGES, BOTH)
PREVIEW_PAGES, PREVIEW_PPI = 4, 96
PREVIEWS_KEPT = 16
OF_MEETINGS = ("deck", "mine")  # kinds that know the days of two meetings
CHOICE_WIDTH = 320  # pixels
LOOKED_AT = "preview_held"
Preview: TypeAlias = tuple[tuple[object, ...], tuple[bytes, ...]]  # of what, and its pages


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What the reader chose: how much, about what, as what kind of file, in which language."""

    kind: str
    choice: str
    form: str
    language: str


def chosen(view: View) -> Selection:
    """Return the choice the address holds; a form that does not suit the kind gives the usual one."""
    kind = address.chosen("kind", options=EVERY_KIND, default="one_page")
    offered = [form.code for form in forms_of(kind)]
    about = BY_CODE[kind].choice
    return Selection(
        kind=kind,
        choice=address.chosen(about.name, options=about.codes, default=about.codes[0]) if about else "",
        form=address.chosen("form", options=offered, default=USUAL[kind]),
        language=address.chosen("file", options=FILE_LANGUAGES, default=view.lang),
    )


def pickers(selection: Selection, view: View) -> None:
    """Let the reader choose what for, how much, about what, as what, and in which language."""
    shelf = BY_CODE[selection.kind].shelf
    _radio("shelf", shelf, SHELVES, view)
    together = [row.code for row in on_shelf(shelf)]
    if len(together) > 1:
        _radio("kind", selection.kind, together, view, horizontal=False)
    else:
        st.html(part("briefing", "text", text=t(f"briefings.kind.{selection.kind}", lang=view.lang)))
    about = BY_CODE[selection.kind].choice
    if about:
        address.select(
            about.name,
            now=selection.choice,
            label=t(about.label, lang=view.lang),
            options=about.codes,
            words=lambda code: FirstLetter(about.called(code)).text(view.lang),
            lang=view.lang,
            width=CHOICE_WIDTH,
        )
    with st.container(horizontal=True, key="briefing_form"):
        _radio("form", selection.form, [form.code for form in forms_of(selection.kind)], view)
        _radio("file", selection.language, FILE_LANGUAGES, view, named=partial(_language, selection, view))


def _language(selection: Selection, view: View, code: str) -> str:
    """Return what the languages of a file are called: both stand on each slide, or in two files."""
    if is_bilingual(drawn_as(selection.kind, selection.form), form=selection.form, languages=code):
        return t("briefings.file.both_slides", lang=view.lang)
    return t(f"briefings.file.{code}", lang=view.lang)


def _radio(
    name: str,
    now: str,
    options: Sequence[str],
    view: View,
    *,
    horizontal: bool = True,
    named: Callable[[str], str] | None = None,
) -> None:
    key = f"briefing_{name}_{view.lang}"
    st.session_state[key] = now
    st.radio(
        t(f"briefings.choose.{name}", lang=view.lang),
        options=options,
        format_func=named or (lambda code: t(f"briefings.{name}.{code}", lang=view.lang)),
        key=key,
        horizontal=horizontal,
        on_change=_take_kind(key) if name in ("shelf", "kind") else address.on_choice(name, key=key),
    )


def _take_kind(key: str) -> Callable[[], None]:
    """Return the callback that takes a new kind, or the first of a shelf, and lets go of a form it may not have."""

    def take() -> None:
        new = st.session_state[key]
        address.keep("kind", on_shelf(new)[0].code if new in SHELVES else new)
        address.forget("form")

    return take


def own_words(selection: Selection, view: View) -> Officer:
    """Let the officer write: a title, an introduction, a contact, and of their own briefing the sections too."""
    if selection.kind == "mine":
        return boxes(address.tray(), view, codes=address.tray().codes)
    return boxes(EMPTY, view, codes=ready(selection.kind, selection.choice).codes)


def keeping(briefing: Briefing | None, selection: Selection, view: View) -> None:
    """Let the officer keep what was put together and written as a small file, and open such a file."""
    about = BY_CODE[selection.kind].choice
    now = SavedBriefing(
        kind=selection.kind,
        form=selection.form,
        language=selection.language,
        about={about.name: selection.choice} if about and selection.choice else {},
        tray=address.tray().short(),
        places=(view.place.code,),
        beside=tuple(one.code for one in view.beside),
        years=tuple(ends(view.years).items()),
        dates=tuple((name, day) for name, day in _meetings(view).items() if day),
        officer=cleaned(officer()),
    )
    stem = file_stem(briefing, lang=view.lang) if briefing else "briefing"
    keep_or_open(now, name=f"{stem}.toml", view=view)


def composed(selection: Selection, officer: Officer, view: View) -> Briefing:
    """Return the briefing as the reader wants it, dated today."""
    own = _own(selection, view)
    with st.spinner(t("briefings.drawing", lang=view.lang)):
        return compose(
            kind=drawn_as(selection.kind, selection.form),
            place=view.place.code,
            build=view.build,
            made_on=today(),
            officer=officer,
            address=_own_address(),
            own=own,
            choice=selection.choice,
        )


def _own(selection: Selection, view: View) -> Own | None:
    """Return what the officer put together, None where a ready-made briefing is wanted that has no days of meetings."""
    days = _meetings(view)
    if selection.kind == "deck" and any(days.values()):
        return Own(since=days["since"], next=days["next"])
    if selection.kind != "mine":
        return None
    return Own(tray=address.tray(), beside=view.beside, years=view.years, since=days["since"], next=days["next"])


def _meetings(view: View) -> dict[str, date | None]:
    return {"since": view.since, "next": address.next_meeting()}


def meetings(view: View) -> None:
    """Let the officer name the days of the last and of the next meeting."""
    with st.container(horizontal=True, key="meetings"):
        for name, day in _meetings(view).items():
            label, away = t(f"briefings.meeting.{name}", lang=view.lang), since.BETWEEN_MEETINGS
            example = today() + (away if name == "next" else -away)
            since.ask(name, day, label=label, view=view, example=example, key=f"meeting_{name}")


def contents(selection: Selection, view: View) -> bool:
    """Show what lies in my briefing, or the way to change a ready-made one; tell whether there is anything to make."""
    if selection.kind in OF_MEETINGS:
        meetings(view)
    if selection.kind != "mine":
        tray.change(selection.kind, selection.choice, view)
        return True
    tray.editor(address.tray(), view)
    return bool(address.tray().pieces)


def _own_address() -> str:
    """Return where this dashboard answers, as the reader's browser names it: "https://trends.example"."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def download(briefing: Briefing, selection: Selection, view: View) -> None:
    """Show the button that makes the file when it is pressed and hands it over."""
    form = t(f"briefings.form.{selection.form}", lang=view.lang)
    language = _language(selection, view, selection.language)
    name, mime = name_and_type(briefing, form=selection.form, languages=selection.language)
    st.download_button(
        t("briefings.download", lang=view.lang, form=form, language=language),
        data=lambda: as_file(briefing, form=selection.form, languages=selection.language).content,
        file_name=name,
        mime=mime,
        key="briefing_download",
        type="primary",
        on_click="ignore",
    )


def preview(briefing: Briefing, selection: Selection, view: View) -> None:
    """Show what the file will hold: its first pages as pictures, or the list of its tables."""
    lang = next((one for one in LANGUAGES if one == selection.language), view.lang)
    if briefing.kind == "data":
        _table_list(briefing, lang)
        return
    together = is_bilingual(briefing.kind, form=selection.form, languages=selection.language)
    with st.spinner(t("briefings.drawing", lang=view.lang)):
        pages = _pictures(briefing, selection, _own(selection, view), None if together else lang)
    with st.container(key="preview_pages"):
        for number, page in enumerate(pages, start=1):
            alt = t("briefings.page_alt", lang=view.lang, n=number, title=briefing.title.text(lang))
            if briefing.officer == Officer():
                st.image(page, alt=alt, width="stretch")
            else:  # inside the page: at an address of its own it would outlive the visit
                inside = base64.b64encode(page).decode("ascii")
                st.html(Ready(part("briefing", "page", alt=alt, picture=inside)))


def _pictures(briefing: Briefing, selection: Selection, own: Own | None, lang: Language | None) -> tuple[bytes, ...]:
    """Return the first pages, for None in both languages; those with an officer's words are the session's alone.

    It holds the last of them, for a page is written anew with every choice and most change nothing of a briefing.
    """
    if briefing.officer != Officer():
        of = (briefing.kind, briefing.place.code, briefing.build, briefing.made_on, briefing.links, briefing.officer)
        remembered: Preview | None = st.session_state.get(LOOKED_AT)
        if remembered is None or remembered[0] != (*of, own, selection.choice, lang):
            with aside():
                pages = page_pictures(briefing, lang=lang, ppi=PREVIEW_PPI)[:PREVIEW_PAGES]
            remembered = st.session_state[LOOKED_AT] = ((*of, own, selection.choice, lang), pages)
        return remembered[1]
    return _pictures_of_ours(
        kind=briefing.kind,
        place=briefing.place.code,
        build=briefing.build,
        links=briefing.links,
        made_on=briefing.made_on,
        own=own,
        choice=selection.choice,
        lang=lang,
    )


@remembered(most=PREVIEWS_KEPT)
def _pictures_of_ours(
    *,
    kind: str,
    choice: str,
    place: str,
    build: str,
    made_on: date,
    own: Own | None,
    links: Translatable,
    lang: Language | None,
) -> tuple[bytes, ...]:
    briefing = compose(kind=kind, place=place, build=build, made_on=made_on, own=own, choice=choice)
    with aside():
        return page_pictures(replace(briefing, links=links), lang=lang, ppi=PREVIEW_PPI)[:PREVIEW_PAGES]


def _table_list(briefing: Briefing, lang: Language) -> None:
    titles = [one.title.text(lang) for one in data_tables(briefing)]
    st.html(part("briefing", "tables", lang=lang, titles=titles))


def invitation(view: View) -> None:
    """Show the way from another page to the briefings of the place."""
    st.html(part("briefing", "invitation", lang=view.lang, target=f"./briefings{address.link()}"))


def presenter(selection: Selection, view: View) -> None:
    """Show the way to the projector, and the keys that turn the slides."""
    own = _own(selection, view)
    chosen = own.in_address if own and (own.tray is None or own.tray.pieces) else {}
    lang = BOTH if selection.language == BOTH else view.lang
    target = f"present?{urlencode({'place': view.place.code, 'lang': lang, **chosen}, safe='*,')}"
    st.html(part("briefing", "presenter", lang=view.lang, target=target))
