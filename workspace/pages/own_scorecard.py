"""Scorecard: how much, how well and who is better off, for each outcome of the plan."""

from dashboard.widgets.frame import current_view
from workspace import frame, scorecard_page
from workspace.session import session

own = session()
frame.head("own_scorecard", own)
scorecard_page.show(own, current_view())
