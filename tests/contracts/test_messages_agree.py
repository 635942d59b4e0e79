"""The messages of a place, read together: they give one newest figure of a thing, and none takes back another.

Each message alone is read for age (`test_age`), people (`test_counts_of_people`) and superseded totals
(`test_superseded`); here it is what a reader meets who reads them all.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard import findings, queries
from dashboard.figure import View
from dashboard.findings import Message, Quantity
from dashboard.i18n import LANGUAGES
from tests.dashboard.test_findings import PLACES

# For a reader who asks after places alike, whose figures end on another day than Wales's: the message says which.
OF_ANOTHER_DAY = {"asylum_similar"}


def messages(code: str, build: str) -> tuple[Message, ...]:
    return findings.messages(View(place=queries.area(code, build=build), lang="en", build=build))


def newest(message: Message) -> Quantity | None:
    """Return the figure that a message is about."""
    number = dict(message.values).get("n")
    return number if isinstance(number, Quantity) and number.how == "published" else None


@pytest.mark.parametrize("code", PLACES)
def test_one_thing_has_one_newest_figure(build, code):
    told: dict[tuple[str, str, str, int], set[tuple[str, float]]] = {}
    for message in messages(code, build):
        number = newest(message)
        if number is not None and message.rule not in OF_ANOTHER_DAY:
            (figure,) = number.of
            key = (figure.measure, figure.area, figure.category, figure.period.months)
            told.setdefault(key, set()).add((figure.period.start.isoformat(), number.value))
    assert {key: figures for key, figures in told.items() if len(figures) > 1} == {}
    assert told


@pytest.mark.parametrize("code", PLACES)
def test_a_quarter_that_is_as_expected_is_called_neither_clearly_higher_nor_lower_with_no_word_on_both(build, code):
    keys = {message.rule: message.keys for message in messages(code, build)}
    expected, change = keys.get("rra_level", ()), keys.get("rra_same_quarter", ())
    moved = {"finding.change_higher", "finding.change_lower"} & set(change)
    opposite = ("finding.change_lower" in change and "range.above" in expected) or (
        "finding.change_higher" in change and "range.below" in expected
    )
    assert not opposite, (expected, change)
    assert not moved or expected, "a verdict on a quarter, and not a word on what is expected of it"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", PLACES)
def test_no_two_messages_say_the_same_and_none_says_a_thing_twice(build, code, lang):
    texts = [message.text(lang) for message in messages(code, build)]
    for one, other in combinations(texts, 2):
        assert one not in other
    for text in texts:
        sentences = text.split(". ")
        assert len(set(sentences)) == len(sentences), text
