"""Gypsy and Traveller caravan count."""
