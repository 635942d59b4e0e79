"""Every word the dashboard shows, in English and Welsh, found by a symbolic key.

The awkward fact: the catalogues are gettext .po files because translators' tools read them, but a
msgid here is a key (`nav.home`), not the English sentence, so a missing text can never quietly
come out in the other language: it raises.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["en", "cy"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "cy")
NOT_YET_CHECKED: Final[frozenset[Language]] = frozenset({"cy"})  # by a professional translator, as each page says
NAME_AFTER: Final[dict[Language, str]] = {"en": "to "}  # what leaves a name whole, its article included
ARTICLES: Final[dict[Language, tuple[str, ...]]] = {"cy": ("Y ", "Yr ")}  # of a name: written small inside a sentence
LOCALE: Final[dict[Language, str]] = {"en": "en-GB", "cy": "cy-GB"}

_LOCALE_FOLDER = Path(__file__).parent / "locale"


def language_of_code(code: str) -> Language:
    """Return one of our languages by its code; ValueError for any other."""
    for lang in LANGUAGES:
        if lang == code:
            return lang
    raise ValueError(f"expected one of the languages {', '.join(LANGUAGES)}; got {code!r}")


def t(key: str, /, *, lang: Language, **values: object) -> str:
    """Return the text of `key` in `lang` with `values` put in, e.g. `t("nav.home", lang="cy")` is "Hafan".

    KeyError when the catalogue lacks the key, or the text needs a value that was not given.
    """
    return _filled(_text(key, lang), key=key, lang=lang, values=values)


def tn(key: str, /, *, count: int, lang: Language, **values: object) -> str:
    """Return the form of `key` that suits `count`; `{n}` is the count with its thousands comma.

    KeyError as for `t`. Example: `tn("count.people", count=1200, lang="cy")` is "1,200 o bobl".
    """
    text = _translations(lang).ngettext(key, key, count)
    return _filled(text, key=key, lang=lang, values={"n": f"{count:,}", **values})


@cache
def read_catalogue(lang: Language) -> Catalog:
    """Read the .po file of `lang` as Babel messages; ValueError as for `language_of_code`."""
    with (_LOCALE_FOLDER / f"{language_of_code(lang)}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


@cache
def _translations(lang: Language) -> gettext.GNUTranslations:
    # Compiled in memory, on first use: nothing generated is committed, and a stale .mo cannot exist.
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _text(key: str, lang: Language) -> str:
    return _translations(lang).gettext(key)


def _filled(text: str, *, key: str, lang: Language, values: dict[str, object]) -> str:
    # gettext hands back the msgid when it has no text; a real text never equals its symbolic key.
    if text == key:
        raise KeyError(f"no text for {key!r} in the {lang!r} catalogue")
    if not values and "{" not in text:  # most texts
        return text
    try:
        return text.format(**values)
    except KeyError as missing:
        raise KeyError(f"the {lang!r} text of {key!r} needs the value {missing}; got {sorted(values)}") from missing
