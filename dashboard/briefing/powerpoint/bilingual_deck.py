"""A bilingual deck: Welsh and English on each slide, in letters of one size, and one picture with the names of both.

The awkward fact: there is half the room for each language. So a title stands in both on two lines, words stand in two
columns, and beside a picture stand only what it measures and the caveat it may not be shown without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, TypeAlias

from pptx.oxml.ns import qn

from dashboard.briefing.bilingual_pairs import figure_of, stands_over, table_of, text_of
from dashboard.briefing.model import Item, Picture, Rows, Section
from dashboard.briefing.powerpoint.charts import add_chart, height_wanted
from dashboard.briefing.powerpoint.content import lines_of, notes_of, small, standing_lines, words_below
from dashboard.briefing.powerpoint.deck import Deck, fill, footing
from dashboard.briefing.powerpoint.frame import (
    BODY_BOTTOM,
    FOOTER_HEIGHT,
    FOOTER_SIZE,
    FOOTER_TOP,
    MARGIN,
    WHOLE_WIDTH,
)
from dashboard.briefing.powerpoint.master import TEXT_LAYOUT, TITLE_LAYOUT, VISUAL_LAYOUT
from dashboard.briefing.powerpoint.tables import add_grid, grids
from dashboard.briefing.powerpoint.text import SMALLEST, Line, add_text, fitted, height_of, last_not_alone
from dashboard.briefing.words import slide_source
from dashboard.charts import AreaMap
from dashboard.charts.look import INK, MUTED, NAVY
from dashboard.charts.measure import line_count, width_of
from dashboard.charts.powerpoint.frame import Frame
from dashboard.figure import Figure, in_language
from dashboard.i18n import LOCALE, Language, t
from dashboard.i18n.bilingual import ORDER, text_in_both
from dashboard.i18n.text import Translatable, Wording, say, translatable
from dashboard.tables import marker_key

Lines: TypeAlias = tuple[Line, ...]
Pair: TypeAlias = tuple[Lines, Lines]  # Welsh, English
TITLE, TITLE_LEAST = 26, 22
TOP, BETWEEN = 22.0, 10.0  # points above the title, and between what stands on a slide
LARGEST, LEAST = 26, 18  # words in two columns
SHARES, MAP_SHARES = (0.6, 0.55, 0.5, 0.45, 0.4, 0.36, 0.32), (0.5, 0.45, 0.4, 0.36, 0.32)  # of the width for a picture
COVER_TITLE, COVER_ROOM = 30, 150
LEAST_PICTURE = 130.0  # points of height
MOST_FOOT = 4  # lines of sources
_MOST_UNDER = 0.5  # of the room below the title, for words under a table


@dataclass(kw_only=True)
class BilingualDeck(Deck):
    """A deck in both languages while it is being made; its own language is that which comes first."""

    lang: Language = ORDER[0]

    def add_cover(self) -> None:
        """Add the title slide: both titles, the ground rules side by side, and of when all this is."""
        first = self.briefing.sections[0]
        slide = self._new(TITLE_LAYOUT)
        frame = Frame(left=MARGIN, top=TOP, width=WHOLE_WIDTH, height=COVER_ROOM)
        titles = _on_lines(self.briefing.title, size=COVER_TITLE, least=SMALLEST, bold=True, color=NAVY, before=2)
        used = self._both_titles(slide, titles, frame)
        about = [Line(text=text_of(self.briefing.subtitle), lang=self.lang, size=20, least=LEAST, color=MUTED)]
        below = frame.below(used + 6).first(height_of(about, width=WHOLE_WIDTH))
        fill(slide.placeholders[1], about, below)
        rest = Frame(left=MARGIN, top=below.bottom + BETWEEN, width=WHOLE_WIDTH, height=0)
        rest = replace(rest, height=BODY_BOTTOM - rest.top)
        standing = self._standing()
        foot = height_of(standing, width=WHOLE_WIDTH)
        rules = _each(lambda lang: (_head(first.heading, lang), *lines_of(first.items, lang=lang)))
        self._add_columns(slide, _alike(rules, height=rest.height - foot - BETWEEN), rest)
        add_text(slide, standing, rest.below(rest.height - foot), name=standing[0].text)
        self._finish_in_both(slide, self._both_notes(first))
        texts = _each(lambda lang: _paragraphs(self.briefing.officer.introduced(lang), lang))
        if any(texts):
            self._add_pairs(say("briefing.introduction"), texts)

    def _standing(self) -> Lines:
        """Return the small lines of the title slide, what both languages say on one line."""
        welsh, english = _each(lambda lang: standing_lines(self.briefing, lang=lang, linked=False))
        apart = len(welsh) - len(english)  # who has checked the Welsh is said in Welsh alone
        texts = (text_in_both(one.text, two.text) for one, two in zip(welsh, english, strict=False))
        shared = [replace(line, text=text) for line, text in zip(welsh, texts, strict=False)]
        return (*shared, *(welsh[-apart:] if apart > 0 else ()))

    def add_divider(self) -> None:
        """Add the slide that ends the talk; what follows is for questions."""
        slide = self._new(TITLE_LAYOUT)
        frame = Frame(left=MARGIN, top=170, width=WHOLE_WIDTH, height=110)
        used = self._both_titles(slide, _on_lines(say("briefing.backup"), size=40, bold=True, color=NAVY), frame)
        text = _on_lines(say("briefing.backup_text"), color=MUTED, size=24)
        fill(slide.placeholders[1], text, frame.below(used + 10).first(80))
        self.is_backup = True
        self._finish_in_both(slide, ())

    def add_section(self, section: Section) -> None:
        """Add a section: a slide with its picture, its tables, or its words on as many slides as they need."""
        notes = self._both_notes(section)
        for number, item in enumerate(item for item in section.items if isinstance(item, Picture)):
            heading = section.heading if number == 0 else translatable(item.figure.title)
            self._add_picture_in_both(heading, item.figure, section, notes=notes if number == 0 else ())
        tables = [item for item in section.items if isinstance(item, Rows)]
        words = [item for item in section.items if not isinstance(item, Picture | Rows)]
        later = () if any(isinstance(item, Picture) for item in section.items) else notes
        for rows in tables:
            below = words if rows is tables[-1] else []
            self._add_table_in_both(section.heading, rows, below, notes=later if rows is tables[0] else ())
        if words and not tables:
            self._add_pairs(section.heading, _each(lambda lang: lines_of(words, lang=lang)), notes=later)

    def add_closing(self, heading: Translatable, lines: Callable[[Language], Sequence[Line]]) -> None:
        """Add words for reference behind everything."""
        self._add_pairs(heading, _each(lines))

    def _add_pairs(self, heading: Translatable, pair: Pair, *, notes: Sequence[Line] = ()) -> None:
        """Add words side by side on as many slides as they need; what is said in one language alone has the width."""
        titles = self._titles(heading)
        room = BODY_BOTTOM - TOP - height_of(titles, width=WHOLE_WIDTH) - BETWEEN
        for number, page in enumerate(_pages(pair, height=room)):
            slide, body = self._both_headed(heading, TEXT_LAYOUT)
            self._add_columns(slide, page, body, placeholder=slide.placeholders[1])
            self._finish_in_both(slide, notes if number == 0 else ())

    def _add_columns(self, slide: Any, pair: Pair, body: Frame, *, placeholder: Any = None) -> None:
        """Write Welsh left and English right, the first into a placeholder where the layout has one."""
        frames = body.columns(0.5) if all(pair) else (body, body)
        for lines, frame in zip(pair, frames, strict=True):
            if not lines:
                continue
            if placeholder is not None:
                fill(placeholder, lines, frame)
                placeholder = None
            else:
                add_text(slide, lines, frame, name=lines[0].text)

    def _add_picture_in_both(
        self, heading: Translatable, figure: Figure[Wording], section: Section, *, notes: Sequence[Line]
    ) -> None:
        """Add a slide with one picture, and beside it what it measures and its heaviest caveat, in each language."""
        drawn = figure_of(figure)
        source = text_of(slide_source(section))
        slide, body = self._both_headed(heading, VISUAL_LAYOUT, foot=_foot_lines(source))
        every = _each(lambda lang: _beside(in_language(figure, lang), lang=lang))
        is_over = stands_over(drawn)
        most = max(map(len, every))
        fitting = (n for n in range(most, 1, -1) if _fits(_first(every, n), body, is_over=is_over))
        number = next(fitting, 1)
        if is_over and not _leaves(height_wanted(drawn.drawing, width=body.width), _first(every, number), body):
            number = 0
            add_chart(slide, drawn, body, lang=self.lang)
        elif is_over:
            self._draw_over(slide, drawn, _first(every, number), body)
        else:
            self._draw_beside(slide, drawn, _first(every, number), body)
        self._finish_in_both(slide, notes, source=source)
        if number < most:  # where a picture has many rows, or many letters that stand for something
            self._add_pairs(say("briefing.in_words", heading=heading), (every[0][number:], every[1][number:]))

    def _draw_over(self, slide: Any, drawn: Figure, words: Pair, body: Frame) -> None:
        """Draw rows with their names over the whole width, and the words in two columns below."""
        used = max(height_of(lines, width=_column()) for lines in words)
        add_chart(slide, drawn, body.first(body.height - used - BETWEEN / 2), lang=self.lang)
        self._add_columns(slide, words, body.below(body.height - used))

    def _draw_beside(self, slide: Any, drawn: Figure, words: Pair, body: Frame) -> None:
        """Draw a line or a map as large as the words beside it leave room."""
        is_map = isinstance(drawn.drawing, AreaMap)
        for share in MAP_SHARES if is_map else SHARES:
            room, beside = body.columns(share)
            heights = [height_of(lines, width=beside.width) for lines in words]
            if sum(heights) + BETWEEN <= beside.height:
                break
        add_chart(slide, drawn, room, lang=self.lang)
        half = beside.height / 2
        second = half if max(heights) <= half - BETWEEN / 2 else heights[0] + BETWEEN
        add_text(slide, words[0], beside.first(heights[0]), name=words[0][0].text)
        add_text(slide, words[1], beside.below(second).first(heights[1]), name=words[1][0].text)

    def _add_table_in_both(
        self, heading: Translatable, rows: Rows, words: Sequence[Item], *, notes: Sequence[Line]
    ) -> None:
        """Add a table in both languages where one slide holds it; else in one language after the other."""
        captions = [Line(text=text_of(rows.caption), lang=self.lang, size=20, bold=True, least=LEAST)]
        top = height_of(captions, width=WHOLE_WIDTH) + BETWEEN / 2
        room = BODY_BOTTOM - TOP - height_of(self._titles(heading), width=WHOLE_WIDTH) - BETWEEN
        below = _alike(_each(lambda lang: self._under(rows, words, lang=lang)), height=room * _MOST_UNDER)
        under = max(height_of(lines, width=_column()) for lines in below)
        read = table_of(rows.table)
        both = grids(read, width=WHOLE_WIDTH, height=room - top - under - BETWEEN) if read else ()
        if len(both) != 1:
            self._add_one_after_the_other(heading, rows, words)
            return
        slide, body = self._both_headed(heading, VISUAL_LAYOUT)
        add_text(slide, captions, body.first(top), name=captions[0].text)
        add_grid(slide, both[0], body.below(top), caption=text_of(rows.caption), lang=self.lang)
        if under:
            self._add_columns(slide, below, body.below(top + both[0].height + BETWEEN).first(under))
        self._finish_in_both(slide, notes)

    def _add_one_after_the_other(self, heading: Translatable, rows: Rows, words: Sequence[Item]) -> None:
        """Add a table on slides in Welsh and then in English: cells with both would break it over many more."""
        for lang in ORDER:
            alone = replace(Deck(briefing=self.briefing, lang=lang, file=self.file), headings=self.headings)
            alone.is_backup = self.is_backup
            lines = (*alone.under_table(rows), *lines_of(words, lang=lang))
            notes = [note.text(lang) for note in rows.notes]
            alone.add_table(heading.text(lang), rows, lines, notes=notes)

    def _under(self, rows: Rows, words: Sequence[Item], *, lang: Language) -> Lines:
        marks = marker_key(in_language(rows.table, lang), lang=lang)
        under_table = (*lines_of([rows], lang=lang), *(small(mark, lang=lang) for mark in marks))
        return (*under_table, *lines_of(words, lang=lang, size=20))

    def _titles(self, heading: Translatable) -> Lines:
        look: dict[str, Any] = {"size": TITLE, "least": TITLE_LEAST, "bold": True, "color": NAVY, "before": 2}
        whole = text_of(heading)
        if width_of(whole, size=TITLE, bold=True) <= WHOLE_WIDTH:
            return (Line(text=whole, lang=self.lang, **look),)
        return fitted(_on_lines(heading, **look), width=WHOLE_WIDTH, height=TITLE * 3.6)

    def _both_headed(self, heading: Translatable, layout: int, *, foot: int = 1) -> tuple[Any, Frame]:
        """Return a new slide with its title in both languages, and the frame left below it."""
        lines = self._titles(heading)
        self.headings[lines[0].text] += 1
        number = self.headings[lines[0].text]
        if number > 1:
            lines = self._titles(say("briefing.continued", heading=heading, n=number))
        slide = self._new(layout)
        used = self._both_titles(slide, lines, Frame(left=MARGIN, top=TOP, width=WHOLE_WIDTH, height=130))
        top = TOP + used + BETWEEN
        return slide, Frame(
            left=MARGIN, top=top, width=WHOLE_WIDTH, height=BODY_BOTTOM - (foot - 1) * FOOTER_HEIGHT - top
        )

    def _both_titles(self, slide: Any, lines: Lines, frame: Frame) -> float:
        shrunk = fitted(lines, width=frame.width, height=frame.height)
        used = height_of(shrunk, width=frame.width)
        fill(slide.shapes.title, shrunk, frame.first(used))
        return used

    def _finish_in_both(self, slide: Any, notes: Sequence[Line], *, source: str = "") -> None:
        names = source or text_of(self.briefing.names)
        self.add_mark(slide, text_of(self.briefing.mark))
        parts = [Line(text=names, lang=self.lang, size=FOOTER_SIZE, color=MUTED, before=0)]
        if self.is_backup:
            parts = [replace(parts[0], text=f"{names} · {text_of(say('briefing.backup'))}")]
        shape = footing(slide, "ftr")
        more = _foot_lines(names) - 1
        if more:
            top, height = FOOTER_TOP - more * FOOTER_HEIGHT, FOOTER_HEIGHT * (1 + more)
            Frame(left=MARGIN, top=top, width=WHOLE_WIDTH - 80, height=height).put(shape)
        self.write_footer(slide, shape, parts)
        footing(slide, "sldNum")
        frame = slide.notes_slide.notes_text_frame
        frame.text = "\n".join(line.text for line in notes).strip()
        for paragraph, line in zip(frame._txBody.p_lst, notes, strict=False):
            for run in paragraph.iter(qn("a:r")):
                run.get_or_add_rPr().set("lang", LOCALE[line.lang])

    def _both_notes(self, section: Section) -> Lines:
        """Return the presenter's notes in one language after the other, each under its name."""
        lines: list[Line] = []
        for lang in ORDER:
            lines.append(Line(text=t("briefing.notes.in_language", lang=lang), lang=lang))
            lines += [Line(text=text, lang=lang) for text in notes_of(section, lang=lang)]
        return tuple(lines)


def _each(make: Callable[[Language], Sequence[Line]]) -> Pair:
    welsh, english = (tuple(make(lang)) for lang in ORDER)
    return welsh, english


def _on_lines(text: Translatable, **look: Any) -> Lines:
    """Return a text as a paragraph of each language, Welsh first; once where both read the same."""
    read = {text.text(lang): lang for lang in reversed(ORDER)}
    return tuple(Line(text=words, lang=lang, **look) for words, lang in reversed(read.items()))


def _first(pair: Pair, number: int) -> Pair:
    return pair[0][:number], pair[1][:number]


def _leaves(picture_height: float, words: Pair, body: Frame) -> bool:
    """Tell whether words below a picture leave it the height that its rows want."""
    return picture_height <= body.height - max(height_of(lines, width=_column()) for lines in words) - BETWEEN / 2


def _fits(words: Pair, body: Frame, *, is_over: bool) -> bool:
    """Tell whether words leave a picture its least room: below it, or beside it where it is narrowest."""
    if is_over:
        return max(height_of(lines, width=_column()) for lines in words) <= body.height - LEAST_PICTURE
    width = body.columns(SHARES[-1])[1].width
    return sum(height_of(lines, width=width) for lines in words) + BETWEEN <= body.height


def _head(heading: Translatable, lang: Language) -> Line:
    return Line(text=heading.text(lang), lang=lang, size=20, least=LEAST, bold=True, color=NAVY)


def _paragraphs(text: str, lang: Language) -> Lines:
    return tuple(Line(text=line, lang=lang) for line in text.split("\n") if line.strip())


def _column() -> float:
    """Return how wide each of two columns is."""
    return Frame(left=MARGIN, top=0, width=WHOLE_WIDTH, height=0).columns(0.5)[0].width


def _beside(figure: Figure, *, lang: Language) -> Lines:
    subtitle = replace(small(figure.subtitle, lang=lang), color=INK)
    return tuple(replace(line, before=4) for line in (subtitle, *words_below(figure, lang=lang)))


def _foot_lines(text: str) -> int:
    """Return on how many lines the foot of a slide stands."""
    return min(MOST_FOOT, line_count(text, size=FOOTER_SIZE, width=WHOLE_WIDTH - 80))


def _alike(pair: Pair, *, height: float) -> Pair:
    """Return words in two columns as large as fits the height, in letters of one size, none under the least."""
    width = _column() if all(pair) else WHOLE_WIDTH
    for size in range(LARGEST, LEAST - 1, -1):
        welsh, english = (tuple(_at_most(line, size) for line in lines) for lines in pair)
        if max(height_of(welsh, width=width), height_of(english, width=width)) <= height:
            break
    return welsh, english


def _at_most(line: Line, size: int) -> Line:
    return replace(line, size=min(line.size, size), least=min(line.least, LEAST), before=min(line.before, size * 0.45))


def _pages(pair: Pair, *, height: float) -> Iterator[Pair]:
    """Yield words in two columns shared out over slides, a paragraph always beside its own in the other language."""
    shrunk = _alike(pair, height=height)
    width = _column() if all(pair) else WHOLE_WIDTH
    slides: list[tuple[Pair, ...]] = []
    page: tuple[Pair, ...] = ()
    for welsh, english in zip_longest(*shrunk):
        own = (_whole(welsh, width=width, height=height), _whole(english, width=width, height=height))
        if page and max(height_of(lines, width=width) for lines in _joined((*page, own))) > height:
            slides, page = [*slides, page], ()
        page = (*page, own)
    yield from map(_joined, last_not_alone((*slides, page)) if page else slides)


def _joined(rows: Sequence[Pair]) -> Pair:
    """Return paragraphs that stand beside each other as two columns."""
    return tuple(line for row in rows for line in row[0]), tuple(line for row in rows for line in row[1])


def _whole(line: Line | None, *, width: float, height: float) -> Lines:
    """Return a paragraph so small that a slide holds it: an officer's may be of any length."""
    return () if line is None else fitted([replace(line, least=SMALLEST)], width=width, height=height)
