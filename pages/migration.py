"""Population and migration: how many people, what changed the number, and who receives asylum support."""

from dashboard import findings
from dashboard.widgets import ask, contents, frame, messages, words

view = frame.current_view()
words.page_title("migration", view)
words.paragraph("migration.intro", view)
contents.show("migration", view, before=[contents.MESSAGES])
messages.show(findings.messages_for(view, "migration"), view, heading=words.say("home.key_messages", view))

ask.figures("migration", view)
words.note("link_note.title", "link_note.text", view)
