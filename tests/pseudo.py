"""A language nobody speaks: English with every letter changed and every vowel doubled, in the place of Welsh.

The awkward fact: a text that was written into the code looks right in English and is missed in Welsh by whoever reads
no Welsh. In this language every letter that came from a catalogue or from the data has a mark on it, so a plain one is
a text that nobody can translate; and every text is about a third longer, as other languages are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from types import SimpleNamespace

import pytest

from dashboard import i18n, memory
from dashboard.i18n import periods
from dashboard.model import Words

LANG = "cy"  # whose place it takes
_CHANGED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "âßçđêſğħîĵķłœñôþøřšţûůŵžýźÂÞÇĐÊĜĞĦÎĴĶŁŒÑÔÞØŘŠŢÛŮŴŽÝŹ"
)
_KEPT = re.compile(r"\{\w+\}|<[^>]*>|https?://\S+|\[\w+\]|&\w+;")  # a value's place, markup, an address, a marker
_VOWELS = re.compile(r"[aeiouAEIOU]")
_MARKUP = re.compile(r"<(style|script)[^>]*>.*?</\1>|<[^>]*>", re.DOTALL)
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S+\.(?:csv|ods|json|parquet|xlsx|docx|pdf|html|zip)\b\S*")
# What stands in every language: names of formats, codes and abbreviations, and the names of files.
SAME_EVERYWHERE = {
    "CSV",
    "XLSX",
    "ODS",
    "SVG",
    "PNG",
    "PDF",
    "HTML",
    "PPTX",
    "DOCX",
    "JSON",
    "CSVW",
    "ONS",
    "UTF",
    "RFC",
    "SHA",
}


def pseudo(text: str) -> str:
    """Return a text in this language; what is no word of it stays."""
    parts, end = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_spoken(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, _spoken(text[end:])])


def _spoken(text: str) -> str:
    return _VOWELS.sub(lambda vowel: vowel[0] * 2, text).translate(_CHANGED)


@contextmanager
def spoken() -> Iterator[None]:
    """Put this language in the place of Welsh: its catalogue, the columns of the data."""
    english = i18n._translations("en")
    catalogue = SimpleNamespace(
        gettext=lambda key: key if (text := english.gettext(key)) == key else pseudo(text),
        ngettext=lambda key, _, n: key if (text := english.ngettext(key, key, n)) == key else pseudo(text),
    )
    usual = i18n._translations
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(i18n, "_translations", lambda lang: catalogue if lang == LANG else usual(lang))
        patched.setattr(Words, "text", lambda self, lang: pseudo(self.en) if lang == LANG else self.en)
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    memory.forget()
    periods._name.cache_clear()  # which are of no build
    i18n._text.cache_clear()


def untranslated(text: str) -> list[str]:
    """Return the words of a text that no catalogue and no data brought: two plain letters or more.

    Addresses, names of files and names that are the same in every language are none.
    """
    plain = _ADDRESSES.sub(" ", unescape(_MARKUP.sub(" ", text)))
    return [word for word in re.findall(r"\b[A-Za-z]{2,}\b", plain) if word not in SAME_EVERYWHERE]
