"""Whether a file may be kept: every error at once, by row and column, before anything is."""
