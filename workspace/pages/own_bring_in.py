"""Bring in: templates out, files in, drafts looked at, approved and withdrawn."""

from local_figures.templates import templates
from workspace import frame
from workspace.session import session

own = session()
frame.head("own_bring_in", own)
frame.held(own, *templates())
