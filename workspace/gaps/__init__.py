"""The page of gaps: what nobody publishes, the words that ask for it, who was asked, and what came back."""
