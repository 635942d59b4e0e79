"""A briefing in one language as plain data for the typesetter: strings, lists, and charts as SVG.

The awkward fact: a letter that no font of ours has would stop the typesetter, which may not print a hole. So every
text passes through `drawable` on its way out, and what cannot be drawn becomes a box that is seen and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from dashboard.briefing import bilingual_pairs, words
from dashboard.briefing.model import (
    Absent,
    Briefing,
    Bullets,
    Item,
    KeyMessages,
    Picture,
    Prose,
    Rows,
    Section,
    Terms,
)
from dashboard.charts import AreaMap, Drawing, SmallMultiples, TimeLine
from dashboard.charts.letters import SLACK, drawable, text_width, undrawn
from dashboard.charts.svg import size_of, svg
from dashboard.figure import Table, in_language
from dashboard.i18n import Language, t
from dashboard.i18n.bilingual import ORDER
from dashboard.tables import ReadTable, as_read, marker_key

Data: TypeAlias = dict[str, Any]
LETTERS = "Source Sans 3"


@dataclass(frozen=True, kw_only=True)
class Widths:
    """How many pixels wide a chart is drawn for a column, and for the whole page: the fewer, the larger its letters."""

    column: int
    page: int


PAPER, SLIDE = Widths(column=350, page=690), Widths(column=630, page=680)
SLIDE_MAP = 320  # pixels of a map's width on a slide
TO_WRITE_IN = 70  # ems of a column that is empty in every row
LINE_HEIGHTS, MAP_HEIGHTS = (190, 165, 140, 115, 90), (320, 270, 220, 170)  # pixels on a slide, of which it takes one
PAGE_NUMBER = 34  # points of a slide's foot for its number
FEW_LETTERS = 900  # of a table that stands in both languages at once
LONG_WORD = re.compile(r"\S{30,}")
WIDEST_TABLE = 37  # ems of all columns, beyond which a table needs the whole page; one that stands alone has it
WIDEST, PADDING = 12, 1.05  # ems of a column, beyond which its texts go on several lines, and of the room beside them


def laid_out(briefing: Briefing, *, lang: Language) -> Data:
    """Return everything a page says, in the order of reading, all of it text that can be drawn."""
    other = words.other_language(briefing, lang=lang)
    # On slides what is said of all figures stands with their sources, where there is room for it.
    apart = words.standing_of_figures(briefing, lang=lang) if briefing.kind == "deck" else ()
    mark = briefing.mark.text(lang)  # also among the lines of the first page: what stands over a page is not read aloud
    data = {
        "layout": briefing.look.layout,
        "body": briefing.look.body,
        "unbroken": briefing.look.unbroken,
        "lang": lang,
        "name": briefing.title.text(lang),
        "build": briefing.build,
        "title": _breakable(briefing.title.text(lang)),
        "subtitle": briefing.subtitle.text(lang),
        "standing": [line for line in (mark, *words.standing(briefing, lang=lang)) if line and line not in apart],
        "introduction": _titled("briefing.introduction", _paragraphs(briefing.officer.introduced(lang)), lang=lang),
        "contact": _breakable(_contact(briefing, lang=lang)),
        "sections": [_section(section, briefing=briefing, lang=lang) for section in briefing.sections],
        "sources": _titled("briefing.sources", (*apart, *words.closing(briefing, lang=lang)), lang=lang),
        "other": {"text": other.text, "lang": other.lang, "url": other.url, "file": f"{other.stem}.pdf"},
        "more": t("briefing.notes.more", lang=lang),
        "licence": t("footer.licence", lang=lang),
        "foot": briefing.names.text(lang),
        "mark": mark,
    }
    drawable: Data = _drawable(data)
    notice = [t("briefing.undrawn", lang=lang)] if undrawn("".join(_texts(data))) else []
    return {**drawable, "standing": [*drawable["standing"], *notice]}


def laid_out_in_both(briefing: Briefing) -> Data:
    """Return slides in both languages: what each says on its own, and beside that each picture and short table once."""
    welsh, english = (laid_out(briefing, lang=lang) for lang in ORDER)
    sources = [
        bilingual_pairs.text_of(words.slide_source(one)) if _has_picture(one) else "" for one in briefing.sections
    ]
    pairs = [
        {
            "welsh": one,
            "english": other,
            "source": source,
            "long_source": text_width(source, size=bilingual_pairs.SMALL) > bilingual_pairs.WIDTH - PAGE_NUMBER,
            "shared": [_shared(item) for item in section.items],
        }
        for section, source, one, other in zip(
            briefing.sections, sources, welsh["sections"], english["sections"], strict=True
        )
    ]
    foot = bilingual_pairs.text_of(briefing.names)
    mark = _drawable(bilingual_pairs.text_of(briefing.mark))
    return {**welsh, "bilingual": True, "english": english, "foot": foot, "mark": mark, "pairs": _drawable(pairs)}


def _shared(item: Item) -> Data:
    """Return what both languages share: a picture in several widths, the widest first, or a table of a few rows."""
    if isinstance(item, Picture):
        figure = bilingual_pairs.figure_of(item.figure)
        over = bilingual_pairs.stands_over(figure)
        shares = (1.0,) if over else bilingual_pairs.SHARES
        drawn = [{"share": x, "drawn": _drawn_at(figure.drawing, round(SLIDE.column * x))} for x in shares]
        return {"over": over, "alt": figure.alt, "drawn": drawn}
    read = bilingual_pairs.table_of(item.table) if isinstance(item, Rows) else None
    if not isinstance(item, Rows) or not read or sum(len(cell) for row in read.rows for cell in row) > FEW_LETTERS:
        return {}
    return {"table": _written_table(read), "caption": bilingual_pairs.text_of(item.caption)}


def _drawn_at(drawing: Drawing, width: int) -> list[Data]:
    """Return a drawing at a width in the heights that it may have, the highest first."""
    if isinstance(drawing, AreaMap):
        return [_with_ratio(svg(replace(drawing, height=tall), width=width, font=LETTERS)) for tall in MAP_HEIGHTS]
    if isinstance(drawing, TimeLine):
        return [_with_ratio(svg(drawing, width=width, font=LETTERS, tall=tall)) for tall in LINE_HEIGHTS]
    return [_with_ratio(svg(drawing, width=width, font=LETTERS))]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of what a page says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


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
    contact = briefing.officer.reached(lang)
    return t("briefing.contact", lang=lang, contact=contact) if contact else ""


def _breakable(text: str) -> str:
    """Let a word longer than a column go on on the next line, instead of running off the page."""
    return LONG_WORD.sub(lambda word: "\u200b".join(word[0]), text)


def _section(section: Section, *, briefing: Briefing, lang: Language) -> Data:
    return {
        "code": section.code,
        "heading": section.heading.text(lang),
        "backup": section.backup,
        "source": words.slide_source(section).text(lang) if _has_picture(section) else "",
        "more": list(_more(section, briefing=briefing, lang=lang)),
        "items": _across([_item(item, briefing=briefing, lang=lang) for item in section.items]),
    }


def _more(section: Section, *, briefing: Briefing, lang: Language) -> Iterable[str]:
    """Return what must be known of a slide's picture beyond it, which a PDF has no notes for."""
    if briefing.kind != "deck" or not _has_picture(section):
        return ()
    figures = [in_language(item.figure, lang) for item in section.items if isinstance(item, Picture)]
    return (*(figure.sentence for figure in figures), *words.told_of_pictures(section, lang=lang))


def _has_picture(section: Section) -> bool:
    return any(isinstance(item, Picture) for item in section.items)


def _across(items: list[Data]) -> list[Data]:
    """Give a table that stands alone in its section the whole page."""
    return [{**items[0], "wide": True}] if len(items) == 1 and items[0]["kind"] == "rows" else items


def _item(item: Item, *, briefing: Briefing, lang: Language) -> Data:  # noqa: PLR0911 - one answer for each kind of item
    match item:
        case Prose():
            return {"kind": "prose", "text": _breakable(item.text.text(lang))}
        case Bullets():
            return {"kind": "bullets", "texts": [text.text(lang) for text in item.texts], "small": item.small}
        case KeyMessages():
            return _messages(item, lang=lang)
        case Picture():
            return _picture(item, briefing=briefing, lang=lang)
        case Rows():
            return _rows(item, briefing=briefing, lang=lang)
        case Absent():
            return _absent(item, lang=lang)
        case Terms():
            entries = [{"name": e.name.text(lang), "text": e.text.text(lang), "url": e.url} for e in item.entries]
            return {"kind": "terms", "entries": entries}


def _messages(item: KeyMessages, *, lang: Language) -> Data:
    pairs = zip(item.texts(lang), item.notes(lang), strict=True)
    return {"kind": "messages", "entries": [{"text": text, "notes": list(notes)} for text, notes in pairs]}


def _picture(item: Picture, *, briefing: Briefing, lang: Language) -> Data:
    figure, drawn = in_language(item.figure, lang), SLIDE if briefing.look.layout == "slides" else PAPER
    wide = isinstance(figure.drawing, SmallMultiples)
    return {
        "kind": "picture",
        "title": figure.title,
        "subtitle": figure.subtitle,
        "chips": [] if item.brief else figure.chips,
        "wide": wide,
        "map": isinstance(figure.drawing, AreaMap),
        "drawn": _drawings(
            figure.drawing, width=drawn.page if wide else drawn.column, on_slide=briefing.kind == "deck"
        ),
        "alt": figure.alt,
        "sentence": words.sentence_of(figure, briefing, lang=lang) if item.with_sentence else "",
        "heading": t("figure.does_not_tell", lang=lang),
        "caveats": figure.told_at_once(words.most_caveats(briefing)) if item.brief else figure.caveat_texts,
        "source": words.publishers(figure.sources, briefing=briefing, lang=lang),
    }


def _drawings(drawing: Drawing, *, width: int, on_slide: bool) -> list[Data]:
    """Return a drawing for its room; on a slide in several heights, the highest first, of which the page takes one."""
    if not on_slide:
        return [_with_ratio(svg(drawing, width=width, font=LETTERS))]
    return _drawn_at(drawing, SLIDE_MAP if isinstance(drawing, AreaMap) else width)


def _with_ratio(drawn: str) -> Data:
    """Return a drawing with its height as a part of its width."""
    width, height = size_of(drawn)
    return {"svg": drawn, "ratio": height / width}


def _rows(item: Rows, *, briefing: Briefing, lang: Language) -> Data:
    table = in_language(item.table, lang)
    written = _table(table, lang=lang)
    return {
        "kind": "rows",
        "wide": sum(min(WIDEST, column["wanted"]) for column in written["columns"]) > WIDEST_TABLE,
        "caption": item.caption.text(lang),
        "table": written,
        "notes": [*marker_key(table, lang=lang), *(note.text(lang) for note in item.notes)],
        "source": words.publishers(item.sources, briefing=briefing, lang=lang),
    }


def _table(table: Table, *, lang: Language) -> Data:
    return _written_table(as_read(table, lang=lang))


def _written_table(read: ReadTable) -> Data:
    """Return a table whose cells are written, with the room that its columns want."""
    columns = []
    for n, column in enumerate(read.columns):
        least, on_one_line = _widths(column.label, [row[n] for row in read.rows])
        columns.append(
            {
                "label": column.label,
                "number": column.kind == "number",
                "least": least,
                "wanted": max(least, on_one_line),
            }
        )
    return {"columns": columns, "rows": read.rows}


def _widths(label: str, cells: Sequence[str]) -> tuple[float, float]:
    """Return the least width of a column, its longest word's, and the one with which no cell goes on two lines."""
    longest = max(text_width(word, size=1, bold=True) for text in (label, *cells) for word in text.split() or ("",))
    lines = [line for cell in cells for line in cell.split("\n")]
    least = longest / SLACK + PADDING
    if not any(cells):
        return round(least, 3), TO_WRITE_IN
    heading = sum(text_width(word, size=1, bold=True) for word in label.split()) / 2
    on_one_line = max([heading, *(text_width(line, size=1) for line in lines)]) / SLACK + PADDING
    return round(least, 3), round(on_one_line, 3)


def _absent(item: Absent, *, lang: Language) -> Data:
    card = in_language(item.card, lang)
    return {
        "kind": "absent",
        "title": card.title,
        "texts": [card.reason, t("not_held.never_estimated", lang=lang)],
        "how": card.how,
        "label": card.url_label,
        "url": card.url,
    }
