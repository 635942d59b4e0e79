"""Facts for conversations: the fact first, the claim it answers once, what it does not say, and the fact again."""

from dashboard.widgets import facts, frame, words

view = frame.current_view()
words.page_title("facts", view)
words.paragraph("facts.intro", view)
facts.show(view)
