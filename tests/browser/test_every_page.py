"""Every page × language × width in a real browser: nothing leaves the host, nothing is barred, nothing is cut off.

A page that is added to `pages/` is looked at without being listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pytest

from dashboard.i18n import LANGUAGES, t
from tests.browser.driving import PAGES
from tests.browser.evidence import ZOOMED, Seen, screens, see

# Findings of axe-core that are Streamlit's and not ours, by rule, each with its upstream report. None at present.
STREAMLITS_OWN: dict[str, str] = {}
# Streamlit looks for its own address below a deep link first and is told twice that it is not there.
PROBES = "Failed to load resource: the server responded with a status of 404"
VIEWS = [
    pytest.param((page, lang, width), id=f"{page}-{lang}-{width}")
    for page in PAGES
    for lang in LANGUAGES
    for width in ZOOMED
]
# Small words of each language that the other has not: enough to tell which one a sentence is in.
SMALL_WORDS = {
    "en": " the of and in is for to are was were with by from on that not which this these than or has have ",
    "cy": " y yr yn mae oedd sydd nad gan wedi eu ei neu nid ac na bod hyn ond yng ym fesul rhwng ",
}


@pytest.fixture(params=VIEWS)
def view(request) -> tuple[str, str, int]:
    """Return a page, a language and a width."""
    return request.param


@pytest.fixture(scope="module")
def visit(chrome, site) -> Callable[[str, str], dict[int, Seen]]:
    """Return a visitor of pages who opens each once in a language and tells what there is on each width."""
    return cache(lambda page, lang: see(chrome, site, page=page, lang=lang))


@pytest.fixture
def seen(view, visit) -> Seen:
    """Return what a browser saw there."""
    page, lang, width = view
    return visit(page, lang)[width]


def test_no_request_leaves_the_host(seen, site):
    hosts = {urlsplit(url).netloc for url in seen.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(site).netloc}


def test_the_browser_complains_of_nothing_but_streamlits_two_probes(seen):
    assert [line for line in seen.complaints if not line.startswith(PROBES)] == []
    assert len(seen.complaints) <= 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_of_ours_at_all(visit, page, lang):
    """Each text and each width is looked at once: English on a wide screen, Welsh on a narrow one.

    What shows in another pair alone, such as a target that only longer words make small, is not seen here.
    """
    violations = visit(page, lang)[screens(lang)[0]].violations
    assert violations is not None
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["id"] not in STREAMLITS_OWN] == []


def test_the_document_says_its_language_and_its_title(seen, view):
    page, lang, _ = view
    assert seen.language == lang
    assert seen.title == t("frame.document_title", lang=lang, page=t(f"nav.{page}", lang=lang))


def in_the_other_language(lang: str, text: str) -> bool:
    """Tell whether a sentence that is marked as of one language is of the other, by its small words."""
    words = [word.strip(".,;:()“”\"'") for word in text.casefold().split()]
    own, other = (
        sum(f" {word} " in SMALL_WORDS[one] for word in words) for one in (lang, "cy" if lang == "en" else "en")
    )
    return other >= 2 and other > own


def test_every_text_is_read_out_in_its_own_language(seen):
    assert {lang for lang, _ in seen.texts} <= set(LANGUAGES)
    assert len(seen.texts) > 30  # a page of few words has as many
    assert [text for lang, text in seen.texts if in_the_other_language(lang, text)] == []


def test_there_is_one_first_heading_and_no_level_is_skipped(seen):
    levels = [level for level, _ in seen.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [seen.headings[n] for n in range(1, len(levels)) if levels[n] > levels[n - 1] + 1] == []


def test_every_chart_has_a_name_a_sentence_and_its_rows(seen):
    charts = [block for block in seen.blocks if block["charts"]]
    assert [
        b["code"] for b in charts if not (b["sentence"] and b["rows"] and all(len(c) > 40 for c in b["charts"]))
    ] == []


def test_nothing_is_wider_than_the_screen_or_than_a_page_at_twice_the_size(seen):
    assert {width: found for width, found in seen.overflowing.items() if found} == {}


def test_paper_shows_the_content_and_not_the_controls(seen):
    assert seen.controls_on_paper == []
    assert seen.heading_on_paper
