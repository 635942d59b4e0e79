"""One vocabulary: what the etl writes, the database allows and the dashboard explains are the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cohesion.vocabulary import COUNTED, GRADES, MARKERS, MONTHS_CY, MONTHS_EN, STATUSES, TOTAL, WALES
from dashboard.i18n import t

ROOT = Path(__file__).parents[2]
SCHEMA = (ROOT / "etl" / "pipeline" / "schema.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "words"), [("marker", MARKERS), ("grade", GRADES), ("status", STATUSES), ("counts", COUNTED)]
)
def test_the_database_allows_these_words_and_no_others(column, words):
    (allowed,) = re.findall(rf"\b{column}(?:, '\[x\]'\))? IN \(([^)]*)\)", SCHEMA, re.IGNORECASE)
    assert [word for word in re.findall(r"'([^']*)'", allowed) if word] == [*words]


def test_both_rooms_call_the_months_alike():
    for lang, months in (("en", MONTHS_EN), ("cy", MONTHS_CY)):
        assert [t(f"month.long.{number}", lang=lang) for number in range(1, 13)] == [*months]


def test_no_room_has_a_list_of_its_own():
    own = re.compile(r"\"\[c\]\", \"\[x\]\"|\"A\", \"B\", \"C\"|^TOTAL = \"|\"Ionawr\"", re.MULTILINE)
    rooms = [path for room in ("etl", "dashboard", "pages") for path in (ROOT / room).rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in rooms if own.search(path.read_text(encoding="utf-8"))] == []
    assert TOTAL == "total"


def test_no_room_writes_the_code_of_a_nation_or_of_several_itself():
    code = re.compile(r"\"(?:[EWSN]92\d{6}|K0[24]\d{6}|XCAV|XEWEXMET)\"")
    rooms = [
        path for room in ("etl", "dashboard", "local_figures", "workspace") for path in (ROOT / room).rglob("*.py")
    ]
    assert [str(path.relative_to(ROOT)) for path in rooms if code.search(path.read_text(encoding="utf-8"))] == []
    assert code.search(f'"{WALES}"')


def test_no_room_reads_the_nation_or_the_kind_of_an_area_from_letters_itself():
    letters = re.compile(r"(?:startswith|match)\(\s*r?\(?[\"'](?:[EWSN]|[EWSN]\d\d?|[EWSN]\(?\d.*)[\"']|\.str\[0\] ?==")
    assert letters.search('codes.str.startswith(("W14", "W15"))')
    assert letters.search('codes.str.fullmatch(r"W06\\d{6}")')
    rooms = ("etl", "dashboard", "local_figures", "workspace")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in files if letters.search(path.read_text(encoding="utf-8"))] == []
