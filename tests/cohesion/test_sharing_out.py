"""Things are shared out in order, in parts of nearly one size, and none is lost."""

from __future__ import annotations

import pytest

from cohesion.sharing_out import evenly


@pytest.mark.parametrize("most", range(1, 9))
@pytest.mark.parametrize("many", range(30))
def test_parts_are_few_alike_and_in_order(many, most):
    parts = evenly(range(many), most=most)
    sizes = [len(part) for part in parts]
    assert [one for part in parts for one in part] == list(range(many))
    assert len(parts) == max(1, -(-many // most))
    assert max(sizes) <= min(most, min(sizes) + 1)
