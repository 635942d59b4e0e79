"""What of a section is written on its slide, and what only in the presenter's notes.

The awkward fact: a slide holds a headline and a picture. Everything that may not be lost with the rest (further
caveats, chips, what a marker means, whole citations) stands in the notes, so the file still says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from math import inf

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
from dashboard.briefing.powerpoint.frame import BODY_LEAST, BODY_SIZE, SMALL_LEAST, SMALL_SIZE
from dashboard.briefing.powerpoint.text import Line
from dashboard.briefing.words import (
    citations,
    other_language,
    standing,
    standing_of_figures,
)
from dashboard.caveats import Letter, heaviest
from dashboard.charts.geometry.lines import key_to
from dashboard.charts.look import MUTED, NAVY
from dashboard.charts.spec import SmallMultiples
from dashboard.figure import Figure, in_language
from dashboard.i18n import Language, t


def lines_of(items: Iterable[Item], *, lang: Language, size: float = BODY_SIZE) -> tuple[Line, ...]:
    """Return the paragraphs of some items, in order; charts and tables themselves are not among them."""
    every = tuple(items)
    lines: list[Line] = []
    for number, item in enumerate(every):
        leads = isinstance(item, Prose) and any(isinstance(x, Bullets) for x in every[number + 1 : number + 2])
        lines += _lines(item, lang=lang, size=size, leads=leads)
    return tuple(lines)


def _lines(item: Item, *, lang: Language, size: float, leads: bool) -> list[Line]:
    line = partial(Line, lang=lang, size=size)
    match item:
        case Prose():
            return [line(text=item.text.text(lang), bold=leads, before=14)]
        case Bullets():
            return [line(text=text.text(lang), bullet=True) for text in item.texts]
        case KeyMessages():
            several = len(item.messages) > 1
            return [line(text=text, bullet=several, before=12) for text in item.texts(lang)]
        case Rows():
            lines = [small(note.text(lang), lang=lang) for note in item.notes]
        case Absent():
            lines = list(_card(item, lang=lang, size=size))
        case Terms():
            lines = list(_terms(item, lang=lang, size=size))
        case Picture():
            lines = []
    return lines


def small(text: str, *, lang: Language, bold: bool = False) -> Line:
    """Return a paragraph of the small print, which the room can still read."""
    return Line(text=text, lang=lang, size=SMALL_SIZE, least=SMALL_LEAST, color=MUTED, bold=bold)


def words_beside(figure: Figure, *, lang: Language) -> tuple[Line, ...]:
    """Return the words beside a map, which leaves the room: its sentence, and the heaviest of its caveats."""
    sentence = Line(text=figure.sentence, lang=lang, size=BODY_SIZE, least=BODY_LEAST)
    return (sentence, *words_below(figure, lang=lang))


def words_below(figure: Figure, *, lang: Language) -> tuple[Line, ...]:
    """Return the words under a chart: the caveat without which it would mislead, and what its letters stand for."""
    drawing = figure.drawing
    letters = key_to(drawing, most=inf, size=SMALL_SIZE) if isinstance(drawing, SmallMultiples) else ()
    others = [one for one in figure.caveats if not (letters and isinstance(one.explains, Letter))]
    heavy = (one.text for one in heaviest(others, most=1))
    return tuple(small(text, lang=lang) for text in (*heavy, *letters))


def _card(item: Absent, *, lang: Language, size: float) -> Iterator[Line]:
    card = in_language(item.card, lang)
    yield Line(text=card.title, lang=lang, size=size, bold=True, color=NAVY)
    yield from (Line(text=text, lang=lang, size=size) for text in (card.reason, card.how))
    yield Line(text=card.url_label, lang=lang, size=size, url=card.url)
    yield Line(text=t("not_held.never_estimated", lang=lang), lang=lang, size=size)


def _terms(item: Terms, *, lang: Language, size: float) -> Iterator[Line]:
    for term in item.entries:
        yield Line(lead=f"{term.name.text(lang)}:", text=term.text.text(lang), lang=lang, size=size)
        if term.url:
            yield Line(text=term.url.removeprefix("https://"), url=term.url, lang=lang, size=size, before=2)


def notes_of(section: Section, *, lang: Language) -> tuple[str, ...]:
    """Return the presenter's notes: what to say, what else must be known, what the slide rests on."""
    cited = citations(section.sources, lang=lang)
    parts = [(note.heading, note.lines) for note in words.notes(section, lang=lang)]
    parts += [(t("briefing.sources", lang=lang), cited)] if cited else []
    return tuple(line for heading, lines in parts for line in (heading, *lines, ""))


def standing_lines(briefing: Briefing, *, lang: Language, linked: bool = True) -> tuple[Line, ...]:
    """Return the small lines of the title slide: when it was made, who checked it, whom to ask, the other language.

    Slides in both languages are not `linked` to others.
    """
    of_figures = standing_of_figures(briefing, lang=lang)
    lines = [small(line, lang=lang) for line in standing(briefing, lang=lang) if line not in of_figures]
    if contact := briefing.officer.reached(lang):
        lines.append(small(t("briefing.contact", lang=lang, contact=contact), lang=lang))
    if not linked:
        return tuple(lines)
    other = other_language(briefing, lang=lang)
    lines.append(Line(text=other.text, lang=other.lang, url=other.url, size=SMALL_SIZE, least=SMALL_LEAST, color=NAVY))
    return tuple(lines)


def closing(briefing: Briefing, lang: Language) -> tuple[Line, ...]:
    """Return the last words behind the talk: every source in full, numbered, with what to be careful of."""
    cited = (
        *standing_of_figures(briefing, lang=lang),
        t("footer.licence", lang=lang),  # not last: it would stand on a slide alone
        *words.closing(briefing, lang=lang),
    )
    return tuple(_listed(text, lang=lang) for text in cited)


def _listed(text: str, *, lang: Language) -> Line:
    return Line(text=text, lang=lang, size=SMALL_SIZE, least=SMALL_LEAST, before=6)
