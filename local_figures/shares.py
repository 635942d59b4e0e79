"""Shares, as they may be told: of counts that are shown, of schools that answered, and of the answers of a survey.

The awkward fact: a percentage beside the number that it is of gives its count back. So there is one only where both are
shown. Where the count is hidden because it, or what is left, is 1 to 4, the mark alone says between which two it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cohesion.vocabulary import TOTAL
from local_figures.control.model import LARGEST, SMALLEST
from local_figures.tabulate import REST, Cell, Line, cell_of
from local_figures.templates import Template

FEWEST_ANSWERS, FEW_ANSWERS = 30, 100  # of a survey: fewer than these are not told, or told with care
TOGETHER = 3  # groups of a survey that are taken from all of it at once
HIDDEN_MARK = "[c]"
NUMBER = "n"  # the column of a survey that says how many answered
Ends = tuple[float, float]
Counts = Mapping[Cell, int | None]


@dataclass(frozen=True, kw_only=True)
class Share:
    """One share: what is counted, of what, and its percentage; or what the mark of a hidden count says of it."""

    cell: Cell
    of: str  # the measure, or the code of the category, that it is a share of
    n: int | None  # of how many; None where a group of a survey is not told at all
    percent: float | None
    between: Ends | None = None  # of a hidden count: what its mark alone says
    interval: Ends | None = None  # of a survey: the 95% interval that came with it
    care: bool = False  # few answered: to be read with care

    @property
    def marker(self) -> str:
        """Return the mark of a share that is hidden, "" beside a shown one."""
        return HIDDEN_MARK if self.percent is None else ""


def shares(template: Template, counts: Counts, small: Collection[Cell]) -> tuple[Share, ...]:
    """Return every share of counts: `None` is a hidden one, and `small` are those hidden for being 1 to 4."""
    made = (
        _share(part, whole, rest, counts, small)
        for part, whole, rest in _pairs(template, counts)
        if (counts[whole] or 0) >= template.share_least
    )
    return tuple(sorted(made, key=lambda one: (one.cell, one.of)))


def _pairs(template: Template, counts: Counts) -> Iterator[tuple[Cell, Cell, Cell | None]]:
    """Yield what may be told as a share: a part, the whole that it is of, and the cell of what is left."""
    if not template.share_least:
        return
    for smaller, larger in template.rules:
        for whole in (cell for cell in counts if cell.measure == f"{template.key}.{larger}"):
            part = replace(whole, measure=f"{template.key}.{smaller}")
            if part in counts:
                yield part, whole, replace(whole, measure=f"{template.key}.{larger}.{REST}.{smaller}")
    if template.total and template.adds:
        for part in counts:
            code = dict(part.category).get(template.total, TOTAL)
            category = tuple((n, TOTAL if n == template.total else c) for n, c in part.category)
            whole = replace(part, category=category)
            if code != TOTAL and whole in counts:
                yield part, whole, None


def _share(part: Cell, whole: Cell, rest: Cell | None, counts: Counts, small: Collection[Cell]) -> Share:
    n, count = counts[whole] or 0, counts[part]
    of = whole.measure if whole.measure != part.measure else TOTAL
    if count is not None:
        return Share(cell=part, of=of, n=n, percent=100 * count / n)
    low, high = 0, n
    if part in small:
        low, high = max(low, SMALLEST), min(high, LARGEST)
    if rest in small:
        low, high = max(low, n - LARGEST), min(high, n - SMALLEST)
    told = high > low and (low, high) != (0, n)
    return Share(cell=part, of=of, n=n, percent=None, between=(100 * low / n, 100 * high / n) if told else None)


def returns(template: Template, lines: Collection[Line]) -> tuple[Share, ...]:
    """Return how many of the schools sent a return, where enough did; where rows disagree about it, nothing is told."""
    if template.returned is None or template.least_of is None:
        return ()
    part, whole = template.returned
    answers: dict[Cell, set[tuple[int, int]]] = defaultdict(set)
    for line in lines:
        dims = tuple(name for name in template.by[0] if name != template.total)
        cell = cell_of(line, template, dims, part)
        answers[cell].add((int(line[part] or 0), int(line[whole] or 0)))
    return tuple(
        Share(cell=cell, of=f"{template.key}.{whole}", n=schools, percent=100 * answered / schools)
        for cell, ((answered, schools), *others) in sorted((cell, [*found]) for cell, found in answers.items())
        if not others and schools and answered >= template.least_of[1]
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one row of a survey tells: how many of a group answered, and how many of those said so."""

    cell: Cell
    n: int
    said: float

    @property
    def small(self) -> bool:
        """Return whether too few answered, or 1 to 4 of them said so, or did not."""
        return self.n < FEWEST_ANSWERS or any(0 < part < LARGEST + 0.5 for part in (self.said, self.n - self.said))


def survey(template: Template, lines: Collection[Line], hidden: Collection[Cell]) -> tuple[Share, ...]:
    """Return the shares of a survey, each with its number and its interval; of a hidden one nothing but its mark."""
    told = []
    for line in lines:
        answer = _answer(line, template)
        if answer.cell in hidden:
            told.append(Share(cell=answer.cell, of=NUMBER, n=None, percent=None))
        else:
            interval = (float(line["lower"]), float(line["upper"]))
            few, percent = answer.n < FEW_ANSWERS, float(line["percent"])
            told.append(Share(cell=answer.cell, of=NUMBER, n=answer.n, percent=percent, interval=interval, care=few))
    return tuple(sorted(told, key=lambda one: one.cell))


def hidden_of_survey(
    template: Template, lines: Collection[Line], before: Sequence[tuple[Collection[Line], Collection[Cell]]]
) -> frozenset[Cell]:
    """Return the rows of a survey that may not be told, beside earlier editions with what was hidden of each.

    Those of too few; and the smallest of the others while all of a question, less some of its groups, leaves too few.
    """
    hidden: set[Cell] = set()
    told_before = [one for old, gone in before for line in old if (one := _answer(line, template)).cell not in gone]
    questions: dict[Cell, list[Answer]] = defaultdict(list)
    for line in lines:
        answer = _answer(line, template)
        questions[_question(answer.cell)].append(answer)
    for question, answers in questions.items():
        old = [one for one in told_before if _question(one.cell) == question and one not in answers]
        hidden |= _hidden_of_question(answers, old)
    return frozenset(hidden)


def _hidden_of_question(answers: Sequence[Answer], old: Sequence[Answer]) -> set[Cell]:
    gone = [one for one in answers if one.small]
    told = sorted((one for one in answers if not one.small), key=lambda one: (-one.n, one.cell))
    while told:
        whole = max((*told, *old), key=lambda one: one.n)
        groups = [one for one in (*told, *old) if one is not whole]
        if not _leaves_too_few(whole, groups, gone):
            break
        gone.append(told.pop())
    return {one.cell for one in gone}


def _leaves_too_few(whole: Answer, groups: Sequence[Answer], gone: Sequence[Answer]) -> bool:
    """Return whether a whole less some of its groups is a group of too few, or one that is hidden."""
    for number in range(1, TOGETHER + 1):
        for some in combinations(groups, number):
            n, said = whole.n - sum(one.n for one in some), whole.said - sum(one.said for one in some)
            if (
                n > 0
                and -0.5 <= said <= n + 0.5
                and (n < FEWEST_ANSWERS or any(0.5 <= x < 4.5 for x in (said, n - said)))
            ):
                return True
    sums = 1  # a bit for each number of answers that some of the groups are together
    for one in groups:
        sums |= sums << one.n
    unions = (some for size in (1, 2, len(gone)) for some in combinations(gone, size))
    left = {whole.n - sum(one.n for one in some) for some in unions if _too_few(some)}
    return any(n > 0 and sums >> n & 1 for n in left)


def _too_few(some: Sequence[Answer]) -> bool:
    """Return whether hidden groups are too few also together."""
    n, said = sum(one.n for one in some), sum(one.said for one in some)
    return bool(some) and Answer(cell=some[0].cell, n=n, said=said).small


def _question(cell: Cell) -> Cell:
    return replace(cell, category=cell.category[:1])


def _answer(line: Line, template: Template) -> Answer:
    n = int(line[NUMBER])
    cell = cell_of(line, template, template.by[0], template.numbers[0])
    return Answer(cell=cell, n=n, said=n * float(line["percent"]) / 100)
