"""Bring in a release: a publisher's file, what it would change, on show, and back to the build before."""

from workspace import frame
from workspace.releases import page
from workspace.session import session

own = session()
frame.head("own_release", own)
page.show(own)
