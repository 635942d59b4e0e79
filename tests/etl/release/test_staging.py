"""Killed, failed or out of room at any step, the data folder is wholly the old one or wholly the new one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import store
from etl.contract import ContractError
from etl.pipeline import load
from etl.pipeline.lock import only_one
from etl.release import refresh, staging
from tests import releases
from tests.releases import SOUTH_WALES, next_year, release, run, south_wales, tables, workshop
from tests.scratch import FORCES, replace, scratch_data

ROOT = Path(__file__).parents[3]
STEPS = (
    "fetch hate_crime_force_totals",
    "extract hate_crime_force_totals",
    "write hate_crime_force_totals",
    "copy the tables",
    "compare",
    "check and build",
    "lay the database beside the one on show",
    "make it durable",
    "decide",
    "take the old tables out",
    "bring the new tables in",
    "put the build on show",
    "keep the previous tables",
    "keep the report",
    "clear away",
    "clear away the rest",
)
DECIDED = STEPS.index("take the old tables out")  # killed before this step or one above: the old; from here on: the new
SHOWN = STEPS.index("keep the previous tables")  # an error before this step puts everything back


class World:
    """A pristine data folder, a release for it, and what the folder looks like before and after."""

    def __init__(self, folder: Path) -> None:
        self.data = scratch_data(folder)
        self.old_build = load.build(data=self.data)
        self.old = tables(self.data)
        self.release = release(self.data, change=next_year)
        after = self.copy(folder / "after")
        self.new_build = run(after, self.release).build
        self.new = tables(after)
        self.new_file = after / "build" / f"cohesion-{self.new_build}.duckdb"

    def copy(self, to: Path, *, built: bool = False) -> Path:
        """Return a copy of the folder; with `built` the new database lies there already, which saves its making."""
        data = Path(shutil.copytree(self.data, to / "data"))
        if built:
            shutil.copy(self.new_file, data / "build")
        return data

    def must_be_whole(self, data: Path, *, new: bool) -> None:
        """Check the tables, the build and what the store answers, and that nothing is left lying about."""
        assert tables(data) == (self.new if new else self.old)
        assert store.build_id(data=data) == (self.new_build if new else self.old_build)
        assert south_wales(data) == (2900 if new else 2868)
        assert not staging.interrupted(data=data)

    def must_answer(self, data: Path) -> None:
        """Check what holds at every moment: the store answers, and `data/tidy` is one or the other or away."""
        assert south_wales(data) in (2868, 2900)
        assert not (data / "tidy").exists() or tables(data) in (self.old, self.new)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def data(world: World, tmp_path: Path) -> Path:
    return world.copy(tmp_path, built=True)


def kill(world: World, jobs: list[tuple[Path, str, float]]) -> list[str]:
    """Run a refresh for each folder in a process that dies at a step or after seconds; return how each ended."""
    words = [str(word) for job in jobs for word in job]
    command = [sys.executable, "-m", "tests.releases", str(world.release), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


@pytest.fixture(scope="module")
def killed(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return by step the data folder of a process that died right before it."""
    folders = {
        step: world.copy(tmp_path_factory.mktemp("killed"), built="database" not in step and step != "check and build")
        for step in STEPS
    }
    assert kill(world, [(folder, step, 0) for step, folder in folders.items()]) == ["9"] * len(STEPS)
    return folders


def test_the_steps_named_here_are_all_there_are(world, tmp_path):
    data = world.copy(tmp_path)
    seen: list[str] = []
    run(data, world.release, step=seen.append)
    assert sorted(seen) == sorted(STEPS)
    world.must_be_whole(data, new=True)


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_store_answers_and_the_next_run_leaves_one_or_the_other(world, killed, step, tmp_path):
    data = shutil.copytree(killed[step], tmp_path / "data")
    world.must_answer(data)
    with only_one(data=data, doing="a refresh"):  # the dead process holds no lock
        staging.recover(data=data)
    world.must_be_whole(data, new=STEPS.index(step) >= DECIDED)
    run(data, world.release)
    world.must_be_whole(data, new=True)


@pytest.mark.parametrize("second", ["bring the new tables in", "put the build on show", "clear away"])
def test_killed_again_while_finishing_it_is_finished_by_the_one_after(world, killed, second, tmp_path):
    data = shutil.copytree(killed["take the old tables out"], tmp_path / "data")

    def stop(step: str) -> None:
        if step == second:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        staging.recover(data=data, step=stop)
    world.must_answer(data)
    assert staging.recover(data=data) == "finished: what a stopped run had decided on"
    world.must_be_whole(data, new=True)


def test_a_build_made_between_a_kill_and_its_recovery_is_old_or_new_too(world, killed, tmp_path):
    data = shutil.copytree(killed["bring the new tables in"], tmp_path / "away")
    with pytest.raises(ContractError):
        load.build(data=data)  # the tables are away: what is on show stays
    assert south_wales(data) == 2868
    data = shutil.copytree(killed["put the build on show"], tmp_path / "in")
    assert load.build(data=data) == world.new_build


def test_killed_at_a_random_moment_the_folder_is_whole(world, tmp_path):
    chance = random.Random(6)
    folders = [world.copy(tmp_path / str(n), built=bool(n % 2)) for n in range(10)]
    ended = kill(world, [(folder, "never", 0.02 + chance.random() / 3) for folder in folders])
    assert "-9" in ended
    for data in folders:
        world.must_answer(data)
        staging.recover(data=data)
        world.must_be_whole(data, new=store.build_id(data=data) == world.new_build)


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fills_at_any_step_replaces_nothing_before_the_build_is_on_show(world, tmp_path, step):
    data = world.copy(tmp_path, built="database" not in step)

    def full(name: str) -> None:
        if name == step:
            raise OSError(28, "No space left on device")

    with pytest.raises(ContractError, match="No space left on device"):
        run(data, world.release, step=full)
    if STEPS.index(step) < SHOWN:
        world.must_be_whole(data, new=False)
    else:
        staging.recover(data=data)
        world.must_be_whole(data, new=True)


@pytest.mark.parametrize("target", ["copytree", "write_bytes", "write_text", "replace", "rename"])
def test_a_disk_that_is_full_for_one_kind_of_writing_leaves_the_old(world, data, monkeypatch, target):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil if target == "copytree" else Path, target, full)
    with pytest.raises(ContractError, match="No space left on device"):
        run(data, world.release)
    monkeypatch.undo()
    world.must_be_whole(data, new=False)


def test_two_refreshes_at_once_the_second_is_refused_with_the_holder_named(world, data):
    with (
        only_one(data=data, doing="a refresh"),
        pytest.raises(ContractError, match=rf"process {os.getpid()} \(a refresh\) is at work"),
    ):
        run(data, world.release)
    world.must_be_whole(data, new=False)
    run(data, world.release)
    world.must_be_whole(data, new=True)


def test_the_lock_of_another_process_holds_and_dies_with_it(world, data):
    holds = f"""
import sys, time
from pathlib import Path
from etl.pipeline.lock import only_one
with only_one(data=Path({str(data)!r}), doing="a refresh"):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", holds], cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ContractError, match=rf"process {holder.pid} \(a refresh\) is at work"):
            run(data, world.release)
        holder.kill()
    run(data, world.release)
    world.must_be_whole(data, new=True)


def test_tables_that_somebody_changed_meanwhile_are_not_overwritten(world, data):
    by_hand = SOUTH_WALES.replace("2868", "1")

    def edit(step: str) -> None:
        if step == "check and build":
            replace(data / "tidy" / f"{FORCES}.csv", SOUTH_WALES, by_hand)

    with pytest.raises(ContractError, match="expected no change while this ran"):
        run(data, world.release, step=edit)
    assert by_hand in (data / "tidy" / f"{FORCES}.csv").read_text(encoding="utf-8")
    assert store.build_id(data=data) == world.old_build


def test_tables_put_back_by_hand_after_a_kill_stay(world, killed, tmp_path):
    data = shutil.copytree(killed["bring the new tables in"], tmp_path / "data")
    shutil.copytree(world.data / "tidy", data / "tidy")
    assert "given up" in staging.recover(data=data)
    world.must_be_whole(data, new=False)
    assert staging.previous_tables(data=data).is_dir()


def test_rollback_brings_the_old_back_and_a_second_one_the_new(world, data):
    with pytest.raises(ContractError, match="expected the tables before the last refresh; came none"):
        refresh.rollback(workshop=workshop(data))
    run(data, world.release)
    assert refresh.rollback(workshop=workshop(data)).build == world.old_build
    world.must_be_whole(data, new=False)
    assert refresh.rollback(workshop=workshop(data)).build == world.new_build
    world.must_be_whole(data, new=True)


def test_rollback_to_tables_that_break_the_contract_is_refused(world, data):
    run(data, world.release)
    replace(staging.previous_tables(data=data) / f"{FORCES}.csv", SOUTH_WALES, SOUTH_WALES.replace("2868", "-1"))
    with pytest.raises(ContractError, match="expected no negative number"):
        refresh.rollback(workshop=workshop(data))
    world.must_be_whole(data, new=True)


def test_rollback_makes_the_build_again_when_its_file_is_gone(world, data):
    run(data, world.release)
    (data / "build" / f"cohesion-{world.old_build}.duckdb").unlink()
    refresh.rollback(workshop=workshop(data))
    world.must_be_whole(data, new=False)


def test_a_rollback_killed_after_its_decision_is_finished(world, data):
    run(data, world.release)

    def stop(step: str) -> None:
        if step == "bring the new tables in":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh.rollback(workshop=workshop(data, step=stop))
    world.must_answer(data)
    staging.recover(data=data)
    world.must_be_whole(data, new=False)


def test_the_releases_of_these_tests_differ_from_what_is_held(world):
    assert world.old != world.new
    assert world.old_build != world.new_build
    assert releases.RELEASED in world.new[f"{FORCES}.toml"].decode()


def test_a_rollback_asked_for_again_after_a_kill_is_finished_and_not_undone(world, data):
    run(data, world.release)

    def stop(step: str) -> None:
        if step == "bring the new tables in":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh.rollback(workshop=workshop(data, step=stop))
    assert refresh.rollback(workshop=workshop(data)).build == world.old_build
    world.must_be_whole(data, new=False)


def test_a_damaged_build_of_the_tables_before_is_made_again_by_a_rollback(world, data):
    run(data, world.release)
    old = load.build_file(world.old_build, data=data)
    old.write_bytes(old.read_bytes()[:-4096])
    assert refresh.rollback(workshop=workshop(data)).build == world.old_build
    world.must_be_whole(data, new=False)


@pytest.mark.parametrize("command", ["refresh", "rollback"])
def test_tables_that_are_a_link_to_elsewhere_are_refused_and_stay(world, data, command):
    elsewhere = (data / "tidy").rename(data.parent / "elsewhere")
    (data / "tidy").symlink_to(elsewhere)
    with pytest.raises(ContractError, match=r"data/tidy: expected a folder; came a link to .*elsewhere"):
        run(data, world.release) if command == "refresh" else refresh.rollback(workshop=workshop(data))
    assert (data / "tidy").is_symlink()
    world.must_be_whole(data, new=False)
