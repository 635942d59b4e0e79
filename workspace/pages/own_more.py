"""Bullying, training, support, survey, caravans and referrals: what else the council holds."""

from dashboard.widgets import frame as around
from workspace import frame, showing
from workspace.figures import catalogue
from workspace.figures.catalogue import MORE
from workspace.session import session

own = session()
frame.head("own_more", own)
view = around.current_view()
inputs = showing.inputs_of(MORE, own, view)
showing.contents(MORE, inputs, view)
showing.figures(MORE, inputs, view)
showing.events(inputs, view)
frame.show_editions(own, *(one.template for one in catalogue.on_page(MORE)))
