"""People: who has which role here, who did what, how long it is kept, and how it ends."""

from workspace import audit, ending, frame, roles
from workspace.session import session

own = session()
frame.head("own_people", own)
roles.own_role(own)
roles.listed(own)
audit.show(own)
ending.show(own)
