"""The figures of a page: each asked for with the choices the address holds, and shown in the catalogue's order.

The awkward fact: what is true of all figures can only be said above them once all are known. They are: the list of what
a page holds has asked for them before, and answers are remembered.
"""

from __future__ import annotations

import streamlit as st

from dashboard.figure import Block, Figure, View
from dashboard.figures import catalogue
from dashboard.figures.request import Request
from dashboard.widgets import blocks, once, pickers, words
from dashboard.widgets.html import filled


def figures(page: str, view: View) -> None:
    """Show every figure of a page under its question; the pickers of one stand between the two."""
    drawn: set[str] = set()  # a choice that two figures share is offered once
    answered = _answered(page, view)
    at_once = once.of([block for _, _, block in answered if isinstance(block, Figure)])
    if at_once.caveats or at_once.refusals:
        st.html(filled("once", once=at_once, lang=view.lang))
    for entry, request, block in answered:
        question = words.say(entry.question_for(request), view)
        inside = [one.name for one in entry.options if one.name in pickers.INSIDE and one.name not in drawn]
        drawn.update(inside)
        if not inside:
            blocks.answer(question, block, request, once=at_once)
            continue
        blocks.question(block, question)
        for name in inside:
            pickers.INSIDE[name](request)
        blocks.show(block, request, once=at_once)


def _answered(page: str, view: View) -> list[tuple[catalogue.Entry, Request, Block]]:
    """Return the figures that a page has for a view, each with what was asked for."""
    requests = [(entry, pickers.chosen(entry.options, view)) for entry in catalogue.on_page(page)]
    pickers.note_unheld((entry.options, request) for entry, request in requests)
    every = ((entry, request, catalogue.answer(entry.code, request)) for entry, request in requests)
    return [(entry, request, block) for entry, request, block in every if block is not None]
