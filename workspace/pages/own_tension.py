"""Tension: this week's return, and what the weeks before it say together."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_tension", own)
frame.held(own, "tension_log")
