"""A briefing as a deck of PowerPoint: 16:9, real titles, native charts and tables, the script in the notes.

The awkward fact: what is drawn here is edited by others afterwards. So charts keep their numbers, tables their cells
and titles their placeholders; nothing on a slide is a picture of text.
"""

from dashboard.briefing.powerpoint.deck import pptx_bytes

__all__ = ["pptx_bytes"]
