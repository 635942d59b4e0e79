"""Words that point at a person are asked about however they are dressed; words of every day's work are not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]  # of Python itself, and undocumented

import pytest

from cohesion import days
from local_figures import places
from local_figures.checking import cells, free_text
from local_figures.checking.free_text import signs

NAMES = (
    "John Smith was told", "spoke to Mr Hussain", "Mr Jones", "mr jones rang", "MRS EVANS", "Mrs D. Evans rang",
    "Ms X", "Mr. Pryce", "Mr.Pryce", "D. Evans came", "D Evans came", "J.K. Rowlinson", "Evans D.", "Evans, David",
    "J.S. said so", "Dr Patel", "Dr. P. Patel", "dr patel", "Prof P Smythe", "Cllr. Pryce", "Cyng. Pryce",
    "Y Parch Pryce", "PC Pryce",
    "Miss Pryce", "Imam Yusef", "Officer Penhaligon", "Siân Llŷr", "Si\u0302an ap Rhys", "Rhys ap Owain",
    "Gwelwyd Dafydd ap Gwilym yno", "Angharad ferch Owain", "Osama bin Laden", "spoke to Dafydd", "spoke to john smith",
    "JOHN SMITH", "Jo\u200bhn Smith", "John\u200bSmith", "John.Smith", "john_smith", "O'Brien's Mary",
    "Ｊｏｈｎ Ｓｍｉｔｈ",
    "seen with Theresa May", "April Jones came", "In John Smith's shop",
)  # fmt: skip
TELEPHONES = (
    "ring 029 2087 2087 for details", "029.2087.2087", "(029) 2087 2087", "029–2087–2087", "029\u00a02087\u00a02087",
    "+44 29 2087 2087", "+44 (0)29 2087 2087", "0044 29 2087 2087", "ring +44 7700 900123", "+44.7700.900123",
    "07700900123", "07700-900-123", "07700/900/123", "0 7 7 0 0 9 0 0 1 2 3", "7700 900123", "44 7700 900123",
    "０２９ ２０８７ ２０８７", "2087 2087", "+353 1 234 5678", "tel:07700900123", "07700 900 123.",
)  # fmt: skip
INSURANCE = (
    "AB123456C was given", "AB 12 34 56 C", "ab 12 34 56 c", "ab123456c", "A B 1 2 3 4 5 6 C", "AB-12-34-56-C",
    "AB 123456 C", "AB12 34 56C", "AB 12 3456 C", "JG.10.37.59.A", "AB123456",
)  # fmt: skip
POSTCODES = (
    "near CF10 4UW", "CF104UW", "cf104uw", "CF10-4UW", "cf10.4uw", "CF10_4UW", "CF 10 4UW", "nearCF104UWand",
    "np20 4ur", "SA1 3SN,", "W1A 1AA",
)  # fmt: skip
MAIL = (
    "write to a.b@example.org", "a.b (at) example.org", "a.b at example dot org", "a.b AT example DOT org",
    "info[at]gmail.com", "info @ gmail . com", "INFO@EXAMPLE.ORG", "a＠b.org", "see @someone_s", "someone at gmail.com",
    "a.b(yn)example.cymru", "facebook.com/someone",
)  # fmt: skip
NOTHING = (
    "Officer visited the school twice in 2026", "leaflets in Newport and Rhondda Cynon Taf", "12 people came",
    "Leaflets on Monday March 2", "In May we met", "dydd Llun Mawrth 2", "QQ 12 34 56 C", "Victim Support",
    "Hate Crime Awareness Week begins", "Responding to hate crime", "from 2025 to 2026-27 a rise", "2025-2026",
    "2025 2026", "01/07/2026 14:00", "between 01/04/2026 and 30/06/2026", "2026-04-01 2026-06-30", "M4 at 5pm",
    "A Polish family", "St David's Day in Cardiff", "Dydd Gŵyl Dewi", "South Wales Police and Cardiff Council",
    "Cyfarfod â Heddlu De Cymru", "Ymwelodd swyddog â'r ysgol", "Community Cohesion Officer visited",
    "Black History Month", "the U.K. Government", "Sir Benfro a Sir Gaerfyrddin", "100,000 leaflets, 2,500 posters",
    "Wythnos Ymwybyddiaeth o Droseddau Casineb yn dechrau", "Ramadan and Eid stalls", "Plan B agreed", "Year 9 pupils",
)  # fmt: skip
EVERY = {
    "name": NAMES,
    "telephone": TELEPHONES,
    "insurance": INSURANCE,
    "postcode": POSTCODES,
    "email": MAIL,
    None: NOTHING,
}


@pytest.mark.parametrize(("text", "sign"), [(text, sign) for sign, texts in EVERY.items() for text in texts])
def test_words_are_searched_for_what_points_at_a_person(text, sign):
    assert signs(text, place_words=places.words_of_places()) == ((sign,) if sign else ())


WHOLE = (
    days._YEAR_FIRST,
    days._DAY_FIRST,
    days._IN_WORDS,
    cells._YEAR,
    cells._WHOLE,
    cells._DECIMAL,
)  # held against a whole cell
PATTERNS = [
    pattern
    for module in (free_text, cells, days)
    for value in vars(module).values()
    for pattern in (value.values() if isinstance(value, dict) else (value,))
    if isinstance(pattern, re.Pattern)
]


def endless(parsed: Iterable) -> int:
    """Return how many repeats without an end a parsed pattern has that something else follows."""
    at = list(parsed)
    inner = sum(
        endless(part)
        for _, value in at
        for part in (value if isinstance(value, tuple | list) else (value,))
        if isinstance(part, _parser.SubPattern)
    )
    inner += sum(endless(part) for code, value in at if code is _constants.BRANCH for part in value[1])
    repeats = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
    followed = at if at and len(at) > 1 else []
    return inner + sum(code in repeats and value[1] is _constants.MAXREPEAT for code, value in followed[:-1])


def test_no_search_has_a_repeat_without_an_end_before_something_else():
    assert len(PATTERNS) >= 12
    searched = [one for one in PATTERNS if one not in WHOLE]
    assert [one.pattern for one in searched if endless(_parser.parse(one.pattern, one.flags))] == []


def test_no_more_of_a_text_is_searched_than_a_cell_may_have():
    spaced = " " * 300 + "ann@council.example"  # spaces are taken together first
    assert signs(spaced, place_words=frozenset()) == ("email",)
    assert signs("a " * 100 + "ann@council.example", place_words=frozenset()) == ()
    of_one_sign = "ﷺ" * 190 + " ann@x.cymru"[:10]  # each stands for many
    assert signs(of_one_sign, place_words=frozenset()) == ("email",)
