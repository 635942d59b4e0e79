"""Home: the newest figures for the place, and how its population has changed beside the rest of Wales."""

from dashboard import findings
from dashboard.figures import latest
from dashboard.widgets import ask, briefing, frame, messages, words

view = frame.current_view()
words.page_title("home.title", view)
words.paragraph("home.intro", view)

messages.show(findings.key_messages(view), view, heading=words.say("home.key_messages", view))
briefing.invitation(view)
words.latest_figures(latest.figures(view), view)
ask.figures("home", view)
words.note("link_note.title", "link_note.text", view)
