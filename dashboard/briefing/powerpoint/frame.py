"""Where things stand on a slide, in points of a 16:9 slide of 960 by 540.

The awkward fact: the last row of a full room is ten metres away. Nothing is made smaller than `LEAST` to gain space;
what does not fit at that size goes to a slide of its own.
"""

SLIDE_WIDTH, SLIDE_HEIGHT = 960.0, 540.0
MARGIN = 44.0
TITLE_TOP, TITLE_SIZE, TITLE_LEAST = 26.0, 32, 28
FOOTER_TOP, FOOTER_HEIGHT, FOOTER_SIZE = 506.0, 24.0, 18
BODY_BOTTOM = 494.0
BODY_SIZE, BODY_LEAST = 28, 20
# Of the band over a slide that is not for everybody: what it says stands on one line, in both languages smaller.
MARK_HEIGHT, MARK_SIZE, MARK_LEAST = 22.0, 18, 12
SMALL_SIZE, SMALL_LEAST = 18, 18
TABLE_SIZE, TABLE_LEAST = 20, 18
WHOLE_WIDTH = SLIDE_WIDTH - 2 * MARGIN
