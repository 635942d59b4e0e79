"""An officer's own tray as slides: what stands on paper, one message or one picture to a slide.

The awkward fact: a section on paper holds a chart, a table and a list; a room takes one of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.briefing.model import Absent, Item, KeyMessages, Picture, Rows, Section
from dashboard.briefing.parts import Asked, bullets
from dashboard.briefing.slides import RULES, spoken
from dashboard.i18n.text import Translatable, say, translatable


def slides(sections: Iterable[Section], asked: Asked) -> Iterator[Section]:
    """Yield the slide with the ground rules, and then those of each section."""
    rules = bullets(*(say(f"briefing.rule.{name}") for name in RULES))
    welcome = say("briefing.script.welcome", in_place=asked.place_in)
    yield Section(code="rules", heading=say("briefing.slide.rules"), items=(rules,), script=(welcome,))
    for section in sections:
        yield from _slides_of(section)


def _slides_of(section: Section) -> Iterator[Section]:
    """Yield a slide for each figure and table of a section, and one for all words between two of them."""
    words: list[Item] = []
    for item in section.items:
        if not isinstance(item, Picture | Rows | Absent):
            words.append(item)
            continue
        if words:
            yield _slide(section, *words)
        words = []
        yield _slide(section, item)
    if words:
        yield _slide(section, *words)


def _slide(section: Section, *items: Item) -> Section:
    heading = section.heading
    if isinstance(items[0], Picture):
        heading = translatable(items[0].figure.title)
    return Section(code=section.code, heading=heading, items=items, script=tuple(_script(items)))


def _script(items: Iterable[Item]) -> Iterator[Translatable]:
    """Yield what is read aloud: a figure's sentence, its heaviest caveats, what must be said beside a message."""
    for item in items:
        if isinstance(item, Picture):
            yield from spoken(item.figure)
        elif isinstance(item, Rows):
            yield from item.notes
        elif isinstance(item, KeyMessages):
            yield from dict.fromkeys(note for message in item.messages for note in message.notes)
