"""Briefings and meetings: choose a briefing or put one together, look at it, download it, present it."""

from dashboard.widgets import briefing, coming, frame, words

view = frame.current_view()
words.page_title("briefings", view)
words.paragraph("briefings.intro", view)

wanted = briefing.chosen(view)
briefing.pickers(wanted, view)
has_contents = briefing.contents(wanted, view)
own = briefing.own_words(wanted, view)
made = briefing.composed(wanted, own, view) if has_contents else None
if made:
    briefing.download(made, wanted, view)
briefing.keeping(made, wanted, view)

words.heading("briefings.present", view, code="present")
briefing.presenter(wanted, view)

if made:
    words.heading("briefings.preview", view, code="preview")
    briefing.preview(made, wanted, view)

words.heading("briefings.cards", view, code="cards")
coming.card_sets(view)
words.heading("briefings.coming", view, code="coming")
coming.listed(view)
