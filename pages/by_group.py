"""By group: what is held about one protected characteristic or community, and what is missing, in one table."""

from dashboard.widgets import ask, frame, searching, words

view = frame.current_view()
words.page_title("by_group", view)
words.paragraph("by_group.intro", view)

ask.figures("by_group", view)
searching.shown_in_full(view)
