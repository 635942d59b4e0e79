"""Boundaries and lookups of places."""
