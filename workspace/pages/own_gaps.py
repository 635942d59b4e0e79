"""Gaps: what is not published, who was asked for it, when, and what came back."""

from dashboard.widgets import frame as house
from workspace import frame
from workspace.gaps import page
from workspace.session import session

own = session()
frame.head("own_gaps", own)
page.show(own, house.current_view())
