"""How hard a text is to read: the Flesch-Kincaid grade of English, and the lengths of sentences and words of any text.

The awkward fact: the grade counts syllables, which English spelling hides. The count here is by groups of vowels, with
the silent endings taken off; it was tried on words whose syllables are known. Welsh has no such formula that anybody
has tested on readers, so of Welsh only lengths are measured.
"""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*\d|\d")
SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a heading or a point of a list is one too."""
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text; a number is one."""
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; a number is said as one word to a digit."""
    if word[0].isdigit():
        return len(re.sub(r"\D", "", word))
    plain = word.lower().replace("’", "'").removesuffix("'s")
    short = SILENT.sub(lambda end: end[0][0], plain) if len(plain) > 3 else plain
    return max(
        1,
        len(re.findall(r"[aeiouy]+", short))
        + len(re.findall(r"i[ao](?!u)", short))
        - len(re.findall("tion|sion|cia|tia", short)),
    )


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: the year of school, of which five more is the reading age."""
    every = words(text)
    said = sum(map(syllables, every))
    return 0.39 * len(every) / len(sentences(text)) + 11.8 * said / len(every) - 15.59
