"""Hate crime in our area: the force's published figures, then the council's own, then what third parties took."""

from dashboard.widgets import frame as around
from workspace import frame, published, showing
from workspace.figures.catalogue import AREA
from workspace.session import session

own = session()
frame.head("own_area", own)
view = around.current_view()
told = showing.given(AREA, own, view)
showing.contents(AREA, told, view, before=published.headings(view))
published.show(view)
showing.figures(AREA, told, view, template="police_figures")
showing.figures(AREA, told, view, template="third_party_reports")
showing.gap(told, view)
showing.figures(AREA, told, view, template="outcomes")
frame.held(own, "police_figures", "third_party_reports", "outcomes")
