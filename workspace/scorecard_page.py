"""The scorecard on its page: an outcome of the plan, its quadrants, a form for a value, and the paper to hand round.

The awkward fact: a value that is typed twice is one that was put right. So a row of the same measure and year takes
the place of the one before it, and the step can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.age import today
from dashboard.figure import View
from dashboard.i18n import Language, t
from dashboard.model import Area
from dashboard.widgets import address
from dashboard.widgets.blocks import sources_html
from dashboard.widgets.html import part
from dashboard.widgets.raw_html import Ready
from local_figures import door, scorecard, typed
from local_figures.checking.check import Line, Lines
from local_figures.checking.reading import tidy
from local_figures.door import Rows, Scorecard
from local_figures.scorecard import QUADRANTS, TEMPLATE, Measure
from local_figures.store import editions
from local_figures.store.editions import APPROVER, EDITOR, READER
from local_figures.store.schema import DRAFT, PARTNERS, PRIVATE
from local_figures.templates import templates
from workspace import buttons, deciding, frame, keeping, paper_links, scorecards
from workspace.paper_files import EVERY, SCORECARD_FORMS, place_told_of
from workspace.paper_links import captioned
from workspace.scorecards import BACKGROUND, OutcomeSheet
from workspace.session import Session, may
from workspace.words import show_heading, show_paragraph

FORM = "scorecard"
YEARS_BACK = 6  # of the years offered
WIDTH = 420


def show(own: Session, view: View) -> None:
    """Show an outcome as who asks may see it, and to editors the form."""
    keeping.undoing(own)
    on_show = door.scorecard(own.store, own.act())
    if may(own, READER):
        rows, every = door.typed_scorecard(own.store, own.act())
    else:
        rows, every = None, on_show.measures if on_show else ()
        show_paragraph("own.scorecard.as_partners" if on_show else "own.scorecard.nothing_on_show", lang=own.lang)
    outcome = address.chosen("outcome", options=scorecard.outcomes(), default=scorecard.outcomes()[0])
    address.select(
        "outcome",
        now=outcome,
        label=t("own.scorecard.choose", lang=own.lang),
        options=scorecard.outcomes(),
        words=lambda code: scorecards.name(code).text(own.lang),
        lang=own.lang,
        width=640,
    )
    place = place_told_of(own.areas, view.place, build=view.build)
    sheet = scorecards.sheet_of(outcome, every, _subject(place, view), level=own.level)
    st.html(part("parts", "heading", code="outcome", text=scorecards.name(outcome).text(own.lang)))
    _background(sheet, place, view)
    for quadrant in QUADRANTS:
        _quadrant(sheet, quadrant, own.lang)
    if rows and may(own, EDITOR):
        _form(own, outcome, every, rows.lines)
        _approval(own, rows, on_show)
    _files(own, outcome, place, on_show)


def _subject(place: Area, view: View) -> View:
    return View(place=place, lang=view.lang, build=view.build)


def _background(sheet: OutcomeSheet, place: Area, view: View) -> None:
    """Show what is published of an outcome, apart from what the council did."""
    lang, published = view.lang, sheet.published
    st.html(part("parts", "heading", code=BACKGROUND, text=scorecards.asks(BACKGROUND).text(lang)))
    if published:
        of_place = t("own.scorecard.of_place", lang=lang, place=place.name.text(lang))
        note = f"{t('own.scorecard.background_note', lang=lang)} {of_place}"
        st.html(part("parts", "paragraph", text=note))
        st.html(Ready(captioned(published, lang) + sources_html(published.sources, view)))
        notes = [note.text(lang) for note in published.notes]
        st.html(part("parts", "listed", texts=notes)) if notes else None
    else:
        show_paragraph("own.scorecard.none_published", lang=lang)


def _quadrant(sheet: OutcomeSheet, quadrant: str, lang: Language) -> None:
    st.html(part("parts", "heading", code=quadrant, text=scorecards.asks(quadrant).text(lang)))
    own = scorecards.own_rows(sheet, quadrant)
    none = t("own.scorecard.none_on_show" if sheet.level != PRIVATE else "own.scorecard.none_own", lang=lang)
    st.html(captioned(own, lang) if own else part("parts", "paragraph", text=none))


def _form(own: Session, outcome: str, every: Sequence[Measure], lines: Lines) -> None:
    """Let an editor type a value, or put right one that is there."""
    with st.expander(t("own.scorecard.type", lang=own.lang), expanded=keeping.is_open(FORM)):
        show_paragraph("own.scorecard.item_about", lang=own.lang)
        at = _which(own, outcome, every)
        line = keeping.as_drawn(FORM, at, lines[at]) if at else {}
        with st.form(keeping.key(f"{FORM}_form_{outcome}_{at}"), border=False):
            row = {"outcome": outcome, **_boxes(own, line, f"{outcome}_{at}")}
            answered = keeping.answer(FORM, own)
            sent = st.form_submit_button(t("own.keeping.keep", lang=own.lang), type="primary")
        if sent:
            _keep(own, row, at, {**lines, **({at: line} if at else {})}, answered=answered)
        if at and st.button(t("own.keeping.take_out", lang=own.lang), key=keeping.key("take_out")):
            change = typed.without(at, was=line)
            sentence = t("own.scorecard.taken_out", lang=own.lang, **_which_value(line))
            keeping.keep(own, FORM, template=TEMPLATE, change=change, sentence=sentence)


def _which(own: Session, outcome: str, every: Sequence[Measure]) -> int:
    """Let an editor choose which value is put right, or that it is a new one: 0."""
    named = {value.at: f"{one.item}, {value.period}" for one in every if one.outcome == outcome for value in one.values}
    if not named:
        return 0
    return st.selectbox(
        t("own.scorecard.which", lang=own.lang),
        options=[0, *named],
        format_func=lambda at: named.get(at, t("own.scorecard.new", lang=own.lang)),
        key=keeping.key(f"{FORM}_which_{outcome}"),
        width=WIDTH,
    )


def _boxes(own: Session, line: Line, name: str) -> Line:
    """Draw the boxes of a value in their order, with what they hold now, and return what stands in them."""
    columns = {one.name: one for one in templates()[TEMPLATE].columns}
    quadrants = {code: words[own.lang] for code, words in columns["quadrant"].choices.items()}
    years = _years(line.get("period", ""))
    boxes = {
        "quadrant": st.radio(
            columns["quadrant"].heading[own.lang],
            options=list(quadrants),
            index=list(quadrants).index(line.get("quadrant", QUADRANTS[0])),
            format_func=quadrants.__getitem__,
            captions=[t(f"own.scorecard.{one}.about", lang=own.lang) for one in quadrants],
            key=keeping.key(f"{FORM}_quadrant_{name}"),
        ),
        "item": _text(own, "item", line, name, most=80),
        "period": st.selectbox(
            columns["period"].heading[own.lang],
            options=years,
            index=years.index(line.get("period", years[0])),
            key=keeping.key(f"{FORM}_period_{name}"),
            width=WIDTH,
        ),
    }
    return boxes | {
        key: _text(own, key, line, name, most=most)
        for key, most in (("value", 20), ("unit", 80), ("target", 20), ("note", 200))
    }


def _text(own: Session, key: str, line: Line, name: str, *, most: int) -> str:
    column = templates()[TEMPLATE].column(key)
    return st.text_input(
        column.heading[own.lang],
        value=line.get(key, ""),
        help=column.about[own.lang],
        max_chars=most,
        key=keeping.key(f"{FORM}_{key}_{name}"),
        width=WIDTH,
    )


def _years(usual: str) -> list[str]:
    """Return the financial years that have ended, the newest first, and one that is known already."""
    day = today()
    last = day.year - (1 if (day.month, day.day) >= (4, 1) else 2)
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(last, last - YEARS_BACK, -1)]
    return years if usual in ("", *years) else [usual, *years]


def _keep(own: Session, row: Line, at: int, lines: Lines, *, answered: bool) -> None:
    """Keep a value in the place of the one that is put right, or of one of the same measure and year."""
    names = templates()[TEMPLATE].row_key
    same = next((n for n, one in lines.items() if all(one[name] == row[name].strip() for name in names)), 0)
    place = at or same
    change = typed.replacing(place, was=lines[place], now=row) if place else typed.adding(row)
    keeping.keep(
        own,
        FORM,
        template=TEMPLATE,
        change=change,
        sentence=t("own.scorecard.kept", lang=own.lang, **_which_value(row)),
        answered=answered,
    )


def _which_value(row: Line) -> dict[str, str]:
    """Return what tells a value from others: the next message must not be taken for the one before."""
    return {"item": tidy(row["item"]), "period": row["period"]}


def _approval(own: Session, rows: Rows, on_show: Scorecard | None) -> None:
    """Let an approver put the newest draft on show for whom they say, and an editor take what is on show off it."""
    is_draft = rows.number is not None and rows.status == DRAFT
    if on_show:
        mark = frame.marked(on_show.level, lang=own.lang)
        show_paragraph("own.scorecard.approved", lang=own.lang, number=str(on_show.number), mark=mark)
        if st.button(t("own.scorecard.withdraw", lang=own.lang), key=keeping.key("withdraw")):
            with frame.in_words(own.lang):
                buttons.once(
                    lambda: editions.withdraw(own.store, own.act(), template=TEMPLATE, number=on_show.number),
                    lambda _: t("own.scorecard.withdrawn", lang=own.lang),
                )
    if not is_draft or not may(own, APPROVER):
        return
    number = rows.number or 0
    with st.expander(t("own.scorecard.approve", lang=own.lang)):
        values = [value for one in door.preview_scorecard(own.store, own.act(), number) for value in one.values]
        hidden = str(sum(value.hidden for value in values))
        show_paragraph(
            "own.scorecard.approve_about", lang=own.lang, number=str(number), hidden=hidden, all=str(len(values))
        )
        newest = next(one for one in editions.editions(own.store, own.act(), template=TEMPLATE) if one.number == number)
        if not deciding.may_decide(own, newest):
            return
        level = deciding.ask_level(own, newest, key=keeping.key("approve_for"))
        if st.button(t("own.scorecard.approve_it", lang=own.lang), key=keeping.key("approve")):
            mark = frame.marked(level, lang=own.lang)
            with frame.in_words(own.lang):
                buttons.once(
                    lambda: door.approve_scorecard(own.store, own.act(), number, level=level),
                    lambda _: t("own.scorecard.approved", lang=own.lang, number=number, mark=mark),
                )


def _files(own: Session, outcome: str, place: Area, on_show: Scorecard | None) -> None:
    """Show where the paper is: of this outcome and of all of them, in each form and language."""
    show_heading("own.scorecard.files", lang=own.lang, code="files")
    for which, heading in ((outcome, "own.scorecard.files_one"), (EVERY, "own.scorecard.files_all")):
        values = {"outcome": which, "place": place.code}
        paper_links.links(own, "scorecard", SCORECARD_FORMS, heading=t(heading, lang=own.lang), values=values)
    if on_show and on_show.level != PRIVATE and may(own, READER):
        values = {"outcome": outcome, "place": place.code, "level": PARTNERS}
        heading = t("own.scorecard.files_partners", lang=own.lang)
        paper_links.links(own, "scorecard", SCORECARD_FORMS, heading=heading, values=values)
