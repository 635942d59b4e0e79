"""What is said with each piece on a slide: how it is read, how the talk comes to it, and the hard question it meets.

The awkward fact: a room remembers headlines. So the heading of a slide with a chart is the chart's own finding, and
what must be said with it stands in the presenter's script, in whole sentences that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.briefing.model import Item, KeyMessages, Picture, Prose, Rows, Talk
from dashboard.briefing.parts import Scope
from dashboard.briefing.pieces import ASKS, PIECES, home, name, room_questions
from dashboard.briefing.tray import Piece
from dashboard.caveats import heaviest
from dashboard.figure import Figure
from dashboard.figures.catalogue import BY_CODE
from dashboard.i18n import Language
from dashboard.i18n.text import PerLanguage, Translatable, Wording, say, translatable

RULES = ("sources", "places", "recorded", "respect")
MOST_CAVEATS = 3
USUAL_MINUTES = 1.5
# What has a script of its own, and its minutes: fifteen for the ready-made ten slides.
MINUTES = {
    "rules": 1.0,
    "three_things": 2.0,
    "newest": 1.5,
    "expected": 1.5,
    "forces": 1.5,
    "strands": 1.5,
    "population": 1.5,
    "map": 1.5,
    "sanctuary": 1.5,
    "actions": 1.5,
}
_ASKED_OF_PAGES = {"messages": "three_things", "hate_crime": "expected", "sanctuary": "sanctuary"}
ASKED_OF_THE_ROOM = ("three_things",)  # pieces whose slide has no room for the questions, so that they are read aloud
_MORE: Mapping[str, tuple[Translatable, ...]] = {
    "actions": tuple(say(f"briefing.ask.{name}") for name in ASKS),
    "unanswered": (say("briefing.script.unanswered"),),
    "raised": (say("briefing.script.raised"),),
    "sanctuary_shown": (say("migration.routes_no_sum_short"),),
    "unseen": (say("caveat.more_recorded"), say("link_note.title"), say("link_note.text")),
}


def talk_of(piece: Piece, scope: Scope) -> Talk:
    """Return how a piece is spoken: its minutes, how the talk comes to it, and the question that its page meets."""
    own = _script_code(piece)
    hard = own or _ASKED_OF_PAGES.get(home(piece))
    return Talk(
        minutes=MINUTES[own] if own else USUAL_MINUTES,
        opening=say(f"briefing.bridge.{own}") if own else say("briefing.bridge.next", name=name(piece, scope)),
        question=say(f"briefing.hard.{hard}") if hard else None,
        answer=say(f"briefing.reply.{hard}") if hard else None,
    )


def _script_code(piece: Piece) -> str:
    """Return the script of a piece by its code in `MINUTES`, "" where it has none of its own."""
    row = BY_CODE.get(piece.code) or PIECES.get(piece.code)
    return row.script if row else ""


def script_of(piece: Piece, items: tuple[Item, ...]) -> Iterator[Translatable]:
    """Yield what is read aloud: how to read it, then what it says with its heaviest caveats."""
    lead = _lead(piece, items)
    if lead:
        yield say(f"briefing.script.{lead}")
    for item in items:
        if isinstance(item, Picture):
            yield from _sentence_and_caveats(item.figure, most=1 if lead else MOST_CAVEATS)
        elif isinstance(item, Rows):
            yield from item.notes
        elif isinstance(item, KeyMessages):
            yield from _messages(item, with_questions=piece.code in ASKED_OF_THE_ROOM)
    yield from _MORE.get(piece.code, ())


def _lead(piece: Piece, items: tuple[Item, ...]) -> str:
    """Return what tells how a slide is read; a line in a script needs the line on the slide."""
    own = _script_code(piece)
    drawn = any(isinstance(item, Picture) for item in items)
    if own == "sanctuary" and not drawn:
        return "routes"
    if own == "newest" and not all(isinstance(item, KeyMessages) for item in items):
        return ""
    return own if drawn or own in ("three_things", "newest", "actions") else ""


def _sentence_and_caveats(figure: Figure[Wording], *, most: int) -> Iterator[Translatable]:
    """Yield a figure's sentence and its heaviest caveats."""
    yield translatable(figure.sentence)
    yield from (translatable(one.text) for one in heaviest(figure.caveats, most=most))


def _messages(messages: KeyMessages, *, with_questions: bool) -> Iterator[Translatable]:
    """Yield messages as the slide has them, each followed by its question for the room `with_questions`."""
    for number, question in enumerate(room_questions(messages.messages)):
        yield _message(messages, number)
        if with_questions:
            yield question


def _message(messages: KeyMessages, number: int) -> Translatable:
    """Return a message as the slide has it."""

    def text(lang: Language) -> str:
        return messages.texts(lang)[number]

    return PerLanguage(text)


def heading_of(piece: Piece, items: tuple[Item, ...], scope: Scope, *, usual: Translatable) -> Translatable:
    """Return what a slide is called: a figure by its finding, a table by what it holds, words by their section."""
    if isinstance(items[0], Picture):
        return translatable(items[0].figure.title)
    if piece.code == "news":
        new = any(isinstance(item, Prose | Rows) for item in items)
        return say("briefing.slide.since" if new else "briefing.slide.newest")
    if piece.code in PIECES and PIECES[piece.code].slide:
        return say(f"briefing.slide.{PIECES[piece.code].slide}")
    is_words = all(isinstance(item, KeyMessages | Prose) for item in items)
    return usual if is_words else name(piece, scope)
