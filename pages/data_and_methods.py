"""Data and methods: every source, break and term, what is not shown, and what is not held."""

from dashboard import queries
from dashboard.widgets import contents, frame, lists, refreshed, words

view = frame.current_view()
words.page_title("data_and_methods", view)
words.paragraph("data.intro", view)
contents.show("data_and_methods", view, after=[(code, f"data.{code}") for code in contents.OF_DATA])
refreshed.not_rebuilt(view)

words.heading("data.sources", view, code="sources")
lists.sources(view, query=lists.search(view))

words.heading("data.breaks", view, code="breaks")
words.paragraph("data.breaks_intro", view)
lists.breaks(view)

words.heading("data.gaps", view, code="gaps")
lists.not_held(view)
words.paragraph("data.foi_intro", view)
lists.request_wording(view)

words.heading("data.not_shown", view, code="not_shown")
lists.entries(queries.not_shown(build=view.build), view)

words.heading("data.glossary", view, code="glossary")
lists.entries(queries.glossary(build=view.build, lang=view.lang), view, kind="term")

words.heading("data.revisions", view, code="revisions")
words.paragraph("data.revisions_text", view)
refreshed.editions(view)
refreshed.last_refresh(view)
refreshed.history(view)

words.heading("data.accessibility", view, code="accessibility")
lists.accessibility(view)
