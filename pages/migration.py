"""Population and migration: how many people, what changed the number, and who receives asylum support."""

from dashboard.blocks import migration, sanctuary
from dashboard.widgets import blocks, frame, pickers, words

view = frame.current_view()
words.page_title("migration.title", view)
words.paragraph("migration.intro", view)

blocks.show(migration.population(view), view, question=words.say("migration.population", view))
year = pickers.year(migration.waterfall_years(view), view)
blocks.show(migration.components(view, year=year), view, question=words.say("migration.why_changed", view))
blocks.show(migration.flows(view), view, question=words.say("migration.flows", view))
blocks.show(sanctuary.asylum_support(view), view, question=words.say("migration.asylum", view))
words.note("link_note.title", "link_note.text", view)
