"""What stands around every page of a workspace: its title, who may see it, and what is held for it now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.i18n import Language, t
from dashboard.widgets.html import part
from local_figures import door
from local_figures.checking.problems import UnreadableError
from local_figures.door import Level
from local_figures.store import editions
from local_figures.store.editions import RefusedError
from local_figures.store.engine import StoreError
from local_figures.store.schema import DRAFT
from local_figures.templates import templates
from workspace import buttons, entrance, settings
from workspace.identity import of_page
from workspace.navigation import FOLDER, PAGES
from workspace.session import Session, may


def head(page: str, session: Session) -> None:
    """Show the way to the other pages, the page's one first heading, who may see it, and what it is for."""
    ways(session)
    st.html(part("parts", "title", text=t(f"nav.{page}", lang=session.lang)))
    mark(session.level, lang=session.lang)
    if sentence := buttons.take_said():
        st.html(part("frame", "done", text=sentence))
    st.html(part("parts", "intro", text=t(f"own.intro.{page}", lang=session.lang)))


def ways(session: Session) -> None:
    """Show the links to every page of a workspace, which keep this session, and the way out where people sign in."""
    lang = session.lang
    with st.container(horizontal=True, key="own_pages"):
        for name in PAGES:
            st.page_link(f"{FOLDER}/{name}.py", label=t(f"nav.{name}", lang=lang), width="content")
    if settings.signs_in():
        with st.container(horizontal=True, vertical_alignment="center", key="own_person"):
            st.html(part("parts", "muted", text=t("own.signed_in", lang=lang, who=session.who)), width="content")
            entrance.leaving(of_page(), lang)


def mark(level: Level, *, lang: Language) -> None:
    """Say who may see what stands here."""
    st.html(part("frame", "notice", text=marked(level, lang=lang)))


def marked(level: Level, *, lang: Language) -> str:
    """Return the words that say who may see something: the same on a page, in a file and on paper."""
    return t(f"own.mark.{level}", lang=lang)


def show_editions(session: Session, *names: str) -> None:
    """Say of some templates how many editions are held and which is on show; to partners nothing of drafts."""
    lines = []
    with in_words(session.lang):
        on_show = door.editions_on_show(session.store, session.act())
        every = editions.editions(session.store, session.act()) if may(session, editions.READER) else ()
        for name in names:
            edition = on_show.get(name)
            drafts = sum(one.status == DRAFT and one.template == name for one in every)
            key = "on_show" if edition else "none_on_show"
            values = {
                "name": templates()[name].name[session.lang],
                "number": edition.number if edition else 0,
                "n": drafts,
            }
            lines.append(t(f"own.held.{key}", lang=session.lang, **values))
            lines += [t("own.held.drafts", lang=session.lang, n=drafts)] if drafts else []
    if lines:
        st.html(
            part("parts", "section", code="held", heading=t("own.held.title", lang=session.lang), inside=listed(lines))
        )


def listed(lines: list[str]) -> str:
    """Return some lines as a list of HTML."""
    return part("parts", "listed", texts=lines)


@contextmanager
def in_words(lang: Language) -> Iterator[None]:
    """Say a refusal in its one sentence where it happened, instead of breaking the page."""
    try:
        yield
    except RefusedError as error:
        sentence = t(error.key, lang=lang, **error.values)
    except StoreError as error:
        sentence = t(error.key, lang=lang, kind=error.kind)
    except UnreadableError as error:
        sentence = error.problem.text(lang=lang)
    else:
        return
    st.html(part("parts", "status", text=sentence))
