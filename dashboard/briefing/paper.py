"""A briefing in one language as plain data for the typesetter: strings, lists, and charts as SVG.

The awkward fact: a letter that no font of ours has would stop the typesetter, which may not print a hole. So every
text passes through `drawable` on its way out, and what cannot be drawn becomes a box that is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from dashboard.briefing import words
from dashboard.briefing.model import (
    Absent,
    Briefing,
    Bullets,
    Item,
    KeyMessages,
    Kind,
    Picture,
    Prose,
    Rows,
    Section,
    Terms,
)
from dashboard.charts import Drawing, SmallMultiples, TimeLine
from dashboard.charts.letters import SLACK, drawable, text_width
from dashboard.charts.svg import svg
from dashboard.figure import Figure, Table
from dashboard.i18n import Language, t
from dashboard.tables import as_read, marker_key

Data: TypeAlias = dict[str, Any]
LETTERS = "Source Sans 3"


@dataclass(frozen=True, kw_only=True)
class Widths:
    """How many pixels wide a chart is drawn for a column, and for the whole page: the fewer, the larger its letters."""

    column: int
    page: int


PAPER, SLIDE = Widths(column=430, page=860), Widths(column=500, page=700)
DRAWN: dict[Kind, Widths] = {"one_page": PAPER, "four_pages": PAPER, "deck": SLIDE}
BRIEF_CAVEATS = 2
LONG_WORD = re.compile(r"\S{30,}")
WIDEST_TABLE = 55  # ems of all columns, beyond which a table needs the whole page
WIDEST, PADDING = 12, 1.05  # ems of a column, beyond which its texts go on several lines, and of the room beside them


def laid_out(briefing: Briefing, *, lang: Language) -> Data:
    """Return everything a page says, in the order of reading, all of it text that can be drawn."""
    other = words.other_language(briefing, lang=lang)
    data = {
        "kind": briefing.kind,
        "lang": lang,
        "name": briefing.title.text(lang),
        "title": _breakable(briefing.title.text(lang)),
        "subtitle": briefing.subtitle.text(lang),
        "standing": words.standing(briefing, lang=lang),
        "introduction": _titled("briefing.introduction", _paragraphs(briefing.officer.introduction), lang=lang),
        "contact": _breakable(_contact(briefing, lang=lang)),
        "sections": [_section(section, lang=lang, drawn=DRAWN[briefing.kind]) for section in briefing.sections],
        "cautions": _titled("briefing.cautions", [c.text(lang) for c in briefing.cautions], lang=lang),
        "sources": _titled("briefing.sources", words.citations(briefing.sources, lang=lang), lang=lang),
        "other": {"text": other.text, "lang": other.lang, "url": other.url, "file": f"{other.stem}.pdf"},
        "licence": t("footer.licence", lang=lang),
        "foot": [words.publishers(briefing.sources, lang=lang), t("briefing.build", lang=lang, build=briefing.build)],
    }
    shown: Data = _drawable(data)
    return shown


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    return [_drawable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _titled(key: str, texts: Iterable[str], *, lang: Language) -> Data:
    return {"heading": t(key, lang=lang), "texts": list(texts)}


def _paragraphs(text: str) -> list[str]:
    return [_breakable(line.strip()) for line in text.split("\n") if line.strip()]


def _contact(briefing: Briefing, *, lang: Language) -> str:
    contact = briefing.officer.contact
    return t("briefing.contact", lang=lang, contact=contact) if contact else ""


def _breakable(text: str) -> str:
    """Let a word longer than a column go on on the next line, instead of running off the page."""
    return LONG_WORD.sub(lambda word: "\u200b".join(word[0]), text)


def _section(section: Section, *, lang: Language, drawn: Widths) -> Data:
    return {
        "code": section.code,
        "heading": section.heading.text(lang),
        "backup": section.backup,
        "items": [_item(item, lang=lang, drawn=drawn) for item in section.items],
    }


def _item(item: Item, *, lang: Language, drawn: Widths) -> Data:  # noqa: PLR0911 - one answer for each kind of item
    match item:
        case Prose():
            return {"kind": "prose", "text": item.text.text(lang)}
        case Bullets():
            return {"kind": "bullets", "texts": [text.text(lang) for text in item.texts]}
        case KeyMessages():
            return _messages(item, lang=lang)
        case Picture():
            return _picture(item, lang=lang, drawn=drawn)
        case Rows():
            return _rows(item, lang=lang)
        case Absent():
            return _absent(item, lang=lang)
        case Terms():
            entries = [{"name": e.name.text(lang), "text": e.text.text(lang), "url": e.url} for e in item.entries]
            return {"kind": "terms", "entries": entries}


def _messages(item: KeyMessages, *, lang: Language) -> Data:
    """Return the messages, each with what must be said beside it, and said beside none before it."""
    entries, told = [], set[str]()
    for message in item.messages:
        notes = [text for text in message.note_texts(lang) if text not in told] if item.with_notes else []
        told |= set(notes)
        entries.append({"text": message.text(lang), "notes": notes})
    return {"kind": "messages", "entries": entries}


def _picture(item: Picture, *, lang: Language, drawn: Widths) -> Data:
    figure = item.figure.of(lang)
    wide = isinstance(figure.drawing, SmallMultiples)
    return {
        "kind": "picture",
        "title": figure.title,
        "subtitle": figure.subtitle,
        "chips": [] if item.brief else figure.chips,
        "wide": wide,
        "svg": svg(_drawing(item, lang=lang), width=drawn.page if wide else drawn.column, font=LETTERS),
        "alt": figure.alt,
        "sentence": figure.sentence,
        "heading": t("figure.does_not_tell", lang=lang),
        "caveats": _caveats(figure) if item.brief else figure.caveats,
        "source": words.publishers(figure.sources, lang=lang),
        "table": _table(figure.table, lang=lang) if item.with_table else None,
    }


def _drawing(item: Picture, *, lang: Language) -> Drawing:
    """Return what to draw: a brief picture has no room to name its events, so it does not number them."""
    drawing = item.figure.of(lang).drawing
    return replace(drawing, events=()) if item.brief and isinstance(drawing, TimeLine) else drawing


def _caveats(figure: Figure) -> list[str]:
    """Return the first caveats, and those that tell what a letter on the drawing means."""
    panels = figure.drawing.panels if isinstance(figure.drawing, SmallMultiples) else ()
    letters = tuple(f"{mark.letter}: " for panel in panels for mark in panel.marks)
    return [text for n, text in enumerate(figure.caveats) if n < BRIEF_CAVEATS or text.startswith(letters)]


def _rows(item: Rows, *, lang: Language) -> Data:
    table = item.table.of(lang)
    shown = _table(table, lang=lang)
    return {
        "kind": "rows",
        "wide": sum(column["share"] for column in shown["columns"]) > WIDEST_TABLE,
        "caption": item.caption.text(lang),
        "table": shown,
        "notes": [*marker_key(table, lang=lang), *(note.text(lang) for note in item.notes)],
        "source": words.publishers(item.sources, lang=lang),
    }


def _table(table: Table, *, lang: Language) -> Data:
    read = as_read(table, lang=lang)
    columns = [
        {"label": c.label, "number": c.kind == "number", "share": _share(c.label, [row[n] for row in read.rows])}
        for n, c in enumerate(read.columns)
    ]
    return {"columns": columns, "rows": read.rows}


def _share(label: str, cells: Sequence[str]) -> float:
    """Return how wide a column is beside others: as its cells and its heading need; equal ones to write in."""
    if not any(cells):
        return WIDEST
    words_of_label = [text_width(word, size=1, bold=True) for word in label.split()]
    heading = max([*words_of_label, sum(words_of_label) / 2])
    return round(min(WIDEST, max([heading, *(text_width(cell, size=1) for cell in cells)]) / SLACK) + PADDING, 3)


def _absent(item: Absent, *, lang: Language) -> Data:
    card = item.card.of(lang)
    return {
        "kind": "absent",
        "title": card.title,
        "texts": [card.reason, t("not_held.never_estimated", lang=lang)],
        "how": card.how,
        "label": card.url_label,
        "url": card.url,
    }
