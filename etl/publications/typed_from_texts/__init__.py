"""Lists of figures typed from published texts, which several publications' modules read."""
