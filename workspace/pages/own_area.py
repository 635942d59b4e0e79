"""Hate crime in our area: the council's and the force's own counts beside the published ones."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_area", own)
frame.held(own, "police_figures", "third_party_reports", "outcomes")
