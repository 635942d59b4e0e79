"""What can lie in a tray: every figure of the catalogue, small tables, and the texts that go with them.

The awkward fact: a reader is told a number once. So a piece of messages is told which have been said before it, and
leaves those out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
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
    BEFORE,
    LOGS,
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
from dashboard.i18n.periods import PeriodName, release_name
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
    day = PeriodName(start=last.day, months=0)
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
        yield Prose(text=say(key, day=PeriodName(start=day, months=0), places=names))
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


# What is no figure of the catalogue. Those named in `OFFERED` can be added to a tray by themselves.
# `context_short` and those of `SAID` stand in no kind's tray any more: addresses made when they did still name them.
MAKERS: Mapping[str, Maker] = {
    "messages": partial(_messages, FEW_MESSAGES),
    "since": _since,
    "asked_messages": _asked_messages,
    **{log: partial(_to_fill, log) for log in LOGS},
    **{code: partial(_earlier_log, code) for code in BEFORE},
    "three_things": _three_things,
    "news": _what_is_new,
    "sanctuary_shown": _sanctuary_shown,
    "unseen": _unseen,
    "in_short": _in_short,
    "summary": partial(_messages, SUMMED_UP, with_notes=True),
    "headlines": partial(_messages, MOST_MESSAGES),
    "evidence": _evidence,
    "aggravated": partial(_figure, aggravated),
    "what_changed": partial(_figure, what_changed),
    "of_newest_day": partial(_under_its_title, of_newest_day),
    "sanctuary_drawn": _sanctuary_drawn,
    "routes_said": _routes_said,
    "newest": partial(_figure, newest),
    "newest_shown": partial(_under_its_title, newest),
    "born_shown": partial(_largest_groups, BORN),
    "composition": partial(_largest_groups, COMPOSITION),
    "changed_beside": partial(_figure, changed_beside),
    "recorded": lambda _: (bullets(say("briefing.rule.recorded")),),
    "context_short": partial(_small_table, "context", most=MOST_CONTEXT),
    "forces": partial(_figure, welsh_forces),
    "unknown": lambda context: (bullets(*unknown(context.scope)),),
    "linked": lambda _: (may_be_linked(),),
    "questions": lambda _: (bullets(*questions()),),
    "support": lambda _: (support(),),
    "methods": _methods,
    "gaps": lambda context: (gaps(context.scope, *GAP_TOPICS, most=MOST_GAPS),),
    "changes": _changes,
    "equality_use": lambda _: packs.use("equality"),
    "equality": lambda context: packs.at_a_glance(context.scope),
    evidence.CHARACTERISTIC: lambda context: packs.characteristic(context.chosen(packs.CHARACTERISTIC), context.scope),
    "equality_requests": lambda context: packs.requests(context.scope),
    "wellbeing_use": lambda _: packs.use("wellbeing"),
    evidence.GOAL: lambda context: packs.goal(context.chosen(packs.GOAL), context.scope),
    "directory": lambda context: packs.directory(context.scope),
    "ledger": lambda context: packs.ledger(context.scope),
    "lines": councillor.lines,
    "coming": councillor.coming,
    "services": councillor.services,
    "not_to_say": councillor.not_to_say,
    "ring": councillor.ring,
    "strand_told": of_a_strand.messages,
    "strand_held": of_a_strand.every_year,
    "strand_drawn": of_a_strand.charts,
    "strand_outcomes": of_a_strand.outcomes,
    "strand_gaps": of_a_strand.gaps,
    "strand_ask": of_a_strand.ask,
    "strand_support": of_a_strand.support,
    "group_drawn": of_a_group.chart,
    "group_evidence": of_a_group.evidence,
    "group_gaps": of_a_group.gaps,
    "plain_people": community.people,
    "plain_hate_crime": community.hate_crime,
    "plain_report": community.report,
    "plain_help": community.support,
    "plain_ask": community.ask,
    **{code: partial(_messages_of_subject, code) for code in SAID},
    **{code: partial(_small_table, code) for code in TABLES},
}
# The choices of those that have one, as a figure of the catalogue has its own.
CHOOSING: Mapping[str, tuple[Choice, ...]] = {
    evidence.CHARACTERISTIC: (packs.CHARACTERISTIC,),
    evidence.GOAL: (packs.GOAL,),
    **dict.fromkeys(("strand_told", "strand_held", "strand_drawn", "strand_gaps", "strand_support"), (STRAND,)),
    **dict.fromkeys(("group_drawn", "group_evidence", "group_gaps"), (GROUP,)),
}
OFFERED = (
    *("messages", "since", "asked_messages", "agreed", "unanswered", "actions", "raised"),
    *("accounts", "offences_year", "routes", "context", "unknown", "linked", "questions", "support"),
    *("lines", "services", "not_to_say", "ring"),
    *("plain_people", "plain_hate_crime", "plain_report", "plain_help", "plain_ask"),
)
_HOMES_OF_OTHERS = {
    "asked_messages": "messages",
    "three_things": "messages",
    "news": "since",
    "agreed": "since",
    "unanswered": "since",
    "raised": "actions",
    "sanctuary_shown": "sanctuary",
    "unseen": "unknown",
    "offences_year": "hate_crime",
    "said_hate_crime": "hate_crime",
    "aggravated": "hate_crime",
    "forces": "hate_crime",
    "said_migration": "migration",
    "said_asylum": "migration",
    "what_changed": "migration",
    "of_newest_day": "migration",
    "sanctuary_drawn": "sanctuary",
    "routes_said": "sanctuary",
    "newest": "migration",
    "newest_shown": "migration",
    "born_shown": "migration",
    "composition": "people",
    "changed_beside": "migration",
    "context_short": "context",
    "recorded": "unknown",
    "in_short": "messages",
    "routes": "sanctuary",
    "linked": "unknown",
    "headlines": "messages",
    "evidence": "messages",
    "not_to_say": "not_say",
    "strand_told": "hate_crime",
    "strand_drawn": "hate_crime",
    "strand_outcomes": "hate_crime",
    "strand_gaps": "gaps",
    "strand_ask": "gaps",
    "strand_support": "support",
    "group_drawn": "by_group",
    "group_gaps": "gaps",
    "plain_ask": "ring",
}


def is_known(piece: Piece, scope: Scope) -> bool:
    """Tell whether there is such a piece today for whom a briefing is composed."""
    if is_own(piece):
        return scope.extra is not None and scope.extra.knows(piece)
    return piece.code in MAKERS or piece.code in BY_CODE


def is_as_chosen(piece: Piece, scope: Scope) -> bool:
    """Tell whether a piece still has the choices it was put into the tray with."""
    chosen = dict(piece.options)
    if piece.code in MAKERS:
        return all(chosen.pop(one.name, one.codes[0]) in one.codes for one in choices(piece)) and not chosen
    options = BY_CODE[piece.code].options if piece.code in BY_CODE else ()
    _, notices = usual(Request.of(view_of(scope.subject)), chosen, options=options)
    return not notices and set(chosen) <= {option.name for option in options}


def choices(piece: Piece) -> tuple[Choice, ...]:
    """Return the choices of a text or a small table."""
    return CHOOSING.get(piece.code, ())


def home(piece: Piece) -> str:
    """Return the section that a piece goes to where nobody has said another."""
    if is_own(piece):
        return OWN_SECTION
    if piece.code in BY_CODE:
        page = BY_CODE[piece.code].page
        return HOMES.get(page, page)
    return _HOMES_OF_OTHERS.get(piece.code, piece.code if piece.code in MAKERS else "others")


def items(piece: Piece, context: Context) -> tuple[Item, ...]:
    """Return what a piece holds for a place; nothing where it has nothing to say of it."""
    extra = context.scope.extra
    if is_own(piece):
        return tuple(_figure(lambda _: extra.block(piece), context)) if extra and extra.knows(piece) else ()
    if piece.code in MAKERS:
        options = dict(piece.options) if is_as_chosen(piece, context.scope) else {}
        return tuple(MAKERS[piece.code](replace(context, choices=tuple(options.items()))))
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
    return say(f"briefing.piece.{piece.code}") if piece.code in MAKERS else translatable(piece.code)


def _choice_name(piece: Piece) -> Translatable:
    """Return what a piece is about, as the law calls it; what any of its kind is where that is no longer known."""
    (choice,) = choices(piece)
    code = dict(piece.options).get(choice.name, "")
    return choice.called(code) if code in choice.codes else say(f"briefing.piece.{piece.code}")
