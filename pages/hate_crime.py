"""Hate crime: how many were recorded, which strands, and how forces compare."""

from dashboard import findings
from dashboard.blocks import hate_crime, hate_crime_history, hate_crime_places, police_crime
from dashboard.widgets import blocks, frame, lists, messages, words

view = frame.current_view()
words.page_title("hate_crime.title", view)
words.paragraph("hate_crime.intro", view)
words.paragraph("hate_crime.publisher", view)
messages.show(findings.messages_for(view, "hate_crime"), view, heading=words.say("home.key_messages", view))

blocks.answer(words.say("hate_crime.aggravated", view), hate_crime.aggravated_by_quarter(view), view)
own = {
    "hate_crime.authority": hate_crime_places.authority(view),
    "hate_crime.authorities_map": hate_crime_places.authorities_map(view),
    "hate_crime.unassigned": hate_crime_places.unassigned(view),
    "hate_crime.local_report": hate_crime_history.local_report(view),
}
for question, block in own.items():
    if block is not None:
        blocks.answer(words.say(question, view), block, view)
blocks.answer(words.say("hate_crime.same_quarter", view), hate_crime.same_quarter(view), view)
blocks.answer(words.say("hate_crime.which_offences", view), hate_crime.aggravated_by_offence(view), view)
blocks.answer(words.say("hate_crime.strands", view), hate_crime.strands(view), view)
blocks.answer(words.say("hate_crime.strands_wales", view), hate_crime.strands_wales(view), view)
blocks.answer(words.say("hate_crime.first_published", view), hate_crime_history.strands_first_published(view), view)
blocks.answer(words.say("hate_crime.forces", view), hate_crime.forces_compared(view), view)
blocks.answer(words.say("hate_crime.religion_targeted", view), hate_crime_history.religion_targeted(view), view)
blocks.answer(words.say("hate_crime.racist_incidents", view), hate_crime_history.racist_incidents(view), view)
blocks.answer(words.say("hate_crime.charged", view), hate_crime_history.charged(view), view)
blocks.answer(words.say("hate_crime.all_crime", view), police_crime.all_crime(view), view)
words.heading("hate_crime.accounts", view, code="accounts")
lists.accounts(hate_crime.accounts(view), view)
words.note("link_note.title", "link_note.text", view)
