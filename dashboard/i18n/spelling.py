"""Spell-checks every text we show, with aspell: `python -m dashboard.i18n.spelling [--require]`.

The awkward fact: aspell's Welsh dictionary knows most mutated forms but few names and no joined
endings ("sy'n", "o'r"), so the endings are taken off first, and our names and terms, mutated forms
included, stand in the reviewed lists `words.en.txt` and `words.cy.txt`.
A message flagged `other-language` is in the other language on purpose and is checked as such.
"""

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.i18n import LANGUAGES, Language, read_catalogue

ROOT: Final = Path(__file__).parents[2]
NOTICE: Final = "Spelling was not checked: it needs the Debian packages aspell, aspell-en and aspell-cy."

_DICTIONARIES: dict[Language, str] = {"en": "en_GB", "cy": "cy"}
_OTHER: dict[Language, Language] = {"en": "cy", "cy": "en"}
_NOT_WORDS = re.compile(
    r"\{[^{}]*\}|https?://\S+|`[^`]*`|<[^>]+>|\[[a-z]+\]|\S+@\S+|\b\w+\.\w[\w./]*|\b\w+_\w+|\([^\s()]*\d[^\s()]*\)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WELSH_ENDING = re.compile(r"'(?:r|n|u|i|w|m|th|ch)$")


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to check: where it stands (`cy.po nav.home`), its language, and the text."""

    where: str
    lang: Language
    text: str


@dataclass(frozen=True, kw_only=True)
class Misspelling:
    """One word that neither the dictionary nor our list knows, and where it stands."""

    where: str
    word: str


def texts(*, root: Path = ROOT) -> list[Text]:
    """Gather every text that carries words: catalogues, reference tables, origins of the figures."""
    data = root / "data"
    return [
        *(text for lang in LANGUAGES for text in _catalogue_texts(lang)),
        *(text for path in sorted((data / "reference").glob("*.csv")) for text in _csv_texts(path)),
        *(text for path in sorted(data.glob("*/*.toml")) for text in _toml_texts(path)),
    ]


def misspellings(every: Iterable[Text]) -> list[Misspelling]:
    """Return the unknown words of the texts in their order; RuntimeError when aspell itself fails."""
    pairs = [(text, words(text.text, lang=text.lang)) for text in every]
    unknown = {
        lang: _unknown({word for text, its_words in pairs if text.lang == lang for word in its_words}, lang=lang)
        for lang in LANGUAGES
    }
    return [
        Misspelling(where=text.where, word=word)
        for text, its_words in pairs
        for word in its_words
        if word in unknown[text.lang]
    ]


def words(text: str, *, lang: Language) -> list[str]:
    """Split a text into words, leaving out placeholders, addresses, code and markers such as [low]."""
    parts = [word.replace("’", "'") for word in _WORD.findall(_NOT_WORDS.sub(" ", text))]
    return [_WELSH_ENDING.sub("", word) for word in parts] if lang == "cy" else parts


def allowed_words(lang: Language) -> frozenset[str]:
    """Read our reviewed list of names and terms in `lang`."""
    path = Path(__file__).with_name(f"words.{lang}.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def is_available() -> bool:
    """Tell whether aspell and both dictionaries are installed."""
    return shutil.which("aspell") is not None and set(_DICTIONARIES.values()) <= _aspell("dicts")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the unknown words with the key where they stand; 1 when there are any, 0 otherwise."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.i18n.spelling", description="Spell-check both languages."
    )
    parser.add_argument("--require", action="store_true", help="fail when aspell is not installed")
    required = parser.parse_args(arguments).require or bool(os.environ.get("CI"))
    if not is_available():
        print(NOTICE, file=sys.stderr)
        return 1 if required else 0
    unknown = misspellings(texts())
    for misspelling in unknown:
        print(f"{misspelling.where}: {misspelling.word}")
    return 1 if unknown else 0


def _unknown(candidates: set[str], *, lang: Language) -> set[str]:
    allowed = allowed_words(lang)
    # A list entry in small letters also covers the same word at the start of a sentence.
    doubtful = sorted(word for word in candidates if word not in allowed and word.lower() not in allowed)
    rejected = _aspell(f"--lang={_DICTIONARIES[lang]}", "--encoding=utf-8", "list", lines="\n".join(doubtful))
    return {word for word in doubtful if rejected & {word, *word.split("'")}}


def _aspell(*arguments: str, lines: str = "") -> set[str]:
    command = [shutil.which("aspell") or "aspell", *arguments]
    # The arguments are our own constants and the texts go in on standard input, so nothing is run from them.
    result = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    if result.returncode != 0:
        raise RuntimeError(f"expected an answer from {' '.join(command)}; got {result.stderr.strip()}")
    return set(result.stdout.split())


def _catalogue_texts(lang: Language) -> Iterator[Text]:
    for message in read_catalogue(lang):
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key:
            spoken = _OTHER[lang] if "other-language" in message.flags else lang
            yield from (Text(where=f"{lang}.po {key}", lang=spoken, text=form) for form in forms)


def _csv_texts(path: Path) -> Iterator[Text]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            # A place nobody can select is outside Wales, and its name is the publisher's spelling.
            if row.get("selectable") == "false":
                continue
            for column, text in row.items():
                lang = _language_of(column)
                if lang and text:
                    yield Text(where=f"{path.name} line {rows.line_num} {column}", lang=lang, text=text)


def _toml_texts(path: Path) -> Iterator[Text]:
    with path.open("rb") as file:
        yield from _nested_texts(tomllib.load(file), where=path.name, lang=None)


def _nested_texts(value: object, *, where: str, lang: Language | None) -> Iterator[Text]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nested_texts(inner, where=f"{where} {key}", lang=_language_of(key) or lang)
    elif isinstance(value, list):
        for inner in value:
            yield from _nested_texts(inner, where=where, lang=lang)
    elif isinstance(value, str) and lang:
        yield Text(where=where, lang=lang, text=value)


def _language_of(name: str) -> Language | None:
    return next((lang for lang in LANGUAGES if name == lang or name.endswith(f"_{lang}")), None)


if __name__ == "__main__":
    raise SystemExit(main())
