"""Every text is used, and every text that is used exists in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from cohesion import releases as released
from cohesion.vocabulary import GRADES, MARKERS, STATUSES
from dashboard.age import FEWEST_MONTHS, MONTHS_OF_YEAR, NAMED_YEARS
from dashboard.blocks import groups
from dashboard.blocks.census import SECTIONS
from dashboard.blocks.hate_crime import ACCOUNTS
from dashboard.blocks.hate_crime_history import LOCAL_REPORTS
from dashboard.briefing import community, councillor, documents, kinds, of_a_strand, packs, parts, pieces, slides
from dashboard.briefing import model as briefing
from dashboard.briefing.compose import TOPICS
from dashboard.briefing.forms import BOTH, FORMS
from dashboard.denominators import OTHERWISE, PER_PEOPLE
from dashboard.figures import by_group, equality, goals, strands
from dashboard.figures.catalogue import ENTRIES
from dashboard.files import ROWS
from dashboard.findings import facts
from dashboard.i18n import LANGUAGES, read_catalogue
from dashboard.i18n.people import FEW, NOBODY
from dashboard.places import BY_CODE, CHOICES, SIMILAR
from dashboard.search.index import Kind
from dashboard.tables import OF_A_RANGE
from dashboard.web import card_sets
from dashboard.widgets.blocks import IMAGES
from dashboard.widgets.lists import KNOWN_TO_FAIL
from local_figures import meetings, scorecard, tension
from local_figures.checking.marked import SEEN_OTHERWISE
from local_figures.door import WHY_HIDDEN, Level
from local_figures.store import schema
from local_figures.store.editions import ROLES
from local_figures.store.schema import GROUP, PERSON, STATES
from local_figures.templates import templates as own_templates
from workspace import audit, minutes, scorecards
from workspace.about import SAID as NEVER_HELD
from workspace.bringing import listing, template_offer
from workspace.bringing import page as bringing
from workspace.bringing.file_tables import FIGURE_COLUMNS, PROBLEM_COLUMNS
from workspace.entrance import PARTS as TERMS
from workspace.figures.make import HIDDEN, NONE
from workspace.gaps import asking
from workspace.navigation import PAGES as OWN_PAGES
from workspace.space import IS
from workspace.tension import returns_together

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_]+)+")
FILES = re.compile(
    r".*\.(?:json|typ|zip|js|css|html|png|py|txt|po|xml|csv|atom|ics)|properties\.code|(?:global|http|server|websocket)\..*"
)
VERDICTS = ("higher", "similar", "lower")
BESIDE_WALES = ("dots.title_all", "dots.sentence", "column.benchmark", "column.beside_wales")
STANDS = (*VERDICTS, *(f"{verdict}_rest" for verdict in VERDICTS))
KINDS = ("day", "days", "month", "quarter", "calendar_year", "financial_year", "year_to_mid", "span")


def local_room() -> Iterator[tuple[Path, str]]:
    """Yield the modules of the council's own figures, whose texts all begin with `local.`."""
    for path in sorted((ROOT / "local_figures").rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


# Slides by the names they have beside those of their figures.
SLIDES = {one.slide for one in pieces.PIECES.values() if one.slide}
SLIDE_CODES = ("rules", "since", "newest", "actions", "cannot_see", "we_ask", *SLIDES)

BESIDE = (*(f"beside_{why}" for why in ("itself", "similar", "unknown", "twice", "many")), "period_turned")
PER = {str(PER_PEOPLE), *map(str, OTHERWISE.values())}
# Keys made at run time, each with everything it can become. A new f-string in t(…) belongs here.
MADE = {
    "nav.{}": [*(path.stem for path in (ROOT / "pages").glob("*.py")), *OWN_PAGES],
    "own.intro.{}": OWN_PAGES,
    "own.terms.{}": TERMS,
    "own.role.{}": ROLES,
    "own.role.{}.may": ROLES,
    "own.kind.{}": (PERSON, GROUP),
    "own.space.{}": (*IS, "is", "sees", "ends", "kept", "undone", "closed"),
    "own.level.{}": get_args(Level),
    "own.level.{}.about": get_args(Level),
    "own.bring.table.{}": ("figures", "shares"),
    "own.did.{}": [key for key, _ in audit.DONE.values()],
    "own.people.{}": (
        *audit.COLUMNS,
        *("name", "kind", "role"),
    ),
    "own.mark.{}": get_args(Level),
    "own.held.{}": ("on_show", "none_on_show"),
    "own.bring.what.{}": tuple(own_templates()),
    "own.bring.seen.{}": {one.shows for one in own_templates().values()},
    "own.bring.often.{}": {template_offer.rhythm(one) for one in own_templates().values()},
    "own.bring.form.{}": template_offer.FORMS,
    "own.bring.step.{}": bringing.STEPS,
    "own.release.refused.{}": released.KINDS,
    "own.release.stage.{}": released.STAGES,
    "own.bring.status.{}": STATES,
    "own.bring.why.{}": WHY_HIDDEN,
    "own.bring.column.{}": (*listing.COLUMNS, *PROBLEM_COLUMNS, *FIGURE_COLUMNS, "before", "now", "n", "share"),
    "by_group.group.{}": list(groups.BY_CODE),
    "by_group.unheld.{}.{}": [
        f"{code}.{part}"
        for code in (*(g.code for g in groups.GROUPS if g.unheld), equality.VICTIMS)
        for part in ("what", "why")
    ],
    "pack.use.{}.{}": [f"{pack}.{what}" for pack, uses in packs.USES.items() for what in uses],
    "pack.law.{}": packs.TOLD_APART,
    "pack.limits.{}": equality.BY_CODE,
    "pack.{}.meaning": packs.USES,
    "wellbeing.goal.{}": goals.GOALS,
    "wellbeing.unheld.{}": goals.GOALS,
    "wellbeing.column.{}": (*goals.COLUMNS, "value"),
    "directory.column.{}": (*goals.LISTED, *goals.KEPT_APART),
    "equality.duty.{}": equality.DUTIES.values(),
    "equality.line.{}": [line.name for one in equality.CHARACTERISTICS for line in one.lines if line.name],
    "equality.cell.{}": ("n", "n_share", "n_share_wales", "share", "share_wales"),
    "equality.column.{}": (*equality.COLUMNS, *equality.READ),
    "equality.holder.{}": {holder for holder in equality.HOLDERS.values() if holder != "police"},
    "equality.ask.{}": [code for code in equality.HOLDERS if code != "strands_by_force"],
    "facts.{}": ("plain", "claim", "not"),
    "facts.community.{}": facts.COMMUNITIES,
    "facts.{}.question": [one.rule.id for one in facts.FACTS],
    "facts.{}.claim": [one.rule.id for one in facts.FACTS],
    "facts.{}.{}": [f"{one.rule.id}.{part}" for one in facts.FACTS for part in ("fact", "claim", "plain", "not")],
    "search.{}": ("found", "nothing", "empty"),
    "search.kind.{}": get_args(Kind),
    "search.place.{}": ("local_authority", "composite", "police_force", "country", "ward", "msoa", "lsoa"),
    "{}.title": (
        *("asylum_accommodation", "afghan_programme"),
        *("born_abroad", "not_british"),
    ),
    "{}.title_many": ("born_abroad", "not_british"),
    "{}.caveat": ("asylum_accommodation", "afghan_programme"),
    "small_areas.subtitle_{}": ("msoa", "lsoa"),
    "small_area.subtitle_{}": ("ward", "msoa", "lsoa"),
    "trail.kind_{}": ("msoa", "lsoa"),
    "picker.{}": ("local_authority", "police_force", "country", "ward", "msoa", "lsoa"),
    "small_area.about_{}": ("ward", "msoa", "lsoa"),
    "census.{}": [section.name for section in SECTIONS],
    "accessibility.{}": ("aim", "tested", "fails", "help"),
    "accessibility.fail.{}": KNOWN_TO_FAIL,
    "break.{}": ("hard", "soft"),
    "same_quarter.{}": ("higher", "lower", "no_clear_change", "none"),
    "accounts.{}.name": [name for name, _, _ in ACCOUNTS],
    "accounts.{}.can": [name for name, _, _ in ACCOUNTS],
    "accounts.{}.cannot": [name for name, _, _ in ACCOUNTS],
    "local_report.{}": LOCAL_REPORTS,
    "month.{}.{}": [f"{form}.{n}" for form in ("long", "short", "to", "and") for n in range(1, 13)],
    "month.to.{}": [str(n) for n in range(1, 13)],
    "month.and.{}": [str(n) for n in range(1, 13)],
    "card_set.{}": (*card_sets.TOPICS, card_sets.MINE),
    "ahead.rule.{}": ("fixed", "month", "nth_weekday", "each_year"),
    "briefings.coming_{}": ("text", "weeks", "releases"),
    "briefings.coming_{}.{}": [f"{name}.{lang}" for name in ("calendar", "feed") for lang in LANGUAGES],
    "column.{}": OF_A_RANGE,
    "expected.{}": ("within", "above", "below"),
    "own.expected.{}": ("within", "above", "below"),
    "own.term.{}": ("autumn", "spring", "summer"),
    "marker.{}": [mark[1:-1] for mark in MARKERS],
    "chip.{}": STATUSES,
    "age.years_{}": [str(years) for years in range(1, NAMED_YEARS + 1)],
    "age.months_{}": [str(months) for months in range(FEWEST_MONTHS, MONTHS_OF_YEAR)],
    "grade.{}": (*GRADES, "O"),
    "briefing.chart.{}": (
        *("lowest", "highest", "range", "middle", "break", "note", "labels", "events", "names", "compared"),
        *("base", "increase", "decrease", "increase_across", "decrease_across"),
        *("across", "day", "period", "name", "value", "lower", "upper", "held_back"),
    ),
    "vintage.{}": ("current", "superseded"),
    "figure.download_{}": (*ROWS, *IMAGES),
    "compare.measure.{}": list(BY_CODE),
    "compare.among.{}": ("wales", *SIMILAR, "wales_forces", "england_wales_forces"),
    "compare.similar.{}": SIMILAR,
    "compare.axis.{}": {choice.unit for choice in CHOICES},
    "compare.unit.{}": {choice.unit for choice in CHOICES} - {"percent"},
    "compare.unit.per_{}": PER,
    "unit.per_{}": PER,
    "compare.word.{}": VERDICTS,
    "compare.hover.{}": STANDS,
    "compare.stands.{}": (*STANDS, "allocated", "allocated_rest"),
    "compare.map.title_{}": ("none", "same", "under_five"),
    "compare.map.sentence_{}": ("none", "same", "under_five"),
    **{f"compare.{part}{{}}": ("", "_rest") for part in BESIDE_WALES},
    "compare.form.{}": ("map", "hex"),
    "period.{}": ("from", "to"),
    "period.{}_open": ("from", "to"),
    "compare.notice.{}": ("similar", "forces", "hex", *BESIDE),
    "compare.refused.{}": ("similar", "forces", "hex", *BESIDE),
    "compare.picker.{}": ("measure", "set", "form"),
    "presenter.tray_{}": ("damaged", "many"),
    "tray.{}": (
        *("add", "inside", "empty", "undo", "up", "down", "drop", "gone", "add_here", "start", "full"),
        *(f"{way}_of" for way in ("up", "down", "drop")),
    ),
    "copy.{}": ("words", "picture", "rows"),
    "choice.unit_{}": ("count", "rate", "share"),
    "choice.ranges_{}": ("shown", "hidden"),
    "choice.{}_all": ("offence", "strand", "support", "scheme"),
    "choice.{}": {option.name for entry in ENTRIES for option in entry.options if option.is_quiet},
    "briefings.choose.{}": ("shelf", "kind", "form", "file"),
    "briefings.own_{}.{}": [
        f"{what}.{one}" for what in ("title", "text", "contact", "heading", "comment") for one in LANGUAGES
    ],
    "briefings.{}.{}": (
        *(f"shelf.{shelf}" for shelf in kinds.SHELVES),
        *(f"kind.{kind}" for kind in (*briefing.KINDS, "mine")),
        *(f"form.{form}" for form in FORMS),
        *(f"file.{code}" for code in (*LANGUAGES, BOTH)),
    ),
    "briefings.form.{}": FORMS,
    "briefings.kind.{}": briefing.KINDS,
    "briefings.file.{}": (*LANGUAGES, BOTH),
    "briefing.strand.{}": kinds.STRAND.codes,
    "data.history.{}": released.CHANGES,
    "data.accepted.{}": released.ASKED,
    "verdict.{}": ("higher", "lower", "no_clear_change", "not_compared"),
    "kind.{}": ("stock", "flow", "cumulative"),
    "briefing.title.{}": (*briefing.KINDS, "mine"),
    "briefing.subtitle.{}": (*briefing.KINDS, "mine"),
    "briefing.file.{}": briefing.KINDS,
    "strand_held.{}": (*strands.COLUMNS, strands.RECORDED, strands.FIRST_PUBLISHED),
    "strand_held.change_{}": (strands.RECORDED, strands.FIRST_PUBLISHED),
    "group_evidence.{}": by_group.READ,
    "briefing.services.{}": councillor.ASKED.values(),
    "plain.report.{}": community.REPORT,
    "plain.help.{}.name": community.HELP,
    "plain.help.{}.text": community.HELP,
    "briefing.section.{}": documents.SECTIONS,
    "briefing.since.{}": pieces.NEWS_COLUMNS,
    "briefing.since.caption_{}": ("since", "newest"),
    "briefing.since.more_{}": ("since", "newest"),
    "briefing.room.{}.{}": [f"{page}.{n}" for page in pieces.ROOM for n in (1, 2)],
    "briefings.meeting.{}": ("since", "next"),
    "briefing.piece.{}": pieces.PIECES,
    "briefing.slide.{}": SLIDE_CODES,
    "briefing.script.{}": (*slides.MINUTES, "routes"),
    "briefing.bridge.{}": (*(code for code in slides.MINUTES if code != "rules"), "next", "end"),
    "briefing.hard.{}": slides.MINUTES,
    "briefing.reply.{}": slides.MINUTES,
    "briefing.method.{}": pieces.METHODS,
    "briefing.held.{}": TOPICS,
    "briefing.question.{}": parts.QUESTIONS,
    "briefing.rule.{}": slides.RULES,
    "briefing.ask.{}": pieces.ASKS,
    "briefing.support.{}.name": (*parts.SUPPORT, *of_a_strand.HELP),
    "briefing.support.{}.text": (*parts.SUPPORT, *of_a_strand.HELP),
    "briefing.{}.{}": [f"{log}.{name}" for log, names in parts.LOGS.items() for name in names],
    "briefing.{}.caption": (*parts.LOGS, *parts.BEFORE),
    "briefing.{}.still_open": parts.LOGS,
    "briefings.own_{}": parts.LOGS,
    "period.{}.{}": [f"{kind}.{style}" for kind in KINDS for style in ("long", "short")],
    "period.{}.in": KINDS,
    "own.scorecard.{}": (scorecards.BACKGROUND, *scorecard.QUADRANTS),
    "own.scorecard.{}.about": scorecard.QUADRANTS,
    "own.scorecard.outcome.{}": scorecard.outcomes(),
    "own.scorecard.column.{}": scorecards.COLUMNS,
    "own.meeting.column.{}": {
        *(name for names in minutes.OF_KIND.values() for name in names),
        "organisation",
        "present",
    },
    "own.meeting.carried.{}": meetings.CARRIED,
    "own.meeting.logged.{}": meetings.KINDS,
    "own.meeting.open.{}": meetings.CARRIED,
    "own.meeting.none_open.{}": meetings.CARRIED,
    "own.meeting.closed.{}": meetings.CARRIED,
    "own.meeting.kept.{}": meetings.KINDS,
    "own.meeting.status.{}": (meetings.OPEN, meetings.DONE, meetings.DROPPED),
    "own.meeting.edition.{}": (schema.DRAFT, schema.APPROVED, schema.WITHDRAWN),
    "own.meeting.box.{}": ("last", "next", "due"),
    "own.about.{}": list(NEVER_HELD),
    "own.about.{}.{}": [f"{what}.{text}" for what, texts in NEVER_HELD.items() for text in texts],
    "own.gaps.ask.{}": asking.OF_OUR_OWN,
    "own.gaps.letter.{}": LANGUAGES,
    "own.gaps.word.{}": LANGUAGES,
    "own.tension.level.{}": LANGUAGES,
    "own.tension.by.{}": returns_together.BY,
    "own.tension.kind.{}": tension.KINDS,
    "own.tension.levels_{}": ("named", "unnamed"),
    **{
        f"own.tension.{what}.{{}}": returns_together.LENGTHS
        for what in (
            *("nothing_told", "small", "band", "length", "newest", "newest_none", "newest_missing"),
            *("expected.few_points", "expected.wide", "chart", "head", "how"),
        )
    },
    "own.tension.expected.{}.{}": [
        f"{verdict}.{length}" for verdict in ("within", "above", "below") for length in returns_together.LENGTHS
    ],
    "own.tension.pace.{}": ("year", "all", "when", "entries", "acted", "closed", "open"),
    "local.check.{}": {
        *(key for _, text in local_room() for key in re.findall(r'(?:key=|unreadable\()"(\w+)"', text)),
        *(f"seems_{sign}" for sign in ("email", "insurance", "telephone", "postcode", "name")),
        *(f"not_{kind}" for kind in ("whole", "percent", "decimal")),
        *SEEN_OTHERWISE,
    },
}


@cache
def modules() -> tuple[ast.Module, ...]:
    paths = (path for room in ("dashboard", "pages", "workspace") for path in sorted((ROOT / room).rglob("*.py")))
    # caveats.py weighs texts that others say
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths if path.name != "caveats.py")


@cache
def literal_keys() -> set[str]:
    """Return every text in the code that is written like a key, wherever it stands: keys are passed on by name."""
    nodes = [node for module in modules() for node in ast.walk(module)]
    pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in pieces}
    texts |= set(re.findall(r't\("([^"]*)",', " ".join(templates())))
    texts |= {key for _, text in local_room() for key in re.findall(r'"(local\.[a-z_.]+)"', text)}
    return {text for text in texts if KEY.fullmatch(text) and not FILES.fullmatch(text)}


def templates() -> Iterator[str]:
    for path in (one for room in ("dashboard", "workspace") for one in sorted((ROOT / room).rglob("templates/*.html"))):
        yield path.read_text(encoding="utf-8")


def patterns() -> set[str]:
    """Return the shape of every f-string given to t(…), say(…) and their like, its values as {}."""
    calls = [n for m in modules() for n in ast.walk(m) if isinstance(n, ast.Call)]
    made = [
        c.args[0]
        for c in calls
        if isinstance(c.func, ast.Name)
        and c.func.id in ("t", "tn", "say", "say_count", "caveat", "show_heading", "show_paragraph")
        and c.args
        and isinstance(c.args[0], ast.JoinedStr)
    ]
    made += [n for m in modules() for n in ast.walk(m) if isinstance(n, ast.JoinedStr) and _asked_of_the_page(n)]
    made += [n for _, text in local_room() for n in ast.walk(ast.parse(text)) if _told_by_the_room(n)]
    joined = {"".join(part.value if isinstance(part, ast.Constant) else "{}" for part in one.values) for one in made}
    return joined | {f"{start}{{}}" for start in re.findall(r't\("([^"]*)" ~', " ".join(templates()))}


def _told_by_the_room(text: ast.AST) -> bool:
    first = text.values[0] if isinstance(text, ast.JoinedStr) else None
    return isinstance(first, ast.Constant) and str(first.value).startswith("local.")


def _asked_of_the_page(text: ast.JoinedStr) -> bool:
    """Return whether an f-string is one of the keys that pages give to words.say(…)."""
    first = text.values[0]
    return isinstance(first, ast.Constant) and str(first.value) in ("census.", "compare.notice.")


def made_keys() -> set[str]:
    return {pattern.replace("{}.{}", "{}").format(value) for pattern, values in MADE.items() for value in values}


@cache
def people_keys() -> set[str]:
    """Return both further forms of every used text that has one: those for nobody and for fewer than five people."""
    used = literal_keys() | made_keys()
    stems = {key for key in used if any(f"{key}{form}" in catalogue("en") for form in (FEW, NOBODY))}
    asked = {
        call.args[0].value
        for module in modules()
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("people_key",)
        if isinstance(call.args[0], ast.Constant)
    }
    return {f"{key}{form}" for key in stems | asked for form in (FEW, NOBODY)} | own_forms(used)


def own_forms(used: set[str]) -> set[str]:
    """Return the further forms of every used text of an own count: for 0, and for one that is hidden."""
    stems = {key for key in used if key.startswith("own.") and f"{key}{HIDDEN}" in catalogue("en")}
    return {f"{key}{form}" for key in stems for form in (NONE, HIDDEN)}


@cache
def catalogue(lang: str) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in read_catalogue(lang) if m.id}


def test_every_key_made_at_run_time_is_listed_here():
    assert patterns() == set(MADE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_the_code_uses_has_a_text(lang):
    assert (literal_keys() | made_keys() | people_keys()) - catalogue(lang) == set()


def test_every_text_is_used():
    assert sorted(catalogue("en") - literal_keys() - made_keys() - people_keys()) == []
