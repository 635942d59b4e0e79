"""What every room of the ETL promises, and how it says that a promise was not kept.

The awkward fact: people mend data files by hand, so one error at a time is torture.
Problems are therefore collected and raised together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cohesion.releases import Kind

TIDY_COLUMNS = (
    "measure",
    "area_code",
    "period_start",
    "period_months",
    "category",
    "value",
    "lower",
    "upper",
    "marker",
)
KEY_COLUMNS = ("measure", "area_code", "period_start", "period_months", "category")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One broken promise: where it stands, what was expected and what came instead."""

    file: str
    expected: str
    came: str
    row: int | None = None

    def __str__(self) -> str:
        """Return "file, row n: expected …; came …"; rows count as an editor shows them, the header being row 1."""
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}: expected {self.expected}; came {self.came}"


class ContractError(Exception):
    """Data that do not keep the contract; carries every problem found, not only the first.

    `kind` names what went wrong, for whoever says it in another language.
    """

    def __init__(self, problems: str | Iterable[Problem], *, kind: Kind = "contract") -> None:
        """Take one sentence, or the problems to list."""
        self.kind = kind
        self.problems = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))
