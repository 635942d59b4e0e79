"""Where a tidy table comes from: the `.toml` that lies beside each `.csv`.

The awkward fact: several of our files are public copies, not the publisher's own file, and some
figures were typed from a published text. The grade says which, and the reader always sees it:
A the official file; B an official table re-saved by others; C official figures reshaped by others'
code; T typed from a published text.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import tomli_w

from cohesion.vocabulary import GRADES, STATUSES
from etl.contract import ContractError, Problem

VINTAGES = ("current", "superseded")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """One edition of one publication, in both languages, as the reader will see it cited.

    Tables that share a `line` were checked to agree where they overlap, so their figures may stand on one
    line of a chart; a table without one may be joined to no other. `table_code` is what the publisher lists a table
    under and a reader looks for ("Asy_D11"), where the name of the publication alone would not lead there.
    """

    publisher_en: str
    publisher_cy: str
    title_en: str
    title_cy: str
    edition: str
    edition_cy: str
    released: str
    url: str
    licence: str
    grade: str
    status: str
    counts_en: str
    counts_cy: str
    coverage_en: str
    coverage_cy: str
    caution_en: str
    caution_cy: str
    checked_en: str
    checked_cy: str
    vintage: str = "current"
    line: str = ""
    table_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Retrieval:
    """The very file a table was read from: its name, SHA-256 and the day it was read."""

    file: str
    sha256: str
    retrieved: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a command wrote into a table: its number of rows, and the SHA-256 of its text with plain line ends."""

    rows: int
    table_sha256: str


OGL = "Open Government Licence v3.0"


def retrieval_of(*paths: Path, previous: Path) -> Retrieval:
    """Describe one or more files; the day is kept from `previous` (an origin file) while the content is the same."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    day = date.today().isoformat()
    if previous.exists():
        old = tomllib.loads(previous.read_text(encoding="utf-8")).get("retrieval", {})
        if old.get("sha256") == digest:
            day = str(old["retrieved"])
    return Retrieval(file=", ".join(path.name for path in paths), sha256=digest, retrieved=day)


def content_of(table: bytes) -> Content:
    """Describe a table's text: a file whose text is another was changed by hand, or cut."""
    text = table.replace(b"\r\n", b"\n")
    return Content(rows=max(text.count(b"\n") - 1, 0), table_sha256=hashlib.sha256(text).hexdigest())


def origin_text(
    origin: Origin, *, retrieval: Retrieval, table: bytes, apart: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return the TOML text of the origin file of `table`, the very bytes that stand beside it.

    `apart` are the codes and names of places that the file counts and areas.csv does not have.
    """
    parts: dict[str, Mapping[str, object]] = {"origin": asdict(origin), "retrieval": asdict(retrieval)}
    parts |= {"apart": dict(apart)} if apart else {}
    return tomli_w.dumps(parts | {"table": asdict(content_of(table))}, multiline_strings=False)


def read_origin(path: Path) -> dict[str, str]:
    """Read an origin file flat; raise `ContractError` with every missing or unknown entry."""
    if not path.exists():
        raise ContractError([Problem(file=path.name, expected="an origin file beside the table", came="no file")])
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractError([Problem(file=path.name, expected="TOML in UTF-8", came=str(error))]) from error
    parts = [content.get(name) for name in ("origin", "retrieval", "table")]
    flat = {k: str(v) for part in parts if isinstance(part, dict) for k, v in part.items()}
    problems = _origin_problems(flat, file=path.name)
    if problems:
        raise ContractError(problems)
    return flat


def _origin_problems(flat: dict[str, str], *, file: str) -> list[Problem]:
    names = [f.name for part in (Origin, Retrieval, Content) for f in fields(part)]
    may_be_empty = {"caution_en", "caution_cy", "vintage", "line", "table_code"}
    problems = [
        Problem(file=file, expected=f"an entry '{name}'", came="nothing")
        for name in names
        if not flat.get(name) and name not in may_be_empty
    ]
    for name, allowed in (("grade", GRADES), ("status", STATUSES), ("vintage", VINTAGES)):
        if flat.get(name) and flat[name] not in allowed:
            problems.append(Problem(file=file, expected=f"{name} one of {', '.join(allowed)}", came=flat[name]))
    for name, is_right, expected in (
        ("released", _is_day_or_so, "released as a day such as 2026-07-23, or its month or year"),
        ("retrieved", _is_day, "retrieved as a day such as 2026-07-23"),
    ):
        if flat.get(name) and not is_right(flat[name]):
            problems.append(Problem(file=file, expected=expected, came=repr(flat[name])))
    code = flat.get("table_code", "")
    problems += [
        Problem(file=file, expected=f"table_code {code} in {name}, as its publisher writes it", came=repr(flat[name]))
        for name in ("title_en", "title_cy")
        if flat.get(name) and code not in flat[name]
    ]
    return [*problems, *text_problems(flat, file=file)]


def text_problems(entries: Mapping[str, object], *, file: str) -> list[Problem]:
    """Return the entries that are no text, and an address that leads elsewhere than to a public web page.

    An address stands in a link on every page: one of another kind would run or open what no reader asked for.
    """
    problems = [
        Problem(file=file, expected=f"{name} as text in quotes", came=repr(text))
        for name, text in entries.items()
        if not isinstance(text, str)
    ]
    url = entries.get("url")
    if isinstance(url, str) and url and not _is_public_address(url):
        problems.append(Problem(file=file, expected="url as a public address, https://www.gov.uk/…", came=repr(url)))
    return problems


def _is_public_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username and text.isprintable()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_day_or_so(text: str) -> bool:
    """Say whether this is a day, or a month or year where no more is known ("2016-10", "2022")."""
    return _is_day(f"{text}{'-01-01'[len(text) - 4 :]}" if 4 <= len(text) < 10 else text)
