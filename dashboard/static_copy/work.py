"""Making a copy: which pages have to be made, by several processes, and what is gone.

The awkward fact: a run is broken off, by a full disk or by hand. So a page counts as made when its place is whole and
written down, and the next run goes on from there.
"""

from __future__ import annotations

import json
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from time import monotonic

from dashboard import queries, store
from dashboard.i18n import LANGUAGES
from dashboard.navigation import PAGES
from dashboard.static_copy import documents, folder, site
from dashboard.static_copy.extent import Extent, Spot, every_spot
from dashboard.static_copy.folder import FolderError, Listing, Page
from dashboard.widgets import recorded

ROOT = Path(__file__).parents[2]
CODE = ("cohesion", "dashboard", "pages")  # what a page is made of, besides its build
SITE = "site"  # what is of no place


@dataclass(frozen=True, kw_only=True)
class RunTotals:
    """What a run came to: pages made anew and left as they were, all files and their bytes, and files removed."""

    pages: int
    unchanged: int
    files: int
    size: int
    removed: int


def make(target: Path, extent: Extent, *, processes: int, tell: Callable[[str], None]) -> RunTotals:
    """Make a copy, or bring one up to date; `FolderError` and `OSError` leave what stands there as it is."""
    listed = folder.read(target)
    if listed:
        _refuse_narrower(listed, extent, target)
    with folder.locked(target):
        listed = listed or Listing(holds={})
        listed.holds, listed.build = _holds(extent), extent.build
        folder.write(target, listed)
        spots = tuple(every_spot(extent))
        code = _code()
        digests = {spot: _digest(spot, extent, code=code) for spot in spots}
        missing = [spot for spot in spots if not _is_made(target, listed.pages.get(spot.path), digests[spot])]
        _make_places(target, extent, missing, digests, listed, processes=processes, tell=tell)
        listed.pages[SITE] = Page(of="", files=folder.put(target, site.files(extent)))
        before = listed.files
        listed.pages = {path: listed.pages[path] for path in (*(spot.path for spot in spots), SITE)}
        removed = folder.remove(target, before.keys() - listed.files.keys())
        folder.write(target, listed)
    files = listed.files
    return RunTotals(
        pages=len(missing),
        unchanged=len(spots) - len(missing),
        files=len(files),
        size=sum(files.values()),
        removed=removed,
    )


def _make_places(
    target: Path,
    extent: Extent,
    missing: Sequence[Spot],
    digests: dict[Spot, str],
    listed: Listing,
    *,
    processes: int,
    tell: Callable[[str], None],
) -> None:
    """Make the missing pages, a place at a time in each process, and write down each place that is whole."""
    of_place: dict[str, list[Spot]] = defaultdict(list)
    for spot in missing:
        of_place[spot.place].append(spot)
    begun = monotonic()
    for at, (place, pages) in enumerate(_places_made(target, extent, of_place, processes=processes), start=1):
        before = {path for spot in of_place[place] for path in _files(listed, spot)}
        listed.pages |= {spot.path: Page(of=digests[spot], files=pages[spot]) for spot in of_place[place]}
        folder.remove(target, before - listed.files.keys())
        folder.write(target, listed)
        name = queries.area(place, build=extent.build).name.text(LANGUAGES[0])
        count = f"{len(pages)} pages, {sum(map(len, pages.values()))} files"
        tell(f"{at} of {len(of_place)}: {name}, {count}, {monotonic() - begun:.0f} s since the start")


def _files(listed: Listing, spot: Spot) -> Iterable[str]:
    return listed.pages[spot.path].files if spot.path in listed.pages else ()


Places = Iterator[tuple[str, dict[Spot, dict[str, int]]]]


def _places_made(target: Path, extent: Extent, of_place: dict[str, list[Spot]], *, processes: int) -> Places:
    """Yield each place with the files of its pages, as it is done."""
    make_one = partial(make_place, target, extent)
    if processes == 1 or len(of_place) < 2:
        yield from ((place, make_one(spots)) for place, spots in of_place.items())
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_alone) as pool:
        waiting = {pool.submit(make_one, spots): place for place, spots in of_place.items()}
        try:
            for one in as_completed(waiting):
                yield waiting[one], one.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _alone() -> None:
    """Leave it to the one who began the work to say that it was broken off, say nothing else, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    recorded.quiet()
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    """End when the process that began the work has, however it did: nobody would write down what is made."""
    if parent is not None:
        parent.join()
        os._exit(1)


def make_place(target: Path, extent: Extent, spots: Sequence[Spot]) -> dict[Spot, dict[str, int]]:
    """Make some pages of one place and write their files; return the bytes of each."""
    pages = {spot: folder.put(target, documents.page(spot, extent)) for spot in spots}
    if store.build_id() != extent.build:
        raise FolderError(f"expected build {extent.build} until the end; {store.build_id()} came on show: run again")
    return pages


def _is_made(target: Path, page: Page | None, of: str) -> bool:
    return page is not None and page.of == of and folder.stands(target, page)


def _digest(spot: Spot, extent: Extent, *, code: str) -> str:
    """Return what a page is made of: the code, the build and the day, what the copy holds, and the page itself."""
    parts = {**asdict(spot), **{name: str(value) for name, value in vars(extent).items()}, "code": code}
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _code() -> str:
    """Return a digest of all that a page is made with."""
    whole = sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(path for name in CODE for path in (ROOT / name).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _holds(extent: Extent) -> dict[str, list[str]]:
    return {"places": list(extent.places), "pages": list(extent.pages), "languages": list(extent.languages)}


def _refuse_narrower(listed: Listing, extent: Extent, target: Path) -> None:
    """Refuse to make of a copy one that holds less because somebody asked for less; what the build lost may go."""
    of_build = {*queries.places(build=extent.build), *LANGUAGES, *PAGES}
    now = _holds(extent)
    lost = [one for name, codes in listed.holds.items() for one in codes if one in of_build and one not in now[name]]
    if lost:
        raise FolderError(f"expected to make all that {target} holds; {', '.join(lost)} would go: give another folder")
