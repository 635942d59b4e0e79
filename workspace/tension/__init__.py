"""The page of tension: a week's return, what is to be followed up, and what the returns say together."""
