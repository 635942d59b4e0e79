"""The document itself: each section of a briefing under its heading, in two columns, wide things across the page.

The awkward fact: Word, unlike the typesetter of the PDF, breaks pages anew on every machine. So nothing here counts
pages; headings keep with what they head, rows do not split, and the columns are Word's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard.briefing import words
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
from dashboard.briefing.properties import set_properties
from dashboard.briefing.raster import png
from dashboard.briefing.reproducible_zip import settled
from dashboard.briefing.word.pieces import POINTS_PER_MM, add_field, add_link, add_paragraph, add_picture, add_table
from dashboard.briefing.word.styles import (
    CELL,
    GUTTER,
    MARGIN,
    NOTE_STYLE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    empty_document,
    size_other_scripts,
)
from dashboard.charts import SmallMultiples
from dashboard.charts.measure import width_of
from dashboard.charts.svg import svg
from dashboard.figure import Table, in_language
from dashboard.i18n import Language, t
from dashboard.tables import as_read, marker_key

_LETTERS = "Source Sans 3"
_PIXELS_PER_MM = 4.0  # of the drawing: its smallest letters then have nine points
_SHARPNESS = 3
_WIDEST_IN_COLUMN = 2.6  # times a column's width: beyond it a table's texts go on too many lines
_LONGEST_TYPED = 48  # letters of an address that may be typed from paper; with a longer one the name leads there
_LONG_TITLE, _LONG_TITLE_SIZE = 140, 12  # letters; points of a title that an officer made longer


def docx_bytes(briefing: Briefing, *, lang: Language) -> bytes:
    """Return a briefing that is printed as a Word file; ValueError for slides and for tables alone."""
    look = briefing.look
    if not look.is_printed:
        expected = "expected a briefing of pages"
        raise ValueError(f"document of {briefing.place.code}: {expected}; came {briefing.kind!r}")
    file = empty_document(lang=lang, body=look.body, across=look.layout == "across")
    paper = Paper(briefing=briefing, lang=lang, file=file)
    paper.add_head()
    for number, section in enumerate(briefing.sections):
        whole = look.layout == "column" or (number == 0 and not _is_drawn(section, briefing))
        paper.add_section(section, across=whole)
    paper.add_end()
    paper.add_mark()
    paper.add_foot()
    set_properties(paper.file.core_properties, briefing, lang=lang)
    target = BytesIO()
    paper.file.save(target)
    return settled(target.getvalue(), made_on=briefing.made_on)


def _is_drawn(section: Section, briefing: Briefing) -> bool:
    """Tell whether a section's charts stand in columns also where it comes first."""
    return briefing.look.layout == "pages" and any(isinstance(item, Picture | Absent) for item in section.items)


@dataclass(kw_only=True)
class Paper:
    """A document while it is being made; `columns` is how many the text now stands in."""

    briefing: Briefing
    lang: Language
    file: Any
    columns: int = 1

    def add_head(self) -> None:
        """Add the title, of when all this is, where the other language is, and an officer's own words."""
        title = add_paragraph(self.file, self.briefing.title.text(self.lang), style="Title")
        if len(title.text) > _LONG_TITLE:
            title.runs[0].font.size = Pt(_LONG_TITLE_SIZE)
            size_other_scripts(title.runs[0]._r.rPr, _LONG_TITLE_SIZE)
        self._say(self.briefing.subtitle.text(self.lang), "Subtitle")
        standing = self._say(f"{' · '.join(words.standing(self.briefing, lang=self.lang))} · ", NOTE_STYLE)
        other = words.other_language(self.briefing, lang=self.lang)
        add_link(standing, other.text if other.url else f"{other.text} ({other.stem}.docx)", other.url, lang=other.lang)
        if contact := self.briefing.officer.reached(self.lang):
            self._say(t("briefing.contact", lang=self.lang, contact=contact), "Normal")
        paragraphs = [line for line in self.briefing.officer.introduced(self.lang).split("\n") if line.strip()]
        if paragraphs:
            self.add_heading(t("briefing.introduction", lang=self.lang))
            self._say_all(paragraphs, "Normal")

    def add_heading(self, text: str, *, level: int = 1) -> None:
        """Add a heading of a level."""
        self._say(text, f"Heading {level}")

    def add_section(self, section: Section, *, across: bool) -> None:
        """Add a section under its heading: `across` the whole page, or each item in the columns it needs."""
        across = across or (len(section.items) == 1 and isinstance(section.items[0], Rows))
        columns = [1 if across or self._is_wide(item) else 2 for item in section.items]
        self._stand_in(columns[0])
        self.add_heading(section.heading.text(self.lang))
        for needed, item in zip(columns, section.items, strict=True):
            self._stand_in(needed)
            self._add_item(item)

    def _add_item(self, item: Item) -> None:
        match item:
            case Prose():
                self._say(item.text.text(self.lang), "Normal")
            case Bullets():
                self._say_all(
                    (text.text(self.lang) for text in item.texts), NOTE_STYLE if item.small else "List Bullet"
                )
            case KeyMessages():
                self._add_messages(item)
            case Picture():
                self._add_picture(item)
            case Rows():
                self._add_rows(item)
            case Absent():
                self._add_card(item)
            case Terms():
                self._add_terms(item)

    def add_end(self) -> None:
        """Add every source in full, numbered, with what to be careful of."""
        self._stand_in(2)
        self.add_heading(t("briefing.sources", lang=self.lang))
        self._say_all((one.text for one in words.references(self.briefing, lang=self.lang)), NOTE_STYLE)
        self._say(t("footer.licence", lang=self.lang), NOTE_STYLE)

    def add_mark(self) -> None:
        """Add to the head of every page who may see what is not for everybody."""
        if mark := self.briefing.mark.text(self.lang):
            head = self.file.sections[0].header.paragraphs[0]
            head.style = "Header"
            head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            head.add_run(mark).bold = True

    def add_foot(self) -> None:
        """Add the place and the number of the page to every page."""
        foot = self.file.sections[0].footer.paragraphs[0]
        foot.style = "Footer"
        foot.add_run(f"{self.briefing.names.text(self.lang)} · ")
        add_field(foot, "PAGE")
        foot.add_run(" / ")
        add_field(foot, "NUMPAGES")

    def _say(self, text: str, style: str) -> Any:
        return add_paragraph(self.file, text, style=style)

    def _say_all(self, texts: Iterable[str], style: str) -> None:
        for text in texts:
            self._say(text, style)

    def _stand_in(self, columns: int) -> None:
        """Go on in so many columns, from here down."""
        if columns == self.columns:
            return
        section = self.file.add_section(WD_SECTION.CONTINUOUS)
        written_as = section._sectPr.find(qn("w:cols"))
        written_as.set(qn("w:num"), str(columns))
        written_as.set(qn("w:space"), str(round(GUTTER * POINTS_PER_MM * 20)))
        self.columns = columns

    @property
    def _width(self) -> float:
        return self._full if self.columns == 1 else self._column

    @property
    def _full(self) -> float:
        """Millimetres between the margins."""
        return (PAGE_HEIGHT if self._across else PAGE_WIDTH) - 2 * MARGIN

    @property
    def _column(self) -> float:
        return (self._full - GUTTER) / 2

    @property
    def _across(self) -> bool:
        return self.briefing.look.layout == "across"

    def _is_wide(self, item: Item) -> bool:
        if isinstance(item, Picture):
            return isinstance(in_language(item.figure, self.lang).drawing, SmallMultiples)
        return isinstance(item, Rows) and (self._across or self._too_wide(in_language(item.table, self.lang)))

    def _too_wide(self, table: Table) -> bool:
        texts, _ = _texts(table, lang=self.lang)
        longest = (max(width_of(text, size=CELL) for text in column) for column in zip(*texts, strict=True))
        return sum(longest) > self._column * POINTS_PER_MM * _WIDEST_IN_COLUMN

    def _add_messages(self, item: KeyMessages) -> None:
        """Add the messages, each with what must be said beside it and was not said beside one before."""
        for text, notes in zip(item.texts(self.lang), item.notes(self.lang), strict=True):
            self._say(text, "List Bullet" if len(item.messages) > 1 else "Normal")
            self._say_all(notes, NOTE_STYLE)

    def _add_picture(self, item: Picture) -> None:
        figure = in_language(item.figure, self.lang)
        self.add_heading(figure.title, level=2)
        chips = () if item.brief else figure.chips
        below = self._say(" · ".join((figure.subtitle, *chips)), NOTE_STYLE)
        below.paragraph_format.keep_with_next = True
        pixels = round(self._width * _PIXELS_PER_MM)
        chart = png(svg(figure.drawing, width=pixels, font=_LETTERS), pixels * _SHARPNESS)
        add_picture(self.file, chart, width=self._width, name=figure.code, alt=figure.alt)
        sentence = words.sentence_of(figure, self.briefing, lang=self.lang) if item.with_sentence else ""
        for text in filter(None, [sentence]):
            self._say(text, "Normal").paragraph_format.keep_with_next = True
        most = words.most_caveats(self.briefing)
        caveats = figure.told_at_once(most) if item.brief else figure.caveat_texts
        cited = words.publishers(figure.sources, briefing=self.briefing, lang=self.lang)
        lead = f"{t('figure.does_not_tell', lang=self.lang)}:" if len(caveats) > 1 else ""
        note = add_paragraph(self.file, " ".join((*caveats, cited)), style=NOTE_STYLE, lead=lead)
        note.paragraph_format.keep_together = True

    def _add_rows(self, item: Rows) -> None:
        caption = item.caption.text(self.lang)
        self._say(caption, "Caption")
        self._add_grid(in_language(item.table, self.lang), caption=caption)
        cited = words.publishers(item.sources, briefing=self.briefing, lang=self.lang)
        self._say(" ".join((*(note.text(self.lang) for note in item.notes), cited)), NOTE_STYLE)

    def _add_grid(self, table: Table, *, caption: str) -> None:
        texts, numbers = _texts(table, lang=self.lang)
        add_table(self.file, texts, numbers=numbers, width=self._width, alt=caption)
        self._say_all(marker_key(table, lang=self.lang), NOTE_STYLE)

    def _add_card(self, item: Absent) -> None:
        card = in_language(item.card, self.lang)
        self.add_heading(card.title, level=2)
        self._say_all((card.reason, t("not_held.never_estimated", lang=self.lang), card.how), "Normal")
        add_link(self.file.add_paragraph(), card.url_label, card.url)

    def _add_terms(self, item: Terms) -> None:
        for term in item.entries:
            name, text = term.name.text(self.lang), term.text.text(self.lang)
            stop = "" if name.endswith("?") else "."
            is_short = len(term.url) <= _LONGEST_TYPED
            if not term.url or is_short:
                paragraph = add_paragraph(self.file, text, style="Normal", lead=f"{name}{stop}")
            else:
                paragraph = add_paragraph(self.file, "", style="Normal")
                add_link(paragraph, name, term.url)
                paragraph.add_run(f"{stop} {text}")
            if term.url and is_short:
                paragraph.add_run(" ")
                add_link(paragraph, term.url.removeprefix("https://"), term.url)


def _texts(table: Table, *, lang: Language) -> tuple[list[list[str]], Sequence[bool]]:
    """Return the texts of the shown columns, the header first, and which of them are numbers."""
    read = as_read(table, lang=lang)
    labels = [column.label for column in read.columns]
    return [labels, *map(list, read.rows)], [column.kind == "number" for column in read.columns]
