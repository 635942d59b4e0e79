"""The static copy: `python -m dashboard.static -o FOLDER` writes every public page as files that need no server.

The awkward fact: a crowd, a closed network and a server that is down all want the same figures. A folder of files
serves a crowd from anywhere, and reads the same as the live pages because it is made of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from dashboard import queries, store
from dashboard.age import BadDayError, today
from dashboard.i18n import LANGUAGES
from dashboard.navigation import PAGES
from dashboard.static_copy import work
from dashboard.static_copy.extent import LANGUAGE_OF, Extent
from dashboard.static_copy.folder import FolderError
from dashboard.widgets import recorded

FAILED, MISUSED = 1, 2
MB = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the copy; 0 when it is whole, 1 when it could not be made, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    recorded.quiet()
    begun = monotonic()
    try:
        extent = _extent(options)
        done = work.make(options.output, extent, processes=options.processes, tell=_tell)
    except (ValueError, BadDayError) as error:
        print(error, file=sys.stderr)
        return MISUSED
    except (FolderError, store.NoBuildError) as error:
        print(f"The copy was not finished: {error}", file=sys.stderr)
        return FAILED
    except BrokenProcessPool:
        print(
            "The copy was not finished: a process was ended, as for want of memory. Try --processes 1.", file=sys.stderr
        )
        return FAILED
    except OSError as error:
        print(f"The copy was not finished: {error}. What stood there stands; run again to go on.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Broken off: what is written stands, and the next run goes on from there.", file=sys.stderr)
        return FAILED
    _tell(
        f"Build {extent.build}: {done.pages} pages made, {done.unchanged} unchanged, {done.files} files, "
        f"{done.size / MB:.0f} MB in {options.output}, {done.removed} removed, {monotonic() - begun:.0f} s"
    )
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard.static", description="Write the dashboard as files.")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder: new, empty, or of an earlier run")
    parser.add_argument("--place", action="append", default=[], help="the code of a place; may be given several times")
    parser.add_argument("--page", action="append", default=[], help="the name of a page; may be given several times")
    parser.add_argument("--lang", action="append", default=[], help="a language; both where it is not given")
    parser.add_argument("--live", default="", help="where the live dashboard answers, for links to what only it can do")
    parser.add_argument("--address", default="", help="where the copy will stand: for its list of pages and its feeds")
    parser.add_argument("--png", action="store_true", help="a PNG of every chart too: three times as large a copy")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many work at once")
    return parser


def _extent(options: argparse.Namespace) -> Extent:
    """Return what is asked for; ValueError with what there is for an unknown place, page, language or address."""
    build = store.build_id()
    every_place = queries.places(build=build)
    if options.processes < 1:
        raise ValueError(f"--processes: expected 1 or more; came {options.processes}")
    return Extent(
        build=build,
        day=today(),
        places=_among("--place", options.place, every_place),
        pages=_among("--page", options.page, PAGES),
        languages=tuple(LANGUAGE_OF[one] for one in _among("--lang", options.lang, LANGUAGES)),
        live=_address("--live", options.live),
        address=_address("--address", options.address),
        pictures=options.png,
    )


def _among(name: str, some: Sequence[str], every: Sequence[str]) -> tuple[str, ...]:
    """Return what is asked for in the order there is, all where nothing is."""
    strange = [one for one in some if one not in every]
    if strange:
        raise ValueError(f"{name}: expected one of {', '.join(every)}; came {strange[0]!r}")
    return tuple(one for one in every if one in some or not some)


def _address(name: str, text: str) -> str:
    """Return an address without its last slash; ValueError for what is none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"{name}: expected an address such as https://trends.example.wales; came {text!r}")
    return text.rstrip("/")


if __name__ == "__main__":
    raise SystemExit(main())
