"""Where each publication is and how its host wants to be asked: each `source.toml`, and `network.toml` for them all.

The awkward fact: publishers move pages and rename files, so nothing of this is code. A change is a line of
configuration, and an entry that does not make sense is refused when it is read, not at the third download.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from etl.contract import ContractError, Problem

NETWORK = Path(__file__).with_name("network.toml")
PUBLICATIONS = Path(__file__).parents[1] / "publications"
SOURCE = "source.toml"  # in a publication's folder
FORMATS = ("ods", "xlsx", "zip", "json", "csv")
PAGED = ("", "arcgis", "statswales")


@dataclass(frozen=True, kw_only=True)
class Host:
    """A host we may ask, or be sent on to; `user_agent` where it wants another than the project's own."""

    name: str
    user_agent: str = ""
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How we behave on the network: who we say we are, how long we wait, how often we ask again, when we stop."""

    user_agent: str
    connect_seconds: float = 10
    read_seconds: float = 60
    attempts: int = 5
    first_wait_seconds: float = 1
    longest_wait_seconds: float = 60
    download_seconds: float = 3600
    redirects: int = 5
    page_bytes: int = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One file that a publisher brings out again and again; the fields are told at the top of `network.toml`."""

    id: str
    title: str
    formats: tuple[str, ...]
    largest: int
    datasets: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    release: str = ""
    files: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    years_back: int = 0
    month: int = 12
    paged: str = ""
    verified: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Config:
    """How to behave, whom to ask, and every publication."""

    manners: Manners
    hosts: Mapping[str, Host]
    publications: Mapping[str, Publication] = field(default_factory=lambda: MappingProxyType({}))

    def publication(self, name: str) -> Publication:
        """Return the publication called `name`, or the one that feeds the dataset of that name."""
        if name in self.publications:
            return self.publications[name]
        for publication in self.publications.values():
            if name in publication.datasets:
                return publication
        raise ContractError(f"expected a publication or one of its datasets; came {name!r}")


def read_config(publications: Path = PUBLICATIONS, *, network: Path = NETWORK) -> Config:
    """Read how to behave, and each publication's `source.toml`; raise `ContractError` with every senseless entry."""
    files = sorted(publications.glob(f"*/*/{SOURCE}"))
    read = [(publication, _where(file)) for file in files for publication in _publications(file)]
    problems = [problem for publication, where in read for problem in _problems(publication, file=where)]
    ids = [publication.id for publication, _ in read]
    repeated = sorted({(id_, where) for (one, where) in read if ids.count(id_ := one.id) > 1})
    problems += [Problem(file=where, expected="each id once", came=id_) for id_, where in repeated]
    if problems:
        raise ContractError(problems)
    with _in_words(network.name):
        content = tomllib.loads(network.read_text(encoding="utf-8"))
        hosts = [Host(**entry) for entry in content["hosts"]]
        manners = Manners(**content["network"])
    return Config(
        manners=manners,
        hosts=MappingProxyType({host.name: host for host in hosts}),
        publications=MappingProxyType({publication.id: publication for publication, _ in read}),
    )


def _publications(file: Path) -> list[Publication]:
    with _in_words(_where(file)):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return [Publication(**entry) for whole in content["publications"] for entry in _parts(whole)]


def _where(file: Path) -> str:
    return "/".join(file.parts[-3:])


@contextmanager
def _in_words(where: str) -> Iterator[None]:
    try:
        yield
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        expected = "the entries told at the top of etl/fetching/network.toml"
        raise ContractError([Problem(file=where, expected=expected, came=str(error))]) from error


def _parts(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the entry once, or once for each of its parts with the part's name put in."""
    whole = dict(entry)
    for part in whole.pop("parts", [""]):
        yield {key: _put_in(value, part=part) for key, value in whole.items()}


def _put_in(value: Any, *, part: str) -> Any:
    if isinstance(value, dict):
        return tuple(value.get(part, ()))
    if isinstance(value, list):
        return tuple(_put_in(item, part=part) for item in value)
    return value.replace("{part}", part) if isinstance(value, str) else value


def _problems(publication: Publication, *, file: str) -> list[Problem]:
    checks = {
        "pages or urls, and not both": bool(publication.pages) != bool(publication.urls),
        "files to look for on its pages": bool(publication.files) or not publication.pages,
        f"formats among {', '.join(FORMATS)}": bool(publication.formats) and {*publication.formats} <= {*FORMATS},
        "paged as arcgis or statswales": publication.paged in PAGED,
        "a largest size above 0": publication.largest > 0,
        "https addresses": all(url.startswith("https://") for url in publication.urls),
        "patterns that are regular expressions": all(map(_compiles, (*publication.files, publication.release))),
    }
    return [
        Problem(file=file, expected=f"for {publication.id} {rule}", came="something else")
        for rule, is_kept in checks.items()
        if not is_kept
    ]


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
