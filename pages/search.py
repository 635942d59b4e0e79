"""Search: figures, places, groups, words and gaps, by what the reader wrote into the box at the top of any page."""

from dashboard.widgets import frame, searching, words

view = frame.current_view()
words.page_title("search", view)
searching.answers(view)
