"""Community profile: Census Day 2021, small areas of Cardiff and the Vale, living standards, harm, cohesion."""

from dashboard.blocks import census, police_crime, profile, slavery, small_areas, travellers
from dashboard.widgets import blocks, frame, pickers, words

view = frame.current_view()
words.page_title("profile.title", view)
words.paragraph("profile.intro", view)

others = {
    "small_areas": "profile.small_areas",
    "deprivation": "profile.deprivation",
    "living_standards": "profile.living",
    "wellbeing": "profile.wellbeing",
    "modern_slavery": "profile.modern_slavery",
    "modern_slavery_offences": "profile.modern_slavery_offences",
    "referrals_county": "profile.referrals_county",
    "referrals_kingdom": "profile.referrals_kingdom",
    "caravans": "profile.caravans",
    "cohesion_wales": "profile.cohesion",
}
questions = {f"census_{section.name}": f"census.{section.name}" for section in census.SECTIONS} | others
words.contents(((code, words.say(key, view)) for code, key in questions.items()), view)

for section in census.SECTIONS:
    blocks.answer(words.say(f"census.{section.name}", view), census.answer(section, view), view)

layer = pickers.chosen_layer()
local = small_areas.local_map(view, layer=layer)
blocks.question(local, words.say("profile.small_areas", view))
pickers.layer(layer, view)
blocks.show(local, view)

blocks.answer(words.say("profile.deprivation", view), profile.deprivation(view), view)
blocks.answer(words.say("profile.living", view), profile.living_standards(view), view)
blocks.answer(words.say("profile.wellbeing", view), profile.wellbeing(view), view)
blocks.answer(words.say("profile.modern_slavery", view), profile.modern_slavery(view), view)
blocks.answer(words.say("profile.modern_slavery_offences", view), police_crime.modern_slavery_offences(view), view)
blocks.answer(words.say("profile.referrals_county", view), slavery.referrals_county(view), view)
blocks.answer(words.say("profile.referrals_kingdom", view), slavery.referrals_kingdom(view), view)
blocks.answer(words.say("profile.caravans", view), travellers.caravans(view), view)
blocks.answer(words.say("profile.cohesion", view), profile.cohesion_wales(view), view)
