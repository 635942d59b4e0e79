"""What own figures say has been read by somebody: a difference from the file is a difference to readers."""

from __future__ import annotations

from dashboard.i18n import read_catalogue
from tests.workspace.figures.golden import golden, said


def test_own_figures_say_what_was_read_in_both_languages():
    assert said() == golden()


def test_a_strand_has_one_name_in_welsh():
    told = [message.string for message in read_catalogue("cy") if isinstance(message.string, str)]
    assert [text for text in told if "llinyn" in text or "linynnau" in text] == []
