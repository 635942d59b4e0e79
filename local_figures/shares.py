"""Shares, as they may be told: of counts that are shown, of schools that answered, and of the answers of a survey.

The awkward fact: a percentage beside the number that it is of gives its count back. So there is one only where both are
shown. Where the count is hidden because it, or what is left, is 1 to 4, the mark alone says between which two it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cohesion.vocabulary import TOTAL
from local_figures.control.model import LARGEST, SMALLEST
from local_figures.tabulate import REST, Cell, Line, cell_of
from local_figures.templates import Template

FEWEST_ANSWERS, FEW_ANSWERS = 30, 100  # of a survey: fewer than these are not told, or told with care
MOST_SUMS = 4_000  # sums of groups of a survey that are looked through; where there are more, groups are hidden
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
    candidates = (
        _share(part, whole, rest, counts, small)
        for part, whole, rest in _pairs(template, counts)
        if (counts[whole] or 0) >= template.share_least
    )
    return tuple(sorted(candidates, key=lambda one: (one.cell, one.of)))


def _pairs(template: Template, counts: Counts) -> Iterator[tuple[Cell, Cell, Cell | None]]:
    """Yield what may be told as a share: a part, its nearest whole, and the cell of what is left.

    Who was more confident is a share of who answered, and never of who came: those who did not answer said neither.
    """
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
    is_told = high > low and (low, high) != (0, n)
    return Share(cell=part, of=of, n=n, percent=None, between=(100 * low / n, 100 * high / n) if is_told else None)


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
        for cell, ((answered, schools), *others) in sorted((cell, [*pairs]) for cell, pairs in answers.items())
        if not others and schools and answered >= template.least_of[1]
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one row of a survey tells: how many of a group answered, and how many of those said so."""

    cell: Cell
    n: int
    said_so: float

    @property
    def small(self) -> bool:
        """Return whether too few answered, or 1 to 4 of them said so, or did not."""
        return self.n < FEWEST_ANSWERS or any(
            0 < part < LARGEST + 0.5 for part in (self.said_so, self.n - self.said_so)
        )


def survey(template: Template, lines: Collection[Line], hidden: Collection[Cell]) -> tuple[Share, ...]:
    """Return the shares of a survey, each with its number and its interval; of a hidden one nothing but its mark."""
    rows = []
    for line in lines:
        answer = _answer(line, template)
        if answer.cell in hidden:
            rows.append(Share(cell=answer.cell, of=NUMBER, n=None, percent=None))
        else:
            interval = (float(line["lower"]), float(line["upper"]))
            few, percent = answer.n < FEW_ANSWERS, float(line["percent"])
            rows.append(Share(cell=answer.cell, of=NUMBER, n=answer.n, percent=percent, interval=interval, care=few))
    return tuple(sorted(rows, key=lambda one: one.cell))


def hidden_of_survey(
    template: Template, lines: Collection[Line], before: Sequence[tuple[Collection[Line], Collection[Cell]]]
) -> frozenset[Cell]:
    """Return the rows of a survey that may not be told, beside earlier editions with what was hidden of each.

    Those of too few; those that 1 to 4 people changed since they were told; and the smallest of the others while any
    row, of now or of then, less some others leaves too few, or gives a hidden one.
    """
    hidden: set[Cell] = set()
    told_before = [one for old, gone in before for line in old if (one := _answer(line, template)).cell not in gone]
    questions: dict[Cell, list[Answer]] = defaultdict(list)
    for line in lines:
        answer = _answer(line, template)
        questions[_question(answer.cell)].append(answer)
    for question, answers in questions.items():
        hidden |= _hidden_of_question(answers, {one for one in told_before if _question(one.cell) == question})
    return frozenset(hidden)


def _hidden_of_question(answers: Sequence[Answer], old: Collection[Answer]) -> set[Cell]:
    """Return the rows of one question to hide; what was told before is in a reader's hand, and is told again."""
    gone = [one for one in answers if one.small or any(_is_step(one, then) for then in old)]
    visible = [one for one in answers if one not in gone]
    while new := [one for one in visible if one not in old]:
        given_away_by = _gives_away([*visible, *(one for one in old if one not in visible)], gone, new)
        if not given_away_by:
            break
        smallest = max((one for one in new if one in given_away_by), key=lambda one: (-one.n, one.cell))
        visible.remove(smallest)
        gone.append(smallest)
    return {one.cell for one in gone}


def _is_step(now: Answer, then: Answer) -> bool:
    """Return whether 1 to 4 people more, or fewer, answered than when this row was told: or said so, or did not."""
    steps = (now.n - then.n, now.said_so - then.said_so, (now.n - now.said_so) - (then.n - then.said_so))
    return now.cell == then.cell and any(_is_few(abs(step)) for step in steps)


def _is_few(people: float) -> bool:
    return 0.5 <= people < LARGEST + 0.5


def _gives_away(visible: Sequence[Answer], gone: Sequence[Answer], new: Collection[Answer]) -> Collection[Answer]:
    """Return rows, a new one among them, of which one less the others is too few, or is a hidden row; () for none."""
    for whole in (*visible, *gone):
        for some in _taken_from(whole, visible, gone, new):
            return some
    return ()


def _taken_from(
    whole: Answer, visible: Sequence[Answer], gone: Sequence[Answer], new: Collection[Answer]
) -> Iterator[Collection[Answer]]:
    """Yield rows of which the others together leave too little of the first; all new ones where there are too many.

    Nothing in a row says which groups lie within which: any that fit may. Of one group a reader takes one edition's.
    """
    sums: dict[tuple[int, float, bool], tuple[Answer, ...]] = {(whole.n, whole.said_so, whole in new): ()}
    for _, of_one in groupby(sorted(visible, key=lambda one: (one.cell, one.n)), key=lambda one: one.cell):
        parts = [(one, one in new) for one in of_one if one is not whole]
        for (n, yes, has_new), chosen in list(sums.items()):
            for part, is_new in parts:
                rest, said_so = n - part.n, round(yes - part.said_so, 1)
                if rest >= 0 and -0.5 <= said_so <= rest + 0.5:
                    some = (*chosen, part)
                    if (has_new or is_new) and _tells(rest, said_so, gone, is_gone=whole in gone, parts=len(some)):
                        yield (whole, *some)
                    sums.setdefault((rest, said_so, has_new or is_new), some)
        if len(sums) > MOST_SUMS:
            yield new


def _tells(n: int, yes: float, gone: Sequence[Answer], *, is_gone: bool, parts: int) -> bool:
    """Return whether what is left of a row is too few, or a hidden row; of a hidden one, whether nothing is left."""
    if is_gone:
        return n == 0 and parts > 1
    if any(n == one.n and abs(yes - one.said_so) < 1 for one in gone):
        return True
    return n > 0 and (n < FEWEST_ANSWERS or _is_few(yes) or _is_few(n - yes))


def _question(cell: Cell) -> Cell:
    return replace(cell, category=cell.category[:1])


def _answer(line: Line, template: Template) -> Answer:
    n = int(line[NUMBER])
    cell = cell_of(line, template, template.by[0], template.numbers[0])
    return Answer(cell=cell, n=n, said_so=n * float(line["percent"]) / 100)
