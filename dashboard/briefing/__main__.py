"""Briefings without a browser: `python -m dashboard.briefing --place W06000015 --form pdf --lang cy`.

The awkward fact: a run at night has no one to see a half-written file, so a file appears under its name only whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from os import cpu_count
from pathlib import Path

from tqdm import tqdm

from cohesion.files import written_whole
from dashboard import queries, store
from dashboard.age import today
from dashboard.briefing import sets
from dashboard.briefing.compose import compose
from dashboard.briefing.forms import BOTH, FORMS, File, NotOfferedError, as_file, forms_of, is_bilingual, kind_of
from dashboard.briefing.kinds import BY_CODE, CHOICES
from dashboard.briefing.model import KINDS, Officer
from dashboard.i18n import LANGUAGES

FAILED, MISUSED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one file, or one for every place; 0 when all were written, 1 when one could not be, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        build = store.build_id()
        if options.trays:
            return _set(options, build=build)
        _check(options, build=build)
        return _every_place(options, build=build) if options.all else _one_place(options, build=build)
    except (NotOfferedError, queries.UnknownCodeError, ValueError) as error:
        print(error.args[0], file=sys.stderr)
        return MISUSED
    except (store.NoBuildError, OSError) as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard.briefing", description="Make briefings as files.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--place", help="the code of a place, such as W06000015")
    where.add_argument("--trays", type=Path, help="a file of briefings (TOML), into the folder named by -o")
    where.add_argument("--all", action="store_true", help="every place, into the folder named by -o")
    parser.add_argument("--form", choices=tuple(FORMS), default="pdf", help="what kind of file (default pdf)")
    parser.add_argument("--kind", choices=KINDS, help="how much it says (default: the usual for the form)")
    for choice in CHOICES:
        kinds = ", ".join(code for code in KINDS if BY_CODE[code].choice is choice)
        parser.add_argument(f"--{choice.name}", choices=choice.codes, help=f"what it is about ({kinds})")
    both = "language, or both (default): on each slide, and as two files of any other form"
    parser.add_argument("--lang", choices=(*LANGUAGES, BOTH), default=BOTH, help=both)
    parser.add_argument("-o", "--output", type=Path, default=Path(), help="the file, or the folder to put it in")
    parser.add_argument("--title", default="", help="a title of your own, for the English file")
    parser.add_argument("--introduction", default="", help="an introduction of your own, for the English file")
    parser.add_argument("--introduction-cy", default="", help="the same for the Welsh file")
    parser.add_argument("--title-cy", default="", help="the same for the Welsh file")
    parser.add_argument("--contact", default="", help="whom to ask")
    parser.add_argument("--address", default="", help="where the dashboard answers, for links between languages")
    parser.add_argument("--made", type=date.fromisoformat, default=None, help="the day it is dated (default today)")
    return parser


def _check(options: argparse.Namespace, *, build: str) -> None:
    """Refuse a place that is not offered and a form that the kind does not have, before anything is made."""
    options.kind = options.kind or kind_of(options.form)
    about = BY_CODE[options.kind].choice
    strange = [one.name for one in CHOICES if one is not about and getattr(options, one.name)]
    if strange:
        raise ValueError(f"expected no --{strange[0]} for the kind {options.kind}, which is not about one")
    options.choice = (about and getattr(options, about.name)) or ""
    if options.kind not in FORMS[options.form].kinds:
        offered = ", ".join(form.code for form in forms_of(options.kind))
        raise NotOfferedError(f"expected one of {offered} for the kind {options.kind}; came {options.form!r}")
    if options.place and options.place not in queries.places(build=build):
        names = "\n".join(f"  {code}  {_name(code, build=build)}" for code in queries.places(build=build))
        raise ValueError(f"expected the code of a place; came {options.place!r}. The places are:\n{names}")
    if options.all and options.output.is_file():
        raise ValueError(f"expected a folder to put every place's files in; came the file {options.output}")


def _name(code: str, *, build: str) -> str:
    return queries.area(code, build=build).name.text(LANGUAGES[0])


def _one_place(options: argparse.Namespace, *, build: str) -> int:
    named = None if options.output.is_dir() else _named_as_made(options)
    (file,) = _files(options.place, options, build=build, together=True)
    target = named or options.output / file.name
    written_whole(target, file.content)
    print(target)
    return 0


def _named_as_made(options: argparse.Namespace) -> Path:
    """Return the name given to one file with the end of what is made; ValueError where it ends as another form's.

    Two languages of any form but slides are a zip: "c.pdf" of both is "c.pdf.zip".
    """
    output: Path = options.output
    suffix = FORMS[options.form].suffix
    is_pair = options.lang == BOTH and not is_bilingual(options.kind, form=options.form, languages=BOTH)
    parts = suffix.split(".") if suffix.endswith("zip") or not is_pair else [suffix, "zip"]
    ending = output.suffix.lower().removeprefix(".")
    if ending == parts[-1]:
        return output
    if ending and ending != parts[0]:
        expected = " or ".join(f".{part}" for part in parts)
        raise ValueError(
            f"expected a file name that ends in {expected} for the form {options.form}; came {output.name}"
        )
    missing = parts[1:] if ending else parts
    return output.with_name(".".join((output.name, *missing)))


def _every_place(options: argparse.Namespace, *, build: str) -> int:
    """Make every place's files, two languages each unless one was asked for, and say at the end what could not be."""
    options.output.mkdir(parents=True, exist_ok=True)
    places = queries.places(build=build)
    make = partial(_into_folder, options=options, build=build)
    with ThreadPoolExecutor(cpu_count()) as workers:
        written = list(tqdm(workers.map(make, places), total=len(places), unit="place", file=sys.stderr))
    print(f"{sum(written)} files for {len(places)} places in {options.output}")
    return 0


def _set(options: argparse.Namespace, *, build: str) -> int:
    """Make all that a file of briefings asks for; nothing where any of it cannot be made."""
    every = sets.orders(options.trays, build=build)
    if options.output.is_file():
        raise ValueError(f"expected a folder to put the briefings in; came the file {options.output}")
    for note in dict.fromkeys(note for one in every for note in one.notes):
        print(f"{options.trays.name}: {note}", file=sys.stderr)
    options.output.mkdir(parents=True, exist_ok=True)
    day = options.made or today()
    progress = tqdm(every, unit="briefing", file=sys.stderr)
    files = (file for one in progress for file in sets.files(one, build=build, day=day, address=options.address))
    written = 0
    for file in sets.told_apart(files):
        written_whole(options.output / file.name, file.content)
        written += 1
    print(f"{written} files for {len(every)} briefings in {options.output}")
    return 0


def _into_folder(place: str, *, options: argparse.Namespace, build: str) -> int:
    files = list(_files(place, options, build=build, together=False))
    for file in files:
        written_whole(options.output / file.name, file.content)
    return len(files)


def _files(place: str, options: argparse.Namespace, *, build: str, together: bool) -> Iterable[File]:
    """Yield a place's files: one in the language asked for; both as two files, or `together` as one zip."""
    officer = Officer(
        title=options.title,
        title_cy=options.title_cy,
        introduction=options.introduction,
        introduction_cy=options.introduction_cy,
        contact=options.contact,
    )
    day = options.made or today()
    briefing = compose(
        kind=options.kind,
        place=place,
        build=build,
        made_on=day,
        officer=officer,
        address=options.address,
        choice=options.choice,
    )
    one = together or is_bilingual(options.kind, form=options.form, languages=options.lang)
    apart = LANGUAGES if options.lang == BOTH and not one else (options.lang,)
    yield from (as_file(briefing, form=options.form, languages=each) for each in apart)


if __name__ == "__main__":
    raise SystemExit(main())
