"""What two states of a tidy table differ in: new periods, revised figures, lost rows, and who or what came or went.

The awkward fact: publishers revise figures years back without a word. A refresh that only shows the newest period
hides that; so every figure that reads differently is listed with what it was and what it is. A figure may also move:
another table gives it from then on. Then it was not lost here, and is not new there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from cohesion.releases import CHANGES
from etl.contract import KEY_COLUMNS, TIDY_COLUMNS, ContractError
from etl.pipeline.disk import not_permitted, permission_of
from etl.pipeline.tables import read_table

Key = tuple[str, ...]
SHOWN = 20
_KEY = list(KEY_COLUMNS)
_CELLS = ["value", "lower", "upper", "marker"]


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One figure that reads differently: its key, and how it read before and after ("12 [p]")."""

    key: Key
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Diff:
    """How one tidy table changed; a period is (measure, first day, months), a category is (measure, category).

    `new_rows` and `lost_rows` are rows of periods held on both sides; `silent_areas` had the newest period before
    and have no row in the newest period now; `replaced` are given by another table from now on;
    `rows_come` and `rows_gone` count every row that is new, and every one that nobody gives any more.
    """

    new_periods: tuple[Key, ...] = ()
    lost_periods: tuple[Key, ...] = ()
    revised: tuple[Revision, ...] = ()
    new_rows: tuple[Key, ...] = ()
    lost_rows: tuple[Key, ...] = ()
    new_categories: tuple[Key, ...] = ()
    lost_categories: tuple[Key, ...] = ()
    new_areas: tuple[str, ...] = ()
    lost_areas: tuple[str, ...] = ()
    silent_areas: tuple[str, ...] = ()
    replaced: tuple[Key, ...] = ()
    rows_come: int = 0
    rows_gone: int = 0
    rows_before: int = 0
    rows_after: int = 0

    @property
    def counted(self) -> dict[str, int]:
        """Return how many figures are new, revised, given by another table now, and lost."""
        numbers = (self.rows_come, len(self.revised), len(self.replaced), self.rows_gone)
        return dict(zip(CHANGES, numbers, strict=True))

    @property
    def changed(self) -> bool:
        """Say whether anything differs."""
        return any(getattr(self, part) for part in PARTS)


PARTS: Mapping[str, str] = {
    "new_periods": "new periods",
    "lost_periods": "periods no longer there",
    "revised": "revised figures",
    "lost_rows": "rows no longer there",
    "replaced": "figures that another table gives now",
    "new_rows": "rows added to periods held before",
    "new_categories": "new categories",
    "lost_categories": "categories no longer there",
    "new_areas": "new areas",
    "lost_areas": "areas no longer there",
    "silent_areas": "areas without a row in the newest period",
}


def table_diff(old: pd.DataFrame, new: pd.DataFrame) -> Diff:
    """Compare two states of one tidy table (text cells); a figure written otherwise ("12" and "12.0") is no change."""
    return _diff(_keyed(old), _keyed(new), taken_over={}, given_away=frozenset())


def _diff(
    own: Mapping[Key, str], after: Mapping[Key, str], *, taken_over: Mapping[Key, str], given_away: Set[Key]
) -> Diff:
    """Compare a table with what it was; figures of other tables may have come here, and its own have gone there."""
    before = {key: figure for key, figure in own.items() if key not in given_away} | dict(taken_over)
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    periods, categories = (_kinds(columns) for columns in ((0, 2, 3), (0, 4)))
    new_periods, lost_periods = periods(after) - periods(before), periods(before) - periods(after)
    areas = {key[1] for key in before}, {key[1] for key in after}
    return Diff(
        new_periods=tuple(sorted(new_periods)),
        lost_periods=tuple(sorted(lost_periods)),
        revised=tuple(
            Revision(key=key, old=before[key], new=after[key])
            for key in sorted(before)
            if key in after and before[key] != after[key]
        ),
        new_rows=tuple(key for key in come if (key[0], key[2], key[3]) not in new_periods),
        lost_rows=tuple(key for key in gone if (key[0], key[2], key[3]) not in lost_periods),
        new_categories=tuple(sorted(categories(after) - categories(before))),
        lost_categories=tuple(sorted(categories(before) - categories(after))),
        new_areas=tuple(sorted(areas[1] - areas[0])),
        lost_areas=tuple(sorted(areas[0] - areas[1])),
        silent_areas=_silent(before, after),
        replaced=tuple(sorted(given_away)),
        rows_come=len(come),
        rows_gone=len(gone),
        rows_before=len(own),
        rows_after=len(after),
    )


def _keyed(cells: pd.DataFrame) -> dict[Key, str]:
    """Return each row's figure as a reader would write it, by key."""
    if cells.empty:
        return {}
    text = cells.reindex(columns=list(TIDY_COLUMNS)).astype(object).fillna("").astype(str)
    keys = map(tuple, text[_KEY].to_numpy().tolist())
    return {key: _figure(*row) for key, row in zip(keys, text[_CELLS].to_numpy().tolist(), strict=True)}


def _figure(value: str, lower: str, upper: str, marker: str) -> str:
    interval = f"({_plain(lower)} to {_plain(upper)})" if lower or upper else ""
    return " ".join(part for part in (_plain(value), interval, marker) if part)


def _plain(number: str) -> str:
    try:
        return f"{float(number):.12g}" if number else ""
    except ValueError:
        return number


def _kinds(columns: tuple[int, ...]) -> Callable[[Iterable[Key]], set[Key]]:
    return lambda keys: {tuple(key[c] for c in columns) for key in keys}


def _silent(before: Iterable[Key], after: Iterable[Key]) -> tuple[str, ...]:
    """Return the areas that had the newest period of a measure before, and have not the newest one now."""
    had, has = _newest(before), _newest(after)
    return tuple(sorted({area for measure, areas in had.items() for area in areas - has.get(measure, areas)}))


def _newest(keys: Iterable[Key]) -> dict[str, set[str]]:
    """Return by measure the areas that have a row in its newest period."""
    newest_of: dict[str, tuple[str, set[str]]] = {}
    for measure, area, start, *_ in keys:
        newest = newest_of.get(measure, ("", set()))
        if start > newest[0]:
            newest_of[measure] = (start, {area})
        elif start == newest[0]:
            newest[1].add(area)
    return {measure: areas for measure, (_, areas) in newest_of.items()}


def read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every tidy table of a folder as text, by name."""
    return {path.stem: read_table(path) for path in sorted(folder.glob("*.csv"))}


def read_build(file: Path) -> dict[str, pd.DataFrame]:
    """Read the tidy tables that a build was made of out of its database, by name; ContractError for a damaged one."""
    columns = ", ".join(f"coalesce(CAST({c} AS TEXT), '') AS {c}" for c in TIDY_COLUMNS)
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            cells = con.execute(f"SELECT {columns}, source FROM observation WHERE NOT derived").df()
    except duckdb.Error as error:
        if (refused := permission_of(error)) is not None:
            raise ContractError([not_permitted(refused)], kind="permission") from error
        expected = "a whole database: make it again (python -m etl build), or compare with another (--against)"
        raise ContractError(f"{file.name}: expected {expected}; came {error}") from error
    return {str(name): rows.drop(columns="source") for name, rows in cells.groupby("source")}


def folders_diff(old: Path, new: Path) -> dict[str, Diff]:
    """Compare the tables of two folders; those that are the same to the byte are not read."""
    content = [{path.stem: path.read_bytes() for path in folder.glob("*.csv")} for folder in (old, new)]
    touched = sorted(name for name in {*content[0], *content[1]} if content[0].get(name) != content[1].get(name))
    read = (
        {n: read_table(folder / f"{n}.csv") for n in touched if n in tables}
        for folder, tables in zip((old, new), content, strict=True)
    )
    return tables_diff(*read)


def tables_diff(old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame]) -> dict[str, Diff]:
    """Compare two states of all tables; a table on one side only came or went whole, an unchanged one is left out.

    A figure that one table had and another has now was not lost, and is revised where it reads differently there.
    """
    none = pd.DataFrame(columns=list(TIDY_COLUMNS))
    names = sorted({*old, *new})
    touched = [n for n in names if n not in old or n not in new or not old[n].equals(new[n])]
    before, after = ({n: _keyed(side.get(n, none)) for n in touched} for side in (old, new))
    gone = {key: figure for n in touched for key, figure in before[n].items() if key not in after[n]}
    come = {key for n in touched for key in after[n] if key not in before[n]}
    diffs = {
        n: _diff(
            before[n],
            after[n],
            taken_over={key: gone[key] for key in after[n] if key in gone and key not in before[n]},
            given_away={key for key in before[n] if key in come and key not in after[n]},
        )
        for n in touched
    }
    return {name: diff for name, diff in diffs.items() if diff.changed}


def derived_diff(old: pd.DataFrame, new: pd.DataFrame) -> Diff:
    """Compare the sums and changes that two builds made; `new` holds published figures too, which may replace ours."""
    same_keys = new.merge(old[_KEY].drop_duplicates(), on=_KEY)  # a fifth of them: the rest is nobody's successor
    return _diff(_keyed(old), _keyed(same_keys), taken_over={}, given_away=frozenset())


def diff_text(diffs: Mapping[str, Diff], *, most: int = SHOWN) -> str:
    """Return the plain report: a heading for each table, a line for each kind of change, `most` examples at most."""
    if not diffs:
        return "No figure changed."
    return "\n".join(line for name, diff in diffs.items() for line in _text(name, diff, most=most))


def _text(name: str, diff: Diff, *, most: int) -> list[str]:
    lines = [f"{name}: {diff.rows_before:,} rows before, {diff.rows_after:,} now"]
    for part, words in PARTS.items():
        items = getattr(diff, part)
        if items:
            lines.append(f"  {words}: {len(items):,}")
            lines += [f"    {_item(item)}" for item in items[:most]]
        if len(items) > most:
            lines.append(f"    and {len(items) - most:,} more")
    return lines


def _item(item: Any) -> str:
    if isinstance(item, Revision):
        return f"{' '.join(item.key)}: {item.old} -> {item.new}"
    return item if isinstance(item, str) else " ".join(item)


def diff_markdown(diffs: Mapping[str, Diff], *, most: int = SHOWN) -> str:
    """Return the report as Markdown: a section for each table, revised figures as a table of before and after."""
    if not diffs:
        return "No figure changed.\n"
    return "\n".join(line for name, diff in diffs.items() for line in _markdown(name, diff, most=most)) + "\n"


def _markdown(name: str, diff: Diff, *, most: int) -> list[str]:
    lines = [f"## {name}", "", f"{diff.rows_before:,} rows before, {diff.rows_after:,} now.", ""]
    for part, words in PARTS.items():
        items = getattr(diff, part)
        if items and part != "revised":
            more = f" and {len(items) - most:,} more" if len(items) > most else ""
            lines.append(f"- {words} ({len(items):,}): {'; '.join(map(_item, items[:most]))}{more}")
    if diff.revised:
        lines += ["", f"| {' | '.join(_KEY)} | before | now |", "|" + "---|" * (len(_KEY) + 2)]
        lines += [f"| {' | '.join((*r.key, r.old, r.new))} |" for r in diff.revised[:most]]
    if len(diff.revised) > most:
        lines += ["", f"and {len(diff.revised) - most:,} more revised figures"]
    return [*lines, ""]


def diff_json(diffs: Mapping[str, Diff], *, most: int | None = None) -> str:
    """Return the report as JSON: for each table its parts, `most` items of each at most, and how many there are."""
    return json.dumps(diff_record(diffs, most=most), indent=1)


def diff_record(diffs: Mapping[str, Diff], *, most: int | None = None) -> dict[str, Any]:
    """Return what `diff_json` writes, for whoever writes it among other things."""
    return {"tables": [_record(name, diff, most=most) for name, diff in diffs.items()]}


def _record(name: str, diff: Diff, *, most: int | None) -> dict[str, Any]:
    parts = {part: [*map(_plain_item, getattr(diff, part)[:most])] for part in PARTS}
    counts = {part: len(getattr(diff, part)) for part in PARTS}
    counts |= {"rows_come": diff.rows_come, "rows_gone": diff.rows_gone}
    return {"table": name, "rows_before": diff.rows_before, "rows_after": diff.rows_after, "counts": counts} | parts


def _plain_item(item: Any) -> Any:
    return asdict(item) if isinstance(item, Revision) else item


FORMS: Mapping[str, Callable[[Mapping[str, Diff]], str]] = {
    "text": diff_text,
    "markdown": diff_markdown,
    "json": diff_json,
}
