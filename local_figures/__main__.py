"""`python -m local_figures`: templates out, files in, editions approved and shown, from a terminal.

The awkward fact: on this computer there is no sign-in, so whoever can read `data/local/` is who they say they are; the
audit table still wants a name.
"""

from __future__ import annotations

import argparse
import csv
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from cohesion.files import written_whole
from dashboard.i18n import LANGUAGES, Language, t
from local_figures import door, places
from local_figures.checking.cells import Place
from local_figures.checking.check import Checked, check
from local_figures.checking.marked import marked_bytes
from local_figures.checking.problems import UnreadableError
from local_figures.checking.reading import read_file
from local_figures.store import backup, editions
from local_figures.store.editions import Act, RefusedError
from local_figures.store.engine import Store, StoreError, open_store
from local_figures.store.schema import LEVELS
from local_figures.tabulate import WEEKLY
from local_figures.templates import files, lists_of_pages, templates

Options = argparse.Namespace
NO_SIGN_IN = "local"


class StoppedError(Exception):
    """A sentence that ends the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one command and return 0, or say in one sentence why not and return 1."""
    options = _parser().parse_args(arguments)
    lang: Language = options.lang
    try:
        COMMANDS[options.command](options)
    except UnreadableError as error:
        sentence = error.problem.text(lang=lang)
    except RefusedError as error:
        sentence = t(error.key, lang=lang, **error.values)
    except StoreError as error:
        sentence = t(error.key, lang=lang, kind=error.kind)
    except OSError:
        sentence = t("local.say.no_file", lang=lang)
    except StoppedError as error:
        sentence = str(error)
    else:
        return 0
    print(sentence, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local_figures", description=__doc__.splitlines()[0])
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=(command.__doc__ or "").splitlines()[0])
        one.add_argument("--workspace", default=NO_SIGN_IN)
        one.add_argument("--who", default=getpass.getuser())
        if name in ("check", "upload"):
            one.add_argument("file", type=Path)
            one.add_argument("--marked", type=Path, help="where to write the file with its errors marked")
            one.add_argument("--answered", action="store_true", help="every warning was answered")
        if name in ("check", "upload", "show", "approve", "level", "withdraw", "preview", "forget"):
            every = {**templates(), **lists_of_pages()} if name in ("withdraw", "forget") else templates()
            one.add_argument("--template", choices=list(every), required=name != "forget")
        if name in ("approve", "level", "withdraw", "preview", "forget"):
            one.add_argument("--edition", type=int, required=name != "forget")
        if name == "close":
            one.add_argument("--sure", action="store_true", required=True, help="it cannot be undone")
        if name in ("templates", "backup", "restore"):
            one.add_argument("to", type=Path)
        if name in ("show", "approve", "level"):
            one.add_argument(
                "--level",
                choices=LEVELS,
                default=None if name == "level" else LEVELS[0],
                required=name == "level",
                help="who may see it",
            )
        if name == "open":
            one.add_argument("--areas", required=True, help="codes of authorities, between commas")
            one.add_argument("--keep-days", type=int, default=editions.KEEP_DAYS)
        if name in ("member", "leave"):
            one.add_argument("person")
        if name == "member":
            one.add_argument("role")
    return parser


def _templates(options: Options) -> None:
    """Write every template as CSV, XLSX in both languages, CSVW and an example."""
    for key, template in templates().items():
        contents = {
            f"{key}.csv": files.csv_bytes(template),
            f"{key}.example.csv": files.example_bytes(template),
            f"{key}.csv-metadata.json": files.csvw_bytes(template),
            **{f"{key}.{lang}.xlsx": files.xlsx_bytes(template, lang=lang) for lang in LANGUAGES},
        }
        with _written_to(options.to, options.lang):
            options.to.mkdir(parents=True, exist_ok=True)
            for name, content in contents.items():
                (options.to / name).write_bytes(content)
    print(t("local.say.written", lang=options.lang, file=options.to))


def _open(options: Options) -> None:
    """Open a workspace for some authorities, with you as its first approver."""
    codes = [code.strip() for code in options.areas.split(",") if code.strip()]
    strange = [code for code in codes if code not in places.authorities()]
    if strange or not codes:
        raise StoppedError(t("local.say.no_areas", lang=options.lang, came=", ".join(strange)[:60] or "–"))
    editions.open_workspace(open_store(), _act(options), areas=codes, keep_days=options.keep_days)
    print(t("local.say.opened", lang=options.lang))


def _check(options: Options) -> None:
    """Check a file against its template and keep nothing."""
    store = open_store()
    checked = _checked(options, store)
    print(t("local.say.ready", lang=options.lang, rows=f"{len(checked.lines):,}"))


def _upload(options: Options) -> None:
    """Check a file and keep it as a draft."""
    store = open_store()
    checked = _checked(options, store)
    number = editions.upload(store, _act(options), template=options.template, lines=checked.lines)
    print(t("local.say.kept", lang=options.lang, number=number))
    if checked.template.may_be_shown:
        _report(options, store, number)


def _preview(options: Options) -> None:
    """Print what would be shown of a draft, and what it changes beside the edition on show."""
    _report(options, open_store(), options.edition, whole=True)


def _approve(options: Options) -> None:
    """Put a draft on show, as control leaves it, for the workspace, its partners or anyone."""
    door.approve(open_store(), _act(options), options.template, options.edition, level=options.level)
    print(t("local.say.approved", lang=options.lang, number=options.edition))
    _say_level(options.level, options.lang)


def _level(options: Options) -> None:
    """Let an approved edition be seen by more or by fewer."""
    edition = {"template": options.template, "number": options.edition}
    editions.set_level(open_store(), _act(options), level=options.level, **edition)
    _say_level(options.level, options.lang)


def _say_whole(edition: door.Disclosure, lang: Language) -> None:
    if edition.whole:
        print(t("local.say.whole", lang=lang, n=edition.whole), file=sys.stderr)


def _say_level(level: str, lang: Language) -> None:
    print(t(f"own.mark.{level}", lang=lang), file=sys.stderr)  # a table that is printed may be going into a file


def _withdraw(options: Options) -> None:
    """Take an edition off show."""
    editions.withdraw(open_store(), _act(options), template=options.template, number=options.edition)
    print(t("local.say.withdrawn", lang=options.lang, number=options.edition))


def _show(options: Options) -> None:
    """Print the edition on show for you, or for those of a level, controlled, as CSV."""
    edition = door.show(open_store(), _act(options), options.template, level=options.level)
    if edition is None:
        raise StoppedError(t("local.say.nothing", lang=options.lang))
    _print(edition, options.lang)
    _say_whole(edition, options.lang)
    _say_level(edition.level, options.lang)


def _member(options: Options) -> None:
    """Give a person a role: reader, editor, approver or partner."""
    editions.set_role(open_store(), _act(options), person=options.person, role=options.role)
    print(t("local.say.role", lang=options.lang))


def _leave(options: Options) -> None:
    """Take a person's role away."""
    editions.take_role(open_store(), _act(options), person=options.person)
    print(t("local.say.role_taken", lang=options.lang))


def _close(options: Options) -> None:
    """Delete the workspace with everything in it, the audit table too."""
    editions.close_workspace(open_store(), _act(options))
    print(t("local.say.closed", lang=options.lang))


def _history(options: Options) -> None:
    """Print the audit table."""
    for entry in editions.history(open_store(), _act(options)):
        print("\t".join("" if cell is None else str(cell) for cell in entry))


def _backup(options: Options) -> None:
    """Write the workspace to a file."""
    with _written_to(options.to.parent, options.lang):
        leftovers = backup.backup(open_store(), _act(options), options.to)
    print(t("local.say.backed_up", lang=options.lang))
    if leftovers:
        print(t("local.say.swept", lang=options.lang, n=leftovers))


def _restore(options: Options) -> None:
    """Bring a workspace back from its file."""
    if not options.to.is_file():
        raise StoppedError(t("local.say.no_file", lang=options.lang))
    print(t("local.say.restored", lang=options.lang, n=backup.restore(open_store(), _act(options), options.to)))


def _forget(options: Options) -> None:
    """Delete an edition; without one, every edition older than the workspace keeps them."""
    one = (options.template, options.edition)
    if (one[0] is None) != (one[1] is None):
        raise StoppedError(t("local.say.one_edition", lang=options.lang))
    store, act = open_store(), _act(options)
    if one[0] is None:
        deleted = editions.forget_the_old(store, act)
    else:
        editions.forget(store, act, template=options.template, number=options.edition)
        deleted = 1
    print(t("local.say.forgotten", lang=options.lang, n=deleted))


COMMANDS: dict[str, Callable[[Options], None]] = {
    "templates": _templates,
    "open": _open,
    "member": _member,
    "check": _check,
    "upload": _upload,
    "preview": _preview,
    "approve": _approve,
    "level": _level,
    "withdraw": _withdraw,
    "show": _show,
    "leave": _leave,
    "history": _history,
    "backup": _backup,
    "restore": _restore,
    "forget": _forget,
    "close": _close,
}


@contextmanager
def _written_to(folder: Path, lang: Language) -> Iterator[None]:
    """Name the folder in the sentence when nothing can be written to it."""
    try:
        yield
    except OSError:
        raise StoppedError(t("local.say.no_folder", lang=lang, folder=folder)) from None


def _act(options: Options) -> Act:
    return Act(workspace=options.workspace, who=options.who, now=datetime.now(UTC))


def _checked(options: Options, store: Store) -> Checked:
    """Return a checked file with nothing left to put right or to answer; print what is, and end."""
    if options.marked and _is_same_file(options.marked, options.file):
        raise StoppedError(t("local.say.marked_is_file", lang=options.lang))
    place = Place(today=date.today(), areas=editions.areas(store, _act(options)))
    template = templates()[options.template]
    checked = check(read_file(options.file), template, place, place_words=places.words_of_places())
    for problem in (*checked.errors, *checked.warnings):
        print(problem.text(lang=options.lang))
    for sentence in checked.more_like(lang=options.lang):
        print(sentence)
    if options.marked and (checked.errors or checked.warnings):
        with _written_to(options.marked.parent, options.lang):
            written_whole(options.marked, marked_bytes(checked, lang=options.lang), for_owner=True)
        print(t("local.say.written", lang=options.lang, file=options.marked))
    if checked.errors:
        raise StoppedError(t("local.say.errors", lang=options.lang, n=f"{checked.count:,}"))
    if checked.warnings and not options.answered:
        raise StoppedError(t("local.say.answer", lang=options.lang, n=len(checked.warnings)))
    return checked


def _is_same_file(one: Path, other: Path) -> bool:
    """Return whether two names are of one file, by whatever way they lead there."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _report(options: Options, store: Store, number: int, *, whole: bool = False) -> None:
    """Print what control does to a draft and what is told otherwise than before, as it may be shown."""
    draft = door.preview(store, _act(options), options.template, number)
    if draft.withheld:
        print(t("local.say.withheld", lang=options.lang))
        return
    hidden = sum(figure.count is None for figure in draft.figures) + sum(one.percent is None for one in draft.shares)
    every = len(draft.figures) + len(draft.shares)
    print(t("local.say.hidden", lang=options.lang, hidden=hidden, all=every))
    _say_whole(draft, options.lang)
    before = door.show(store, _act(options), options.template)
    for cell, old, new in door.changes(before, draft) if before else ():
        cells = ("" if one is None else one.marker or one.count for one in (old, new))
        print(*cell.key, *cells, sep="\t")
    if whole:
        _print(draft, options.lang)


def _print(edition: door.Disclosure, lang: Language) -> None:
    dims = tuple(dict.fromkeys(name for table in templates()[edition.template].by for name in table))
    rows = csv.writer(sys.stdout, lineterminator="\n")
    template = templates()[edition.template]
    weekly = ("weeks_returned", "weeks") if WEEKLY in template.row_key else ()
    day_columns = (f"{template.taken_on}_first", f"{template.taken_on}_last") if template.taken_on else ()
    rows.writerow(("measure", "area_code", "start", "months", *dims, "count", *weekly, *day_columns))
    for figure in edition.figures:
        cell, category = figure.cell, dict(figure.cell.category)
        codes = (category.get(name, "") for name in dims)  # "" where the figure is not of one of them
        count = figure.marker or figure.count
        more = (*(figure.returned or ()), *(figure.days_taken or ()))
        rows.writerow((cell.measure, cell.area, cell.start, cell.months, *codes, count, *more))
    if edition.shares:
        print()
        rows.writerow(("share", "of", "area_code", "start", "months", *dims, "n", "percent", "lower", "upper"))
    for share in edition.shares:
        cell, category = share.cell, dict(share.cell.category)
        percent = share.marker or f"{share.percent:.1f}"
        ends = [f"{end:.1f}" for end in share.interval or share.between or ()] or ["", ""]
        start = (cell.measure, share.of, cell.area, cell.start, cell.months)
        rows.writerow((*start, *(category.get(name, "") for name in dims), share.n, percent, *ends))
    if templates()[edition.template].few_is_not_calm:
        print(t("local.say.few", lang=lang), file=sys.stderr)  # the table may be going into a file


if __name__ == "__main__":
    raise SystemExit(main())
