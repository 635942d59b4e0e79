"""Briefing: what lies in the reader's briefing, with own figures, as files that say who may see them."""

from dashboard.widgets import frame as around
from workspace import briefing, frame
from workspace.session import session

own = session()
frame.head("own_briefing", own)
briefing.show(own, around.current_view())
