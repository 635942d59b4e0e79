"""Questions, figures and words: everything the pages and briefings share, and nothing of publications."""
