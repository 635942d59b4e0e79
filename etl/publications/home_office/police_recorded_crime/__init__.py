"""Police recorded crime open data, by force area and by community safety partnership."""
