"""What a search finds, best first, by kind; a place that is named beside other words is where they are looked for.

The awkward fact: the work of a search must not depend on how much was typed. Only so many letters and words are read,
and slips of the finger are looked for only in words that share some of their pairs of letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from cohesion.folding import words
from dashboard import drill, queries
from dashboard.memory import remembered
from dashboard.search.index import EMPTY, Index, Kind, Thing, index, what_people_type
from dashboard.search.word_forms import pairs, radicals, slips

LONGEST, MOST_WORDS, MOST_OF_A_KIND = 100, 8, 8  # letters and words of a query that are read; answers of each kind
# How alike a typed word is to one of ours: the same, changed at its front, with another end, begun, misspelt.
SAME, CHANGED, ENDED, BEGUN, SLIPPED = 1.0, 0.9, 0.88, 0.76, {1: 0.78, 2: 0.66}
MEANS = 0.9  # how far a word that people type stands for one of ours: "refugees"
MEANT = 0.76  # from here on a word is one of ours, and no slip is looked for
NAMED = 0.78  # from here on a place may be named by it: not by how it begins
LEAST, OF_THE_BEST = 0.3, 0.5  # what an answer must score, and of the best one's score
OF_NAME = 0.2  # how much of a score depends on how much of the name was typed
NAMED_PLACE = 2.0  # the score of the place that the words name
SHORT = 3  # letters: "pen", "gar"
LEAST_CHANGED = 6  # letters of a word that may be both misspelt and changed at its front: "food" is no "Mold"
UNKNOWN = 0.5  # how much a word that means nothing here counts against what the others find
FEW_PLACES = 2  # a word in the names of no more places stands for one of them: "Anglesey", not "Police"
# A figure is what most people come for: where two answers are as good, it stands first.
WORTH: Mapping[Kind, float] = {
    "place": 1.7,
    "town": 1.6,
    "ward": 1.6,
    "elsewhere": 1.2,
    "small_area": 1.5,
    "figure": 1.35,
    "fact": 1.1,
    "group": 1.0,
    "category": 0.95,
    "page": 0.85,
    "measure": 0.85,
    "term": 0.8,
    "gap": 0.8,
}
WHOLE = ("ward", "town", "elsewhere")  # are named by the whole of their name alone
Alike = Mapping[str, float]  # words of the index, and how alike each is to a word that was typed


@dataclass(frozen=True, kw_only=True)
class Group:
    """The answers of one kind, best first."""

    kind: Kind
    things: tuple[Thing, ...]


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """What was looked for, as it was read; the place that its words name beside others, or ""; the answers by kind."""

    query: str
    place: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many answers there are."""
        return sum(len(group.things) for group in self.groups)


@remembered(most=512)
def find(query: str, *, build: str) -> SearchResult:
    """Return what a query finds in a build; nothing for a query without a word that tells anything."""
    vocabulary = index(build)
    query = " ".join(query[:LONGEST].split())
    looked_up = [(word, _alike(word, vocabulary)) for word in _typed(query, vocabulary)]
    typed = [alike for word, alike in looked_up if alike or len(word) > SHORT]
    place, names = _place_named(typed, vocabulary)
    others = [alike for alike in typed if not any(alike.get(word, 0) >= NAMED for word in names)]
    scores = _scores(others, vocabulary)
    if place is not None and vocabulary.things[place].kind in WHOLE:  # whose name may be a word like any other: "Court"
        for at, score in _scores(typed, vocabulary).items():
            scores[at] = max(score, scores.get(at, 0))
        scores[place] = NAMED_PLACE
        place = None
    if place is not None:
        scores = {
            at: score
            for at, score in scores.items()
            if _may_lie_in(vocabulary.things[place], vocabulary.things[at], build)
        }
        scores[place] = NAMED_PLACE
    named = vocabulary.things[place].place if place is not None and others else ""
    return SearchResult(query=query, place=named, groups=_groups(scores, vocabulary))


def _may_lie_in(place: Thing, other: Thing, build: str) -> bool:
    """Tell whether something may be meant beside a place that is named: no other place, nor a small area elsewhere."""
    if other.kind in ("ward", "small_area"):
        return other.place in drill.authorities(queries.area(place.code, build=build))
    return other.kind not in ("place", "elsewhere")


def _typed(query: str, vocabulary: Index) -> list[str]:
    """Return the words of a query that tell something, two joined or one divided where that makes words of ours."""
    telling: list[str] = []
    for word in [word for word in words(query) if word not in EMPTY][:MOST_WORDS]:
        if telling and telling[-1] + word in vocabulary.leads:
            telling[-1] += word
        elif max(_alike(word, vocabulary).values(), default=0) >= MEANT:
            telling.append(word)
        else:
            telling += _apart(word, vocabulary) or [word]
    return telling


def _apart(word: str, vocabulary: Index) -> list[str]:
    """Return the two words of ours that were typed as one, or none: "hatecrime", which one thing is called by both."""
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    return list(
        next((pair for pair in halves if frozenset.intersection(*(_led_to(one, vocabulary) for one in pair))), ())
    )


def _led_to(word: str, vocabulary: Index) -> frozenset[int]:
    """Return the things that a word, whole as it is, leads to."""
    ours = (one for one, how in _whole(word, vocabulary).items() if how >= ENDED)
    return frozenset(at for one in ours for at in vocabulary.leads[one])


@remembered(most=4096)
def _alike(word: str, vocabulary: Index) -> Alike:
    """Return the words of ours that a typed one may be."""
    likely = _whole(word, vocabulary)
    if len(word) >= 3:
        begun = {ours: ENDED if _almost(word, ours) else BEGUN for ours in vocabulary.leads if ours.startswith(word)}
        likely = {**begun, **likely}
    if len(word) >= 4 and max(likely.values(), default=0) < MEANT:
        likely = _misspelt(word, vocabulary)
    typed_for = what_people_type()
    meant = {meant: how * MEANS for ours, how in likely.items() if how >= MEANT for meant in typed_for.get(ours, ())}
    return meant | likely


def _almost(word: str, ours: str) -> bool:
    return len(word) >= 5 and len(ours) - len(word) <= 2


def _whole(word: str, vocabulary: Index) -> dict[str, float]:
    """Return the words of ours that a typed one is whole: the same, changed at its front, or with another end.

    One that people are known to type is taken as it stands: "ddu" is no change of "DU", the United Kingdom.
    """
    likely: dict[str, float] = {}
    ends = (word[:-cut] for cut in (1, 2) if len(word) - cut >= 4)
    likely |= {ours: ENDED for end in ends for ours in (end,) if ours in vocabulary.leads}
    changed = () if word in what_people_type() else (*radicals(word), *vocabulary.changed.get(word, ()))
    likely |= {ours: CHANGED for ours in changed if ours in vocabulary.leads}
    return likely | ({word: SAME} if word in vocabulary.leads else {})


def _misspelt(word: str, vocabulary: Index) -> dict[str, float]:
    """Return the words of ours that are a slip or two away from a typed one, or from what it may be changed from."""
    likely: dict[str, float] = {}
    changed = radicals(word) if len(word) >= LEAST_CHANGED else ()
    for form in (word, *changed):
        most = 1 if len(form) < 7 else 2
        shared: dict[str, int] = defaultdict(int)
        for pair in pairs(form):
            for ours in vocabulary.pairs.get(pair, ()):
                shared[ours] += 1
        near = (ours for ours, count in shared.items() if count * 2 >= len(form) - 1 - 2 * most and len(ours) > SHORT)
        for ours in near:
            wrong = slips(form, ours, most=most)
            if 0 < wrong <= most:
                likely[ours] = max(likely.get(ours, 0), SLIPPED[wrong])
    return likely


def _place_named(typed: Sequence[Alike], vocabulary: Index) -> tuple[int | None, frozenset[str]]:
    """Return the one place whose name the words hold most of, and the words of its names; none where several do.

    A ward or a town is named by the whole of its name alone, a place elsewhere where nothing stands beside that, and no
    place by a word of three letters that means more.
    """
    strong = {ours for alike in typed for ours, how in alike.items() if how >= NAMED}
    best: dict[tuple[int, int], set[int]] = defaultdict(set)
    for at, thing in enumerate(vocabulary.things):
        for name in vocabulary.names[at] if thing.kind in ("place", *WHOLE) else ():
            in_query = name & strong
            if (in_query == name and (thing.kind != "elsewhere" or len(typed) == len(name))) or (
                thing.kind == "place"
                and any(
                    vocabulary.in_places[word] <= FEW_PLACES and _names_places(word, vocabulary) for word in in_query
                )
            ):
                best[len(in_query), len(in_query) - len(name)].add(at)
    places = best[max(best)] if best else set()
    if len(places) != 1 or not max(best)[0]:
        return None, frozenset()
    (place,) = places
    return place, frozenset[str]().union(*vocabulary.names[place])


def _names_places(word: str, vocabulary: Index) -> bool:
    """Tell whether a word may name a place on its own: a short one where it means nothing else: "Môn", not "pen"."""
    forms = [form for form in (word, *radicals(word)) if form in vocabulary.leads]
    short = [at for form in forms if len(form) <= SHORT for at in vocabulary.leads[form]]
    return len(word) >= SHORT and all(vocabulary.things[at].kind in ("place", *WHOLE) for at in short)


def _scores(typed: Sequence[Alike], vocabulary: Index) -> dict[int, float]:
    """Return what each thing scores: rare words weigh more, and a name that holds little else comes first."""
    total: dict[int, float] = defaultdict(float)
    whole = 0.0
    for alike in typed:
        of_word: dict[int, float] = defaultdict(float)
        for ours, how in alike.items():
            for at, counts in vocabulary.leads[ours].items():
                of_word[at] = max(of_word[at], how * counts)
        if of_word:
            weight = log(1 + len(vocabulary.things) / len(of_word))
            whole += weight
            for at, value in of_word.items():
                total[at] += weight * value
        else:
            whole += UNKNOWN * log(1 + len(vocabulary.things))
    best: dict[str, float] = {}
    for alike in typed:
        for ours, how in alike.items():
            best[ours] = max(best.get(ours, 0), how)
    return {at: score / whole * (1 - OF_NAME + OF_NAME * _of_name(at, best, vocabulary)) for at, score in total.items()}


def _of_name(at: int, best: Alike, vocabulary: Index) -> float:
    """Return how much of a thing's name was typed."""
    return max(
        (sum(best.get(word, 0) for word in name) / len(name) for name in vocabulary.names[at] if name), default=0
    )


def _groups(scores: Mapping[int, float], vocabulary: Index) -> tuple[Group, ...]:
    worth = {
        at: score * WORTH[vocabulary.things[at].kind] * vocabulary.things[at].standing for at, score in scores.items()
    }
    top = max((score for at, score in worth.items() if score < NAMED_PLACE), default=0)
    enough = [at for at, score in worth.items() if score >= max(LEAST, top * OF_THE_BEST)]
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for at in sorted(enough, key=lambda at: (-worth[at], at)):
        kinds[vocabulary.things[at].kind].append(at)
    return tuple(
        Group(kind=kind, things=tuple(vocabulary.things[at] for at in places[:MOST_OF_A_KIND]))
        for kind, places in kinds.items()
    )
