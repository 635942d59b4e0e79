"""About: what a workspace is, who sees what, and what is never held in it."""

from workspace import about, frame, space
from workspace.session import session

own = session()
frame.head("own_about", own)
space.explained(own)
about.never_held(own)
