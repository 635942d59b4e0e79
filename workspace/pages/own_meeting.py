"""Meeting: the questions and actions that stay open until they are closed."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_meeting", own)
frame.held(own, "meeting_log")
