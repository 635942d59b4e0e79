"""Looks through words for what could point at a person: it warns, and the one who uploads answers.

The awkward fact: no rule knows every name, and people write around a rule without meaning to: a telephone number in
dots, an address "at" a place, a name in small letters. So letters and digits are first brought to one form; what then
looks like a title, an initial, a patronymic, a common name or two capitals of no place is rather asked about once too
often. What somebody sends can be made to take long: so no repeat in these patterns is without an end.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from cohesion.folding import folded, without_accents
from local_figures.checking.cells import LONGEST_FREE
from local_figures.checking.visible_text import one_form

Words = Mapping[str, frozenset[str]]
_UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_SEP = r"[ .\-‐-―/_]"
_AT = r"(?:@|[(\[{<] ?(?:at|yn) ?[)\]}>])"
_DOT = r"(?: ?\. ?| ?[(\[{] ?dot ?[)\]}] ?| dot )"
_DOMAIN = r"(?:com|org|net|info|co|ac|gov|sch|nhs|uk|wales|cymru|llyw|eu|io)\b"
_MAIL = (
    rf"[\w.+'-]{{1,64}} ?{_AT} ?[\w-]{{1,64}}",
    r"(?<!\w)@\w{2,64}",  # the name of an account
    rf"\w{{1,64}}[ _]at[ _][\w-]{{1,64}}(?:{_DOT}[\w-]{{1,64}}){{0,4}}{_DOT}{_DOMAIN}",
    r"https?://|\bwww\.|\b(?:facebook|twitter|instagram|tiktok|linkedin|x)\.com/",
    r"\b(?:gmail|hotmail|outlook|yahoo|icloud|btinternet)\b",
)
_FIRST, _SECOND = "[A-CEGHJ-PR-TW-Z]", "[A-CEGHJ-NPR-TW-Z]"  # letters that open a National Insurance number
_INSURANCE = (
    rf"(?i:{_FIRST}{_SECOND}({_SEP}?)\d\d\1\d\d\1\d\d\1[A-D])",  # in pairs
    rf"(?i:{_FIRST}({_SEP}){_SECOND}\2(?:\d\2){{6}}[A-D])",  # one by one
    rf"{_FIRST}{_SEP}?{_SECOND}{_SEP}?(?:\d{_SEP}?){{6}}[A-D]",  # in capitals, however it is set apart
    rf"{_FIRST}{_SECOND}({_SEP}?)\d\d\3\d\d\3\d\d",  # in capitals, without its last letter
)
_TELEPHONE = (
    rf"(?<![\d.,/-])(?:(?:\(?\+|\(?00){_SEP}?[1-9]\d?\d?\)?|44|\(?0)(?:{_SEP}?\(0\))?"
    rf"\)?{_SEP}{{0,4}}\(?\d(?:[()]?{_SEP}{{0,4}}[()]?\d){{8,10}}(?!\d)",
    rf"(?<!\d)7\d{{3}}{_SEP}?\d{{3}}{_SEP}?\d{{3}}(?!\d)",
    r"(?<![\d.,/-])(?!(?:19|20)[0-4]\d[ -](?:19|20)[0-4]\d)\d{4}[ -]\d{4}(?![\d/-])",  # without its code; no two years
)
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"  # the second half of a postcode: "5pm" is none
_POSTCODE = (
    rf"(?<![A-Za-z\d])(?i:[A-Z]{{1,2}}\d[A-Z\d]?{_SEP}?{_INWARD})(?![A-Za-z\d])",
    rf"[A-Z]{{1,2}}{_SEP}?\d[A-Z\d]?{_SEP}{{0,4}}{_INWARD}(?![A-Z\d])",
    rf"(?i:CF|NP|SA|LD|LL|SY|CH)\d\d?{_SEP}?(?i:{_INWARD})",  # of Wales: also within other letters
)
_SIGNS = {
    "email": re.compile("|".join(_MAIL), re.IGNORECASE),
    "insurance": re.compile(rf"(?<![A-Za-z\d])(?:{'|'.join(_INSURANCE)})(?![A-Za-z\d])"),
    "telephone": re.compile("|".join(_TELEPHONE)),
    "postcode": re.compile("|".join(_POSTCODE)),
}
_DAY = re.compile(r"(?<![\d/.-])(?:(?:19|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d([/.-])[01]?\d\1(?:19|20)\d\d)(?![\d/-])")
_INITIALS = re.compile(
    rf"\b(?!U\. ?[KSN]\b|E\. ?U\b|N\. ?I\b)(?:[{_UPPER}]\. ?){{1,3}}([{_UPPER}][\w'’-]{{1,64}}|[{_UPPER}]\.)"
)
_RUN_TOGETHER = re.compile(r"(?<=[^\W\d_]{2})[_.](?=[^\W\d_]{2})|(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def signs(text: str, *, place_words: frozenset[str]) -> tuple[str, ...]:
    """Return what a text seems to hold: email, insurance, telephone, postcode, name; `place_words` are of no person."""
    # a longer cell is refused for its length: what else is wrong with the rest of it need not be told
    plain = one_form(one_form(text)[:LONGEST_FREE], form="NFKC")
    searched = dict.fromkeys(_SIGNS, plain) | {"telephone": _DAY.sub(" ", plain)}
    signs_of_text = [sign for sign, pattern in _SIGNS.items() if pattern.search(searched[sign])]
    without_addresses = _SIGNS["email"].sub(" ; ", plain)
    return (*signs_of_text, "name") if _names_somebody(without_addresses, place_words) else tuple(signs_of_text)


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of a text: as it stands there, in small letters without accents, and what stands before it."""

    text: str
    plain: str
    gap: str

    @property
    def capital(self) -> bool:
        """Return whether it begins with a capital."""
        return self.text[0].isupper()


def _names_somebody(text: str, place_words: frozenset[str]) -> bool:
    lists, listed, nobody = _lists(), _names(), _of_nobody(place_words)
    if any(_bare(match[1]) not in nobody for match in _INITIALS.finditer(text)):
        return True
    words = _words(_RUN_TOGETHER.sub(" ", text))
    saints = {at + 1 for at, word in enumerate(words) if word.plain in lists["saints"]}
    if any(word.plain in listed and at not in saints for at, word in enumerate(words)):
        return True
    if any(_son(*three, nobody=nobody, lists=lists) for three in zip(words, words[1:], words[2:], strict=False)):
        return True
    return any(_together(first, second, nobody=nobody, lists=lists) for first, second in pairwise(words))


def _son(before: Word, word: Word, after: Word, *, nobody: frozenset[str], lists: Words) -> bool:
    """Return whether a word says whose child somebody is, between two names."""
    if word.plain not in lists["sons"] or not word.gap == after.gap == " ":
        return False
    return all(one.capital and one.plain not in nobody for one in (before, after))


def _together(first: Word, second: Word, *, nobody: frozenset[str], lists: Words) -> bool:
    """Return whether two words that follow each other seem to be a title or a name and a name."""
    if second.gap in (" ", ". ", ".") and first.plain in lists["titles"]:
        return True
    if not second.capital or second.plain in nobody or len(second.text) == 1:
        return False
    if first.plain in lists["roles"]:  # pc and di are words of their own in small letters
        return second.gap in (" ", ". ", ".") and (len(first.plain) > 2 or first.text.isupper())
    initial = len(first.text) == 1 and first.text not in "AEIOY"  # those are words of their own
    return second.gap == " " and first.capital and (initial or (len(first.text) > 1 and first.plain not in nobody))


def _words(text: str) -> list[Word]:
    matches = list(_WORD.finditer(text))
    ends = [0, *(match.end() for match in matches)]
    return [
        Word(text=match[0], plain=_bare(match[0]), gap=text[end : match.start()])
        for match, end in zip(matches, ends, strict=False)
    ]


def _bare(word: str) -> str:
    """Return a word in small letters, without accents and without an 's at its end."""
    return folded(without_accents(word)).removesuffix("'s").strip("'-")


@cache
def _lists() -> Words:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return {name: frozenset(words) for name, words in tomllib.load(file).items()}


@cache
def _names() -> frozenset[str]:
    return _lists()["forenames"] | _lists()["surnames"]


@lru_cache(maxsize=16)  # of every cell of a file the same is asked
def _of_nobody(place_words: frozenset[str]) -> frozenset[str]:
    """Return the words that are no person's name: of places, and ordinary ones."""
    lists = _lists()
    ordinary = (lists[name] for name in ("ordinary", "opening", "saints", "titles", "roles"))
    return place_words.union(*ordinary) - _names()
