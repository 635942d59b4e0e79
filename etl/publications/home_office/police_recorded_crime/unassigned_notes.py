"""What the sheet Notes of the partnership tables says of offences that stand under "Unassigned", by place and quarter.

The awkward fact: such a note is the only sign that a partnership's 0 is no count, and it is prose: "in the year ending
March 2026 offences in Cardiff were recorded under the unassigned group". What names a Welsh place and "unassigned" and
cannot be resolved to places and quarters is refused with its words, because a person has to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cohesion.vocabulary import ENGLAND
from etl.contract import ContractError, Problem
from etl.geo.geography import force_codes, load_areas
from etl.reading.note_periods import months_named
from etl.reading.sheets import rows

PARTNERSHIPS_OF = {
    "South Wales": ("Bridgend", "Cardiff", "Cwm Taf", "Neath Port Talbot", "Swansea", "Vale of Glamorgan"),
    "Gwent": ("Blaenau Gwent", "Caerphilly", "Monmouthshire", "Newport", "Torfaen"),
    "Dyfed-Powys": ("Carmarthenshire", "Ceredigion", "Pembrokeshire", "Powys"),
    "North Wales": ("Conwy", "Denbighshire", "Flintshire", "Gwynedd", "Isle of Anglesey", "Wrexham"),
}
_OTHER_NAMES = {
    "Rhondda Cynon Taf": "Cwm Taf",
    "Rhondda Cynon Taff": "Cwm Taf",
    "Merthyr Tydfil": "Cwm Taf",
    "Anglesey": "Isle of Anglesey",
    "the Vale": "Vale of Glamorgan",
}
_SAID = re.compile(r"un-?\s?(?:assigned|allocated)|not (?:been )?(?:assigned|allocated) to", re.IGNORECASE)
# Words that turn a note round, or leave open which offences it means.
_TURNED = re.compile(
    r"\b(?:no longer|not|never|previously|resolved|corrected|re-?assigned|re-?allocated|moved from|except|excluding"
    r"|other than|apart from|instead of|than (?:in|the))\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:some|few|small|proportion|number of|increase|rise|higher|more|certain|many)\b", re.IGNORECASE
)
_FORCE = re.compile(r"\b(south wales|north wales|dyfed[\s-]*powys|(?<!blaenau )gwent)\b", re.IGNORECASE)
_ROW_NAME = re.compile(rf"(?:{_SAID.pattern})\s*[-:]?\s*(?:{_FORCE.pattern})", re.IGNORECASE)
_ALL_OF_WALES = re.compile(
    r"\b(?:all|four|each|every|the) welsh (?:police )?(?:forces?|partnerships?|csps?)|\bin wales\b", re.IGNORECASE
)
_YEAR_ALONE = re.compile(
    r"\W*(?:(?:financial )?years? ending (?:in )?[a-z]+ \d{4}|20\d\d ?[/_-] ?\d{2,4})\W*", re.IGNORECASE
)
_HEADED = re.compile(r"^[^.:]{1,60}:")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """Partnerships whose offences stand under "Unassigned", and the months for which a note says so."""

    partnerships: frozenset[str]
    months: frozenset[int]  # counted from year 0


@dataclass(kw_only=True)
class _Context:
    """What the rows above a note said: the force it stands under, whether of England, and the year."""

    forces: tuple[str, ...] = ()
    english: bool = False
    years: str = ""


def unusable(path: Path) -> tuple[Unusable, ...]:
    """Return what the notes declare; raise quoting every note that cannot be resolved."""
    declared: list[Unusable] = []
    problems: list[Problem] = []
    context = _Context()
    for row in rows(path, sheet_filter=lambda sheet: "note" in sheet.casefold()):
        text = ": ".join(_DASHES.sub("-", " ".join(cell.split())) for cell in row.cells if cell)
        if not _SAID.search(text):
            _take_up(context, text)
            continue
        for sentence in _sentences(text):
            stated = _declared(sentence, paragraph=text, context=context)
            if stated is None:
                where = f"{path.name}, sheet {row.sheet!r}, row {row.number}"
                expected = "a note on unassigned offences that names its partnerships or force, and its quarters"
                problems.append(Problem(file=where, expected=expected, came=repr(sentence[:300])))
            elif stated.partnerships:
                declared.append(stated)
        _take_up(context, text)
    if problems:
        raise ContractError(problems)
    return tuple(declared)


def _take_up(context: _Context, text: str) -> None:
    """Remember a row that is a heading: a force's name, a year, or another section."""
    if len(text) > 60:
        return
    if _YEAR_ALONE.fullmatch(text):
        context.years = text
    elif forces := _forces(text):
        context.forces, context.english, context.years = forces, False, ""
    else:
        context.forces, context.english = (), _names_england(text)


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences that speak of unassigned offences."""
    yield from (part for part in re.split(r"(?<=[.;!?])\s+(?=[\"'A-Z0-9])", text) if _SAID.search(part))


def _declared(sentence: str, *, paragraph: str, context: _Context) -> Unusable | None:
    """Return what a sentence declares, nothing for a general one or one on England alone, None for an open question."""
    nothing = Unusable(partnerships=frozenset(), months=frozenset())
    named = _places(sentence) or _places(paragraph)
    months = months_named(sentence) or months_named(paragraph) or months_named(context.years)
    if not named:
        if context.english or _names_england(paragraph):
            return nothing
        forces = context.forces or (_forces(sentence) if months else ())
        if not forces:
            return None if months else nothing
        named = frozenset(name for force in forces for name in PARTNERSHIPS_OF[force])
        if _PARTLY.search(sentence):
            return None
    elif not _partnerships(sentence) and not _partnerships(paragraph) and _PARTLY.search(sentence):
        return None
    if not months or _TURNED.search(re.sub(_SAID, "", sentence)):
        return None
    return Unusable(partnerships=named, months=months)


def _places(text: str) -> frozenset[str]:
    """Return the partnerships that a text names, and all of a force that it names without any of its partnerships."""
    if _ALL_OF_WALES.search(text):
        return frozenset(name for names in PARTNERSHIPS_OF.values() for name in names)
    named = set(_partnerships(text))
    heading = _HEADED.match(text)
    for force in _forces(_ROW_NAME.sub(" ", text)):
        headed = heading is not None and force in _forces(heading[0])
        if not (named & set(PARTNERSHIPS_OF[force]) or (headed and named)):
            named |= set(PARTNERSHIPS_OF[force])
    return frozenset(named)


def _partnerships(text: str) -> tuple[str, ...]:
    own_names = {name: name for names in PARTNERSHIPS_OF.values() for name in names} | _OTHER_NAMES
    rest = _FORCE.sub(" ", text)
    return tuple(own for name, own in own_names.items() if re.search(rf"\b{re.escape(name)}\b", rest, re.IGNORECASE))


def _forces(text: str) -> tuple[str, ...]:
    forces = (re.sub(r"[\s-]+", " ", match[0].casefold()) for match in _FORCE.finditer(text))
    return tuple(dict.fromkeys({"dyfed powys": "Dyfed-Powys"}.get(name, name.title()) for name in forces))


def _names_england(text: str) -> bool:
    """Say whether a text names a force or an authority of England."""
    plain = text.casefold().replace("&", "and")
    return any(re.search(rf"\b{re.escape(name)}\b", plain) for name in _english_names())


@cache
def _english_names() -> tuple[str, ...]:
    areas = load_areas()
    is_english = (areas["kind"] == "local_authority") & (areas["nation_code"] == ENGLAND)
    english = areas.loc[is_english, "name_en"].str.casefold()
    forces = (name.casefold().replace("&", "and") for name in force_codes())
    return tuple({name for name in (*english, *forces) if name and "wales" not in name and not _FORCE.search(name)})
