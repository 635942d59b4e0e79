"""Places: which names and codes are ours, and the outlines and lists that the dashboard draws and compares by."""
