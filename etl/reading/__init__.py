"""From a file's bytes to cells of text, numbers, markers and periods: knows no publication."""
