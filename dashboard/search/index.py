"""Everything that can be found, and the words by which it is found, made once for a build.

The awkward fact: a figure's title is its finding and changes with every release, so it is found by its question and by
what it counts. Words stand here in both languages whatever the reader's: a Welsh name is typed on an English page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from cohesion.folding import words
from dashboard import beside, drill, links, queries
from dashboard.blocks import groups
from dashboard.figure import View
from dashboard.figures.catalogue import ENTRIES, on_page, with_usual
from dashboard.figures.catalogue import Entry as Figure
from dashboard.figures.where import METHODS, block_of, page_of
from dashboard.findings.facts import cards
from dashboard.i18n import LANGUAGES
from dashboard.i18n.text import Translatable, say, translatable
from dashboard.memory import remembered
from dashboard.model import TOTAL, Words
from dashboard.nations import HOME
from dashboard.navigation import UNLISTED, every_page
from dashboard.queries import Entry
from dashboard.search.names import lines_of, other_names, towns
from dashboard.search.word_forms import pairs, radicals

Kind = Literal[
    "place",
    "town",
    "ward",
    "small_area",
    "elsewhere",
    "figure",
    "fact",
    "page",
    "group",
    "measure",
    "category",
    "term",
    "gap",
]
FULL, COUNTED, BESIDE = 1.0, 0.95, 0.35  # what a word of a name, of what is counted, and of a description leads with
FIRST, LAST = 1.15, 0.1  # how far a newest figure stands before others, and the last of a page behind its first
PLACE = "\ue000"  # a letter of no language: stands in a question where the place's own words will
_OF_MANY = re.compile(r"\b(City|County|Police|Dinas|Swydd|Heddlu)\b")  # say nothing of which place elsewhere is meant
EMPTY = frozenset(word for line in lines_of("empty") for word in line.split())


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something to find: what it is called, what it is, and where it is shown; `place` where it is or lies in one.

    `standing` tells things that answer as well as each other apart: Home's newest figures, then the order of a page.
    """

    kind: Kind
    code: str
    name: Translatable
    what: Translatable
    page: str
    block: str = ""
    place: str = ""
    standing: float = 1.0


Texts: TypeAlias = tuple[Translatable, ...]
Document: TypeAlias = tuple[Thing, Texts, Texts, Texts]  # a thing, what it is called, what it counts, what is about it


@dataclass(frozen=True, kw_only=True, eq=False)
class Index:
    """Things, and for each word the things it leads to with what it counts there; `names` are the words of each name.

    `changed` are the words of ours that a Welsh one is changed to at its front, `pairs` those with a pair of letters;
    `in_places` says in the names of how many places a word stands.
    """

    things: tuple[Thing, ...]
    leads: Mapping[str, Mapping[int, float]]
    names: tuple[tuple[frozenset[str], ...], ...]
    changed: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[str, ...]]
    in_places: Mapping[str, int]


def anchor(kind: Kind, entry: Entry) -> str:
    """Return what a link to an entry of a list lands on: "term_hatecrime"."""
    return f"{kind}_{links.letters_of(entry.heading.text(LANGUAGES[0]))}"


@remembered(most=2)
def index(build: str) -> Index:
    """Return the index of a build."""
    things: list[Thing] = []
    names: list[tuple[frozenset[str], ...]] = []
    leads: dict[str, dict[int, float]] = defaultdict(dict)
    for at, (thing, called, counted, about) in enumerate(_everything(build)):
        things.append(thing)
        names.append(tuple(telling(one.text(lang)) for one in called for lang in LANGUAGES))
        for texts, counts in ((called, FULL), (counted, COUNTED), (about, BESIDE)):
            for word in frozenset[str]().union(*(telling(text.text(lang)) for text in texts for lang in LANGUAGES)):
                leads[word].setdefault(at, counts)
    for word in what_people_type():
        leads.setdefault(word, {})
    places = (at for at, thing in enumerate(things) if thing.kind == "place")
    return Index(
        things=tuple(things),
        leads=leads,
        names=tuple(names),
        changed=_by(leads, radicals),
        pairs=_by(leads, pairs),
        in_places=Counter(word for at in places for word in frozenset[str]().union(*names[at])),
    )


def _by(every_word: Iterable[str], parts: Callable[[str], Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """Return the words that have each part."""
    having_part: dict[str, list[str]] = defaultdict(list)
    for word in every_word:
        for part in parts(word):
            having_part[part].append(word)
    return {part: tuple(having) for part, having in having_part.items()}


def telling(text: str) -> frozenset[str]:
    """Return the words of a text that tell something."""
    return frozenset(words(text)) - EMPTY


@cache
def what_people_type() -> Mapping[str, tuple[str, ...]]:
    """Return words that people type, and the words of ours that each means."""
    pairs = (line.split(":") for line in lines_of("also"))
    return {typed: words(meant) for several, meant in pairs for typed in words(several)}


def _everything(build: str) -> Iterator[Document]:
    """Yield each thing with what it is called, what it counts, and further texts that are about it."""
    yield from _places(build)
    yield from _towns(build)
    yield from _small_areas(build)
    yield from _elsewhere(build)
    yield from _figures(build)
    yield from _facts(build)
    yield from _groups()
    yield from _measures(build)
    yield from _categories(build)
    yield from _entries("term", queries.glossary(build=build))
    yield from _entries("gap", (gap.entry for gap in queries.gaps(build=build)))
    for page in (one for one in every_page()[1:] if one not in UNLISTED):  # Home is where a place leads
        name = say(f"nav.{page}")
        yield Thing(kind="page", code=page, name=name, what=say("search.what_page"), page=page), (name,), (), ()


def _places(build: str) -> Iterator[Document]:
    """Yield each place, called as in a list and as in sentences."""
    for code in queries.places(build=build):
        area = queries.area(code, build=build)
        what = say(f"search.place.{area.kind}")
        forms = tuple(form for form in (area.in_, area.to, area.from_) if form)
        thing = Thing(kind="place", code=code, name=area.name, what=what, page="home", place=code)
        yield thing, (area.name, *forms, _as_it_stands(code), *_also(code)), (), ()


def _also(code: str) -> Texts:
    return tuple(_as_it_stands(name) for name in other_names().get(code, ()))


def _towns(build: str) -> Iterator[Document]:
    """Yield each town that has no figures of its own: it leads to its authority."""
    for town in towns():
        what = say("search.place.town", within=queries.area(town.place, build=build).called)
        thing = Thing(kind="town", code=town.name.en, name=town.name, what=what, page="home", place=town.place)
        yield thing, (town.name,), (), ()


def _elsewhere(build: str) -> Iterator[Document]:
    """Yield each place elsewhere in the United Kingdom: it can be put beside one of ours."""
    by_code, ours = queries.areas(build=build), queries.places(build=build)
    for code in beside.choices(queries.area(HOME.code, build=build), build=build):
        if code not in (*ours, *beside.BENCHMARKS):
            area = by_code[code]
            what = say("search.place.elsewhere")
            thing = Thing(kind="elsewhere", code=code, name=area.name, what=what, page="home")
            called = Words(**{lang: _OF_MANY.sub("", area.name.text(lang)) for lang in LANGUAGES})
            yield thing, (called, _as_it_stands(code), *_also(code)), (), ()


def _small_areas(build: str) -> Iterator[Document]:
    """Yield each ward by its name, and each MSOA and LSOA by its number alone: a hundred are called "Cardiff" too."""
    page, block = drill.SHOWN_AT
    for place in (queries.area(code, build=build) for code in queries.places(build=build)):
        for code in drill.small_areas(place, build=build) if place.kind == "local_authority" else ():
            area = queries.area(code, build=build)
            what = say(f"search.place.{area.kind}", within=place.called)
            called = area.name if area.kind == "ward" else _as_it_stands(area.name.text("en").rpartition(" ")[2])
            kind: Kind = "ward" if area.kind == "ward" else "small_area"
            thing = Thing(kind=kind, code=code, name=area.name, what=what, page=page, block=block, place=place.code)
            inside = tuple(town.name for town in towns() if area.kind == "ward" and area.name.text("en") in town.wards)
            yield thing, (called, _as_it_stands(code), *_also(code)), inside, ()


def _as_it_stands(text: str) -> Translatable:
    return Words(en=text, cy=text)


def _figures(build: str) -> Iterator[Document]:
    """Yield each figure, called by its question."""
    counted = defaultdict(list)
    for code, measure in queries.measures(build=build).items():
        counted[block_of(code)].append(measure.name)
    view = View(place=queries.area(HOME.code, build=build), lang=LANGUAGES[0], build=build)
    for entry in ENTRIES:
        key = entry.question_for(with_usual(entry.code, view))
        name = say(key, in_place=PLACE, place=PLACE)
        page = say(f"nav.{entry.page}")
        thing = Thing(
            kind="figure",
            code=entry.code,
            name=name,
            what=page,
            page=entry.page,
            block=entry.code,
            standing=_standing(entry),
        )
        yield thing, (name,), tuple(counted[entry.code]), (page,)


def _standing(entry: Figure) -> float:
    beside = on_page(entry.page)
    return FIRST if entry.opens_home else 1 - LAST * beside.index(entry) / len(beside)


def _facts(build: str) -> Iterator[Document]:
    """Yield each fact that today's figures bear out, called by its question and by the claim that it answers."""
    for card in cards(build=build):
        code = card.fact.rule.id
        name = say(f"facts.{code}.question")
        claim = say(f"facts.{code}.claim", in_place=PLACE, to_place=PLACE)
        page = say("nav.facts")
        thing = Thing(kind="fact", code=code, name=name, what=page, page="facts", block=f"fact_{code}")
        yield thing, (name, claim), (), (page,)


def _groups() -> Iterator[Document]:
    """Yield each characteristic and community of which all that is held stands together."""
    page = say("nav.by_group")
    for group in groups.BY_CODE.values():
        name = groups.name(group)
        thing = Thing(kind="group", code=group.code, name=translatable(name), what=page, page="by_group")
        yield thing, (thing.name,), (), ()


def _measures(build: str) -> Iterator[Document]:
    for code, measure in queries.measures(build=build).items():
        block = block_of(code)
        thing = Thing(kind="measure", code=code, name=measure.name, what=measure.unit, page=page_of(block), block=block)
        yield thing, (measure.name,), (), ()


def _categories(build: str) -> Iterator[Document]:
    """Yield each category once for each block that shows its measure; a whole is found as its measure."""
    pairs_so_far = set()
    for measure in queries.measures(build=build).values():
        for category in queries.categories(measure.code, build=build).values():
            block = block_of(measure.code, category.code)
            if category.code == TOTAL or (category.name, block) in pairs_so_far:
                continue
            pairs_so_far.add((category.name, block))
            thing = Thing(
                kind="category",
                code=f"{measure.code}:{category.code}",
                name=category.name,
                what=measure.name,
                page=page_of(block),
                block=block,
            )
            yield thing, (category.name,), (), (measure.name,)


def _entries(kind: Kind, entries: Iterable[Entry]) -> Iterator[Document]:
    for entry in entries:
        block = anchor(kind, entry)
        thing = Thing(kind=kind, code=block, name=entry.heading, what=entry.text, page=METHODS, block=block)
        yield thing, (entry.heading,), (), (entry.text,)
