"""Hate crime: how many were recorded, which strands, and how forces compare."""

from dashboard.blocks import hate_crime
from dashboard.widgets import blocks, frame, words

view = frame.current_view()
words.page_title("hate_crime.title", view)
words.paragraph("hate_crime.intro", view)

blocks.show(hate_crime.aggravated_by_quarter(view), view, question=words.say("hate_crime.aggravated", view))
card = hate_crime.authority_not_held(view)
if card is not None:
    blocks.show(card, view, question=words.say("hate_crime.authority", view))
blocks.show(hate_crime.aggravated_by_offence(view), view, question=words.say("hate_crime.which_offences", view))
blocks.show(hate_crime.strands(view), view, question=words.say("hate_crime.strands", view))
blocks.show(hate_crime.strands_wales(view), view, question=words.say("hate_crime.strands_wales", view))
blocks.show(hate_crime.forces_compared(view), view, question=words.say("hate_crime.forces", view))
words.note("link_note.title", "link_note.text", view)
