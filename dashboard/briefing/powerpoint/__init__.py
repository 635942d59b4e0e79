"""A briefing as a deck of PowerPoint: 16:9, real titles, native charts and tables, the script in the notes.

The awkward fact: what is drawn here is edited by others afterwards. So charts keep their numbers, tables their cells
and titles their placeholders; nothing on a slide is a picture of text.
"""

from __future__ import annotations

from functools import partial

from dashboard.briefing.model import Briefing
from dashboard.briefing.powerpoint.bilingual_deck import BilingualDeck
from dashboard.briefing.powerpoint.content import closing
from dashboard.briefing.powerpoint.deck import Deck
from dashboard.briefing.powerpoint.master import empty_deck
from dashboard.briefing.properties import set_properties
from dashboard.i18n import Language
from dashboard.i18n.bilingual import ORDER
from dashboard.i18n.text import say


def pptx_bytes(briefing: Briefing, *, lang: Language | None) -> bytes:
    """Return a briefing's deck as a PowerPoint file, in both languages where `lang` is None.

    ValueError for a briefing of another kind.
    """
    if briefing.kind != "deck":
        raise ValueError(f"slides of {briefing.place.code}: expected a briefing of kind 'deck'; came {briefing.kind!r}")
    deck = (
        Deck(briefing=briefing, lang=lang, file=empty_deck(lang=lang))
        if lang
        else BilingualDeck(briefing=briefing, file=empty_deck(lang=ORDER[0]))
    )
    deck.add_cover()
    for section in briefing.sections[1:]:
        if section.backup and not deck.is_backup:
            deck.add_divider()
        deck.add_section(section)
    deck.add_closing(say("briefing.sources"), partial(closing, briefing))
    set_properties(deck.file.core_properties, briefing, lang=lang or ORDER[0])
    return deck.bytes()


__all__ = ["pptx_bytes"]
