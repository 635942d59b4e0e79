"""Homes for Ukraine: funding of Welsh councils."""
