"""Bring in: templates out, files in, drafts looked at, approved and withdrawn."""

from workspace import frame
from workspace.bringing import page
from workspace.session import session

own = session()
frame.head("own_bring_in", own)
page.show(own)
