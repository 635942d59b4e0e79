"""Of an error of somebody else's program its first line is told, and never the values below it."""

from __future__ import annotations

from cohesion.errors import first_line


def test_the_first_line_is_told_cut_and_the_kind_of_an_error_that_says_nothing():
    assert first_line(ValueError("no such table\nLINE 1: SELECT 71933")) == "no such table"
    assert first_line(OSError("x" * 300)) == "x" * 160
    assert first_line(KeyError()) == "KeyError"
