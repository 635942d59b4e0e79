"""The council's own figures: a room apart, with a store, templates and one door of its own.

The awkward fact: these counts are small and of real people, so nothing here touches the published build, and no
other room may reach in. `door` gives tables out, and what it gives is already disclosure-controlled.
"""
