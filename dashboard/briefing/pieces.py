"""What can lie in a tray: every figure of the catalogue, small tables, and the texts that go with them.

The awkward fact: a reader is told a number once. So a piece of messages is told which have been said before it, and
leaves those out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from dashboard import revisions
from dashboard.age import today
from dashboard.briefing import community, councillor, evidence, of_a_group, of_a_strand, packs
from dashboard.briefing.extra import SECTION as OWN_SECTION
from dashboard.briefing.extra import is_own
from dashboard.briefing.kinds import GROUP, STRAND, Choice
from dashboard.briefing.model import Absent, Bullets, Item, KeyMessages, Picture, Prose, Rows
from dashboard.briefing.parts import (
    Context,
    Scope,
    bullets,
    earlier_log,
    evidence_of,
    gaps,
    largest,
    may_be_linked,
    messages_of_rules,
    picture,
    questions,
    rows,
    support,
    to_fill,
    unknown,
)
from dashboard.briefing.tray import Piece
from dashboard.caveats import heaviest
from dashboard.figure import Block, Column, Figure, Subject, Table
from dashboard.figures import news
from dashboard.figures.catalogue import BY_CODE, TABLES, first_shown, view_of, with_usual
from dashboard.figures.request import Request, usual
from dashboard.findings import Message, key_messages, messages
from dashboard.i18n import LANGUAGES
from dashboard.i18n.periods import day_name, release_name
from dashboard.i18n.text import Translatable, Wording, list_of, say, translatable

ASKS = ("share", "tell", "offer")
METHODS = ("range", "chance", "rates", "breaks", "grades")
GAP_TOPICS = ("hate_crime", "population", "migration", "sanctuary")
MOST_GAPS, MOST_MESSAGES, SUMMED_UP, FEW_MESSAGES, MOST_CONTEXT = 2, 5, 4, 3, 6
MOST_NEWS, MOST_NEWS_SHOWN = 12, 4  # rows of what changed, and on a slide; Home lists every release
MOST_NEWEST = 3  # messages of what is newest, on a slide
NEWEST = ("rra_same_quarter", "hate_crime_year", "population_year", "population_growth", "asylum_level")
NEWER = {"population_year": "population_growth"}  # the newest estimate may join on to none before it
SANCTUARY = ("asylum_level", "ukraine", "afghan", "resettlement")
NEWS_COLUMNS = ("figure", "unit", "now", "before", "released", "revised")
NEWS_NUMBERS = ("now", "before")
ROOM = ("hate_crime", "migration", "sanctuary", "other")  # pages whose messages have questions of their own
SAID = {
    "said_hate_crime": ("hate_crime_year", "hate_crime_rate", "rra_level", "rra_same_quarter"),
    "said_migration": ("population_year", "population_growth", "components_driver"),
    "said_asylum": ("asylum_level",),
}
# Figures of the Census on paper, with how many of their groups are drawn there: the largest. What a paper has room for
# is chosen by us, and no property of a figure; `tests/contracts/test_catalogue_is_read.py` holds it to the catalogue.
BORN = {"census_country_of_birth": 6}
COMPOSITION = {"census_ethnic_group": 6, "census_religion": 5, "census_main_language": 3}
# The section that the figures of a page go to, where nobody has said another.
HOMES = {"home": "migration", "profile": "people"}


Maker: TypeAlias = Callable[[Context], Iterable[Item]]
Block_: TypeAlias = Block[Wording] | None


def the(code: str, /, **options: str) -> Callable[[Subject], Block_]:
    """Return a figure of the catalogue as a function of a subject: as a page first shows it, but for `options`."""
    return lambda subject: first_shown(subject, code, **options)


def what_changed(view: Subject) -> Block_:
    """Return the components of today's estimates where they are held, else the yearly change from their totals."""
    newest = the("components_of_change")(view)
    older = not isinstance(newest, Figure) or any(source.vintage == "superseded" for source in newest.sources)
    return the("population_change")(view) if older else newest


def newest(view: Subject) -> Block_:
    """Return people on asylum support, the one local series of this year, where there are enough to draw.

    A place whose numbers never pass five is led by its population, as it changed or as the newest estimate has it.
    """
    asylum = the("asylum_support")(view)
    return asylum if isinstance(asylum, Figure) and asylum.has_chart else of_newest_day(view)


def changed_beside(view: Subject) -> Block_:
    """Return how the population changed, unless that is the newest already."""
    leading, change = newest(view), what_changed(view)
    return None if leading and change and leading.code == change.code else change


def of_newest_day(view: Subject) -> Block_:
    """Return what changed the population, or the estimates themselves where the newest of them ends no change held.

    So a paper whose words say the newest estimate has no chart beside them that ends a year before.
    """
    change, people = what_changed(view), the("population")(view)
    if not isinstance(people, Figure) or not isinstance(change, Figure):
        return change or people
    days = [max(o.period.end for o in one.newest) for one in (change, people)]
    return people if days[0] < days[1] else change


def aggravated(view: Subject) -> Block_:
    """Return the quarterly aggravated offences of the place itself where they are held, else of its force."""
    own = the("rra_authority")(view)
    return own if isinstance(own, Figure) else the("rra_quarterly")(view)


def welsh_forces(view: Subject) -> Block_:
    """Return the recorded rates of the four Welsh forces with their intervals, beside Wales."""
    return the("compare_dots", measure="hate_crimes")(view)


def changes_of_last_refresh(scope: Scope) -> tuple[Translatable, ...]:
    """Say what the last refresh changed; nothing where this build was not made by one."""
    try:
        last = revisions.last_refresh()
    except revisions.NoRefreshError:
        return ()
    if last.build != scope.build:
        return ()
    day = day_name(last.day)
    counts = {kind: str(sum(t.counts.get(kind, 0) for t in last.tables)) for kind in ("revised", "new_periods")}
    return (say("briefing.changes.refresh", day=day, **counts),)


def _figure(make: Callable[[Subject], Block_], context: Context) -> Iterable[Item]:
    return picture(make, context.scope, brief=not context.tables, every_row=context.tables)


def _largest_groups(codes: Mapping[str, int], context: Context) -> Iterator[Item]:
    """Yield charts under their titles: the largest groups alone, and each caveat once on a paper, for want of room."""
    earlier_caveats = set(context.caveats)
    for code, most in codes.items():
        for item in _under_its_title(the(code), context):
            if isinstance(item, Picture):
                figure = largest(item.figure, most=most)
                new = tuple(one for one in figure.caveats if one.text not in earlier_caveats)
                earlier_caveats |= {one.text for one in figure.caveats}
                caveats = new or heaviest(figure.caveats, most=1)
                yield replace(item, figure=replace(figure, caveats=caveats))
            else:
                yield item


def _under_its_title(make: Callable[[Subject], Block_], context: Context) -> tuple[Picture | Rows | Absent, ...]:
    """Return a figure under its title alone: a page's words are counted, or a line has said it."""
    return picture(make, context.scope, brief=True, with_sentence=False)


def _sanctuary_drawn(context: Context) -> Iterable[Item]:
    """Return people on asylum support over time under its title alone, else people resettled: of whom enough are."""
    charts = (_under_its_title(the(code), context) for code in ("asylum_support", "resettlement"))
    return next(([item] for chart in charts for item in chart if isinstance(item, Picture)), ())


def _routes_said(context: Context) -> Iterator[Item]:
    """Yield in words what is held of each way to safety and not told before; they are never added."""
    rules = tuple(rule for rule in SANCTUARY if rule not in context.rules)
    yield from (replace(one, brief=True) for one in messages_of_rules(context.scope, *rules))


def _small_table(code: str, context: Context, *, most: int | None = None) -> Iterable[Item]:
    return rows(TABLES[code], context.scope, most=most)


def _in_short(context: Context) -> Iterable[Item]:
    """Return the first messages in short, without those that the titles of one page's charts say."""
    subject = context.scope.subject
    chart_codes = {block.code for block in (aggravated(subject), newest(subject)) if block}
    first = (_up_to_date(m, subject) for m in key_messages(subject, most=FEW_MESSAGES))
    return (KeyMessages(messages=tuple(m for m in first if m.block not in chart_codes), brief=True),)


def _up_to_date(message: Message, subject: Subject) -> Message:
    """Return the newest that is known of what a message tells, where its own figures have been overtaken."""
    newer = NEWER.get(message.rule) if message.age.older else None
    return next((one for one in messages(subject) if one.rule == newer and not one.age.older), message)


def _messages(most: int, context: Context, *, with_notes: bool = False) -> Iterable[Item]:
    """Return the key messages of the place, or of each of several, as many in all: what two share is said once."""
    places = context.scope.alone
    by_text: dict[str, Message] = {}
    for one in places:
        of_it = {m.text(LANGUAGES[0]): m for m in key_messages(one.subject, most=most) if m.rule not in context.rules}
        new = [text for text in of_it if text not in by_text]
        by_text |= {text: of_it[text] for text in new[: max(1, most // len(places))]}
    return (KeyMessages(messages=tuple(by_text.values()), with_notes=with_notes),) if by_text else ()


def _messages_of_subject(code: str, context: Context) -> Iterable[Item]:
    rules = tuple(rule for rule in SAID[code] if rule not in context.rules)
    key_messages = tuple(
        m for one in context.scope.alone for item in messages_of_rules(one, *rules) for m in item.messages
    )
    return (KeyMessages(messages=key_messages),) if key_messages else ()


def _evidence(context: Context) -> Iterable[Item]:
    main_messages: tuple[Message, ...] = key_messages(context.scope.subject, most=MOST_MESSAGES)
    return evidence_of(main_messages, context.scope)


def _methods(_: Context) -> Iterable[Item]:
    return (Bullets(texts=tuple(say(f"briefing.method.{name}") for name in METHODS), small=True),)


def _changes(context: Context) -> Iterable[Item]:
    return (Prose(text=text) for text in changes_of_last_refresh(context.scope))


def _since(context: Context, *, most: int = MOST_NEWS) -> Iterator[Item]:
    """Yield what is new since the last meeting; where nothing is, that, and the newest change of each series."""
    day = context.scope.since
    new = [(one, news.since(one.subject, day)) for one in context.scope.alone] if day and day <= today() else []
    if day and not any(changes for _, changes in new):
        key = "briefing.since.nothing" if day <= today() else "briefing.since.ahead"
        names = list_of((one.place.name for one in context.scope.alone), between=", ")
        yield Prose(text=say(key, day=day_name(day), places=names))
    if any(changes for _, changes in new):
        yield from _news("since", new, most=most)
    else:
        yield from _news("newest", [(one, news.newest(one.subject)) for one in context.scope.alone], most=most)


def _news(
    code: str, changes_of_places: Iterable[tuple[Scope, tuple[news.Change[Wording], ...]]], *, most: int
) -> Iterator[Rows]:
    """Yield a table of what changed for each place; what two share is told of the first."""
    earlier: set[news.Change[Wording]] = set()
    for number, (scope, changes) in enumerate(changes_of_places):
        new = [one for one in changes if one not in earlier]
        earlier |= set(new)
        if new:
            yield _table_of(code if number == 0 else f"{code}_{number + 1}", code, scope, new, most=most)


def _table_of(name: str, code: str, scope: Scope, new: list[news.Change[Wording]], *, most: int) -> Rows:
    columns = tuple(
        Column(key=key, label=say(f"briefing.since.{key}"), kind="written" if key in NEWS_NUMBERS else "text")
        for key in NEWS_COLUMNS
    )
    changes = new[:most]
    rows = (
        {
            "figure": one.name,
            "unit": one.unit,
            "now": one.now,
            "before": one.before or say("briefing.since.none"),
            "released": release_name(one.source.released),
            "revised": str(one.revised),
        }
        for one in changes
    )
    some = any(one.revised for one in changes)
    more = (say(f"briefing.since.more_{code}", n=str(len(new) - most)),) if len(new) > most else ()
    return Rows(
        code=name,
        caption=say(f"briefing.since.caption_{code}", place=scope.place.name),
        table=Table.of(columns if some else columns[:-1], rows),
        sources=tuple({one.source.code: one.source for one in changes}.values()),
        notes=(*dict.fromkeys(translatable(note) for one in changes for note in one.notes), *more),
        newest=tuple(one.figure for one in changes),
    )


def _asked_messages(context: Context) -> Iterator[Item]:
    """Yield three messages, each with a question for the room."""
    items = (item for item in _messages(FEW_MESSAGES, context) if isinstance(item, KeyMessages))
    main_messages = tuple(message for item in items for message in item.messages)
    for message, question in zip(main_messages, room_questions(main_messages), strict=True):
        yield KeyMessages(messages=(message,))
        yield Prose(text=question)


def room_questions(messages: Iterable[Message]) -> Iterator[Translatable]:
    """Yield a question for the room to each of some messages, in turns where several are of one subject."""
    counts: Counter[str] = Counter()
    for message in messages:
        page = message.page if message.page in ROOM else ROOM[-1]
        counts[page] += 1
        yield say(f"briefing.room.{page}.{min(counts[page], 2)}")


def _three_things(context: Context) -> Iterable[Item]:
    """Return three messages in short, for one slide."""
    return (replace(item, brief=True) for item in _messages(FEW_MESSAGES, context) if isinstance(item, KeyMessages))


def _what_is_new(context: Context) -> Iterator[Item]:
    """Yield what is new since the last meeting, or since the last refresh, or the newest changes not told before."""
    if context.scope.since:
        yield from _since(context, most=MOST_NEWS_SHOWN)
        return
    refreshed = changes_of_last_refresh(context.scope)
    rules = ("new_data",) if refreshed else tuple(rule for rule in NEWEST if rule not in context.rules)
    for item in messages_of_rules(context.scope, *rules):
        yield replace(item, messages=item.messages[:MOST_NEWEST], brief=True)
    yield from (Prose(text=text) for text in refreshed)


def _sanctuary_shown(context: Context) -> Iterable[Item]:
    """Return people on asylum support over time; where too few are to be drawn, each route in words."""
    chart = tuple(_figure(the("asylum_support"), context))
    if any(isinstance(item, Picture) for item in chart):
        return chart
    words = messages_of_rules(context.scope, *SANCTUARY, up_to_date=True)
    return tuple(replace(one, brief=True) for one in words) or chart


def _unseen(context: Context) -> tuple[Item, ...]:
    asks = (say(f"briefing.ask.{name}") for name in ASKS)
    return (
        Prose(text=say("briefing.slide.cannot_see")),
        bullets(*unknown(context.scope)),
        Prose(text=say("briefing.slide.we_ask")),
        bullets(*asks),
    )


def _to_fill(log: str, _: Context) -> tuple[Rows, ...]:
    return (to_fill(log),)


def _earlier_log(code: str, _: Context) -> tuple[Rows, ...]:
    return (earlier_log(code),)


@dataclass(frozen=True, kw_only=True)
class BriefingPiece:
    """A piece that is no figure of the catalogue: how it is made, and the section it goes to where nobody says another.

    `choices` and `script` are its own as those of a figure; `slide` is what its slide is called where that is not what
    it is called in a list, and `is_offered` says that officers may add it by itself.
    """

    make: Maker
    section: str
    choices: tuple[Choice, ...] = ()
    script: str = ""
    slide: str = ""
    is_offered: bool = False


_offered = partial(BriefingPiece, is_offered=True)
# In the order in which officers are offered them, and then as the kinds hold them.
# `context_short` and those of `SAID` stand in no kind's tray any more: addresses made when they did still name them.
PIECES: Mapping[str, BriefingPiece] = {
    "messages": _offered(make=partial(_messages, FEW_MESSAGES), section="messages"),
    "since": _offered(make=_since, section="since"),
    "asked_messages": _offered(make=_asked_messages, section="messages"),
    "agreed": _offered(make=partial(_earlier_log, "agreed"), section="since"),
    "unanswered": _offered(make=partial(_earlier_log, "unanswered"), section="since"),
    "actions": _offered(make=partial(_to_fill, "actions"), section="actions", script="actions"),
    "raised": _offered(make=partial(_to_fill, "raised"), section="actions"),
    "accounts": _offered(make=partial(_small_table, "accounts"), section="accounts", slide="reported"),
    "offences_year": _offered(make=partial(_small_table, "offences_year"), section="hate_crime", slide="offences"),
    "routes": _offered(make=partial(_small_table, "routes"), section="sanctuary", slide="routes"),
    "context": _offered(make=partial(_small_table, "context"), section="context", slide="context"),
    "unknown": _offered(make=lambda context: (bullets(*unknown(context.scope)),), section="unknown"),
    "linked": _offered(make=lambda _: (may_be_linked(),), section="unknown"),
    "questions": _offered(make=lambda _: (bullets(*questions()),), section="questions"),
    "support": _offered(make=lambda _: (support(),), section="support"),
    "lines": _offered(make=councillor.lines, section="lines"),
    "services": _offered(make=councillor.services, section="services"),
    "not_to_say": _offered(make=councillor.not_to_say, section="not_say"),
    "ring": _offered(make=councillor.ring, section="ring"),
    "plain_people": _offered(make=community.people, section="plain_people"),
    "plain_hate_crime": _offered(make=community.hate_crime, section="plain_hate_crime"),
    "plain_report": _offered(make=community.report, section="plain_report"),
    "plain_help": _offered(make=community.support, section="plain_help"),
    "plain_ask": _offered(make=community.ask, section="ring"),
    "three_things": BriefingPiece(make=_three_things, section="messages", script="three_things", slide="three_things"),
    "news": BriefingPiece(make=_what_is_new, section="since", script="newest"),
    "sanctuary_shown": BriefingPiece(make=_sanctuary_shown, section="sanctuary", script="sanctuary"),
    "unseen": BriefingPiece(make=_unseen, section="unknown", slide="unseen"),
    "in_short": BriefingPiece(make=_in_short, section="messages"),
    "summary": BriefingPiece(make=partial(_messages, SUMMED_UP, with_notes=True), section="summary"),
    "headlines": BriefingPiece(make=partial(_messages, MOST_MESSAGES), section="messages"),
    "evidence": BriefingPiece(make=_evidence, section="messages"),
    "aggravated": BriefingPiece(make=partial(_figure, aggravated), section="hate_crime", script="expected"),
    "what_changed": BriefingPiece(make=partial(_figure, what_changed), section="migration", script="population"),
    "of_newest_day": BriefingPiece(make=partial(_under_its_title, of_newest_day), section="migration"),
    "sanctuary_drawn": BriefingPiece(make=_sanctuary_drawn, section="sanctuary"),
    "routes_said": BriefingPiece(make=_routes_said, section="sanctuary"),
    "newest": BriefingPiece(make=partial(_figure, newest), section="migration"),
    "newest_shown": BriefingPiece(make=partial(_under_its_title, newest), section="migration"),
    "born_shown": BriefingPiece(make=partial(_largest_groups, BORN), section="migration"),
    "composition": BriefingPiece(make=partial(_largest_groups, COMPOSITION), section="people"),
    "changed_beside": BriefingPiece(make=partial(_figure, changed_beside), section="migration"),
    "recorded": BriefingPiece(make=lambda _: (bullets(say("briefing.rule.recorded")),), section="unknown"),
    "context_short": BriefingPiece(make=partial(_small_table, "context", most=MOST_CONTEXT), section="context"),
    "forces": BriefingPiece(make=partial(_figure, welsh_forces), section="hate_crime", script="forces"),
    "methods": BriefingPiece(make=_methods, section="methods", slide="methods"),
    "gaps": BriefingPiece(make=lambda context: (gaps(context.scope, *GAP_TOPICS, most=MOST_GAPS),), section="gaps"),
    "changes": BriefingPiece(make=_changes, section="changes"),
    "equality_use": BriefingPiece(make=lambda _: packs.use("equality"), section="equality_use"),
    "equality": BriefingPiece(make=lambda context: packs.at_a_glance(context.scope), section="equality"),
    evidence.CHARACTERISTIC: BriefingPiece(
        make=lambda context: packs.characteristic(context.chosen(packs.CHARACTERISTIC), context.scope),
        section=evidence.CHARACTERISTIC,
        choices=(packs.CHARACTERISTIC,),
    ),
    "equality_requests": BriefingPiece(make=lambda context: packs.requests(context.scope), section="equality_requests"),
    "wellbeing_use": BriefingPiece(make=lambda _: packs.use("wellbeing"), section="wellbeing_use"),
    evidence.GOAL: BriefingPiece(
        make=lambda context: packs.goal(context.chosen(packs.GOAL), context.scope),
        section=evidence.GOAL,
        choices=(packs.GOAL,),
    ),
    "directory": BriefingPiece(make=lambda context: packs.directory(context.scope), section="directory"),
    "ledger": BriefingPiece(make=lambda context: packs.ledger(context.scope), section="ledger"),
    "coming": BriefingPiece(make=councillor.coming, section="coming"),
    "strand_told": BriefingPiece(make=of_a_strand.messages, section="hate_crime", choices=(STRAND,)),
    "strand_held": BriefingPiece(make=of_a_strand.every_year, section="strand_held", choices=(STRAND,)),
    "strand_drawn": BriefingPiece(make=of_a_strand.charts, section="hate_crime", choices=(STRAND,)),
    "strand_outcomes": BriefingPiece(make=of_a_strand.outcomes, section="hate_crime"),
    "strand_gaps": BriefingPiece(make=of_a_strand.gaps, section="gaps", choices=(STRAND,)),
    "strand_ask": BriefingPiece(make=of_a_strand.ask, section="gaps"),
    "strand_support": BriefingPiece(make=of_a_strand.support, section="support", choices=(STRAND,)),
    "group_drawn": BriefingPiece(make=of_a_group.chart, section="by_group", choices=(GROUP,)),
    "group_evidence": BriefingPiece(make=of_a_group.evidence, section="group_evidence", choices=(GROUP,)),
    "group_gaps": BriefingPiece(make=of_a_group.gaps, section="gaps", choices=(GROUP,)),
    "said_hate_crime": BriefingPiece(make=partial(_messages_of_subject, "said_hate_crime"), section="hate_crime"),
    "said_migration": BriefingPiece(make=partial(_messages_of_subject, "said_migration"), section="migration"),
    "said_asylum": BriefingPiece(make=partial(_messages_of_subject, "said_asylum"), section="migration"),
}
OFFERED = tuple(code for code, one in PIECES.items() if one.is_offered)


def is_known(piece: Piece, scope: Scope) -> bool:
    """Tell whether there is such a piece today for whom a briefing is composed."""
    if is_own(piece):
        return scope.extra is not None and scope.extra.knows(piece)
    return piece.code in PIECES or piece.code in BY_CODE


def is_as_chosen(piece: Piece, scope: Scope) -> bool:
    """Tell whether a piece still has the choices it was put into the tray with."""
    chosen = dict(piece.options)
    if piece.code in PIECES:
        return all(chosen.pop(one.name, one.codes[0]) in one.codes for one in choices(piece)) and not chosen
    options = BY_CODE[piece.code].options if piece.code in BY_CODE else ()
    _, notices = usual(Request.of(view_of(scope.subject)), chosen, options=options)
    return not notices and set(chosen) <= {option.name for option in options}


def choices(piece: Piece) -> tuple[Choice, ...]:
    """Return the choices of a text or a small table."""
    return PIECES[piece.code].choices if piece.code in PIECES else ()


def home(piece: Piece) -> str:
    """Return the section that a piece goes to where nobody has said another."""
    if is_own(piece):
        return OWN_SECTION
    if piece.code in BY_CODE:
        page = BY_CODE[piece.code].page
        return HOMES.get(page, page)
    return PIECES[piece.code].section if piece.code in PIECES else "others"


def items(piece: Piece, context: Context) -> tuple[Item, ...]:
    """Return what a piece holds for a place; nothing where it has nothing to say of it."""
    extra = context.scope.extra
    if is_own(piece):
        return tuple(_figure(lambda _: extra.block(piece), context)) if extra and extra.knows(piece) else ()
    if piece.code in PIECES:
        options = dict(piece.options) if is_as_chosen(piece, context.scope) else {}
        return tuple(PIECES[piece.code].make(replace(context, choices=tuple(options.items()))))
    return tuple(_figure(the(piece.code, **dict(piece.options)), context))


def name(piece: Piece, scope: Scope) -> Translatable:
    """Return what a piece is called in a list: a figure by the question it answers, one that is gone by its code."""
    if is_own(piece):
        return scope.extra.name(piece) if scope.extra and scope.extra.knows(piece) else say("briefing.own_piece")
    if piece.code in BY_CODE:
        request = with_usual(piece.code, view_of(scope.subject), **dict(piece.options))
        key = BY_CODE[piece.code].question_for(request)
        return say(key, in_place=scope.place_in, place=scope.place.name)
    if piece.code in (evidence.CHARACTERISTIC, evidence.GOAL):
        return _choice_name(piece)
    return say(f"briefing.piece.{piece.code}") if piece.code in PIECES else translatable(piece.code)


def _choice_name(piece: Piece) -> Translatable:
    """Return what a piece is about, as the law calls it; what any of its kind is where that is no longer known."""
    (choice,) = choices(piece)
    code = dict(piece.options).get(choice.name, "")
    return choice.called(code) if code in choice.codes else say(f"briefing.piece.{piece.code}")
