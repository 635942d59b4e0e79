"""Welsh Index of Multiple Deprivation."""
