"""Compare places: one measure on a map, in rank with intervals beside Wales, and as a funnel."""

from dashboard.widgets import ask, frame, pickers, words

view = frame.current_view()
words.page_title("compare", view)
words.paragraph("compare.intro", view)

pickers.comparison(view)
ask.figures("compare", view)
words.note("link_note.title", "link_note.text", view)
