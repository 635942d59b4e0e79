"""What changed in words and bytes between two checkouts: `python benchmarks/same.py OLD NEW`.

Each checkout says by itself, in a process of its own, every message, page, block, chart and file it makes for a few
places in both languages; the two folders are then compared part by part, zips from the inside.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

PLACES = ("W92000004", "W06000015", "W06000024", "XCAV")  # Wales, Cardiff, a place with small numbers, a pair
MADE = date(2026, 11, 25)
BESIDE, SINCE = "W92000004,W06000011", "2026-06-01"  # on a second look at each page
WIDTHS = (330, 700)  # pixels of a chart on a telephone and across a page
STAMP = re.compile(rb"<dcterms:(?:created|modified)[^>]*>[^<]*")  # a workbook of the page remembers its second
WORDS = ("code", "title", "subtitle", "chips", "alt", "sentence", "age", "table", "sources", "config")
MOST_LINES = 12  # of one part's differences


def main() -> int:
    """Print what differs between two checkouts and return 1, or say that nothing does and return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkouts", nargs="*", type=Path, metavar="CHECKOUT", help="old and new")
    parser.add_argument("--say", type=Path, metavar="FOLDER", help="write what this folder's checkout says, and stop")
    options = parser.parse_args()
    if options.say:
        _say(options.say)
        return 0
    if len(options.checkouts) != 2:
        parser.error(f"expected an old and a new checkout; came {len(options.checkouts)} paths")
    with TemporaryDirectory() as scratch:
        old, new = (
            _folder_of(one, Path(scratch) / name) for one, name in zip(options.checkouts, ("old", "new"), strict=True)
        )
        return _compared(old, new)


def _folder_of(checkout: Path, folder: Path) -> Path:
    """Return the folder of what a checkout says: its own where it is no checkout but such a folder already."""
    if not (checkout / "dashboard").is_dir():
        return checkout
    own = checkout.resolve() / "benchmarks" / "same.py"  # which knows the names that its checkout has
    command = [sys.executable, str(own if own.exists() else Path(__file__).resolve()), "--say", str(folder)]
    subprocess.run(
        command, check=True, cwd=checkout, env=os.environ | {"COHESION_TODAY": MADE.isoformat(), "PYTHONHASHSEED": "0"}
    )
    return folder


def _compared(old: Path, new: Path) -> int:
    before, after = dict(_parts(old)), dict(_parts(new))
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in names:
        print(f"\n## {name}\n{_difference(before.get(name), after.get(name))}")
    print(f"\n{len(before)} parts before, {len(after)} after; {len(names)} differ")
    return bool(names)


def _parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _inside(str(path.relative_to(folder)), path.read_bytes())


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, or what is in it where it is a zip, and in the zips inside it."""
    if not is_zipfile(BytesIO(content)):
        yield name, _plain_html(content) if name.endswith(".page.html") else STAMP.sub(b"", content)
        return
    with ZipFile(BytesIO(content)) as whole:
        for part in whole.namelist():
            yield from _inside(f"{name}/{part}", whole.read(part))


def _plain_html(page: bytes) -> bytes:
    """Return a page with each quotation mark written in one way, and no space that no reader sees."""
    for written, same in ((b"&#x27;", b"&#39;"), (b"&quot;", b"&#34;")):
        page = page.replace(written, same)
    return re.sub(rb">\s+<", b"><", page)


def _difference(before: bytes | None, after: bytes | None) -> str:
    if before is None or after is None:
        return "only after" if before is None else "only before"
    try:
        texts = [part.decode().replace("><", ">\n<").splitlines() for part in (before, after)]
    except UnicodeDecodeError:
        return f"{len(before):,} bytes before, {len(after):,} after"
    lines = [one for one in unified_diff(*texts, n=0, lineterm="") if not one.startswith(("---", "+++", "@@"))]
    more = [f"… and {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*(one[:240] for one in lines[:MOST_LINES]), *more])


def _say(folder: Path) -> None:
    """Write everything the checkout in the working folder says."""
    sys.path[0] = str(Path.cwd())
    from dashboard import store  # noqa: PLC0415 - of the checkout that is asked
    from dashboard.i18n import LANGUAGES  # noqa: PLC0415

    build = store.build_id()
    for place in PLACES:
        for lang in LANGUAGES:
            _say_page(folder / place / lang, place=place, lang=lang, build=build)
            if place in PLACES[1:3]:
                _say_html(folder / place / lang, place=place, lang=lang)
        _say_files(folder / place / "files", place=place, build=build)


def _say_page(folder: Path, *, place: str, lang: str, build: str) -> None:
    from dashboard import queries  # noqa: PLC0415
    from dashboard.charts.svg import svg  # noqa: PLC0415
    from dashboard.downloads import csv_bytes  # noqa: PLC0415
    from dashboard.figure import Figure, View  # noqa: PLC0415
    from dashboard.figures.catalogue import with_usual  # noqa: PLC0415
    from dashboard.files import FORMS  # noqa: PLC0415
    from dashboard.findings import messages  # noqa: PLC0415
    from tests.every_block import every_block  # noqa: PLC0415

    view = View(place=queries.area(place, build=build), lang=lang, build=build)
    lines = [f"{m.rule}: {m.text(lang)} | {' | '.join(m.note_texts(lang))}" for m in messages(view)]
    _write(folder / "messages.txt", "\n".join(lines))
    for name, make in every_block().items():
        block = make(view)
        if not isinstance(block, Figure):
            _write(folder / f"{name}.words.txt", repr(block))
            continue
        words = {key: value for key, value in asdict(block).items() if key in WORDS}
        words["caveats"] = getattr(block, "caveat_texts", block.caveats)
        _write(folder / f"{name}.words.json", json.dumps(words, indent=1, default=str, ensure_ascii=False))
        _write(folder / f"{name}.plotly.json", json.dumps(block.plot, indent=1, default=str, ensure_ascii=False))
        for width in WIDTHS:
            _write(folder / f"{name}.{width}.svg", svg(block.drawing, width=width))
        _write(folder / f"{name}.csv", csv_bytes(block, lang=lang))
        if place == PLACES[1]:
            file = FORMS["xlsx"].make(block, with_usual(block.code, view))
            _write(folder / f"{name}.xlsx", file)


def _say_html(folder: Path, *, place: str, lang: str) -> None:
    """Write the HTML of every page as Streamlit is given it, without a browser."""
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    from tests.said import html  # noqa: PLC0415

    for page in sorted(Path("pages").glob("*.py")):
        for beside in ("", BESIDE):
            session = AppTest.from_file(str(Path("dashboard/main.py").resolve()), default_timeout=60)
            for name, value in {"place": place, "lang": lang, "with": beside, "since": SINCE if beside else ""}.items():
                session.query_params[name] = value
            session.switch_page(f"../pages/{page.name}").run()
            _write(folder / f"{page.stem}{'.beside' * bool(beside)}.page.html", html(session))


def _say_files(folder: Path, *, place: str, build: str) -> None:
    from dashboard.briefing.compose import compose  # noqa: PLC0415
    from dashboard.briefing.forms import FORMS, as_file  # noqa: PLC0415
    from dashboard.i18n import LANGUAGES  # noqa: PLC0415

    for form in FORMS.values():
        for kind in (one for one in form.kinds if one != "mine"):  # an officer's own, of whatever is put into it
            briefing = compose(kind=kind, place=place, build=build, made_on=MADE)
            for lang in LANGUAGES:
                file = as_file(briefing, form=form.code, languages=lang)
                _write(folder / f"{kind}.{form.code}.{lang}", file.content)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    sys.exit(main())
