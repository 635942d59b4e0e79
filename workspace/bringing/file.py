"""A file is brought: recognised, checked, its errors told at once, its warnings answered, and kept as a draft.

The awkward fact: nothing of a file that is not kept may stay anywhere. It lies in the session of whoever brought it,
and the box it was put into is a new and empty one once it is kept.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.age import today
from dashboard.i18n import Language, t
from dashboard.widgets.address import as_letters, as_text
from dashboard.widgets.html import part
from local_figures.checking.check import Checked
from local_figures.checking.marked import marked_bytes
from local_figures.checking.problems import MOST_TOLD, Problem
from local_figures.checking.reading import MOST_BYTES
from local_figures.store import editions
from local_figures.templates import templates
from workspace import buttons, frame, uploader
from workspace.bringing import file_tables, personal_files
from workspace.bringing.answers import XLSX
from workspace.bringing.brought_file import Brought, Memory, brought, cell_of, checked
from workspace.files import of_page
from workspace.html import filled
from workspace.session import Session
from workspace.waiting import working
from workspace.words import show_heading

MEMORY, LOOK = "own_bring_memory", "own_bring_look"
ONE_BY_ONE = 12  # warnings that are answered singly; more of them are looked at in their table
HANDED = "./own/handed"


def show(own: Session) -> None:
    """Take a file and lead it to a draft."""
    lang = own.lang
    show_heading("own.bring.title", lang=lang, code="bring")
    sent = uploader.box(
        t("own.bring.file", lang=lang),
        key=f"own_bring_file_{memory().box}",
        read_mb=MOST_BYTES // 1_000_000,
        lang=lang,
    )
    if sent is None:
        memory().forget()
        return
    one = memory().get("file", sent.file_id, Brought)
    if one is None:
        with st.spinner(t("own.bring.reading", lang=lang)):
            one = memory().put("file", sent.file_id, brought(sent.getvalue()))
    sheet = one.sheet
    if sheet is None:
        _refused(one.problem, lang)
        return
    template = _template(one, sent, lang)
    if template is None:
        return
    of = (sent.file_id, template, own.areas, today())
    result = memory().get("checked", of, Checked)
    if result is None:
        with working("own.bring.checking", lang, rows=f"{len(sheet.rows):,}") as progress:
            result = checked(sheet, template=template, areas=own.areas, today=today(), progress=progress)
            memory().put("checked", of, result)
    _show_checked(own, result, of)


def memory() -> Memory:
    """Return what this session holds of the file that lies before it."""
    return cast(Memory, st.session_state.setdefault(MEMORY, Memory()))


def _refused(problem: Problem | None, lang: Language) -> None:
    if problem is not None:
        st.html(part("frame", "notice", text=problem.text(lang=lang)))
        st.html(part("parts", "status", text=t("own.bring.nothing_kept", lang=lang)))


def _template(one: Brought, sent: UploadedFile, lang: Language) -> str | None:
    """Say which template a file is taken for, and let whoever brings it say otherwise."""
    keys = list(templates())
    chosen = st.selectbox(
        t("own.bring.template", lang=lang),
        options=keys,
        index=keys.index(one.likely) if one.likely else None,
        format_func=lambda key: templates()[key].name[lang],
        placeholder=t("own.bring.template_choose", lang=lang),
        key=f"own_bring_template_{sent.file_id}",
    )
    if one.likely is None:
        st.html(part("parts", "status", text=t("own.bring.not_recognised", lang=lang)))
    elif chosen == one.likely:
        st.html(part("parts", "status", text=t("own.bring.recognised", lang=lang)))
    return chosen


def _show_checked(own: Session, checked: Checked, of: tuple[object, ...]) -> None:
    """Tell every error at once, or ask about the warnings and offer to keep the file."""
    lang = own.lang
    if checked.errors:
        count = t("own.bring.errors", lang=lang, n=f"{checked.count:,}")
        st.html(part("frame", "notice", text=count))
        _marked(own, checked, of)
        st.html(file_tables.problems_html(checked, checked.errors, label=count, lang=lang))
        _more(checked.count, lang)
        if checked.more:
            st.html(part("parts", "listed", texts=checked.more_like(lang=lang)))
    elif checked.warnings:
        _marked(own, checked, of)
    answered = _answered(checked, of, lang)
    if checked.errors:
        return
    ready = t("own.bring.ready", lang=lang, rows=f"{len(checked.lines):,}", template=checked.template.name[lang])
    st.html(part("parts", "paragraph", text=ready))
    if st.button(t("own.bring.keep", lang=lang), type="primary", disabled=not answered, key="own_bring_keep"):
        _keep(own, checked)


def _more(count: int, lang: Language) -> None:
    if count > file_tables.MOST_ON_PAGE:
        more = t("own.bring.more", lang=lang, shown=file_tables.MOST_ON_PAGE, n=f"{count:,}", most=f"{MOST_TOLD:,}")
        st.html(part("parts", "status", text=more))


def _marked(own: Session, checked: Checked, of: tuple[object, ...]) -> None:
    """Offer the file with what is wrong marked in it; it is made when it is taken."""
    lang = own.lang
    token = memory().get("marked", (*of, lang), str)
    if token is None or not personal_files.waits(token):
        token = memory().put("marked", (*of, lang), _hand(own, checked))
    st.html(
        filled("bring_files", files=[(f"{HANDED}/{token}?{urlencode(of_page())}", t("own.bring.marked", lang=lang))])
    )


def _hand(own: Session, checked: Checked) -> str:
    name = f"{checked.template.key}_{t('own.bring.marked_name', lang=own.lang)}_{today().isoformat()}.xlsx"

    def make() -> bytes:
        return marked_bytes(checked, lang=own.lang, mark=frame.marked("private", lang=own.lang))

    return personal_files.hand(own.act(), name=name, mime=XLSX, make=make)


def _answered(checked: Checked, of: tuple[object, ...], lang: Language) -> bool:
    """Ask about every warning, one by one or together, and tell whether all are answered."""
    if not checked.warnings:
        return True
    count = t("own.bring.warnings", lang=lang, n=f"{len(checked.warnings):,}")
    st.html(part("frame", "notice", text=count))
    key = f"own_bring_answer_{hash(of)}"
    if checked.errors or len(checked.warnings) > ONE_BY_ONE:
        st.html(file_tables.problems_html(checked, checked.warnings, label=count, lang=lang))
        _more(len(checked.warnings), lang)
        return not checked.errors and st.checkbox(t("own.bring.answer_all", lang=lang), key=f"{key}_all")
    singly = [st.checkbox(_question(checked, one, lang), key=f"{key}_{at}") for at, one in enumerate(checked.warnings)]
    together = len(singly) > 1 and st.checkbox(t("own.bring.answer_all", lang=lang), key=f"{key}_all")
    return together or all(singly)


def _question(checked: Checked, warning: Problem, lang: Language) -> str:
    """Return a warning with the words that it is about, which are no Markdown of ours."""
    words = as_letters(cell_of(checked, warning))
    text = as_text(warning.text(lang=lang))
    return t("own.bring.answer", lang=lang, asked=f"{text} {words}".strip())


def _keep(own: Session, checked: Checked) -> None:
    """Keep a checked file as a draft; what is held of it goes in the same breath, so that a second click keeps none."""
    template, session_memory = checked.template, memory()

    def keep_draft() -> int:
        number = editions.upload(own.store, own.act(), template=template.key, lines=checked.lines)
        session_memory.keep(f"{template.key}.{number}")
        return number

    with frame.in_words(own.lang), st.spinner(t("own.bring.keeping", lang=own.lang, rows=f"{len(checked.lines):,}")):
        buttons.once(
            keep_draft, lambda n: t("own.bring.kept", lang=own.lang, number=n, template=template.name[own.lang])
        )
