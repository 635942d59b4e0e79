"""One edition: what would be shown of it and what control hides, what it changes, for whom, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st
from markupsafe import Markup

from dashboard.i18n import t
from dashboard.widgets.folded import folded
from dashboard.widgets.html import part
from local_figures import door
from local_figures.door import Disclosure, Level
from local_figures.store import editions
from local_figures.store.editions import APPROVER, EDITOR, Edition
from local_figures.store.schema import APPROVED, DRAFT, WITHDRAWN
from local_figures.templates import named, templates
from workspace import buttons, deciding, frame
from workspace.bringing import file_tables, listing
from workspace.bringing.brought_file import Memory
from workspace.session import Session, may
from workspace.waiting import working
from workspace.words import show_paragraph

MEMORY = "own_bring_preview"


def show(own: Session, one: Edition, every: tuple[Edition, ...]) -> None:
    """Show an edition with everything that may be done about it."""
    lang, template = own.lang, named(one.template)
    st.html(part("parts", "heading", code="edition", text=listing.called(one, lang)))
    stands = {"status": t(f"own.bring.status.{one.status}", lang=lang), "who": one.uploaded_by}
    when = t("own.bring.brought_by", lang=lang, day=listing.day(one.uploaded_at, lang), **stands)
    st.html(part("parts", "paragraph", text=when))
    with frame.in_words(lang):
        if not template.may_be_shown:
            show_paragraph("own.bring.not_shown", lang=lang)
            _ends(own, one)
        elif one.status == DRAFT:
            _draft(own, one, every)
        elif one.status == APPROVED:
            _approved(own, one)
        else:
            show_paragraph("own.bring.is_withdrawn", lang=lang)
            _ends(own, one)


def _draft(own: Session, one: Edition, every: tuple[Edition, ...]) -> None:
    """Say what control makes of a draft and what it changes, let an approver put it on show, and then show it whole."""
    lang, template = own.lang, templates()[one.template]
    states = tuple((e.number, e.status) for e in every if e.template == one.template)
    if not may(own, EDITOR):
        st.html(part("frame", "notice", text=t("local.refused.role", lang=lang)))
        return
    try:
        preview = _preview(own, one, states)
    except editions.RefusedError as refused:  # whoever may withdraw a draft can do so here
        st.html(part("frame", "notice", text=t(refused.key, lang=lang, **refused.values)))
        _ends(own, one)
        return
    if preview.withheld:
        st.html(part("frame", "notice", text=t("own.bring.withheld", lang=lang)))
        _ends(own, one)
        return
    show_paragraph("own.bring.preview", lang=lang)
    _hidden(preview, own)
    before = door.show(own.store, own.act(), one.template)
    if before is not None:
        changes = door.changes(before, preview)
        caption = t("own.bring.changes", lang=lang, n=f"{len(changes):,}", number=before.number)
        table = file_tables.changes_html(changes, template, label=caption, lang=lang)
        st.html(folded(caption, table, kind="ct-rows") if changes else part("parts", "paragraph", text=caption))
    _approve(own, one)
    _ends(own, one)
    _tables(preview, t("own.bring.preview_caption", lang=lang), own)


def _preview(own: Session, one: Edition, states: tuple[tuple[int, str], ...]) -> Disclosure:
    """Return what would be shown, worked out once for as long as nothing of this template changes."""
    memory = cast(Memory, st.session_state.setdefault(MEMORY, Memory()))
    of = (one.template, one.number, states)
    preview = memory.get("preview", of, Disclosure)
    if preview is None:
        with working("own.bring.hiding", own.lang) as progress:
            preview = door.preview(own.store, own.act(), one.template, one.number, progress=progress)
        memory.put("preview", of, preview)
    return preview


def _hidden(edition: Disclosure, own: Session) -> None:
    """Say how many figures are hidden, and why."""
    lang = own.lang
    marks = [*(one.marker for one in edition.figures), *(one.marker for one in edition.shares)]
    hidden = sum(map(bool, marks))
    lines = [t("own.bring.hidden", lang=lang, hidden=f"{hidden:,}", all=f"{len(marks):,}")]
    reasons = [(why, edition.hidden.get(why, 0)) for why in door.WHY_HIDDEN]
    lines += [t(f"own.bring.why.{why}", lang=lang, n=f"{n:,}") for why, n in reasons if n]
    if templates()[edition.template].few_is_not_calm:
        lines.append(t("local.say.few", lang=lang))
    st.html(frame.listed(lines))


def _tables(edition: Disclosure, label: str, own: Session) -> None:
    """Show the counts of an edition, and the shares that may be told of it, each table folded under its name."""
    for rows, table, name in (
        (edition.figures, file_tables.figures_html, "figures"),
        (edition.shares, file_tables.shares_html, "shares"),
    ):
        if rows:
            caption = t(f"own.bring.table.{name}", lang=own.lang, caption=label, n=f"{len(rows):,}")
            st.html(folded(caption, table(edition, label=label, lang=own.lang) + _more(rows, own), kind="ct-rows"))


def _more(rows: Sequence[object], own: Session) -> Markup:
    if len(rows) <= file_tables.MOST_ROWS:
        return Markup()
    more = t("own.bring.more_figures", lang=own.lang, shown=f"{file_tables.MOST_ROWS:,}", n=f"{len(rows):,}")
    return part("parts", "status", text=more)


def _approve(own: Session, one: Edition) -> None:
    """Let an approver put a draft on show; say who can, where this person may not."""
    if not deciding.may_decide(own, one):
        return
    if (same := editions.same_rows(own.store, own.act(), template=one.template, number=one.number)) is not None:
        st.html(part("frame", "notice", text=t("local.refused.same_file", lang=own.lang, number=same)))
    level = deciding.ask_level(own, one, key=f"own_bring_level_{listing.name_of(one)}")
    if st.button(t("own.bring.approve", lang=own.lang), type="primary", key="own_bring_approve"):
        whom = t(f"own.level.{level}", lang=own.lang)
        with working("own.bring.hiding", own.lang) as progress:
            buttons.once(
                lambda: door.approve(own.store, own.act(), one.template, one.number, level=level, progress=progress),
                lambda _: _done_sentence(own, one, "own.bring.approved", whom=whom),
            )


def _approved(own: Session, one: Edition) -> None:
    """Say what the edition on show comes to, let an approver say for whom it is, and then show it whole."""
    lang = own.lang
    edition = door.show(own.store, own.act(), one.template)
    st.html(part("frame", "notice", text=frame.marked(cast(Level, one.level), lang=lang)))
    is_shown = edition is not None and edition.number == one.number
    if edition is not None and is_shown:
        _hidden(edition, own)
    else:
        show_paragraph("own.bring.older", lang=lang)
    if may(own, APPROVER) and deciding.may_decide(own, one):
        _change_level(own, one)
    _ends(own, one)
    if edition is not None and is_shown:
        _tables(edition, t("own.bring.shown_caption", lang=lang), own)


def _change_level(own: Session, one: Edition) -> None:
    level = deciding.ask_level(own, one, key=f"own_bring_level_{listing.name_of(one)}")
    is_pressed = st.button(
        t("own.bring.change_level", lang=own.lang), key="own_bring_set_level", disabled=level == one.level
    )
    if is_pressed:
        whom = t(f"own.level.{level}", lang=own.lang)
        buttons.once(
            lambda: editions.set_level(own.store, own.act(), template=one.template, number=one.number, level=level),
            lambda _: _done_sentence(own, one, "own.bring.level_changed", whom=whom),
        )


def _ends(own: Session, one: Edition) -> None:
    """Let an editor withdraw an edition or put it back, and an approver delete it."""
    lang = own.lang
    if may(own, EDITOR) and one.status != WITHDRAWN:
        _button(own, one, "own.bring.withdraw", editions.withdraw, "own.bring.withdrawn")
    elif may(own, EDITOR):
        _button(own, one, "own.bring.put_back", editions.put_back, "own.bring.is_back")
    if may(own, APPROVER):
        sure = st.checkbox(t("own.bring.forget_sure", lang=lang), key=f"own_bring_sure_{listing.name_of(one)}")
        _button(own, one, "own.bring.forget", editions.forget, "own.bring.forgotten", disabled=not sure)


def _button(
    own: Session, one: Edition, key: str, act: Callable[..., None], sentence: str, *, disabled: bool = False
) -> None:
    """Show a button that does something about an edition, and say that it is done."""
    if st.button(t(key, lang=own.lang), key=key.replace(".", "_"), disabled=disabled):
        with frame.in_words(own.lang):
            buttons.once(
                lambda: act(own.store, own.act(), template=one.template, number=one.number),
                lambda _: _done_sentence(own, one, sentence),
            )


def _done_sentence(own: Session, one: Edition, key: str, **values: object) -> str:
    return t(key, lang=own.lang, template=named(one.template).name[own.lang], number=one.number, **values)
