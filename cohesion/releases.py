"""What the command that brings in a release leaves for whoever waits for it: how far it is, and who was refused why.

The awkward fact: the command and the page that starts it are two processes of two rooms, and speak through files. So
the names of the files, the stages and the kinds of refusal stand here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

RECORD, STAGE = "outcome.json", "stage"  # files in the folder of `--tell`: what came of it, and what is done now
Stage = Literal["begun", "copying", "reading", "comparing", "showing"]
STAGES: tuple[Stage, ...] = get_args(Stage)  # in their order
# What can be wrong with a release, a command or the machine; "contract" is everything that has no word of its own.
Kind = Literal[
    "contract",
    "unknown",
    "damaged",
    "web_page",
    "old_excel",
    "password",
    "empty",
    "archive",
    "older",
    "no_day",
    "day",
    "future",
    "lost_part",
    "lost_periods",
    "large_changes",
    "contradictions",
    "busy",
    "changed",
    "disk",
    "permission",
    "no_previous",
    "unexpected",
    "died",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
ASKED: tuple[Kind, ...] = ("lost_periods", "large_changes", "contradictions")  # a person may say that these are right
CHANGES = ("new", "revised", "replaced", "lost")  # what a figure is beside the tables held
DERIVED = "derived"  # in the place of a table: the sums and changes that we make of published figures


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What was refused: its kind, for whoever says it in another language, and the words of the check, in English."""

    kind: Kind
    words: str


def flag(kind: Kind) -> str:
    """Return how the command is told that what it asks about is right ("--accept-lost-periods")."""
    return f"--accept-{kind.replace('_', '-')}"
