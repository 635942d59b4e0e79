"""People: who has which role here, and who did what."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_people", own)
