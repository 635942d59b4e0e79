"""Scorecard: how much, how well and who is better off, for each outcome of the plan."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_scorecard", own)
frame.held(own, "scorecard")
