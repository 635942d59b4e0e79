"""Hate crime: how many were recorded, which strands, and how forces compare."""

from dashboard import findings
from dashboard.widgets import ask, contents, frame, lists, messages, words

view = frame.current_view()
words.page_title("hate_crime", view)
words.paragraph("hate_crime.intro", view)
words.paragraph("hate_crime.publisher", view)
contents.show("hate_crime", view, before=[contents.MESSAGES], after=[("accounts", "hate_crime.accounts")])
messages.show(findings.messages_for(view, "hate_crime"), view, heading=words.say("home.key_messages", view))

ask.figures("hate_crime", view)
words.heading("hate_crime.accounts", view, code="accounts")
lists.accounts(view)
words.note("link_note.title", "link_note.text", view)
