"""No edition gives away a small count of another, nor that one more came since: tried by a reader who remembers all."""

from __future__ import annotations

import pytest

from local_figures import door
from tests.local_figures.remembering import MADE, approved, found, growing_log


@pytest.mark.parametrize("template", MADE)
@pytest.mark.parametrize("start", [0, 4])
def test_who_remembers_every_edition_works_nothing_out(template, start):
    for seed in range(start, start + 4):
        drafts = MADE[template](seed)
        editions = approved(template, drafts)
        assert len(editions) == len(drafts)
        for number in range(1, len(editions) + 1):
            assert found(template, editions[:number]) == [], f"seed {seed}, edition {number}"


def test_the_attacker_finds_what_a_step_that_is_not_protected_tells(monkeypatch):
    monkeypatch.setattr(door, "_steps", lambda *_: {})
    assert any(found("tension_log", approved("tension_log", growing_log(seed))) for seed in range(8))
