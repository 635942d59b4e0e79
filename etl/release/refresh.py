"""From the publishers' newest files to a new build, or a refusal that says why while the old build stays.

The awkward fact: a release can go wrong in a hundred ways, and the dashboard must not notice any. So nothing that is
on show is touched before every table was read, checked, compared and built elsewhere (`staging`). A publication that
is refused keeps its old tables and does not hold up the others; a broken promise between tables refuses all.
"""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from cohesion.files import sha256_of
from cohesion.releases import DERIVED, Refusal, Stage, flag
from etl.contract import KEY_COLUMNS, TIDY_COLUMNS, ContractError
from etl.fetching.addresses import Publication
from etl.fetching.network import NotAnsweredError, TryAgainError
from etl.geo.geography import reference_of
from etl.pipeline import history, unknown_places
from etl.pipeline.checks import coverage_did_not_shrink, tidy_problems
from etl.pipeline.dataset import Dataset
from etl.pipeline.diff import Diff, derived_diff, diff_record, diff_text, folders_diff, read_folder, table_diff
from etl.pipeline.disk import disk_in_words
from etl.pipeline.extract import tidy_and_apart
from etl.pipeline.history import Accepted, Entry, Intake
from etl.pipeline.load import build_id, figures, large_tables
from etl.pipeline.lock import only_one
from etl.pipeline.origin import Origin, Retrieval, origin_text, retrieval_of
from etl.pipeline.published_files import Edition
from etl.pipeline.tables import read_table, tidy_vocabulary
from etl.publications.ons.boundaries import published_file as geography
from etl.reading.readable import readable
from etl.release import agreement, staging
from etl.release.editions import (
    Arrival,
    accepted,
    is_older,
    latest_release,
    not_older,
    periods_have_ended,
    release_of,
    released_in_name,
    renewed,
    stepped_back,
)
from etl.release.recognise import GROWING, RELEASES, REPLACED, caution_of, edition_of, loader_of, recognise
from etl.release.staging import Staging, Step, no_step

log = logging.getLogger(__name__)
Say = Callable[[str], None]
Fetch = Callable[[Publication, Path, Say], Arrival]
DONE, REFUSED, UNREACHED, REHEARSED = 0, 1, 2, 3
ROLLBACK = "rollback"
LISTED = 200  # items of each kind that the saved report lists; it counts them all


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What a refresh works with; tests put others in the place of the network, the loaders and the clock."""

    data: Path
    recognise: Callable[[Path], tuple[str, ...]] = recognise
    edition_of: Callable[[Path], Edition | None] = edition_of
    datasets: Mapping[str, Dataset] = field(default_factory=lambda: RELEASES)
    replaced: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: REPLACED)
    growing: frozenset[str] = GROWING
    say: Say = print
    step: Step = no_step
    stage: Callable[[Stage], None] = lambda _: None
    today: date = field(default_factory=date.today)
    lost_periods_are_meant: bool = False
    large_changes_are_meant: bool = False
    contradictions_are_meant: bool = False
    why: str = ""  # why what is meant is right, in the words of whoever says so
    dry_run: bool = False


@dataclass(kw_only=True)
class Outcome:
    """What became of a refresh: the build put on show (if any), what changed, and who was refused or not reached.

    `derived` is how the sums and changes differ that we make of published figures; `recognised` has the titles of the
    tables that a file gives, taken or not; `same` are files that we hold already; `history` has what a refresh writes
    down, or would.
    """

    build: str = ""
    changed: dict[str, Diff] = field(default_factory=dict)
    derived: Diff = field(default_factory=Diff)
    publications: list[Intake] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    rehearsed: bool = False
    recognised: dict[str, tuple[str, str]] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)

    @property
    def every_change(self) -> dict[str, Diff]:
        """Return what changed by table, and under `DERIVED` what became of the sums and changes that we make."""
        return self.changed | ({DERIVED: self.derived} if self.derived.changed else {})

    @property
    def code(self) -> int:
        """Return the exit code: 1 refused, 2 a publisher not reached, 3 a rehearsal that met something new, else 0."""
        if self.refused or self.unreached:
            return REFUSED if self.refused else UNREACHED
        return REHEARSED if self.rehearsed else DONE


def refresh(publications: tuple[Publication, ...], *, fetch: Fetch, workshop: Workshop) -> Outcome:
    """Bring in the newest file of each publication; raise `ContractError` when the whole was refused."""
    outcome = Outcome()
    with _at_work(workshop) as staged:
        for number, publication in enumerate(publications, start=1):
            workshop.say(f"[{number}/{len(publications)}] {publication.id}")
            with _one_refusal(outcome, name=publication.id, workshop=workshop):
                workshop.step(f"fetch {publication.id}")
                to = workshop.data / "downloads" / publication.id
                arrival = fetch(publication, to, workshop.say)
                parts = _take(arrival, outcome=outcome, staged=staged, workshop=workshop, datasets=publication.datasets)
                outcome.publications += [replace(one, publication=publication.title) for one in parts]
                _is_the_newest(arrival)
        _put_on_show(staged, outcome=outcome, workshop=workshop)
    return outcome


def _is_the_newest(arrival: Arrival) -> None:
    """Raise when files stand beside the one that was taken which look newer, under names that we do not know."""
    if arrival.newer_looking:
        raise ContractError(
            f"{arrival.path.name}: expected the newest file under a name that its source.toml knows; "
            f"came beside it {', '.join(arrival.newer_looking)}, which looks newer: look at it, bring it in with "
            "`python -m etl add FILE`, and mend the pattern"
        )


def add(path: Path, *, released: str, workshop: Workshop) -> Outcome:
    """Bring in one file from the disk; it is known by its content, `released` is when its publisher brought it out."""
    if not path.name.isprintable():
        raise ContractError(f"{path.name!r}: expected a file name of printed characters; came others; rename it")
    if not path.is_file():
        raise ContractError(f"{path}: expected a file; came nothing")
    outcome = Outcome()
    with _at_work(workshop) as staged:
        arrival = Arrival(path=path, sha256=sha256_of(path), released=released_in_name(path.name), typed=released)
        with _one_refusal(outcome, name=path.name, workshop=workshop):
            outcome.publications += _take(arrival, outcome=outcome, staged=staged, workshop=workshop, datasets=())
        _put_on_show(staged, outcome=outcome, workshop=workshop)
    return outcome


def rollback(*, workshop: Workshop) -> Outcome:
    """Put the tables that the last move replaced back on show; a second rollback undoes the first."""
    data, outcome = workshop.data, Outcome()
    with only_one(data=data, doing="a rollback"), disk_in_words():
        _a_folder_of_its_own(data)
        stopped = staging.stopped_command(data=data)
        workshop.say(staging.recover(data=data, step=workshop.step) or "look for the previous tables")
        if stopped == ROLLBACK:  # asked again after a kill: going on would take back what was just finished
            outcome.build = staging.build_on_show(data=data)
            workshop.say(f"build {outcome.build} is on show")
            return outcome
        previous = staging.previous_tables(data=data)
        if not previous.is_dir():
            came = "came none"
            raise ContractError(
                f"data/build/previous: expected the tables before the last refresh; {came}", kind="no_previous"
            )
        with staging.staged(data=data, tables=previous, step=workshop.step) as staged:
            _put_on_show(staged, outcome=outcome, workshop=workshop, command=ROLLBACK)
    return outcome


@contextmanager
def _at_work(workshop: Workshop) -> Iterator[Staging]:
    with only_one(data=workshop.data, doing="a refresh"), disk_in_words(), reference_of(workshop.data):
        _a_folder_of_its_own(workshop.data)
        recovered = staging.recover(data=workshop.data, step=workshop.step)
        if recovered:
            workshop.say(recovered)
        workshop.stage("copying")
        with staging.staged(data=workshop.data, step=workshop.step) as staged:
            yield staged


def _a_folder_of_its_own(data: Path) -> None:
    """Refuse a `tidy` that is a link: moving a new folder into its place would leave the link's target behind."""
    tidy = data / "tidy"
    if tidy.is_symlink():
        came = f"a link to {tidy.readlink()}"
        raise ContractError(f"data/tidy: expected a folder; came {came}; name the real data folder with --data")


@contextmanager
def _one_refusal(outcome: Outcome, *, name: str, workshop: Workshop) -> Iterator[None]:
    """Note the refusal of one publication and go on with the next; a failing disk stops everything."""
    try:
        yield
    except ContractError as error:
        network = isinstance(error, NotAnsweredError) or isinstance(error.__cause__, TryAgainError)
        words = str(error) if str(error).startswith(name) else f"{name}: {error}"
        if network:
            outcome.unreached.append(words)
        else:
            outcome.refused.append(Refusal(kind=error.kind, words=words))
        workshop.say(f"    {'not reached' if network else 'refused'}: {error}")
    except OSError:
        raise
    except Exception as error:
        log.debug("%s", name, exc_info=error)
        text = f"expected an answer and a file we can read; came {type(error).__name__}: {error}"
        outcome.refused.append(Refusal(kind="unexpected", words=f"{name}: {text}"))
        workshop.say(f"    refused: {text}")


def _take(
    arrival: Arrival, *, outcome: Outcome, staged: Staging, workshop: Workshop, datasets: tuple[str, ...]
) -> list[Intake]:
    """Read one file into the staged tables, all of its tables or none; return what was taken, if anything was."""
    if geography.is_geojson(arrival.path):
        with readable(arrival.path):
            agrees = geography.compared(arrival.path)
        workshop.say(f"    {agrees}")
        return []
    names = _recognised(arrival, workshop=workshop, datasets=datasets)
    origins_of = {name: workshop.datasets[name].origin for name in names}
    outcome.recognised |= {name: (one.title_en, one.title_cy) for name, one in origins_of.items()}
    notes = [_note(staged.tidy / f"{name}.toml") for name in names]
    same = all(note.get("retrieval", {}).get("sha256") == arrival.sha256 for note in notes)
    if same and not any(unknown_places.has_been_added(note.get("apart", {})) for note in notes):
        workshop.say(f"    nothing new: {arrival.path.name} is the file we hold")
        outcome.same.append(arrival.path.name)
        return []
    with readable(arrival.path), _loader_named(names):
        edition = workshop.edition_of(arrival.path)
        arrival = replace(arrival, released=release_of(arrival, edition=edition, today=workshop.today))
    readings: dict[str, _Read] = {}
    origins: dict[str, Origin] = {}
    for name in names:
        workshop.stage("reading")
        workshop.step(f"extract {name}")
        workshop.say(f"    read {name} from {arrival.path.name}")
        origin_held = _note(staged.tidy / f"{name}.toml").get("origin", {})
        not_older(name, origin=origin_held, arrival=arrival, edition=edition)
        readings[name] = _table(workshop.datasets[name], arrival=arrival, staged=staged, workshop=workshop)
        origin = renewed(
            workshop.datasets[name].origin,
            arrival=replace(arrival, released=latest_release(arrival.released, origin=origin_held, edition=edition)),
            edition=edition,
            tidy=readings[name].table,
            today=workshop.today,
            words=workshop.datasets[name].every_edition,
            caution=caution_of(name, arrival.path),
        )
        origins[name] = unknown_places.cautioned(origin, names=readings[name].elsewhere)
    elsewhere = {code: called for read in readings.values() for code, called in read.elsewhere.items()}
    if elsewhere:
        workshop.say(f"    {unknown_places.sentence(elsewhere)}")
    readings = {
        name: _left_to_newer(name, read, arrival=arrival, staged=staged, workshop=workshop)
        for name, read in readings.items()
    }
    tables = {name: read.table for name, read in readings.items()}
    meant = _what_was_accepted(readings, released=arrival.released, staged=staged, workshop=workshop)
    origins = {name: accepted(origin, meant=meant[name], today=workshop.today) for name, origin in origins.items()}
    for name, table in tables.items():
        workshop.step(f"write {name}")
        for old in workshop.replaced.get(name, ()):
            _step_back(staged.tidy / f"{old}.csv", table=table, arrival=arrival)
        path = staged.tidy / f"{name}.csv"
        retrieval = retrieval_of(arrival.path, previous=path.with_suffix(".toml"))
        _write(path, table=table, origin=origins[name], retrieval=retrieval, elsewhere=readings[name].elsewhere)
    return [_publication(arrival, readings=readings, meant=meant, workshop=workshop)]


def _left_to_newer(name: str, read: _Read, *, arrival: Arrival, staged: Staging, workshop: Workshop) -> _Read:
    """Return a table without the figures that a newer release gives of another which may take this one's place too."""
    table = read.table
    for other in workshop.replaced.get(name, ()):
        path = staged.tidy / f"{other}.csv"
        released = _note(path.with_suffix(".toml")).get("origin", {}).get("released", "")
        if name in workshop.replaced.get(other, ()) and is_older(arrival.released, than=released):
            theirs = pd.MultiIndex.from_frame(read_table(path)[list(KEY_COLUMNS)])
            table = table[~pd.MultiIndex.from_frame(table[list(KEY_COLUMNS)].astype(str)).isin(theirs)]
    return replace(read, table=table)


def _publication(
    arrival: Arrival, *, readings: Mapping[str, _Read], meant: Mapping[str, Accepted], workshop: Workshop
) -> Intake:
    """Return what is kept of a publication that was taken; contradictions are the whole publication's."""
    poorer = [old for name in readings for old in workshop.replaced.get(name, ())]
    return Intake(
        publication=arrival.path.name,
        file=arrival.path.name,
        sha256=arrival.sha256,
        tables=tuple(dict.fromkeys([*readings, *poorer])),
        accepted=Accepted(
            lost_periods=sum(one.lost_periods for one in meant.values()),
            large_changes=sum(one.large_changes for one in meant.values()),
            contradictions=max((one.contradictions for one in meant.values()), default=0),
        ),
    )


def _what_was_accepted(
    readings: Mapping[str, _Read], *, released: str, staged: Staging, workshop: Workshop
) -> dict[str, Accepted]:
    """Ask whether contradictions and large changes are right; return by table how much was answered so."""
    tables = {name: read.table for name, read in readings.items()}
    differing = agreement.contradictions(tables, released=released, tidy=staged.tidy)
    if differing and not workshop.contradictions_are_meant:
        expected = "what another publication of this release says"
        raise agreement.question(differing, expected=expected, kind="contradictions")
    others = [table for name, table in read_folder(staged.tidy).items() if name not in readings]
    earlier = pd.concat([*tables.values(), *others], ignore_index=True)
    changes = {n: agreement.large_changes(r.table, changed=r.changed, earlier=earlier) for n, r in readings.items()}
    if any(changes.values()) and not workshop.large_changes_are_meant:
        every = [change for each in changes.values() for change in each]
        expected = "figures near those before: none from or to nothing, halved or doubled, no running total fallen"
        raise agreement.question(every, expected=expected, kind="large_changes")
    return {
        name: Accepted(
            lost_periods=len(read.changed.lost_periods),
            large_changes=len(changes[name]),
            contradictions=len(differing),
        )
        for name, read in readings.items()
    }


def _recognised(arrival: Arrival, *, workshop: Workshop, datasets: tuple[str, ...]) -> tuple[str, ...]:
    with readable(arrival.path):
        tables = workshop.recognise(arrival.path)
    unknown = sorted(set(tables) - set(workshop.datasets))
    if not tables or unknown:
        came = f"one of {', '.join(unknown)}" if unknown else "another"
        raise ContractError(
            f"{arrival.path.name}: expected a publication we have a loader for; came {came}", kind="unknown"
        )
    if datasets and not set(tables) & set(datasets):
        raise ContractError(f"{arrival.path.name}: expected a file of {', '.join(datasets)}; came {', '.join(tables)}")
    return tables


@contextmanager
def _loader_named(names: Iterable[str]) -> Iterator[None]:
    """Say under a refusal which file of the code read what was refused: there a layout that moved is followed."""
    try:
        yield
    except ContractError as error:
        loaders = ", ".join(dict.fromkeys(filter(None, map(loader_of, names))))
        if not loaders:
            raise
        hint = f"  read by {loaders}; docs/new-release.md says what to change there when a layout has moved"
        raise ContractError(f"{error}\n{hint}", kind=error.kind) from error


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One table of a file that arrived: how it differs from the one held, and the places kept apart from it."""

    table: pd.DataFrame
    changed: Diff
    elsewhere: Mapping[str, str]


def _table(dataset: Dataset, *, arrival: Arrival, staged: Staging, workshop: Workshop) -> _Read:
    """Return what a file gives for one table; raise when it lacks a part of ours."""
    path = staged.tidy / f"{dataset.name}.csv"
    with _loader_named([dataset.name]), readable(arrival.path):
        tidy, elsewhere = tidy_and_apart(dataset, file=arrival.path)
        periods_have_ended(tidy, arrival=arrival, today=workshop.today)
    before = read_table(path) if path.exists() else pd.DataFrame(columns=list(TIDY_COLUMNS))
    if dataset.name in workshop.growing:
        tidy = _with_earlier_periods(tidy, before=before)
    _rows_keep_the_contract(dataset.name, tidy=tidy, arrival=arrival, staged=staged)
    coverage_did_not_shrink(tidy, previous=path)
    changed = table_diff(before, tidy)
    _periods_still_there(dataset.name, diff=changed, workshop=workshop)
    return _Read(table=tidy, changed=changed, elsewhere=elsewhere)


def _rows_keep_the_contract(name: str, *, tidy: pd.DataFrame, arrival: Arrival, staged: Staging) -> None:
    """Raise with each row that no table may have, by its key: here it refuses one publication, later it would all."""
    problems = tidy_problems(tidy, file=arrival.path.name, reference=tidy_vocabulary(data=staged.data))
    if problems:
        raise ContractError(
            replace(one, row=None, file=" ".join([f"{one.file}, {name},", *(_key(tidy, one.row) if one.row else ())]))
            for one in problems
        )


def _key(tidy: pd.DataFrame, row: int) -> list[str]:
    """Return the key of a row as an editor counts it, the header being row 1."""
    return [str(cell) for cell in tidy.loc[row - 2, list(KEY_COLUMNS)]]


def _with_earlier_periods(tidy: pd.DataFrame, *, before: pd.DataFrame) -> pd.DataFrame:
    """Return the rows held of periods that a file of one period alone does not speak of, and then the file's."""
    period = ["measure", "period_start", "period_months"]
    spoken_of = pd.MultiIndex.from_frame(tidy[period].astype(str))
    return pd.concat([before[~pd.MultiIndex.from_frame(before[period]).isin(spoken_of)], tidy], ignore_index=True)


def _step_back(path: Path, *, table: pd.DataFrame, arrival: Arrival) -> None:
    """Take out of a poorer table what a release gives anew; what only the poorer one has stays, and says so."""
    if not path.exists():
        return
    before = read_table(path)
    anew = pd.MultiIndex.from_frame(table[list(KEY_COLUMNS)].astype(str))
    remaining = before[~pd.MultiIndex.from_frame(before[list(KEY_COLUMNS)]).isin(anew)]
    note = path.with_suffix(".toml")
    if remaining.empty:
        path.unlink()
        note.unlink()
    elif len(remaining) < len(before):
        noted = _note(note)
        origin = stepped_back(Origin(**noted["origin"]), arrival=arrival)
        retrieval = Retrieval(**noted["retrieval"])
        _write(path, table=remaining, origin=origin, retrieval=retrieval, elsewhere=noted.get("apart", {}))


def _write(
    path: Path, *, table: pd.DataFrame, origin: Origin, retrieval: Retrieval, elsewhere: Mapping[str, str]
) -> None:
    text = table.to_csv(index=False, lineterminator="\n").encode("utf-8")
    note = origin_text(origin, retrieval=retrieval, table=text, apart=elsewhere)
    path.with_suffix(".toml").write_bytes(note.encode("utf-8"))
    path.write_bytes(text)


def _note(origin: Path) -> dict[str, dict[str, str]]:
    if not origin.exists():
        return {}
    try:
        return tomllib.loads(origin.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractError(f"{origin.name}: expected TOML in UTF-8; came {error}") from error


def _periods_still_there(name: str, *, diff: Diff, workshop: Workshop) -> None:
    """Raise when whole periods vanished: an older or cut-off file, unless the data lead says it is meant."""
    if diff.lost_periods and not workshop.lost_periods_are_meant:
        lost = ", ".join(" ".join(period) for period in diff.lost_periods[:5])
        raise ContractError(
            f"{name}: expected every period held before; lost {len(diff.lost_periods)}: {lost}; "
            f"if the publisher took them back, run it again with {flag('lost_periods')}",
            kind="lost_periods",
        )


def _put_on_show(staged: Staging, *, outcome: Outcome, workshop: Workshop, command: str = "") -> None:
    """Check, compare and build what is staged and move it in, unless nothing changed or it is only a rehearsal."""
    before = build_id(data=workshop.data)
    if build_id(data=staged.folder) == before:
        workshop.say("every table stays as it was")
        return
    workshop.say("compare with what we hold")
    workshop.stage("comparing")
    workshop.step("compare")
    outcome.changed = folders_diff(workshop.data / "tidy", staged.tidy)
    workshop.say("check every table and build")
    outcome.history = _noted(outcome, staged=staged, workshop=workshop)
    if outcome.history and not workshop.dry_run:
        with (staged.tidy / history.FILE).open("a", encoding="utf-8", newline="\n") as file:
            file.write(history.lines(outcome.history))
    staging.check_staged(staged)
    outcome.derived = _derived_changes(staged, workshop=workshop)
    if workshop.dry_run:
        outcome.rehearsed = True
    else:
        workshop.stage("showing")
        identity = staging.build_staged(staged, step=workshop.step)
        report = report_text(outcome.every_change, build=identity, before=before, today=workshop.today)
        staging.move_in(staged, identity=identity, report=report, command=command, step=workshop.step)
        outcome.build = identity
    workshop.say(diff_text(outcome.every_change))
    for sentence in large_tables(data=workshop.data):
        workshop.say(sentence)
    workshop.say(f"build {outcome.build} is on show" if outcome.build else "a rehearsal: nothing was replaced")


def _derived_changes(staged: Staging, *, workshop: Workshop) -> Diff:
    """Return what became of the sums and changes that we made of published figures."""
    now = figures(data=staged.folder, beside=workshop.data)
    try:
        before = figures(data=workshop.data, derived_alone=True)
    except ContractError:  # the tables on show are broken: nothing was made of them
        return Diff()
    return derived_diff(before, now)


def _noted(outcome: Outcome, *, staged: Staging, workshop: Workshop) -> list[Entry]:
    """Return what the history gains by what was taken; nothing at a rollback, which brings the older history itself."""
    before, after = (
        {path.stem: _note(path).get("origin", {}) for path in sorted(folder.glob("*.toml"))}
        for folder in (workshop.data / "tidy", staged.tidy)
    )
    changed = [one for one in outcome.publications if any(before.get(n) != after.get(n) for n in one.tables)]
    counts = {name: diff.counted for name, diff in outcome.changed.items()}
    return [
        history.entry(one, counts=counts, before=before, after=after, day=workshop.today, why=workshop.why)
        for one in changed
    ]


def report_text(changed: Mapping[str, Diff], *, build: str, before: str, today: date) -> str:
    """Return the JSON that the Data and methods page reads: what the move to this build changed, and when."""
    content = {"day": today.isoformat(), "build": build, "build_before": before}
    return json.dumps(content | diff_record(changed, most=LISTED), indent=1)
