"""What is wrong with a file, or must be answered before it is kept: by row and column, in no language yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.i18n import Language, t
from local_figures.templates import templates


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One error or warning: where it is in the file, and the key and values of its sentence."""

    key: str
    row: int | None = None
    column: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, *, lang: Language) -> str:
        """Return what is wrong without where it is, for it stands beside its field."""
        values = dict(self.values)
        if "template" in values:
            values["template"] = templates()[str(values["template"])].name[lang]
        return t(f"local.check.{self.key}", lang=lang, **values)

    def text(self, *, lang: Language) -> str:
        """Return the sentence with where it is, for the one who uploaded the file and nobody else."""
        sentence = self.sentence(lang=lang)
        if self.row is None:
            return sentence
        if self.column is None:
            return t("local.check.at_row", lang=lang, row=self.row, sentence=sentence)
        return t("local.check.at_cell", lang=lang, row=self.row, column=self.column, sentence=sentence)


MOST_TOLD = 5_000  # problems that are told one by one; of the rest how many there are of each kind


class FirstProblems:
    """The first problems of a file by row and column, however many come, and how many more of each kind there are.

    A hundred thousand rows may be wrong in every cell: what nobody would read is not held either.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._first: list[Problem] = []
        self._rest: dict[str, tuple[Problem, int]] = {}
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take some more in, whatever their order."""
        for problem in problems:
            self._first.append(problem)
            if len(self._first) > 2 * MOST_TOLD:
                self._cut()

    def first(self) -> tuple[Problem, ...]:
        """Return those that are told one by one, in the order of the file."""
        self._cut()
        return tuple(self._first)

    def rest(self) -> tuple[tuple[Problem, int], ...]:
        """Return of each kind that has more how many, with one of them."""
        self._cut()
        return tuple(self._rest.values())

    def _cut(self) -> None:
        self._first.sort(key=lambda one: (one.row or 0, one.column or ""))
        for problem in self._first[MOST_TOLD:]:
            one, count = self._rest.get(problem.key, (problem, 0))
            self._rest[problem.key] = (one, count + 1)
        del self._first[MOST_TOLD:]


class UnreadableError(Exception):
    """A file of which not even the rows could be read: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def unreadable(key: str, **values: object) -> UnreadableError:
    """Return the error to raise for a file that cannot be read."""
    return UnreadableError(Problem(key=key, values=values))
