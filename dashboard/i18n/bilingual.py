"""Texts that stand in both languages at once, Welsh first: on a slide that a whole room reads.

The awkward fact: most of what a chart says is numbers, which both languages share. So two readings of one thing are
laid together, what is the same is written once, and each part of the rest knows its language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import takewhile
from typing import Any

from dashboard.i18n import Language

ORDER: tuple[Language, Language] = ("cy", "en")
BETWEEN = " / "
_MONTHS = 2  # words of a date that differ: the month in each language
_LABEL = 5  # words; more are a sentence, which no language may begin without its number
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,])")


class Both(str):
    """A text in both languages as one: "Cymru / Wales 1.95", with its parts and what each language reads alone."""

    __slots__ = ("alone", "parts")

    parts: tuple[tuple[Language, str], ...]
    alone: tuple[str, str]

    def __new__(cls, welsh: str, english: str, *, between: str = BETWEEN) -> Both:
        """Lay two readings together; numbers that both begin or end with are written once."""
        first, second = welsh.split(" "), english.split(" ")
        start = 0 if any(map(_is_sentence, (first, second))) else _shared(first, second)
        end = _shared(first[start:][::-1], second[start:][::-1])
        rest = (*first[start : len(first) - end], *second[start : len(second) - end])
        is_dated = any(map(_YEAR.search, first[len(first) - end :]))
        if (is_dated and len(rest) > _MONTHS) or any(map(_DIGIT.search, rest)):
            end = 0  # a sentence keeps its date, and one with more numbers its last, in each language
        if min(len(first), len(second)) <= start + end:
            start = end = 0
        inner = [" ".join(words[start : len(words) - end]) for words in (first, second)]
        before, after = (" ".join(words) for words in (first[:start], first[len(first) - end :]))
        welsh_part = f"{before} {inner[0]}{between}" if before else f"{inner[0]}{between}"
        parts = [(ORDER[0], welsh_part), (ORDER[1], inner[1])]
        parts += [(ORDER[0], f" {after}")] if after else []
        both = super().__new__(cls, "".join(text for _, text in parts))
        both.parts, both.alone = tuple(parts), (welsh, english)
        return both


def _is_sentence(words: Sequence[str]) -> bool:
    return len(words) > _LABEL or words[-1].endswith((".", "?", "!"))


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """Return with how many numbers two texts begin alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return len(list(takewhile(lambda pair: any(map(str.isdigit, pair[0])) and ")" not in pair[0], alike)))


def parts_of(text: str, *, lang: Language) -> tuple[tuple[Language, str], ...]:
    """Return a text in the pieces that are in one language each."""
    return text.parts if isinstance(text, Both) else ((lang, text),)


def text_in_both(welsh: str, english: str) -> str:
    """Return a text in both languages, or once where they read the same."""
    return welsh if welsh == english else Both(welsh, english)


def on_lines(text: str) -> str:
    """Return a text in both languages with each on a line of its own; any other as it is."""
    return Both(*text.alone, between="\n") if isinstance(text, Both) else text


def laid_together(welsh: Any, english: Any) -> Any:
    """Return one thing read in both languages: its texts in both, its numbers once.

    Things in an order of the alphabet are matched by their codes. Where the two are not alike, the Welsh stands.
    """
    if isinstance(welsh, str) and isinstance(english, str):
        return text_in_both(welsh, english)
    if is_dataclass(welsh) and not isinstance(welsh, type) and type(welsh) is type(english):
        both = {one.name: (getattr(welsh, one.name), getattr(english, one.name)) for one in fields(welsh) if one.init}
        return replace(welsh, **{name: laid_together(*pair) for name, pair in both.items()})
    if isinstance(welsh, tuple) and isinstance(english, tuple) and len(welsh) == len(english):
        others = {_code(one): one for one in english}
        by_code = len(others) == len(english) and set(others) == {_code(one) for one in welsh} and "" not in others
        pairs = ((one, others[_code(one)]) for one in welsh) if by_code else zip(welsh, english, strict=True)
        return tuple(laid_together(*pair) for pair in pairs)
    return welsh


def _code(one: Any) -> str:
    return str(getattr(one, "code", ""))
