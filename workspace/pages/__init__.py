"""One script for each page of a workspace; each asks who is here before it shows anything."""
