"""Which values of a scorecard nobody outside its workspace sees.

The awkward fact: what is measured is told in words, so nothing says which number is a part of which, and no solver can
be asked. So whatever two or a few numbers of one outcome and year could give back, if one were a part of the other, is
hidden as if it were: more than is needed, and never less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from local_figures.control.model import FREE, LARGEST

PER_CENT, POUNDS = "%", "£"
# How a council writes that it counts out of a hundred, alone or with what it is of: "% of schools", "canran y staff".
_SHARE = re.compile(r"%|(?:per ?cent(?:ages?)?|pct|y cant|canran(?:nau)?)\b")
MOST_PARTS, MOST_HIDDEN = 4, 3  # numbers that are tried as the parts of another, and hidden ones among them
Line = Mapping[str, str]
Name = tuple[str, str, str, str]  # outcome, what is measured, question, year
Numbers = Mapping[Name, Decimal]


def name_of(line: Line) -> Name:
    """Return what tells a value from all others."""
    return line["outcome"], line["item"], line["quadrant"], line["period"]


def is_small(value: Decimal | None, unit: str) -> bool:
    """Tell whether a value may be a count of 1 to 4: whatever is counted, for nobody says whether it is people."""
    return value is not None and 0 < abs(value) < FREE and not is_share(unit) and unit.strip() != POUNDS


def is_share(unit: str) -> bool:
    """Tell whether a value is a percentage of something."""
    return _SHARE.match(unit.strip().casefold()) is not None


def unit_of(text: str) -> str:
    """Return a unit as it is shown: the sign for a percentage, in whatever word it was typed, else the word itself."""
    return PER_CENT if _SHARE.fullmatch(text.strip().casefold()) else text


def hidden(lines: Iterable[Line], before: Iterable[Numbers]) -> frozenset[Name]:
    """Return the values to hide of an edition; `before` are those that earlier editions told."""
    filled = [line for line in lines if line.get("value", "")]
    counts = [line for line in filled if not is_share(line["unit"]) and line["unit"].strip() != POUNDS]
    values = {name_of(line): Decimal(line["value"]) for line in counts}
    earlier = tuple(before)
    names = {name for name, value in values.items() if is_small(value, "") or _is_step(name, value, earlier)}
    for group in _groups(counts):
        numbers = {name: values[name] for name in group}
        names |= _close(numbers, names)
        names |= _parts(numbers, names & set(numbers), earlier)
    return frozenset(names | set(_shares(filled, values)))


def _groups(counts: Iterable[Line]) -> Iterator[list[Name]]:
    """Yield the names of what may be parts of one another: of one outcome, year and unit."""
    groups: dict[tuple[str, str, str], list[Name]] = {}
    for line in counts:
        of = line["outcome"], line["period"], line["unit"].strip().casefold()
        groups.setdefault(of, []).append(name_of(line))
    yield from groups.values()


def _is_step(name: Name, value: Decimal, earlier: Iterable[Numbers]) -> bool:
    """Tell whether an earlier edition told 1 to 4 more or fewer: whoever remembers it knows how many came or went."""
    return value != 0 and any(0 < abs(value - one[name]) <= LARGEST for one in earlier if one.get(name))


def _close(numbers: Mapping[Name, Decimal], gone: Collection[Name]) -> set[Name]:
    """Return what is 1 to 4 less than another that is told: what lies between the two is a small count."""
    distances: list[Decimal] = []
    near = set()
    for name in sorted((one for one in numbers if one not in gone), key=numbers.__getitem__, reverse=True):
        if numbers[name] and any(0 < larger - numbers[name] < FREE for larger in distances):
            near.add(name)
        else:
            distances.append(numbers[name])
    return near


def _parts(numbers: Mapping[Name, Decimal], gone: Collection[Name], earlier: Iterable[Numbers]) -> set[Name]:
    """Return what else to hide, so that no hidden value is what is left of one that is told less some others."""
    public = {name for one in earlier for name, value in one.items() if numbers.get(name) == value}
    parts: set[Name] = set()
    while threat := _threat(numbers, {*gone, *parts}):
        parts.add(min(threat, key=lambda name: (name in public, numbers[name])))
    return parts


def _threat(numbers: Mapping[Name, Decimal], gone: Collection[Name]) -> tuple[Name, ...]:
    """Return numbers that are told and would give hidden ones back if they were a whole and its parts; () for none."""
    given_back = set(_given_back([numbers[name] for name in gone]))
    visible = [name for name in numbers if name not in gone and numbers[name]]
    for many in range(1, MOST_PARTS + 1):
        for some in combinations(visible, many):
            parts = sum(numbers[name] for name in some)
            if many > 1 and parts in {numbers[name] for name in gone}:
                return some
            for whole in (name for name in visible if name not in some):
                if numbers[whole] - parts in given_back:
                    return (*some, whole)
    return ()


def _given_back(values: list[Decimal]) -> Iterator[Decimal]:
    """Yield what gives hidden values back if it is known: one itself, several where all of them are 1, or 4."""
    for many in range(1, min(len(values), MOST_HIDDEN) + 1):
        for some in combinations(values, many):
            if many == 1 or sum(some) in (many, many * LARGEST):
                yield Decimal(sum(some))


def _shares(filled: Iterable[Line], counts: Numbers) -> Iterator[Name]:
    """Yield percentages that may be of a number beside them and then say that 1 to 4 did so, or did not."""
    for line in filled:
        if is_share(line["unit"]):
            share = Decimal(line["value"])
            beside = (n for name, n in counts.items() if (name[0], name[3]) == (line["outcome"], line["period"]))
            if any(_tells_few(share, base) for base in beside):
                yield name_of(line)


def _tells_few(share: Decimal, base: Decimal) -> bool:
    """Tell whether a percentage is one of a base as it is rounded, and of too few."""
    if base != base.to_integral_value() or not 0 < share < 100 or not base:
        return False
    places = share.as_tuple().exponent
    near = int(share * base / 100)
    parts = (n for n in range(max(near - 2, 0), near + 4) if n <= base)
    fits = [n for n in parts if round(Decimal(100 * n) / base, -int(places)) == share]
    return any(0 < n < FREE or 0 < base - n < FREE for n in fits)  # so is every one of fewer than ten
