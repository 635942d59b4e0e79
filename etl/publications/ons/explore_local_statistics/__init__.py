"""Explore local statistics: indicators of people and places."""
