"""Population and migration: how many people, what changed the number, and who receives asylum support."""

from dashboard import findings
from dashboard.blocks import abroad, looking_ahead, migration, sanctuary
from dashboard.widgets import blocks, frame, messages, pickers, words

view = frame.current_view()
words.page_title("migration.title", view)
words.paragraph("migration.intro", view)
messages.show(findings.messages_for(view, "migration"), view, heading=words.say("home.key_messages", view))

blocks.answer(words.say("migration.change", view), migration.population_change(view), view)
blocks.answer(words.say("migration.population", view), migration.population(view), view)
years = migration.waterfall_years(view)
year = pickers.chosen_year(years)
change = migration.components(view, year=year)
blocks.question(change, words.say("migration.why_changed", view))
pickers.year(years, year, view)
blocks.show(change, view)
blocks.answer(words.say("migration.flows", view), migration.flows(view), view)
blocks.answer(words.say("migration.who", view), migration.proxies(view), view)
blocks.answer(words.say("migration.born_abroad", view), abroad.born_abroad(view), view)
blocks.answer(words.say("migration.not_british", view), abroad.not_british(view), view)
blocks.answer(words.say("migration.settlement", view), abroad.settlement_scheme(view), view)
blocks.answer(words.say("migration.ahead", view), looking_ahead.projected_change(view), view)
blocks.answer(words.say("migration.ahead_line", view), looking_ahead.projected_population(view), view)
blocks.answer(words.say("migration.asylum", view), sanctuary.asylum_support(view), view)
words.note("link_note.title", "link_note.text", view)
