"""The words of a publication's tables, read from `origin.toml` in its folder and `publisher.toml` in the one above.

The awkward fact: most of an origin is the same for every table of a publication, and some of it for every publication
of a publisher. So what is shared stands once: `publisher.toml`, then `[every]`, then the table's own part, each going
before what stands above it. And a title with a year in it, or a caution about rounding, was true of the edition that
is held; so `[<table>.every_edition]` has the words that whoever reads a publisher's newer file takes instead.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from etl.contract import ContractError, Problem
from etl.pipeline.origin import Origin, text_problems
from etl.reading.wording import listed

Part = TypeVar("Part")
FILE, PUBLISHER = "origin.toml", "publisher.toml"
EVERY, EVERY_EDITION = "every", "every_edition"
MAY_BE_LEFT_OUT = ("caution_en", "caution_cy", "vintage", "line", "table_code")


@dataclass(frozen=True, kw_only=True)
class EveryEdition:
    """Entries of an origin as every edition has them (`entries`), and what its coverage must say beside its periods."""

    entries: Mapping[str, str] = field(default_factory=dict)
    coverage_en: str = ""
    coverage_cy: str = ""


class _Parts(dict[str, Part]):
    """The parts of an origin file by name; one that is asked for and is not there is told with its file."""

    def __init__(self, parts: Mapping[str, Part], *, file: str) -> None:
        super().__init__(parts)
        self._file = file

    def __missing__(self, name: str) -> Part:
        raise ContractError([Problem(file=self._file, expected=f"a part [{name}]", came=listed([*self]))])


def origins(module: str) -> dict[str, Origin]:
    """Return the origin of each table of the publication in whose folder a module stands (its `__file__`)."""
    file = _where(module)
    parts = {
        name: origin_of(entries, where=f"{file} [{name}]")
        for name, entries in words(module).items()
        if "title_en" in entries and name != EVERY
    }
    return _Parts(parts, file=file)


def every_edition(module: str) -> dict[str, EveryEdition]:
    """Return for each table with such a part what is true of every edition of it."""
    parts = {name: part[EVERY_EDITION] for name, part in _own(module).items() if EVERY_EDITION in part}
    coverage = ("coverage_en", "coverage_cy")
    return {
        name: EveryEdition(
            entries={key: text for key, text in part.items() if key not in coverage},
            **{key: part[key] for key in coverage if key in part},
        )
        for name, part in parts.items()
    }


def words(module: str) -> dict[str, dict[str, str]]:
    """Return the entries of each part of a publication's origin file, with those it shares put in."""
    above = Path(module).parent.parent / PUBLISHER
    own = _own(module)
    shared = (_read(above) if above.exists() else {}) | own.get(EVERY, {})
    parts = {
        name: shared | {key: text for key, text in part.items() if key != EVERY_EDITION} for name, part in own.items()
    }
    return _Parts(parts, file=_where(module))


def origin_of(entries: Mapping[str, str], *, where: str) -> Origin:
    """Return an origin of its entries; raise naming those that are missing or that no origin has."""
    names_of_fields = {one.name for one in fields(Origin)}
    wrong = {
        "lacking": sorted(names_of_fields - set(entries) - set(MAY_BE_LEFT_OUT)),
        "unknown": sorted(set(entries) - names_of_fields),
    }
    if any(wrong.values()):
        came = "; ".join(f"{what} {', '.join(names)}" for what, names in wrong.items() if names)
        raise ContractError([Problem(file=where, expected="the entries of an origin", came=came)])
    problems = text_problems(entries, file=where)
    if problems:
        raise ContractError(problems)
    return Origin(**({"caution_en": "", "caution_cy": ""} | dict(entries)))


def _own(module: str) -> dict[str, Any]:
    """Return the parts of a publication's origin file; raise naming what stands outside of any part."""
    parts = _read(Path(module).with_name(FILE))
    loose = [name for name, part in parts.items() if not isinstance(part, dict)]
    if loose:
        expected = "every entry in a part such as [every]"
        raise ContractError([Problem(file=_where(module), expected=expected, came=f"outside of any: {listed(loose)}")])
    return parts


def _where(module: str) -> str:
    return "/".join(Path(module).with_name(FILE).parts[-4:])


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = "/".join(path.parts[-4:])
        raise ContractError([Problem(file=where, expected="TOML in UTF-8", came=str(error))]) from error
