"""Briefings and meetings: choose a briefing or put one together, look at it, download it, present it."""

from dashboard.widgets import briefing, coming, frame, words

view = frame.current_view()
words.page_title("briefings", view)
words.paragraph("briefings.intro", view)

selection = briefing.chosen(view)
briefing.pickers(selection, view)
has_contents = briefing.contents(selection, view)
own = briefing.own_words(selection, view)
document = briefing.composed(selection, own, view) if has_contents else None
if document:
    briefing.download(document, selection, view)
briefing.keeping(document, selection, view)

words.heading("briefings.present", view, code="present")
briefing.presenter(selection, view)

if document:
    words.heading("briefings.preview", view, code="preview")
    briefing.preview(document, selection, view)

words.heading("briefings.cards", view, code="cards")
coming.card_sets(view)
words.heading("briefings.coming", view, code="coming")
coming.listed(view)
