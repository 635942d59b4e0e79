"""The page of facts as a reader meets it: by community, the fact as the heading, the claim once, and what withdrew."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard import queries
from dashboard.findings import facts
from dashboard.findings.facts import COMMUNITIES, FACTS, cards
from dashboard.i18n import LANGUAGES, t

PAGE, CARDIFF = "facts", "W06000015"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_fact_stands_in_its_community_with_all_that_belongs_to_it(open_page, read, build, lang):
    text = read(open_page(PAGE, lang=lang, place=CARDIFF))
    assert re.findall(r"<h2 id='(\w+)'>", text) == list(COMMUNITIES)
    headings = [unescape(re.sub("<[^>]+>", "", one)) for one in re.findall(r"<h3>(.*?)</h3>", text)]
    cardiff = queries.area(CARDIFF, build=build)
    for one, heading in zip(cards(build=build, place=cardiff), headings, strict=True):
        assert heading.startswith(one.message.text(lang))
        for part in ("claim", "plain", "not"):
            assert text.count(one.text(part, lang)) == 1
    assert text.count(t("messages.how", lang=lang)) >= len(FACTS)


def test_a_community_without_a_fact_is_left_out(open_page, read, monkeypatch):
    monkeypatch.setattr(facts, "FACTS", tuple(fact for fact in FACTS if fact.community != "asylum"))
    text = read(open_page(PAGE, place=CARDIFF))
    assert "<h2 id='asylum'>" not in text
    assert "<h2 id='migration'>" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("choices", [{}, {"with": "W06000022"}, {"from": "2018"}])
def test_choices_that_change_no_fact_are_told_of(open_page, read, lang, choices):
    text = unescape(read(open_page(PAGE, lang=lang, place=CARDIFF, **choices)))
    assert (t("facts.of_one_place", lang=lang) in text) == bool(choices)
