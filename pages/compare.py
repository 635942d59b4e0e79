"""Compare places: one measure on a map, in rank with intervals beside Wales, and as a funnel."""

from dashboard.blocks import compare_places
from dashboard.widgets import blocks, frame, pickers, words

view = frame.current_view()
words.page_title("compare.title", view)
words.paragraph("compare.intro", view)

asked = pickers.chosen_comparison(view)
pickers.comparison(asked, view)
blocks.answer(words.say("compare.question.map", view), compare_places.area_map(view, asked=asked), view)
blocks.answer(words.say(compare_places.ranked_question(asked), view), compare_places.ranked(view, asked=asked), view)
chance = compare_places.funnel(view, asked=asked)
if chance is not None:
    blocks.answer(words.say("compare.question.funnel", view), chance, view)
words.note("link_note.title", "link_note.text", view)
