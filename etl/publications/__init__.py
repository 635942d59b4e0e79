"""Publications: a folder each, with what reads our copy and the publisher's own file, and its words as data."""
