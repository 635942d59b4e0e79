"""A tray as slides: one message or one picture to a slide, each with what is said of it.

The awkward fact: a section on paper holds a chart, a table and a list; a room takes one of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from math import ceil

from dashboard.briefing.documents import filled_in, is_of_hate_crime, remarks_on, section_name
from dashboard.briefing.documents import heading as usual_heading
from dashboard.briefing.in_a_room import on_slides
from dashboard.briefing.kinds import APPENDIX
from dashboard.briefing.model import Absent, Item, KeyMessages, Officer, Picture, Prose, Rows, Section, Talk
from dashboard.briefing.parts import ACTIONS, Context, Scope, bullets
from dashboard.briefing.pieces import is_known, items
from dashboard.briefing.slides import MINUTES, RULES, heading_of, script_of, talk_of
from dashboard.briefing.tray import Part, Piece, Tray
from dashboard.charts import TimeLine
from dashboard.i18n.text import Translatable, joined, say

TOGETHER = ("news", "sanctuary_shown", "unseen")  # pieces whose parts stand on one slide
SUPPORT = "support"
GOES_ON = 0.5  # minutes, of a slide on which the chart of the one before goes on


def slides(tray: Tray, scope: Scope) -> Iterator[Section]:
    """Yield the slides of each piece of a tray, without an officer's words."""
    rules: frozenset[str] = frozenset()
    warned = False
    for part in tray.parts:
        of_part: list[Section] = []
        for piece in (one for one in part.pieces if is_known(one, scope)):
            piece_items = tuple(_on_slides(items(piece, Context(scope=scope, rules=rules))))
            rules |= {m.rule for item in piece_items if isinstance(item, KeyMessages) for m in item.messages}
            warns = not warned and bool(piece_items) and is_of_hate_crime(part, piece_items, scope)
            warned = warned or warns
            of_part += _slides_of(piece, piece_items, part, scope, warns=warns)
        yield from _supported(of_part)


def _on_slides(piece_items: Iterable[Item]) -> Iterator[Item]:
    """Yield what a slide has room for: of a table that is kept where it is, and of one to write in nothing."""
    for item in piece_items:
        if isinstance(item, Picture):
            yield from on_slides(_on_a_slide(item))
        elif not isinstance(item, Rows) or not item.to_keep:
            yield item
        elif any(cell for row in item.table.rows for cell in row):
            yield Prose(text=say("briefing.on_paper", caption=item.caption))


def _on_a_slide(item: Picture) -> Picture:
    """Return a picture as a slide has room for it: of its breaks those that cut the line; the notes tell the others."""
    if not isinstance(item.figure.drawing, TimeLine):
        return item
    cuts = tuple(mark for mark in item.figure.drawing.marks if mark.cuts)
    return replace(item, figure=replace(item.figure, drawing=replace(item.figure.drawing, marks=cuts)))


def _slides_of(
    piece: Piece, piece_items: tuple[Item, ...], part: Part, scope: Scope, *, warns: bool
) -> Iterator[Section]:
    """Yield a slide for each figure, table and message of a piece, with the words that follow a message on its own.

    What the publisher of hate crime warns of is read aloud with the first slide that shows any.
    """
    tables = sum(isinstance(item, Rows) for item in piece_items)
    is_one = piece.code in TOGETHER and bool(piece_items) and tables <= 1
    backup = part.code == APPENDIX
    begun: set[str] = set()
    for number, group in enumerate([piece_items] if is_one else _apart(piece_items)):
        drawn = {item.figure.code for item in group if isinstance(item, Picture)}
        goes_on = bool(drawn & begun)
        begun |= drawn
        talk = talk_of(piece, scope)
        warning = (say("hate_crime.publisher"),) if warns and number == 0 else ()
        yield Section(
            code=piece.code,
            part=part.code,
            heading=heading_of(piece, group, scope, usual=usual_heading(part.code)),
            items=group,
            script=(say("briefing.script.goes_on"),) if goes_on else (*script_of(piece, group), *warning),
            backup=backup,
            talk=None if backup else replace(talk, minutes=GOES_ON, question=None, answer=None) if goes_on else talk,
        )


def _apart(piece_items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Yield what stands on one slide: a figure or a table alone, a message with what follows, other words together."""
    words: list[Item] = []
    for item in piece_items:
        alone = isinstance(item, Picture | Rows | Absent)
        if words and (alone or isinstance(item, KeyMessages)):
            yield tuple(words)
            words = []
        if alone:
            yield (item,)
        else:
            words.append(item)
    if words:
        yield tuple(words)


def _supported(of_part: Iterable[Section]) -> Iterator[Section]:
    """Yield slides, where to get support under the table of actions that it follows."""
    last: Section | None = None
    for slide in of_part:
        if last and (last.code, slide.code) == (ACTIONS, SUPPORT):
            last = replace(last, items=(*last.items, *slide.items), heading=say("briefing.slide.actions"))
            continue
        if last:
            yield last
        last = slide
    if last:
        yield last


def whole_talk(piece_slides: Iterable[Section], officer: Officer, scope: Scope, *, tray: Tray) -> tuple[Section, ...]:
    """Return the talk: the slide with the ground rules, each slide under its officer's words, and the appendix last."""
    worded = tuple(_in_officers_words(tuple(piece_slides), officer, tray=tray))
    spoken = [one for one in worded if not one.backup]
    behind = (one for one in worded if one.backup)
    talks = [MINUTES["rules"], *(one.talk.minutes for one in spoken if one.talk)]
    return (*_chained([_rules(scope, slides=1 + len(spoken), minutes=sum(talks)), *spoken]), *behind)


def _rules(scope: Scope, *, slides: int, minutes: float) -> Section:
    welcome = say("briefing.script.welcome", in_place=scope.place_in)
    many = say("briefing.script.rules", n=slides, minutes=ceil(minutes))
    hard, reply = say("briefing.hard.rules"), say("briefing.reply.rules")
    return Section(
        code="rules",
        heading=say("briefing.slide.rules"),
        items=(bullets(*(_rule(name, scope) for name in RULES)),),
        script=(welcome, many),
        talk=Talk(minutes=MINUTES["rules"], opening=welcome, question=hard, answer=reply),
    )


def _rule(name: str, scope: Scope) -> Translatable:
    """Return a ground rule; where own figures may stand among the published ones it does not say that all are."""
    if name == "sources" and scope.extra:
        return say("briefing.rule.sources_own")
    return say(f"briefing.rule.{name}")


def _chained(spoken: list[Section]) -> Iterator[Section]:
    """Yield slides, each with what leads on: how the talk comes to the next that is another piece, or ends."""
    for slide, following in zip_longest(spoken, spoken[1:]):
        if slide.talk is None or (following and following.code == slide.code):
            yield slide
        elif following is None:
            yield replace(slide, talk=replace(slide.talk, bridge=say("briefing.bridge.end")))
        else:
            bridge = following.talk.opening if following.talk else None
            yield replace(slide, talk=replace(slide.talk, bridge=bridge))


def _in_officers_words(piece_slides: tuple[Section, ...], officer: Officer, *, tray: Tray) -> Iterator[Section]:
    """Yield slides in the order of the tray, a comment on a section on a slide of its own before the section's.

    The first says what an officer called the section, and so does the next after a comment alone: that may be in one
    language, and then the other has no such slide.
    """
    codes = [part.code for part in tray.parts]
    for code in codes:
        heading = section_name(officer, code)
        if remarks := remarks_on(officer, code):
            yield Section(code=code, part=code, heading=heading, items=remarks, backup=code == APPENDIX)
        unsaid = code in dict(officer.headings)
        for slide in (one for one in piece_slides if one.part == code):
            items = tuple(filled_in(slide.items, officer))
            if not items:
                continue
            yield replace(slide, items=items, heading=joined(heading, ": ", slide.heading) if unsaid else slide.heading)
            unsaid = False
    yield from (one for one in piece_slides if one.part not in codes)
