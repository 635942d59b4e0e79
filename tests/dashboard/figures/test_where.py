"""Where a measure is told of is said once: messages, facts, tables, feeds and the search lead to the same page."""

from __future__ import annotations

import pytest

from dashboard.figures.where import page_of
from dashboard.findings import RULES
from dashboard.findings.facts import FACTS

LEADING = [rule for rule in (*RULES, *(fact.rule for fact in FACTS)) if rule.block]


@pytest.mark.parametrize("rule", LEADING, ids=lambda rule: rule.id)
def test_a_message_and_a_fact_lead_to_the_page_of_their_figure(rule):
    assert rule.page == page_of(rule.block)


def test_asylum_support_is_told_of_under_sanctuary():
    assert page_of("asylum_support") == "sanctuary"
