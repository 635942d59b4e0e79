"""Sanctuary and resettlement: asylum support, the Afghan programme, Homes for Ukraine, resettlement schemes."""

from dashboard import findings
from dashboard.blocks import accommodation, sanctuary, schemes
from dashboard.widgets import blocks, frame, messages, words

view = frame.current_view()
words.page_title("sanctuary.title", view)
words.paragraph("sanctuary.intro", view)
messages.show(findings.messages_for(view, "sanctuary"), view, heading=words.say("home.key_messages", view))

blocks.answer(words.say("migration.asylum", view), sanctuary.asylum_support(view), view)
blocks.answer(words.say("sanctuary.accommodation", view), sanctuary.asylum_accommodation(view), view)
blocks.answer(words.say("sanctuary.accommodation_over_time", view), accommodation.accommodation_over_time(view), view)
blocks.answer(words.say("sanctuary.map", view), sanctuary.asylum_map(view), view)
blocks.answer(words.say("sanctuary.afghan", view), sanctuary.afghan_programme(view), view)
blocks.answer(words.say("sanctuary.ukraine", view), sanctuary.ukraine(view), view)
blocks.answer(words.say("sanctuary.guests", view), schemes.guests_funded(view), view)
blocks.answer(words.say("sanctuary.resettlement", view), sanctuary.resettlement(view), view)
blocks.answer(words.say("sanctuary.schemes", view), schemes.resettlement_schemes(view), view)
blocks.answer(words.say("sanctuary.afghan_schemes", view), schemes.afghan_schemes(view), view)
blocks.answer(words.say("sanctuary.children", view), schemes.children_transferred(view), view)
words.note("sanctuary.no_sum_title", "migration.routes_no_sum", view)
