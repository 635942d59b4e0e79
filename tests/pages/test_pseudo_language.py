"""Every page in a language that nobody speaks: what stays plain is a text that nobody can translate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.findings import RULES
from tests import pseudo

PAGES = sorted(path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py"))
# Names of tables that publishers gave them, and of the rules that write messages: a message names its own.
DECLARED = {"MYEB", "Reg", *(rule.id for rule in RULES)}


@pytest.fixture(scope="module", autouse=True)
def spoken(on_show: str) -> Iterator[None]:
    with pseudo.spoken():
        yield


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_a_word_that_nobody_can_translate(open_page, read, page):
    text = read(open_page(page, lang=pseudo.LANG, place="W06000015"))
    assert set(pseudo.untranslated(text)) <= DECLARED
