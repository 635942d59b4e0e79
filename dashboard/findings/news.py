"""What is new: the publications whose edition or file is not the one of the build before.

The awkward fact: a build before may be damaged, older than a column, or not there at all. Then nothing is said:
news is a courtesy, and may never take the page down.
"""

from __future__ import annotations

from pathlib import Path

from dashboard import queries, store
from dashboard.findings.message import Draft, Scope
from dashboard.i18n.text import list_of

_COMPARED = ("edition", "released", "sha256")


def previous_build(build: str, *, folder: Path | None = None) -> str | None:
    """Return the id of the newest build file made before that of `build`, or None where there is none."""
    files = {path.stem.removeprefix("cohesion-"): path for path in (folder or store.DATA / "build").glob("*.duckdb")}
    if build not in files:
        return None
    moment = files[build].stat().st_mtime_ns
    earlier = {code: path.stat().st_mtime_ns for code, path in files.items() if path.stat().st_mtime_ns < moment}
    return max(earlier, key=lambda code: earlier[code], default=None)


def since_last(previous: str, *, build: str) -> tuple[str, ...]:
    """Return the codes of the sources that are new in `build`, or whose edition or file differs from `previous`."""
    before, now = _editions(previous), _editions(build)
    return tuple(code for code in now if now[code] != before.get(code)) if before else ()


def _editions(build: str) -> dict[str, tuple[object, ...]]:
    """Return what identifies each source's edition in a build; nothing where the build cannot be read."""
    try:
        rows = store.rows(store.question("sources"), build=build)
    except Exception:  # only the store knows the database's errors, and an old build may fail in any of its ways
        return {}
    return {row["source"]: tuple(row.get(column) for column in _COMPARED) for row in rows}


def new_data(scope: Scope) -> Draft | None:
    """Say which publications are new or changed since the build before; nothing where there is none, or no change."""
    previous = previous_build(scope.build)
    changed = since_last(previous, build=scope.build) if previous else ()
    sources = queries.sources(build=scope.build)
    titles = [sources[code].title for code in changed]
    if not titles:
        return None
    return Draft(keys=("finding.new_data",), values={"listed": list_of(dict.fromkeys(titles))})
