"""What follows from a chart's values, decided once for every drawer: extents, ticks, runs, rows, places and classes.

Nothing here knows how a stroke is made; what depends on a form's own width (lines of a name) is told the room there is.
"""
