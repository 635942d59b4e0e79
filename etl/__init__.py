"""From a publisher's file to one database file: everything that knows publications, and nothing of screens."""
