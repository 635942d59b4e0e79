"""A file is there whole or not at all, and what a killed write left beside it is known by its name."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cohesion.files import begun, left_behind, written_whole


class BrokenOffError(Exception):
    """What a test raises in the middle of a write."""


def break_off(target: Path) -> None:
    with begun(target) as stream:
        stream.write(b"half")
        stream.flush()
        assert target.read_bytes() == b"old"
        raise BrokenOffError


def test_a_write_that_is_broken_off_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "tables.csv"
    written_whole(target, b"old")
    with pytest.raises(BrokenOffError):
        break_off(target)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("tables.csv", b"old")]
    written_whole(target, b"new", durable=True)
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_a_file_for_its_owner_is_read_by_nobody_else_whatever_stood_there(tmp_path):
    target = tmp_path / "own.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o644)
    written_whole(target, b"new", for_owner=True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_a_killed_write_left_is_found_by_its_file_and_no_other(tmp_path):
    names = (".a.csv.0123456789abcdef.part", ".b.csv.0123456789abcdef.part", ".a.csv.part", "a.csv", ".a.csv.part.old")
    for name in names:
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in left_behind(tmp_path, of="a.csv")] == [names[0]]
    assert [path.name for path in left_behind(tmp_path)] == [*names[:2]]


def test_the_longest_name_that_a_disk_takes_is_written_too(tmp_path):
    target = tmp_path / ("ŵ" * 127)
    written_whole(target, b"new")
    assert target.read_bytes() == b"new"
