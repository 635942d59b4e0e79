"""An officer's own tray as slides: what stands on paper, one message or one picture to a slide.

The awkward fact: a section on paper holds a chart, a table and a list; a room takes one of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.briefing.documents import heading as usual_heading
from dashboard.briefing.model import Absent, Item, KeyMessages, Picture, Prose, Remark, Rows, Section
from dashboard.briefing.parts import Asked, bullets
from dashboard.briefing.slides import RULES, spoken
from dashboard.i18n.text import Translatable, joined, say, translatable

WARNING = Prose(text=say("hate_crime.publisher_short"))


def slides(sections: Iterable[Section], asked: Asked) -> Iterator[Section]:
    """Yield the slide with the ground rules, and then those of each section."""
    rules = bullets(*(say(f"briefing.rule.{name}") for name in RULES))
    welcome = say("briefing.script.welcome", in_place=asked.place_in)
    yield Section(code="rules", heading=say("briefing.slide.rules"), items=(rules,), script=(welcome,))
    for section in sections:
        yield from _slides_of(section)


def _slides_of(section: Section) -> Iterator[Section]:
    """Yield a slide for each figure, table and message of a section, with the words that follow a message on its own.

    What the publisher warns of is read aloud with the first slide, and stands among the cautions. The first says what
    an officer called the section, and so does the next where a comment alone stands on the first: it may be in one
    language, and then the other has no such slide.
    """
    warning = tuple(say("hate_crime.publisher") for item in section.items if item == WARNING)
    unsaid = section.heading != usual_heading(section.code)
    for number, words in enumerate(_apart(item for item in section.items if item != WARNING)):
        slide = _slide(section, *words, script=() if number else warning)
        if unsaid and slide.heading != section.heading:
            slide = replace(slide, heading=joined(section.heading, ": ", slide.heading))
        unsaid = unsaid and all(isinstance(item, Remark) for item in words)
        yield slide


def _apart(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what stands on one slide: a figure or a table alone, a message with what follows, other words together."""
    words: list[Item] = []
    for item in items:
        alone = isinstance(item, Picture | Rows | Absent)
        if words and (alone or isinstance(item, KeyMessages)):
            yield words
            words = []
        if alone:
            yield [item]
        else:
            words.append(item)
    if words:
        yield words


def _slide(section: Section, *items: Item, script: Iterable[Translatable] = ()) -> Section:
    heading = section.heading
    if isinstance(items[0], Picture):
        heading = translatable(items[0].figure.title)
    return Section(code=section.code, heading=heading, items=items, script=(*script, *_script(items)))


def _script(items: Iterable[Item]) -> Iterator[Translatable]:
    """Yield what is read aloud: a figure's sentence, its heaviest caveats, what must be said beside a message."""
    for item in items:
        if isinstance(item, Picture):
            yield from spoken(item.figure)
        elif isinstance(item, Rows):
            yield from item.notes
        elif isinstance(item, KeyMessages):
            yield from dict.fromkeys(note for message in item.messages for note in message.notes)
