"""Hate crime in our area: the force's published figures, then the council's own, then what third parties took."""

from dashboard.widgets import frame as around
from workspace import frame, published, showing
from workspace.figures.catalogue import AREA
from workspace.session import session

own = session()
frame.head("own_area", own)
view = around.current_view()
inputs = showing.inputs_of(AREA, own, view)
showing.contents(AREA, inputs, view, before=published.headings(view))
published.show(view)
showing.figures(AREA, inputs, view, template="police_figures")
showing.figures(AREA, inputs, view, template="third_party_reports")
showing.gap(inputs, view)
showing.figures(AREA, inputs, view, template="outcomes")
frame.show_editions(own, "police_figures", "third_party_reports", "outcomes")
