"""What the search of the copy looks in: the live index, as far as the copy holds what it leads to.

The awkward fact: a page on a disk may fetch no data, only run a script. So the index is one; the rules by
which assets/search.js looks in it are those of dashboard/search/ranking.py, whose numbers travel with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from dashboard import queries
from dashboard.findings.message import phrase_in
from dashboard.i18n import Language, t
from dashboard.search import ranking, word_forms
from dashboard.search.index import EMPTY, PLACE, Index, Thing, index, what_people_type
from dashboard.static_copy.extent import Extent, Spot, codes_of
from dashboard.widgets.searching import short_what

ANYWHERE = ("place", "town")  # kinds that lead to a place and not to a figure of one
NOT_HERE = ("ward", "small_area", "elsewhere")  # kinds that only the live dashboard shows
RULES = (
    "LONGEST MOST_WORDS MOST_OF_A_KIND SAME CHANGED ENDED BEGUN SLIPPED MEANS MEANT NAMED LEAST OF_THE_BEST OF_NAME "
    "NAMED_PLACE SHORT LEAST_CHANGED UNKNOWN FEW_PLACES WORTH WHOLE"
)


def script(extent: Extent, lang: Language) -> bytes:
    """Return the index of a language as a script that hands it to assets/search.js."""
    whole = index(extent.build)
    numbers = [at for at, thing in enumerate(whole.things) if is_here(thing, extent)]
    document = {
        "things": [_thing(whole.things[at], extent, lang) for at in numbers],
        "names": [[sorted(name) for name in whole.names[at]] for at in numbers],
        "leads": dict(_leads(whole, numbers)),
        "rules": {name: getattr(ranking, name) for name in RULES.split()},
        "changed": word_forms.CHANGED,
        "also": what_people_type(),
        "empty": sorted(EMPTY),
        "places": {code: _place(code, extent, lang) for code in extent.places},
        "said": {key: t(f"search.{key}", lang=lang, query=PLACE, n="#", place=PLACE) for key in _SAID},
        "kinds": {kind: t(f"search.kind.{kind}", lang=lang) for kind in ranking.WORTH},
        "here": PLACE,
    }
    return f"const FOUND_IN = {json.dumps(document, ensure_ascii=False, separators=(',', ':'))};\n".encode()


_SAID = ("found", "nothing", "empty", "can", "at")


def is_here(thing: Thing, extent: Extent) -> bool:
    """Tell whether the copy holds what a thing leads to."""
    if thing.kind in NOT_HERE:
        return False
    return thing.page in extent.pages and (not thing.place or thing.place in extent.places)


def _thing(thing: Thing, extent: Extent, lang: Language) -> list[object]:
    """Return a thing's kind, name, what it is, its page, its place if any, and how it stands among its like."""
    choice = thing.code if thing.kind == "group" and thing.code in codes_of(thing.page)[1:] else ""
    spot = Spot(lang=lang, place="", page=extent.opening if thing.kind in ANYWHERE else thing.page, choice=choice)
    page = f"{spot.name}{'#' if thing.block else ''}{thing.block}"
    return [thing.kind, thing.name.text(lang), short_what(thing.what.text(lang)), page, thing.place, thing.standing]


def _leads(whole: Index, numbers: list[int]) -> Iterator[tuple[str, list[float]]]:
    """Yield each word with the things it leads to and what it counts there, one after the other."""
    new = {at: number for number, at in enumerate(numbers)}
    spoken = spoken_of()
    for word, leads in sorted(whole.leads.items()):  # in one order, or every run would write another index
        parts = [part for at, counts in leads.items() if at in new for part in (new[at], counts)]
        if parts or word in spoken:
            yield word, parts


def spoken_of() -> frozenset[str]:
    """Return the words that people type and those that they mean, which are known though they lead nowhere."""
    return frozenset(what_people_type()).union(*what_people_type().values())


def _place(code: str, extent: Extent, lang: Language) -> tuple[str, str]:
    """Return a place as questions have it ("in Cardiff"), and as it is called."""
    area = queries.area(code, build=extent.build)
    return phrase_in(area).text(lang), area.called.text(lang)
