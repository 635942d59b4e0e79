"""Sanctuary and resettlement: asylum support, the Afghan programme, Homes for Ukraine, resettlement schemes."""

from dashboard import findings
from dashboard.widgets import ask, contents, frame, messages, words

view = frame.current_view()
words.page_title("sanctuary", view)
words.paragraph("sanctuary.intro", view)
contents.show("sanctuary", view, before=[contents.MESSAGES])
messages.show(findings.messages_for(view, "sanctuary"), view, heading=words.say("home.key_messages", view))

ask.figures("sanctuary", view)
words.note("sanctuary.no_sum_title", "migration.routes_no_sum", view)
