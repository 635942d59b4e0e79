"""A file that somebody brings: read once, recognised by its names, and checked against one template.

The awkward fact: Streamlit runs a page anew at every click, and a file of a hundred thousand rows takes seconds. So
what came of a file lives in the session of whoever brought it, for as long as the file lies there, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from local_figures import places
from local_figures.checking.cells import Place
from local_figures.checking.check import LOOKED_DOWN, Checked, check
from local_figures.checking.problems import Problem, UnreadableError
from local_figures.checking.reading import Sheet, read
from local_figures.checking.recognising import likeliest
from local_figures.templates import templates

Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a file is: its rows and the template that its names are most like, or why it cannot be read."""

    sheet: Sheet | None
    problem: Problem | None
    likely: str | None


def brought(content: bytes) -> Brought:
    """Read a file, whatever it is."""
    try:
        sheet = read(content)
    except UnreadableError as error:
        return Brought(sheet=None, problem=error.problem, likely=None)
    first = islice(sheet.rows.values(), LOOKED_DOWN)  # a title may stand above the names
    return Brought(sheet=sheet, problem=None, likely=next((key for row in first if (key := likeliest(row))), None))


def checked(
    sheet: Sheet,
    *,
    template: str,
    areas: frozenset[str],
    today: date,
    progress: Callable[[float], None] | None = None,
) -> Checked:
    """Hold a file against a template; `progress` is told how far that is."""
    place = Place(today=today, areas=areas)
    return check(sheet, templates()[template], place, place_words=places.words_of_places(), progress=progress)


def cell_of(checked: Checked, problem: Problem) -> str:
    """Return what stands in the cell that a problem is about, "" where it is about no single cell."""
    header = next(iter(checked.sheet.rows.values()))
    row = checked.sheet.rows.get(problem.row or 0, ())
    at = header.index(problem.column) if problem.column in header else len(row)
    return row[at] if at < len(row) else ""


class Memory:
    """What a session holds of the file that lies before it: made once for each thing that it depends on."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[object, object]] = {}
        self.box = 0  # which box a file is put into: a new and empty one once it is kept
        self._look = ""

    def get(self, name: str, of: object, kind: type[Thing]) -> Thing | None:
        """Return what was made for `of`; None where nothing was, or for another."""
        made_for, value = self._values.get(name, (None, None))
        return value if made_for == of and isinstance(value, kind) else None

    def put(self, name: str, of: object, value: Thing) -> Thing:
        """Hold what was made for `of` in the place of the old, and return it."""
        self._values[name] = (of, value)
        return value

    def forget(self) -> None:
        """Let everything go."""
        self._values.clear()

    def keep(self, look: str) -> None:
        """Let a file go that was kept, with its box; `look` is the edition that is looked at next."""
        self.forget()
        self.box, self._look = self.box + 1, look

    def take_look(self) -> str:
        """Return the edition that was kept a moment ago, once."""
        look, self._look = self._look, ""
        return look
