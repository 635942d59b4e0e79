"""Briefings: composed once from the pages' own blocks and messages, then drawn in every form people use.

The awkward fact: a file leaves the building. It is read without the dashboard, without its caveats one click
away, and next to another edition of itself; so whatever must be said is said inside it.
"""
