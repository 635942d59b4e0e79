"""Tension: this week's return, what is to be followed up, and what the weeks before it say together."""

from dashboard.widgets import frame as house
from workspace import frame
from workspace.session import session
from workspace.tension import page

own = session()
frame.head("own_tension", own)
page.show(own, house.current_view())
