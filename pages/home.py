"""Home: the newest figures for the place, how its population has changed, and every measure on one screen."""

from dashboard import findings
from dashboard.figures import latest
from dashboard.widgets import ask, briefing, frame, glance, messages, since, words

view = frame.current_view()
words.page_title("home", view)
words.paragraph("home.intro", view)

messages.show(findings.key_messages(view), view, heading=words.say("home.key_messages", view))
briefing.invitation(view)
words.latest_figures(latest.figures(view), view)
since.listing(view)
ask.figures("home", view)
glance.show(view)
words.note("link_note.title", "link_note.text", view)
