"""Community profile: Census Day 2021, small areas of Cardiff and the Vale, living standards, harm, cohesion."""

from dashboard.widgets import ask, contents, frame, words

view = frame.current_view()
words.page_title("profile", view)
words.paragraph("profile.intro", view)

contents.show("profile", view)
ask.figures("profile", view)
