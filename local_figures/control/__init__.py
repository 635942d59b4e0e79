"""Which counts are hidden so that none of 1 to 4 can be worked out: `protect` hides, `attack` tries to undo it."""
