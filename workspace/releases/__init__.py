"""Bringing in a publisher's release from a page, by the same commands as at a terminal."""
