"""Gaps: what is not published, who was asked for it, when, and what came back."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_gaps", own)
