"""The figures of a page: each asked for with the choices the address holds, and shown in the catalogue's order."""

from __future__ import annotations

from dashboard.figure import View
from dashboard.figures import catalogue
from dashboard.widgets import blocks, pickers, words


def figures(page: str, view: View) -> None:
    """Show every figure of a page under its question; the pickers of one stand between the two."""
    drawn: set[str] = set()  # a choice that two figures share is offered once
    for entry in catalogue.on_page(page):
        request = pickers.chosen(entry.options, view)
        block = catalogue.answer(entry.code, request)
        if block is None:
            continue
        question = words.say(entry.question_for(request), view)
        inside = [one.name for one in entry.options if one.name in pickers.INSIDE and one.name not in drawn]
        drawn.update(inside)
        if not inside:
            blocks.answer(question, block, request)
            continue
        blocks.question(block, question)
        for name in inside:
            pickers.INSIDE[name](request)
        blocks.show(block, request)
