"""The pages of a workspace, in the order of the navigation."""

from __future__ import annotations

PAGES = (
    "own_area",
    "own_more",
    "own_briefing",
    "own_tension",
    "own_scorecard",
    "own_meeting",
    "own_gaps",
    "own_bring_in",
    "own_release",
    "own_people",
    "own_about",
)
OF_ONE_PLACE = frozenset({"own_tension", "own_scorecard", "own_meeting", "own_gaps"})  # beside it nothing is compared
OF_NO_PLACE = frozenset({"own_bring_in", "own_release", "own_people", "own_about"})
LONG = frozenset({"own_area", "own_more"})  # with a list of what they hold
TITLE = "own.title"
FOLDER = "../workspace/pages"  # seen from dashboard/main.py
