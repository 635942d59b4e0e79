"""What stands on paper and in the workbook of tables, from a tray: the ready-made ones are trays like any other.

The awkward fact: one page is read, four are kept. So one page holds what may be said aloud in two minutes with the
two things it cannot tell, and everything that a careful reader would ask next stands on the four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.briefing.evidence import HEADINGS
from dashboard.briefing.extra import SECTION as OWN_SECTION
from dashboard.briefing.extra import is_own
from dashboard.briefing.kinds import BY_CODE
from dashboard.briefing.model import (
    Bullets,
    Contact,
    Item,
    KeyMessages,
    Officer,
    Picture,
    Prose,
    Remark,
    Rows,
    Section,
)
from dashboard.briefing.parts import ACTIONS, BEFORE, LOGS, Context, Scope, bullets, earlier_log, pieces_of, to_fill
from dashboard.briefing.pieces import choices, home, is_as_chosen, is_known, items, name
from dashboard.briefing.tray import Part, Piece, Tray
from dashboard.briefing.words import BRIEF
from dashboard.caveats import Caveat, at_once
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.text import PerLanguage, Translatable, Wording, say
from dashboard.model import Observation, Words

SECTIONS = (
    *(
        "messages",
        "since",
        "actions",
        "summary",
        "hate_crime",
        "migration",
        "sanctuary",
        "people",
        "by_group",
        "compare",
        "unknown",
    ),
    *("lines", "changed", "services", "not_say", "coming", "ring"),
    *("strand", "strand_held", "strand_years", "strand_ask", "group", "group_evidence"),
    *("plain_people", "plain_hate_crime", "plain_report", "plain_help"),
    *("questions", "support", "accounts", "context", "changes", "methods", "gaps", "appendix", "others"),
    *("equality_use", "equality", "equality_requests", "wellbeing_use", "directory", "ledger", OWN_SECTION),
)
LEFT_OUT = "left_out"
HATE_CRIME = "hate_crime"
WARNING = say("hate_crime.publisher_short")
WARNINGS = (WARNING, say("plain.publisher"))  # what the publisher of hate crime says of it, and in plain words
ENDS = (".", "?", "!")


def ready(kind: str, choice: str = "") -> Tray:
    """Return the tray of a ready-made kind, for one value of its choice; the usual one for ""."""
    row = BY_CODE[kind]
    if row.choice is None:
        return row.tray
    option = (row.choice.name, row.choice.meant(choice))

    def chosen_for(piece: Piece) -> Piece:
        takes = any(one.name == option[0] for one in choices(piece))
        return replace(piece, options=(option,)) if takes else piece

    parts = (replace(part, pieces=tuple(map(chosen_for, part.pieces))) for part in row.tray.parts)
    return Tray(parts=tuple(parts))


def sections(tray: Tray, scope: Scope, *, tables: bool = False) -> Iterator[Section]:
    """Yield a tray's sections in its order, each with what it holds for a place; empty ones are left out."""
    rules: frozenset[str] = frozenset()
    caveats: frozenset[Wording] = frozenset()
    codes: Counter[str] = Counter()
    warned = False
    for part in tray.parts:
        part_items: list[Item] = []
        for piece in (one for one in part.pieces if is_known(one, scope)):
            new = items(piece, Context(scope=scope, rules=rules, caveats=caveats, tables=tables))
            rules |= {m.rule for item in new if isinstance(item, KeyMessages) for m in item.messages}
            caveats |= {one.text for item in new if isinstance(item, Picture) for one in _read_at_once(item)}
            part_items += (_told_apart(item, codes) for item in new)
        warned = warned or any(map(_is_warning, part_items))
        if part_items and not warned and is_of_hate_crime(part, part_items, scope):
            part_items.insert(_first_of_hate_crime(part_items, scope), Prose(text=WARNING))
            warned = True
        if warned:
            part_items = [_without_warning(item) for item in part_items]
        if part_items:
            yield Section(code=part.code, heading=heading(part.code), items=tuple(part_items))


def _read_at_once(item: Picture) -> tuple[Caveat[Wording], ...]:
    """Return the caveats that stand with a picture."""
    return at_once(item.figure.caveats, most=BRIEF) if item.brief else item.figure.caveats


def heading(code: str) -> Translatable:
    """Return what a section is called until the officer calls it something else."""
    code_in_catalogue = code if code in SECTIONS else "others"
    return HEADINGS[code] if code in HEADINGS else say(f"briefing.section.{code_in_catalogue}")


def _told_apart(item: Item, codes: Counter[str]) -> Item:
    """Return a figure under a code of its own where the same stands there already, with other choices."""
    if not isinstance(item, Picture):
        return item
    code = item.figure.code
    codes[code] += 1
    return item if codes[code] == 1 else replace(item, figure=replace(item.figure, code=f"{code}_{codes[code]}"))


def is_of_hate_crime(part: Part, part_items: Iterable[Item], scope: Scope) -> bool:
    """Tell whether a section tells of hate crime: its publisher's warning stands before the first that does."""
    is_in_section = HATE_CRIME in {part.code, *map(home, part.pieces)}
    return is_in_section or any(_tells_of_hate_crime(item, scope) for item in part_items)


def _tells_of_hate_crime(item: Item, scope: Scope) -> bool:
    measures = {figure.measure for figure in _told_by(item)}
    return any(queries.measure(code, build=scope.build).topic == HATE_CRIME for code in measures)


def _told_by(item: Item) -> tuple[Observation, ...]:
    """Return the figures that an item tells, in words, as a chart or as rows."""
    if isinstance(item, KeyMessages):
        return tuple(o for message in item.messages for o in message.observations)
    if isinstance(item, Picture):
        return item.figure.newest
    return item.newest if isinstance(item, Rows) else ()


def _first_of_hate_crime(part_items: Sequence[Item], scope: Scope) -> int:
    """Return where the first figure of hate crime stands in a section, which begins with it where none is known."""
    return next((number for number, item in enumerate(part_items) if _tells_of_hate_crime(item, scope)), 0)


def _is_warning(item: Item) -> bool:
    """Tell whether a paragraph, or a point of a list, is the publisher's warning."""
    texts = (item.text,) if isinstance(item, Prose) else item.texts if isinstance(item, Bullets) else ()
    return any(text in WARNINGS for text in texts)


def _without_warning(item: Item) -> Item:
    """Return messages without the publisher's warning as a note, where it stands over them already."""
    if not isinstance(item, KeyMessages) or not item.with_notes:
        return item
    messages = (replace(one, notes=tuple(note for note in one.notes if note != WARNING)) for one in item.messages)
    return replace(item, messages=tuple(messages))


def choice_codes(piece: Piece) -> str:
    """Return the choices of a piece as codes: "hate_crimes, wales"."""
    return ", ".join(value for _, value in piece.options)


def left_out(tray: Tray, scope: Scope) -> tuple[Section, ...]:
    """Return the section that says which pieces of a tray are not in the file, and why; nothing where all are."""
    texts = tuple(dict.fromkeys(_why_left_out(tray, scope)))
    section = Section(code=LEFT_OUT, heading=say("briefing.left_out"), items=(bullets(*texts),), backup=True)
    return (section,) if texts else ()


def _why_left_out(tray: Tray, scope: Scope) -> Iterator[Translatable]:
    """Yield what is to be said of the pieces that are shown otherwise than chosen, or not at all."""
    known_pieces = [piece for piece in tray.pieces if is_known(piece, scope)]
    for piece in known_pieces:
        if not is_as_chosen(piece, scope):
            yield say("briefing.left_out.choice", name=_as_sentence(name(piece, scope)))
    for piece in tray.pieces:
        if is_own(piece) and scope.extra is None:
            yield say("briefing.left_out.own")
        elif piece not in known_pieces:
            yield say("briefing.left_out.gone", code=piece.code)
    for piece in known_pieces:
        if not items(piece, Context(scope=scope)):
            key = "briefing.left_out.not_on_show" if is_own(piece) else "briefing.left_out.nothing"
            yield say(key, name=_as_sentence(name(piece, scope)))


def _as_sentence(called: Translatable) -> Translatable:
    """Return a name that a sentence may follow: what a figure asks ends by itself, what a table is called does not."""

    def ended(lang: Language) -> str:
        text = called.text(lang)
        return text if text.endswith(ENDS) else f"{text}."

    return PerLanguage(ended)


def with_officers_words(of_pieces: Iterable[Section], officer: Officer, *, tray: Tray) -> Iterator[Section]:
    """Yield sections under the names an officer gave them, each with their comment first.

    A comment on a section that holds nothing here stands alone: what was typed is in every file.
    """
    for section in _with_empty(of_pieces, tray):
        items = (*remarks_on(officer, section.code), *filled_in(section.items, officer))
        if items:
            headings = dict(officer.headings)
            heading = section_name(officer, section.code) if section.code in headings else section.heading
            yield replace(section, heading=heading, items=items)


def section_name(officer: Officer, code: str) -> Translatable:
    """Return what an officer called a section, and in a language without a name of theirs what it is called."""
    own, usual = dict(officer.headings).get(code), heading(code)
    return usual if own is None else PerLanguage(lambda lang: own.text(lang) or usual.text(lang))


def remarks_on(officer: Officer, code: str) -> tuple[Remark, ...]:
    """Return the paragraphs of an officer's comment on a section."""
    comment = dict(officer.comments).get(code)
    return () if comment is None else tuple(_remarks(comment))


def filled_in(section_items: Iterable[Item], officer: Officer) -> Iterator[Item]:
    """Yield items, the tables of a meeting with what an officer wrote; those of the last one only where they did."""
    for item in section_items:
        code = item.code if isinstance(item, Rows) else ""
        if isinstance(item, Contact) and (officer.contact or officer.contact_cy):
            yield Prose(text=PerLanguage(lambda lang: t("briefing.contact", lang=lang, contact=officer.reached(lang))))
        elif code in LOGS:
            yield to_fill(code, _logged(officer, code))
        elif code not in BEFORE:
            yield item
        elif rows := _logged(officer, BEFORE[code]):
            yield earlier_log(code, rows)


def _logged(officer: Officer, log: str) -> tuple[tuple[str, ...], ...]:
    return officer.actions if log == ACTIONS else officer.questions


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """What an officer wrote that a briefing has no place for, by the codes of sections and of tables of a meeting."""

    headings: tuple[str, ...]
    comments: tuple[str, ...]
    logs: tuple[str, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections it has not that were named or commented on, each once."""
        return tuple(dict.fromkeys((*self.headings, *self.comments)))


def unplaced(officer: Officer, *, sections: Set[str], pieces: Set[str]) -> Unplaced:
    """Return what an officer wrote that has no place in a briefing of some sections and pieces, by their codes."""
    return Unplaced(
        headings=tuple(code for code, own in officer.headings if own and code not in sections),
        comments=tuple(code for code, own in officer.comments if own and code not in sections),
        logs=tuple(log for log in LOGS if _logged(officer, log) and not pieces_of(log) & pieces),
    )


def _with_empty(of_pieces: Iterable[Section], tray: Tray) -> Iterator[Section]:
    """Yield sections and between them, where the tray has them, those that hold nothing."""
    codes = [part.code for part in tray.parts]
    for section in of_pieces:
        while section.code in codes and codes[0] != section.code:
            yield _empty(codes.pop(0))
        codes = codes[1:] if section.code in codes else codes
        yield section
    yield from map(_empty, codes)


def _empty(code: str) -> Section:
    return Section(code=code, heading=heading(code), items=())


def _remarks(comment: Words) -> Iterator[Remark]:
    """Yield the paragraphs of a comment; the first says whose it is."""
    lines = {lang: [line.strip() for line in comment.text(lang).split("\n") if line.strip()] for lang in LANGUAGES}
    for number in range(max(map(len, lines.values()))):
        own = Words(**{lang: "".join(lines[lang][number : number + 1]) for lang in LANGUAGES})
        yield Remark(text=_whose(own) if number == 0 else own)


def _whose(own: Words) -> Translatable:
    return PerLanguage(lambda lang: t("briefing.comment", lang=lang, text=text) if (text := own.text(lang)) else "")
