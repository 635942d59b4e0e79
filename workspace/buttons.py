"""What is done once, however often its button is pressed, and what the page that is drawn next says of it.

The awkward fact: a second click stops what the first one began, at whatever is drawn next, and sends the same button
again. So between what a store did and the note that it is done nothing is drawn and no session state is touched: the
note lies in an object, and the turn that it counts makes every form and button another one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar, cast

import streamlit as st

from local_figures.typed import Step

TURN = "own_turn"
SECOND_CLICK = 2.0  # seconds in which what was said is said again: a second click draws the page anew
T = TypeVar("T")


@dataclass
class Turn:
    """How often something was done in this session, what is still to be said of the last, and how it is undone."""

    number: int = 0
    sentence: str = ""
    until: float = 0.0  # what is said; 0 before it is
    undo: tuple[str, Step] | None = None  # the template, and the step that was kept of it


def turn() -> Turn:
    """Return what this session did last."""
    return cast(Turn, st.session_state.setdefault(TURN, Turn()))


def key(name: str) -> str:
    """Return the key of a box or a button, which is another once something was done: then the box is empty."""
    return f"own_{name}_{turn().number}"


def once(act: Callable[[], T], sentence_of: Callable[[T], str]) -> NoReturn:
    """Do something, and draw the page anew with what is said of what it came to; what `act` raises is as if unasked."""
    now = turn()
    came_to = act()
    now.number, now.sentence, now.until = now.number + 1, sentence_of(came_to), 0.0
    st.rerun()


def take_said() -> str:
    """Return what is to be said at the head of a page, once."""
    now = turn()
    now.until = now.until or time.monotonic() + SECOND_CLICK
    return now.sentence if time.monotonic() < now.until else ""
