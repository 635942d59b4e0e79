"""The static copy: every public page of every place in both languages as files that need no server."""
