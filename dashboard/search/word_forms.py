"""What counts as the same word beyond its accents: with a slip of the finger, and as Welsh changes its first letter.

The awkward fact: a reader of Welsh meets "Nghaerdydd", "Gaerdydd" and "Chaerdydd" for one city, and searches for what
was last read. So each word is also looked up as the words it may have been made from, and only those that exist count.
"""

from __future__ import annotations

from functools import lru_cache

# What stands at the front of a changed word, and what may have stood there (soft, nasal and aspirate mutation).
CHANGED = (
    ("ngh", ("c",)),
    ("mh", ("p",)),
    ("nh", ("t",)),
    ("ng", ("g",)),
    ("ch", ("c",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("dd", ("d",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("f", ("b", "m")),
    ("g", ("c",)),
    ("m", ("b",)),
    ("n", ("d",)),
    ("l", ("ll", "gl")),
    ("r", ("rh", "gr")),
    ("w", ("gw",)),
)
_VOWELS = "aeiouwy"
_SHORTEST_CHANGED = 3  # letters; shorter words would be taken for each other


def pairs(word: str) -> frozenset[str]:
    """Return the pairs of letters that stand beside each other in a word."""
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))


@lru_cache(maxsize=8192)
def radicals(word: str) -> tuple[str, ...]:
    """Return the words that a Welsh word may have been made from by a change of its first letter."""
    if len(word) < _SHORTEST_CHANGED:
        return ()
    unchanged = [
        f"{first}{word[len(changed) :]}" for changed, firsts in CHANGED if word.startswith(changed) for first in firsts
    ]
    if word[0] in _VOWELS:
        unchanged.append(f"g{word}")
    if word[0] == "h" and word[1] in _VOWELS:
        unchanged.append(word[1:])
    return tuple(unchanged)


def slips(one: str, other: str, *, most: int) -> int:
    """Return how many letters were left out, put in, changed or swapped with a neighbour; `most` + 1 stands for more.

    The usual table of distances, a row at a time, given up as soon as a whole row is past `most`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    two_above: list[int] = []
    above = list(range(len(other) + 1))
    for down, letter in enumerate(one, start=1):
        row = [down]
        for across, second in enumerate(other, start=1):
            fewest = min(above[across] + 1, row[-1] + 1, above[across - 1] + (letter != second))
            if down > 1 and across > 1 and letter == other[across - 2] and one[down - 2] == second:
                fewest = min(fewest, two_above[across - 2] + 1)
            row.append(fewest)
        if min(row) > most:
            return most + 1
        two_above, above = above, row
    return above[-1]
