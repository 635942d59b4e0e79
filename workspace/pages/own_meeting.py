"""Meeting: the questions and actions that stay open until they are closed."""

from dashboard.widgets.frame import current_view
from workspace import frame, meeting_page
from workspace.session import session

own = session()
frame.head("own_meeting", own)
meeting_page.show(own, current_view())
