"""A publisher's symbol becomes one of our markers, or an error that says where it stood."""

from __future__ import annotations

import pytest

from cohesion.vocabulary import MARKERS
from etl.contract import ContractError
from etl.reading.markers import MARKER_OF, marker_of


@pytest.mark.parametrize(
    ("written", "ours"), [("*", "[c]"), (":", "[x]"), ("0~", "[low]"), (" [x] ", "[x]"), (".", "[z]")]
)
def test_publishers_symbols_become_ours(written: str, ours: str) -> None:
    assert marker_of(written, where="anywhere") == ours


def test_every_marker_given_is_one_the_database_accepts() -> None:
    assert set(MARKER_OF.values()) <= set(MARKERS)


@pytest.mark.parametrize("written", ["", "?", "[note 3]", "n/a"])
def test_an_unknown_symbol_is_an_error_with_its_place(written: str) -> None:
    with pytest.raises(ContractError, match=r"row 7: expected a number or one of the markers"):
        marker_of(written, where="row 7")
