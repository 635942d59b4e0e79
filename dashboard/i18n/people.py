"""People counted in prose: nobody, fewer than five, or the number, in both languages.

The awkward fact: a headline that says "1 people" is wrong, and one that points at a single person in a room of
neighbours is dangerous. So no title, sentence, message or heading gives a count of 1 to 4: the exact one stands in the
table. Nobody is said as nobody, because Welsh has another verb for it and a rate of nobody says nothing.
"""

from __future__ import annotations

from dashboard.i18n.numbers import Numeral
from dashboard.i18n.text import Text, Wording, say

FEWEST = 5  # the least that prose gives as a number
NOBODY, FEW = "_nobody", "_few"
FORMS = ("", FEW, NOBODY)


def people_key(key: str, people: float | None) -> str:
    """Return which form of a text suits a count: `key`, or `key_nobody` for 0, or `key_few` for 1 to 4.

    ValueError for a count below 0. A count that is not held has the plain form, whose number says so.
    """
    if people is None or people >= FEWEST:
        return key
    if people < 0:
        raise ValueError(f"{key}: expected a count of people, 0 or more; came {people}")
    return f"{key}{NOBODY if people == 0 else FEW}"


def say_people(key: str, /, *, people: float | None, **values: Wording | int) -> Text:
    """Return the form of `key` that suits `people`, with `{n}` as the exact number where it is 5 or more.

    Example: "37 people were …", "Fewer than five people were …", "Nobody was …".
    """
    return Text(people_key(key, people), tuple({"n": Numeral(people), **values}.items()))


def number_of_people(people: float | None) -> Wording:
    """Return a count of people for a list inside prose: "nobody", "fewer than five", or the number; never 1 to 4."""
    if people is None or people >= FEWEST:
        return Numeral(people)
    return say("people.nobody" if people == 0 else "people.few")
