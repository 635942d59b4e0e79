"""What is wrong with a file, or must be answered before it is kept: by row and column, in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
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


class UnreadableError(Exception):
    """A file of which not even the rows could be read: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def unreadable(key: str, **values: object) -> UnreadableError:
    """Return the error to raise for a file that cannot be read."""
    return UnreadableError(Problem(key=key, values=values))
