"""Bringing one file from a publisher to this machine, whole and with its origin, or not at all.

The awkward fact: a download can stop anywhere, and what comes may be an error page under the name of a workbook.
So bytes gather in `<file>.part`, which a later attempt goes on with if the publisher's file is still the same one;
only what is complete and looks like its format takes the file's place, with `<file>.origin.json` beside it.
Two downloads of one file at the same time are kept apart by whoever calls (a refresh holds a lock).
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from tqdm import tqdm

from cohesion.files import sha256_of, written_whole
from etl.contract import ContractError
from etl.fetching.addresses import FORMATS, Publication
from etl.fetching.find_release import file_name, newest
from etl.fetching.network import Client, NotAnsweredError, TryAgainError
from etl.fetching.pagination import PAGES

Progress = Callable[[int, int | None], None]  # (bytes held, bytes in all where the host said)
ZIPPED = ("ods", "xlsx", "zip")
SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What we take at most, and what it may be (`etl.fetching.addresses.FORMATS`)."""

    largest: int = 500_000_000
    formats: tuple[str, ...] = FORMATS


@dataclass(frozen=True, kw_only=True)
class Downloaded:
    """A file on this machine and where it came from; `unchanged` when we held these very bytes before.

    `released` is when the publisher's page was last made public; "" where no page says. `newer_looking` are files
    beside it that look newer and that no pattern of ours fits.
    """

    path: Path
    url: str
    sha256: str
    etag: str
    last_modified: str
    retrieved: str
    released: str
    unchanged: bool
    newer_looking: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Version:
    """Which version of a file a host gave us, in its own words."""

    url: str
    etag: str = ""
    last_modified: str = ""

    def validator(self) -> str:
        """Return what makes sure that a rest belongs to the beginning; a weak ETag does not."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


def download(
    source: Publication | str,
    *,
    to: Path,
    client: Client,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Downloaded:
    """Bring the newest file of a publication, or the file at an address, to `to` (a file, or a folder that exists).

    Raises `ContractError`, leaving what stood at `to` as it was, when the file is too large, incomplete, not in one of
    the formats, or cannot be had.
    """
    released = ""
    newer: tuple[str, ...] = ()
    url, name = (source, file_name(source)) if isinstance(source, str) else ("", "")
    if isinstance(source, Publication):
        candidate = newest(source, client=client, others=client.config.publications.values())
        url, name, released = candidate.url, candidate.filename, candidate.released
        newer = candidate.newer_looking
        limits = limits or Limits(largest=source.largest, formats=source.formats)
        name = f"{source.id}.{source.formats[0]}" if source.paged else name
    path = to / _plain(name, url=url) if to.is_dir() else to
    collect = PAGES[source.paged] if isinstance(source, Publication) and source.paged else None
    job = _Download(url=url, path=path, client=client, limits=limits or Limits(), progress=progress or _silent)
    with _disk_failures_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        downloaded = job.run_paged(collect, released=released) if collect else job.run(released=released)
    return replace(downloaded, newer_looking=newer)


def origin_path(path: Path) -> Path:
    """Return where the origin of a downloaded file lies."""
    return path.with_name(f"{path.name}.origin.json")


@contextmanager
def bar(title: str) -> Iterator[Progress]:
    """Show a progress bar on standard error while a file comes; give what `download` is to call."""
    with tqdm(desc=title, unit="B", unit_scale=True, unit_divisor=1000) as meter:

        def advance(received: int, total: int | None) -> None:
            meter.total = total
            meter.update(received - meter.n)

        yield advance


@dataclass(frozen=True, kw_only=True)
class _Download:
    """One file on its way."""

    url: str
    path: Path
    client: Client
    limits: Limits
    progress: Progress

    @property
    def part(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part")

    @property
    def part_version(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part.json")

    def run(self, *, released: str) -> Downloaded:
        version = self.client.persist(self._receive)
        if version is None:
            return self._not_modified(released=released)
        return self._keep(version, released=released)

    def run_paged(self, collect: Callable[..., bytes], *, released: str) -> Downloaded:
        """Gather a service's pages into one file; there is nothing to go on with when one is missing."""
        body = collect(self.url, client=self.client, largest=self.limits.largest, progress=self.progress)
        self.part.write_bytes(body)
        return self._keep(_Version(url=self.url), released=released)

    def _receive(self) -> _Version | None:
        """Bring what is missing of `.part`; None when the host says that the file we hold is the newest."""
        begun_bytes, headers = self._conditions()
        try:
            with self.client.stream(self.url, headers=headers) as response:
                return self._version_of(response, begun_bytes=begun_bytes, conditions=headers)
        except NotAnsweredError as error:
            if error.status != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE or not begun_bytes:
                raise
            self._forget()  # the rest we asked for is not there, so what we hold is not its beginning
            raise TryAgainError(str(error)) from error

    def _version_of(
        self, response: httpx.Response, *, begun_bytes: int, conditions: Mapping[str, str]
    ) -> _Version | None:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            if not {"If-None-Match", "If-Modified-Since"} & set(conditions):
                raise ContractError(
                    f"{self.url}: expected the file; came word that it is the one we hold, and we hold none"
                )
            return None
        version = _Version(
            url=self.url,
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
        )
        start, total = self._place(response, begun_bytes=begun_bytes, version=version)
        self.part_version.unlink(missing_ok=True)
        if "Content-Encoding" not in response.headers:  # of a packed answer no rest can be asked for
            written_whole(self.part_version, json.dumps(asdict(version)).encode())
        self._gather(response, start=start, total=total)
        return version

    def _conditions(self) -> tuple[int, dict[str, str]]:
        """Return how many bytes of the file we hold already, and the headers that ask only for what we lack."""
        begun = _read_json(self.part_version)
        if self.part.exists() and begun.get("url") == self.url:
            size, version = self.part.stat().st_size, _Version(**begun)
            if size and version.validator():
                return size, {"Range": f"bytes={size}-", "If-Range": version.validator()}
        self._forget()
        origin = _read_json(origin_path(self.path))
        if origin.get("url") != self.url or not self.path.exists() or origin.get("sha256") != sha256_of(self.path):
            return 0, {}
        conditions = {"If-None-Match": origin.get("etag"), "If-Modified-Since": origin.get("last_modified")}
        return 0, {name: value for name, value in conditions.items() if value}

    def _place(self, response: httpx.Response, *, begun_bytes: int, version: _Version) -> tuple[int, int | None]:
        """Return at which byte this answer begins, and how many the whole file has where the host says it."""
        if response.status_code != httpx.codes.PARTIAL_CONTENT:
            header = response.headers.get("Content-Length")
            return 0, int(header) if header and "Content-Encoding" not in response.headers else None
        header = response.headers.get("Content-Range", "")
        match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", header)
        begun = _Version(**_read_json(self.part_version)) if begun_bytes else version
        if match is None or int(match[1]) != begun_bytes or begun.validator() != version.validator():
            self._forget()
            raise TryAgainError(f"{self.url}: expected the file from byte {begun_bytes} on; came {header!r}")
        return begun_bytes, None if match[2] == "*" else int(match[2])

    def _gather(self, response: httpx.Response, *, start: int, total: int | None) -> None:
        """Add the answer to `.part`; what came before a lost connection stays for the next attempt."""
        received = start
        try:
            with self.part.open("ab" if start else "wb") as file:
                for chunk in self.client.chunks(response, url=self.url, largest=self.limits.largest, before=start):
                    file.write(chunk)
                    received += len(chunk)
                    self.progress(received, total)
        except httpx.TransportError as error:
            raise TryAgainError(f"{self.url}: expected {_bytes(total)}; came {received:,}, then {error}") from error
        except (ContractError, OSError):  # too much, or no room for it
            self._forget()
            raise
        if total is not None and received != total:
            self._forget()
            raise TryAgainError(f"{self.url}: expected {_bytes(total)}; came {received:,}")

    def _keep(self, version: _Version, *, released: str) -> Downloaded:
        """Put the complete `.part` in the file's place, its origin beside it."""
        try:
            _sniff(self.part, url=self.url, formats=self.limits.formats)
        except ContractError:
            self._forget()
            raise
        digest = sha256_of(self.part)
        unchanged = self.path.exists() and sha256_of(self.path) == digest
        self.part.replace(self.path)
        self._forget()
        return self._noted(version, digest=digest, released=released, unchanged=unchanged)

    def _not_modified(self, *, released: str) -> Downloaded:
        origin = _read_json(origin_path(self.path))
        version = _Version(url=self.url, etag=origin["etag"], last_modified=origin["last_modified"])
        return self._noted(version, digest=origin["sha256"], released=released, unchanged=True)

    def _noted(self, version: _Version, *, digest: str, released: str, unchanged: bool) -> Downloaded:
        """Write the origin; a file that did not change keeps the day on which it was first retrieved."""
        before = _read_json(origin_path(self.path))
        before = before if unchanged and before.get("sha256") == digest else {}
        origin = {
            **asdict(version),
            "sha256": digest,
            "retrieved": before.get("retrieved") or datetime.now(UTC).isoformat(timespec="seconds"),
            "released": released or before.get("released", ""),
        }
        written_whole(origin_path(self.path), f"{json.dumps(origin, indent=2)}\n".encode())
        return Downloaded(path=self.path, unchanged=unchanged, **origin)

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.part_version.unlink(missing_ok=True)


def _sniff(path: Path, *, url: str, formats: tuple[str, ...]) -> None:
    """Raise `ContractError` unless a file's bytes are those of one of the formats; what it holds is for its reader."""
    with path.open("rb") as file:
        first = file.read(512)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_zip, is_markup = first.startswith(b"PK\x03\x04"), start.startswith(b"<")
    if is_zip and set(formats) & set(ZIPPED):
        if not zipfile.is_zipfile(path):
            raise ContractError(f"{url}: expected a whole {_either(formats)}; came one without its end (truncated)")
        return
    text = bool(start) and not is_markup and b"\0" not in first
    if text and ("csv" in formats or ("json" in formats and start[:1] in b"{[")):
        return
    what = "a web page" if b"<html" in start[: SHOWN * 4].lower() else "something else"
    raise ContractError(f"{url}: expected {_either(formats)}; came {what}, beginning {first[:SHOWN]!r}")


def _either(formats: tuple[str, ...]) -> str:
    return " or ".join(formats)


def _bytes(total: int | None) -> str:
    return "the whole file" if total is None else f"{total:,} bytes"


def _plain(name: str, *, url: str) -> str:
    """Return a name that is only a name, whatever the publisher's address says."""
    if not name or name.startswith(".") or re.search(r"[/\\:\0]", name):
        raise ContractError(f"{url}: expected an address that ends in a file name; came {name!r}")
    return name


def _read_json(path: Path) -> dict[str, Any]:
    """Return what a note beside a file says; nothing when there is none or it was cut short."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


@contextmanager
def _disk_failures_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ContractError(f"{path.name}: expected to write it to the disk; came {error.strerror or error}") from error


def _silent(_received: int, _total: int | None) -> None:
    """Show nothing."""
