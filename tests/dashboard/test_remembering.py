"""A block is made once for the same arguments, anew for others, and never kept without bound."""

from __future__ import annotations

import inspect

from dashboard.blocks.remembering import MOST, remembered


def counting():
    asked = []

    @remembered
    def block(view: str, *, year: int = 0) -> str:
        """Make a block."""
        asked.append((view, year))
        return f"{view} {year}"

    return block, asked


def test_the_same_question_is_answered_from_memory_and_another_is_not():
    block, asked = counting()
    assert block("Cardiff", year=2024) is block("Cardiff", year=2024)
    assert block("Cardiff", year=2023) == "Cardiff 2023"
    assert asked == [("Cardiff", 2024), ("Cardiff", 2023)]


def test_two_blocks_with_the_same_arguments_are_not_taken_for_each_other():
    one, _ = counting()
    other = remembered(lambda view: f"other {view}")
    assert (one("Wales"), other("Wales")) == ("Wales 0", "other Wales")


def test_the_oldest_answers_fall_out():
    block, asked = counting()
    for number in range(MOST + 1):
        block("Wales", year=number)
    block("Wales", year=0)
    assert len(asked) == MOST + 2


def test_a_remembered_block_is_still_a_function_with_its_name_its_words_and_its_arguments():
    block, _ = counting()
    assert inspect.isfunction(block)
    assert (block.__name__, block.__doc__) == ("block", "Make a block.")
    assert list(inspect.signature(block).parameters) == ["view", "year"]
