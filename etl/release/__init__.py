"""A new release: recognised, read, held against what we have, staged, and put on show or refused."""
