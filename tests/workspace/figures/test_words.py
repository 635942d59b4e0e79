"""What own figures say has been read by somebody: a difference from the file is a difference to readers."""

from __future__ import annotations

from tests.workspace.figures.golden import golden, said


def test_own_figures_say_what_was_read_in_both_languages():
    assert said() == golden()
