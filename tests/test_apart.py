"""A benchmark's measure in a process of its own comes back whole, and one that fails says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.apart import FailedError, apart


def measured(word: str, number: int) -> dict[str, object]:
    print("what a library prints")
    return {
        "word": word,
        "number": number,
        "process": os.getpid(),
        "of": os.environ.get("ASKED"),
        "in": str(Path.cwd()),
    }


def failing() -> None:
    raise ValueError("no reader of that name")


def test_a_measure_is_taken_in_another_process_with_what_it_is_given(tmp_path: Path) -> None:
    measures = apart(measured, "Môn", 2, checkout=tmp_path, environment={"ASKED": "data"})
    assert measures.pop("process") != os.getpid()
    assert measures == {"word": "Môn", "number": 2, "of": "data", "in": str(tmp_path)}


def test_a_measure_that_fails_says_its_last_words() -> None:
    with pytest.raises(FailedError, match=r"^ValueError: no reader of that name$"):
        apart(failing)
