"""The deck itself: each section of a briefing laid out on a slide, or on several where one does not hold it.

The awkward fact: nobody proofreads a deck that a button made. So nothing is left to luck: every text is measured
before it is placed, and what is too long goes on on a slide of its own and is never cut.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.briefing.model import Briefing, Item, Picture, Rows, Section
from dashboard.briefing.powerpoint.charts import add_chart
from dashboard.briefing.powerpoint.content import (
    lines_of,
    notes_of,
    small,
    standing_lines,
    words_below,
    words_beside,
)
from dashboard.briefing.powerpoint.frame import (
    BODY_BOTTOM,
    BODY_LEAST,
    FOOTER_SIZE,
    MARGIN,
    MARK_HEIGHT,
    MARK_LEAST,
    MARK_SIZE,
    SLIDE_WIDTH,
    TITLE_LEAST,
    TITLE_SIZE,
    TITLE_TOP,
    WHOLE_WIDTH,
)
from dashboard.briefing.powerpoint.master import TEXT_LAYOUT, TITLE_LAYOUT, VISUAL_LAYOUT
from dashboard.briefing.powerpoint.tables import add_grid, grids
from dashboard.briefing.powerpoint.text import SMALLEST, Line, add_text, fitted, height_of, pages, write
from dashboard.briefing.reproducible_zip import settled
from dashboard.briefing.words import slide_source
from dashboard.charts import AreaMap
from dashboard.charts.look import MUTED, NAVY
from dashboard.charts.measure import width_of
from dashboard.charts.powerpoint.frame import GAP, Frame
from dashboard.figure import Figure, in_language
from dashboard.i18n import LOCALE, Language, t
from dashboard.i18n.text import Translatable, Wording, translatable
from dashboard.tables import as_read, marker_key

_WHITE = "#FFFFFF"
_TITLE_ROOM, _COVER_ROOM = 118.0, 150.0
_TEXT_SHARE = 0.45  # of a slide's height, at most, for the words under a chart with a table
_MAP_SHARE = 0.55  # of its width for a map, which is taller than wide


@dataclass(kw_only=True)
class Deck:
    """A deck while it is being made."""

    briefing: Briefing
    lang: Language
    file: Any
    is_backup: bool = False
    headings: Counter[str] = field(default_factory=Counter)

    def add_cover(self) -> None:
        """Add the title slide: the title, the ground rules, and of when all this is."""
        first, lang = self.briefing.sections[0], self.lang
        slide = self._new(TITLE_LAYOUT)
        title = Line(text=self.briefing.title.text(lang), lang=lang, size=40, least=SMALLEST, bold=True, color=NAVY)
        subtitle = Line(text=self.briefing.subtitle.text(lang), lang=lang, size=24, least=BODY_LEAST, color=MUTED)
        frame = Frame(left=MARGIN, top=44, width=WHOLE_WIDTH, height=_COVER_ROOM)
        used = self._title(slide, title, frame)
        below = Frame(left=MARGIN, top=frame.top + used + 10, width=WHOLE_WIDTH, height=34)
        fill(slide.placeholders[1], [subtitle], below)
        rest = Frame(left=MARGIN, top=below.bottom + 14, width=WHOLE_WIDTH, height=BODY_BOTTOM - below.bottom - 14)
        left, right = rest.columns(0.62)
        head = Line(text=first.heading.text(lang), lang=lang, size=24, bold=True, color=NAVY)
        rules = fitted([head, *lines_of(first.items, lang=lang)], width=left.width, height=left.height)
        add_text(slide, rules, left, name=head.text)
        lines = fitted(standing_lines(self.briefing, lang=lang), width=right.width, height=right.height)
        add_text(slide, lines, right, name=lines[0].text)
        self._finish(slide, notes_of(first, lang=lang))
        if self.briefing.officer.introduced(self.lang):
            self._add_introduction()

    def _add_introduction(self) -> None:
        texts = [line for line in self.briefing.officer.introduced(self.lang).split("\n") if line.strip()]
        lines = [Line(text=text, lang=self.lang) for text in texts]
        self.add_pages(t("briefing.introduction", lang=self.lang), lines, notes=())

    def add_divider(self) -> None:
        """Add the slide that ends the talk; what follows is for questions."""
        slide = self._new(TITLE_LAYOUT)
        heading = Line(text=t("briefing.backup", lang=self.lang), lang=self.lang, size=40, bold=True, color=NAVY)
        frame = Frame(left=MARGIN, top=190, width=WHOLE_WIDTH, height=60)
        used = self._title(slide, heading, frame)
        text = Line(text=t("briefing.backup_text", lang=self.lang), lang=self.lang, color=MUTED)
        fill(slide.placeholders[1], [text], Frame(left=MARGIN, top=frame.top + used + 10, width=WHOLE_WIDTH, height=70))
        self.is_backup = True
        self._finish(slide, ())

    def add_section(self, section: Section) -> None:
        """Add a section: a slide with its chart and table, or its words on as many slides as they need."""
        heading, notes = section.heading.text(self.lang), notes_of(section, lang=self.lang)
        kinds = {type(item) for item in section.items}
        if Picture in kinds:
            self._add_pictures(section, notes=notes)
        elif Rows in kinds:
            self._add_tables(heading, section.items, notes=notes)
        else:
            self.add_pages(heading, lines_of(section.items, lang=self.lang), notes=notes)

    def add_closing(self, heading: Translatable, lines: Callable[[Language], Sequence[Line]]) -> None:
        """Add words for reference behind everything."""
        self.add_pages(heading.text(self.lang), lines(self.lang), notes=())

    def add_pages(self, heading: str, lines: Sequence[Line], *, notes: Sequence[str]) -> None:
        """Add words on as many slides as they need at a size that can be read."""
        room = BODY_BOTTOM - TITLE_TOP - self._heading_height(heading) - GAP
        for number, page in enumerate(pages(lines, width=WHOLE_WIDTH, height=room)):
            slide, body = self._headed(heading, TEXT_LAYOUT)
            fill(slide.placeholders[1], page, body)
            self._finish(slide, notes if number == 0 else ())

    def _add_pictures(self, section: Section, *, notes: Sequence[str]) -> None:
        """Add a slide per figure; the other items of the section go on the next slides."""
        pictures = [item.figure for item in section.items if isinstance(item, Picture)]
        for number, figure in enumerate(pictures):
            heading = section.heading if number == 0 else translatable(figure.title)
            self._add_picture(heading.text(self.lang), figure, section, notes=notes if number == 0 else ())
        words = [item for item in section.items if not isinstance(item, Picture | Rows)]
        name = section.heading.text(self.lang)
        if words:
            self.add_pages(name, lines_of(words, lang=self.lang), notes=())
        self._add_tables(name, [item for item in section.items if isinstance(item, Rows)], notes=())

    def _add_picture(self, heading: str, figure: Figure[Wording], section: Section, *, notes: Sequence[str]) -> None:
        """Add a slide with one picture over all of it, the caveat it may not be shown without, and its source."""
        drawn = in_language(figure, self.lang)
        slide, body = self._headed(heading, VISUAL_LAYOUT)
        if isinstance(drawn.drawing, AreaMap):
            room, beside = body.columns(_MAP_SHARE)
            beside = self._add_subtitle(slide, drawn, beside)
            lines = fitted(words_beside(drawn, lang=self.lang), width=beside.width, height=beside.height)
        else:
            body = self._add_subtitle(slide, drawn, body)
            lines = words_below(drawn, lang=self.lang)
            used = height_of(lines, width=body.width)
            room, beside = body.first(body.height - used - GAP / 2), body.below(body.height - used)
        add_chart(slide, drawn, room, lang=self.lang)
        if lines:
            add_text(slide, lines, beside, name=lines[0].text)
        self._finish(slide, notes, source=slide_source(section).text(self.lang))

    def _add_subtitle(self, slide: Any, figure: Figure, body: Frame) -> Frame:
        """Write what is measured, where and when; return the frame left below."""
        lines = [small(figure.subtitle, lang=self.lang)]
        used = height_of(lines, width=body.width)
        add_text(slide, lines, body.first(used), name=figure.subtitle)
        return body.below(used + GAP / 2)

    def under_table(self, rows: Rows) -> tuple[Line, ...]:
        """Return what is said under a table, and what its markers mean."""
        marks = marker_key(in_language(rows.table, self.lang), lang=self.lang)
        return (*lines_of([rows], lang=self.lang), *(small(mark, lang=self.lang) for mark in marks))

    def _add_tables(self, heading: str, items: Sequence[Item], *, notes: Sequence[str]) -> None:
        """Add the tables of some items, with the words below the last; a long one goes on on the next slide."""
        tables = [item for item in items if isinstance(item, Rows)]
        others = lines_of([item for item in items if not isinstance(item, Rows)], lang=self.lang)
        for rows in tables:
            words = (*self.under_table(rows), *(others if rows is tables[-1] else ()))
            self.add_table(heading, rows, words, notes=notes)

    def add_table(self, heading: str, rows: Rows, words: Sequence[Line], *, notes: Sequence[str]) -> None:
        """Add a table with the words below it; a long one goes on on the next slide."""
        room = BODY_BOTTOM - TITLE_TOP - self._heading_height(self._named(heading, 2)) - GAP
        caption = Line(text=rows.caption.text(self.lang), lang=self.lang, size=20, bold=True, least=18)
        top = height_of([caption], width=WHOLE_WIDTH) + GAP / 2
        below = fitted(words, width=WHOLE_WIDTH, height=room * _TEXT_SHARE)
        under = height_of(below, width=WHOLE_WIDTH)
        read = as_read(in_language(rows.table, self.lang), lang=self.lang)
        parts = grids(read, width=WHOLE_WIDTH, height=room - top, under=under + GAP)
        fits = top + parts[-1].height + GAP + under <= room
        for number, grid in enumerate(parts):
            slide, body = self._headed(heading, VISUAL_LAYOUT)
            add_text(slide, [caption], body.first(top), name=caption.text)
            add_grid(slide, grid, body.below(top), caption=caption.text, lang=self.lang)
            if below and fits and number == len(parts) - 1:
                add_text(slide, below, body.below(top + grid.height + GAP).first(under), name=below[0].text)
            self._finish(slide, notes if number == 0 else ())
        if below and not fits:
            self.add_pages(heading, below, notes=())

    def _named(self, heading: str, number: int) -> str:
        """Return the title of the nth slide under a heading; no two slides of a deck are called the same."""
        return t("briefing.continued", lang=self.lang, heading=heading, n=number) if number > 1 else heading

    def _heading(self, text: str) -> Line:
        line = Line(text=text, lang=self.lang, size=TITLE_SIZE, least=TITLE_LEAST, bold=True, color=NAVY)
        return fitted([line], width=WHOLE_WIDTH, height=TITLE_SIZE * 2.5)[0]

    def _heading_height(self, text: str) -> float:
        return height_of([self._heading(text)], width=WHOLE_WIDTH)

    def _headed(self, heading: str, layout: int) -> tuple[Any, Frame]:
        """Return a new slide with its title, and the frame left below it."""
        self.headings[heading] += 1
        heading = self._named(heading, self.headings[heading])
        slide = self._new(layout)
        frame = Frame(left=MARGIN, top=TITLE_TOP, width=WHOLE_WIDTH, height=_TITLE_ROOM)
        used = self._title(slide, self._heading(heading), frame)
        top = TITLE_TOP + used + GAP
        return slide, Frame(left=MARGIN, top=top, width=WHOLE_WIDTH, height=BODY_BOTTOM - top)

    def _title(self, slide: Any, line: Line, frame: Frame) -> float:
        """Write a title and return the height it takes."""
        lines = fitted([line], width=frame.width, height=frame.height)
        used = height_of(lines, width=frame.width)
        fill(slide.shapes.title, lines, frame.first(used))
        return used

    def _new(self, layout: int) -> Any:
        return self.file.slides.add_slide(self.file.slide_layouts[layout])

    def _finish(self, slide: Any, notes: Sequence[str], *, source: str = "") -> None:
        """Add the foot of a slide, its source or else the place, and what the presenter reads."""
        parts = [source or self.briefing.names.text(self.lang)]
        parts += [t("briefing.backup", lang=self.lang)] if self.is_backup else []
        self.add_mark(slide, self.briefing.mark.text(self.lang))
        footer = Line(text=" · ".join(parts), lang=self.lang, size=FOOTER_SIZE, color=MUTED)
        self.write_footer(slide, footing(slide, "ftr"), [footer])
        footing(slide, "sldNum")
        self._write_notes(slide, notes)

    def add_mark(self, slide: Any, mark: str) -> None:
        """Write over a slide, on its bar, who may see what is not for everybody."""
        if mark:
            sizes = range(MARK_SIZE, MARK_LEAST, -1)
            size = next((n for n in sizes if width_of(mark, size=n, bold=True) <= WHOLE_WIDTH), MARK_LEAST)
            line = Line(text=mark, lang=self.lang, size=size, least=size, bold=True, color=_WHITE, before=0)
            band = Frame(left=0, top=0, width=SLIDE_WIDTH, height=MARK_HEIGHT)
            box = add_text(slide, [line], band, name=mark)
            box.text_frame.margin_left = Pt(MARGIN)
            box.fill.solid()
            box.fill.fore_color.rgb = RGBColor.from_string(NAVY.lstrip("#"))

    def write_footer(self, slide: Any, foot: Any, lines: Sequence[Line]) -> None:
        """Write the foot of a slide."""
        write(TextFrame(foot.txBody, slide), lines)

    def _write_notes(self, slide: Any, notes: Sequence[str]) -> None:
        frame = slide.notes_slide.notes_text_frame
        frame.text = "\n".join(notes).strip()
        for run in frame._txBody.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", LOCALE[self.lang])

    def bytes(self) -> bytes:
        """Return the finished file."""
        target = BytesIO()
        self.file.save(target)
        return settled(target.getvalue(), made_on=self.briefing.made_on)


def fill(placeholder: Any, lines: Sequence[Line], frame: Frame) -> None:
    """Write paragraphs into a placeholder and put it where they were measured for."""
    placeholder.left, placeholder.top, placeholder.width, placeholder.height = frame.emu()
    write(placeholder.text_frame, lines, anchor=MSO_ANCHOR.TOP)


def footing(slide: Any, kind: str) -> Any:
    """Copy the footer or the slide number from the layout, which python-pptx leaves out; return the element."""
    placeholder = slide.slide_layout._element.xpath(f'.//p:sp[.//p:ph[@type="{kind}"]]')[0]
    foot = copy.deepcopy(placeholder)
    foot.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
    slide.shapes._spTree.append(foot)
    return foot
